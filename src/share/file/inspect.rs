//! What the bytes of one replica hold, line by line: commits that verify, lines that do not and why. Pure and bounded.

use std::collections::BTreeMap;

use crate::{
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        error::LineError,
        file::{
            self,
            commit::{Body, Commit, LINE_LIMIT, Line},
        },
        wire::value::id,
    },
};

/// Most bad lines that are looked at one by one; a file with more is no damaged file but a made-up one.
pub const BAD_LIMIT: usize = 100_000;

/// Public keys by the feeds named after them.
pub type Keys = BTreeMap<FeedId, PublicKey>;

/// A shared file, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replica {
    /// The last line.
    pub footer: Footer,
    /// Commits that verify, in the order of the file, repeated ones included.
    pub commits: Vec<SoundCommit>,
    /// Lines that do not, at most [`BAD_LIMIT`] of them.
    pub bad: Vec<BadLine>,
    /// How many lines do not verify.
    pub n_bad: usize,
    /// Whether the bytes are exactly those a program writes for these commits.
    pub canonical: bool,
}

/// The last line of a shared file: the number of lines and a checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footer {
    /// There and right.
    Right,
    /// There, and the bytes before are others.
    Wrong,
    /// Not there: the file was cut.
    Missing,
}

/// A commit that verifies, with what tells its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundCommit {
    /// Signature and JSON.
    pub line: Line,
    /// Id.
    pub id: CommitId,
    /// Feed.
    pub feed: FeedId,
    /// Number in the feed.
    pub n: u64,
    /// The commit before.
    pub previous: Option<CommitId>,
    /// Wall clock in milliseconds, decoration.
    pub time_ms: Option<u64>,
    /// Whether its edits are sealed.
    pub sealed: bool,
}

/// A line that does not verify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Line number, from 2.
    pub number: usize,
    /// Why.
    pub reason: LineError,
    /// The line; bytes that are no text became replacement characters.
    pub text: String,
    /// The commit whose JSON is well-formed although the signature does not hold.
    pub claim: Option<Claim>,
}

/// What a line says it is. Nobody vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Id of its bytes.
    pub id: CommitId,
    /// Feed.
    pub feed: FeedId,
    /// Number in the feed.
    pub n: u64,
}

impl SoundCommit {
    /// A verified commit; of the store, or after [`Commit::verify`].
    #[must_use]
    pub fn of(commit: Commit<'_>, line: Line) -> Self {
        let sealed = matches!(commit.body, Body::Sealed(_));
        let Commit { id, feed, n, previous, time_ms, .. } = commit;
        Self { line, id, feed, n, previous, time_ms, sealed }
    }

    /// The public key it carries, if it is its feed's.
    #[must_use]
    pub fn carried_key(&self) -> Option<PublicKey> {
        Commit::from_store(self.id.clone(), &self.line.json)?.carried_key()
    }
}

impl BadLine {
    /// The signature, if the line still begins with one.
    #[must_use]
    pub fn signature(&self) -> Option<&str> {
        self.text.split_once(' ').map(|(signature, _)| signature)
    }

    /// Feed and number as far as they can still be read; a guess where the JSON is damaged.
    #[must_use]
    pub fn place(&self) -> (Option<FeedId>, Option<u64>) {
        match &self.claim {
            Some(claim) => (Some(claim.feed.clone()), Some(claim.n)),
            None => (salvaged_feed(&self.text), salvaged_number(&self.text)),
        }
    }
}

/// The keys that the lines of a replica carry. A key must hash to its feed, so no line has to verify for it.
#[must_use]
pub fn carried_keys(visit: &VisitId, bytes: &[u8]) -> Keys {
    let normal = file::normal(bytes);
    let carried = commit_lines(&normal).filter_map(|(_, line)| {
        let line = Line::parse(std::str::from_utf8(line).ok()?).ok()?;
        // A founding commit that was changed has another id; its key is still its feed's.
        let changed = || Commit::read(&Commit::founded_visit(&line.json), &line.json);
        Commit::read(visit, &line.json).or_else(|_| changed()).ok()?.carried_key()
    });
    carried.map(|key| (key.feed(), key)).collect()
}

/// Takes the bytes of a replica apart. Every signature is verified, alone.
#[must_use]
pub fn inspect(visit: &VisitId, bytes: &[u8], keys: &Keys) -> Replica {
    let normal = file::normal(bytes);
    let (mut commits, mut bad, mut n_bad) = (Vec::new(), Vec::new(), 0);
    for (number, line) in commit_lines(&normal) {
        let text = String::from_utf8_lossy(line);
        let read = match std::str::from_utf8(line) {
            _ if line.len() > LINE_LIMIT => Err((LineError::TooLong, None)),
            Ok(text) => read_line(visit, text, keys),
            Err(_) => Err((LineError::Json, None)),
        };
        match read {
            Ok(commit) => commits.push(commit),
            Err((reason, claim)) => {
                n_bad += 1;
                if bad.len() < BAD_LIMIT {
                    bad.push(BadLine { number, reason, text: text.into_owned(), claim });
                }
            }
        }
    }
    let canonical = n_bad == 0 && is_canonical(visit, &commits, bytes);
    Replica { footer: footer(&normal), commits, bad, n_bad, canonical }
}

/// The lines between header and footer with their numbers. Empty ones mean nothing, and neither do the headers and
/// footers that stand in the middle of files put behind each other.
fn commit_lines(normal: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let is_frame = |line: &[u8]| line.starts_with(b"END ") || line.starts_with(file::MAGIC.as_bytes());
    let lines = normal.split(|byte| *byte == b'\n').enumerate().skip(1);
    lines.filter(move |(_, line)| !line.is_empty() && !is_frame(line)).map(|(index, line)| (index + 1, line))
}

