//! A sync, step by step (`docs/SHARED-FILE.md`). Any failure leaves the store unchanged or further along, never behind.

pub mod copy_out;
pub(crate) mod deliver;
pub mod next_step;
pub mod report;
pub mod restore;
pub(crate) mod sealing;
mod signatures;
pub(crate) mod take_in;
pub(crate) mod verify;
pub mod watch;
pub mod words;

use std::collections::BTreeMap;

use crate::{
    app::{
        failure::{Failure, wording},
        files,
        session::Session,
        sync::report::{Delivery, SyncReport, Writing},
        system,
    },
    domain::{edit::Edit, terms::id::FeedId},
    share::{
        error::ShareError,
        folder::{
            self,
            disk::{Disk, RealDisk},
            lock::{Holder, Turn},
        },
    },
};

/// How often a sync tries in all, when others write at the same time or the disk refuses.
const ROUNDS: u32 = 4;
/// Devices that one receipt names; a reader accepts 200.
const RECEIPTS: usize = 200;
/// Pause before the second round, in milliseconds; it doubles from round to round.
const ROUND_PAUSE: u64 = 100;

impl Session {
    /// Exchanges commits with the shared file and every other replica beside it.
    ///
    /// # Errors
    /// If the file is away, foreign or cannot be written; all that was taken in stays.
    pub fn sync(&mut self) -> Result<SyncReport, Failure> {
        self.sync_with(&RealDisk)
    }

    /// As [`Self::sync`], on a given disk.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub fn sync_with(&mut self, disk: &dyn Disk) -> Result<SyncReport, Failure> {
        self.sync_by(disk, Writing::Replace)
    }

    /// As [`Self::sync`]; a file that cannot be replaced is overwritten in place, for disks that refuse to rename.
    /// The user asked for it: a power cut in the middle leaves a file that another sync must mend.
    ///
    /// # Errors
    /// As [`Self::sync`]; then the shared file may be damaged.
    pub fn sync_in_place(&mut self) -> Result<SyncReport, Failure> {
        self.sync_in_place_with(&RealDisk)
    }

    /// As [`Self::sync_in_place`], on a given disk.
    ///
    /// # Errors
    /// As [`Self::sync_in_place`].
    pub fn sync_in_place_with(&mut self, disk: &dyn Disk) -> Result<SyncReport, Failure> {
        self.sync_by(disk, Writing::Overwrite)
    }

    fn sync_by(&mut self, disk: &dyn Disk, last_resort: Writing) -> Result<SyncReport, Failure> {
        self.may_exchange()?;
        let mut report = SyncReport::default();
        self.leave_fork()?.into_iter().for_each(|note| report.note(note));
        self.seal()?;
        self.refresh()?;
        let mut turn = Turn::new(disk, &self.file, self.holder()?);
        let done = self.exchange(disk, &mut turn, last_resort, &mut report);
        if let Some(holder) = turn.waited_for() {
            report.note(words::waited(holder));
        }
        turn.end();
        done.map_err(|failure| self.with_state(failure))?;
        report.state = self.sync_state()?;
        report.next = Some(self.next_step(report.state));
        let exchange = self.exchange_evidence(disk);
        report.exchanged(exchange.have, exchange.known, exchange.n_waiting);
        report.notes.extend(exchange.notes);
        Ok(report)
    }

    /// The rounds of a sync, until the main file holds what the store wants and keeps it.
    fn exchange(
        &mut self,
        disk: &dyn Disk,
        turn: &mut Turn<'_>,
        last_resort: Writing,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let mut refused: Option<ShareError> = None;
        let mut others_write = false;
        for round in 0..ROUNDS {
            if round > 0 {
                disk.pause(ROUND_PAUSE << round);
            }
            let found = folder::look(disk, &self.file, self.envelope()?.as_ref());
            let found = found.map_err(|error| wording::share(&error))?;
            self.take_in_all(disk, &found, report)?;
            self.answer()?;
            self.check_signatures(&found.main)?;
            let mut writing = Writing::Replace;
            if round + 1 == ROUNDS && refused.is_some() && last_resort == Writing::Overwrite {
                let _ = self.leave_side_file(disk);
                writing = Writing::Overwrite;
            }
            match self.deliver(disk, &found.main, turn, writing, report)? {
                Delivery::Done => {
                    turn.release();
                    let unsure = report.written && (turn.is_shared() || others_write);
                    if !unsure || self.is_still_there(disk)? {
                        self.sweep(disk, &found.beside)?;
                        return Ok(());
                    }
                }
                Delivery::Overtaken => others_write = true,
                Delivery::Refused(error) => refused = Some(error),
            }
        }
        report.written = false;
        self.fall_back(disk, refused.as_ref(), last_resort, report)
    }

    /// Step 10, late: those who did not see our lock may have read the file before we wrote it and written theirs after.
    fn is_still_there(&mut self, disk: &dyn Disk) -> Result<bool, Failure> {
        let [chance] = system::random_bytes()?;
        disk.pause(1_000 + u64::from(chance) * 8);
        self.note_own_in_file(&self.read_at(disk, &self.file)?)?;
        Ok(self.row.in_file_n + 1 == i64::try_from(self.next.0).unwrap_or(i64::MAX))
    }

    /// What this laptop answers to what it has taken in: the lead's receipts, and what opens ballots.
    fn answer(&mut self) -> Result<(), Failure> {
        if self.is_lead() {
            let heads = self.contiguous_heads()?;
            let known = self.visit.receipts();
            let is_news = |(feed, n): &(FeedId, u64)| known.get(feed).is_none_or(|known| known < n);
            let news: Vec<(FeedId, u64)> = heads.into_iter().filter(is_news).collect();
            if !news.is_empty() {
                let some = news.chunks(RECEIPTS).map(|some| some.iter().cloned().collect());
                self.write(some.map(|heads| (Edit::Receipt { heads }, None)).collect())?;
                self.seal()?;
            }
        }
        self.answer_ballots()
    }

    /// Last commit without a gap before it, for every feed but the lead's: two laptops of the lead that answered each
    /// other's receipts would never come to rest.
    fn contiguous_heads(&self) -> Result<BTreeMap<FeedId, u64>, Failure> {
        let numbers = self.store.numbers(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let own: &[FeedId] = self.my_state().map_or(&[], |state| &state.feeds);
        let mut heads: BTreeMap<FeedId, u64> = BTreeMap::new();
        for (feed, n) in numbers.into_iter().filter(|(feed, _)| !own.contains(feed)) {
            let head = heads.entry(feed).or_default();
            if n == *head + 1 {
                *head = n;
            }
        }
        Ok(heads)
    }

    /// Who this sync is to others that wait for its lock.
    fn holder(&self) -> Result<Holder, Failure> {
        Ok(Holder {
            token: files::own_token(&self.feed())?,
            host: system::host(),
            user: system::user(),
            process: std::process::id(),
            started_ms: system::now_ms(),
        })
    }

    /// A failed sync says where own edits are: nobody should wonder whether they are lost.
    fn with_state(&self, mut failure: Failure) -> Failure {
        failure.details.extend(self.sync_state().ok().map(words::state));
        failure
    }
}
