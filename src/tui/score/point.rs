//! The points of a clause as a form, and what else is known about it.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::{Conflict, Vote},
        checklist::{Clause, Phase, Point},
        edit::finding::{Finding, Met},
        terms::{
            citation::cite,
            lang::Lang,
            source::{Source, SourceKind},
        },
    },
    tui::{
        desk::{Desk, cx::Cx},
        score::{
            evidence_words,
            finding::{rule, said},
            screen::{Pane, ScoreScreen},
            words as say,
        },
        widget::{
            popup::{park, put},
            text::{fit, width, wrap},
        },
    },
    words::{label, measure},
};

/// A drawn row of the form: which point it belongs to, and whether it is the point's first.
struct FormRow {
    point: usize,
    first: bool,
    line: Line<'static>,
}

/// Draws the points; the selected one is kept in view.
pub(crate) fn points(
    screen: &ScoreScreen,
    cx: &Cx,
    desk: &Desk,
    clause: &Clause,
    frame: &mut Frame,
    area: Rect,
) {
    let mut rows: Vec<FormRow> = Vec::new();
    let conflicts = desk.conflicting(clause.id.as_str());
    for (index, point) in clause.points.iter().enumerate() {
        let finding = desk.finding(clause, point);
        let selected = index == screen.point && screen.pane == Pane::Points;
        let differs = conflicts.iter().any(|it| matches!(it, Conflict::Finding(id, _) if **id == point.id));
        let shown = PointRow { cx, desk, point, finding, differs, selected };
        rows.extend(shown.lines(usize::from(area.width)).into_iter().enumerate().map(|(n, line)| FormRow {
            point: index,
            first: n == 0,
            line,
        }));
    }
    let height = usize::from(area.height);
    let begin = rows.iter().position(|row| row.point == screen.point).unwrap_or(0);
    let end = rows.iter().rposition(|row| row.point == screen.point).map_or(0, |row| row + 1);
    // Keep the whole selected point in view, and two rows after it where possible.
    let first = (end + 2).min(rows.len()).saturating_sub(height).min(begin);
    for (line, row) in rows.into_iter().skip(first).take(height).enumerate() {
        let parked = row.first && row.point == screen.point && screen.pane == Pane::Points;
        put(frame, area, line, row.line);
        if parked {
            park(frame, area, line);
        }
    }
}

struct PointRow<'a> {
    cx: &'a Cx<'a>,
    desk: &'a Desk,
    point: &'a Point,
    finding: Option<&'a Finding>,
    /// Whether one's own laptops recorded different things.
    differs: bool,
    selected: bool,
}

impl PointRow<'_> {
    fn lines(&self, cells: usize) -> Vec<Line<'static>> {
        let lang = self.cx.lang;
        let list = self.desk.list_of(self.point);
        let met = self.finding.map(|finding| finding.meets(&self.point.measure, list));
        let (mark, style) = match self.differs {
            true => (say::conflict_mark(lang), self.cx.theme.bad()),
            false => mark(self.cx, met),
        };
        let sign = if self.selected { ">" } else { " " };
        let head = format!("{sign}[{mark}] {} ", self.point.id);
        let indent = width(&head);
        let mut text = self.point.text.get(lang).to_owned();
        if let Some(rule) = self.rule() {
            text.push_str(&format!(" <{rule}>"));
        }
        if let Some(said) = self.finding.and_then(|finding| said(lang, finding, self.desk, self.point)) {
            text.push_str(&format!(" = {said}"));
        }
        let base = if self.selected { self.cx.theme.selected() } else { Style::new() };
        let wrapped = wrap(&text, cells.saturating_sub(indent).max(4));
        wrapped
            .into_iter()
            .enumerate()
            .map(|(index, line)| {
                let body = fit(&line, cells.saturating_sub(indent));
                if index == 0 {
                    Line::from(vec![Span::styled(head.clone(), base.patch(style)), Span::styled(body, base)])
                } else {
                    Line::from(vec![Span::styled(" ".repeat(indent), base), Span::styled(body, base)])
                }
            })
            .collect()
    }

    /// The bound of the measure, with the mark of an unconfirmed source.
    fn rule(&self) -> Option<String> {
        rule(self.cx.lang, self.point)
    }
}

fn mark(cx: &Cx, met: Option<Option<Met>>) -> (&'static str, Style) {
    let lang = cx.lang;
    match met {
        None => (say::mark_open(lang), Style::new()),
        Some(None) => (say::mark_partly(lang), cx.theme.warn()),
        Some(Some(Met::Yes)) => (say::mark_yes(lang), cx.theme.good()),
        Some(Some(Met::No)) => (say::mark_no(lang), cx.theme.bad()),
        Some(Some(Met::NotApplicable)) => (say::mark_na(lang), cx.theme.faint()),
    }
}

/// Draws where, how and on what basis a clause is checked, its hint, its note and the selected point's source.
pub(crate) fn details(
    screen: &ScoreScreen,
    cx: &Cx,
    clause: &Clause,
    vote: &Vote,
    frame: &mut Frame,
    area: Rect,
) {
    let lang = cx.lang;
    let names = |words: Vec<&'static str>| words.join(lang.pick("、", ", "));
    let mut parts: Vec<(&str, String)> = Vec::new();
    if !vote.note.is_empty() {
        parts.push((say::note(lang), vote.note.to_string()));
    }
    let attached = cx.desk.map(|desk| desk.evidence(clause.id.as_str())).unwrap_or_default();
    if !attached.is_empty() {
        let names: Vec<String> = attached.into_iter().map(|(_, item)| item.name.clone()).collect();
        parts.push((evidence_words::attached_part(lang), names.join(lang.pick("、", ", "))));
    }
    if let Some(point) = clause.points.get(screen.point) {
        if point.phase == Phase::Documents {
            parts.push((say::phase(lang), label::documents_phase(lang).to_owned()));
        }
        if let Some(sample) = measure::sample_text(&point.measure, lang) {
            parts.push((say::sample(lang), sample));
        }
        parts.push((label::source(lang), format!("{} {}", point.id, sources(lang, point))));
        if !point.na_when.is_empty() {
            parts.push((say::na_when(lang), point.na_when.get(lang).to_owned()));
        }
    }
    if !clause.core_reason.is_empty() {
        parts.push((say::core_reason(lang), clause.core_reason.get(lang).to_owned()));
    }
    if !clause.place.is_empty() {
        parts.push((say::place(lang), clause.place.get(lang).to_owned()));
    }
    if !clause.methods.is_empty() {
        parts.push((
            say::methods(lang),
            names(clause.methods.iter().map(|method| method.name(lang)).collect()),
        ));
    }
    if !clause.fields.is_empty() {
        parts.push((say::fields(lang), names(clause.fields.iter().map(|field| field.name(lang)).collect())));
    }
    if !clause.hint.is_empty() {
        parts.push((say::hint(lang), clause.hint.get(lang).to_owned()));
    }
    if !clause.basis.is_empty() {
        parts.push((say::basis(lang), told(lang, &clause.basis)));
    }
    let mut row = 0;
    for (name, text) in parts {
        for (index, line) in wrap(&format!("{name}: {text}"), usize::from(area.width)).into_iter().enumerate()
        {
            let rest = line.strip_prefix(name).filter(|_| index == 0).map(str::to_owned);
            let drawn = match rest {
                Some(rest) => {
                    Line::from(vec![Span::styled(name.to_owned(), cx.theme.title()), Span::raw(rest)])
                }
                None => Line::raw(line),
            };
            put(frame, area, row, drawn);
            row += 1;
        }
    }
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
