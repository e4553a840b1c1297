//! The feedback for the exit meeting, as far as whoever sits here may see the votes it rests on.

use std::path::Path;

pub use crate::report::feedback::{Feedback, Group, Item, Part, PartKind};
use crate::{
    app::{
        failure::{Exit, Failure},
        files,
        session::Session,
    },
    domain::{
        outcome::Outcome,
        terms::{
            id::MemberName,
            lang::{Lang, Text},
        },
        visit::{MemberState, Visit},
    },
    report::{
        Options, Report,
        feedback::{html::html, json},
    },
};

/// Why there is no feedback yet: what, why, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotYet {
    /// One sentence why.
    pub why: Text,
    /// What to do about it.
    pub next: Text,
}

/// The feedback of a visit as `viewer` may see it.
///
/// # Errors
/// [`NotYet`] while the votes of others are not open to the viewer: not even what the own vote amounts to is told then,
/// since it would pass for the panel's.
pub fn feedback(visit: &Visit, viewer: Option<&MemberName>, lang: Lang) -> Result<Feedback, NotYet> {
    let name = viewer.map_or("", MemberName::as_str);
    if let Some(not_yet) = not_yet(visit, name) {
        return Err(not_yet);
    }
    let shown: Vec<&MemberState> = visit.members.iter().filter(|state| visit.may_see(name, state)).collect();
    let options = Options { lang, ..Options::default() };
    let report = Report::of(visit, &Outcome::seen_by(visit, name), &shown, &options);
    Ok(Feedback::of(&report))
}

fn not_yet(visit: &Visit, viewer: &str) -> Option<NotYet> {
    let said = |why: (&str, &str), next: (&str, &str)| {
        Some(NotYet { why: Text::new(why.0, why.1), next: Text::new(next.0, next.1) })
    };
    if visit.hides_all() {
        return said(
            (
                "核查还没有定稿，没有加入的电脑看不到评分和结论。",
                "The visit is not final, and a laptop that has not joined sees no votes and no verdicts.",
            ),
            ("请等组长定稿。", "Wait until the lead makes it final."),
        );
    }
    if !visit.closed {
        return said(
            ("评分还没有结束，评分尚未公开。", "Scoring is not closed, so the votes are not open."),
            ("请等组长结束评分。", "Wait until the lead closes scoring."),
        );
    }
    let is_other = |state: &&MemberState| state.member.name.as_str() != viewer;
    let mut others = visit.voting().filter(is_other);
    if !others.any(|state| visit.may_see(viewer, state)) {
        return said(
            ("其他组员的评分尚未公开。", "The votes of the others are not open yet."),
            (
                "请同步；其他组员的电脑同步后，评分自动打开。",
                "Sync; the ballots open by themselves as the other laptops sync.",
            ),
        );
    }
    None
}

impl Session {
    /// The feedback as this laptop may see it.
    ///
    /// # Errors
    /// While the votes are not open to it.
    pub(crate) fn feedback(&self, lang: Lang) -> Result<Feedback, Failure> {
        feedback(&self.visit, self.me(), lang).map_err(|not_yet| {
            let what = Text::new("现在还不能看现场反馈。", "There is no feedback yet.");
            Failure::new(Exit::Fixable, what, not_yet.why, not_yet.next)
        })
    }
}

/// The feedback as JSON.
#[must_use]
pub fn feedback_json(feedback: &Feedback) -> serde_json::Value {
    json::value(feedback)
}

/// Writes the feedback as a page for a projector.
///
/// # Errors
/// If the file cannot be written.
pub fn write_page(feedback: &Feedback, path: &Path) -> Result<(), Failure> {
    files::write_whole(path, html(feedback).as_bytes())
}
