//! What else is known about a clause: where, how and on what basis it is checked, its hint, one's own note and reason.

use std::ops::Range;

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::Vote,
        checklist::{Clause, Phase, Point},
        terms::{
            citation::cite,
            lang::Lang,
            source::{Source, SourceKind},
        },
    },
    tui::{
        desk::{Desk, cx::Cx},
        score::{evidence_words, route_words, words as say},
        widget::{
            popup::{park, put},
            text::{fit, width, wrap},
            window::window,
        },
    },
    words::{label, measure},
};

/// A row of the guide: the name of its part, where it is the part's first, and text.
pub(crate) struct GuideRow {
    name: String,
    text: String,
}

/// The guide of a clause at a point of it, in rows of so many cells: what one wrote oneself first, then what the point asks,
/// then how to look, then whence it comes.
pub(crate) fn rows(
    lang: Lang,
    desk: &Desk,
    clause: &Clause,
    vote: &Vote,
    point: usize,
    cells: u16,
) -> Vec<GuideRow> {
    let parts = parts(lang, desk, clause, vote, clause.points.get(point));
    let names = parts.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    // The mark of the row with the keys, and two blanks behind the names.
    let room = usize::from(cells).saturating_sub(names + 3).max(8);
    let mut rows = Vec::new();
    for (name, text) in parts {
        for (n, text) in wrap(&text, room).into_iter().enumerate() {
            rows.push(GuideRow { name: fit(if n == 0 { name } else { "" }, names), text });
        }
    }
    rows
}

/// Draws it; with the keys here, the row they are on is marked and kept in view.
pub(crate) fn view(rows: &[GuideRow], selected: Option<usize>, cx: &Cx, frame: &mut Frame, area: Rect) {
    let at = selected.unwrap_or(0).min(rows.len().saturating_sub(1));
    let wanted: Range<usize> = at..at + 1;
    let shown = window(rows.len(), usize::from(area.height), &wanted);
    let how = if selected.is_none() { route_words::to_guide(cx.lang) } else { "" };
    let area = shown.draw_marks(how, cx, frame, area);
    for (line, (index, row)) in
        rows.iter().enumerate().skip(shown.rows.start).take(shown.rows.len()).enumerate()
    {
        let has_keys = selected.is_some() && index == at;
        let mark = if has_keys { ">" } else { " " };
        let base = if has_keys { cx.theme.selected() } else { Style::new() };
        let name = Span::styled(format!("{mark}{}  ", row.name), base.patch(cx.theme.faint()));
        put(frame, area, line, Line::from(vec![name, Span::styled(row.text.clone(), base)]));
        if has_keys {
            park(frame, area, line);
        }
    }
}

fn parts(
    lang: Lang,
    desk: &Desk,
    clause: &Clause,
    vote: &Vote,
    point: Option<&Point>,
) -> Vec<(&'static str, String)> {
    let names = |words: Vec<&str>| words.join(lang.pick("、", ", "));
    let attached = desk.evidence(clause.id.as_str());
    let attached: Vec<&str> = attached.iter().map(|(_, item)| item.name.as_str()).collect();
    let mut parts = vec![
        (label::reason(lang), vote.reason.clone()),
        (say::note(lang), vote.note.to_string()),
        (evidence_words::attached_part(lang), names(attached)),
    ];
    if let Some(point) = point {
        let phase = if point.phase == Phase::Documents { label::documents_phase(lang) } else { "" };
        parts.push((say::phase(lang), phase.to_owned()));
        parts.push((say::sample(lang), measure::sample_text(&point.measure, lang).unwrap_or_default()));
        parts.push((say::na_when(lang), point.na_when.get(lang).to_owned()));
    }
    parts.extend([
        (say::hint(lang), clause.hint.get(lang).to_owned()),
        (say::place(lang), clause.place.get(lang).to_owned()),
        (say::methods(lang), names(clause.methods.iter().map(|method| method.name(lang)).collect())),
        (say::fields(lang), names(clause.fields.iter().map(|field| field.name(lang)).collect())),
    ]);
    if let Some(point) = point {
        parts.push((label::source(lang), format!("{} {}", point.id, sources(lang, point))));
    }
    parts.push((say::core_reason(lang), clause.core_reason.get(lang).to_owned()));
    parts.push((say::basis(lang), told(lang, &clause.basis)));
    parts.retain(|(_, text)| !text.is_empty());
    parts
}

fn told(lang: Lang, marks: &[String]) -> String {
    let told: Vec<String> = marks.iter().map(|mark| cite(mark, lang)).collect();
    told.join(lang.pick("；", "; "))
}

fn sources(lang: Lang, point: &Point) -> String {
    let mark = |source: &Source| {
        let told = cite(source.as_str(), lang);
        // The words for the other kinds that are not official say so themselves.
        match measure::short_mark(source.kind(), lang) {
            Some(mark) if source.kind() == SourceKind::Standard => format!("{told} [{mark}]"),
            _ => told,
        }
    };
    let mut text = mark(&point.source);
    if let Some(source) = point.measure.number_source() {
        text.push_str(&format!("; {}: {}", say::source_line(lang), mark(source)));
    }
    if let Some(source) = &point.overridden_by {
        text.push_str(&format!("; {}: {}", say::overridden(lang), mark(source)));
    }
    text
}
