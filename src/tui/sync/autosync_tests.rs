//! Each rule of the policy by itself, and several laptops on one file until all is quiet.

use std::{path::Path, time::Duration};

use crate::{
    app::{
        deed::Deed,
        home::Home,
        session::Session,
        sync::watch::{Glance, glance},
        visit::{founding, joining},
    },
    domain::{
        edit::{Choice, Edit, Stand, declaration::Declaration},
        terms::grade::Grade,
        visit::Identity,
    },
    tui::{
        desk::share::Share,
        fixture::founding_request,
        sync::autosync::{Ended, Event, Order, Watch},
    },
};

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const NONE: [u64; 0] = [];
const WELL: Ended = Ended::Well { wrote: false, pending: false, waits: false };
const WAITS: Ended = Ended::Well { wrote: false, pending: false, waits: true };
const WROTE: Ended = Ended::Well { wrote: true, pending: false, waits: false };

/// A policy with a file to look at, and the times at which it asked for a sync.
struct Desk {
    /// Length of the file, if it is there, and names of copies beside it.
    file: Option<u64>,
    copies: Vec<&'static str>,
    watch: Watch,
    now: Duration,
    /// Whether the share answers.
    answers: bool,
    syncs: Vec<u64>,
    looks: usize,
    /// How a sync ends; `None` = it never does.
    ends: Option<Ended>,
}

impl Desk {
    /// A visit opened at second 0 on a file that is there.
    fn new() -> Self {
        let mut watch = Watch::new(true);
        watch.take(s(0), Event::Opened { pending: false });
        Self {
            file: Some(1),
            copies: Vec::new(),
            watch,
            now: s(0),
            answers: true,
            syncs: Vec::new(),
            looks: 0,
            ends: Some(WELL),
        }
    }

    fn take(&mut self, event: Event) {
        self.watch.take(self.now, event);
    }

    /// Does what the policy says up to a second; sleeps as long as it says and no longer.
    fn until(&mut self, second: u64) -> &mut Self {
        loop {
            match self.watch.next(self.now) {
                Order::Look => {
                    self.looks += 1;
                    if self.answers {
                        self.take(Event::Glanced(self.glance()));
                    }
                }
                Order::Sync => {
                    self.syncs.push(self.now.as_secs());
                    if let Some(ends) = self.ends {
                        self.take(Event::Ended(ends));
                    }
                }
                Order::Wait(at) => {
                    let at = at.unwrap_or(Duration::MAX);
                    assert!(at > self.now, "a wait that is over would turn in circles");
                    self.now = at.min(s(second));
                    if at > s(second) {
                        return self;
                    }
                }
            }
        }
    }

    fn change(&mut self) {
        self.file = self.file.map(|bytes| bytes + 1);
    }

    fn glance(&self) -> Glance {
        Glance::made(self.file, &self.copies)
    }

    fn syncs_from(&mut self, from: u64, until: u64) -> Vec<u64> {
        self.until(until);
        self.syncs.iter().copied().filter(|at| *at >= from).collect()
    }
}

#[test]
fn opening_syncs_once_and_then_only_every_five_minutes() {
    let mut desk = Desk::new();
    assert_eq!(desk.until(700).syncs, [2, 302, 602]);
    assert!(desk.looks > 300, "the file is looked at every two seconds");
}

#[test]
fn files_that_wait_go_on_at_once_until_none_does_and_not_after_a_failure() {
    let mut desk = Desk::new();
    desk.until(100).change();
    desk.ends = Some(WAITS);
    let syncs = desk.syncs_from(100, 120);
    assert!(syncs.len() >= 8, "a portion every other second at least: {syncs:?}");
    desk.ends = Some(WELL);
    assert_eq!(desk.syncs_from(121, 400).len(), 1, "the last portion");
    desk.ends = Some(WAITS);
    desk.until(430);
    desk.ends = Some(Ended::Failed);
    assert!(desk.syncs_from(431, 500).len() < 8, "a stick that is full is not worn out");
}

#[test]
fn a_change_by_others_is_taken_in_when_the_file_has_come_to_rest() {
    let mut desk = Desk::new();
    desk.until(100).change();
    let syncs = desk.syncs_from(100, 110);
    assert_eq!(syncs.len(), 1);
    assert!(syncs[0] <= 104, "{syncs:?}");
    for second in 110..120 {
        desk.until(second).change();
    }
    assert_eq!(
        desk.syncs_from(110, 130).len(),
        1,
        "a file that is being copied is left alone until it rests"
    );
    assert!(desk.syncs.last() >= Some(&119));
}

#[test]
fn a_conflict_copy_beside_the_file_is_taken_in() {
    let mut desk = Desk::new();
    desk.until(100);
    desk.copies.push("a (conflicted copy).hecha");
    assert_eq!(desk.syncs_from(100, 110).len(), 1);
}

