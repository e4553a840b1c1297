//! The passphrase of a visit: who holds the key, who has to give it once, setting and changing it.
//!
//! A laptop that holds the key never writes the file plain, and one that saw it encrypted and holds none never writes it
//! at all: whoever missed the change cannot undo it.

use std::{path::Path, sync::Arc};

use crate::{
    app::{
        failure::{Failure, wording},
        home::Home,
        session::Session,
    },
    domain::edit::{Edit, slot::Slot},
    share::{
        error::SlotError,
        file::{
            self, Contents, Header,
            envelope::{Envelope, VisitKey},
            main_file::{Main, Reading},
        },
        folder::{
            self,
            disk::{Disk, RealDisk},
        },
    },
    store::visits::{KeyText, VisitRow},
};

/// Shortest passphrase that may be set, in bytes: 12 Latin letters or 4 Chinese characters. Whoever finds the stick can
/// try passphrases for as long as they like.
const SHORTEST: usize = 12;
/// Longest passphrase, in bytes.
const LONGEST: usize = 1_024;

/// Whether a shared file is encrypted, and whether this laptop can open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// Not encrypted.
    Open,
    /// Encrypted, and the key is on this laptop: nothing to ask.
    Held,
    /// Encrypted, and this laptop needs the passphrase once.
    Asks,
}

/// Looks at a shared file, so that a front end knows whether to ask for the passphrase before it opens or joins.
///
/// # Errors
/// If the file cannot be read or the store fails.
pub fn lock_of(home: &Home, path: &Path) -> Result<Lock, Failure> {
    let start = RealDisk.read(path, file::HEADER_PROBE).map_err(|error| wording::path(path, &error))?;
    let Contents::Encrypted(header) = file::read_header(&start) else { return Ok(Lock::Open) };
    let stored = home.store()?.stored_visit(&header.visit);
    let stored = stored.map_err(|error| wording::store(&error, &home.database()))?;
    let held = stored.is_some_and(|stored| stored.row.visit_key.is_some());
    Ok(if held { Lock::Held } else { Lock::Asks })
}

/// The passphrase in the bytes of a file or of standard input: the first line, without the end of the line.
///
/// # Errors
/// If there is none, or it is not text.
pub fn from_bytes(bytes: &[u8]) -> Result<String, Failure> {
    let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line = unmarked.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) if !text.is_empty() && text.len() <= LONGEST => Ok(text.to_owned()),
        _ => Err(wording::unusable()),
    }
}

impl Lock {
    /// Of a visit with which this laptop holds a key or saw a slot, or in which the lead set a passphrase.
    pub(crate) const fn of(row: &VisitRow, is_set: bool) -> Self {
        if row.visit_key.is_some() {
            Self::Held
        } else if row.slot.is_some() || is_set {
            Self::Asks
        } else {
            Self::Open
        }
    }
}

impl Session {
    /// Whether the shared file of this visit is encrypted, as far as this laptop knows.
    #[must_use]
    pub(crate) fn lock(&self) -> Lock {
        Lock::of(&self.row, !self.visit.slots().is_empty())
    }

    /// Takes the key out of the encrypted shared file with the passphrase and keeps it; from then on nothing asks again.
    /// `false` = there was nothing to unlock. Sync afterwards.
    ///
    /// # Errors
    /// If the passphrase is wrong, the file cannot be read, or the store fails; then nothing was changed.
    pub(in crate::app) fn unlock(&mut self, passphrase: &str) -> Result<bool, Failure> {
        let envelope = self.envelope()?;
        let main = folder::read_main(&RealDisk, &self.file, envelope.as_ref());
        let main = main.map_err(|error| wording::share(&error))?;
        let slot = match main.reading().map(Reading::contents) {
            Some(Contents::Encrypted(header)) if header.visit == self.row.id => header.slot.clone(),
            _ if envelope.is_some() => None,
            _ => self.visit.slots().last().map(|slot| slot.text.clone()).or_else(|| self.row.slot.clone()),
        };
        let Some(slot) = slot else { return Ok(false) };
        let key = open_slot(&self.file, &slot, passphrase)?;
        self.keep_key(&key, &slot)?;
        Ok(true)
    }

