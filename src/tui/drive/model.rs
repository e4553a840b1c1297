//! Everything the program holds, and what screens and dialogs may ask of it.

use std::path::PathBuf;

use crate::{
    domain::{
        edit::{Edit, waiver::MatterKind},
        terms::{date::Date, lang::Lang},
    },
    tui::{
        desk::{Desk, effect::Effect},
        dialog::Dialog,
        home::screen::HomeScreen,
        keys::{Key, action::Action, keymap::Context},
        ledger::screen::LedgerScreen,
        merge::{outcome::OutcomeScreen, screen::MergeScreen},
        panel::screen::PanelScreen,
        report::screen::ReportScreen,
        score::screen::ScoreScreen,
        sync::log::SyncLog,
        theme::Theme,
    },
};

/// The state of the front end.
#[derive(Debug)]
pub(crate) struct Model {
    /// Language of every text.
    pub(crate) lang: Lang,
    /// Styles and glyphs.
    pub(crate) theme: Theme,
    /// Columns and rows.
    pub(crate) size: (u16, u16),
    /// Which screen is shown.
    pub(crate) place: Place,
    /// The open visit.
    pub(crate) desk: Option<Desk>,
    /// Screens.
    pub(crate) home: HomeScreen,
    pub(crate) score: ScoreScreen,
    pub(crate) panel: PanelScreen,
    pub(crate) merge: MergeScreen,
    pub(crate) outcome: OutcomeScreen,
    pub(crate) ledger: LedgerScreen,
    pub(crate) report: ReportScreen,
    /// Open dialogs; the last is on top.
    pub(crate) dialogs: Vec<Dialog>,
    /// One line about what just happened; stays until the next key.
    pub(crate) toast: String,
    /// Ctrl-C was pressed once.
    pub(crate) leaving: bool,
    /// The program ends.
    pub(crate) quit: bool,
    /// The program ends because a worker broke.
    pub(crate) crashed: bool,
    /// Number of the last recording.
    pub(crate) ticket: u64,
    /// The folder that files were last picked from.
    pub(crate) evidence_folder: Option<PathBuf>,
    /// Whether the program syncs by itself.
    pub(crate) auto_sync: bool,
    /// What the syncs of this run brought.
    pub(crate) sync_log: SyncLog,
    /// The day the program was started, for new visits and for what is overdue.
    pub(crate) today: Option<Date>,
}

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Score,
    Panel,
    Merge,
    Outcome,
    Ledger,
    Report,
}

/// What a screen or dialog reads and never changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cx<'a> {
    /// Language.
    pub(crate) lang: Lang,
    /// Styles.
    pub(crate) theme: Theme,
    /// The open visit.
    pub(crate) desk: Option<&'a Desk>,
    /// Rows of a page.
    pub(crate) page: usize,
    /// The day, as the program was started.
    pub(crate) today: Option<Date>,
    /// Columns and rows of the screen.
    pub(crate) size: (u16, u16),
}

/// What a screen or dialog asks for.
#[derive(Debug)]
pub(crate) enum Go {
    /// Show a clause on the score screen.
    Jump(usize),
    /// Show a clause on the merge screen.
    ToMerge(usize),
    /// Select a point of the clause shown.
    Point(usize),
    /// Open a dialog on top.
    Open(Box<Dialog>),
    /// Close the dialog on top.
    Close,
    /// Store own edits.
    Record(Vec<Edit>),
    /// The clause is dealt with: go on to the next unscored one, if that is switched on.
    Onward,
    /// Do something outside.
    Do(Effect),
    /// Read the folder that files were last picked from.
    ListLastFolder,
    /// As if the key of an action had been pressed.
    Act(Action),
    /// Say a line.
    Say(String),
    /// Let a kind of open matter pass when the visit is made final; without a reason no longer.
    Waive(MatterKind, String),
    /// A folder was chosen for reports.
    Folder(PathBuf),
}

/// What reaches a dialog.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
}

impl Model {
    /// The program as it starts.
    pub(crate) fn new(lang: Lang, theme: Theme, size: (u16, u16)) -> Self {
        Self {
            lang,
            theme,
            size,
            place: Place::Home,
            desk: None,
            home: HomeScreen::default(),
            score: ScoreScreen::default(),
            panel: PanelScreen::default(),
            merge: MergeScreen::default(),
            outcome: OutcomeScreen::default(),
            ledger: LedgerScreen::default(),
            report: ReportScreen::default(),
            dialogs: Vec::new(),
            toast: String::new(),
            leaving: false,
            quit: false,
            crashed: false,
            ticket: 0,
            evidence_folder: None,
            auto_sync: true,
            sync_log: SyncLog::default(),
            today: None,
        }
    }

    /// What screens and dialogs may read.
    pub(crate) fn cx(&self) -> Cx<'_> {
        Cx { desk: self.desk.as_ref(), ..self.cx_without_visit() }
    }

    /// The same, before a visit is put in that is borrowed by itself.
    pub(crate) fn cx_without_visit(&self) -> Cx<'static> {
        let (lang, theme, today, size) = (self.lang, self.theme, self.today, self.size);
        Cx { lang, theme, desk: None, page: self.page(), today, size }
    }

    /// Rows a page key moves by.
    pub(crate) fn page(&self) -> usize {
        usize::from(self.size.1.saturating_sub(6)).max(1)
    }

    /// Where keys go now.
    pub(crate) fn context(&self) -> Context {
        self.dialogs.last().map_or_else(|| self.screen_context(), Dialog::context)
    }

    /// Where keys go without dialogs.
    pub(crate) fn screen_context(&self) -> Context {
        match self.place {
            Place::Home => Context::Home,
            Place::Score => self.score.context(),
            Place::Panel if self.desk.as_ref().is_some_and(|desk| desk.chair) => Context::Chair,
            Place::Panel => Context::Panel,
            Place::Merge => Context::Merge,
            Place::Outcome => Context::Outcome,
            Place::Ledger => Context::Ledger,
            Place::Report => Context::Report,
        }
    }
}

/// Moves a selection in a list of `n` rows; `None` if the action does not move.
pub(crate) fn moved(selected: usize, n: usize, page: usize, action: Action) -> Option<usize> {
    let last = n.saturating_sub(1);
    let to = match action {
        Action::Up => selected.saturating_sub(1),
        Action::Down => selected + 1,
        Action::PageUp => selected.saturating_sub(page),
        Action::PageDown => selected + page,
        Action::First => 0,
        Action::Last => last,
        _ => return None,
    };
    Some(to.min(last))
}

/// The first row to show so that the selected one is in view, around the middle. Goes on in steps of a third of the
/// height, so that most moves redraw two rows and not the whole list.
pub(crate) fn first_row(selected: usize, n: usize, height: usize) -> usize {
    let step = (height / 3).max(1);
    let start = selected.saturating_sub(height / 2) / step * step;
    start.min(n.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_in_view() {
        for height in 1..30 {
            for n in 0..60 {
                for selected in 0..n {
                    let first = first_row(selected, n, height);
                    assert!(first <= selected && selected < first + height, "{selected} of {n} in {height}");
                }
            }
        }
    }
}
