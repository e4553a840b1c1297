//! Exchanging with the shared file.

use crate::{
    app::{
        failure::Failure,
        sync::{report::SyncReport, words},
    },
    plain::{sitting::Sitting, talk::Stop},
    words::next_step::next_step,
};

impl Sitting<'_> {
    /// Syncs and says what came of it.
    pub(crate) fn sync(&mut self) -> Result<(), Stop> {
        match self.exchange() {
            Ok(report) => self.say_sync(&report),
            Err(failure) => self.talk.refuse(&failure),
        }
    }

    /// Syncs after something was done here; a share that is away does not undo it.
    pub(crate) fn deliver(&mut self) -> Result<(), Stop> {
        match self.exchange() {
            Ok(report) => self.say_sync(&report),
            Err(failure) => self.talk.tell(&words::kept_here(&failure)),
        }
    }

    fn exchange(&mut self) -> Result<SyncReport, Failure> {
        let mut report = self.session.sync()?;
        while self.session.exchange_on(&mut report) {}
        Ok(report)
    }

    fn say_sync(&mut self, report: &SyncReport) -> Result<(), Stop> {
        report.notes.iter().try_for_each(|note| self.talk.tell(note))?;
        self.talk.tell(&words::done(report))?;
        if let Some(next) = &report.next {
            let told = next_step(next, self.session.me(), self.lang());
            self.talk.say(told)?;
        }
        match self.session.waits_because() {
            Some(told) => self.talk.tell(&told),
            None => Ok(()),
        }
    }
}
