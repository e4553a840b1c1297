//! What `update` asks for, and what comes back. Both closed.

use std::path::PathBuf;

use crate::{
    app::{
        deed::Deed,
        evidence::Attached,
        failure::Failure,
        files::FolderListing,
        laptop::{bookmark::Bookmark, overview::VisitSummary, phrases::Phrases, settings::Setting},
        log::ReadLog,
        report::{
            export::{ExportOptions, ExportStep, Format},
            forms::{FormRequest, WrittenForm},
            template::TemplateMark,
        },
        session::{SyncState, own_log::Change},
        sync::report::SyncReport,
        visit::{
            founding::FoundingRequest, joining::JoinRequest, membership::Admission, passphrase::Lock,
            recovery_sheet::Codes,
        },
    },
    domain::{
        edit::{Edit, waiver::Waiving},
        ending::next_step::ShutBallot,
        pool::draw::DrawRecord,
        terms::{
            digest::Digest,
            id::{FeedId, MemberName, ProfileId},
            lang::{Lang, Text},
        },
        visit::Visit,
    },
    tui::{desk::share::Share, keys::Key, theme::Glyphs},
};

/// The profiles one can found a visit with: id and title.
pub(crate) type Profiles = Vec<(ProfileId, Text)>;

/// Something that happened.
#[derive(Debug)]
pub(crate) enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; may hold line breaks, may be hostile.
    Paste(String),
    /// A second key that records came in the same blink as the first, and was ignored.
    Hasty,
    /// Keys came in a burst that was no command, and were ignored.
    Ignored,
    /// The terminal has a new size: columns, rows.
    Resize(u16, u16),
    /// The terminal said, after the first frame, which glyphs it draws well.
    Glyphs(Glyphs),
    /// The visits of this laptop.
    Visits(Result<Vec<VisitSummary>, Failure>),
    /// The profiles were read.
    Profiles(Result<Profiles, Failure>),
    /// A file with a draw record was read, for the form of a new visit.
    Draw(PathBuf, Result<Box<DrawRecord>, Failure>),
    /// A visit was opened, founded or joined.
    Opened(Result<Box<Snapshot>, Failure>),
    /// A file that was to be opened or joined wants its passphrase first.
    Locked(PathBuf),
    /// The passphrase of the file of the open visit was taken, or not.
    Keyed(PathBuf, Result<(), Failure>),
    /// The open visit was read again.
    Reloaded(Result<Box<Snapshot>, Failure>),
    /// A worker broke; its panic restored the terminal, so the program cannot go on.
    Crashed,
    /// Edits are on disk, or not.
    Recorded(u64, Result<SyncState, Failure>),
    /// Changes were taken back (or one done again): which, and where own commits are now.
    Stepped(Step, Result<(Option<Change>, SyncState), Failure>),
    /// Own changes that could be taken back, the last one first, to be read or to be asked about.
    Changes(Looking, Result<Vec<Change>, Failure>),
    /// A sync ended.
    Synced(Synced),
    /// The watcher found that it is time for a sync.
    SyncDue,
    /// What the watcher knows: how the share is, and whole minutes since the last sync that worked.
    Watched(Share, Option<u64>),
    /// The clock of the day went on: minutes since midnight.
    Clock(u16),
    /// A setting was kept, or not.
    Kept(Result<(), Failure>),
    /// An export went on: one format was begun, or is done with.
    Exporting(ExportStep),
    /// An export ended, or could not begin.
    Exported(Result<(), Failure>),
    /// The template that reports are made with here; `None` = the program's own.
    Template(Result<Option<TemplateMark>, Failure>),
    /// A form was written, or not.
    FormWritten(Result<WrittenForm, Failure>),
    /// Files were attached, or not.
    Attached(Result<Attached, Failure>),
    /// A folder was read.
    Folder(Result<FolderListing, Failure>),
    /// A laptop was admitted, or not.
    Admitted(Result<Admission, Failure>),
    /// The codes of this laptop, and why they are shown.
    Codes(Result<Codes, Failure>, Occasion),
    /// The recovery sheet was saved, or not.
    SheetSaved(Result<PathBuf, Failure>),
    /// Something was done that is told in a line, or not done.
    Told(Result<Text, Failure>),
    /// What a path may go on with, and the text it was asked for.
    Completions(String, Vec<String>),
    /// The user's own phrases were read, or not.
    Phrases(Result<Phrases, Failure>),
    /// What was recorded.
    Log(Result<Box<ReadLog>, Failure>),
}

