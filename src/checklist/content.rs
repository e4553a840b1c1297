//! The canonical text of a checklist: what a visit is founded with, and what its hash is taken of.
//!
//! One checklist has exactly one text: fixed key order, decimals as strings, nothing left out that says something, and a
//! text that is not what [`encode`] would write is refused. So equal hashes mean equal checklists and the other way round.

mod border;
mod clauses;
mod contradictions;
mod known;
mod lists;
mod measures;
mod rules;
mod whole;

use std::{io, sync::Arc};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::{
    checklist::{
        area::AreaSheet,
        content::{
            known::KNOWN,
            whole::{AreaContent, Content},
        },
    },
    domain::checklist::Checklist,
};

/// The format written. A reader that meets a higher number is too old.
const FORMAT: u32 = 1;
/// Longest text accepted, in bytes; the five built-in areas together take a tenth of it.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// Why a text is not the content of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Longer than any checklist.
    #[error("checklist content of {0} bytes is too large")]
    TooLarge(usize),
    /// Written by a newer program.
    #[error("checklist content of format {0} needs a newer program")]
    Newer(u32),
    /// Not JSON, or not of this shape.
    #[error("checklist content cannot be read: {0}")]
    Malformed(String),
    /// A value no loader lets through; names the place.
    #[error("checklist content holds an impossible value: {0}")]
    Invalid(String),
    /// Readable, but not the one text that stands for this checklist.
    #[error("checklist content is not in canonical form")]
    NotCanonical,
}

/// The canonical text.
#[must_use]
pub fn encode(checklist: &Checklist) -> String {
    // Serialising strings, integers and lists into a string has no way to fail.
    serde_json::to_string(&Content::of(checklist)).unwrap_or_default()
}

/// The checklist a canonical text stands for. The text may come from anybody.
///
/// # Errors
/// See [`ContentError`].
pub fn decode(text: &str) -> Result<Checklist, ContentError> {
    let checklist = decode_known(text)?;
    if is_canonical(&checklist, text) { Ok(checklist) } else { Err(ContentError::NotCanonical) }
}

/// As [`decode`], if the text has this hash: the checklist of a founding commit from elsewhere.
#[must_use]
pub fn decode_hashed(text: &str, wanted: &str) -> Option<Checklist> {
    decode(text).ok().filter(|_| hash(text) == wanted)
}

/// Whether [`encode`] would write this text. Compared while it is written: the text is long, and every opened visit
/// pays for it.
fn is_canonical(checklist: &Checklist, text: &str) -> bool {
    struct Same<'t>(&'t [u8]);
    impl io::Write for Same<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut same = Same(text.as_bytes());
    serde_json::to_writer(&mut same, &Content::of(checklist)).is_ok() && same.0.is_empty()
}

/// As [`decode`], for a text that this laptop decoded before it took it in: every value is checked, but not again
/// that the text is the canonical one. A visit is opened at every start, so this pays.
///
/// # Errors
/// See [`ContentError`].
pub fn decode_known(text: &str) -> Result<Checklist, ContentError> {
    if text.len() > LONGEST {
        return Err(ContentError::TooLarge(text.len()));
    }
    let content: Content = match serde_json::from_str(text) {
        Ok(content) => content,
        Err(error) => return Err(newer(text).unwrap_or_else(|| ContentError::Malformed(error.to_string()))),
    };
    if content.format != FORMAT {
        return Err(ContentError::Newer(content.format));
    }
    content.into_checklist()
}

/// As [`decode_known`], and a text that this process read lately is not read again.
///
/// # Errors
/// See [`ContentError`].
pub fn decode_once(text: &str) -> Result<Arc<Checklist>, ContentError> {
    KNOWN.of(text, decode_known)
}

/// SHA-256 of a text in base64url without padding: 43 characters.
#[must_use]
pub fn hash(text: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(text.as_bytes()))
}

/// The canonical text of an area by itself, to tell two editions apart.
#[must_use]
pub fn encode_area(sheet: &AreaSheet) -> String {
    serde_json::to_string(&AreaContent::of(sheet)).unwrap_or_default()
}

/// Content of a later format has keys that this program does not know; its number is told all the same.
fn newer(text: &str) -> Option<ContentError> {
    #[derive(serde::Deserialize)]
    struct FormatNumber {
        format: u32,
    }
    let header: FormatNumber = serde_json::from_str(text).ok()?;
    (header.format > FORMAT).then_some(ContentError::Newer(header.format))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Sources, load_profile};

    const PROFILES: [&str; 4] = ["township", "community", "community-hospital", "village"];

    fn shipped(id: &str) -> Checklist {
        load_profile(id, &Sources::built_in()).unwrap().0
    }

    #[test]
    fn text_and_checklist_stand_for_each_other() {
        for id in PROFILES {
            let checklist = shipped(id);
            let text = encode(&checklist);
            let read = decode(&text).unwrap();
            assert!(read == checklist, "{id}");
            assert_eq!(encode(&read), text, "{id}");
            assert_eq!(hash(&text).len(), 43);
        }
    }

    #[test]
    fn decimals_are_strings_and_nothing_is_a_float() {
        fn no_floats(value: &serde_json::Value) -> bool {
            match value {
                serde_json::Value::Number(number) => !number.is_f64(),
                serde_json::Value::Array(items) => items.iter().all(no_floats),
                serde_json::Value::Object(fields) => fields.values().all(no_floats),
                _ => true,
            }
        }
        let text = encode(&shipped("township"));
        assert!(text.contains("\"at_least\":\"0.95\""));
        assert!(no_floats(&serde_json::from_str(&text).unwrap()));
    }

    #[test]
    fn any_other_writing_of_the_same_checklist_is_refused() {
        let text = encode(&shipped("village"));
        for (from, to) in
            [("{", "{ "), ("\"0.95\"", "\"0.950\""), ("\"village\"", "\"\\u0076illage\""), ("}", "}\n")]
        {
            let other = if to == "}\n" { format!("{text}\n") } else { text.replacen(from, to, 1) };
            if other != text {
                assert_eq!(decode(&other), Err(ContentError::NotCanonical), "{from}");
            }
        }
    }

    #[test]
    fn impossible_content_is_refused() {
        let text = encode(&shipped("village"));
        let swaps = [
            ("\"format\":1", "\"format\":2"),
            ("\"format\":1", "\"format\":1,\"x\":1"),
            ("\"format\":1", "\"format\":1,\"format\":1"),
            ("\"grade\":\"C\"", "\"grade\":\"E\""),
            ("\"quorum\":2", "\"quorum\":0"),
            ("\"C1\"", "\"C1\\u001b\""),
            ("\"id\":\"EM-13\"", "\"id\":\"EM-05\""),
            ("\"list\":\"V-KIT\"", "\"list\":\"V-KID\""),
            ("\"source\":\"default\"", "\"source\":\"guess\""),
        ];
        for (from, to) in swaps {
            assert!(text.contains(from), "{from}");
            assert!(decode(&text.replacen(from, to, 1)).is_err(), "{to}");
        }
        assert_eq!(decode("{\"format\":7,\"later\":[]}"), Err(ContentError::Newer(7)));
        for text in ["", "{}", "[]", "null", &"[".repeat(100_000)] {
            assert!(matches!(decode(text), Err(ContentError::Malformed(_))));
        }
        assert!(matches!(decode(&" ".repeat(LONGEST + 1)), Err(ContentError::TooLarge(_))));
    }
}
