//! When to look at the shared file and when to sync without being asked. Pure: fed with what happened and when, it says what to do next.
//!
//! A look at the file counts as settled only when a sync that began after it wrote nothing. So nobody has to know who changed
//! the file: after an own write the file looks different, one more sync finds nothing to do, and there is peace. A lead's
//! receipt makes the members' laptops sync once each, and those syncs write nothing.

use std::time::Duration;

use crate::{app::sync::watch::Glance, tui::desk::share::Share};

/// Between two looks at a file that is at rest.
const LOOK: Duration = Duration::from_secs(2);
/// Before the next look at a file that has just changed: a file that is still being copied is left alone.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// A share that has not answered for so long is not used for automatic syncs.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long own edits wait for company.
const GATHER: Duration = Duration::from_secs(20);
/// How long the keys must have been quiet before own edits are sent.
const QUIET: Duration = Duration::from_secs(3);
/// After a sync that wrote, how long changes by others gather: a lead answers several members with one receipt.
const SPACING: Duration = Duration::from_secs(10);
/// The longest time without a sync while the file is there.
const REGULAR: Duration = Duration::from_secs(300);
/// After a sync that left attached files waiting: it goes on, and the share has a moment for others.
const GO_ON: Duration = Duration::from_secs(1);
/// First and longest pause after a sync that failed.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// Syncs in a row that may write although nothing was recorded here; after that somebody is undoing what we write.
const WRITES: u32 = 4;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// A visit was opened; whether own edits are not in the file yet.
    Opened { pending: bool },
    /// The visit was left.
    Left,
    /// Automatic syncs were switched on or off.
    Switched(bool),
    /// A key was pressed.
    Pressed,
    /// Whether own edits are not in the file yet.
    Pending(bool),
    /// A sync began, whoever asked for it.
    Began,
    /// A sync ended.
    Ended(Ended),
    /// The share answered.
    Glanced(Glance),
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Well.
    Well {
        /// Whether the file was written.
        wrote: bool,
        /// Whether own edits are still not in it.
        pending: bool,
        /// Whether attached files wait for another one.
        waits: bool,
    },
    /// Not at all.
    Failed,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Look at the file.
    Look,
    /// Sync.
    Sync,
    /// Nothing before that time, or before something happens.
    Wait(Option<Duration>),
}

/// The policy. Times are measured from the start of the program.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    on: bool,
    open: Option<Visit>,
}

/// What is known of the open visit.
#[derive(Debug, Default)]
struct Visit {
    /// The last glance, and whether the one before was equal.
    seen: Option<Glance>,
    steady: bool,
    /// When the next look is due, and when the one on its way was asked for.
    look_at: Duration,
    asked: Option<Duration>,
    /// How the file looked when a sync found nothing to write.
    settled: Option<Glance>,
    /// The last glance before the sync that is running.
    running: Option<Option<Glance>>,
    /// When own edits that wait are due.
    pending: Option<Duration>,
    pressed: Option<Duration>,
    /// When the last sync ended, or the visit was opened.
    ended: Duration,
    /// When the last sync ended well.
    synced: Option<Duration>,
    failures: u32,
    /// Whether attached files wait for the next sync.
    waits: bool,
    /// Syncs in a row that wrote although nothing was recorded here.
    writes: u32,
    /// No automatic sync before.
    rest_until: Duration,
}

impl Watch {
    /// A policy that is on or off from the start.
    pub(crate) fn new(on: bool) -> Self {
        Self { on, open: None }
    }

    /// Takes in what happened.
    pub(crate) fn take(&mut self, now: Duration, event: Event) {
        match event {
            Event::Opened { pending } => {
                // They have waited since the visit was left.
                let pending = pending.then_some(now);
                self.open =
                    Some(Visit { look_at: now + LOOK_AGAIN, ended: now, pending, ..Visit::default() });
            }
            Event::Left => self.open = None,
            Event::Switched(on) => {
                self.on = on;
                if let Some(visit) = self.open.as_mut() {
                    // An order that crossed with the switch was not followed.
                    (visit.running, visit.steady, visit.look_at) = (None, false, now);
                    (visit.failures, visit.rest_until) = (0, now);
                }
            }
            other => {
                if let Some(visit) = self.open.as_mut() {
                    visit.take(now, other);
                }
            }
        }
    }

    /// What to do now. An order to look or to sync is given once.
    pub(crate) fn next(&mut self, now: Duration) -> Order {
        let on = self.on;
        let Some(visit) = self.open.as_mut() else { return Order::Wait(None) };
        if on && visit.asked.is_none() && now >= visit.look_at {
            visit.asked = Some(now);
            return Order::Look;
        }
        let due = if on { visit.sync_due(now) } else { None };
        if due.is_some_and(|due| now >= due) {
            visit.running = Some(visit.seen.clone());
            return Order::Sync;
        }
        let answer_missing = visit.asked.map(|asked| asked + PATIENCE).filter(|at| *at > now);
        let look = visit.asked.is_none().then_some(visit.look_at);
        let looking = look.into_iter().chain(answer_missing).filter(|_| on);
        Order::Wait(looking.chain(due).chain(visit.next_minute(now)).min())
    }

