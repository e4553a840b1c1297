//! The rectification ledger (整改台账): what is to be mended and how far it is, folded from what was recorded of each item. A
//! step that its rules forbid changes nothing and stays in the history with the reason.

pub mod problem;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    checklist::{Clause, Point},
    edit::{
        finding::Met,
        rectify::{Closure, Plan, Problem, Proof, RectifyStep, Submission},
    },
    ledger::problem::Found,
    outcome::Outcome,
    pool::comparable,
    terms::{date::Date, field::words, id::RectifyId, lang::Lang, written::Note},
    visit::{
        MemberState, Visit,
        rectifications::{Author, Entry},
    },
};

/// An item as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerItem<'a> {
    /// Id.
    pub id: &'a RectifyId,
    /// Its clause, if it is about one.
    pub clause: Option<&'a Clause>,
    /// Its point, if it is about one.
    pub point: Option<&'a Point>,
    /// What is to be mended.
    pub problem: &'a Problem,
    /// Goal, person and deadline as they stand.
    pub plan: &'a Plan,
    /// How far it is.
    pub progress: Progress,
    /// What was handed in last.
    pub submission: Option<&'a Submission>,
    /// Who recorded that.
    pub submitted_by: Option<&'a Author>,
    /// Who closed it, and on what.
    pub closure: Option<(&'a Author, &'a Closure)>,
    /// Why it was handed back, opened again or struck, while that stands.
    pub reason: &'a str,
    /// All that was recorded, in order.
    pub history: Vec<Happened<'a>>,
}

/// One step of a history.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened<'a> {
    /// Who recorded it.
    pub by: &'a Author,
    /// What.
    pub step: &'a RectifyStep,
    /// Why it changed nothing, if it did not.
    pub refused: Option<Refusal>,
}

words! {
    /// How far an item is.
    Progress {
        /// To be mended.
        Open = "open", "整改中", "open";
        /// Handed in, waits for a second person.
        Submitted = "submitted", "待复核", "handed in";
        /// A second person closed it.
        Closed = "closed", "已销号", "closed";
        /// Taken off the ledger.
        Struck = "struck", "不列入", "struck";
    }
}

words! {
    /// Why a step may not be.
    Refusal {
        /// Only the lead and deputies.
        NotChair = "not-chair", "只有组长或副组长可以这样做", "only the lead or a deputy may do that";
        /// There is such an item.
        Known = "known", "台账里已经有这一项", "the ledger has this item already";
        /// No such clause or point.
        NoPlace = "no-place", "清单里没有这个条款或要点", "the checklist has no such clause or point";
        /// Nobody put it on the ledger.
        NotOnLedger = "not-on-ledger", "台账里没有这一项", "the ledger has no such item";
        /// Closed.
        IsClosed = "is-closed", "这一项已销号，要改须先重新打开", "the item is closed; reopen it first";
        /// Struck.
        IsStruck = "is-struck", "这一项不列入台账，要改须先重新打开", "the item was struck; reopen it first";
        /// Neither handed in nor closed.
        IsOpen = "is-open", "这一项本来就在整改中", "the item is open as it is";
        /// Nothing to look at.
        NothingSubmitted = "nothing-submitted", "还没有提交整改情况", "nothing was handed in yet";
        /// Another submission came meanwhile.
        OtherSubmission = "other-submission", "复核的不是最近提交的整改情况", "something else was handed in meanwhile";
        /// Offices only work on what is there.
        NotOffices = "not-offices", "整改办公室只能提交整改情况、销号和重新打开", "the office may only hand in, close and reopen";
        /// Whose hands an office has nobody knows, so what it handed in itself somebody on the panel closes.
        OwnSubmission = "own-submission", "整改办公室自己提交的，要由专家组的人销号", "the office handed it in itself; somebody on the panel closes it";
        /// Who did the work cannot close it.
        OwnWork = "own-work", "整改人和责任人不能自己销号", "who did the work or answers for it cannot close it";
        /// Recused from the clause.
        Recused = "recused", "您在这个条款回避", "you are recused from this clause";
        /// Not scored again, or still not met.
        NotMet = "not-met", "要点复核后还没有达到", "scored again, the point is still not met";
        /// Neither a file was handed in nor a remark says what was seen.
        NotShown = "not-shown", "没有佐证文件，也没有写明所见，不能销号", "nothing was handed in as evidence and no remark says what was seen";
        /// The days do not follow each other.
        DaysOutOfOrder = "days-out-of-order", "日期前后颠倒：整改不早于核查日，销号不早于提交日", "the days do not follow each other: visit, work, closing";
        /// Nothing was said.
        NotSaid = "not-said", "没有写明内容", "nothing was said";
    }
}

