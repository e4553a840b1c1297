//! How far the members are, each with the clauses that they owe a vote on.

use crate::domain::{
    ballot::Position,
    visit::{MemberState, Visit},
};

/// How far one member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Clauses to score.
    pub n_owed: usize,
    /// Those of them that are; 0 where the ballot is not looked at.
    pub n_scored: usize,
}

/// How far each member is, in roster order; the ballots are looked at of those that `shown` accepts. Who owes what is told of all
/// members at once: asked of each, it would be worked out anew for everybody each time.
pub fn progress(visit: &Visit, shown: impl Fn(&MemberState) -> bool) -> Vec<Progress> {
    let mut all: Vec<(&MemberState, bool, Progress)> =
        visit.members.iter().map(|state| (state, shown(state), Progress::default())).collect();
    for clause in visit.clauses() {
        let owing = visit.owing(clause);
        for (state, is_shown, progress) in &mut all {
            if owing.contains(&state.member.name) {
                progress.n_owed += 1;
                progress.n_scored += usize::from(
                    *is_shown && {
                        let vote = visit.vote(state, clause);
                        vote.position != Position::Conflict && vote.is_scored()
                    },
                );
            }
        }
    }
    all.into_iter().map(|(.., progress)| progress).collect()
}
