//! What two laptops of one person recorded differently for a clause, side by side.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::Conflict,
        checklist::Clause,
        edit::{Choice, Stand, finding::Finding},
        terms::{
            id::{FeedId, PointId},
            lang::Lang,
        },
    },
    tui::{
        desk::{Desk, cx::Cx},
        score::{self, finding::said, words as say},
        widget::text::{fit, width},
    },
};

/// At most so many rows, so that the points of the clause stay in view.
const ROWS: usize = 5;

/// One row for each cell that differs: its name, then each laptop with its value.
pub(crate) fn rows(cx: &Cx, desk: &Desk, clause: &Clause, cells: usize) -> Vec<Line<'static>> {
    let lang = cx.lang;
    let told: Vec<(String, Vec<(&FeedId, String)>)> =
        desk.conflicting(clause.id.as_str()).into_iter().map(|it| told(lang, desk, clause, it)).collect();
    let label = told.iter().map(|(name, _)| width(name)).max().unwrap_or(0) + 1;
    let n_more = if told.len() > ROWS { told.len() + 1 - ROWS } else { 0 };
    let n_shown = told.len() - n_more;
    let mut rows: Vec<Line<'static>> = Vec::new();
    for (name, mut values) in told.into_iter().take(n_shown) {
        values.sort_by_key(|(feed, _)| **feed != desk.feed);
        let feeds: Vec<&FeedId> = values.iter().map(|(feed, _)| *feed).collect();
        let each = cells.saturating_sub(label + 2) / values.len().max(1);
        let mut spans = vec![Span::styled(format!("! {}", fit(&name, label)), cx.theme.bad())];
        for (at, (_, value)) in values.iter().enumerate() {
            let device = desk.device_name(lang, &feeds, at);
            spans.push(Span::styled(format!("{device} "), cx.theme.title()));
            spans.push(Span::raw(fit(value, each.saturating_sub(width(&device) + 1))));
        }
        rows.push(Line::from(spans));
    }
    if n_more > 0 {
        rows.push(Line::styled(format!("! {}", say::more(lang, n_more)), Style::new()));
    }
    rows
}

/// The cell's name, and each device with what it recorded.
fn told<'a>(
    lang: Lang,
    desk: &Desk,
    clause: &Clause,
    conflict: Conflict<'a>,
) -> (String, Vec<(&'a FeedId, String)>) {
    match conflict {
        Conflict::Stand(values) => {
            let told = values.into_iter().map(|(feed, stand)| (feed, stand_said(lang, stand)));
            (say::stand(lang).to_owned(), told.collect())
        }
        Conflict::Finding(point, values) => {
            let told = values
                .into_iter()
                .map(|(feed, finding)| (feed, finding_said(lang, desk, clause, point, finding)));
            (point.to_string(), told.collect())
        }
        Conflict::Note(values) => {
            let told = values.into_iter().map(|(feed, text)| {
                let text =
                    if text.is_empty() { say::nothing(lang).to_owned() } else { text.replace('\n', " ") };
                (feed, text)
            });
            (say::note(lang).to_owned(), told.collect())
        }
    }
}

fn stand_said(lang: Lang, stand: Option<&Stand>) -> String {
    let Some(stand) = stand else { return say::nothing(lang).to_owned() };
    let choice = match stand.choice {
        Choice::Grade(grade) => grade.to_string(),
        Choice::Points(points) => format!("{points} {}", score::words::points_unit(lang)),
        Choice::Absent(kind) => kind.name(lang).to_owned(),
    };
    if stand.reason.is_empty() { choice } else { format!("{choice} ({})", stand.reason) }
}

fn finding_said(
    lang: Lang,
    desk: &Desk,
    clause: &Clause,
    point: &PointId,
    finding: Option<&Finding>,
) -> String {
    match finding {
        None => say::nothing(lang).to_owned(),
        Some(Finding::Tick(true)) => score::words::mark_yes(lang).to_owned(),
        Some(Finding::Tick(false)) => score::words::mark_no(lang).to_owned(),
        Some(Finding::NotApplicable) => score::words::mark_na(lang).to_owned(),
        Some(finding) => {
            let asked = clause.point(point.as_str());
            asked.and_then(|point| said(lang, finding, desk, point)).unwrap_or_else(|| point.to_string())
        }
    }
}