    /// What to say of the share.
    pub(crate) fn share(&self, now: Duration) -> Share {
        match self.open.as_ref().filter(|_| self.on) {
            None => Share::Unknown,
            Some(visit) if visit.is_silent(now) => Share::Silent,
            Some(visit) => match &visit.seen {
                None => Share::Unknown,
                Some(glance) if glance.is_there() => Share::There,
                Some(_) => Share::Away,
            },
        }
    }

    /// Whole minutes since the last sync that ended well.
    pub(crate) fn minutes(&self, now: Duration) -> Option<u64> {
        Some(minutes_between(self.open.as_ref()?.synced?, now))
    }
}

impl Visit {
    fn take(&mut self, now: Duration, event: Event) {
        match event {
            Event::Glanced(glance) => self.glanced(now, glance),
            Event::Pressed => self.pressed = Some(now),
            Event::Pending(true) => {
                self.pending.get_or_insert(now + GATHER);
            }
            Event::Pending(false) => self.pending = None,
            // An order of ours is already noted, with the glance it was given on.
            Event::Began => {
                self.running.get_or_insert_with(|| self.seen.clone());
            }
            Event::Ended(Ended::Well { wrote, pending, waits }) => {
                let before = self.running.take().flatten();
                (self.ended, self.synced, self.waits) = (now, Some(now), waits);
                let recorded = self.pending.is_some();
                self.pending = pending.then_some(now + GATHER);
                (self.failures, self.rest_until) = (0, now);
                if wrote {
                    (self.settled, self.steady, self.look_at) = (None, false, now + LOOK_AGAIN);
                    self.writes = if recorded { 1 } else { self.writes + 1 };
                    if self.writes > WRITES {
                        self.rest_until = now + pause(self.writes - WRITES);
                    }
                } else {
                    self.settled = before.or(self.settled.take());
                    self.writes = 0;
                }
            }
            Event::Ended(Ended::Failed) => {
                self.running = None;
                (self.ended, self.waits) = (now, false);
                self.failures += 1;
                self.rest_until = now + pause(self.failures);
            }
            Event::Opened { .. } | Event::Left | Event::Switched(_) => {}
        }
    }

    fn glanced(&mut self, now: Duration, glance: Glance) {
        self.asked = None;
        self.steady = self.seen.as_ref() == Some(&glance);
        self.look_at = now + if self.steady { LOOK } else { LOOK_AGAIN };
        let was_away = self.seen.as_ref().is_some_and(|seen| !seen.is_there());
        if was_away && glance.is_there() {
            // The stick is back: whatever was wrong with it before may be mended, and own edits have waited long enough.
            (self.settled, self.failures, self.rest_until) = (None, 0, now);
            self.pending = self.pending.map(|at| at.min(now));
        }
        self.seen = Some(glance);
    }

    /// When the next sync is due; `None` while the file is away, in motion or silent, or a sync is running.
    fn sync_due(&self, now: Duration) -> Option<Duration> {
        let seen = self.seen.as_ref().filter(|seen| seen.is_there() && self.steady)?;
        if self.running.is_some() || self.is_silent(now) {
            return None;
        }
        let due = if let Some(gathered) = self.pending {
            // Also when others have written: a sync sends what there is, and every sync of a few edits is one more commit
            // in the file for ever.
            gathered.max(self.pressed.map_or(Duration::ZERO, |pressed| pressed + QUIET))
        } else if self.waits {
            self.ended + GO_ON
        } else if self.settled.as_ref() != Some(seen) {
            if self.writes > 0 { self.ended + SPACING } else { Duration::ZERO }
        } else {
            self.ended + REGULAR
        };
        Some(due.max(self.rest_until))
    }

    fn is_silent(&self, now: Duration) -> bool {
        self.asked.is_some_and(|asked| now >= asked + PATIENCE)
    }

    /// When the words for the time since the last sync change.
    fn next_minute(&self, now: Duration) -> Option<Duration> {
        let synced = self.synced?;
        Some(synced + Duration::from_secs(60 * (minutes_between(synced, now) + 1)))
    }
}

fn minutes_between(from: Duration, to: Duration) -> u64 {
    to.saturating_sub(from).as_secs() / 60
}

/// The pause after the n-th failure in a row: two seconds, doubling, at most five minutes.
fn pause(n: u32) -> Duration {
    let doublings = n.saturating_sub(1).min(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}
