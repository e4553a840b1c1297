//! The bytes of a shared file: header, sorted commit lines, footer with a checksum. Equal sets of commits give equal text.
//!
//! An encrypted file is a header of its own, and after its line feed an age file that holds the bytes of a plain one.
//! Encryption gives other bytes each time, so files are compared by their text: that header, and the bytes of the plain one.
//!
//! Reading order: `commit` is a signed line, `chain` what is missing between lines, `seal` closes a ballot, `envelope` the whole
//! file; `inspect` says line by line what a replica holds, `main_file` how the main one stands to what is wanted.

pub mod chain;
pub mod commit;
pub mod envelope;
pub mod inspect;
pub mod main_file;
pub mod seal;

use std::borrow::Cow;

use serde_json::json;

use crate::{
    domain::terms::id::VisitId,
    share::{
        code::{
            base64::{encode, sha256},
            json::Json,
        },
        file::{
            commit::{LINE_LIMIT, Line},
            envelope::{Envelope, Payload},
        },
        limits::SLOT_LIMIT,
    },
};

/// What a shared file begins with.
pub const MAGIC: &str = "HECHA1 ";
/// The format this program writes, and the newest it reads.
pub const FORMAT: u64 = 1;
/// What the header of a plain and of an encrypted file calls its encryption.
const PLAIN: &str = "none";
const ENCRYPTED: &str = "age";
/// The byte order mark that some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// What an age file begins with.
const AGE: &[u8] = b"age-encryption.org/v1\n";
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
    /// The key of an encrypted file, locked with the passphrase.
    pub slot: Option<String>,
}

impl Header {
    /// Whether the file is not encrypted.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.encryption == PLAIN
    }
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
    /// A shared file that is encrypted and was not opened: without a key, or with one that does not fit.
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

impl Contents {
    /// Whether it is a file of this visit that this program can read or could with its key.
    #[must_use]
    pub fn is_of(&self, visit: &VisitId) -> bool {
        matches!(self, Self::Lines { header, .. } | Self::Encrypted(header) if &header.visit == visit)
    }
}

/// The canonical bytes of a plain file. `lines` must be sorted by (feed, n, id).
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
        let header = json!({"fmt": FORMAT, "min": FORMAT, "visit": visit.as_str(), "enc": PLAIN});
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

/// The canonical text of an encrypted file around the bytes of a plain one.
#[must_use]
pub fn enclose(visit: &VisitId, plain: &[u8], slot: &str) -> Vec<u8> {
    let header =
        json!({"fmt": FORMAT, "min": FORMAT, "visit": visit.as_str(), "enc": ENCRYPTED, "slot": slot});
    let mut text = format!("{MAGIC}{header}\n").into_bytes();
    text.extend_from_slice(plain);
    text
}

/// The bytes to write for the text of an encrypted file. `None` only if age refuses, which nothing here can cause.
#[must_use]
pub fn seal(text: &[u8], envelope: &Envelope) -> Option<Vec<u8>> {
    let (header, plain) = split_header(text);
    let mut bytes = header.to_vec();
    bytes.extend(envelope.key.seal(plain)?);
    Some(bytes)
}

