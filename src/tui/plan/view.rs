//! The plan on screen: what is asked for, each member's hours as a bar, whether it fits, and the clauses with who votes.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        plan::{
            lack::Offer,
            proposal::{Load, PlannedClause, Proposal},
            task::{Job, Members, Wishes},
        },
        terms::lang::Lang,
    },
    tui::{
        desk::cx::Cx,
        plan::words as say,
        widget::{
            list::first_row,
            popup::{below, boxed, park, put},
            text::{cut, fit, width},
        },
    },
    words::plan as words,
};

/// Cells of a name, of a field, of a bar.
const NAME: usize = 10;
const FIELD: usize = 18;
const BAR: usize = 12;
/// Cells of the votes and the minutes of a clause.
const COUNTS: usize = 9;
/// Cells of each member in the table of the clauses.
const SEAT: usize = 3;

/// What is shown.
pub(super) struct Shown<'a> {
    pub(super) proposal: &'a Proposal,
    /// What would help, if it does not fit.
    pub(super) offers: &'a [Offer],
    /// The clause under the cursor, by place.
    pub(super) selected: usize,
}

pub(super) fn draw(dialog: &Shown<'_>, cx: &Cx, frame: &mut Frame, body: Rect) {
    let lang = cx.lang;
    let inner = boxed(frame, cx, body, say::title(lang));
    let cells = usize::from(inner.width);
    let mut lines = vec![(asked(&dialog.proposal.wishes, lang), cx.theme.faint())];
    lines.extend(
        dialog.proposal.loads().enumerate().map(|(at, load)| of_member(dialog, cx, at, &load, cells)),
    );
    lines.extend(verdict(dialog, cx));
    // The table keeps a few rows whatever there is to be told.
    lines.truncate(usize::from(inner.height).saturating_sub(4));
    lines.push((head(dialog, cx, cells), cx.theme.faint()));
    let n_lines = lines.len();
    for (row, (text, style)) in lines.into_iter().enumerate() {
        put(frame, inner, row, Line::styled(cut(&text, cells), style));
    }
    let rows = below(inner, n_lines);
    let height = usize::from(rows.height);
    let clauses: Vec<PlannedClause> = match cx.desk {
        Some(desk) => dialog.proposal.clauses(desk.checklist()).collect(),
        None => Vec::new(),
    };
    let first = first_row(dialog.selected, clauses.len(), height);
    let jobs = dialog.proposal.task.jobs.iter().zip(&dialog.proposal.division.voters);
    let shown = clauses.iter().zip(jobs).enumerate().skip(first).take(height);
    for (row, (at, (clause, (job, voters)))) in shown.enumerate() {
        let is_selected = at == dialog.selected;
        let style = match (is_selected, clause.votes < clause.asked || !clause.field_covered) {
            (true, _) => cx.theme.selected(),
            (false, true) => cx.theme.warn(),
            (false, false) => Style::new(),
        };
        let text = of_clause(dialog, cx, (clause, job, *voters), is_selected, cells);
        put(frame, rows, row, Line::styled(text, style));
        if is_selected {
            park(frame, rows, row);
        }
    }
}

/// What is asked for.
fn asked(wishes: &Wishes, lang: Lang) -> String {
    let documents = match (wishes.document_hours, lang) {
        (Some(hours), Lang::Zh) => format!("资料提前看 {hours} 小时"),
        (Some(hours), Lang::En) => format!("documents before, {hours} h"),
        (None, _) => say::documents_on_the_day(lang).to_owned(),
    };
    let (hours, core, votes) = (wishes.hours, wishes.core_votes, wishes.votes);
    match lang {
        Lang::Zh => format!("现场 {hours} 小时  {documents}  核心 {core} 票  其余 {votes} 票"),
        Lang::En => format!("{hours} h on site  {documents}  core {core} votes  others {votes}"),
    }
}

