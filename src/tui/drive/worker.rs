//! The threads behind the screens: one owns the session that records, syncs and exports have their own.

use std::{
    convert::Infallible,
    path::PathBuf,
    sync::mpsc::{Receiver, Sender},
    thread,
};

use crate::{
    app::{
        checklist::sources,
        deed::{Deed, Done, LedgerDeed},
        demo,
        evidence::AttachRequest,
        failure::{Failure, Trouble},
        files::{self, completions::completions},
        home::Home,
        laptop::{
            bookmark::{self, Bookmark},
            overview, phrases, settings,
        },
        pool::draw,
        report::{
            export::{ExportOptions, Format},
            template,
        },
        session::Session,
        sync::report::SyncReport,
        system,
        visit::{
            founding,
            joining::{self, JoinRequest},
        },
    },
    domain::{edit::Edit, terms::lang::Lang, visit::end::UpTo},
    tui::{
        desk::effect::{Effect, Looking, Msg, Occasion, Step, Synced},
        drive::snapshot::snapshot,
        ledger,
    },
};

/// Performs effects one after the other until the sender is gone.
pub(crate) fn work(
    home: Home,
    lang: Lang,
    effects: &Receiver<Effect>,
    answer: &(impl Fn(Msg) + Clone + Send + 'static),
) {
    let (laptop, answer) = (home.clone(), answer.clone());
    let mut worker = Worker { laptop, home, lang, given: None, session: None, ticket: 0, answer };
    while let Ok(effect) = effects.recv() {
        worker.perform(effect);
    }
}

/// Starts the recording thread; gives the sender of effects, and what is cut off once all of them are done and the sender
/// is gone.
pub(crate) fn start(
    home: Home,
    lang: Lang,
    answer: impl Fn(Msg) + Clone + Send + 'static,
) -> (Sender<Effect>, Receiver<Infallible>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let (working, ended) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let _guard = Guard(answer.clone());
        work(home, lang, &receiver, &answer);
        drop(working);
    });
    (sender, ended)
}

/// Tells the screens when its thread breaks, so that the program ends instead of waiting for answers.
pub(crate) struct Guard<A: Fn(Msg)>(pub(crate) A);

impl<A: Fn(Msg)> Drop for Guard<A> {
    fn drop(&mut self) {
        if thread::panicking() {
            (self.0)(Msg::Crashed);
        }
    }
}

/// What a sync came to.
fn synced(file: PathBuf, result: Result<SyncReport, Failure>) -> Msg {
    Msg::Synced(Synced { file, at: system::now_text().unwrap_or_default(), result })
}

struct Worker<A> {
    /// The data folder of this laptop.
    laptop: Home,
    /// The data folder of the open visit: the laptop's, or the one of a sample's lead.
    home: Home,
    /// The language in which members are numbered where no names are shown.
    lang: Lang,
    /// The passphrase of a file that is only read: whoever joins it then need not give it once more.
    given: Option<(PathBuf, String)>,
    session: Option<Session>,
    /// The last recording that was handled.
    ticket: u64,
    answer: A,
}