/// Reads the bytes of a file. Forgives carriage returns and a byte order mark; salvages what a cut or flip left over.
#[must_use]
pub fn read(bytes: &[u8]) -> Contents {
    let header = match decide(header(unmarked(bytes)), bytes.is_empty()) {
        Ok(header) => header,
        Err(contents) => return contents,
    };
    let normal = normal(bytes);
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

/// Whether every line of a file below its first stands in a text, in the same order: then it has nothing to add to it. A file that lags
/// behind is told from one with news by comparing, without reading what it says; of others that cannot be told, such as one with
/// carriage returns, `false` is said.
#[must_use]
pub fn adds_nothing(bytes: &[u8], text: &[u8]) -> bool {
    let (mut rest, mut there) = (split_header(bytes).1, text);
    loop {
        let same = rest.get(..n_same(rest, there)).unwrap_or_default();
        let whole = same.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        (rest, there) = (after(rest, whole), after(there, whole));
        let is_last = || split_header(rest).1.is_empty();
        if rest.is_empty() || (rest.starts_with(b"END ") && is_last()) {
            return !bytes.is_empty();
        }
        match there.iter().position(|byte| *byte == b'\n') {
            Some(end) => there = after(there, end + 1),
            None => return false,
        }
    }
}

fn after(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

/// How many bytes are the same from the beginning.
fn n_same(a: &[u8], b: &[u8]) -> usize {
    // Megabytes are the same: they are compared a block at a time.
    const BLOCK: usize = 4 << 10;
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let from = blocks * BLOCK;
    from + after(a, from).iter().zip(after(b, from)).take_while(|(a, b)| a == b).count()
}

/// The bytes as text. A flipped byte may break UTF-8: the line goes on to be set aside with its reason, not to vanish.
/// The check for sound bytes is several times as fast as the search for broken ones.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Reads the bytes of a file that may be encrypted. The text of an encrypted file comes with it if all of it opened.
///
/// What does not open is damage if it is known to be for this key: by its slot, or because its beginning opened. Else it
/// stays [`Contents::Encrypted`], because it may be another key's, and nobody may replace that. One whose first line does
/// not read is damage if what is below it opens.
#[must_use]
pub fn open(bytes: &[u8], envelope: Option<&Envelope>) -> (Contents, Option<Vec<u8>>) {
    let (header, envelope) = match (read(bytes), envelope) {
        (Contents::Encrypted(header), Some(envelope)) => (header, envelope),
        (Contents::Foreign, Some(envelope)) => return (open_below_header(bytes, envelope), None),
        (contents, _) => return (contents, None),
    };
    let (first, payload) = split_header(unmarked(bytes));
    let (plain, whole) = match envelope.key.open(payload) {
        Payload::Whole(plain) => (plain, true),
        Payload::Part(plain) => (plain, false),
        Payload::Shut if header.slot.as_ref().is_some_and(|slot| envelope.knows(slot)) => (Vec::new(), false),
        Payload::Shut => return (Contents::Encrypted(header), None),
    };
    match read(&plain) {
        Contents::Lines { header: inner, lines, intact } if inner.visit == header.visit => {
            let text = whole.then(|| [first, &plain].concat());
            (Contents::Lines { header, lines, intact: intact && whole }, text)
        }
        Contents::Newer(inner) => (Contents::Newer(inner), None),
        _ => (Contents::Lines { header, lines: Vec::new(), intact: false }, None),
    }
}

/// The bytes of a plain file: those inside an encrypted one, as far as they open. `None` without the key.
#[must_use]
pub fn unseal(bytes: Vec<u8>, envelope: Option<&Envelope>) -> Option<Vec<u8>> {
    if !matches!(read_header(&bytes), Contents::Encrypted(_)) {
        return Some(bytes);
    }
    match envelope?.key.open(split_header(unmarked(&bytes)).1) {
        Payload::Whole(plain) | Payload::Part(plain) => Some(plain),
        Payload::Shut => None,
    }
}

/// What can be had of an encrypted file whose first line is broken: what it holds says whose it is.
fn open_below_header(bytes: &[u8], envelope: &Envelope) -> Contents {
    let start = bytes.get(..bytes.len().min(HEADER_LIMIT)).unwrap_or_default();
    let at = start.windows(AGE.len()).position(|window| window == AGE);
    let payload = at.and_then(|at| bytes.get(at..)).unwrap_or_default();
    match envelope.key.open(payload) {
        Payload::Whole(plain) | Payload::Part(plain) => match read(&plain) {
            Contents::Lines { header, lines, .. } => Contents::Lines { header, lines, intact: false },
            _ => Contents::Foreign,
        },
        Payload::Shut => Contents::Foreign,
    }
}

/// What the first bytes of a file say it is; lines and footer are not looked at.
#[must_use]
pub fn read_header(start: &[u8]) -> Contents {
    match decide(header(unmarked(start)), start.is_empty()) {
        Ok(header) => Contents::Lines { header, lines: Vec::new(), intact: false },
        Err(contents) => contents,
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
        slot: json.text("slot").filter(|slot| slot.len() <= SLOT_LIMIT).map(str::to_owned),
    })
}

/// The bytes as the checksum sees them: without a byte order mark and carriage returns, which mail and editors add.
pub(super) fn normal(bytes: &[u8]) -> Cow<'_, [u8]> {
    let unmarked = unmarked(bytes);
    if unmarked.contains(&b'\r') {
        unmarked.iter().copied().filter(|byte| *byte != b'\r').collect()
    } else {
        Cow::Borrowed(unmarked)
    }
}

