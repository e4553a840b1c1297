//! The main file as it was found, and what it is to a visit. What its bytes hold is made out only when it is asked for.

use std::{cell::OnceCell, collections::BTreeSet, io};

use crate::{
    domain::terms::id::VisitId,
    share::file::{self, Contents, envelope::Envelope},
};

/// A line of a shared file that is shorter than a signature can be no commit.
const COMMIT_LENGTH: usize = 88;

/// The main file as it was found.
#[derive(Debug)]
pub enum Main {
    /// There is none.
    Missing,
    /// It was read.
    Read(Box<Reading>),
    /// It is there and cannot be read: nothing may be concluded, nothing changed.
    Unavailable(io::Error),
}

/// The bytes of a file. Most syncs find that they are what the store would write: then nothing more is done with them.
#[derive(Debug)]
pub struct Reading {
    bytes: Vec<u8>,
    /// What opens the file if it is encrypted.
    envelope: Option<Envelope>,
    /// What the bytes are, and the text of an encrypted file of which all opened.
    opened: OnceCell<(Contents, Option<Vec<u8>>)>,
}

/// What the main file is to a visit, and so what may be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is none: it is written.
    Missing,
    /// It says what the store says: nothing is written.
    Same,
    /// Sound, and the store has more or the bytes are in another form: it is written anew.
    Older,
    /// Empty, cut, zero-filled, or with a checksum that does not fit: it is healed.
    Damaged,
    /// Something else under its name, e.g. an error page: never touched.
    Foreign,
    /// The file of another visit: never touched.
    OtherVisit,
    /// Written by a newer program: never touched.
    Newer,
    /// Encrypted, and the key of this laptop does not open it, or there is none: never touched.
    Encrypted,
    /// It cannot be read now: never touched, and nothing is concluded.
    Unavailable,
}

impl Main {
    /// What was read, if the file could be read.
    #[must_use]
    pub const fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Read(reading) => Some(reading),
            Self::Missing | Self::Unavailable(_) => None,
        }
    }

    /// Whether the file says exactly this text already, so that nothing need be written.
    #[must_use]
    pub fn says(&self, wanted: &[u8]) -> bool {
        self.reading().is_some_and(|reading| reading.says(wanted))
    }

    /// Whether both times the same was found.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Missing, Self::Missing) => true,
            (Self::Read(reading), Self::Read(other)) => reading.bytes == other.bytes,
            _ => false,
        }
    }

    /// What the file is to a visit whose store wants this text.
    #[must_use]
    pub fn standing(&self, visit: &VisitId, wanted: &[u8]) -> Standing {
        let reading = match self {
            Self::Missing => return Standing::Missing,
            Self::Unavailable(_) => return Standing::Unavailable,
            Self::Read(reading) if reading.says(wanted) => return Standing::Same,
            Self::Read(reading) => reading,
        };
        match reading.contents() {
            Contents::Empty => Standing::Damaged,
            Contents::Foreign if is_remains(&reading.bytes, wanted) => Standing::Damaged,
            Contents::Foreign => Standing::Foreign,
            Contents::Newer(_) => Standing::Newer,
            Contents::Lines { header, .. } | Contents::Encrypted(header) if &header.visit != visit => {
                Standing::OtherVisit
            }
            Contents::Encrypted(_) => Standing::Encrypted,
            Contents::Lines { intact: true, .. } => Standing::Older,
            Contents::Lines { intact: false, .. } => Standing::Damaged,
        }
    }

    /// The numbered commit lines that can be had from the file for a visit, also from below a broken first line.
    #[must_use]
    pub fn lines(&self, visit: &VisitId, wanted: &[u8]) -> Vec<(usize, String)> {
        let Some(reading) = self.reading() else { return Vec::new() };
        match reading.contents() {
            Contents::Lines { header, lines, .. } if &header.visit == visit => lines.clone(),
            Contents::Foreign if is_remains(&reading.bytes, wanted) => {
                file::lines_below_header(&reading.bytes)
            }
            _ => Vec::new(),
        }
    }
}

impl Reading {
    /// Bytes as they were read, and what opens them if they are encrypted.
    #[must_use]
    pub fn new(bytes: Vec<u8>, envelope: Option<&Envelope>) -> Self {
        Self { bytes, envelope: envelope.cloned(), opened: OnceCell::new() }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the bytes are.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.opened().0
    }

    /// What the bytes are, and the bytes.
    #[must_use]
    pub fn into_parts(self) -> (Contents, Vec<u8>) {
        let (contents, _) =
            self.opened.into_inner().unwrap_or_else(|| file::open(&self.bytes, self.envelope.as_ref()));
        (contents, self.bytes)
    }

    /// A plain file is its own text; that of an encrypted one shows when it is opened.
    fn says(&self, wanted: &[u8]) -> bool {
        match &self.envelope {
            None => self.bytes == wanted,
            Some(_) => self.opened().1.as_deref() == Some(wanted),
        }
    }

    fn opened(&self) -> &(Contents, Option<Vec<u8>>) {
        self.opened.get_or_init(|| file::open(&self.bytes, self.envelope.as_ref()))
    }
}

/// What a power cut or a flipped bit leaves of our file: zeros, its beginning, or lines of ours below a broken first
/// line. Anything else may be somebody's.
#[must_use]
pub fn is_remains(bytes: &[u8], wanted: &[u8]) -> bool {
    let is_ours = || {
        let ours: BTreeSet<&[u8]> = wanted.split(|byte| *byte == b'\n').skip(1).collect();
        let mut lines = bytes.split(|byte| *byte == b'\n').filter(|line| line.len() > COMMIT_LENGTH);
        lines.any(|line| ours.contains(line.strip_suffix(b"\r").unwrap_or(line)))
    };
    bytes.iter().all(|byte| *byte == 0) || wanted.starts_with(bytes) || is_ours()
}