impl Visit {
    /// The items of the rectification ledger, in the order of the checklist, those outside it last.
    #[must_use]
    pub fn ledger(&self) -> Vec<LedgerItem<'_>> {
        let places: BTreeMap<&str, usize> =
            self.clauses().enumerate().map(|(at, clause)| (clause.id.as_str(), at)).collect();
        let items = self.rectifications.items();
        let mut items: Vec<LedgerItem<'_>> = items.filter_map(|id| self.ledger_item(id.as_str())).collect();
        items.sort_by_key(|item| {
            let clause = item.clause.and_then(|clause| places.get(clause.id.as_str()).copied());
            let point = item.clause.zip(item.point);
            let point =
                point.and_then(|(clause, point)| clause.points.iter().position(|it| it.id == point.id));
            (clause.unwrap_or(usize::MAX), point, item.id)
        });
        items
    }

    /// All photos and files handed in, with who recorded that, whether it took effect or not.
    pub fn proofs(&self) -> impl Iterator<Item = (&Author, &Proof)> {
        self.rectifications.all().flat_map(|entry| {
            let proof = match &entry.step {
                RectifyStep::Submit(submission) => submission.proof.as_slice(),
                _ => &[],
            };
            proof.iter().map(|proof| (&entry.by, proof))
        })
    }

    /// Items that the ledger was born with and that the record in force no longer asks for: a revision decided their clause
    /// otherwise. They stay, with all that was done on them.
    #[must_use]
    pub fn no_longer_required(&self) -> BTreeSet<RectifyId> {
        if self.revision.revised.is_empty() {
            return BTreeSet::new();
        }
        let shown: Vec<&MemberState> =
            self.members.iter().filter(|state| state.ballot_state.counts()).collect();
        let outcome = Outcome::of(self, |state| state.ballot_state.counts());
        let asked: BTreeSet<RectifyId> = born(self, &outcome, &shown).into_iter().map(|(id, _)| id).collect();
        let is_gone = |item: &LedgerItem<'_>| {
            item.clause.is_some_and(|clause| {
                self.revision.revised.contains(&clause.id)
                    && item.id == &born_id(clause, item.point)
                    && !asked.contains(item.id)
            })
        };
        self.ledger().iter().filter(|item| is_gone(item)).map(|item| item.id.clone()).collect()
    }

    /// One item of the ledger.
    #[must_use]
    pub fn ledger_item(&self, id: &str) -> Option<LedgerItem<'_>> {
        let mut history = Vec::new();
        let item = self.walk(id, &mut |entry, refused| {
            history.push(Happened { by: &entry.by, step: &entry.step, refused });
        });
        item.map(|item| LedgerItem { history, ..item })
    }

    /// Every step of an item in order, each with why it changed nothing, if it did not; gives what they come to.
    pub(crate) fn walk<'a>(
        &'a self,
        id: &str,
        each: &mut dyn FnMut(&'a Entry, Option<Refusal>),
    ) -> Option<LedgerItem<'a>> {
        let (id, entries) = self.rectifications.of(id)?;
        let mut item: Option<LedgerItem<'_>> = None;
        for entry in entries {
            let refused = refusal(self, item.as_ref(), &entry.by, entry.chair, &entry.step);
            each(entry, refused);
            match (&mut item, &entry.step) {
                _ if refused.is_some() => {}
                (None, RectifyStep::Open(problem)) => item = Some(LedgerItem::opened(self, id, problem)),
                (Some(item), step) => item.advance(&entry.by, step),
                (None, _) => {}
            }
        }
        item
    }
}

