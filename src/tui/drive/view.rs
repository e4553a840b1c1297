//! How the program looks: header, screen, status line, keys, dialogs. Reads the model and changes nothing.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
};

use crate::{
    domain::terms::clean::clean_line,
    tui::{
        desk::{Desk, cx::Cx},
        drive::model::Model,
        ending::matters,
        frame::{notice::notice, screen_name::ScreenName, words as say},
        home,
        keys::{action::Action, bindings::Binding, context::Context, keymap},
        ledger,
        merge::{self, outcome},
        panel, report,
        score::clause,
        sync,
        widget::{
            popup::put,
            text::{cut, fit, width},
        },
    },
    words::next_step::{next_step, next_step_in_short},
};

/// Below this the program only says that the window is too small.
const LEAST: (u16, u16) = (60, 16);

/// Whether nothing but a notice is shown, so that a key would do something unseen.
pub(crate) const fn is_too_small((columns, rows): (u16, u16)) -> bool {
    columns < LEAST.0 || rows < LEAST.1
}

/// Draws everything.
pub(crate) fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    let cx = model.cx();
    if is_too_small((area.width, area.height)) {
        let leave = if model.leaving { say::press_again } else { say::keys_wait };
        for (row, words) in [say::too_small, leave].into_iter().enumerate() {
            put(frame, area, row, Line::raw(cut(words(model.lang), usize::from(area.width))));
        }
        return;
    }
    let told = cx.desk.and_then(|desk| notice(model.lang, desk));
    // The panel tells it in full.
    let next =
        cx.desk.filter(|_| model.screen != ScreenName::Panel).map(|desk| next_line(&cx, desk, area.width));
    let hints = hints(model.context(), &cx, usize::from(area.width));
    let [head, line, body, step, status, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(u16::from(told.is_some())),
        Constraint::Min(1),
        Constraint::Length(u16::from(next.is_some())),
        Constraint::Length(1),
        Constraint::Length(u16::try_from(hints.len()).unwrap_or(1)),
    ])
    .areas(area);
    header(model, &cx, frame, head);
    if let Some(told) = told {
        let told = fit(&format!(" ! {told}"), usize::from(line.width));
        put(frame, line, 0, Line::styled(told, cx.theme.warn()));
    }
    match model.screen {
        ScreenName::Home => home::screen::view(&model.home, &cx, frame, body),
        ScreenName::Score => clause::view(&model.score, &cx, frame, body),
        ScreenName::Panel => panel::screen::view(&model.panel, &cx, frame, body),
        ScreenName::Merge => merge::screen::view(&model.merge, &cx, frame, body),
        ScreenName::Outcome => outcome::view(&model.outcome, &cx, frame, body),
        ScreenName::Ledger => ledger::screen::view(&model.ledger, &cx, frame, body),
        ScreenName::Report => report::screen::view(&model.report, &cx, frame, body),
    }
    if let Some(next) = next {
        put(frame, step, 0, Line::styled(next, cx.theme.title()));
    }
    status_line(model, &cx, frame, status);
    footer(&hints, &cx, frame, keys);
    for dialog in &model.dialogs {
        dialog.view(&cx, frame, body);
    }
}

/// The screens of a visit with their keys.
const TABS: [(ScreenName, Action); 6] = [
    (ScreenName::Score, Action::GoScore),
    (ScreenName::Panel, Action::GoPanel),
    (ScreenName::Merge, Action::GoMerge),
    (ScreenName::Outcome, Action::GoOutcome),
    (ScreenName::Ledger, Action::GoLedger),
    (ScreenName::Report, Action::GoReport),
];

fn header(model: &Model, cx: &Cx, frame: &mut Frame, area: Rect) {
    let lang = cx.lang;
    let Some(desk) = cx.desk else {
        put(frame, area, 0, Line::styled(format!(" {}", say::program(lang)), cx.theme.title()));
        return;
    };
    let mut tabs = Vec::new();
    let mut tabs_width = 0;
    // The ledger begins when the visit is final; before, its place is for the name of the facility.
    let is_final = desk.visit.finalised.is_some();
    for (screen, action) in TABS.into_iter().filter(|(screen, _)| is_final || *screen != ScreenName::Ledger) {
        let key = keymap::key_of(Context::Visit, action, lang);
        let text = format!(" {key} {} ", say::screen_name(lang, screen));
        tabs_width += width(&text);
        let style = if screen == model.screen { cx.theme.selected() } else { cx.theme.faint() };
        tabs.push(Span::styled(text, style));
    }
    let founding = &desk.visit.founding;
    let me = desk.me.as_ref().map(|me| format!(" {me}")).unwrap_or_default();
    let title = format!(" {} {}{me}", founding.facility, founding.stage.name(lang));
    let title = fit(&title, usize::from(area.width).saturating_sub(tabs_width));
    let mut spans = vec![Span::styled(title, cx.theme.title())];
    spans.extend(tabs);
    put(frame, area, 0, Line::from(spans));
}

