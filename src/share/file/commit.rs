//! Signed commits: one signature for everything since the last sync. Bytes are kept and passed on exactly as received.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use serde_json::{Map, Value};

use crate::{
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::{
            base64::{encode, sha256},
            json::{Json, MAX_INTEGER},
            key::{DeviceKey, PublicKey},
        },
        error::LineError,
        wire::value::id,
    },
};

/// Longest line of a shared file, in bytes: a founding commit with the longest checklist, its quotes escaped, and the record of a
/// draw from a pool of thousands.
pub const LINE_LIMIT: usize = 8 << 20;
/// Longest line with any other commit.
pub const COMMIT_LIMIT: usize = 1 << 20;
/// What a commit's id and signature are bound to, before the visit id.
const DOMAIN: &str = "hecha-commit-1\0";
/// Most commits that one names as seen; a person has but a few laptops.
const SEEN_LIMIT: usize = 200;
/// Characters of a signature.
const SIGNATURE_LENGTH: usize = 86;

/// A commit as it travels: a signature and the JSON it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Signature, 86 characters.
    pub signature: String,
    /// The JSON, one line.
    pub json: String,
}

/// A commit whose JSON was read. Nothing is known of its signature until [`Commit::verify`].
#[derive(Debug, Clone)]
pub struct Commit<'a> {
    /// Id.
    pub id: CommitId,
    /// Feed.
    pub feed: FeedId,
    /// Number in the feed, from 1.
    pub n: u64,
    /// The commit before, `None` for the first.
    pub previous: Option<CommitId>,
    /// Lamport time.
    pub lamport: u64,
    /// Wall clock in milliseconds since 1970, if it says one: decoration only.
    pub time_ms: Option<u64>,
    /// What the author had seen of the person's other feeds: the ends they had then.
    pub seen: Arc<BTreeSet<CommitId>>,
    /// Edits or a sealed ballot.
    pub body: Body<'a>,
}

/// What a commit carries.
#[derive(Debug, Clone)]
pub enum Body<'a> {
    /// Edits that everyone can read.
    Open(Vec<Json<'a>>),
    /// Edits sealed until submission.
    Sealed(Cow<'a, str>),
}

/// What is to be signed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The visit; `None` for the founding commit, whose id becomes the visit's.
    pub visit: Option<VisitId>,
    /// Number in the feed, from 1.
    pub n: u64,
    /// The commit before.
    pub previous: Option<CommitId>,
    /// Lamport time.
    pub lamport: u64,
    /// Wall clock in milliseconds since 1970: decoration only.
    pub time_ms: u64,
    /// What was seen of the person's other feeds.
    pub seen: BTreeSet<CommitId>,
    /// Edits as JSON, or sealed text.
    pub body: DraftBody,
}

/// The body of a [`Draft`].
#[derive(Debug, Clone)]
pub enum DraftBody {
    /// Edits.
    Open(Vec<Value>),
    /// Sealed edits.
    Sealed(String),
}

/// Signs a draft.
#[must_use]
pub fn sign(key: &DeviceKey, draft: Draft) -> (CommitId, Line) {
    // One that named more could not be read. Who has so many forks says less, and loses nothing by it.
    let seen: Vec<Value> = draft.seen.iter().take(SEEN_LIMIT).map(|id| id.as_str().into()).collect();
    let mut members = Map::from_iter([
        ("v".to_owned(), Value::from(1)),
        ("f".to_owned(), Value::from(key.feed().as_str())),
        ("n".to_owned(), Value::from(draft.n)),
        ("p".to_owned(), draft.previous.as_ref().map(CommitId::as_str).into()),
        // A hostile commit may claim the last moment that can be written; what comes after it must still be readable.
        ("l".to_owned(), Value::from(draft.lamport.min(MAX_INTEGER.unsigned_abs()))),
        ("t".to_owned(), Value::from(draft.time_ms)),
        ("seen".to_owned(), Value::from(seen)),
    ]);
    match draft.body {
        DraftBody::Open(edits) => members.insert("e".to_owned(), Value::from(edits)),
        DraftBody::Sealed(text) => members.insert("z".to_owned(), Value::from(text)),
    };
    let json = Value::from(members).to_string();
    let message = message(draft.visit.as_ref(), &json);
    let line = Line { signature: key.sign(&message), json };
    (CommitId::new(encode(&sha256(&[&message]))), line)
}

/// Signs the JSON of a commit of one's own again, which gives the same signature each time. Of the founding commit the visit is
/// `None`.
#[must_use]
pub fn sign_again(key: &DeviceKey, visit: Option<&VisitId>, json: &str) -> String {
    key.sign(&message(visit, json))
}

impl Line {
    /// Splits a line of a shared file.
    ///
    /// # Errors
    /// [`LineError::TooLong`] or [`LineError::Shape`].
    pub fn parse(text: &str) -> Result<Self, LineError> {
        if text.len() > LINE_LIMIT {
            return Err(LineError::TooLong);
        }
        let (signature, json) = text.split_once(' ').ok_or(LineError::Shape)?;
        let well_formed = signature.len() == SIGNATURE_LENGTH && json.starts_with('{');
        if !well_formed {
            return Err(LineError::Shape);
        }
        Ok(Self { signature: signature.to_owned(), json: json.to_owned() })
    }

