//! Up to nine laptops, one shared file, and everything that happens to files on sticks, shares and in cloud folders: no commit
//! ever leaves a store, what was acknowledged reads back, and in the end all agree. Among the people may be an insider with a
//! program of their own, and an outsider who can write to the share: they change no vote of anybody else, read none before a
//! closing record names it, and change nothing that is final.
//!
//! The clock of the wall is no part of the world, because it is no part of the rules: what is folded (`LoggedCommit`) has no
//! field for it. The clock that the lock counts by is the disk's, and jumps here.
//!
//! `HECHA_HISTORIES=5000` runs that many; `HECHA_SEED=17` runs one. Keys and nonces are random in every run, so a seed gives
//! the same steps, but feeds may sort otherwise; with `HECHA_SEED` the folder of a failure is kept and named.
#![allow(clippy::print_stderr, reason = "says which seed failed, and what happened in all")]

mod disk;
mod finish;
mod laptop;
mod ledger;
mod revision;
mod rogue;
mod steps;
mod weather;
mod world;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use self::world::World;
use crate::support;

/// Histories of a plain run: what two slow cores do in half a minute.
const HISTORIES: u64 = 60;
/// Histories that run side by side.
const THREADS: usize = 2;

#[test]
fn laptops_agree_after_any_weather_and_nothing_acknowledged_is_lost() {
    if let Some(seed) = support::number("HECHA_SEED") {
        eprintln!("{}", history(seed, true));
        return;
    }
    let first = support::number("HECHA_FIRST_SEED").unwrap_or(1);
    let end = first + support::number("HECHA_HISTORIES").unwrap_or(HISTORIES);
    let next = AtomicU64::new(first);
    let failed = Mutex::new(Vec::new());
    let total = Mutex::new(world::Tally::default());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= end || failed.lock().unwrap().len() >= 20 {
                        return;
                    }
                    match catch_unwind(AssertUnwindSafe(|| history(seed, false))) {
                        Ok(tally) => total.lock().unwrap().add(&tally),
                        Err(_) => {
                            eprintln!(
                                "history {seed} failed: HECHA_SEED={seed} cargo test --test runner storm::"
                            );
                            failed.lock().unwrap().push(seed);
                        }
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "failed seeds: {failed:?}");
    let total = total.into_inner().unwrap();
    eprintln!("{total}");
    assert!(total.happened_all(), "a kind of step never happened: {total}");
}

/// One history from its seed; says what happened in it.
fn history(seed: u64, keep: bool) -> world::Tally {
    let mut world = World::new(seed, keep);
    world.live();
    world.finish();
    world.tally
}
