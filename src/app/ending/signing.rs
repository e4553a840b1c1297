//! Signing: every member puts a signature under the record of the visit, and each laptop can tell whether it is the same one.

use sha2::{Digest as _, Sha256};

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
    },
    domain::{
        edit::Edit,
        terms::{digest::Digest, lang::Text},
        visit::Visit,
    },
    share::code::base32,
};

/// Keeps the digest of a record from ever being the digest of anything else.
const DOMAIN: &[u8] = b"hecha-record-1\0";
/// Characters of a digest that people compare.
const CODE_LENGTH: usize = 16;

/// The digest of the record of a visit: SHA-256 over a domain string, the visit's id and the ids of the commits the record
/// rests on, sorted, one a line. A commit's id covers its content, so one changed vote changes it; acknowledgements and
/// signatures do not.
#[must_use]
pub fn record_digest(visit: &Visit) -> Digest {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update(visit.id.as_str());
    for commit in &visit.record {
        hash.update(b"\n");
        hash.update(commit.as_str());
    }
    Digest(hash.finalize().into())
}

/// What of a digest is read out and compared: 16 characters in groups of four.
#[must_use]
pub fn record_code(record: &Digest) -> String {
    let text: Vec<char> = base32::encode(&record.0).chars().take(CODE_LENGTH).collect();
    let groups: Vec<String> = text.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

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
        self.may(&Edit::Sign { record: self.record_digest() })
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
        if self.my_state().is_some_and(|state| !state.signed.contains(&record)) {
            self.write(vec![(Edit::Sign { record }, None)])?;
            self.seal()?;
        }
        Ok(record)
    }
}