/// Whose laptop must see the shared file next, and why, in one line.
fn next_line(cx: &Cx, desk: &Desk, columns: u16) -> String {
    let (step, own, cells) = (desk.next_step(), desk.me.as_ref(), usize::from(columns));
    let told = format!(" {}", next_step(&step, own, cx.lang));
    if width(&told) <= cells {
        return told;
    }
    fit(&format!(" {}", next_step_in_short(&step, own, cx.lang)), cells)
}

/// What is left, whether it is saved, where own commits are; or what just happened.
fn status_line(model: &Model, cx: &Cx, frame: &mut Frame, area: Rect) {
    let lang = cx.lang;
    let cells = usize::from(area.width);
    let mut right = String::new();
    let mut left = String::new();
    if let Some(desk) = cx.desk {
        let saved = if desk.is_saved() { say::saved(lang) } else { say::saving(lang) };
        // Only a sync that somebody waits for is announced; the others leave the numbers where they are.
        let sync = if desk.syncing && desk.by_hand {
            sync::words::syncing(lang).to_owned()
        } else {
            sync::words::deliveries(lang, desk.sync, desk.lead)
        };
        let unread = model.sync_log.unread;
        let share = sync::words::share(lang, model.auto_sync, desk.share, desk.trouble, unread);
        right = format!("{saved} | {sync} | {share} ");
        if desk.me.is_none() {
            // Nothing is owed here, and what is only read is nowhere to be delivered.
            right = if desk.exchanges { right } else { String::new() };
        } else {
            left = format!(" {}", say::left(lang, desk.n_unscored(), desk.n_due(), desk.n_owed()));
        }
    }
    if !model.toast.is_empty() {
        left = format!(" {}", clean_line(&model.toast));
        // What just happened is told in full: beside what is left if there is room, and where there is none the right end gives way
        // but for whether it is saved.
        if let Some(desk) = cx.desk {
            let room = cells.saturating_sub(width(&right));
            let count = format!(" {} {left}", say::left_in_short(lang, desk.n_unscored(), desk.n_due()));
            if desk.me.is_some() && width(&count) <= room {
                left = count;
            } else if width(&left) > room {
                right = format!("{} ", if desk.is_saved() { say::saved(lang) } else { say::saving(lang) });
            }
        }
    }
    let left = fit(&left, cells.saturating_sub(width(&right)));
    let style = if model.toast.is_empty() { cx.theme.faint() } else { cx.theme.warn() };
    put(frame, area, 0, Line::from(vec![Span::styled(left, style), Span::styled(right, cx.theme.title())]));
}

/// Rows of the footer, at most.
const KEY_ROWS: usize = 2;