fn footer(normal: &[u8]) -> Footer {
    if file::split_footer(normal).is_some() {
        Footer::Right
    } else if normal.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"END ")) {
        Footer::Wrong
    } else {
        Footer::Missing
    }
}

fn read_line(visit: &VisitId, text: &str, keys: &Keys) -> Result<SoundCommit, (LineError, Option<Claim>)> {
    let line = Line::parse(text).map_err(|reason| (reason, None))?;
    let commit = match Commit::read(visit, &line.json) {
        Ok(commit) => commit,
        Err(LineError::OtherVisit) => return Err(judge_other_founding(&line)),
        Err(reason) => return Err((reason, None)),
    };
    let key = keys.get(&commit.feed).ok_or(LineError::UnknownKey);
    match key.and_then(|key| commit.verify(visit, &line, *key)) {
        Ok(()) => Ok(SoundCommit::of(commit, line.clone())),
        Err(reason) => Err((reason, Some(claim(&commit)))),
    }
}

/// A founding commit with another id is another visit's only if it verifies as such; else it is ours, changed.
fn judge_other_founding(line: &Line) -> (LineError, Option<Claim>) {
    let other = Commit::founded_visit(&line.json);
    let Ok(commit) = Commit::read(&other, &line.json) else { return (LineError::Json, None) };
    let genuine = commit.carried_key().is_some_and(|key| commit.verify(&other, line, key).is_ok());
    if genuine { (LineError::OtherVisit, None) } else { (LineError::Signature, Some(claim(&commit))) }
}

fn claim(commit: &Commit<'_>) -> Claim {
    Claim { id: commit.id.clone(), feed: commit.feed.clone(), n: commit.n }
}

fn is_canonical(visit: &VisitId, commits: &[SoundCommit], bytes: &[u8]) -> bool {
    let mut sorted: Vec<&SoundCommit> = commits.iter().collect();
    sorted.sort_by(|a, b| (&a.feed, a.n, &a.id).cmp(&(&b.feed, b.n, &b.id)));
    sorted.dedup_by(|a, b| a.id == b.id);
    let lines: Vec<Line> = sorted.into_iter().map(|commit| commit.line.clone()).collect();
    file::write(visit, &lines) == bytes
}

/// The members of a commit stand in the order of their names, so the last `f` and `n` are the commit's own.
fn salvaged_feed(text: &str) -> Option<FeedId> {
    let (_, rest) = text.rsplit_once("\"f\":\"")?;
    let (feed, _) = rest.split_once('"')?;
    (feed.len() == 12).then(|| id(feed).map(FeedId::new))?
}

fn salvaged_number(text: &str) -> Option<u64> {
    let (_, rest) = text.rsplit_once("\"n\":")?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    rest.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::share::{
        code::key::DeviceKey,
        file::commit::{Draft, DraftBody, sign},
    };

    /// A founding commit and one after it.
    fn file() -> (VisitId, Vec<u8>) {
        let key = DeviceKey::from_bytes(&[7; 32]);
        let draft = |visit, n, previous, edit| Draft {
            visit,
            n,
            previous,
            lamport: n,
            time_ms: 5,
            seen: std::collections::BTreeSet::new(),
            body: DraftBody::Open(vec![edit]),
        };
        let found = json!({"k": "found", "key": key.public().to_text(), "facility": "青禾"});
        let (first, founding) = sign(&key, draft(None, 1, None, found));
        let visit = VisitId::new(first.as_str());
        let declare = json!({"k": "declare", "text": "无"});
        let (_, second) = sign(&key, draft(Some(visit.clone()), 2, Some(first), declare));
        (visit.clone(), file::write(&visit, &[founding, second]))
    }

    #[test]
    fn whatever_byte_is_flipped_the_bytes_are_not_canonical_and_nothing_false_verifies() {
        let (visit, good) = file();
        let keys = carried_keys(&visit, &good);
        let whole = inspect(&visit, &good, &keys);
        assert!(whole.canonical && whole.footer == Footer::Right && whole.n_bad == 0);
        for at in 0..good.len() {
            for bit in [1, 7, 0x20, 0x80] {
                let mut bytes = good.clone();
                bytes[at] ^= bit;
                let replica = inspect(&visit, &bytes, &carried_keys(&visit, &bytes));
                assert!(!replica.canonical, "byte {at}");
                assert!(replica.commits.iter().all(|commit| whole.commits.contains(commit)), "byte {at}");
            }
        }
    }

    #[test]
    fn a_line_tells_what_is_wrong_with_it_and_where_it_stood() {
        let (visit, good) = file();
        let keys = carried_keys(&visit, &good);
        let text = String::from_utf8(good).unwrap();
        let bad = |text: &str| inspect(&visit, text.as_bytes(), &keys).bad;
        let changed = bad(&text.replacen("\"无\"", "\"有\"", 1));
        let place = changed[0].claim.clone().map(|claim| claim.n);
        assert_eq!((changed[0].number, changed[0].reason, place), (3, LineError::Signature, Some(2)));
        let broken = bad(&text.replacen("[{\"k\":\"declare\"", "[{\"k:\"declare\"", 1));
        assert_eq!((broken[0].reason, broken[0].claim.is_none()), (LineError::Json, true));
        assert_eq!(broken[0].place(), (keys.keys().next().cloned(), Some(2)));
        let founding = bad(&text.replacen("青禾", "青木", 1));
        assert_eq!(founding[0].reason, LineError::Signature, "ours, changed: not another visit's");
    }
}