/// A sync that ended.
#[derive(Debug)]
pub(crate) struct Synced {
    /// The shared file.
    pub(crate) file: PathBuf,
    /// When, as people write it.
    pub(crate) at: String,
    /// What it did.
    pub(crate) result: Result<SyncReport, Failure>,
}

/// Which way through one's own changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Take the last change back.
    Undo,
    /// Do it again.
    Redo,
}

/// Why own changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looking {
    /// The last one is not in sight, or older than this sitting: whether it is to be taken back is asked.
    Asks,
    /// Somebody wants to read them.
    Reads,
}

/// An open visit as the worker sees it.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    /// The visit.
    pub(crate) visit: Visit,
    /// Who sits here, if anyone of the panel.
    pub(crate) me: Option<MemberName>,
    /// Whether it is an office's laptop, named as such.
    pub(crate) office: bool,
    /// Whether this laptop takes part in the exchange; else the file is only read.
    pub(crate) exchanges: bool,
    /// The names that somebody who has not joined chooses from, each with whether a laptop has joined under it.
    pub(crate) roster: Vec<(MemberName, bool)>,
    /// Whether that is the lead.
    pub(crate) lead: bool,
    /// Whether this laptop may do the lead's work: it is the lead's, or a deputy's.
    pub(crate) chair: bool,
    /// The feed of this laptop.
    pub(crate) feed: FeedId,
    /// The shared file.
    pub(crate) file: PathBuf,
    /// Where own commits are.
    pub(crate) sync: SyncState,
    /// Whether the shared file is encrypted, and whether this laptop can open it.
    pub(crate) lock: Lock,
    /// The last recording that is already in it.
    pub(crate) ticket: u64,
    /// The digest of the record, as members sign it.
    pub(crate) record: Digest,
    /// The ballots that count and cannot be read yet.
    pub(crate) shut: Vec<ShutBallot>,
    /// What is to be let pass when the visit is made final, and why.
    pub(crate) waivers: Vec<Waiving>,
    /// What the lead is still to decide, once scoring is closed.
    pub(crate) n_undecided: usize,
    /// Where one was when the visit was left; told when it is opened.
    pub(crate) bookmark: Option<Bookmark>,
}

/// Why the codes of this laptop are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// They are new and must be copied now.
    New,
    /// Somebody wants to see them again.
    Again,
}

/// Something to be done outside.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Read the list of visits.
    ListVisits,
    /// Read the list of profiles.
    ListProfiles,
    /// Read a draw record and draw again from it.
    ReadDraw(PathBuf),
    /// Make and open the sample visit.
    OpenSample,
    /// Open a visit by its file.
    Open(PathBuf),
    /// Open an encrypted visit that is not joined, with its passphrase.
    OpenLocked(PathBuf, String),
    /// Join a visit under a name.
    Join(PathBuf, JoinRequest),
    /// Found a visit, encrypted if there is a passphrase.
    Found(Box<FoundingRequest>, Option<String>),
    /// Leave the open visit.
    Leave,
    /// Read the open visit again; one that is only read, from its file.
    Reload,
    /// Speak another language, where members are numbered in it.
    Speak(Lang),
    /// Store edits; the number comes back.
    Record(u64, Vec<Edit>),
    /// Do something to the open visit. To attach a single path that is a folder is to read it.
    Do(Deed),
    /// Take the last change back if it is of this sitting and about one of these clauses or disqualifiers, which are in sight; else ask.
    Undo(Vec<String>),
    /// Read so many of the last changes.
    ReadChanges(usize),
    /// Write the rectification ledger as a workbook.
    WriteLedger(PathBuf, Lang),
    /// Show the codes of this laptop, if it has joined.
    ShowCodes(Occasion),
    /// Save the recovery sheet as a file or into a folder.
    SaveSheet(PathBuf, Lang),
    /// Exchange with the shared file.
    Sync,
    /// Look at the clock of the day, each minute anew; or no longer.
    ShowClock(bool),
    /// Keep where one is in the open visit for the next time.
    KeepBookmark(Bookmark),
    /// Keep a setting for the next start.
    Keep(Setting),
    /// Write reports of the open visit into a folder.
    Export(Vec<Format>, PathBuf, ExportOptions),
    /// Look which template reports are made with here.
    LookAtTemplate,
    /// Write a form of the open visit into a folder.
    WriteForm(FormRequest, PathBuf),
    /// Read a folder; `None` = where photos are kept.
    ListFolder(Option<PathBuf>),
    /// Look what a path may go on with.
    Complete(String),
    /// Read the user's own phrases.
    ReadPhrases,
    /// Read what was recorded of a clause or a disqualifier; `None` = of the visit.
    ReadLog(Option<String>),
}
