//! The rectification ledger: its items, the selected one in full, and what happened to it.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::{
        deed::{Deed, LedgerDeed},
        files::stem::file_stem,
        ledger::file::{LedgerLine, LedgerReport, Plans},
    },
    domain::{
        ledger::{Happened, Progress},
        terms::lang::Lang,
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::Go,
        keys::action::Action,
        ledger::{step::RectifyDialog, words as say},
        widget::{
            list::{first_row, moved},
            path::{PathDialog, PathQuestion},
            popup::{below, park, put},
            text::{fit, wrap},
        },
    },
    words::label,
};

/// Rows that tell of the selected item, at most.
const DETAIL_ROWS: usize = 11;

/// The question where the ledger goes.
const WRITE: PathQuestion = PathQuestion {
    title: say::write_title,
    help: say::write_help,
    then: |path, lang| vec![Go::Do(Effect::WriteLedger(path, lang))],
};

/// The question for a ledger that was filled in.
const READ: PathQuestion = PathQuestion {
    title: say::read_title,
    help: say::read_help,
    then: |path, _| {
        vec![
            Go::Do(Effect::Do(Deed::Ledger(Box::new(LedgerDeed::TakeIn(path, Plans::Leave))))),
            Go::Do(Effect::Sync),
        ]
    },
};

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct LedgerScreen {
    /// The selected row of those shown.
    pub(crate) selected: usize,
    filter: Filter,
}

/// Which items are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Filter {
    #[default]
    All,
    Of(Progress),
    Overdue,
}

impl Filter {
    const fn next(self) -> Self {
        match self {
            Self::All => Self::Of(Progress::Open),
            Self::Of(Progress::Open) => Self::Of(Progress::Submitted),
            Self::Of(Progress::Submitted) => Self::Overdue,
            Self::Overdue => Self::Of(Progress::Closed),
            Self::Of(Progress::Closed | Progress::Struck) => Self::All,
        }
    }

    fn takes(self, line: &LedgerLine) -> bool {
        match self {
            Self::All => true,
            Self::Of(progress) => line.progress == progress,
            Self::Overdue => line.overdue,
        }
    }
}

impl LedgerScreen {
    fn shown<'a>(&self, ledger: &'a LedgerReport) -> Vec<&'a LedgerLine> {
        ledger.lines.iter().filter(|line| self.filter.takes(line)).collect()
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut LedgerScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some((desk, ledger)) = cx.desk.and_then(|desk| Some((desk, desk.ledger.as_ref()?))) else {
        return Vec::new();
    };
    let shown = screen.shown(ledger);
    let selected = screen.selected.min(shown.len().saturating_sub(1));
    if let Some(to) = moved(selected, shown.len(), cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    if action == Action::NextPane {
        screen.filter = screen.filter.next();
        screen.selected = 0;
        return Vec::new();
    }
    let line = shown.get(selected).copied();
    let dialog = match (action, line) {
        (Action::AddItem, _) => RectifyDialog::add(),
        (Action::WriteLedger, _) => return write(desk, ledger),
        (Action::ReadLedger, _) => {
            let dialog = PathDialog::new(READ, "");
            return vec![Go::Open(Box::new(dialog)), Go::Do(Effect::Complete(String::new()))];
        }
        (
            Action::Confirm
            | Action::HandIn
            | Action::CloseItem
            | Action::ReopenItem
            | Action::PlanItem
            | Action::StrikeItem,
            None,
        ) => return vec![Go::Say(say::choose(cx.lang).to_owned())],
        (Action::Confirm, Some(line)) => match line.progress {
            Progress::Open => RectifyDialog::hand_in(line, cx.today),
            Progress::Submitted => RectifyDialog::close(line),
            Progress::Closed | Progress::Struck => RectifyDialog::reopen(line),
        },
        (Action::HandIn, Some(line)) => RectifyDialog::hand_in(line, cx.today),
        (Action::CloseItem, Some(line)) => RectifyDialog::close(line),
        (Action::ReopenItem, Some(line)) => RectifyDialog::reopen(line),
        (Action::PlanItem, Some(line)) => RectifyDialog::plan(line),
        (Action::StrikeItem, Some(line)) => RectifyDialog::strike(line),
        _ => return Vec::new(),
    };
    vec![Go::Open(Box::new(dialog))]
}

/// Proposes a file beside the shared one.
fn write(desk: &Desk, ledger: &LedgerReport) -> Vec<Go> {
    let folder = desk.file.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
    let word = ledger.lang.pick("整改台账", "rectification");
    let path = folder.join(format!("{}.xlsx", file_stem(&format!("{}-{word}", ledger.facility))));
    let asked = path.display().to_string();
    let dialog = PathDialog::new(WRITE, &asked);
    vec![Go::Open(Box::new(dialog)), Go::Do(Effect::Complete(asked))]
}

