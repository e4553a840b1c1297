//! A visit as somebody outside of the panel may see it: without names, and before the end without votes and verdicts. It is
//! folded from the same commits, from which what is not for everybody was taken before, so that nothing that reads a visit can
//! show it by mistake.

use std::{collections::BTreeMap, sync::Arc};

use crate::domain::{
    edit::{
        Edit, Founding, Offer, SeatShare, Stand,
        commit::{CommitContent, LoggedCommit},
        declaration::Declaration,
        dissent::Dissent,
        evidence::EvidenceItem,
        mandate::Mandate,
        objection::Objection,
        rectify::{Closure, Plan, Problem, Proof, RectifyStep, Submission},
        verdict::{Citation, GateDecision, LeadVerdict},
        waiver::{Finalisation, Waiver},
    },
    facility::profile::ProfileValue,
    pool::comparable,
    terms::{
        id::{FeedId, MemberName},
        lang::Lang,
        written::{Line, Note},
    },
    visit::{Visit, end::UpTo, told::Told},
};

/// Names of fewer characters are not looked for inside of texts: they would be found in half of all words.
const SHORTEST_NAME: usize = 2;

/// What stands in place of names, and what is left out.
struct Mask {
    /// What each member is called.
    names: BTreeMap<MemberName, MemberName>,
    /// The names as they may stand in texts, the longest first, with what is put there.
    in_texts: Vec<(String, String)>,
    /// What anybody else is called.
    other: MemberName,
    /// What stands in place of a reason that is about somebody's ties.
    not_public: &'static str,
    /// Whether votes and verdicts are left out.
    hides_votes: bool,
}

impl Visit {
    /// The visit as somebody outside of the panel may see it, from the commits that this one was folded from. `order` sorts the
    /// members anew, so that no number tells a place on the roster.
    #[must_use]
    pub fn from_outside<K: Ord>(
        &self,
        lead_feed: &FeedId,
        commits: Vec<LoggedCommit>,
        order: impl Fn(&MemberName) -> K,
        lang: Lang,
    ) -> Self {
        self.told_outside(lead_feed, commits, order, lang, Told::default()).0
    }

    /// The same, with what is told of the commits on the way, and the commits as they may be seen, in order, each once.
    pub(crate) fn told_outside<K: Ord>(
        &self,
        lead_feed: &FeedId,
        commits: Vec<LoggedCommit>,
        order: impl Fn(&MemberName) -> K,
        lang: Lang,
        told: Told,
    ) -> (Self, Told, Vec<LoggedCommit>) {
        let mask = Mask::of(self, order, lang);
        let founding = Arc::new(mask.founding(&self.founding));
        let commits = commits.into_iter().map(|commit| mask.commit(commit)).collect();
        // Nobody outside sees a draft.
        let up_to = UpTo::Number(self.revision.replaced.len());
        let id = self.id.clone();
        let (mut seen, told, commits) =
            Self::fold_telling(id, founding, lead_feed, None, (commits, up_to), told);
        seen.is_from_outside = true;
        // What was left out is no part of the edits any more, and still of what the members sign.
        seen.record.clone_from(&self.record);
        seen.record_differs = self.record_differs;
        let number = |name: &MemberName| mask.number(name);
        seen.members.sort_by_key(|state| number(&state.member.name));
        seen.recusals.sort_by_key(|it| (number(&it.name), it.clause.clone()));
        seen.afterwards.sort_by_key(|it| (number(&it.name), it.clause.clone()));
        (seen, told, commits)
    }
}