/// A key with what it does.
type Hint = (String, &'static str);

/// The keys that work now, in rows. At 80 cells all of them fit; where they do not, those are left out that work on every screen, but
/// for help and palette.
pub(super) fn hints(context: Context, cx: &Cx, cells: usize) -> Vec<Vec<Hint>> {
    let lang = cx.lang;
    let is_offered = |binding: &&Binding| match cx.desk {
        _ if !belongs(context, binding.action) => false,
        None => true,
        Some(desk) if desk.me.is_none() && binding.action.changes(desk.office) => false,
        Some(desk) if context == Context::Ending => matters::offers(desk, binding.action),
        Some(desk) => !(scores(context) && is_idle(desk, context, binding.action)),
    };
    let hint = |binding: &Binding| {
        let hint = binding.hint(lang);
        Some((binding.keys.first()?.label(lang), hint)).filter(|_| !hint.is_empty())
    };
    let mut all: Vec<Hint> = keymap::applicable(context).filter(is_offered).filter_map(hint).collect();
    loop {
        let rows = in_rows(&all, cells);
        let can_go = |(_, hint): &Hint| ![say::help_hint(lang), say::palette_hint(lang)].contains(hint);
        match all.iter().rposition(can_go) {
            Some(last) if rows.len() > KEY_ROWS => drop(all.remove(last)),
            _ => return rows,
        }
    }
}

/// Whether a key is one of the score screen.
const fn scores(context: Context) -> bool {
    matches!(context, Context::Score | Context::Clauses | Context::Points | Context::Guide)
}

/// Whether an action of the score screen can do nothing now: nothing is left to go to, or the ballot is sealed or scoring is over.
fn is_idle(desk: &Desk, context: Context, action: Action) -> bool {
    let takes_back = action == Action::Undo && !desk.visit.closed;
    let opens = action == Action::Confirm && context == Context::Points;
    match action {
        Action::NextUnscored => desk.n_unscored() == 0,
        _ if takes_back => false,
        _ => desk.is_shut() && (opens || action.changes(false)),
    }
}

/// Whether what works on every screen of a visit is a step there; where it is none, help and palette tell of it.
const fn belongs(context: Context, action: Action) -> bool {
    match action {
        Action::Quit => matches!(context, Context::Home | Context::Global),
        // Where one scores, syncs go by themselves, and the room is for the way through the clauses.
        Action::Sync => !scores(context) && !matches!(context, Context::Report),
        Action::Find => !matches!(context, Context::Report),
        Action::Undo => !matches!(
            context,
            Context::Chair | Context::Panel | Context::Outcome | Context::Ledger | Context::Report
        ),
        Action::Submit => {
            !matches!(context, Context::Merge | Context::Outcome | Context::Ledger | Context::Report)
        }
        Action::Ending => !scores(context),
        // A number says whether the point is met; a tick is met by the space bar, which opens lists too.
        Action::No | Action::Toggle => !matches!(context, Context::Measured),
        Action::Yes | Action::Confirm => !matches!(context, Context::Points),
        _ => true,
    }
}

/// Cells of a hint with the room behind it. A hint that begins with a dash goes on from the key: `1-4 grade`.
fn cost((key, hint): &Hint) -> usize {
    width(key) + width(hint) + 2 + usize::from(!hint.starts_with('-'))
}

fn in_rows(hints: &[Hint], cells: usize) -> Vec<Vec<Hint>> {
    let mut rows: Vec<Vec<Hint>> = vec![Vec::new()];
    let mut room = cells.saturating_sub(1);
    for hint in hints {
        // The last one in a row needs no room behind it.
        if cost(hint) > room + 2 && rows.last().is_some_and(|row| !row.is_empty()) {
            rows.push(Vec::new());
            room = cells.saturating_sub(1);
        }
        room = room.saturating_sub(cost(hint));
        if let Some(row) = rows.last_mut() {
            row.push(hint.clone());
        }
    }
    rows
}

fn footer(rows: &[Vec<Hint>], cx: &Cx, frame: &mut Frame, area: Rect) {
    for (at, row) in rows.iter().enumerate() {
        let mut spans = vec![Span::raw(" ")];
        for (key, hint) in row {
            spans.push(Span::styled(key.clone(), cx.theme.key()));
            let gap = if hint.starts_with('-') { "" } else { " " };
            spans.push(Span::styled(format!("{gap}{hint}  "), cx.theme.faint()));
        }
        put(frame, area, at, Line::from(spans));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::terms::lang::Lang,
        tui::fixture::{final_visit, opened, program, scored_visit},
    };

    #[test]
    fn at_80_cells_no_key_is_cut_on_any_screen_in_either_language() {
        for lang in [Lang::Zh, Lang::En] {
            let model = program(lang, (80, 24));
            for context in Context::ALL {
                let shown: Vec<Vec<Hint>> = hints(context, &model.cx(), 80);
                let all = keymap::applicable(context).filter(|it| !it.hint(lang).is_empty());
                let all = all.filter(|it| belongs(context, it.action));
                let keys = |rows: &[Vec<Hint>]| rows.iter().map(Vec::len).sum::<usize>();
                assert_eq!(keys(&shown), all.count(), "{context:?} {lang:?}");
                for row in &shown {
                    let text: usize = row.iter().map(cost).sum();
                    assert!(text < 80 + 2, "{context:?} {lang:?}: {row:?}");
                }
                assert!(shown.len() <= KEY_ROWS);
            }
        }
        // Less than 80 cells: what works everywhere goes first, help and commands stay.
        let model = program(Lang::En, (60, 16));
        let narrow = hints(Context::Chair, &model.cx(), 60).concat();
        assert!(narrow.iter().any(|(key, _)| key == "6") && narrow.iter().any(|(key, _)| key == "F1"));
        assert!(!narrow.iter().any(|(_, hint)| *hint == "sign"));
    }

    #[test]
    fn signing_and_finalising_offer_nothing_that_is_refused() {
        let keys = |model: &Model| {
            let rows = hints(Context::Ending, &model.cx(), 80).concat();
            let own = ["1", "2", "3", "4"];
            rows.into_iter().map(|(key, _)| key).filter(|key| own.contains(&key.as_str())).collect::<String>()
        };
        let (lead, member) = (0, 2);
        assert_eq!(keys(&opened(scored_visit(), lead)), "1234");
        assert_eq!(keys(&opened(scored_visit(), member)), "1");
        assert_eq!(keys(&opened(final_visit(), lead)).replace('1', ""), "3");
        assert_eq!(keys(&opened(final_visit(), member)).replace('1', ""), "");
    }
}
