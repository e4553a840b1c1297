//! What is known about one clause or gate of the merge: the votes with their reasons, and what the rule makes of them.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::outcome::ClauseResult,
    tui::{
        desk::Desk,
        model::Cx,
        popup::put,
        screen::{clause::short_position, merge::gate_of},
        tally::Tally,
        text::wrap,
        words::judging as say,
    },
};

/// Draws the votes for a clause.
pub(crate) fn clause_detail(
    cx: &Cx,
    desk: &Desk,
    tally: &Tally,
    index: usize,
    frame: &mut Frame,
    area: Rect,
) {
    let (Some(clause), Some(result)) = (desk.clause(index), tally.outcome.clauses.get(index)) else { return };
    let lang = cx.lang;
    let mut lines = vec![(format!("{} {}", clause.id, clause.title.get(lang)), cx.theme.title())];
    lines.push((summary(cx, result), Style::new()));
    if !result.reason.is_empty() {
        lines.push((format!("{}: {}", say::by_lead(lang), result.reason), Style::new()));
    }
    let seats = tally.votes.get(index).map(Vec::as_slice).unwrap_or_default();
    for (state, vote) in desk.visit.members.iter().zip(seats) {
        let Some(vote) = vote else { continue };
        let said = [vote.reason.as_str(), vote.note.as_str()];
        let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
        let unmet: Vec<&str> = vote.derived.unmet.iter().map(|point| point.as_str()).collect();
        let (position, _) = short_position(cx, vote);
        let unmet = if unmet.is_empty() { String::new() } else { format!(" (-{})", unmet.join(" -")) };
        lines.push((
            format!("{} {position}{unmet} {}", state.member.name, said.join(" / ").replace('\n', " ")),
            Style::new(),
        ));
    }
    draw_lines(lines, frame, area);
}

fn summary(cx: &Cx, result: &ClauseResult) -> String {
    let lang = cx.lang;
    let mut parts = Vec::new();
    let merged = &result.merged;
    if let Some((low, high)) = merged.medians {
        let median = if low == high { low.to_string() } else { format!("{high}/{low}") };
        parts.push(format!("{} {median}", say::median(lang)));
    }
    if let (Some(low), Some(high)) = (merged.strictest, merged.most_lenient) {
        parts.push(format!("{} {low} {} {high}", say::strictest(lang), say::lenient(lang)));
    }
    if let Some(n) = merged.votes_to_flip {
        parts.push(say::votes_to_flip(lang, n));
    }
    if merged.n_valid > 0 && !merged.odd {
        parts.push(say::even(lang).to_owned());
    }
    if !merged.quorum && result.merged_points.is_none() {
        parts.push(say::below_quorum(lang).to_owned());
    }
    if result.field_covered == Some(false) {
        parts.push(say::field_uncovered(lang).to_owned());
    }
    parts.join(" | ")
}

/// Draws what a gate asks and what was decided.
pub(crate) fn gate_detail(cx: &Cx, desk: &Desk, index: usize, frame: &mut Frame, area: Rect) {
    let Some(gate) = gate_of(desk, index) else { return };
    let mut lines = vec![
        (format!("{} {}", gate.id, gate.title.get(cx.lang)), cx.theme.title()),
        (gate.text.get(cx.lang).to_owned(), Style::new()),
        (format!("{}: {}", say::source(cx.lang), gate.source), cx.theme.faint()),
    ];
    if let Some(decision) = desk.visit.gate_decision(gate.id.as_str()) {
        lines.push((format!("{}: {}", decision.state.name(cx.lang), decision.reason), Style::new()));
    }
    draw_lines(lines, frame, area);
}

fn draw_lines(lines: Vec<(String, Style)>, frame: &mut Frame, area: Rect) {
    let mut row = 0;
    for (text, style) in lines {
        for line in wrap(&text, usize::from(area.width)) {
            put(frame, area, row, Line::styled(line, style));
            row += 1;
        }
    }
}
