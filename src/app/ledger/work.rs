//! The work on the rectification ledger: it is born when the visit is made final, and every step on it is checked by the
//! rules of `domain::ledger` before it is written.

use std::path::PathBuf;

use crate::{
    app::{
        ballot::points::parse_finding,
        evidence::{Prepared, prepare},
        failure::{Exit, Failure, wording},
        files,
        session::Session,
        system,
    },
    domain::{
        edit::{
            BallotKey, Edit,
            evidence::EvidenceItem,
            finding::Finding,
            rectify::{Closure, PROOF_LIMIT, Plan, Problem, Proof, RectifyStep, Submission},
        },
        ledger::{self, LedgerItem, Refusal},
        permit,
        terms::{
            clean::clean_line,
            date::Date,
            id::{ClauseId, PointId, RectifyId, SubmissionId},
            lang::{Lang, Text},
            written::{Line, Note, TooLong},
        },
        visit::{MemberState, rectifications::Author},
    },
    share::{
        code::base32,
        evidence::{digest_of, folder, photo::media_type, seal},
        folder::disk::RealDisk,
    },
};

/// What changes in a plan; `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanChange {
    /// What is to be reached.
    pub goal: Option<String>,
    /// Who answers for it.
    pub person: Option<String>,
    /// Until when; `Some(None)` = no longer set.
    pub deadline: Option<Option<Date>>,
}

/// What is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Who did the work.
    pub by: String,
    /// When; `None` = today.
    pub date: Option<Date>,
    /// What was done.
    pub text: String,
    /// Photos and files.
    pub proof: Vec<PathBuf>,
    /// Whether files whose metadata cannot be taken out are handed in as they are.
    pub keep_metadata: bool,
}

impl PlanChange {
    /// The plan with the change.
    ///
    /// # Errors
    /// If a text is too long.
    pub fn over(&self, plan: &Plan) -> Result<Plan, TooLong> {
        let (goal, person) = (self.goal.as_deref(), self.person.as_deref());
        Ok(Plan {
            goal: goal.map_or_else(|| Ok(plan.goal.clone()), Note::trimmed)?,
            person: person.map_or_else(|| Ok(plan.person.clone()), Line::new)?,
            deadline: self.deadline.unwrap_or(plan.deadline),
        })
    }
}

impl Session {
    /// The edits that put on the ledger what was found unmet, for the moment the visit becomes final.
    pub(in crate::app) fn born_items(&self, shown: &[&MemberState]) -> Vec<Edit> {
        let born = ledger::born(&self.visit, &self.whole_outcome(), shown);
        born.into_iter()
            // A revision adds what it finds; what is on the ledger already stays with the work done on it.
            .filter(|(item, _)| self.visit.ledger_item(item.as_str()).is_none())
            .map(|(item, problem)| Edit::Rectify { item, step: Box::new(RectifyStep::Open(problem)) })
            .collect()
    }

    /// Puts something on the ledger that is not there; gives its id.
    ///
    /// # Errors
    /// If the visit is not final, this laptop does not do the lead's work, the place is unknown, nothing is said, or the
    /// store fails.
    pub(in crate::app) fn add_to_ledger(&mut self, problem: Problem) -> Result<RectifyId, Failure> {
        let id = loop {
            let random: [u8; 5] = system::random_bytes()?;
            let id = RectifyId::new(format!("X-{}", base32::encode(&random).get(..4).unwrap_or("0000")));
            if self.visit.ledger_item(id.as_str()).is_none() {
                break id;
            }
        };
        self.rectify(vec![(id.clone(), RectifyStep::Open(problem))])?;
        Ok(id)
    }

    /// Changes goal, person or deadline of items: all or none.
    ///
    /// # Errors
    /// As [`Self::rectify`].
    pub(in crate::app) fn plan(&mut self, items: &[RectifyId], change: &PlanChange) -> Result<(), Failure> {
        let steps = items.iter().map(|id| {
            let item = self.on_ledger(id)?;
            Ok((id.clone(), RectifyStep::Plan(change.over(item.plan)?)))
        });
        let steps = steps.collect::<Result<_, Failure>>()?;
        self.rectify(steps)
    }

