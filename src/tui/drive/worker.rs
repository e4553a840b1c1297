//! The threads behind the screens: one owns the session that records, syncs and exports have their own.

use std::{
    convert::Infallible,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender},
    thread,
};

use crate::{
    app::{
        checklist::sources,
        demo,
        evidence::AttachRequest,
        failure::{Failure, Trouble},
        files::{self, completions::completions},
        home::Home,
        laptop::{overview, settings},
        pool::draw,
        report::template,
        session::Session,
        system,
        visit::{founding, joining},
    },
    domain::edit::Edit,
    tui::{
        desk::effect::{Effect, LedgerWork, Msg, Snapshot, Step, Synced},
        ledger,
    },
};

/// Performs effects one after the other until the sender is gone.
pub(crate) fn work(home: Home, effects: &Receiver<Effect>, answer: &(impl Fn(Msg) + Clone + Send + 'static)) {
    let mut worker = Worker { laptop: home.clone(), home, session: None, ticket: 0, answer: answer.clone() };
    while let Ok(effect) = effects.recv() {
        worker.perform(effect);
    }
}

/// Starts the recording thread; gives the sender of effects, and what is cut off once all of them are done and the sender
/// is gone.
pub(crate) fn start(
    home: Home,
    answer: impl Fn(Msg) + Clone + Send + 'static,
) -> (Sender<Effect>, Receiver<Infallible>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let (working, ended) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let _guard = Guard(answer.clone());
        work(home, &receiver, &answer);
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

struct Worker<A> {
    /// The data folder of this laptop.
    laptop: Home,
    /// The data folder of the open visit: the laptop's, or the one of a sample's lead.
    home: Home,
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
                let opened = open(&home, &file);
                self.opened_or_locked(home, file, opened);
            }
            Effect::OpenLocked(file, passphrase) => {
                let home = self.laptop.clone();
                let opened = joining::look(&home, &file, Some(&passphrase));
                self.opened(home, opened);
            }
            Effect::Join(file, request) => {
                let home = self.home.clone();
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
            Effect::Record(ticket, edits) => self.record(ticket, edits),
            Effect::Step(step) => {
                let result = self.with_session(|session| {
                    let edit = match step {
                        Step::Undo => session.undo()?,
                        Step::Redo => session.redo()?,
                    };
                    Ok((edit, session.sync_state()?))
                });
                (self.answer)(Msg::Stepped(step, result));
            }
            Effect::Submit | Effect::Close | Effect::Decide(..) | Effect::DecideGate(..) => {
                self.judge(effect)
            }
            Effect::Recuse(..)
            | Effect::Assign(_)
            | Effect::Declare(_)
            | Effect::Object(..)
            | Effect::Sign
            | Effect::Finalize(_)
            | Effect::Ledger(_) => self.conclude(effect),
            Effect::Admit(_)
            | Effect::Deputy(_)
            | Effect::Retire(..)
            | Effect::Reopen(..)
            | Effect::ShowCodes(_)
            | Effect::SaveSheet(..) => self.decide_membership(effect),
            Effect::Sync => self.apart(
                |mut session| session.sync(),
                |file, result| Msg::Synced(Synced { file, at: system::now_text(), result }),
            ),
            Effect::Unlock(_) | Effect::SetPassphrase(_) => self.change_key(effect),
            Effect::Keep(setting) => (self.answer)(Msg::Kept(settings::keep(&self.laptop, setting))),
            Effect::Export(..) | Effect::WriteForm(..) => self.write_out(effect),
            Effect::LookAtTemplate => (self.answer)(Msg::Template(template::installed(&self.home))),
            Effect::Attach(request) => self.attach(request),
            Effect::ListFolder(folder) => self.list_folder(folder),
            Effect::Complete(typed) => self.complete(typed),
        }
    }

    /// Papers of the visit, written while recording goes on.
    fn write_out(&self, effect: Effect) {
        match effect {
            Effect::Export(formats, folder, options) => {
                let answer = self.answer.clone();
                self.apart(
                    move |session| {
                        session.export(&formats, &folder, options, &mut |step| answer(Msg::Exporting(step)))
                    },
                    |_, result| Msg::Exported(result),
                );
            }
            Effect::WriteForm(request, folder) => self.apart(
                move |session| session.write_form(request, &folder),
                |_, result| Msg::FormWritten(result),
            ),
            _ => {}
        }
    }

    fn record(&mut self, ticket: u64, edits: Vec<Edit>) {
        self.ticket = ticket;
        let result = self.with_session(|session| session.record(edits));
        let result = result.and_then(|()| self.with_session(|session| session.sync_state()));
        (self.answer)(Msg::Recorded(ticket, result));
    }

    /// Who may speak in the visit.
    fn decide_membership(&mut self, effect: Effect) {
        match effect {
            Effect::Admit(typed) => {
                let result = self.with_session(|session| session.admit(&typed));
                (self.answer)(Msg::Admitted(result));
            }
            Effect::Deputy(name) => self.change(|session| session.name_deputy(name.as_str())),
            Effect::Retire(feed, from_the_start) => {
                self.change(|session| session.retire(feed.as_str(), from_the_start).map(|_| ()));
            }
            Effect::Reopen(name, reason) => self.change(|session| session.reopen(name.as_str(), &reason)),
            Effect::ShowCodes(new) => self.show_codes(new),
            Effect::SaveSheet(path, lang) => {
                let result = self.with_session(|session| session.save_recovery_sheet(&path, lang));
                (self.answer)(Msg::SheetSaved(result));
            }
            _ => {}
        }
    }

    /// The end of scoring, and what the votes amount to.
    fn judge(&mut self, effect: Effect) {
        match effect {
            Effect::Submit => self.change(|session| session.submit().map(|_| ())),
            Effect::Close => self.change(Session::close),
            Effect::Decide(clause, decision, reason) => {
                self.change(|session| session.decide(&clause, decision, &reason));
            }
            Effect::DecideGate(gate, state, reason) => {
                self.change(|session| session.decide_gate(&gate, state, &reason));
            }
            _ => {}
        }
    }

    /// Who votes on what, and how the visit ends.
    fn conclude(&mut self, effect: Effect) {
        match effect {
            Effect::Recuse(name, clause, reason) => {
                self.change(|session| session.recuse(name.as_str(), clause, reason.as_deref()));
            }
            Effect::Assign(assignment) => self.change(|session| session.assign(assignment)),
            Effect::Declare(it) => self.change(|session| session.declare_recused(&it.text, it.recusals)),
            Effect::Object(clause, value) => self.change(|session| session.object(clause, value)),
            Effect::Sign => self.change(|session| session.sign().map(|_| ())),
            Effect::Finalize(reasons) => self.change(|session| session.finalize(&reasons)),
            Effect::Ledger(work) => self.rectify(*work),
            _ => {}
        }
    }

    /// What was unmet is mended, step by step.
    fn rectify(&mut self, work: LedgerWork) {
        match work {
            LedgerWork::HandIn(id, handover) => self.change(|session| session.hand_in(&id, handover)),
            LedgerWork::Close(id, finding, remark) => {
                let finding = Some(finding.as_str()).filter(|finding| !finding.is_empty());
                self.change(|session| session.close_item(&id, finding, &remark));
            }
            LedgerWork::Reopen(id, reason) => self.change(|session| session.reopen_item(&id, &reason)),
            LedgerWork::Strike(id, reason) => self.change(|session| session.strike_item(&id, &reason)),
            LedgerWork::Plan(id, change) => self.change(|session| session.plan(&[id], &change)),
            LedgerWork::Add(problem) => self.change(|session| session.add_to_ledger(problem).map(|_| ())),
            LedgerWork::Write(path, lang) => {
                let told = self.with_session(|session| session.export_ledger(&path, lang));
                (self.answer)(Msg::Told(told.map(|n| ledger::words::written(n, &path))));
            }
            LedgerWork::Read(path) => {
                let told = self.with_session(|session| session.import_ledger(&path, false));
                self.reload();
                (self.answer)(Msg::Told(told.map(|done| ledger::words::taken_in(&done))));
            }
        }
    }

    /// The passphrase of the open visit. Locking and unlocking a key take a second, so it is done apart.
    fn change_key(&self, effect: Effect) {
        match effect {
            Effect::Unlock(passphrase) => {
                self.apart(move |mut session| session.unlock(&passphrase).map(|_| ()), Msg::Keyed);
            }
            Effect::SetPassphrase(passphrase) => {
                self.apart(move |mut session| session.set_passphrase(&passphrase), Msg::Keyed);
            }
            _ => {}
        }
    }

    /// Reading and sealing photos takes a while, so it is done apart. A single path that is a folder is shown instead.
    fn attach(&self, request: AttachRequest) {
        match request.paths.as_slice() {
            [folder] if files::is_folder(folder) => self.list_folder(Some(folder.clone())),
            _ => self.apart(move |mut session| session.attach(request), |_, result| Msg::Attached(result)),
        }
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
                let opened = open(&home, &file);
                self.opened(home, opened);
            }
            Err(failure) => (self.answer)(Msg::Opened(Err(failure))),
        }
    }

    fn opened(&mut self, home: Home, result: Result<Session, Failure>) {
        let result = result.and_then(|session| {
            let snapshot = snapshot(&session, self.ticket)?;
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
    fn show_codes(&self, new: bool) {
        if let Some(codes) = self.session.as_ref().and_then(|session| session.own_codes().transpose()) {
            (self.answer)(Msg::Codes(codes, new));
        }
    }

    /// Changes the visit and sends it anew.
    fn change(&mut self, change: impl FnOnce(&mut Session) -> Result<(), Failure>) {
        let changed = self.with_session(change);
        match changed {
            Ok(()) => self.reload(),
            Err(failure) => (self.answer)(Msg::Reloaded(Err(failure))),
        }
    }

    fn reload(&mut self) {
        let ticket = self.ticket;
        let result = self.with_session(|session| {
            session.reload()?;
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
        let Some(file) = self.session.as_ref().map(|session| session.file().to_path_buf()) else { return };
        let (home, answer) = (self.home.clone(), self.answer.clone());
        thread::spawn(move || {
            let _guard = Guard(answer.clone());
            let result = Session::open(&home, &file).and_then(task);
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

/// Opens a visit; one that this laptop does not know yet is looked at, so that a name can be chosen.
fn open(home: &Home, file: &Path) -> Result<Session, Failure> {
    Session::open(home, file).or_else(|failure| joining::look(home, file, None).map_err(|_| failure))
}

fn snapshot(session: &Session, ticket: u64) -> Result<Box<Snapshot>, Failure> {
    Ok(Box::new(Snapshot {
        visit: session.visit().clone(),
        me: session.me().cloned(),
        lead: session.is_lead(),
        chair: session.leads(),
        feed: session.feed(),
        file: PathBuf::from(session.file()),
        sync: session.sync_state()?,
        lock: session.lock(),
        ticket,
        record: session.record_digest(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    use crate::{
        app::{
            files::FolderListing,
            report::{
                export::{ExportOptions, ExportStep, Format, Written},
                template::TemplateChoice,
            },
        },
        domain::{
            edit::{Choice, Edit, Stand},
            terms::{grade::Grade, lang::Lang},
        },
        tui::fixture::founding_request,
    };

    #[test]
    fn a_visit_is_founded_scored_undone_synced_and_reported_through_the_worker() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("青禾.hecha");
        let home = Home::choose(Some(dir.path().join("home"))).unwrap();
        let (sender, answers) = mpsc::channel();
        let (effects, _) = start(home.clone(), move |msg| {
            let _ended = sender.send(msg);
        });
        let ask = |effect: Effect| {
            effects.send(effect).unwrap();
            answers.recv().unwrap()
        };
        let Msg::Opened(Ok(opened)) = ask(Effect::Found(Box::new(founding_request(file.clone())), None))
        else {
            panic!()
        };
        assert!(opened.lead && opened.me.is_some());
        let clause = opened.visit.clauses().next().unwrap().id.clone();
        let attached_to = clause.clone();
        let stand = Stand { choice: Choice::Grade(Grade::B), reason: String::new() };
        let vote = Edit::Vote { clause, value: Some(stand) };
        let answer = ask(Effect::Record(7, vec![vote]));
        assert!(matches!(answer, Msg::Recorded(7, Ok(state)) if state.pending > 0), "{answer:?}");
        let answer = ask(Effect::Step(Step::Undo));
        assert!(matches!(answer, Msg::Stepped(Step::Undo, Ok((Some(_), _)))), "{answer:?}");
        let answer = ask(Effect::Sync);
        assert!(
            matches!(&answer, Msg::Synced(Synced { result: Ok(report), .. }) if report.written),
            "{answer:?}"
        );
        let answer = ask(Effect::Reload);
        assert!(
            matches!(&answer, Msg::Reloaded(Ok(now)) if now.ticket == 7 && now.sync.pending == 0),
            "{answer:?}"
        );
        let photo = dir.path().join("notes.txt");
        std::fs::write(&photo, "seen").unwrap();
        let attach = |path: PathBuf| {
            Effect::Attach(AttachRequest {
                clause: attached_to.clone(),
                point: None,
                paths: vec![path],
                caption: String::new(),
                keep_metadata: false,
            })
        };
        let answer = ask(attach(photo));
        assert!(matches!(&answer, Msg::Attached(Ok(done)) if done.names == ["notes.txt"]), "{answer:?}");
        let answer = ask(attach(dir.path().into()));
        let has_it = |listing: &FolderListing| listing.files.iter().any(|file| file.name == "notes.txt");
        assert!(matches!(&answer, Msg::Folder(Ok(listing)) if has_it(listing)), "{answer:?}");
        let options =
            ExportOptions { lang: Lang::Zh, names: false, bom: true, template: TemplateChoice::BuiltIn };
        let mut answer = ask(Effect::Export(Format::ALL.to_vec(), dir.path().into(), options));
        let mut written = Vec::new();
        while let Msg::Exporting(step) = answer {
            if let ExportStep::Ended(Written { format, outcome: Ok(_) }) = step {
                written.push(format);
            }
            answer = answers.recv().unwrap();
        }
        assert!(matches!(answer, Msg::Exported(Ok(()))), "{answer:?}");
        assert_eq!(written, Format::ALL);
        let other = Home::choose(Some(dir.path().join("other"))).unwrap();
        assert!(open(&other, &file).unwrap().me().is_none());
    }
}