#[test]
fn own_edits_go_out_after_twenty_seconds_and_three_without_a_key() {
    let mut desk = Desk::new();
    desk.until(100).take(Event::Pending(true));
    for second in 101..140 {
        desk.until(second).take(Event::Pressed);
        desk.take(Event::Pending(true));
    }
    assert_eq!(desk.syncs_from(100, 139), NONE, "not while keys are pressed");
    assert_eq!(desk.syncs_from(100, 160), [142]);
    desk.take(Event::Pending(true));
    desk.until(170).take(Event::Pending(false));
    assert_eq!(desk.syncs_from(160, 300), NONE, "what was taken back needs no sync");
}

#[test]
fn changes_by_others_wait_for_own_edits_and_edits_left_over_do_not_wait() {
    let mut desk = Desk::new();
    desk.until(100).take(Event::Pending(true));
    desk.change();
    assert_eq!(desk.syncs_from(100, 200), [120], "one sync brings theirs and sends ours");
    desk.take(Event::Opened { pending: true });
    assert_eq!(desk.syncs_from(200, 300), [202]);
}

#[test]
fn what_an_own_write_looks_like_is_checked_once_and_then_left_alone() {
    let mut desk = Desk::new();
    desk.until(100).change();
    desk.ends = Some(WROTE);
    assert_eq!(desk.syncs_from(100, 103).len(), 1);
    desk.change();
    desk.ends = Some(WELL);
    assert_eq!(desk.syncs_from(104, 300).len(), 1);
}

#[test]
fn a_change_during_a_sync_is_not_missed() {
    let mut desk = Desk::new();
    desk.ends = None;
    desk.until(100).change();
    desk.take(Event::Ended(WELL));
    desk.ends = Some(WELL);
    assert_eq!(desk.syncs_from(100, 110).len(), 1);
}

#[test]
fn failures_are_retried_after_pauses_that_double_up_to_five_minutes() {
    let mut desk = Desk::new();
    desk.ends = Some(Ended::Failed);
    assert_eq!(desk.until(1_500).syncs, [2, 4, 8, 16, 32, 64, 128, 256, 512, 812, 1_112, 1_412]);
}

#[test]
fn a_file_that_is_away_is_not_synced_and_at_once_when_it_is_back() {
    let mut desk = Desk::new();
    desk.until(100).ends = Some(Ended::Failed);
    desk.change();
    desk.until(400);
    let away = desk.file.take();
    desk.take(Event::Pending(true));
    desk.until(410);
    assert_eq!(desk.watch.share(desk.now), Share::Away);
    assert_eq!(desk.syncs_from(402, 2_000), NONE, "an automatic sync never makes a new file");
    desk.until(2_000).take(Event::Pending(false));
    desk.take(Event::Pending(true));
    desk.file = away;
    desk.ends = Some(WELL);
    let back = desk.syncs_from(2_000, 2_010);
    assert!(matches!(back[..], [at] if at <= 2_004), "{back:?}");
    assert_eq!(desk.watch.share(desk.now), Share::There);
}

#[test]
fn a_share_that_hangs_is_not_asked_again_and_nothing_is_synced_until_it_answers() {
    let mut desk = Desk::new();
    desk.until(100).answers = false;
    desk.take(Event::Pending(true));
    let looks = desk.looks;
    assert_eq!(desk.syncs_from(100, 1_000), NONE);
    assert_eq!((desk.looks, desk.watch.share(desk.now)), (looks + 1, Share::Silent));
    desk.answers = true;
    desk.take(Event::Glanced(desk.glance()));
    assert_eq!(desk.syncs_from(1_000, 1_010).len(), 1);
}

#[test]
fn a_sync_that_hangs_is_not_started_twice() {
    let mut desk = Desk::new();
    desk.ends = None;
    desk.change();
    assert_eq!(desk.until(5_000).syncs, [2]);
}

#[test]
fn switched_off_it_neither_looks_nor_syncs() {
    let mut desk = Desk::new();
    desk.until(100).take(Event::Switched(false));
    desk.take(Event::Pending(true));
    let looks = desk.looks;
    assert_eq!((desk.syncs_from(100, 5_000), desk.looks), (Vec::new(), looks));
    assert_eq!(desk.watch.share(desk.now), Share::Unknown);
    desk.take(Event::Switched(true));
    assert_eq!(desk.syncs_from(5_000, 5_010).len(), 1);
}

#[test]
fn without_a_visit_nothing_is_waited_for() {
    let mut desk = Desk::new();
    desk.until(100).take(Event::Left);
    assert_eq!(desk.watch.next(s(100)), Order::Wait(None));
    desk.take(Event::Glanced(Glance::default()));
    desk.take(Event::Ended(WELL));
    assert_eq!(desk.watch.next(s(9_000)), Order::Wait(None));
}

#[test]
fn a_sync_by_hand_counts_like_any_other() {
    let mut desk = Desk::new();
    desk.until(100).take(Event::Pending(true));
    desk.take(Event::Began);
    desk.take(Event::Ended(WELL));
    assert_eq!(desk.syncs_from(100, 399), NONE);
    assert_eq!(desk.watch.minutes(s(219)), Some(1));
}