    /// Hands in what was done. Files are sealed and on the disk before the step is.
    ///
    /// # Errors
    /// As [`Self::rectify`], or if a file cannot be read or tells its place and cannot be freed of it.
    pub(in crate::app) fn hand_in(&mut self, id: &RectifyId, handover: Handover) -> Result<(), Failure> {
        self.on_ledger(id)?;
        if handover.proof.len() > PROOF_LIMIT {
            return Err(refused(id, TOO_MANY_FILES));
        }
        let (by, text) = (Line::new(&handover.by)?, Note::trimmed(&handover.text)?);
        let proof = handover.proof.iter().map(|path| self.keep_proof(prepare(path, handover.keep_metadata)?));
        let proof = proof.collect::<Result<_, _>>()?;
        let date = handover.date.map_or_else(|| self.ledger_day(), Ok)?;
        let step = submission(by, date, text, proof)?;
        self.rectify(vec![(id.clone(), step)])
    }

    /// Closes an item, looking at what was handed in last. `finding` is the point scored again, as it would be typed; not
    /// asked for where the item names no point.
    ///
    /// # Errors
    /// As [`Self::rectify`], or if the finding does not fit the point.
    pub(in crate::app) fn close_item(
        &mut self,
        id: &RectifyId,
        finding: Option<&str>,
        remark: &str,
    ) -> Result<(), Failure> {
        let item = self.on_ledger(id)?;
        let Some(submission) = item.submission.map(|it| it.id.clone()) else {
            return Err(refused(id, said(Refusal::NothingSubmitted)));
        };
        let finding = finding.map(|text| self.finding_of(&item, text)).transpose()?;
        let closure =
            Closure { submission, date: self.ledger_day()?, finding, remark: Note::trimmed(remark)? };
        self.rectify(vec![(id.clone(), RectifyStep::Close(closure))])
    }

    /// Hands an item back, or opens it again.
    ///
    /// # Errors
    /// As [`Self::rectify`].
    pub(in crate::app) fn reopen_item(&mut self, id: &RectifyId, reason: &str) -> Result<(), Failure> {
        self.rectify(vec![(id.clone(), RectifyStep::Reopen { reason: Line::new(reason)? })])
    }

    /// Takes an item off the ledger.
    ///
    /// # Errors
    /// As [`Self::rectify`].
    pub(in crate::app) fn strike_item(&mut self, id: &RectifyId, reason: &str) -> Result<(), Failure> {
        self.rectify(vec![(id.clone(), RectifyStep::Strike { reason: Line::new(reason)? })])
    }

    /// Writes steps: all of them or none.
    ///
    /// # Errors
    /// If the visit is not final, this laptop is no member's, a rule of the ledger forbids a step, or the store fails.
    pub(in crate::app) fn rectify(&mut self, steps: Vec<(RectifyId, RectifyStep)>) -> Result<(), Failure> {
        let me = self.ledger_author()?;
        let chair = self.leads();
        let mut edits = Vec::new();
        for (id, step) in steps {
            let item = self.visit.ledger_item(id.as_str());
            if let Some(refusal) = ledger::refusal(&self.visit, item.as_ref(), &me, chair, &step) {
                return Err(refused(&id, said(refusal)));
            }
            edits.push((Edit::Rectify { item: id, step: Box::new(step) }, None));
        }
        self.write(edits)
    }

