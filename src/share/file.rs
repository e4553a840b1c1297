//! The bytes of a shared file: header, sorted commit lines, footer with a checksum. Equal sets of commits give equal bytes.

use std::borrow::Cow;

use serde_json::json;

use crate::{
    domain::id::VisitId,
    share::{
        base64::{encode, sha256},
        commit::{LINE_LIMIT, Line},
        json::Json,
    },
};

/// What a shared file begins with.
pub const MAGIC: &str = "HECHA1 ";
/// The format this program writes, and the newest it reads.
pub const FORMAT: u64 = 1;
/// Longest header that is looked at, in bytes.
const HEADER_LIMIT: usize = 4_096;
/// Bytes of a file that are enough to tell whose it is.
pub const HEADER_PROBE: u64 = HEADER_LIMIT as u64;

/// The first line of a shared file. It is not signed: forging it can only cause refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The visit.
    pub visit: VisitId,
    /// Oldest program format that may read the file.
    pub min: u64,
    /// How the rest is encrypted; `none` if it is not.
    pub encryption: String,
}

/// What the bytes of a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// No bytes at all: damage, not an empty panel.
    Empty,
    /// Not a shared file.
    Foreign,
    /// A shared file that needs a newer program.
    Newer(Header),
    /// A shared file that is encrypted.
    Encrypted(Header),
    /// A shared file.
    Lines {
        /// Header.
        header: Header,
        /// Commit lines with their line numbers, from 2.
        lines: Vec<(usize, String)>,
        /// Whether the footer is there and right.
        intact: bool,
    },
}

/// The canonical bytes of a file. `lines` must be sorted by (feed, n, id).
#[must_use]
pub fn write(visit: &VisitId, lines: &[Line]) -> Vec<u8> {
    let mut writing = Writing::new(visit);
    for line in lines {
        writing.line(&line.signature, &line.json);
    }
    writing.finish()
}

/// The canonical bytes of a file in the making.
#[derive(Debug)]
pub struct Writing {
    text: String,
    n_lines: usize,
}

impl Writing {
    /// Begins a file.
    #[must_use]
    pub fn new(visit: &VisitId) -> Self {
        let header = json!({"fmt": FORMAT, "min": FORMAT, "visit": visit.as_str(), "enc": "none"});
        Self { text: format!("{MAGIC}{header}\n"), n_lines: 0 }
    }

    /// Adds a commit. They must come sorted by (feed, n, id).
    pub fn line(&mut self, signature: &str, json: &str) {
        for part in [signature, " ", json, "\n"] {
            self.text.push_str(part);
        }
        self.n_lines += 1;
    }

    /// Closes the file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let checksum = encode(&sha256(&[self.text.as_bytes()]));
        self.text.push_str(&format!("END {} {checksum}\n", self.n_lines));
        self.text.into_bytes()
    }
}

/// Reads the bytes of a file. Forgives carriage returns and a byte order mark; salvages what a cut or flip left over.
#[must_use]
pub fn read(bytes: &[u8]) -> Contents {
    if bytes.is_empty() {
        return Contents::Empty;
    }
    let normal = normal(bytes);
    let Some(header) = header(&normal) else { return Contents::Foreign };
    if header.min > FORMAT {
        return Contents::Newer(header);
    }
    if header.encryption != "none" {
        return Contents::Encrypted(header);
    }
    let (body, intact) = match split_footer(&normal) {
        Some(body) => (body, true),
        None => (normal.as_ref(), false),
    };
    Contents::Lines { header, lines: lines_below_header(body), intact }
}

/// The lines of a file after its first, with their numbers, from 2; carriage returns and the footer are left out.
#[must_use]
pub fn lines_below_header(bytes: &[u8]) -> Vec<(usize, String)> {
    text_of(bytes)
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .enumerate()
        .skip(1)
        .filter(|(_, line)| !line.is_empty() && line.len() <= LINE_LIMIT && !line.starts_with("END "))
        .map(|(index, line)| (index + 1, line.to_owned()))
        .collect()
}

/// The bytes as text. A flipped byte may break UTF-8: the line goes on to be set aside with its reason, not to vanish.
/// The check for sound bytes is several times as fast as the search for broken ones.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// What the first bytes of a file say it is; lines and footer are not looked at.
#[must_use]
pub fn read_header(start: &[u8]) -> Contents {
    let unmarked = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    match header(unmarked) {
        _ if start.is_empty() => Contents::Empty,
        None => Contents::Foreign,
        Some(header) if header.min > FORMAT => Contents::Newer(header),
        Some(header) if header.encryption != "none" => Contents::Encrypted(header),
        Some(header) => Contents::Lines { header, lines: Vec::new(), intact: false },
    }
}

/// The header, if the bytes begin with one.
#[must_use]
pub fn header(bytes: &[u8]) -> Option<Header> {
    let start = bytes.get(..bytes.len().min(HEADER_LIMIT))?;
    let line = start.split(|byte| *byte == b'\n').next()?;
    let json = Json::parse(std::str::from_utf8(line).ok()?.strip_prefix(MAGIC)?.trim_end()).ok()?;
    let visit = json.text("visit").filter(|visit| visit.len() == 43 && visit.is_ascii())?;
    json.count("fmt")?;
    Some(Header {
        visit: VisitId::new(visit),
        min: json.count("min")?,
        encryption: json.text("enc")?.to_owned(),
    })
}

/// The bytes as the checksum sees them: without a byte order mark and carriage returns, which mail and editors add.
pub(super) fn normal(bytes: &[u8]) -> Cow<'_, [u8]> {
    let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if unmarked.contains(&b'\r') {
        unmarked.iter().copied().filter(|byte| *byte != b'\r').collect()
    } else {
        Cow::Borrowed(unmarked)
    }
}

/// Everything before the footer, if the footer is the last line and its count and checksum are right.
pub(super) fn split_footer(bytes: &[u8]) -> Option<&[u8]> {
    let trimmed = bytes.strip_suffix(b"\n")?;
    let start = trimmed.iter().rposition(|byte| *byte == b'\n')? + 1;
    let (body, footer) = trimmed.split_at_checked(start)?;
    let mut words = std::str::from_utf8(footer).ok()?.split(' ');
    let (mark, count, checksum) = (words.next()?, words.next()?, words.next()?);
    let lines = text_of(body).matches('\n').count().checked_sub(1)?;
    let right = mark == "END"
        && words.next().is_none()
        && count.parse::<usize>().ok()? == lines
        && checksum == encode(&sha256(&[body]));
    right.then_some(body)
}
