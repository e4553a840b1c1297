//! What a panel should talk about: the clauses in the order of what a different verdict would change, the points where their
//! votes differ, and who dissents.

pub mod dissenters;
pub mod pivotal;
pub mod point_votes;

use crate::domain::{
    agenda::pivotal::pivotal,
    outcome::{ClauseResult, Outcome},
    terms::{field::words, lang::Lang},
    visit::Visit,
};

words! {
    /// What hangs on a clause, the most first.
    Effect {
        /// The facility objects to it since the visit was made final; nothing else can change then.
        Objected = "objected", "机构异议", "objected to";
        /// A core clause that some pass and some fail.
        CorePassLine = "core-pass-line", "核心及格线", "core pass";
        /// A standard would be answered differently at the strictest vote than at the most lenient one.
        Pivotal = "pivotal", "左右达标", "pivotal";
        /// Grades two apart or more.
        WideSpread = "wide-spread", "相差大", "wide";
        /// Another clause that some pass and some fail.
        PassLine = "pass-line", "及格线", "pass line";
        /// The rule names no single grade.
        Split = "split", "僵持", "split";
        /// Grades one apart on one side of the pass line, or points that differ.
        Slight = "slight", "有差异", "differ";
        /// Everyone may be seen, and still the votes are too few for a verdict.
        TooFew = "too-few", "票数不足", "too few";
        /// Nothing to talk about.
        Agreed = "agreed", "一致", "agreed";
    }
}

/// The clauses of a visit in the order in which they are worth talking about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agenda {
    /// All clauses, the largest effect first; those with the same effect in the order of the checklist.
    pub items: Vec<AgendaItem>,
}

/// A clause with its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgendaItem {
    /// Place of the clause in the checklist, from 0.
    pub index: usize,
    /// Why it stands where it does.
    pub effect: Effect,
    /// How far it is settled.
    pub settled: Settled,
}

/// How far a clause is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The rule names a verdict.
    ByRule,
    /// The lead decided.
    ByLead,
    /// No verdict, and all votes are there.
    Undecided,
    /// No verdict yet; some ballots may not be seen.
    Waiting,
    /// Left out for a reader who is recused from it.
    Withheld,
}

/// How many clauses are on the agenda, and what is folded away below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgendaCounts {
    /// Clauses with something to talk about.
    pub disagreed: usize,
    /// Those of them without a verdict.
    pub undecided: usize,
    /// Those of them that the lead decided.
    pub by_lead: usize,
    /// Other clauses with a verdict.
    pub agreed: usize,
    /// Other clauses that wait for votes which may not be seen yet.
    pub waiting: usize,
    /// Clauses left out for the reader's recusal.
    pub withheld: usize,
}

impl Agenda {
    /// The agenda of an outcome. What the lead decided stays in its place, so that the list does not move under the reader.
    /// `more_to_come`: some ballots may not be seen yet, so few votes are no matter.
    #[must_use]
    pub fn of(visit: &Visit, outcome: &Outcome, more_to_come: bool) -> Self {
        let pivotal = pivotal(visit, outcome);
        let clauses = outcome.clauses.iter().zip(pivotal).enumerate();
        let mut items: Vec<AgendaItem> = clauses
            .map(|(index, (clause, pivotal))| match visit.revision.is_draft {
                true => revised(visit, index, clause),
                false => AgendaItem {
                    index,
                    effect: effect(clause, pivotal, more_to_come),
                    settled: settled(clause, more_to_come),
                },
            })
            .collect();
        items.sort_by_key(|item| item.effect);
        Self { items }
    }

    /// Clauses with something to talk about.
    pub fn disagreed(&self) -> impl Iterator<Item = &AgendaItem> {
        self.items.iter().filter(|item| item.effect != Effect::Agreed)
    }

    /// The other clauses, in the order of the checklist; none that is withheld.
    pub fn rest(&self) -> impl Iterator<Item = &AgendaItem> {
        let rest = self.items.iter().filter(|item| item.effect == Effect::Agreed);
        rest.filter(|item| item.settled != Settled::Withheld)
    }

    /// How many of each there are.
    #[must_use]
    pub fn counts(&self) -> AgendaCounts {
        let mut counts = AgendaCounts::default();
        for item in &self.items {
            let is_folded = item.effect == Effect::Agreed;
            counts.disagreed += usize::from(!is_folded);
            match item.settled {
                Settled::Withheld => counts.withheld += 1,
                Settled::ByRule | Settled::ByLead if is_folded => counts.agreed += 1,
                Settled::Waiting | Settled::Undecided if is_folded => counts.waiting += 1,
                Settled::Waiting | Settled::Undecided => counts.undecided += 1,
                Settled::ByLead => counts.by_lead += 1,
                Settled::ByRule => {}
            }
        }
        counts
    }
}

/// A clause while a final visit is revised.
fn revised(visit: &Visit, index: usize, clause: &ClauseResult) -> AgendaItem {
    let is_open = visit.revision.reopened.contains(&clause.id) && !clause.withheld;
    AgendaItem {
        index,
        effect: if is_open { Effect::Objected } else { Effect::Agreed },
        settled: match is_open && visit.revised_verdict(clause.id.as_str()).is_none() {
            true => Settled::Undecided,
            false => settled(clause, false),
        },
    }
}

fn settled(clause: &ClauseResult, more_to_come: bool) -> Settled {
    match clause.verdict {
        _ if clause.withheld => Settled::Withheld,
        Some(_) if clause.by_lead() => Settled::ByLead,
        Some(_) => Settled::ByRule,
        None if more_to_come => Settled::Waiting,
        None => Settled::Undecided,
    }
}

/// What hangs on one clause. Never asks the verdict of the lead.
fn effect(clause: &ClauseResult, pivotal: bool, more_to_come: bool) -> Effect {
    let merged = &clause.merged;
    let (split, differs) = match &clause.merged_points {
        Some(points) => (points.split, points.range.is_some_and(|(low, high)| low != high)),
        None => (merged.split, merged.spread > 0),
    };
    if clause.withheld {
        Effect::Agreed
    } else if merged.pass_line_split && clause.core {
        Effect::CorePassLine
    } else if pivotal {
        Effect::Pivotal
    } else if merged.spread >= 2 {
        Effect::WideSpread
    } else if merged.pass_line_split {
        Effect::PassLine
    } else if split {
        Effect::Split
    } else if differs {
        Effect::Slight
    } else if !more_to_come && !clause.ruled {
        Effect::TooFew
    } else {
        Effect::Agreed
    }
}