    /// An item by its id, in upper or lower case.
    ///
    /// # Errors
    /// If there is none, or the visit is not final.
    pub(crate) fn on_ledger(&self, id: &RectifyId) -> Result<LedgerItem<'_>, Failure> {
        self.after_final()?;
        self.visit.ledger_item(id.as_str()).ok_or_else(|| refused(id, said(Refusal::NotOnLedger)))
    }

    /// The id of an item as it was typed.
    #[must_use]
    pub(crate) fn ledger_id(&self, typed: &str) -> RectifyId {
        let typed = typed.trim().replace('．', ".");
        // A ledger of hundreds of items is taken in row by row, nearly always by ids as they are.
        if let Some(item) = self.visit.ledger_item(&typed) {
            return item.id.clone();
        }
        let known = self.visit.ledger();
        let alike = known.iter().find(|item| item.id.as_str().eq_ignore_ascii_case(&typed));
        alike.map_or_else(|| RectifyId::new(clean_line(&typed)), |item| item.id.clone())
    }

    /// The day of a step that names none: today, and in a visit that is yet to come (a rehearsal) its own day, since nothing is
    /// mended before it was found.
    ///
    /// # Errors
    /// If the clock tells no day.
    pub(in crate::app) fn ledger_day(&self) -> Result<Date, Failure> {
        Ok(system::day()?.max(self.visit.founding.date))
    }

    fn finding_of(&self, item: &LedgerItem<'_>, text: &str) -> Result<Finding, Failure> {
        let Some((clause, point)) = item.clause.zip(item.point) else {
            return Err(refused(item.id, NO_POINT));
        };
        let list = point.measure.list().and_then(|it| self.visit.founding.checklist.list(it.as_str()));
        parse_finding(text, point, list).map_err(|error| {
            let why = wording::finding(clause.id.as_str(), point.id.as_str(), &error);
            Failure { why, ..refused(item.id, NO_POINT) }
        })
    }

    fn ledger_author(&self) -> Result<Author, Failure> {
        self.after_final()?;
        self.author().ok_or_else(|| wording::not_led(permit::Refusal::NotAMember))
    }

    /// Who works on the ledger from this laptop: its member, or the office; `None` = nobody who may.
    pub(in crate::app) fn author(&self) -> Option<Author> {
        let state = self.my_state().filter(|_| !self.waits_for_admission());
        let member = state.map(|state| Author::Member(state.member.name.clone()));
        member.or_else(|| self.is_office().then_some(Author::Office))
    }

    pub(in crate::app) fn after_final(&self) -> Result<(), Failure> {
        self.visit.finalised.as_ref().map(|_| ()).ok_or_else(not_final)
    }

    /// Seals a file of a submission under a key of its own, which travels with the submission.
    fn keep_proof(&self, prepared: Prepared) -> Result<Proof, Failure> {
        let (own, _) = self.home.evidence(self.row.id.as_str())?;
        let key = BallotKey(system::random_bytes()?);
        let (size, media) = (prepared.bytes.len() as u64, media_type(&prepared.bytes));
        let digest = digest_of(&prepared.bytes);
        let sealed = seal(&key, system::random_bytes()?, &self.row.id, prepared.bytes)
            .ok_or_else(|| Failure::bug("cannot seal"))?;
        folder::keep(&RealDisk, &own, &sealed.name, &sealed.bytes, &files::token()?)
            .map_err(|error| wording::evidence_not_kept(&error))?;
        let item = EvidenceItem {
            name: prepared.name,
            caption: Line::default(),
            point: None,
            size,
            media,
            sealed: sealed.name,
        };
        Ok(Proof { digest, item, key })
    }
}

/// A submission as a step.
///
/// # Errors
/// If the clock or the source of chance fails.
pub(crate) fn submission(
    by: Line,
    date: Date,
    text: Note,
    proof: Vec<Proof>,
) -> Result<RectifyStep, Failure> {
    let random: [u8; 10] = system::random_bytes()?;
    let id = SubmissionId::new(base32::encode(&random));
    Ok(RectifyStep::Submit(Submission { id, by, date, text, proof }))
}

/// A clause and point as they were typed, checked against the checklist when the step is.
#[must_use]
pub fn problem(clause: Option<&str>, point: Option<&str>, text: Note, plan: Plan) -> Problem {
    let folded = |text: &str| clean_line(text.trim()).to_uppercase();
    Problem {
        clause: clause.map(|it| ClauseId::new(folded(it))),
        point: point.map(|it| PointId::new(folded(it))),
        text,
        plan,
    }
}

const TOO_MANY_FILES: (&str, &str) = ("一次最多附 20 个文件", "at most 20 files may be handed in at a time");
const NO_POINT: (&str, &str) = (
    "这一项没有要点，不能评要点，请写复核意见",
    "the item names no point to score; write what was seen instead",
);

const fn said(refusal: Refusal) -> (&'static str, &'static str) {
    (refusal.name(Lang::Zh), refusal.name(Lang::En))
}

pub(crate) fn refused(id: &RectifyId, (zh, en): (&str, &str)) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new(format!("台账没有改动（{id}）。"), format!("The ledger is unchanged ({id}).")),
        Text::new(format!("{zh}。"), format!("It says: {en}.")),
        Text::new(
            "请用 hecha rectify FILE list 查看各项的编号和进展。",
            "See ids and progress with hecha rectify FILE list.",
        ),
    )
}

fn not_final() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("还没有整改台账。", "There is no rectification ledger yet."),
        Text::new(
            "台账在定稿时由未达到的要点生成。",
            "It is made of the unmet points when the visit is made final.",
        ),
        Text::new("请组长先定稿：hecha finalize FILE。", "The lead makes it final: hecha finalize FILE."),
    )
}
