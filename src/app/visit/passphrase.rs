//! The passphrase of a visit: who holds the key, who has to give it once, setting and changing it.
//!
//! A laptop that holds the key never writes the file plain, and one that saw it encrypted and holds none never writes it
//! at all: whoever missed the change cannot undo it.

use std::{path::Path, sync::Arc};

use crate::{
    app::{
        failure::{Exit, Failure, Trouble, wording},
        home::Home,
        session::Session,
    },
    domain::{
        edit::{Edit, slot::Slot},
        terms::{clean::clean_line, lang::Text},
    },
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
    let row = home.store()?.visit(&header.visit).map_err(|error| wording::store(&error, &home.database()))?;
    let held = row.is_some_and(|row| row.visit_key.is_some());
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
        _ => Err(unusable()),
    }
}

impl Session {
    /// Whether the shared file of this visit is encrypted, as far as this laptop knows.
    #[must_use]
    pub fn lock(&self) -> Lock {
        if self.row.visit_key.is_some() {
            Lock::Held
        } else if self.row.slot.is_some() || !self.visit.slots().is_empty() {
            Lock::Asks
        } else {
            Lock::Open
        }
    }

    /// Takes the key out of the encrypted shared file with the passphrase and keeps it; from then on nothing asks again.
    /// `false` = there was nothing to unlock. Sync afterwards.
    ///
    /// # Errors
    /// If the passphrase is wrong, the file cannot be read, or the store fails; then nothing was changed.
    pub fn unlock(&mut self, passphrase: &str) -> Result<bool, Failure> {
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
    pub fn set_passphrase(&mut self, passphrase: &str) -> Result<(), Failure> {
        if !self.is_lead() {
            return Err(wording::lead_only());
        }
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
    pub fn forget_lock(&mut self) -> Result<(), Failure> {
        if self.lock() != Lock::Asks || !self.visit.slots().is_empty() {
            return Err(nothing_to_forget());
        }
        self.store.note_slot(&self.row.id, None).map_err(|error| self.store_failure(&error))?;
        self.row.slot = None;
        Ok(())
    }

    /// Takes in a key or slot that another process of this laptop stored meanwhile.
    pub(crate) fn refresh(&mut self) -> Result<(), Failure> {
        let row = self.store.visit(&self.row.id).map_err(|error| self.store_failure(&error))?;
        if row.as_ref() == Some(&self.row) { Ok(()) } else { self.reload() }
    }

    /// What this laptop opens and closes the shared file with; `None` without a key. A slot that the lead signed goes
    /// before the one this laptop last saw, so that the slot of a stale copy does not come back.
    pub(crate) fn envelope(&self) -> Result<Option<Envelope>, Failure> {
        let Some(text) = &self.row.visit_key else { return Ok(None) };
        let key = VisitKey::parse(&text.0).ok_or_else(|| wording::damaged_store(&self.home))?;
        let name = key.name();
        let signed = self.visit.slots().iter().filter(|slot| slot.key == name).map(|slot| slot.text.clone());
        let mut slots: Vec<String> = self.row.slot.iter().cloned().chain(signed).collect();
        let slot = slots.pop().ok_or_else(|| wording::damaged_store(&self.home))?;
        Ok(Some(Envelope { key, slot, earlier: slots }))
    }

    /// A file as it is now, opened as far as the key of this laptop goes.
    pub(crate) fn read_at(&self, disk: &dyn Disk, path: &Path) -> Result<Main, Failure> {
        Ok(folder::read_again(disk, path, self.envelope()?.as_ref()))
    }

    /// The text of the shared file around the bytes of a plain one.
    pub(crate) fn enclose(&self, plain: Arc<Vec<u8>>) -> Result<Arc<Vec<u8>>, Failure> {
        Ok(match self.envelope()? {
            Some(envelope) => Arc::new(file::enclose(&self.row.id, &plain, &envelope.slot)),
            None => plain,
        })
    }

    /// The bytes to write for the text of the shared file. Every write to the share goes through here.
    pub(crate) fn encode(&self, text: &[u8]) -> Result<Vec<u8>, Failure> {
        match self.envelope()? {
            Some(envelope) => file::seal(text, &envelope).ok_or_else(|| Failure::bug("cannot encrypt")),
            None if self.lock() == Lock::Open => Ok(text.to_vec()),
            None => Err(asks(&self.file)),
        }
    }

    /// Remembers that a replica of this visit is encrypted while this laptop holds no key.
    pub(crate) fn note_lock(&mut self, contents: &Contents) -> Result<(), Failure> {
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
    pub(crate) fn shut(&self, path: &Path) -> Failure {
        if self.lock() == Lock::Held { other_key(path) } else { asks(path) }
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
        return Err(if is_held { other_key(path) } else { asks(path) });
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
    if (SHORTEST..=LONGEST).contains(&passphrase.len()) { Ok(()) } else { Err(unfit()) }
}

fn open_slot(path: &Path, slot: &str, passphrase: &str) -> Result<VisitKey, Failure> {
    VisitKey::unlock(slot, passphrase).map_err(|error| match error {
        SlotError::WrongPassphrase => wrong(path),
        SlotError::Unsound => unsound(path),
    })
}

fn not_opened(path: &Path, why: Text, next: Text) -> Failure {
    let path = clean_line(&path.display().to_string());
    let what = Text::new(format!("打不开加密的 {path}"), format!("Cannot open the encrypted {path}"));
    Failure::new(Exit::Fixable, what, why, next)
}

/// The key is not on this laptop and no passphrase was given.
pub(crate) fn asks(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new(
            "它设了口令，这台电脑还没有用口令打开过；本机的评分都在，没有写入共享文件。",
            "It has a passphrase that this laptop was never given; all scores are on this laptop, none went to the file.",
        ),
        Text::new(
            "请向组长要口令，给一次即可：已加入用 hecha sync FILE --passphrase-file 文件，未加入用 hecha visit join FILE --name 姓名 --passphrase-file 文件",
            "Ask the lead for it; once is enough: hecha sync FILE --passphrase-file PATH, or before joining hecha visit join FILE --name NAME --passphrase-file PATH",
        ),
    )
    .in_short(Trouble::Locked)
}

/// The key of this laptop does not open the file.
pub(crate) fn other_key(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new(
            "它不是用本机的密钥加密的，或开头已损坏；文件没有改动。",
            "It is encrypted with another key than this laptop's, or its beginning is damaged; it was not changed.",
        ),
        Text::new(
            "请让组长同步一次；如果组长重新设过口令，请运行 hecha sync FILE --passphrase-file 文件",
            "Let the lead sync; if the lead set a passphrase anew, run hecha sync FILE --passphrase-file PATH",
        ),
    )
    .in_short(Trouble::Locked)
}

fn wrong(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new("口令不对；没有任何改动。", "The passphrase is wrong; nothing was changed."),
        Text::new(
            "请向组长核对现在的口令（大小写、空格、全角半角）。",
            "Check the present passphrase with the lead (case, spaces, full-width characters).",
        ),
    )
}

fn unsound(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new(
            "文件开头的口令信息已损坏，或不是本程序写的。",
            "What it says about its passphrase is damaged, or not written by this program.",
        ),
        Text::new(
            "请让已加入的组员同步一次，然后再试。",
            "Let a member who has joined sync, then try again.",
        ),
    )
}