#[test]
fn two_programs_that_never_agree_on_the_file_calm_down() {
    let mut desk = Desk::new();
    desk.ends = Some(WROTE);
    let mut n = 0;
    for second in 0..3_600 {
        desk.until(second);
        if desk.syncs.len() > n {
            n = desk.syncs.len();
            desk.change();
        }
    }
    assert!(n < 30, "{n} syncs in an hour");
}

/// A laptop of the panel with its policy.
struct Laptop {
    session: Session,
    watch: Watch,
    n_syncs: usize,
    n_writes: usize,
}

impl Laptop {
    fn new(session: Session) -> Self {
        let mut watch = Watch::new(true);
        watch.take(s(0), Event::Opened { pending: session.sync_state().unwrap().pending > 0 });
        Self { session, watch, n_syncs: 0, n_writes: 0 }
    }

    fn score(&mut self, now: Duration, clause: usize, grade: Grade) {
        let clause = self.session.visit().clauses().nth(clause).unwrap().id.clone();
        let stand = Stand { choice: Choice::Grade(grade), reason: "现场查看".parse().unwrap() };
        let vote = Edit::Vote { clause, value: Some(stand) };
        self.session.perform(Deed::Record(vec![vote])).unwrap();
        self.watch.take(now, Event::Pressed);
        self.watch.take(now, Event::Pending(true));
    }

    /// All that is due at a moment.
    fn turn(&mut self, now: Duration, file: &Path) {
        loop {
            match self.watch.next(now) {
                Order::Look => self.watch.take(now, Event::Glanced(glance(file))),
                Order::Sync => {
                    self.n_syncs += 1;
                    let ended = match self.session.sync() {
                        Ok(report) => {
                            self.n_writes += usize::from(report.written);
                            Ended::Well {
                                wrote: report.written,
                                pending: report.state.pending > 0,
                                waits: report.n_files_waiting > 0,
                            }
                        }
                        Err(_) => Ended::Failed,
                    };
                    self.watch.take(now, Event::Ended(ended));
                }
                Order::Wait(_) => return,
            }
        }
    }
}

#[test]
fn laptops_on_one_file_reach_each_other_by_themselves_and_come_to_rest() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("青禾.hecha");
    let home = |name: &str| Home::choose(Some(folder.path().join(name))).unwrap();
    let lead = founding::found(&home("lead"), founding_request(file.clone()), None).unwrap();
    let names: Vec<String> = lead.visit().members.iter().map(|state| state.member.name.to_string()).collect();
    let mut laptops = vec![Laptop::new(lead)];
    for name in &names[1..] {
        laptops.push(Laptop::new(
            joining::join(&home(name), &file, &joining::JoinRequest::named(name)).unwrap(),
        ));
    }
    for laptop in &mut laptops {
        let declaration = Declaration { text: "none".parse().unwrap(), ..Declaration::default() };
        laptop.session.perform(Deed::Declare(declaration)).unwrap();
    }
    for second in 0..60 {
        for (index, laptop) in laptops.iter_mut().enumerate() {
            if second % 7 == index {
                laptop.score(s(second as u64), second / 7, Grade::B);
            }
            laptop.turn(s(second as u64), &file);
        }
    }
    let mut last_write = 0;
    for second in 60..260_u64 {
        let n_writes: usize = laptops.iter().map(|laptop| laptop.n_writes).sum();
        laptops.iter_mut().for_each(|laptop| laptop.turn(s(second), &file));
        if laptops.iter().map(|laptop| laptop.n_writes).sum::<usize>() > n_writes {
            last_write = second;
        }
    }
    assert!(last_write < 120, "still writing at second {last_write}");
    let busy: Vec<(usize, usize)> = laptops.iter().map(|laptop| (laptop.n_syncs, laptop.n_writes)).collect();
    for second in 260..280_u64 {
        laptops.iter_mut().for_each(|laptop| laptop.turn(s(second), &file));
    }
    let now: Vec<(usize, usize)> = laptops.iter().map(|laptop| (laptop.n_syncs, laptop.n_writes)).collect();
    assert_eq!(busy, now, "nobody syncs any more: (syncs, writes) of each laptop");
    assert!(busy.iter().all(|(syncs, writes)| *syncs < 40 && *writes < 12), "{busy:?}");
    for laptop in &laptops {
        let state = laptop.session.sync_state().unwrap();
        assert_eq!((state.pending, state.receipted), (0, state.in_file), "the lead has received everything");
        let members = &laptop.session.visit().members;
        assert!(members.iter().all(|state| state.identity != Identity::Absent));
        let heads = |laptop: &Laptop| -> Vec<_> {
            laptop.session.visit().members.iter().map(|state| state.heads.clone()).collect()
        };
        assert_eq!(heads(laptop), heads(&laptops[0]), "every laptop has the same commits");
    }
}