/// Draws the screen.
pub(crate) fn view(screen: &LedgerScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some((desk, ledger)) = cx.desk.and_then(|desk| Some((desk, desk.ledger.as_ref()?))) else { return };
    let cells = usize::from(area.width);
    put(frame, area, 0, Line::styled(fit(&counts(screen.filter, ledger, cx.lang), cells), cx.theme.title()));
    let shown = screen.shown(ledger);
    let height = usize::from(area.height).saturating_sub(1);
    let detail_rows = DETAIL_ROWS.min(height / 2);
    let list_rows = height.saturating_sub(detail_rows + 1);
    let selected = screen.selected.min(shown.len().saturating_sub(1));
    let first = first_row(selected, shown.len(), list_rows);
    let list = below(area, 1);
    if shown.is_empty() {
        put(frame, list, 0, Line::styled(format!("  {}", say::empty(cx.lang)), cx.theme.faint()));
    }
    for (row, (at, line)) in shown.iter().enumerate().skip(first).take(list_rows).enumerate() {
        let chosen = at == selected;
        let mark = if chosen { ">" } else { " " };
        let style = if chosen { cx.theme.selected() } else { style(line, cx) };
        put(
            frame,
            list,
            row,
            Line::styled(fit(&format!("{mark} {}", row_text(line, cx.lang)), cells), style),
        );
        if chosen {
            park(frame, list, row);
        }
    }
    let detail = below(area, 1 + list_rows);
    put(frame, detail, 0, Line::styled(cx.theme.rule(cells), cx.theme.faint()));
    let Some(line) = shown.get(selected) else { return };
    for (row, (text, style)) in detail_lines(line, desk, cx, cells).into_iter().take(detail_rows).enumerate()
    {
        put(frame, detail, row + 1, Line::styled(fit(&text, cells), style));
    }
}

fn counts(filter: Filter, ledger: &LedgerReport, lang: Lang) -> String {
    let mut parts = vec![(Filter::All, say::all(lang), ledger.lines.len())];
    for progress in [Progress::Open, Progress::Submitted] {
        parts.push((Filter::Of(progress), progress.name(lang), ledger.n(progress)));
    }
    parts.push((Filter::Overdue, say::overdue(lang), ledger.n_overdue()));
    parts.push((Filter::Of(Progress::Closed), Progress::Closed.name(lang), ledger.n(Progress::Closed)));
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(it, name, n)| {
            let text = format!("{name} {n}");
            if it == filter { format!("[{text}]") } else { text }
        })
        .collect();
    format!(" {}", parts.join("  "))
}

fn style(line: &LedgerLine, cx: &Cx) -> Style {
    match line.progress {
        _ if line.no_longer_required => cx.theme.faint(),
        _ if line.overdue => cx.theme.bad(),
        Progress::Submitted => cx.theme.warn(),
        Progress::Closed => cx.theme.good(),
        Progress::Struck => cx.theme.faint(),
        Progress::Open => Style::new(),
    }
}

/// Id, progress, deadline, person and problem, in columns.
fn row_text(line: &LedgerLine, lang: Lang) -> String {
    let core = if line.core { "*" } else { " " };
    let until = line.deadline.map(|day| day.to_string()).unwrap_or_default();
    let progress_cells = match lang {
        Lang::Zh => 14,
        Lang::En => 17,
    };
    // The detail says how far it was.
    let progress = match line.no_longer_required {
        true => say::no_longer_required(lang).to_owned(),
        false => line.progress_text(lang),
    };
    format!(
        "{}{core} {} {} {} {}",
        fit(&line.id, 11),
        fit(&progress, progress_cells),
        fit(&until, 10),
        fit(&line.person, 8),
        line.problem.replace('\n', " "),
    )
}

/// The selected item in full. What happened last stands first, because it is what the next step rests on.
fn detail_lines(line: &LedgerLine, desk: &Desk, cx: &Cx, cells: usize) -> Vec<(String, Style)> {
    let lang = cx.lang;
    let mut lines = Vec::new();
    let mut say_wrapped = |label: &str, text: &str, style: Style| {
        let text = if label.is_empty() { text.to_owned() } else { format!("{label}: {text}") };
        lines
            .extend(wrap(&text, cells.saturating_sub(2)).into_iter().map(|line| (format!(" {line}"), style)));
    };
    let place = format!("{} {} {}", line.area, line.clause, line.title);
    say_wrapped("", place.trim(), cx.theme.title());
    say_wrapped("", &line.problem, Style::new());
    let goal = if line.goal.is_empty() { say::goal_is_point(lang) } else { &line.goal };
    let or_not_set = |text: String| if text.is_empty() { say::not_set(lang).to_owned() } else { text };
    let until = or_not_set(line.deadline.map(|day| day.to_string()).unwrap_or_default());
    let person = or_not_set(line.person.clone());
    let plan = format!("{goal}  {}: {person}  {}: {until}", label::person(lang), say::until(lang));
    say_wrapped(say::goal(lang), &plan, Style::new());
    if !line.reason.is_empty() {
        say_wrapped(label::reason(lang), &line.reason, cx.theme.warn());
    }
    if !line.done.is_empty() {
        let on = line.on.map(|day| day.to_string()).unwrap_or_default();
        say_wrapped(say::done(lang), &format!("{} {on} {}", line.by, line.done), Style::new());
    }
    if !line.proof.is_empty() {
        say_wrapped(say::files(lang), &line.proof.join(lang.pick("、", ", ")), Style::new());
    }
    if !line.closed_by.is_empty() {
        let on = line.closed_on.map(|day| day.to_string()).unwrap_or_default();
        say_wrapped(say::seen(lang), &format!("{} {on} {}", line.closed_by, line.remark), cx.theme.good());
    }
    let item = desk.visit.ledger_item(&line.id);
    let history: Vec<String> =
        item.iter().flat_map(|item| &item.history).map(|it| happened(it, lang)).collect();
    say_wrapped(say::history(lang), &history.join(lang.pick("；", "; ")), cx.theme.faint());
    lines
}

fn happened(it: &Happened<'_>, lang: Lang) -> String {
    let what = it.step.name(lang);
    let void = it.refused.map(|refusal| format!(" ({}: {})", say::no_effect(lang), refusal.name(lang)));
    format!("{} {what}{}", it.by.shown(lang), void.unwrap_or_default())
}