impl Mask {
    fn of<K: Ord>(visit: &Visit, order: impl Fn(&MemberName) -> K, lang: Lang) -> Self {
        let mut members: Vec<&MemberName> = visit.members.iter().map(|state| &state.member.name).collect();
        members.sort_by_key(|name| order(name));
        let called = |n: usize| match lang {
            Lang::Zh => format!("专家{n}"),
            Lang::En => format!("Expert {n}"),
        };
        let names: BTreeMap<MemberName, MemberName> =
            (1..).zip(members).map(|(n, name)| (name.clone(), MemberName::new(called(n)))).collect();
        let other = MemberName::new(lang.pick("其他人", "somebody else"));
        let members = names.iter().map(|(name, called)| (name.to_string(), called.to_string()));
        let others = visit.pending.iter().filter(|claim| !names.contains_key(&claim.name));
        let others = others.map(|claim| (claim.name.to_string(), other.to_string()));
        let is_found = |(name, _): &(String, String)| name.chars().count() >= SHORTEST_NAME;
        let mut in_texts: Vec<(String, String)> = members.chain(others).filter(is_found).collect();
        in_texts.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let not_public = lang.pick("不公开", "not public");
        Self { names, in_texts, other, not_public, hides_votes: visit.finalised.is_none() }
    }

    fn name(&self, name: &MemberName) -> MemberName {
        self.names.get(name).unwrap_or(&self.other).clone()
    }

    /// The number that a member is called by, for sorting: 10 comes after 9.
    fn number(&self, called: &MemberName) -> (usize, MemberName) {
        (called.as_str().len(), called.clone())
    }

