//! Submitting: seals the ballot, after saying what is still missing; and taking that back, while scoring is not closed.

use std::collections::BTreeSet;

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
    },
    domain::{
        ballot::Position,
        edit::Edit,
        terms::{id::ClauseId, lang::Text},
        visit::{MOST_ENDS, Visit},
    },
    words::listed,
};

/// What a member's ballot still lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BallotGaps {
    /// Clauses without grade, points or absence.
    pub unscored: Vec<ClauseId>,
    /// Clauses whose grade or absence lacks the reason it needs.
    pub unreasoned: Vec<ClauseId>,
    /// Clauses on which two laptops of the member disagree.
    pub conflicts: Vec<ClauseId>,
    /// Clauses the member owes a vote on.
    pub n_owed: usize,
    /// Those of them that have one.
    pub n_scored: usize,
}

/// What the ballot of a member lacks; recused clauses, and those that others alone vote on by the plan, are left out.
#[must_use]
pub fn gaps(visit: &Visit, name: &str) -> BallotGaps {
    let mut gaps = BallotGaps::default();
    let Some(state) = visit.member(name) else { return gaps };
    for clause in visit.clauses() {
        if visit.recusal(name, clause.id.as_str()).is_some() {
            continue;
        }
        let owed = visit.owing(clause).contains(&state.member.name);
        gaps.n_owed += usize::from(owed);
        let vote = visit.vote(state, clause);
        if vote.position == Position::Conflict {
            gaps.conflicts.push(clause.id.clone());
        } else if !vote.is_scored() {
            gaps.unscored.extend(owed.then(|| clause.id.clone()));
        } else {
            gaps.n_scored += usize::from(owed);
            gaps.unreasoned.extend(vote.owes_reason().map(|_| clause.id.clone()));
        }
    }
    gaps
}

impl Session {
    /// What this member's ballot still lacks.
    #[must_use]
    pub(crate) fn gaps(&self) -> BallotGaps {
        self.my_state()
            .map_or_else(BallotGaps::default, |state| gaps(&self.visit, state.member.name.as_str()))
    }

    /// What a member should know before submitting: what is left to score, and what keeps the ballot from being submitted.
    #[must_use]
    pub fn before_submitting(&self) -> Vec<Text> {
        let gaps = self.gaps();
        let mut known = vec![Text::new(
            format!("应评 {} 个条款，已评 {} 个。", gaps.n_owed, gaps.n_scored),
            format!("Owed: {} clauses; scored: {}.", gaps.n_owed, gaps.n_scored),
        )];
        let lists = [
            (gaps.unscored, "没有评分，按“未投票”计", "Not scored; they count as no vote"),
            (gaps.unreasoned, "缺少理由，补上才能提交", "A reason is missing; it is needed to submit"),
            (
                gaps.conflicts,
                "两台电脑的评分不一致，重评后才能提交",
                "Your laptops disagree; score again to submit",
            ),
        ];
        for (clauses, zh, en) in lists.iter().filter(|(clauses, ..)| !clauses.is_empty()) {
            let ids: Vec<&str> = clauses.iter().map(ClauseId::as_str).collect();
            known.push(listed(&Text::new(*zh, *en), &ids));
        }
        known
    }

    /// Whether a person may be asked to submit the ballot now, whatever it lacks: interests come first, as on the screens that ask
    /// for them before the first vote.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn may_submit(&self) -> Result<(), Failure> {
        self.may(&Edit::Submit { tips: BTreeSet::new() })?;
        match self.my_state().is_some_and(|state| state.declaration().is_none()) {
            true => Err(not_declared()),
            false => Ok(()),
        }
    }

    /// Seals the ballot. Unscored clauses are allowed (they count as no vote); missing reasons and conflicts are not. After the
    /// closing only what was recorded before can still be sealed: it counts if a supplementary closing record names it, marked.
    ///
    /// # Errors
    /// If the ballot may not be sealed now, or the store fails.
    pub(in crate::app) fn submit(&mut self) -> Result<BallotGaps, Failure> {
        self.may(&Edit::Submit { tips: BTreeSet::new() })?;
        let gaps = self.gaps();
        if !gaps.conflicts.is_empty() {
            return Err(not_submitted(Exit::NeedsPerson, &gaps.conflicts, CONFLICTS));
        }
        if !gaps.unreasoned.is_empty() {
            return Err(not_submitted(Exit::Fixable, &gaps.unreasoned, UNREASONED));
        }
        self.seal()?;
        let state = self.my_state().ok_or_else(|| Failure::bug("lost own state"))?;
        let tips = state.tips().take(MOST_ENDS).cloned().collect();
        self.write(vec![(Edit::Submit { tips }, None)])?;
        self.seal()?;
        self.share_out()?;
        Ok(gaps)
    }

    /// Takes the seal back, to score on and seal again; what is recorded from then on is sealed with a new key.
    ///
    /// # Errors
    /// If nothing is sealed, scoring is closed, or the store fails.
    pub(in crate::app) fn unseal(&mut self) -> Result<(), Failure> {
        self.may(&Edit::Unseal)?;
        let promise = self.next_key()?;
        self.write(vec![(Edit::Unseal, None), (promise, None)])?;
        self.seal()
    }
}

type Words = (&'static str, &'static str, &'static str, &'static str);

const CONFLICTS: Words = (
    "两台电脑上的评分不一致",
    "two laptops of yours disagree",
    "请对这些条款重新评一次。",
    "Score these clauses once more.",
);
const UNREASONED: Words =
    ("缺少理由", "a reason is missing", "请补上理由后再提交。", "Give the reasons, then submit again.");

fn not_declared() -> Failure {
    Failure::new(
        Exit::NeedsPerson,
        Text::new("评分没有提交。", "The ballot was not submitted."),
        Text::new("您还没有申报利益关系。", "You have not declared your interests yet."),
        Text::new(
            "没有利益关系，请运行 hecha visit declare FILE none；有的话写明：hecha visit declare FILE 说明。",
            "If you have none, run hecha visit declare FILE none; else say which: hecha visit declare FILE TEXT.",
        ),
    )
}

fn not_submitted(exit: Exit, clauses: &[ClauseId], (why_zh, why_en, next_zh, next_en): Words) -> Failure {
    let n = clauses.len();
    let listed: Vec<&str> = clauses.iter().map(ClauseId::as_str).collect();
    let listed = listed.join("、");
    Failure::new(
        exit,
        Text::new("评分没有提交。", "The ballot was not submitted."),
        Text::new(format!("{n} 个条款{why_zh}：{listed}。"), format!("On {n} clauses {why_en}: {listed}.")),
        Text::new(next_zh, next_en),
    )
}
