//! Outcome: each standard met or not and how firmly, grades by area, core clauses, gates, and every verdict.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        checklist::profile::{Condition, Standard, StandardStatus},
        edit::verdict::{Decision, GateState},
        outcome::{Counts, StandardResult},
        terms::{grade::Grade, id::ClauseId},
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect, tally::Tally},
        dialog::Go,
        keys::action::Action,
        merge::{table::verdict, words as say},
        widget::{
            list::{first_row, moved},
            popup::{park, put},
            text::{cut, fit, width, wrap},
        },
    },
    words::{self, label, outcome, subsidy},
};

/// Cells of a remark in a line, the same on every terminal: see [`rows`].
const REMARK_CELLS: usize = 74;

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct OutcomeScreen {
    /// The selected row.
    pub(crate) selected: usize,
}

/// A row of the screen: its text, style and the clause it is about.
struct Row {
    text: String,
    style: Style,
    clause: Option<usize>,
}

impl OutcomeScreen {
    /// The row that is selected now, as the first or second row about its clause; `None` for other rows.
    pub(crate) fn anchor(&self, cx: &Cx) -> Option<(usize, usize)> {
        let rows = rows(cx, 80);
        let clause = rows.get(self.selected)?.clause?;
        Some((clause, rows.iter().take(self.selected).filter(|row| row.clause == Some(clause)).count()))
    }