/// The header of a file whose lines can be read, or what the file is without looking further.
fn decide(header: Option<Header>, empty: bool) -> Result<Header, Contents> {
    match header {
        _ if empty => Err(Contents::Empty),
        None => Err(Contents::Foreign),
        Some(header) if header.min > FORMAT => Err(Contents::Newer(header)),
        Some(header) if header.encryption == PLAIN => Ok(header),
        Some(header) if header.encryption == ENCRYPTED => Err(Contents::Encrypted(header)),
        Some(header) => Err(Contents::Newer(header)),
    }
}

fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// The first line with its line feed, and what comes after it.
fn split_header(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::file::envelope::VisitKey;

    /// A slot is only a text here; that it holds the key is the envelope's business.
    fn envelope(slot: &str) -> Envelope {
        Envelope { key: VisitKey::generate(), slot: slot.to_owned(), earlier: vec!["AAAB".to_owned()] }
    }

    fn visit() -> VisitId {
        VisitId::new("v".repeat(43))
    }

    /// Large enough for every byte to occur in the payload, carriage returns included.
    fn lines() -> Vec<Line> {
        let line = |n| Line { signature: "s".repeat(86), json: format!("{{\"n\":{n}}}") };
        (0..3_000).map(line).collect()
    }

    #[test]
    fn a_file_adds_nothing_if_its_lines_stand_in_the_text_in_order() {
        let (all, text) = (lines(), write(&visit(), &lines()));
        let some: Vec<Line> = all.iter().step_by(3).cloned().collect();
        let stale = write(&visit(), &some);
        let mailed = String::from_utf8(stale.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        let twice = [&stale[..], &stale].concat();
        let unended = &stale[..stale.len() - 60];
        assert!(adds_nothing(&text, &text) && adds_nothing(&stale, &text));
        for (bytes, what) in [(&mailed[..], "mailed"), (b"", "empty"), (unended, "cut"), (&twice, "two")] {
            assert!(!adds_nothing(bytes, &text), "{what}");
        }
        for at in [200, stale.len() / 2, stale.len() - 100] {
            let mut flipped = stale.clone();
            flipped[at] ^= 1;
            assert!(!adds_nothing(&flipped, &text), "byte {at}");
        }
        let more = Line { signature: "s".repeat(86), json: "{\"n\":9999}".to_owned() };
        let news = write(&visit(), &[some, vec![more]].concat());
        assert!(!adds_nothing(&news, &text) && !adds_nothing(&stale, b""));
        let backwards: Vec<Line> = all.into_iter().rev().collect();
        assert!(
            !adds_nothing(&write(&visit(), &backwards), &text),
            "it is read, though nothing in it is new"
        );
    }

    #[test]
    fn an_encrypted_file_reads_as_the_plain_one_it_holds() {
        let (plain, envelope) = (write(&visit(), &lines()), envelope("AAAA"));
        let text = enclose(&visit(), &plain, &envelope.slot);
        let bytes = seal(&text, &envelope).unwrap();
        let Contents::Lines { lines: wanted, intact: true, .. } = read(&plain) else { panic!() };
        for bytes in [bytes.clone(), [BYTE_ORDER_MARK, &bytes].concat()] {
            let (contents, read) = open(&bytes, Some(&envelope));
            let Contents::Lines { header, lines, intact: true } = contents else { panic!("{contents:?}") };
            assert_eq!((header.visit, header.slot.as_deref()), (visit(), Some("AAAA")));
            assert!(lines == wanted && read.as_ref() == Some(&text));
            assert!(matches!(open(&bytes, None), (Contents::Encrypted(_), None)));
            assert!(matches!(read_header(&bytes[..600]), Contents::Encrypted(_)));
        }
        assert!(matches!(open(&plain, Some(&envelope)), (Contents::Lines { intact: true, .. }, None)));
    }

    #[test]
    fn what_does_not_open_is_damage_only_if_it_is_known_to_be_ours() {
        let plain = write(&visit(), &lines());
        for (slot, known) in [("AAAA", true), ("AAAB", true), ("AAAC", false)] {
            let own = envelope("AAAA");
            let theirs = seal(&enclose(&visit(), &plain, slot), &envelope("")).unwrap();
            let cut_early = theirs[..200].to_vec();
            for bytes in [theirs, cut_early] {
                match open(&bytes, Some(&own)) {
                    (Contents::Lines { intact: false, lines, .. }, None) => {
                        assert!(known && lines.is_empty())
                    }
                    (Contents::Encrypted(_), None) => assert!(!known, "{slot}"),
                    other => panic!("{other:?}"),
                }
            }
            let ours = seal(&enclose(&visit(), &plain, slot), &own).unwrap();
            let (cut, text) = open(&ours[..ours.len() - 70_000], Some(&own));
            let Contents::Lines { intact: false, lines, .. } = cut else { panic!("{cut:?}") };
            assert!(lines.len() > 1_000 && text.is_none(), "what was authentic is salvaged: {}", lines.len());
        }
    }

    #[test]
    fn a_broken_first_line_hides_nothing_from_the_key() {
        let own = envelope("AAAA");
        let good = seal(&enclose(&visit(), &write(&visit(), &lines()), "AAAA"), &own).unwrap();
        let end = good.iter().position(|byte| *byte == b'\n').unwrap();
        for flip in [0, 5, 8, end] {
            let mut broken = good.clone();
            broken[flip] ^= 4;
            let (contents, text) = open(&broken, Some(&own));
            let Contents::Lines { header, lines, intact: false } = contents else { panic!("{contents:?}") };
            assert!(header.visit == visit() && lines.len() == 3_000 && text.is_none(), "byte {flip}");
            assert_eq!(open(&broken, Some(&envelope("AAAA"))).0, Contents::Foreign, "another key's");
        }
    }

    #[test]
    fn only_a_plain_file_of_the_same_visit_counts_as_the_inside() {
        let own = envelope("AAAA");
        let other = VisitId::new("w".repeat(43));
        let nested = enclose(&visit(), &write(&visit(), &lines()), "AAAA");
        let foreign = b"<html>".to_vec();
        for inside in [write(&other, &lines()), nested, foreign, Vec::new()] {
            let bytes = seal(&enclose(&visit(), &inside, "AAAA"), &own).unwrap();
            let (contents, text) = open(&bytes, Some(&own));
            assert!(matches!(contents, Contents::Lines { intact: false, lines, .. } if lines.is_empty()));
            assert_eq!(text, None);
        }
        let unknown = format!("{MAGIC}{}\n", json!({"fmt":1,"min":1,"visit":visit().as_str(),"enc":"rot13"}));
        assert!(matches!(read(unknown.as_bytes()), Contents::Newer(_)));
    }
}
