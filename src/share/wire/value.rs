//! Values that many edits hold, read strictly: ids, names, reasons, lists of a bounded length, and what may be absent.

use std::collections::BTreeSet;

use crate::{
    domain::{
        terms::{
            clean::clean_line,
            date::Date,
            digest::Digest,
            id::{ClauseId, CommitId, MemberName},
            written::{Line, Note},
        },
        visit::MOST_ENDS,
    },
    share::code::{base64::decode_array, json::Json},
};

/// Longest id accepted from elsewhere, in bytes.
const ID_LIMIT: usize = 64;
/// Most members, citations or feeds accepted in one edit.
pub(super) const COUNT_LIMIT: usize = 200;

/// An id: short, printable, without spaces.
pub(in crate::share) fn id(text: &str) -> Option<&str> {
    let fits = (1..=ID_LIMIT).contains(&text.len()) && text.chars().all(|c| !c.is_whitespace());
    (fits && clean_line(text) == text).then_some(text)
}

/// The name of a member, which must be clean as it stands.
pub(super) fn name(json: &Json<'_>) -> Option<MemberName> {
    name_from(json.get("name")?)
}

/// As [`name`], of the text itself.
pub(super) fn name_from(json: &Json<'_>) -> Option<MemberName> {
    let name = json.as_text()?;
    (!name.is_empty() && clean_line(name) == name).then(|| MemberName::new(name))
}

/// The clause that an edit is about.
pub(super) fn clause(json: &Json<'_>) -> Option<ClauseId> {
    Some(ClauseId::new(id(json.text("c")?)?))
}

/// The digest that an edit is about.
pub(super) fn digest(json: &Json<'_>) -> Option<Digest> {
    digest_of(json.get("h")?)
}

/// A digest.
pub(super) fn digest_of(json: &Json<'_>) -> Option<Digest> {
    Some(Digest(decode_array(json.as_text()?)?))
}

/// A reason that may not be empty.
pub(super) fn reason(json: &Json<'_>) -> Option<Line> {
    line(json.get("why")?).filter(|reason| !reason.is_empty())
}

/// A line of text, clean as shown; one that is too long is none, since nothing that people wrote is cut.
pub(super) fn line(json: &Json<'_>) -> Option<Line> {
    Line::new(json.as_text()?).ok()
}

/// As [`line`], of several lines.
pub(super) fn note(json: &Json<'_>) -> Option<Note> {
    Note::new(json.as_text()?).ok()
}

/// A list that no panel of people makes longer.
pub(super) fn bounded<'b, 'a>(list: &'b [Json<'a>]) -> Option<&'b [Json<'a>]> {
    (list.len() <= COUNT_LIMIT).then_some(list)
}

/// The day that something was said; without one it is not known.
pub(super) fn day(json: &Json<'_>) -> Option<Option<Date>> {
    optional(json.get("on"), |day| day.as_text()?.parse().ok())
}

/// Ids of commits.
pub(super) fn ids_json(ids: &BTreeSet<CommitId>) -> Vec<&str> {
    ids.iter().map(CommitId::as_str).collect()
}

/// As [`ids_json`], from JSON.
pub(super) fn ids_from(json: &Json<'_>, key: &str) -> Option<BTreeSet<CommitId>> {
    let ids = json.list(key).filter(|ids| ids.len() <= MOST_ENDS)?;
    ids.iter().map(|of| Some(CommitId::new(id(of.as_text()?)?))).collect()
}

/// `Some(None)` for null or absent, `None` when the value is there but cannot be read.
#[expect(clippy::option_option, reason = "absent and malformed are different answers here")]
pub(super) fn optional<T>(
    json: Option<&Json<'_>>,
    read: impl Fn(&Json<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match json {
        None | Some(Json::Null) => Some(None),
        Some(json) => read(json).map(Some),
    }
}