/// A member with the hours as a bar.
fn of_member(dialog: &Shown<'_>, cx: &Cx, at: usize, load: &Load, cells: usize) -> (String, Style) {
    let lang = cx.lang;
    let wishes = &dialog.proposal.wishes;
    let (part, whole) = (words::whole_minutes(load.minutes), words::whole_minutes(wishes.hours.times(60)));
    let bar = cx.theme.bar(to_usize(part), to_usize(whole), BAR);
    let too_much = part > whole;
    let mark = if too_much { "!" } else { " " };
    let site = words::duration(load.minutes, lang);
    let documents = match wishes.document_hours {
        Some(_) => format!("{} {}", say::documents(lang), words::duration(load.documents, lang)),
        None => String::new(),
    };
    let n = load.clauses.len();
    let clauses = match lang {
        Lang::Zh => format!("{n} 条"),
        Lang::En => format!("{n} clauses"),
    };
    let who = format!("{mark}{} {}", at + 1, fit(load.name.as_str(), NAME));
    let field = if cells >= 76 { fit(load.field.name(lang), FIELD) } else { String::new() };
    let is_over = wishes.document_hours.is_some_and(|hours| load.documents > hours.times(60));
    let style = if too_much || is_over { cx.theme.warn() } else { Style::new() };
    (format!("{who} {field}{bar} {site}  {documents}  {clauses}"), style)
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Whether it fits; what does not, and what would.
fn verdict(dialog: &Shown<'_>, cx: &Cx) -> Vec<(String, Style)> {
    let lang = cx.lang;
    let proposal = &dialog.proposal;
    let lacks = proposal.lacks();
    if lacks.is_empty() {
        let bound = words::duration(proposal.lower_bound, lang);
        let text = match lang {
            Lang::Zh => format!("排得下；怎么排，最忙的人也不少于 {bound}"),
            Lang::En => format!("It fits; however divided, somebody has at least {bound}"),
        };
        return vec![(text, cx.theme.good())];
    }
    let lacks = lacks.iter().map(|lack| (format!("! {}", words::lack(lack, lang)), cx.theme.warn()));
    let offers =
        dialog.offers.iter().map(|offer| (format!("  {}", words::offer(offer, lang)), cx.theme.faint()));
    lacks.chain(offers).collect()
}

/// The head of the table: the numbers of the members stand over their votes.
fn head(dialog: &Shown<'_>, cx: &Cx, cells: usize) -> String {
    let lang = cx.lang;
    let n = dialog.proposal.task.members.len();
    let seats: String = (1..=n).map(|number| format!("{number:>SEAT$}")).collect();
    let name = fit(say::clause(lang), cells.saturating_sub(n * SEAT + COUNTS));
    format!("{name}{}{}{seats}", right(say::votes(lang), 4), right(say::minutes(lang), 5))
}

/// A clause with who votes on it: `*` one of its field, `+` another one, `.` who could, `-` who may not.
fn of_clause(
    dialog: &Shown<'_>,
    cx: &Cx,
    (clause, job, voters): (&PlannedClause, &Job, Members),
    is_selected: bool,
    cells: usize,
) -> String {
    let lang = cx.lang;
    let n = dialog.proposal.task.members.len();
    let mark = if is_selected { ">" } else { " " };
    let core = if clause.core { say::core_mark(lang) } else { "" };
    let title = cx.desk.and_then(|desk| desk.checklist().clause(clause.clause.as_str()).cloned());
    let title = title.map(|it| it.title.get(lang).to_owned()).unwrap_or_default();
    let name = format!("{mark}{} {core}{title}", clause.clause);
    let seat = |at: usize| match (voters.has(at), job.able.has(at), job.of_field.has(at)) {
        (true, _, true) => "*",
        (true, _, false) => "+",
        (false, true, _) => ".",
        (false, false, _) => "-",
    };
    let seats: String = (0..n).map(|at| format!("{:>SEAT$}", seat(at))).collect();
    let name = fit(
        &cut(&name, cells.saturating_sub(n * SEAT + COUNTS + 1)),
        cells.saturating_sub(n * SEAT + COUNTS),
    );
    let minutes = words::whole_minutes(clause.minutes);
    format!("{name}{:>4}{minutes:>5}{seats}", clause.votes)
}

/// A text at the right end of so many cells.
fn right(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(width(text))))
}