fn unusable() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有读到口令。", "There is no passphrase to use."),
        Text::new(
            "口令是第一行的 UTF-8 文字，不能是空的，也不能太长。",
            "It is the first line, UTF-8 text, neither empty nor very long.",
        ),
        Text::new("请检查口令文件。", "Check the passphrase file."),
    )
}

fn unfit() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("口令没有设置。", "The passphrase was not set."),
        Text::new(
            "口令太短或太长：至少 4 个汉字或 12 个字母。",
            "It is too short or too long: at least 12 letters or 4 Chinese characters.",
        ),
        Text::new(
            "请换一个口令，比如几个互不相干的词。",
            "Choose another one, for instance a few unrelated words.",
        ),
    )
}

fn nothing_to_forget() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有执行。", "Nothing was done."),
        Text::new(
            "这台电脑没有在等口令，或组长确实设过口令。",
            "This laptop is not waiting for a passphrase, or the lead did set one.",
        ),
        Text::new("请用 hecha visit info FILE 查看。", "See hecha visit info FILE."),
    )
}

/// What a laptop can read the encrypted files of a visit with; `None` without a key.
pub(crate) fn reading_envelope(row: &VisitRow) -> Option<Envelope> {
    let key = VisitKey::parse(&row.visit_key.as_ref()?.0)?;
    Some(Envelope { key, slot: row.slot.clone().unwrap_or_default(), earlier: Vec::new() })
}
