//! Signing: every member puts a signature under the record of the visit, and each laptop can tell whether it is the same one.

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
        system,
    },
    domain::{
        edit::Edit,
        terms::{digest::Digest, lang::Text},
    },
};

pub use crate::share::record::{record_code, record_digest};

fn changed_since(shown: &Digest, now: &Digest) -> Failure {
    let (shown, now) = (record_code(shown), record_code(now));
    Failure::new(
        Exit::Fixable,
        Text::new("没有签字。", "Nothing was signed."),
        Text::new(
            format!("核查记录刚刚变了：给您看的是 {shown}，现在是 {now}。"),
            format!("The record has just changed: you were shown {shown}, now it is {now}."),
        ),
        Text::new("请看过新的记录再签。", "Look at the new record and sign again."),
    )
}

impl Session {
    /// The record as this laptop has it. Own edits that no commit holds yet are not in it.
    #[must_use]
    pub(crate) fn record_digest(&self) -> Digest {
        record_digest(&self.visit)
    }

    /// Whether this laptop may sign.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn may_sign(&self) -> Result<(), Failure> {
        self.may(&Edit::Sign { record: self.record_digest(), on: None })
    }

    /// Signs the record that was shown; gives what was signed. Signing it again changes nothing.
    ///
    /// # Errors
    /// If this laptop is not an admitted member's, scoring is not closed, the record has changed since it was shown, or the
    /// store fails.
    pub(in crate::app) fn sign(&mut self, shown: Digest) -> Result<Digest, Failure> {
        self.may_sign()?;
        self.seal()?;
        let record = self.record_digest();
        if record != shown {
            return Err(changed_since(&shown, &record));
        }
        if self.my_state().is_some_and(|state| !state.signed.contains_key(&record)) {
            // A clock that tells no day keeps nobody from signing.
            self.write(vec![(Edit::Sign { record, on: system::day().ok() }, None)])?;
            self.seal()?;
        }
        Ok(record)
    }
}