    /// The line as written.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{} {}", self.signature, self.json)
    }
}

impl<'a> Commit<'a> {
    /// Reads the JSON of a commit of this visit.
    ///
    /// # Errors
    /// [`LineError::Json`], [`LineError::TooLong`], or [`LineError::OtherVisit`] for a founding commit that is not this visit's.
    pub fn read(visit: &VisitId, json: &'a str) -> Result<Self, LineError> {
        let parsed = Json::parse(json).map_err(|_| LineError::Json)?;
        let founding = is_founding(&parsed);
        if !founding && SIGNATURE_LENGTH + 1 + json.len() > COMMIT_LIMIT {
            return Err(LineError::TooLong);
        }
        let bound_to = (!founding).then_some(visit);
        let commit = from_json(parsed, Commit::id_of(bound_to, json)).ok_or(LineError::Json)?;
        if founding && commit.id.as_str() != visit.as_str() {
            return Err(LineError::OtherVisit);
        }
        Ok(commit)
    }

    /// Reads a commit that this laptop verified before, under the id it was stored with; `None` if it cannot be read.
    #[must_use]
    pub fn from_store(id: CommitId, json: &'a str) -> Option<Self> {
        from_json(Json::parse(json).ok()?, id)
    }

    /// The id of a commit of a visit, or with `None` of a founding commit, from its bytes alone.
    #[must_use]
    pub fn id_of(visit: Option<&VisitId>, json: &str) -> CommitId {
        CommitId::new(encode(&sha256(&[
            DOMAIN.as_bytes(),
            visit.map_or("", VisitId::as_str).as_bytes(),
            json.as_bytes(),
        ])))
    }

    /// The visit that these bytes found, if they are a founding commit: its id is the visit's.
    #[must_use]
    pub fn founded_visit(json: &str) -> VisitId {
        VisitId::new(Commit::id_of(None, json).as_str())
    }

    /// Whether this is the founding commit.
    #[must_use]
    pub fn is_founding(&self, visit: &VisitId) -> bool {
        self.id.as_str() == visit.as_str()
    }

    /// The public key that a `found` or `join` edit of this commit carries, if it is the key of the commit's own feed.
    /// Only the first commit of a feed may carry it: everybody must come to the same answer, whichever commits they have.
    #[must_use]
    pub fn carried_key(&self) -> Option<PublicKey> {
        let Body::Open(edits) = &self.body else { return None };
        if self.n != 1 {
            return None;
        }
        edits
            .iter()
            .filter(|edit| matches!(edit.text("k"), Some("found" | "join")))
            .find_map(|edit| PublicKey::parse(edit.text("key")?))
            .filter(|key| key.feed() == self.feed)
    }

    /// Verifies the signature with the key of the feed.
    ///
    /// # Errors
    /// [`LineError::Signature`], or [`LineError::UnknownKey`] if the key is not the feed's.
    pub fn verify(&self, visit: &VisitId, line: &Line, key: PublicKey) -> Result<(), LineError> {
        if key.feed() != self.feed {
            return Err(LineError::UnknownKey);
        }
        let bound_to = (!self.is_founding(visit)).then_some(visit);
        let message = message(bound_to, &line.json);
        if key.verifies(&message, &line.signature) { Ok(()) } else { Err(LineError::Signature) }
    }
}

fn from_json(parsed: Json<'_>, id_of: CommitId) -> Option<Commit<'_>> {
    (parsed.count("v")? == 1).then_some(())?;
    let n = parsed.count("n").filter(|n| *n >= 1)?;
    let previous = match parsed.get("p")? {
        Json::Null => None,
        previous => Some(CommitId::new(id(previous.as_text()?)?)),
    };
    (previous.is_none() == (n == 1)).then_some(())?;
    let feed = FeedId::new(id(parsed.text("f")?)?);
    let lamport = parsed.count("l")?;
    let time_ms = parsed.count("t");
    let seen = parsed.list("seen").filter(|seen| seen.len() <= SEEN_LIMIT)?;
    let seen = seen.iter().map(|seen| Some(CommitId::new(id(seen.as_text()?)?)));
    let seen = Arc::new(seen.collect::<Option<_>>()?);
    Some(Commit { id: id_of, feed, n, previous, lamport, time_ms, seen, body: body(parsed)? })
}

/// Exactly one of `e` and `z`.
fn body(parsed: Json<'_>) -> Option<Body<'_>> {
    let Json::Map(members) = parsed else { return None };
    let mut bodies = members.into_iter().filter_map(|(key, value)| match (key.as_ref(), value) {
        ("e", Json::List(edits)) => Some(Body::Open(edits)),
        ("z", Json::Text(sealed)) => Some(Body::Sealed(sealed)),
        _ => None,
    });
    bodies.next().filter(|_| bodies.next().is_none())
}

fn is_founding(parsed: &Json<'_>) -> bool {
    parsed.list("e").and_then(<[Json<'_>]>::first).and_then(|edit| edit.text("k")) == Some("found")
}

/// What is hashed and signed. The founding commit is bound to no visit, because its id is the visit's.
fn message(visit: Option<&VisitId>, json: &str) -> Vec<u8> {
    let mut message = DOMAIN.as_bytes().to_vec();
    message.extend(visit.map_or("", VisitId::as_str).as_bytes());
    message.extend(json.as_bytes());
    message
}