    /// A text without the names of the panel.
    fn text(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let before = masked.chars().next_back();
            let found = self.in_texts.iter().find(|(name, _)| {
                let after = rest.strip_prefix(name.as_str());
                after.is_some_and(|after| is_word(name, before, after.chars().next()))
            });
            match found {
                Some((name, called)) => {
                    masked.push_str(called);
                    rest = rest.get(name.len()..).unwrap_or_default();
                }
                None => {
                    masked.push(first);
                    rest = rest.get(first.len_utf8()..).unwrap_or_default();
                }
            }
        }
        masked
    }

    /// The same where what is put there must not be longer.
    fn blotted(&self, text: &str) -> String {
        let blot = |text: String, (name, _): &(String, String)| {
            text.replace(name.as_str(), &"×".repeat(name.chars().count()))
        };
        self.in_texts.iter().fold(text.to_owned(), blot)
    }

    fn line(&self, line: &Line) -> Line {
        // Who is meant as a whole is found however it is written.
        let written = comparable(line);
        if let Some((_, called)) = self.names.iter().find(|(name, _)| comparable(name.as_str()) == written) {
            return Line::new(called.as_str()).unwrap_or_default();
        }
        Line::new(&self.text(line)).or_else(|_| Line::new(&self.blotted(line))).unwrap_or_default()
    }

    fn note(&self, note: &Note) -> Note {
        Note::new(&self.text(note)).or_else(|_| Note::new(&self.blotted(note))).unwrap_or_default()
    }

    fn founding(&self, founding: &Founding) -> Founding {
        let roster = founding.roster.iter().cloned();
        let Mandate { deputy, organiser, panel_reason, .. } = &founding.mandate;
        Founding {
            roster: roster
                .map(|it| crate::domain::edit::Member { name: self.name(&it.name), ..it })
                .collect(),
            // Names, units, ties and tickets, from which names can be told, of everybody in the pool.
            draw: None,
            mandate: Mandate {
                deputy: deputy.as_ref().map(|it| self.name(it)),
                organiser: self.line(organiser),
                panel_reason: self.line(panel_reason),
                ..founding.mandate.clone()
            },
            ..founding.clone()
        }
    }

    fn commit(&self, commit: LoggedCommit) -> LoggedCommit {
        let all = |edits: Vec<Edit>| edits.into_iter().filter_map(|edit| self.edit(edit)).collect();
        let content = match commit.content {
            CommitContent::Edits(edits) => CommitContent::Edits(all(edits)),
            CommitContent::Opened(edits) => CommitContent::Opened(all(edits)),
            CommitContent::Own(edits) => CommitContent::Own(all(edits)),
            CommitContent::Sealed => CommitContent::Sealed,
        };
        LoggedCommit { content, ..commit }
    }

    /// An edit as it may be seen; `None` = not at all. No kind is left to a default, so that a new one is thought of.
    fn edit(&self, edit: Edit) -> Option<Edit> {
        if self.hides_votes && tells_votes(&edit) {
            return None;
        }
        Some(match edit {
            Edit::Join { name, expert } => Edit::Join { name: self.name(&name), expert },
            Edit::Admit { feed, name, expert, checked } => {
                Edit::Admit { feed, name: self.name(&name), expert, checked }
            }
            Edit::Deputy { name } => Edit::Deputy { name: self.name(&name) },
            Edit::Declare(Declaration { text, recusals }) => {
                Edit::Declare(Declaration { text: self.untold(&text), recusals })
            }
            Edit::Recuse { name, clause, reason } => {
                let reason = reason.map(|_| Line::new(self.not_public).unwrap_or_default());
                Edit::Recuse { name: self.name(&name), clause, reason }
            }
            Edit::Absent { name, reason } => {
                let reason = reason.map(|_| Line::new(self.not_public).unwrap_or_default());
                Edit::Absent { name: self.name(&name), reason }
            }
            Edit::Vote { clause, value } => Edit::Vote { clause, value: value.map(|it| self.stand(it)) },
            Edit::ClearVote { clause, value } => {
                Edit::ClearVote { clause, value: value.map(|it| self.stand(it)) }
            }
            Edit::Note { clause, text } => Edit::Note { clause, text: self.note(&text) },
            Edit::Evidence { clause, digest, value } => {
                Edit::Evidence { clause, digest, value: value.map(|it| self.item(it)) }
            }
            Edit::Offer(offer) => Edit::Offer(self.offer(offer)),
            Edit::Verdict { clause, value } => {
                Edit::Verdict { clause, value: value.map(|it| self.verdict(it)) }
            }
            Edit::Gate { gate, value } => {
                let value = value.map(|it| GateDecision { reason: self.line(&it.reason), ..it });
                Edit::Gate { gate, value }
            }
            Edit::Dissent { clause, value } => {
                let value = value.map(|it| Dissent { text: self.note(&it.text), ..it });
                Edit::Dissent { clause, value }
            }
            Edit::Objection { clause, value } => {
                Edit::Objection { clause, value: value.map(|it| self.objection(&it)) }
            }
            Edit::Facility { field, value } => {
                let value = value.map(|value| match value {
                    ProfileValue::Text(text) => ProfileValue::Text(self.text(&text)),
                    ProfileValue::Count(_) | ProfileValue::Area(_) => value,
                });
                Edit::Facility { field, value }
            }
            Edit::Plan(plan) => Edit::Plan(plan.map(|plan| Arc::new(plan.under(|name| self.name(name))))),
            Edit::Final(finalisation) => Edit::Final(self.finalisation(finalisation)),
            Edit::Rectify { item, step } => Edit::Rectify { item, step: Box::new(self.step(*step)) },
            Edit::Found(_)
            | Edit::Blind { .. }
            | Edit::JoinOffice
            | Edit::Office { .. }
            | Edit::Device { .. }
            | Edit::Retire { .. }
            | Edit::Finding { .. }
            | Edit::Submit { .. }
            | Edit::Unseal
            | Edit::Release(_)
            | Edit::Key { .. }
            | Edit::Close { .. }
            | Edit::Sign { .. }
            | Edit::Receipt { .. }
            | Edit::Slot(_)
            | Edit::Unknown { .. } => edit,
        })
    }

    /// That something was declared, and not what.
    fn untold(&self, text: &Note) -> Note {
        if text.is_empty() { Note::default() } else { Note::new(self.not_public).unwrap_or_default() }
    }

    fn stand(&self, stand: Stand) -> Stand {
        Stand { reason: self.line(&stand.reason), ..stand }
    }

    fn item(&self, item: EvidenceItem) -> EvidenceItem {
        EvidenceItem { name: self.text(&item.name), caption: self.line(&item.caption), ..item }
    }

    fn offer(&self, offer: Offer) -> Offer {
        let seats = offer.seats.into_iter().map(|it| SeatShare { name: self.name(&it.name), ..it }).collect();
        Offer { seats, ..offer }
    }

    fn verdict(&self, verdict: LeadVerdict) -> LeadVerdict {
        let cited = |cites: Vec<Citation>| {
            cites.into_iter().map(|it| Citation { member: self.name(&it.member), ..it }).collect()
        };
        LeadVerdict {
            reason: self.line(&verdict.reason),
            cites: cited(verdict.cites),
            clear: cited(verdict.clear),
            ..verdict
        }
    }

    fn objection(&self, objection: &Objection) -> Objection {
        let Objection { by, text, answer, on } = objection;
        Objection { by: self.line(by), text: self.note(text), answer: self.note(answer), on: *on }
    }

    fn finalisation(&self, finalisation: Finalisation) -> Finalisation {
        let about = |about: String| match self.names.get(about.as_str()) {
            Some(called) => called.to_string(),
            None => about,
        };
        let waivers = finalisation.waivers.into_iter().map(|it| Waiver {
            about: it.about.into_iter().map(about).collect(),
            reason: self.line(&it.reason),
            ..it
        });
        Finalisation {
            waivers: waivers.collect(),
            opened: finalisation.opened.iter().map(|name| self.name(name)).collect(),
            ..finalisation
        }
    }

    fn step(&self, step: RectifyStep) -> RectifyStep {
        match step {
            RectifyStep::Open(problem) => RectifyStep::Open(Problem {
                text: self.note(&problem.text),
                plan: self.plan(&problem.plan),
                ..problem
            }),
            RectifyStep::Plan(plan) => RectifyStep::Plan(self.plan(&plan)),
            RectifyStep::Submit(submission) => {
                let proof = submission.proof.into_iter().map(|it| Proof { item: self.item(it.item), ..it });
                RectifyStep::Submit(Submission {
                    by: self.line(&submission.by),
                    text: self.note(&submission.text),
                    proof: proof.collect(),
                    ..submission
                })
            }
            RectifyStep::Close(closure) => {
                RectifyStep::Close(Closure { remark: self.note(&closure.remark), ..closure })
            }
            RectifyStep::Reopen { reason } => RectifyStep::Reopen { reason: self.line(&reason) },
            RectifyStep::Strike { reason } => RectifyStep::Strike { reason: self.line(&reason) },
        }
    }

    fn plan(&self, plan: &Plan) -> Plan {
        Plan { goal: self.note(&plan.goal), person: self.line(&plan.person), deadline: plan.deadline }
    }
}

