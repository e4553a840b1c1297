//! What is known about one clause or gate of the merge: where members differ, their votes with reasons, what the rule makes
//! of them.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::merge::agenda_text::{self, other_points, point_line, point_voices},
    domain::{
        agenda::{
            dissenters::{dissenters_of, dissents, grades_in_the_clear},
            point_votes::PointVotes,
        },
        ballot::Vote,
        merge::{Merged, merge},
        outcome::ClauseResult,
        terms::{citation::cite, id::MemberName},
    },
    tui::{
        desk::{Desk, cx::Cx, tally::Tally},
        keys::{action::Action, context::Context, keymap::key_of},
        merge::words as say,
        widget::{
            popup::put,
            position::short_position,
            text::{fit, wrap},
        },
    },
    words::label,
};

/// What the members say about a clause, an entry each: where they differ point by point, each vote with its reason, why it
/// differs. Unfolded with all points and the names on each.
pub(crate) fn entries(
    cx: &Cx,
    desk: &Desk,
    tally: &Tally,
    index: usize,
    unfolded: bool,
) -> Vec<(String, Style)> {
    let (Some(clause), Some(result)) = (desk.clause(index), tally.outcome.clauses.get(index)) else {
        return Vec::new();
    };
    let lang = cx.lang;
    let mut entries = vec![(format!("{} {}", clause.id, clause.title.get(lang)), cx.theme.title())];
    let clear = grades_in_the_clear(&desk.visit, clause).filter(|_| !result.withheld);
    let rule = &desk.checklist().profile.merge;
    let clear = clear.map(|grades| merge(&grades, rule.method, rule.quorum));
    entries.push((summary(cx, result, clear.as_ref()), Style::new()));
    let shown = tally.shown(&desk.visit, index);
    if let Some(verdict) = desk.visit.lead_verdict(clause.id.as_str()).filter(|_| !result.withheld) {
        entries.push((format!("{}: {}", label::lead(lang), verdict.reason), Style::new()));
        let dissenters = dissenters_of(&desk.visit, clause, verdict, &shown);
        entries.push((agenda_text::dissenters(&dissenters, lang), cx.theme.title()));
    }
    entries.extend(of_points(cx, &PointVotes::of_clause(&desk.visit, clause, &shown), unfolded));
    let dissents = dissents(&desk.visit, clause.id.as_str(), &shown);
    let seats = tally.votes.get(index).map(Vec::as_slice).unwrap_or_default();
    for (state, vote) in desk.visit.members.iter().zip(seats) {
        let name = &state.member.name;
        entries.extend(vote.as_ref().map(|vote| (vote_of(cx, name, vote), Style::new())));
        // Beside the ballot, also of a member who has none that counts.
        let openly = desk.visit.clear_votes(clause.id.as_str()).find(|(member, _)| *member == name);
        let openly = openly.map(|(_, stand)| stand).filter(|_| !result.withheld);
        entries
            .extend(openly.map(|stand| {
                (format!("  {}", agenda_text::clear_vote(name, stand, lang)), cx.theme.title())
            }));
        let why = dissents.iter().filter(|(member, _)| vote.is_some() && *member == name);
        entries.extend(why.map(|(member, why)| {
            (format!("  {}", agenda_text::dissent(member, why, lang)), cx.theme.warn())
        }));
    }
    entries
}

/// Draws them, from `first` on when unfolded; otherwise what fits, and how much more there is.
pub(crate) fn clause_detail(
    cx: &Cx,
    desk: &Desk,
    tally: &Tally,
    index: usize,
    first: Option<usize>,
    frame: &mut Frame,
    area: Rect,
) {
    let entries = entries(cx, desk, tally, index, first.is_some());
    if let Some(first) = first {
        // Fewer may be left since: a dissent was taken back.
        let first = first.min(entries.len().saturating_sub(1));
        draw_lines(entries.into_iter().skip(first), frame, area);
        return;
    }
    let n_left = draw_lines(entries.into_iter(), frame, area);
    if let Some(row) = usize::from(area.height).checked_sub(1).filter(|_| n_left > 0) {
        let key = key_of(Context::Merge, Action::NextPane, cx.lang);
        let text = fit(&say::more_rows(cx.lang, n_left + 1, &key), usize::from(area.width));
        put(frame, area, row, Line::styled(text, cx.theme.faint()));
    }
}

fn vote_of(cx: &Cx, name: &MemberName, vote: &Vote) -> String {
    let said = [vote.reason.as_str(), vote.note.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    let unmet: Vec<&str> = vote.derived.unmet.iter().map(|point| point.as_str()).collect();
    let (position, _) = short_position(cx, vote);
    let unmet = if unmet.is_empty() { String::new() } else { format!(" (-{})", unmet.join(" -")) };
    format!("{name} {position}{unmet} {}", said.join(" / ").replace('\n', " "))
}

/// Points that differ first, with the names when unfolded; then the others, counted or one by one.
fn of_points(cx: &Cx, points: &[PointVotes], unfolded: bool) -> Vec<(String, Style)> {
    let lang = cx.lang;
    let (differing, same): (Vec<_>, Vec<_>) = points.iter().partition(|votes| votes.differs());
    let mut lines = Vec::new();
    for votes in differing {
        let text = votes.point.text.get(lang);
        lines.push((format!("{} | {text}", point_line(votes, lang)), cx.theme.warn()));
        if unfolded {
            lines.push((format!("  {}", point_voices(votes, lang)), Style::new()));
        }
    }
    if unfolded {
        let line =
            |votes: &&PointVotes| format!("{} | {}", point_line(votes, lang), votes.point.text.get(lang));
        lines.extend(same.iter().map(|votes| (line(votes), cx.theme.faint())));
    } else {
        lines.extend(other_points(points, lang).map(|text| (text, cx.theme.faint())));
    }
    lines
}

/// What the ballots amount to; where the panel voted in the clear since (`clear`), what that does.
fn summary(cx: &Cx, result: &ClauseResult, clear: Option<&Merged>) -> String {
    let lang = cx.lang;
    let mut parts = Vec::new();
    let merged = clear.unwrap_or(&result.merged);
    parts.extend(clear.map(|_| say::by_clear_votes(lang).to_owned()));
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
    let Some(gate) = desk.gate(index) else { return };
    let mut lines = vec![
        (format!("{} {}", gate.id, gate.title.get(cx.lang)), cx.theme.title()),
        (gate.text.get(cx.lang).to_owned(), Style::new()),
        (format!("{}: {}", say::source(cx.lang), cite(gate.source.as_str(), cx.lang)), cx.theme.faint()),
    ];
    if let Some(decision) = desk.visit.gate_decision(gate.id.as_str()) {
        lines.push((format!("{}: {}", decision.state.name(cx.lang), decision.reason), Style::new()));
    }
    draw_lines(lines.into_iter(), frame, area);
}

/// Draws entries from the top, each broken into rows; gives the number of rows that had no place.
fn draw_lines(lines: impl Iterator<Item = (String, Style)>, frame: &mut Frame, area: Rect) -> usize {
    let mut row = 0;
    for (text, style) in lines {
        let words = text.trim_start();
        let indent = &text[..text.len() - words.len()];
        for line in wrap(words, usize::from(area.width).saturating_sub(indent.len())) {
            put(frame, area, row, Line::styled(format!("{indent}{line}"), style));
            row += 1;
        }
    }
    row.saturating_sub(usize::from(area.height))
}