impl<A: Fn(Msg) + Clone + Send + 'static> Worker<A> {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::ListVisits => (self.answer)(Msg::Visits(overview::list_visits(&self.laptop))),
            Effect::ListProfiles => self.list_profiles(),
            Effect::ReadDraw(path) => {
                let record = draw::read_record(&path).map(Box::new);
                (self.answer)(Msg::Draw(path, record));
            }
            Effect::OpenSample => self.open_sample(),
            Effect::Open(file) => {
                let home = self.laptop.clone();
                let opened = Session::read(&home, &file, None, self.lang);
                self.opened_or_locked(home, file, opened);
            }
            Effect::OpenLocked(file, passphrase) => {
                let home = self.laptop.clone();
                let opened = Session::read(&home, &file, Some(&passphrase), self.lang);
                self.given = opened.is_ok().then_some((file, passphrase));
                self.opened(home, opened);
            }
            Effect::Join(file, request) => {
                let home = self.home.clone();
                let given = self.given.take().filter(|(of, _)| *of == file).map(|(_, given)| given);
                let request = JoinRequest { passphrase: request.passphrase.or(given), ..request };
                let joined = joining::join(&home, &file, &request);
                self.opened_or_locked(home, file, joined);
            }
            Effect::Found(request, passphrase) => {
                let home = self.laptop.clone();
                let founded = founding::found(&home, *request, passphrase.as_deref());
                self.opened(home, founded);
            }
            Effect::Leave => self.session = None,
            Effect::Reload => self.reload(),
            Effect::Speak(lang) => {
                self.lang = lang;
                let spoken = self.with_session(|session| session.speak(lang));
                if spoken.is_ok() {
                    self.reload();
                }
            }
            Effect::Record(ticket, edits) => self.record(ticket, edits),
            Effect::Do(deed) => self.do_deed(deed),
            Effect::Undo(in_sight) => self.undo(&in_sight),
            Effect::ReadChanges(n) => {
                let read = self.with_session(|session| session.changes(n));
                (self.answer)(Msg::Changes(Looking::Reads, read));
            }
            Effect::WriteLedger(path, lang) => {
                let told = self.with_session(|session| session.export_ledger(&path, lang));
                (self.answer)(Msg::Told(told.map(|n| ledger::words::written(n, &path))));
            }
            Effect::ShowCodes(occasion) => self.show_codes(occasion),
            Effect::SaveSheet(path, lang) => {
                let result = self.with_session(|session| session.save_recovery_sheet(&path, lang));
                (self.answer)(Msg::SheetSaved(result));
            }
            Effect::Sync => self.apart(|mut session| session.sync(), synced),
            // The watcher does.
            Effect::ShowClock(_) => {}
            Effect::KeepBookmark(at) => self.keep_bookmark(&at),
            Effect::Keep(setting) => (self.answer)(Msg::Kept(settings::keep(&self.laptop, setting))),
            Effect::Export(formats, folder, options) => self.export(formats, folder, options),
            Effect::WriteForm(request, folder) => self.apart(
                move |session| session.write_form(request, &folder),
                |_, result| Msg::FormWritten(result),
            ),
            Effect::LookAtTemplate => (self.answer)(Msg::Template(template::installed(&self.home))),
            Effect::ListFolder(folder) => self.list_folder(folder),
            Effect::Complete(typed) => self.complete(typed),
            Effect::ReadPhrases => (self.answer)(Msg::Phrases(phrases::read(&self.laptop))),
            Effect::ReadLog(about) => {
                let read = self.with_session(|session| session.log(about.as_deref()));
                (self.answer)(Msg::Log(read.map(Box::new)));
            }
        }
    }

    /// Whoever leaves need not hear that it was not kept.
    fn keep_bookmark(&self, at: &Bookmark) {
        let visit = self.session.as_ref().map(|session| &session.visit().id);
        let _kept = visit.map(|visit| bookmark::keep(&self.home, visit, at));
    }

    fn export(&self, formats: Vec<Format>, folder: PathBuf, options: ExportOptions) {
        let answer = self.answer.clone();
        self.apart(
            move |session| {
                session.export(&formats, &folder, options, &mut |step| answer(Msg::Exporting(step)))
            },
            |_, result| Msg::Exported(result),
        );
    }

    fn record(&mut self, ticket: u64, edits: Vec<Edit>) {
        self.ticket = ticket;
        let result = self.with_session(|session| session.perform(Deed::Record(edits)));
        let result = result.and_then(|_| self.with_session(|session| session.sync_state()));
        (self.answer)(Msg::Recorded(ticket, result));
    }

    /// Does a deed. After most of them the visit is sent anew; for some somebody waits, and some take so long that they are
    /// done apart.
    fn do_deed(&mut self, deed: Deed) {
        match deed {
            Deed::Undo | Deed::UndoBack(_) => self.step(Step::Undo, deed),
            Deed::Redo => self.step(Step::Redo, Deed::Redo),
            Deed::Attach(request) => self.attach(request),
            Deed::Admit(_) => {
                let result = self.with_session(|session| match session.perform(deed)? {
                    Done::Admitted(admission) => Ok(admission),
                    _ => Err(Done::mistaken()),
                });
                (self.answer)(Msg::Admitted(result));
            }
            // Locking and unlocking a key take a second.
            Deed::Unlock(_) | Deed::SetPassphrase(_) => {
                self.apart(move |mut session| session.perform(deed).map(drop), Msg::Keyed);
            }
            // A seal that lies in the file and is not taken in would be left out, and could only come late.
            Deed::Close => self.apart(
                |mut session| {
                    // Without it scoring stays open: this is no sync that can wait for the stick.
                    let before = session.sync();
                    before.map_err(|failure| Failure { trouble: Trouble::NeedsPerson, ..failure })?;
                    session.perform(deed)?;
                    session.sync()
                },
                synced,
            ),
            Deed::Ledger(ledger_deed) => self.work_on_ledger(*ledger_deed),
            // Its number would be missing, by which the desk hears that it is on the disk: `Effect::Record` has it.
            Deed::Record(_) => (self.answer)(Msg::Told(Err(Failure::bug("an edit without its number")))),
            Deed::Score(_)
            | Deed::ImportVotes(_)
            | Deed::Detach(..)
            | Deed::Submit
            | Deed::Decide(..)
            | Deed::DecideGate(..)
            | Deed::Dissent(..)
            | Deed::Object(..)
            | Deed::Declare(_)
            | Deed::Recuse(..)
            | Deed::RecordAbsence(..)
            | Deed::Plan(_)
            | Deed::FillIn(_)
            | Deed::ImportFacility(_)
            | Deed::Deputy(_)
            | Deed::Office(_)
            | Deed::Retire(..)
            | Deed::Unseal
            | Deed::ClearVote(..)
            | Deed::Sign(_)
            | Deed::KeepWaiver(..)
            | Deed::Finalize(_)
            | Deed::ForgetLock => self.change(deed),
        }
    }

    /// Looked at and taken back in one go: nothing can be recorded in between.
    fn undo(&mut self, in_sight: &[String]) {
        let last = match self.with_session(|session| session.changes(1)) {
            Ok(last) => last,
            Err(failure) => return (self.answer)(Msg::Stepped(Step::Undo, Err(failure))),
        };
        let is_seen = |edit: &Edit| edit.subject().is_some_and(|it| in_sight.iter().any(|seen| seen == it));
        match last.first() {
            Some(change) if !change.here || !change.edits.iter().all(is_seen) => {
                (self.answer)(Msg::Changes(Looking::Asks, Ok(last)));
            }
            Some(_) | None => self.step(Step::Undo, Deed::Undo),
        }
    }

    fn step(&mut self, step: Step, deed: Deed) {
        let result = self.with_session(|session| match session.perform(deed)? {
            Done::Stepped(edit) => Ok((edit, session.sync_state()?)),
            _ => Err(Done::mistaken()),
        });
        (self.answer)(Msg::Stepped(step, result));
    }

    /// What was unmet is mended, step by step. What a file brought is told.
    fn work_on_ledger(&mut self, deed: LedgerDeed) {
        let takes_in = matches!(deed, LedgerDeed::TakeIn(..));
        let deed = Deed::Ledger(Box::new(deed));
        if !takes_in {
            return self.change(deed);
        }
        let told = self.with_session(|session| match session.perform(deed)? {
            Done::TakenIn(done) => Ok(ledger::words::taken_in(&done)),
            _ => Err(Done::mistaken()),
        });
        self.reload();
        (self.answer)(Msg::Told(told));
    }

    /// Reading and sealing photos takes a while, so it is done apart. A single path that is a folder is shown instead.
    fn attach(&self, request: AttachRequest) {
        if let [folder] = request.paths.as_slice()
            && files::is_folder(folder)
        {
            return self.list_folder(Some(folder.clone()));
        }
        let attach = move |mut session: Session| match session.perform(Deed::Attach(request))? {
            Done::Attached(attached) => Ok(attached),
            _ => Err(Done::mistaken()),
        };
        self.apart(attach, |_, result| Msg::Attached(result));
    }

    fn list_profiles(&self) {
        let found = sources::profiles(&self.laptop);
        (self.answer)(Msg::Profiles(found.map(|all| all.into_iter().map(|it| (it.id, it.title)).collect())));
    }

    fn list_folder(&self, folder: Option<PathBuf>) {
        // On its own thread: the folder may be on a share that does not answer.
        let answer = self.answer.clone();
        thread::spawn(move || answer(Msg::Folder(files::list_folder(folder.as_deref()))));
    }

    fn complete(&self, typed: String) {
        // On its own thread: the folder may be on a share that does not answer.
        let answer = self.answer.clone();
        thread::spawn(move || answer(Msg::Completions(typed.clone(), completions(&typed))));
    }

    fn open_sample(&mut self) {
        let folder = self.laptop.root().join("sample");
        let made = demo::demo(&folder).and_then(|made| {
            let home = Home::choose(made.homes.into_iter().next())?;
            Ok((made.file, home))
        });
        match made {
            Ok((file, home)) => {
                let opened = Session::read(&home, &file, None, self.lang);
                self.opened(home, opened);
            }
            Err(failure) => (self.answer)(Msg::Opened(Err(failure))),
        }
    }

    fn opened(&mut self, home: Home, result: Result<Session, Failure>) {
        let result = result.and_then(|session| {
            let mut snapshot = snapshot(&session, self.ticket)?;
            snapshot.bookmark = bookmark::of(&home, &session.visit().id);
            self.home = home;
            self.session = Some(session);
            Ok(snapshot)
        });
        (self.answer)(Msg::Opened(result));
    }

    /// As [`Self::opened`]; a file that wants its passphrase is no failure yet.
    fn opened_or_locked(&mut self, home: Home, file: PathBuf, result: Result<Session, Failure>) {
        match result {
            Err(failure) if failure.trouble == Trouble::Locked => (self.answer)(Msg::Locked(file)),
            result => self.opened(home, result),
        }
    }

    /// Says nothing while this laptop has not joined: joining or founding failed then, and that was told.
    fn show_codes(&self, occasion: Occasion) {
        if let Some(codes) = self.session.as_ref().and_then(|session| session.own_codes().transpose()) {
            (self.answer)(Msg::Codes(codes, occasion));
        }
    }

    /// Changes the visit and sends it anew.
    fn change(&mut self, deed: Deed) {
        match self.with_session(|session| session.perform(deed)) {
            Ok(_) => self.reload(),
            Err(failure) => (self.answer)(Msg::Reloaded(Err(failure))),
        }
    }

    fn reload(&mut self) {
        let ticket = self.ticket;
        let result = self.with_session(|session| {
            session.read_again()?;
            snapshot(session, ticket)
        });
        (self.answer)(Msg::Reloaded(result));
    }

    /// Does something slow in a session of its own, so that recording never waits for it.
    fn apart<T: Send + 'static>(
        &self,
        task: impl FnOnce(Session) -> Result<T, Failure> + Send + 'static,
        wrap: fn(PathBuf, Result<T, Failure>) -> Msg,
    ) {
        let Some(session) = self.session.as_ref() else { return };
        let (again, file) = (session.again(), session.file().to_path_buf());
        let answer = self.answer.clone();
        thread::spawn(move || {
            let _guard = Guard(answer.clone());
            // Papers are about the record in force, also while the screens show what is to replace it.
            let opened =
                again.open().and_then(|mut session| session.look_at(UpTo::InForce).map(|()| session));
            let result = opened.and_then(task);
            answer(wrap(file, result));
        });
    }

    fn with_session<T>(
        &mut self,
        task: impl FnOnce(&mut Session) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        match self.session.as_mut() {
            Some(session) => task(session),
            None => Err(Failure::bug("no visit is open")),
        }
    }
}
