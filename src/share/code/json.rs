//! Strict JSON for text from elsewhere: no floats, no duplicate keys, integers within ±(2^53−1), bounded depth.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// Largest integer that every JSON reader keeps exact.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;

/// A JSON value in the strict subset. Borrows from the text where it can: thousands of small edits are read at every start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Self>),
    /// An object with distinct keys, sorted.
    Map(Members<'a>),
}

/// The members of an object, sorted by key.
pub type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

impl<'a> Json<'a> {
    /// Parses strict JSON.
    ///
    /// # Errors
    /// The parser's sentence, with its position.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => {
                let index = members.binary_search_by(|(name, _)| name.as_ref().cmp(key)).ok()?;
                members.get(index).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The string member of an object.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The non-negative integer member of an object.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<u64> {
        self.get(key)?.as_count()
    }

    /// The array member of an object.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&[Self]> {
        match self.get(key)? {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The object member of an object.
    #[must_use]
    pub fn map(&self, key: &str) -> Option<&Members<'a>> {
        match self.get(key)? {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// A non-negative integer.
    #[must_use]
    pub fn as_count(&self) -> Option<u64> {
        match self {
            Self::Int(n) => u64::try_from(*n).ok(),
            _ => None,
        }
    }

    /// A string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Strict)
    }
}

struct Strict;

impl<'de> Visitor<'de> for Strict {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without floats or duplicate keys")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Json<'de>, E> {
        if (-MAX_INTEGER..=MAX_INTEGER).contains(&value) {
            Ok(Json::Int(value))
        } else {
            Err(E::custom("integer out of range"))
        }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Json<'de>, E> {
        i64::try_from(value)
            .map_err(|_| E::custom("integer out of range"))
            .and_then(|value| self.visit_i64(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_string<E>(self, value: String) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members = Members::new();
        while let Some((Key(key), value)) = map.next_entry()? {
            members.push((key, value));
        }
        members.sort_by(|(a, _), (b, _)| a.cmp(b));
        if members.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b)) {
            return Err(A::Error::custom("duplicate key"));
        }
        Ok(Json::Map(members))
    }
}

/// A key, borrowed where the text has it without escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_strict_subset_is_read() {
        assert_eq!(Json::parse(r#"{"a":[1,-2,"x",null,true]}"#).unwrap().list("a").unwrap().len(), 5);
        for hostile in [
            r#"{"a":1,"a":2}"#,
            "1.5",
            "1e3",
            "9007199254740992",
            "18446744073709551615",
            "{",
            "[1] 2",
            &"[".repeat(100_000),
        ] {
            assert!(Json::parse(hostile).is_err(), "{hostile:.20}");
        }
    }
}
