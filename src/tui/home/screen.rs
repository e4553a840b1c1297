//! Home: the visits of this laptop, and how to begin.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::{
        laptop::overview::{VisitPhase, VisitSummary},
        visit::passphrase::Lock,
    },
    domain::terms::clean::clean_line,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::Go,
        frame,
        home::words as say,
        keys::action::Action,
        sync::{self, passphrase_words},
        widget::{
            list::{first_row, moved},
            path::PathQuestion,
            popup::{below, park, put},
            text::{cut, fit, wrap},
            words::path_help,
        },
    },
    words::label,
};

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct HomeScreen {
    /// The visits; `None` until they are read.
    pub(crate) visits: Option<Vec<VisitSummary>>,
    /// The selected row: visits, then the three ways to begin.
    pub(crate) selected: usize,
}

/// The question for a shared file.
pub(crate) const OPEN_VISIT: PathQuestion = PathQuestion {
    title: say::open_title,
    help: path_help,
    then: |path, _| vec![Go::Do(Effect::Open(path))],
};

/// The ways to begin, below the visits.
const OFFERS: [Action; 3] = [Action::OpenSample, Action::FoundVisit, Action::OpenFile];

impl HomeScreen {
    fn visits(&self) -> &[VisitSummary] {
        self.visits.as_deref().unwrap_or_default()
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut HomeScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let n_visits = screen.visits().len();
    if let Some(to) = moved(screen.selected, n_visits + OFFERS.len(), cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    if action != Action::Confirm {
        return Vec::new();
    }
    match screen.visits().get(screen.selected) {
        Some(visit) => vec![Go::Do(Effect::Open(visit.file.clone()))],
        None => {
            let offer = OFFERS.get(screen.selected.saturating_sub(n_visits));
            offer.map(|action| Go::Act(*action)).into_iter().collect()
        }
    }
}

/// Draws the screen.
pub(crate) fn view(screen: &HomeScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let lang = cx.lang;
    let width = usize::from(area.width);
    let visits = screen.visits();
    put(frame, area, 0, Line::styled(format!(" {}", say::visits(lang)), cx.theme.title()));
    let mut row = 1;
    if visits.is_empty() {
        let text = if screen.visits.is_none() { say::reading(lang) } else { say::none(lang) };
        for line in wrap(text, width.saturating_sub(2)) {
            put(frame, area, row, Line::raw(format!(" {line}")));
            row += 1;
        }
    }
    // The offers keep their eight rows; long lists of visits scroll above them.
    let room = usize::from(area.height).saturating_sub(row + 8).max(2) / 2;
    let first = first_row(screen.selected.min(visits.len().saturating_sub(1)), visits.len(), room);
    for (index, visit) in visits.iter().enumerate().skip(first).take(room) {
        let selected = index == screen.selected;
        let mark = if selected { ">" } else { " " };
        let lock = match visit.lock {
            Lock::Open => "",
            Lock::Held => passphrase_words::short(lang),
            Lock::Asks => passphrase_words::short_asks(lang),
        };
        let when = visit.when.map(|(stage, day)| format!("{}  {day}", stage.name(lang))).unwrap_or_default();
        let head = format!("{mark} {}  {when}  {lock}", visit.facility);
        let style = if selected { cx.theme.selected() } else { cx.theme.title() };
        put(frame, area, row, Line::styled(fit(&head, width), style));
        put(
            frame,
            area,
            row + 1,
            Line::styled(cut(&format!("    {}", detail(visit, cx)), width), cx.theme.faint()),
        );
        if selected {
            park(frame, area, row);
        }
        row += 2;
    }
    row += 1;
    offers(screen, cx, frame, below(area, row));
}

fn offers(screen: &HomeScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let lang = cx.lang;
    let width = usize::from(area.width);
    put(frame, area, 0, Line::styled(format!(" {}", say::begin(lang)), cx.theme.title()));
    let texts = [
        (say::sample(lang), say::sample_more(lang)),
        (say::found(lang), say::found_more(lang)),
        (say::open(lang), say::open_more(lang)),
    ];
    for (index, (head, more)) in texts.into_iter().enumerate() {
        let selected = screen.selected == screen.visits().len() + index;
        let mark = if selected { ">" } else { " " };
        let style = if selected { cx.theme.selected() } else { ratatui::style::Style::new() };
        put(frame, area, 1 + 2 * index, Line::styled(fit(&format!("{mark} {head}"), width), style));
        put(frame, area, 2 + 2 * index, Line::styled(cut(&format!("    {more}"), width), cx.theme.faint()));
        if selected {
            park(frame, area, 1 + 2 * index);
        }
    }
}

fn detail(visit: &VisitSummary, cx: &Cx) -> String {
    let lang = cx.lang;
    if visit.phase == VisitPhase::Broken {
        let file = visit.file.display().to_string();
        return clean_line(&[say::phase(lang, visit.phase), &file].join(" | "));
    }
    let me = visit.me.as_ref().map_or(label::not_joined(lang), |name| name.as_str());
    let mut parts = vec![me.to_owned(), say::progress(lang, visit.n_scored, visit.n_owed)];
    if visit.submitted {
        parts.push(say::sealed(lang).to_owned());
    }
    if visit.waits {
        parts.push(label::waits(lang).to_owned());
    }
    if visit.n_waiting > 0 {
        parts.push(frame::words::n_waiting(lang, visit.n_waiting));
    }
    parts.push(say::phase(lang, visit.phase).to_owned());
    parts.push(sync::words::deliveries(lang, visit.sync, visit.lead));
    parts.push(visit.file.display().to_string());
    clean_line(&parts.join(" | "))
}
