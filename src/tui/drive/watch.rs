//! The thread that watches the shared file: it listens to what passes by on the screen's side, follows the policy and asks for syncs.
//!
//! Looks at the share are taken by a thread of their own, one for each opened file, because a share may hang. Nobody waits
//! for either thread; both end with the program.

use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use crate::{
    app::{
        deed::Deed,
        laptop::settings::Setting,
        sync::watch::{Glance, glance},
        system::{self, Stopwatch},
    },
    tui::{
        desk::{
            effect::{Effect, Msg},
            share::Share,
        },
        drive::worker::Guard,
        sync::autosync::{Ended, Event, Order, Watch},
    },
};

/// How long a minute on the screen may be late.
const TICK: Duration = Duration::from_secs(10);

/// What the watcher is told.
#[derive(Debug)]
pub(crate) enum Note {
    /// A visit was opened: its file, and whether own edits are not in it yet.
    Opened(PathBuf, bool),
    /// Something else happened.
    Happened(Event),
    /// The clock of the day is asked for, or no longer.
    Clock(bool),
    /// A sync of a file ended.
    Ended(PathBuf, Ended),
    /// The n-th opened file was looked at.
    Glanced(u64, Glance),
}

/// What a message means for the watcher.
pub(crate) fn overheard(msg: &Msg) -> Option<Note> {
    let pending = |n: usize| Some(Note::Happened(Event::Pending(n > 0)));
    match msg {
        Msg::Key(_) | Msg::Paste(_) => Some(Note::Happened(Event::Pressed)),
        Msg::Opened(Ok(visit)) => Some(Note::Opened(visit.file.clone(), visit.sync.pending > 0)),
        Msg::Recorded(_, Ok(state)) | Msg::Stepped(_, Ok((_, state))) => pending(state.pending),
        Msg::Reloaded(Ok(visit)) => pending(visit.sync.pending),
        // One that was taken is followed by a sync.
        Msg::Keyed(file, Err(_)) => Some(Note::Ended(file.clone(), Ended::Failed)),
        Msg::Synced(synced) => Some(Note::Ended(
            synced.file.clone(),
            match &synced.result {
                Ok(report) => Ended::Well {
                    wrote: report.written,
                    pending: report.state.pending > 0,
                    waits: report.n_files_waiting > 0,
                },
                Err(_) => Ended::Failed,
            },
        )),
        _ => None,
    }
}

/// What an effect means for the watcher, which has to hear of it before it is performed.
pub(crate) fn noticed(effect: &Effect) -> Option<Note> {
    match effect {
        // Nobody may sync while the key of the file comes or changes.
        Effect::Sync | Effect::Do(Deed::Close | Deed::Unlock(_) | Deed::SetPassphrase(_)) => {
            Some(Note::Happened(Event::Began))
        }
        Effect::Leave => Some(Note::Happened(Event::Left)),
        Effect::ShowClock(on) => Some(Note::Clock(*on)),
        Effect::Keep(Setting::AutoSync(on)) => Some(Note::Happened(Event::Switched(*on))),
        _ => None,
    }
}

/// Starts the watcher; gives the sender of notes.
pub(crate) fn start(on: bool, answer: impl Fn(Msg) + Clone + Send + 'static) -> Sender<Note> {
    let (sender, notes) = mpsc::channel();
    let looks = sender.clone();
    thread::spawn(move || {
        let _guard = Guard(answer.clone());
        Watcher {
            policy: Watch::new(on),
            looks,
            looker: None,
            n_opened: 0,
            file: None,
            said: Default::default(),
            clock: None,
        }
        .run(&notes, &answer);
    });
    sender
}

struct Watcher {
    policy: Watch,
    /// Where the answers of lookers go.
    looks: Sender<Note>,
    /// Asks the looker of the open file.
    looker: Option<Sender<()>>,
    n_opened: u64,
    file: Option<PathBuf>,
    /// What the screen was told last.
    said: (Share, Option<u64>),
    /// The minute of the day that the screen was told last, where it wants to know.
    clock: Option<Option<u16>>,
}

impl Watcher {
    fn run(mut self, notes: &Receiver<Note>, answer: &impl Fn(Msg)) {
        let watch = Stopwatch::start();
        loop {
            let until = loop {
                match self.policy.next(watch.elapsed()) {
                    Order::Look => self.look(),
                    Order::Sync => answer(Msg::SyncDue),
                    Order::Wait(until) => break until,
                }
            };
            let now = watch.elapsed();
            let known = (self.policy.share(now), self.policy.minutes(now));
            if known != self.said {
                self.said = known;
                answer(Msg::Watched(known.0, known.1));
            }
            let until = match self.clock {
                None => until,
                Some(said) => {
                    let minute = system::minute_of_day();
                    if minute != said {
                        self.clock = Some(minute);
                        minute.map(Msg::Clock).map(answer);
                    }
                    let again = now + TICK;
                    Some(until.map_or(again, |until| until.min(again)))
                }
            };
            let note = match until {
                None => notes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(until) => notes.recv_timeout(until.saturating_sub(watch.elapsed())),
            };
            match note {
                Ok(note) => {
                    self.take(watch, note);
                    while let Ok(note) = notes.try_recv() {
                        self.take(watch, note);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn take(&mut self, watch: Stopwatch, note: Note) {
        let event = match note {
            Note::Opened(file, pending) => {
                self.open(file);
                Event::Opened { pending }
            }
            Note::Happened(event) => event,
            Note::Clock(on) => {
                self.clock = on.then_some(None);
                return;
            }
            Note::Ended(file, ended) if self.file.as_ref() == Some(&file) => Event::Ended(ended),
            Note::Glanced(n, glance) if n == self.n_opened => Event::Glanced(glance),
            // Of a visit that was left meanwhile.
            Note::Ended(..) | Note::Glanced(..) => return,
        };
        self.policy.take(watch.elapsed(), event);
    }

    /// A looker of one's own for each file: the one of the last file may be hanging.
    fn open(&mut self, file: PathBuf) {
        let (asking, asked) = mpsc::channel();
        self.n_opened += 1;
        (self.file, self.looker, self.said) = (Some(file.clone()), Some(asking), Default::default());
        let (n, looks) = (self.n_opened, self.looks.clone());
        thread::spawn(move || {
            while asked.recv().is_ok() {
                if looks.send(Note::Glanced(n, glance(&file))).is_err() {
                    return;
                }
            }
        });
    }

    fn look(&self) {
        if let Some(looker) = &self.looker {
            // The looker ends only after its asker is dropped.
            let _ended = looker.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture::{fresh_visit, snapshot};

    #[test]
    fn the_watcher_asks_for_a_sync_of_the_opened_file_and_says_when_it_is_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut opened = snapshot(fresh_visit(), 1);
        opened.file = folder.path().join("a.hecha");
        std::fs::write(&opened.file, "a").unwrap();
        let (sender, answers) = mpsc::channel();
        let notes = start(true, move |msg| {
            let _ended = sender.send(msg);
        });
        let file = opened.file.clone();
        notes.send(overheard(&Msg::Opened(Ok(opened))).unwrap()).unwrap();
        let mut heard = answers.iter();
        assert!(heard.any(|msg| matches!(msg, Msg::SyncDue)));
        std::fs::remove_file(&file).unwrap();
        assert!(heard.any(|msg| matches!(msg, Msg::Watched(Share::Away, None))));
        notes.send(noticed(&Effect::Keep(Setting::AutoSync(false))).unwrap()).unwrap();
        assert!(heard.any(|msg| matches!(msg, Msg::Watched(Share::Unknown, None))));
    }
}