    /// Sets the passphrase of the visit (lead only): the first encrypts the shared file, a later one replaces it. The
    /// key stays the same, so members who hold it notice nothing. Syncs before, so that nothing is decided over a file
    /// that cannot be read; sync afterwards to write it.
    ///
    /// # Errors
    /// If this is not the lead's laptop, the passphrase is too short, or the file cannot be synced; then nothing was
    /// changed.
    pub(in crate::app) fn set_passphrase(&mut self, passphrase: &str) -> Result<(), Failure> {
        let asked = Edit::Slot(Slot { counter: 0, key: String::new(), text: String::new() });
        self.may(&asked)?;
        check_length(passphrase)?;
        self.sync()?;
        let key = self.envelope()?.map_or_else(VisitKey::generate, |envelope| envelope.key);
        let counter = self.visit.slots().last().map_or(0, |slot| slot.counter) + 1;
        let slot = new_slot(&key, passphrase, counter)?;
        self.keep_key(&key, &slot.text)?;
        self.write(vec![(Edit::Slot(slot), None)])
    }

    /// Forgets that the file was seen encrypted. Its header is not signed, so anyone who can write to the share can make
    /// a laptop wait for a passphrase that does not exist; the lead knows.
    ///
    /// # Errors
    /// If this laptop holds the key or knows from the lead that there is one, or the store fails.
    pub(in crate::app) fn forget_lock(&mut self) -> Result<(), Failure> {
        if self.lock() != Lock::Asks || !self.visit.slots().is_empty() {
            return Err(wording::nothing_to_forget());
        }
        self.store.note_slot(&self.row.id, None).map_err(|error| self.store_failure(&error))?;
        self.row.slot = None;
        Ok(())
    }

    /// Takes in a key or slot that another process of this laptop stored meanwhile.
    pub(in crate::app) fn refresh(&mut self) -> Result<(), Failure> {
        let row = self.store.visit(&self.row.id).map_err(|error| self.store_failure(&error))?;
        if row.as_ref() == Some(&self.row) { Ok(()) } else { self.reload() }
    }

    /// What this laptop opens and closes the shared file with; `None` without a key. A slot that the lead signed goes
    /// before the one this laptop last saw, so that the slot of a stale copy does not come back.
    pub(in crate::app) fn envelope(&self) -> Result<Option<Envelope>, Failure> {
        let Some(text) = &self.row.visit_key else { return Ok(None) };
        let key = VisitKey::parse(&text.0).ok_or_else(|| wording::damaged_store(&self.home.database()))?;
        let name = key.name();
        let signed = self.visit.slots().iter().filter(|slot| slot.key == name).map(|slot| slot.text.clone());
        let mut slots: Vec<String> = self.row.slot.iter().cloned().chain(signed).collect();
        let slot = slots.pop().ok_or_else(|| wording::damaged_store(&self.home.database()))?;
        Ok(Some(Envelope { key, slot, earlier: slots }))
    }

    /// A file as it is now, opened as far as the key of this laptop goes.
    pub(in crate::app) fn read_at(&self, disk: &dyn Disk, path: &Path) -> Result<Main, Failure> {
        Ok(folder::read_again(disk, path, self.envelope()?.as_ref()))
    }

    /// The text of the shared file around the bytes of a plain one.
    pub(in crate::app) fn enclose(&self, plain: Arc<Vec<u8>>) -> Result<Arc<Vec<u8>>, Failure> {
        Ok(match self.envelope()? {
            Some(envelope) => Arc::new(file::enclose(&self.row.id, &plain, &envelope.slot)),
            None => plain,
        })
    }

