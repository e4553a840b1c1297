//! What the lead should know before closing scoring.

use crate::{
    app::session::Session,
    domain::terms::{id::MemberName, lang::Text},
    words::{irrevocable, label, listed},
};

/// So many who wait are named: anybody who can write to the share can claim names.
const NAMED: usize = 5;

impl Session {
    /// Whose ballots will count late, or not at all; who is not there; who works on a ballot without being admitted.
    #[must_use]
    pub fn before_closing(&self) -> Vec<Text> {
        let visit = &self.visit;
        let absent: Vec<&str> = visit.absentees().map(|it| it.name.as_str()).collect();
        let waiting: Vec<&str> = visit.newcomers().take(NAMED).map(MemberName::as_str).collect();
        let others = [
            (irrevocable::both(label::absent), absent),
            (irrevocable::both(irrevocable::not_admitted), waiting),
        ];
        let told = others.into_iter().filter(|(_, names)| !visit.closed && !names.is_empty());
        std::iter::once(self.left_out_told()).chain(told.map(|(what, names)| listed(&what, &names))).collect()
    }

    /// The members whose ballots are not sealed.
    #[must_use]
    pub fn left_out_told(&self) -> Text {
        let out: Vec<&str> = self.visit.unsealed().map(|state| state.member.name.as_str()).collect();
        if out.is_empty() {
            return irrevocable::both(irrevocable::all_submitted);
        }
        listed(&irrevocable::both(irrevocable::not_submitted), &out)
    }
}