/// Whether an edit tells what somebody voted, or what was made of it.
const fn tells_votes(edit: &Edit) -> bool {
    edit.is_ballot()
        || matches!(
            edit,
            Edit::ClearVote { .. }
                | Edit::Verdict { .. }
                | Edit::Gate { .. }
                | Edit::Dissent { .. }
                | Edit::Objection { .. }
        )
}

/// Whether a name that is written in Latin letters stands by itself and not inside of a word.
fn is_word(name: &str, before: Option<char>, after: Option<char>) -> bool {
    let joins = |outer: Option<char>, inner: Option<char>| {
        let is_latin = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
        is_latin(outer) && is_latin(inner)
    };
    !joins(before, name.chars().next()) && !joins(after, name.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(names: &[&str]) -> Mask {
        let names = (1..).zip(names).map(|(n, name)| ((*name).into(), MemberName::new(format!("专家{n}"))));
        let names: BTreeMap<MemberName, MemberName> = names.collect();
        let mut in_texts: Vec<(String, String)> =
            names.iter().map(|(name, called)| (name.to_string(), called.to_string())).collect();
        in_texts.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Mask { names, in_texts, other: "其他人".into(), not_public: "不公开", hides_votes: false }
    }

    #[test]
    fn a_text_keeps_everything_but_the_names() {
        let mask = mask(&["王慧", "王慧敏", "Li", "Ann Lee"]);
        for (text, masked) in [
            ("王慧敏和王慧看过现场。", "专家2和专家1看过现场。"),
            ("Like Li, Ann Lee said so (Li)", "Like 专家3, 专家4 said so (专家3)"),
            ("没有提到谁", "没有提到谁"),
            ("", ""),
        ] {
            assert_eq!(mask.text(text), masked);
        }
        let person: Line = " ann lee".parse().unwrap();
        assert_eq!(mask.line(&person), "专家4");
        // Nothing is cut where a number is longer than the name was.
        let long: Line = "王慧".repeat(200).parse().unwrap();
        assert_eq!(mask.line(&long), "××".repeat(200).as_str());
    }
}