    /// The bytes to write for the text of the shared file. Every write to the share goes through here.
    pub(in crate::app) fn encode(&self, text: &[u8]) -> Result<Vec<u8>, Failure> {
        match self.envelope()? {
            Some(envelope) => file::seal(text, &envelope).ok_or_else(|| Failure::bug("cannot encrypt")),
            None if self.lock() == Lock::Open => Ok(text.to_vec()),
            None => Err(wording::asks(&self.file)),
        }
    }

    /// Remembers that a replica of this visit is encrypted while this laptop holds no key.
    pub(in crate::app) fn note_lock(&mut self, contents: &Contents) -> Result<(), Failure> {
        let Contents::Encrypted(header) = contents else { return Ok(()) };
        // One that no passphrase could open would leave this laptop waiting for ever.
        let slot = header.slot.clone().filter(|slot| VisitKey::is_slot(slot));
        let Some(slot) = slot.filter(|_| header.visit == self.row.id && self.row.visit_key.is_none()) else {
            return Ok(());
        };
        self.store.note_slot(&self.row.id, Some(&slot)).map_err(|error| self.store_failure(&error))?;
        self.row.slot = Some(slot);
        Ok(())
    }

    /// The failure for an encrypted file of this visit that does not open here.
    pub(in crate::app) fn shut(&self, path: &Path) -> Failure {
        if self.lock() == Lock::Held { wording::other_key(path) } else { wording::asks(path) }
    }

    fn keep_key(&mut self, key: &VisitKey, slot: &str) -> Result<(), Failure> {
        let kept = self.store.keep_visit_key(&self.row.id, &KeyText(key.to_text()), slot);
        kept.map_err(|error| self.store_failure(&error))?;
        self.reload()
    }
}

/// Opens the encrypted file of a visit that is to be joined: with the key of this laptop, else with the passphrase. A
/// key that is new to this laptop comes with the slot it was in.
pub(crate) fn open_file(
    path: &Path,
    row: Option<&VisitRow>,
    (header, bytes): (&Header, &[u8]),
    passphrase: Option<&str>,
) -> Result<(Contents, Option<(KeyText, String)>), Failure> {
    let slot = header.slot.clone().unwrap_or_default();
    let open = |key: VisitKey| {
        let envelope = Envelope { key, slot: slot.clone(), earlier: Vec::new() };
        file::open(bytes, Some(&envelope)).0
    };
    let held = row.and_then(|row| VisitKey::parse(&row.visit_key.as_ref()?.0));
    let is_held = held.is_some();
    let has_lines = |it: &Contents| matches!(it, Contents::Lines { lines, .. } if !lines.is_empty());
    if let Some(contents) = held.map(open).filter(has_lines) {
        return Ok((contents, None));
    }
    let Some(passphrase) = passphrase else {
        return Err(if is_held { wording::other_key(path) } else { wording::asks(path) });
    };
    let key = open_slot(path, &slot, passphrase)?;
    let kept = KeyText(key.to_text());
    Ok((open(key), Some((kept, slot.clone()))))
}

/// Locks a key with a passphrase.
pub(crate) fn new_slot(key: &VisitKey, passphrase: &str, counter: u64) -> Result<Slot, Failure> {
    let text = key.lock(passphrase).ok_or_else(|| Failure::bug("cannot lock the key"))?;
    Ok(Slot { counter, key: key.name(), text })
}

/// Refuses a passphrase that is too short to be set, or too long.
pub(crate) fn check_length(passphrase: &str) -> Result<(), Failure> {
    if (SHORTEST..=LONGEST).contains(&passphrase.len()) { Ok(()) } else { Err(wording::unfit()) }
}

fn open_slot(path: &Path, slot: &str, passphrase: &str) -> Result<VisitKey, Failure> {
    VisitKey::unlock(slot, passphrase).map_err(|error| match error {
        SlotError::WrongPassphrase => wording::wrong(path),
        SlotError::Unsound => wording::unsound(path),
    })
}