impl<'a> LedgerItem<'a> {
    fn opened(visit: &'a Visit, id: &'a RectifyId, problem: &'a Problem) -> Self {
        let checklist = &visit.founding.checklist;
        let clause = problem.clause.as_ref().and_then(|id| checklist.clause(id.as_str())).map(AsRef::as_ref);
        let point = clause.zip(problem.point.as_ref()).and_then(|(clause, id)| clause.point(id.as_str()));
        Self {
            id,
            clause,
            point,
            problem,
            plan: &problem.plan,
            progress: Progress::Open,
            submission: None,
            submitted_by: None,
            closure: None,
            reason: "",
            history: Vec::new(),
        }
    }

    fn advance(&mut self, by: &'a Author, step: &'a RectifyStep) {
        match step {
            RectifyStep::Open(_) => {}
            RectifyStep::Plan(plan) => self.plan = plan,
            RectifyStep::Submit(submission) => {
                (self.submission, self.submitted_by) = (Some(submission), Some(by));
                (self.progress, self.reason) = (Progress::Submitted, "");
            }
            RectifyStep::Close(closure) => {
                self.closure = Some((by, closure));
                self.progress = Progress::Closed;
            }
            RectifyStep::Reopen { reason } => {
                self.closure = None;
                (self.progress, self.reason) = (Progress::Open, reason);
            }
            RectifyStep::Strike { reason } => (self.progress, self.reason) = (Progress::Struck, reason),
        }
    }

    /// What is to be mended, in words: what was written, or what the point requires, or the clause's title.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &'a str {
        let written = Some(self.problem.text.as_str()).filter(|text| !text.is_empty());
        let point = || self.point.map(|point| point.text.get(lang));
        written.or_else(point).or_else(|| Some(self.clause?.title.get(lang))).unwrap_or_default()
    }

    /// Whether it is still to be handed in although its deadline has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.progress == Progress::Open && self.plan.deadline.is_some_and(|deadline| deadline < today)
    }
}

/// Why a member or the office may not do this to an item as it stands (`None` = not on the ledger), if so.
#[must_use]
pub fn refusal(
    visit: &Visit,
    item: Option<&LedgerItem<'_>>,
    by: &Author,
    chair: bool,
    step: &RectifyStep,
) -> Option<Refusal> {
    use RectifyStep::{Close, Open, Plan, Reopen, Strike, Submit};
    let is_chairs = matches!(step, Open(_) | Plan(_) | Strike { .. });
    if *by == Author::Office && !step.is_for_offices() {
        return Some(Refusal::NotOffices);
    }
    if is_chairs && !chair {
        return Some(Refusal::NotChair);
    }
    let item = match (item, step) {
        (None, Open(problem)) => return misplaced(visit, problem),
        (Some(_), Open(_)) => return Some(Refusal::Known),
        (None, _) => return Some(Refusal::NotOnLedger),
        (Some(item), _) => item,
    };
    let recused = match by {
        Author::Member(name) => {
            item.clause.is_some_and(|it| visit.recusal(name.as_str(), it.id.as_str()).is_some())
        }
        Author::Office => false,
    };
    match (step, item.progress) {
        (Close(_) | Reopen { .. }, _) if recused => Some(Refusal::Recused),
        (Plan(_) | Submit(_) | Strike { .. } | Close(_), Progress::Struck) => Some(Refusal::IsStruck),
        (Reopen { .. }, Progress::Struck) if !chair => Some(Refusal::NotChair),
        (Plan(_) | Submit(_) | Strike { .. } | Close(_), Progress::Closed) => Some(Refusal::IsClosed),
        (Reopen { .. }, Progress::Open) => Some(Refusal::IsOpen),
        (Close(closure), _) => not_closable(visit, item, by, closure),
        (Submit(it), _) if it.by.is_empty() || it.text.is_empty() => Some(Refusal::NotSaid),
        (Submit(it), _) if it.date < visit.founding.date => Some(Refusal::DaysOutOfOrder),
        (Reopen { reason } | Strike { reason }, _) if reason.is_empty() => Some(Refusal::NotSaid),
        _ => None,
    }
}

