//! Everything the program holds: the open visit, every screen, the open dialogs.

use std::path::PathBuf;

use crate::{
    app::failure::Failure,
    domain::terms::{date::Date, lang::Lang},
    tui::{
        desk::{
            Desk,
            cx::{Clock, Cx},
            effect::Effect,
        },
        dialog::{Dialog, Heard, News},
        frame::{failure::FailureDialog, screen_name::ScreenName},
        home::screen::HomeScreen,
        keys::context::Context,
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
    pub(crate) screen: ScreenName,
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
    pub(crate) dialogs: Vec<Box<dyn Dialog>>,
    /// One line about what just happened; stays until the next key.
    pub(crate) toast: String,
    /// What the bar has just told of: clauses, disqualifiers.
    pub(crate) told_of: Vec<String>,
    /// The last key left a place where digits are no grades: the next one that would grade asks first.
    pub(crate) wary: bool,
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
    /// The clock, if it is asked for.
    pub(crate) clock: Clock,
}

impl Model {
    /// The program as it starts.
    pub(crate) fn new(lang: Lang, theme: Theme, size: (u16, u16)) -> Self {
        Self {
            lang,
            theme,
            size,
            screen: ScreenName::Home,
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
            told_of: Vec::new(),
            wary: false,
            leaving: false,
            quit: false,
            crashed: false,
            ticket: 0,
            evidence_folder: None,
            auto_sync: true,
            sync_log: SyncLog::default(),
            today: None,
            clock: Clock::Off,
        }
    }

    /// What screens and dialogs may read.
    pub(crate) fn cx(&self) -> Cx<'_> {
        Cx { desk: self.desk.as_ref(), ..self.cx_without_visit() }
    }

    /// The same, before a visit is put in that is borrowed by itself.
    pub(crate) fn cx_without_visit(&self) -> Cx<'static> {
        let (lang, theme, today, size) = (self.lang, self.theme, self.today, self.size);
        Cx { lang, theme, desk: None, page: self.page(), today, clock: self.clock, size }
    }

    /// Where one is, to be kept when the visit is left.
    pub(crate) fn bookmark(&self) -> Option<Effect> {
        Some(Effect::KeepBookmark(self.score.bookmark(self.desk.as_ref()?)?))
    }

    /// Opens a dialog on top.
    pub(crate) fn open(&mut self, dialog: impl Dialog + 'static) {
        self.dialogs.push(Box::new(dialog));
    }

    /// Shows a failure: at once if nothing else is open, else when the open dialogs are closed.
    pub(crate) fn alarm(&mut self, failure: Failure) {
        self.dialogs.insert(0, Box::new(FailureDialog::about(failure)));
    }

    /// Tells every open dialog news; whether one had waited for them.
    pub(crate) fn tell(&mut self, news: &News) -> bool {
        let mut awaited = false;
        self.dialogs.retain_mut(|dialog| {
            let heard = dialog.hear(news);
            awaited |= heard != Heard::Nothing;
            heard != Heard::Done
        });
        awaited
    }

    /// The open dialogs by the names of their types, for tests.
    #[cfg(test)]
    pub(crate) fn open_dialogs(&self) -> Vec<String> {
        let named = self.dialogs.iter().map(|dialog| format!("{dialog:?}"));
        named
            .map(|text| text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned())
            .collect()
    }

    /// The name of the one on top; empty = none is open.
    #[cfg(test)]
    pub(crate) fn top_dialog(&self) -> String {
        self.open_dialogs().pop().unwrap_or_default()
    }

    /// Rows a page key moves by.
    pub(crate) fn page(&self) -> usize {
        usize::from(self.size.1.saturating_sub(6)).max(1)
    }

    /// Where keys go now.
    pub(crate) fn context(&self) -> Context {
        self.dialogs.last().map_or_else(|| self.screen_context(), |dialog| dialog.context())
    }

    /// Where keys go without dialogs.
    pub(crate) fn screen_context(&self) -> Context {
        match self.screen {
            ScreenName::Home => Context::Home,
            ScreenName::Score => self.score.context(self.desk.as_ref()),
            ScreenName::Panel if self.desk.as_ref().is_some_and(|desk| desk.chair) => Context::Chair,
            ScreenName::Panel => Context::Panel,
            ScreenName::Merge => Context::Merge,
            ScreenName::Outcome => Context::Outcome,
            ScreenName::Ledger => Context::Ledger,
            ScreenName::Report => Context::Report,
        }
    }
}