    /// Keeps the selection on that clause when rows have come or gone above it.
    pub(crate) fn hold(&mut self, anchor: Option<(usize, usize)>, cx: &Cx) {
        let Some((clause, nth)) = anchor else { return };
        let rows = rows(cx, 80);
        let mut about = rows.iter().enumerate().filter(|(_, row)| row.clause == Some(clause));
        if let Some((at, _)) = about.nth(nth) {
            self.selected = at;
        }
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut OutcomeScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let rows = rows(cx, 80);
    if let Some(to) = moved(screen.selected.min(rows.len().saturating_sub(1)), rows.len(), cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    match (action, rows.get(screen.selected).and_then(|row| row.clause)) {
        (Action::Confirm, Some(clause)) => vec![Go::ToMerge(clause)],
        (Action::Log, clause) => {
            let clause = clause.and_then(|index| cx.desk?.clause(index));
            vec![Go::Do(Effect::ReadLog(clause.map(|clause| clause.id.to_string())))]
        }
        _ => Vec::new(),
    }
}

/// Draws the screen.
pub(crate) fn view(screen: &OutcomeScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let cells = usize::from(area.width);
    let rows = rows(cx, cells);
    let selected = screen.selected.min(rows.len().saturating_sub(1));
    let height = usize::from(area.height);
    let first = first_row(selected, rows.len(), height);
    for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
        let chosen = at == selected;
        let mark = if chosen { ">" } else { " " };
        let text = fit(&format!("{mark}{}", row.text), cells);
        let style = if chosen { cx.theme.selected() } else { row.style };
        put(frame, area, line, Line::styled(text, style));
        if chosen {
            park(frame, area, line);
        }
    }
}

/// All rows. The number of rows does not depend on the width, so keys and drawing agree.
fn rows(cx: &Cx, cells: usize) -> Vec<Row> {
    let Some((desk, tally)) = cx.desk.and_then(|desk| Some((desk, desk.tally.as_ref()?))) else {
        return Vec::new();
    };
    let lang = cx.lang;
    let plain = |text: String| Row { text, style: Style::new(), clause: None };
    let heading = |text: &str| Row { text: text.to_owned(), style: cx.theme.title(), clause: None };
    let mut top = say::standards(lang).to_owned();
    if tally.n_hidden > 0 {
        top.push_str(&format!(
            " ({}: {})",
            say::visible_only(lang),
            say::hidden_members(lang, tally.n_hidden)
        ));
    }
    let mut rows = vec![heading(&top)];
    let remarks = outcome::remarks(&desk.visit, &tally.outcome, lang).into_iter();
    rows.extend(remarks.map(|text| Row {
        text: format!("  ! {text}"),
        style: cx.theme.warn(),
        clause: None,
    }));
    for (standard, result) in desk.checklist().profile.standards.iter().zip(&tally.outcome.standards) {
        rows.extend(standard_rows(cx, desk, standard, result));
        rows.extend(condition_rows(cx, desk, standard, result).into_iter().map(plain));
    }
    if let Some(found) = desk.visit.subsidy(&tally.outcome) {
        let text = format!("{}: {}", subsidy::title(lang), subsidy::told(&found, lang));
        let lines = wrap(&text, REMARK_CELLS).into_iter().map(|line| plain(format!("  {line}")));
        rows.extend(lines);
    }
    rows.push(plain(String::new()));
    rows.push(heading(&format!("{}   A B C D", say::areas(lang))));
    rows.extend(area_rows(cx, desk, tally, cells).into_iter().map(plain));
    rows.push(plain(String::new()));
    rows.push(heading(say::gates(lang)));
    rows.extend(gate_rows(cx, desk, tally));
    rows.extend(remark_rows(cx, desk, tally));
    rows.push(plain(String::new()));
    rows.push(heading(label::core_clauses(lang)));
    rows.extend(clause_rows(cx, desk, tally, true));
    rows.push(plain(String::new()));
    rows.push(heading(say::all_clauses_title(lang)));
    rows.extend(clause_rows(cx, desk, tally, false));
    rows
}

/// The answer, how firm it is under strict and lenient votes, and how far it is from the opposite. The mark of an example
/// rule stands right after the title, where no width cuts it off.
fn standard_rows(cx: &Cx, desk: &Desk, standard: &Standard, result: &StandardResult) -> Vec<Row> {
    let lang = cx.lang;
    let style = match result.met {
        Some(true) => cx.theme.good(),
        Some(false) => cx.theme.bad(),
        None => cx.theme.warn(),
    };
    let mark = match standard.status {
        StandardStatus::Example => format!(" [{}]", standard.status.name(lang)),
        StandardStatus::Confirmed => String::new(),
    };
    let text = format!("  {}{mark}: {}", standard.title.get(lang), outcome::told(result, lang));
    let under = format!("    {}", outcome::range(result, lang));
    let to_flip = outcome::to_flip(result.clauses_to_flip, result.votes_to_flip, lang);
    let mut rows = vec![Row { text, style: style.patch(cx.theme.title()), clause: None }];
    let barred = outcome::barred(result, &desk.checklist().profile, lang);
    if !barred.is_empty() {
        rows.push(Row { text: format!("    {barred}"), style: cx.theme.warn(), clause: None });
    }
    rows.push(Row { text: under, style: Style::new(), clause: None });
    if !to_flip.is_empty() {
        rows.push(Row { text: format!("    {to_flip}"), style: Style::new(), clause: None });
    }
    rows
}

/// What each condition counted, on a line of its own where it is long.
fn condition_rows(cx: &Cx, desk: &Desk, standard: &Standard, result: &StandardResult) -> Vec<String> {
    let lang = cx.lang;
    let mut rows = Vec::new();
    for (condition, counted) in standard.conditions.iter().zip(&result.conditions) {
        let met = words::met(counted.met, lang);
        let text = format!("    [{met}] {}", condition_text(cx, desk, condition));
        let numbers = outcome::of_condition(condition, counted, lang);
        if numbers.is_empty() {
            rows.push(text);
        } else if width(&text) + width(&numbers) + 2 <= REMARK_CELLS {
            rows.push(format!("{text}  {numbers}"));
        } else {
            rows.extend([text, format!("      {numbers}")]);
        }
    }
    rows
}

fn condition_text(cx: &Cx, desk: &Desk, condition: &Condition) -> String {
    let lang = cx.lang;
    match condition {
        Condition::Share { grade, share, .. } => {
            let part = words::share_of(condition, desk.checklist(), lang);
            say::share(lang, *grade, *share, part.as_deref())
        }
        Condition::Core { grade } => say::core_condition(lang, *grade),
        Condition::Gates => say::gates_condition(lang).to_owned(),
        Condition::Points { share } => say::points_condition(lang, *share),
    }
}

/// Clauses whose being left out matters, and verdicts that deny each other; nothing where there are none.
fn remark_rows(cx: &Cx, desk: &Desk, tally: &Tally) -> Vec<Row> {
    let lang = cx.lang;
    let place = |id: &ClauseId| tally.outcome.clauses.iter().position(|it| &it.id == id);
    let standards = &desk.checklist().profile.standards;
    let effects = tally
        .outcome
        .na_effects
        .iter()
        .map(|effect| (outcome::na_effect(effect, standards, lang), place(&effect.clause)));
    let found = tally
        .outcome
        .contradictions
        .iter()
        .map(|found| (outcome::contradiction(found, lang), place(&found.rule.but.clause)));
    let withheld = tally.outcome.withheld().map(|it| (it.id.to_string(), None));
    let mut rows = Vec::new();
    for (title, lines) in [
        (say::na_effects(lang), effects.collect::<Vec<_>>()),
        (say::contradictions(lang), found.collect()),
        (say::withheld(lang), withheld.collect()),
    ] {
        if lines.is_empty() {
            continue;
        }
        rows.push(Row { text: String::new(), style: Style::new(), clause: None });
        rows.push(Row { text: title.to_owned(), style: cx.theme.title(), clause: None });
        for (text, clause) in lines {
            let pieces = wrap(&text, REMARK_CELLS);
            rows.extend(pieces.into_iter().map(|text| Row {
                text: format!("  {text}"),
                style: cx.theme.warn(),
                clause,
            }));
        }
    }
    rows
}

fn area_rows(cx: &Cx, desk: &Desk, tally: &Tally, cells: usize) -> Vec<String> {
    let mut rows: Vec<(String, Counts)> = Vec::new();
    for area in &desk.checklist().areas {
        let counts = tally.outcome.counts(|clause| clause.area == area.id);
        rows.push((area.title.get(cx.lang).to_owned(), counts));
    }
    rows.push((label::core_clauses(cx.lang).to_owned(), tally.outcome.counts(|clause| clause.core)));
    rows.push((say::total(cx.lang).to_owned(), tally.outcome.counts(|_| true)));
    let name_cells = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(28);
    let bar_cells = cells.saturating_sub(name_cells + 46).min(30);
    rows.into_iter()
        .map(|(name, counts)| format!("  {}", area_row(cx, &name, counts, name_cells, bar_cells)))
        .collect()
}

fn area_row(cx: &Cx, name: &str, counts: Counts, name_cells: usize, bar_cells: usize) -> String {
    let lang = cx.lang;
    let mut text = fit(name, name_cells);
    for grade in Grade::ALL {
        text.push_str(&format!(" {grade}{:>3}", counts.of(grade)));
    }
    let passing = counts.total() - counts.of(Grade::D) - counts.undecided - counts.not_applicable;
    let applicable = counts.total() - counts.not_applicable;
    text.push_str(&format!(" {}", cx.theme.bar(passing, applicable, bar_cells)));
    if counts.undecided > 0 {
        text.push_str(&format!(" {} {}", words::verdict_in_brief(None, lang), counts.undecided));
    }
    if counts.not_applicable > 0 {
        text.push_str(&format!(
            " {} {}",
            words::verdict_in_brief(Some(Decision::NotApplicable), lang),
            counts.not_applicable
        ));
    }
    text
}

fn gate_rows(cx: &Cx, desk: &Desk, tally: &Tally) -> Vec<Row> {
    let lang = cx.lang;
    let gates = desk.checklist().profile.gates.iter().zip(&tally.outcome.gates);
    let mut rows: Vec<Row> = gates
        .map(|(gate, (_, state))| {
            let (word, style) = match state {
                Some(GateState::Clear) => (GateState::Clear.name(lang), cx.theme.good()),
                Some(GateState::Tripped) => (GateState::Tripped.name(lang), cx.theme.bad()),
                None => (say::unanswered(lang), cx.theme.warn()),
            };
            Row { text: format!("  [{word}] {}", gate.title.get(lang)), style, clause: None }
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row { text: format!("  {}", label::none(lang)), style: Style::new(), clause: None });
    }
    rows
}

fn clause_rows(cx: &Cx, desk: &Desk, tally: &Tally, core_only: bool) -> Vec<Row> {
    let results = desk.clauses.iter().zip(&tally.outcome.clauses).enumerate();
    results
        .filter(|(_, (clause, _))| clause.core || !core_only)
        .map(|(index, (clause, result))| {
            let style = if result.verdict.is_none() { cx.theme.warn() } else { Style::new() };
            let by = match result.basis.filter(|basis| basis.by_lead()) {
                Some(basis) => format!(" ({}: {})", basis.name(cx.lang), result.reason),
                None => String::new(),
            };
            let text =
                format!("  {} {} {}{by}", fit(&verdict(cx, result), 8), clause.id, clause.title.get(cx.lang));
            Row { text: cut(&text, 400), style, clause: Some(index) }
        })
        .collect()
}
