//! What a key can mean. Closed: every action is in the key table, and every screen and dialog answers the ones it knows.

use crate::{
    app::report::{export::Format, forms::FormKind},
    domain::terms::grade::Grade,
};

/// One thing a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    // Moving about.
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    NextPane,
    PrevPane,
    Left,
    Right,
    Confirm,
    Cancel,
    // Everywhere.
    Help,
    Palette,
    SwitchLang,
    Quit,
    QuitTwice,
    // Home.
    OpenSample,
    FoundVisit,
    OpenFile,
    // Inside a visit.
    GoScore,
    GoPanel,
    GoMerge,
    GoOutcome,
    GoLedger,
    GoReport,
    Feedback,
    Find,
    Sync,
    AutoSync,
    SyncLog,
    Submit,
    Undo,
    Redo,
    /// One's own last changes, to be taken back.
    Changes,
    NextConflict,
    Codes,
    Passphrase,
    Log,
    // Scoring.
    NextUnscored,
    PrevUnscored,
    Give(Grade),
    Absent,
    Note,
    Reason,
    Evidence,
    Toggle,
    Yes,
    No,
    /// Everything of the clause that is still open, and can be met without a number, is met.
    AllMet,
    /// What was recorded for the same thing earlier.
    CopyEarlier,
    /// A digit of what was counted or measured; it opens the calculator.
    Type(u8),
    NotApplicable,
    Clear,
    AutoAdvance,
    SwitchOrder,
    NextFilter,
    Remaining,
    ShowClock,
    // Reasons and notes.
    /// What one wrote last.
    LastReason,
    /// One's own phrases.
    Phrases,
    // Calculators.
    AllOk,
    Set(u8),
    AddRow,
    // Merge and outcome.
    ShowAll,
    Decide,
    BackToRule,
    NextUndecided,
    PrevUndecided,
    Dissent,
    VoteOpenly,
    // Panel.
    CloseScoring,
    Admit,
    Deputy,
    Retire,
    Recuse,
    RecordAbsence,
    Plan,
    CoreVotes,
    OtherVotes,
    DocumentsApart,
    PlanAnew,
    PlanAgain,
    Facility,
    // The end of the visit.
    Declare,
    Ending,
    Sign,
    Waive,
    Object,
    Finalize,
    // The rectification ledger.
    HandIn,
    CloseItem,
    ReopenItem,
    PlanItem,
    AddItem,
    StrikeItem,
    WriteLedger,
    ReadLedger,
    // Codes.
    Recovery,
    SaveSheet,
    // Passphrases.
    Reveal,
    // Report.
    Write(Format),
    WriteAll,
    WriteForm(FormKind),
    Folder,
    SwitchTemplate,
    // Submitting.
    GoUnscored,
    GoOwed,
    GoConflict,
}

impl Action {
    /// Whether a single press writes into the ballot on the score screen. Nobody presses two of them within a blink.
    pub(crate) const fn records(self) -> bool {
        matches!(
            self,
            Self::Give(_)
                | Self::Toggle
                | Self::Yes
                | Self::No
                | Self::AllMet
                | Self::NotApplicable
                | Self::Clear
        )
    }

    /// Whether it is there to change a visit, and so is not offered where a visit is only looked at. An office works on the ledger.
    pub(crate) const fn changes(self, by_office: bool) -> bool {
        match self {
            Self::HandIn | Self::CloseItem | Self::ReopenItem | Self::ReadLedger => !by_office,
            Self::Submit
            | Self::Undo
            | Self::Redo
            | Self::Changes
            | Self::Give(_)
            | Self::Absent
            | Self::Note
            | Self::Reason
            | Self::Evidence
            | Self::Toggle
            | Self::Yes
            | Self::No
            | Self::AllMet
            | Self::CopyEarlier
            | Self::Type(_)
            | Self::NotApplicable
            | Self::Clear
            | Self::Decide
            | Self::BackToRule
            | Self::Dissent
            | Self::VoteOpenly
            | Self::CloseScoring
            | Self::Admit
            | Self::Deputy
            | Self::Retire
            | Self::Recuse
            | Self::RecordAbsence
            | Self::Plan
            | Self::Declare
            | Self::Sign
            | Self::Waive
            | Self::Object
            | Self::Finalize
            | Self::PlanItem
            | Self::AddItem
            | Self::StrikeItem => true,
            _ => false,
        }
    }
}
