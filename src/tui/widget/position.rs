//! How a vote looks in a cell of a table or list.

use ratatui::style::Style;

use crate::{
    domain::ballot::{Position, Vote},
    tui::{desk::cx::Cx, widget::words as say},
    words,
};

/// A vote in at most five cells; `!` says a reason is owed, `=` that a grade follows from the points.
pub(crate) fn short_position(cx: &Cx, vote: &Vote) -> (String, Style) {
    let lang = cx.lang;
    let owed = vote.owes_reason().is_some();
    match vote.position {
        Position::Grade(grade) => {
            let sign = if owed { "!" } else { "" };
            let style = match (owed, grade.passes()) {
                (true, _) => cx.theme.warn(),
                (false, true) => cx.theme.good(),
                (false, false) => cx.theme.bad(),
            };
            (format!("{grade}{sign}"), style)
        }
        Position::Points(points) => (points.to_string(), cx.theme.good()),
        Position::Absent(kind) => {
            let sign = if owed { "!" } else { "" };
            (format!("{}{sign}", say::absence_short(lang, kind)), cx.theme.faint())
        }
        Position::Conflict => (say::conflict_short(lang).to_owned(), cx.theme.bad()),
        Position::Aside(_) => (words::position_in_brief(vote.position, lang), cx.theme.faint()),
        Position::Unscored if vote.derived.n_recorded > 0 => ("...".to_owned(), cx.theme.faint()),
        Position::Unscored => ("-".to_owned(), cx.theme.faint()),
    }
}