fn misplaced(visit: &Visit, problem: &Problem) -> Option<Refusal> {
    let Some(clause) = &problem.clause else {
        let said = problem.point.is_none() && !problem.text.is_empty();
        return (!said).then_some(Refusal::NotSaid);
    };
    let Some(clause) = visit.founding.checklist.clause(clause.as_str()) else {
        return Some(Refusal::NoPlace);
    };
    let unknown = problem.point.as_ref().is_some_and(|point| clause.point(point.as_str()).is_none());
    unknown.then_some(Refusal::NoPlace)
}

/// Closing takes a second person who scored the point again, with the sample it asks for, looking at what was handed in last; and
/// something that shows it: a file handed in, or a remark of what was seen.
fn not_closable(visit: &Visit, item: &LedgerItem<'_>, by: &Author, closure: &Closure) -> Option<Refusal> {
    let Some(submission) = item.submission.filter(|_| item.progress == Progress::Submitted) else {
        return Some(Refusal::NothingSubmitted);
    };
    if submission.id != closure.submission {
        return Some(Refusal::OtherSubmission);
    }
    match by {
        Author::Member(name) => {
            let closer = comparable(name.as_str());
            if [&submission.by, &item.plan.person].into_iter().any(|name| comparable(name) == closer) {
                return Some(Refusal::OwnWork);
            }
        }
        Author::Office if item.submitted_by == Some(&Author::Office) => {
            return Some(Refusal::OwnSubmission);
        }
        Author::Office => {}
    }
    if closure.date < submission.date {
        return Some(Refusal::DaysOutOfOrder);
    }
    let Some(point) = item.point else {
        return closure.remark.is_empty().then_some(Refusal::NotSaid);
    };
    let list = point.measure.list().and_then(|list| visit.founding.checklist.list(list.as_str()));
    let fits = |finding: &&crate::domain::edit::finding::Finding| finding.check(point, list).is_ok();
    let met = closure.finding.as_ref().filter(fits).and_then(|finding| finding.meets(&point.measure, list));
    if met != Some(Met::Yes) {
        return Some(Refusal::NotMet);
    }
    (submission.proof.is_empty() && closure.remark.is_empty()).then_some(Refusal::NotShown)
}

/// What belongs on the ledger when the visit is made final: every required point that somebody of `shown` found unmet and that
/// the verdict does not call met; and each clause below what is required for which nobody named a point, with the reasons given.
/// `outcome` counts the same members; what it withholds from its reader is left out.
#[must_use]
pub fn born(visit: &Visit, outcome: &Outcome, shown: &[&MemberState]) -> Vec<(RectifyId, Problem)> {
    let mut items = Vec::new();
    for (clause, result) in visit.clauses().zip(&outcome.clauses).filter(|(_, result)| !result.withheld) {
        let about = Problem { clause: Some(clause.id.clone()), ..Problem::default() };
        match problem::of_clause(visit, clause, result, shown) {
            Found::Nothing => {}
            Found::Points(points) => items.extend(points.into_iter().map(|point| {
                let id = born_id(clause, Some(point));
                (id, Problem { point: Some(point.id.clone()), ..about.clone() })
            })),
            Found::Reasons(reasons) => {
                items.push((born_id(clause, None), Problem { text: joined(&reasons), ..about }));
            }
        }
    }
    items
}

/// The id that an item about a clause or point of it is born with.
fn born_id(clause: &Clause, point: Option<&Point>) -> RectifyId {
    match point {
        Some(point) => RectifyId::new(format!("{}.{}", clause.id, point.id)),
        None => RectifyId::new(clause.id.as_str()),
    }
}

/// Reasons as one text, as many as it holds; each stands with its vote in any case.
fn joined(reasons: &[String]) -> Note {
    let mut text = Note::default();
    for n in 1..=reasons.len() {
        let all = reasons.get(..n).map(|some| some.join("；")).unwrap_or_default();
        let Ok(longer) = Note::new(&all) else { break };
        text = longer;
    }
    text
}
