//! Panel: who sits on it, how far each is, who is recused where, and how many valid votes each clause has.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::visit::passphrase::Lock,
    domain::{
        facility::profile::ProfileField,
        plan::summary::PlanSummary,
        terms::{id::MemberName, lang::Lang},
    },
    tui::{
        desk::{Desk, cx::Cx, tally::Tally},
        dialog::Go,
        frame,
        keys::{action::Action, context::Context, keymap::key_of},
        panel::{
            close,
            facility::FacilityDialog,
            facility_words,
            roster::{self, act, roster},
            words as say,
        },
        sync::{self, passphrase_words},
        widget::{
            list::{first_row, moved},
            popup::{below, park, put},
            text::{fit, wrap},
        },
    },
    words::{label, mandate, next_step::next_step, plan, revision},
};

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct PanelScreen {
    /// The selected row.
    pub(crate) selected: usize,
}

/// Rows above the roster.
const HEAD_ROWS: usize = 1;
/// Most rows that one sentence above the list takes.
const NEXT_ROWS: usize = 3;

/// What an action does here.
pub(crate) fn update(screen: &mut PanelScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let n = rows(cx, desk, 80).len();
    if let Some(to) = moved(screen.selected.min(n.saturating_sub(1)), n, cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    match action {
        Action::Admit
        | Action::Deputy
        | Action::Retire
        | Action::Recuse
        | Action::RecordAbsence
        | Action::Plan => {
            let rows = roster(cx, desk, 80);
            let about = screen.selected.checked_sub(HEAD_ROWS).and_then(|at| rows.get(at)?.about.as_ref());
            act(action, about, desk, cx)
        }
        Action::Facility => {
            vec![Go::Open(Box::new(FacilityDialog::new()))]
        }
        Action::CloseScoring => vec![close::close(desk, cx)],
        _ => Vec::new(),
    }
}

/// Draws the screen.
pub(crate) fn view(screen: &PanelScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let cells = usize::from(area.width);
    let next = next_rows(cx, desk, cells);
    let n_next = next.len();
    for (row, (text, style)) in next.into_iter().enumerate() {
        put(frame, area, row, Line::styled(text, style));
    }
    let area = below(area, n_next);
    let rows = rows(cx, desk, cells);
    let selected = screen.selected.min(rows.len().saturating_sub(1));
    let height = usize::from(area.height);
    let first = first_row(selected, rows.len(), height);
    for (line, (at, (text, style))) in rows.iter().enumerate().skip(first).take(height).enumerate() {
        let chosen = at == selected;
        let mark = if chosen { ">" } else { " " };
        let style = if chosen { cx.theme.selected() } else { *style };
        put(frame, area, line, Line::styled(fit(&format!("{mark}{text}"), cells), style));
        if chosen {
            park(frame, area, line);
        }
    }
}

/// Whose laptop must see the shared file next, and the seals that came late; above the list, so that it is always seen.
fn next_rows(cx: &Cx, desk: &Desk, cells: usize) -> Vec<(String, Style)> {
    let lang = cx.lang;
    // Who must decide or sign next is told by what is not public.
    let next = match desk.visit.hides_all() {
        true => frame::words::nothing_public(lang).to_owned(),
        false => next_step(&desk.next_step(), desk.me.as_ref(), lang),
    };
    let mut told = vec![(next, cx.theme.title())];
    told.extend(revision::rivals(&desk.visit, lang).into_iter().map(|text| (text, cx.theme.warn())));
    let late: Vec<&str> = desk.visit.late_seals().map(|state| state.member.name.as_str()).collect();
    if !late.is_empty() && desk.visit.finalised.is_none() {
        let key = key_of(Context::Chair, Action::CloseScoring, lang);
        told.push((say::late_seals(lang, &late.join(lang.pick("、", ", ")), &key), cx.theme.warn()));
    }
    let rows = told.into_iter().flat_map(|(text, style)| {
        let lines = wrap(&text, cells.saturating_sub(2)).into_iter().take(NEXT_ROWS);
        lines.map(move |line| (format!(" {line}"), style))
    });
    rows.collect()
}

/// All rows; their number does not depend on the width.
fn rows(cx: &Cx, desk: &Desk, cells: usize) -> Vec<(String, Style)> {
    let lang = cx.lang;
    let plain = Style::new();
    let head = format!(
        "  {} {} {} {}",
        fit(say::member(lang), 12),
        fit(label::field(lang), 18),
        fit(label::state(lang), roster::STATE),
        say::progress(lang)
    );
    let mut rows = vec![(head, cx.theme.faint())];
    rows.extend(roster(cx, desk, cells).into_iter().map(|row| (row.text, row.style)));
    rows.push((String::new(), plain));
    let ago = sync::words::ago(lang, desk.minutes);
    rows.push((format!("  {}: {ago}", sync::words::last(lang)), plain));
    match desk.lock {
        Lock::Open => {}
        Lock::Held => rows.push((format!("  {}", passphrase_words::encrypted(lang)), cx.theme.good())),
        Lock::Asks => rows.push((format!("  ! {}", frame::words::passphrase_missing(lang)), cx.theme.warn())),
    }
    let missing = desk.visit.panel_lacks();
    if missing.is_empty() {
        rows.push((format!("  {}", say::panel_complete(lang)), cx.theme.good()));
    }
    rows.extend(missing.iter().map(|lack| match desk.visit.excuse(lack) {
        Some(reason) => (format!("  - {} ({reason})", say::lack(lang, lack)), cx.theme.faint()),
        None => (format!("  ! {}", say::lack(lang, lack)), cx.theme.warn()),
    }));
    rows.push((String::new(), plain));
    rows.extend(absence_rows(cx, desk));
    rows.extend(recusal_rows(cx, desk));
    rows.push((String::new(), plain));
    rows.push((format!("  {}: {}", say::plan_title(lang), plan_in_short(desk, lang)), plain));
    rows.push((facility_row(desk, lang), plain));
    let laid_down = mandate::lines(&desk.visit.founding.mandate, lang);
    rows.extend(laid_down.into_iter().map(|(name, value)| (format!("  {name}: {value}"), plain)));
    if let Some(tally) = &desk.tally {
        rows.extend(cover_rows(cx, desk, tally));
    }
    rows
}

fn plan_in_short(desk: &Desk, lang: Lang) -> String {
    let plan = desk.visit.plan().map(|plan| PlanSummary::of(desk.checklist(), plan));
    plan::summary(plan, lang)
}

/// Who is not there, and who could step in; nothing where everybody is.
fn absence_rows(cx: &Cx, desk: &Desk) -> Vec<(String, Style)> {
    let (lang, plain) = (cx.lang, Style::new());
    let mut rows = Vec::new();
    for it in desk.visit.recorded_absent() {
        let came =
            if it.has_sealed { format!(" ({})", label::came_all_the_same(lang)) } else { String::new() };
        rows.push((format!("    {}: {}{came}", it.name, it.reason), plain));
        rows.extend((!it.has_sealed).then(|| substitutes_row(cx, desk, it.name)).flatten());
    }
    if !rows.is_empty() {
        rows.insert(0, (format!("  {}", say::absences(lang)), cx.theme.title()));
        rows.push((String::new(), plain));
    }
    rows
}

fn recusal_rows(cx: &Cx, desk: &Desk) -> Vec<(String, Style)> {
    let (lang, plain) = (cx.lang, Style::new());
    let mut rows = vec![(format!("  {}", say::recusals(lang)), cx.theme.title())];
    if desk.visit.recusals.is_empty() {
        rows.push((format!("    {}", label::none(lang)), plain));
    }
    for recusal in &desk.visit.recusals {
        let clause = recusal.clause.as_ref().map_or(label::all_clauses(lang), |clause| clause.as_str());
        let by = if recusal.declared { format!(" ({})", label::declared(lang)) } else { String::new() };
        rows.push((format!("    {} {clause}: {}{by}", recusal.name, recusal.reason), plain));
        rows.extend(recusal.clause.is_none().then(|| substitutes_row(cx, desk, &recusal.name)).flatten());
    }
    rows
}

/// Who could take a member's seat, by the draw.
fn substitutes_row(cx: &Cx, desk: &Desk, name: &MemberName) -> Option<(String, Style)> {
    let lang = cx.lang;
    let named = desk.visit.substitutes_for(name.as_str());
    let named: Vec<&str> = named.iter().map(|it| it.person.name.as_str()).collect();
    let text = format!("      {}: {}", say::substitutes(lang), named.join(lang.pick("、", ", ")));
    (!named.is_empty()).then(|| (text, cx.theme.good()))
}

/// How much of the facility's profile is filled in.
fn facility_row(desk: &Desk, lang: Lang) -> String {
    let (n, all) = (desk.visit.facility_profile().given().count(), ProfileField::ALL.len());
    format!("  {}: {}", facility_words::title(lang), facility_words::filled(lang, n, all))
}

/// One row an area: for each clause how many vote (while ballots are out: are to vote), with a sign for what is not right.
fn cover_rows(cx: &Cx, desk: &Desk, tally: &Tally) -> Vec<(String, Style)> {
    let lang = cx.lang;
    let counted = tally.covers.iter().all(|cover| cover.counted);
    let title = if counted { say::votes_per_clause(lang) } else { say::due_per_clause(lang) };
    let mut rows = vec![
        (format!("  {title}"), cx.theme.title()),
        (format!("    {}", say::cover_legend(lang)), cx.theme.faint()),
    ];
    let mut covers = tally.covers.iter();
    for area in &desk.checklist().areas {
        let mut text = format!("    {}", fit(area.title.get(lang), 16));
        let mut troubled = false;
        for cover in covers.by_ref().take(area.clauses.len()) {
            let n = if cover.counted { cover.n_valid } else { cover.n_due };
            let decided = if cover.by_lead { '+' } else { ' ' };
            let sign = cover.concerns.first().map_or(decided, |concern| say::concern_sign(*concern));
            text.push_str(&format!(" {n}{sign}"));
            troubled |= !cover.concerns.is_empty();
        }
        rows.push((text, if troubled { cx.theme.warn() } else { Style::new() }));
    }
    if tally.covers.iter().all(|cover| cover.concerns.is_empty()) {
        rows.push((format!("    {}", say::cover_sound(lang)), cx.theme.good()));
    }
    rows
}
