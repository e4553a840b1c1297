//! What every id, text, word and number of the content must be. The content may come from anybody.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    checklist::{content::ContentError, table::is_id},
    domain::terms::{
        amount::Amount,
        clean::{clean_note, is_clean_line, is_clean_note},
        lang::Text,
        source::Source,
    },
};

/// A value that passed the border, or why it did not.
pub(super) type Checked<T> = Result<T, ContentError>;

/// A text pair: Chinese, English.
#[derive(Serialize, Deserialize)]
pub(super) struct Pair(String, String);

impl Pair {
    pub(super) fn of(pair: &Text) -> Self {
        Self(pair.zh.clone(), pair.en.clone())
    }

    /// As [`Pair::of`]; `None` for a text that says nothing in either language.
    pub(super) fn some(pair: &Text) -> Option<Self> {
        (!pair.is_empty() || !pair.en.is_empty()).then(|| Self::of(pair))
    }

    /// A pair of lines.
    pub(super) fn check(self) -> Checked<Text> {
        Ok(Text { zh: line(self.0)?, en: line(self.1)? })
    }

    /// A pair of longer texts.
    pub(super) fn check_note(self) -> Checked<Text> {
        Ok(Text { zh: note(self.0)?, en: note(self.1)? })
    }
}

/// The words of a set as written.
pub(super) fn keys<W: Copy>(words: &[W], key: fn(W) -> &'static str) -> Vec<String> {
    words.iter().map(|word| key(*word).to_owned()).collect()
}

/// A word by its exact key: other spellings that the loader accepts would make two texts of one checklist.
pub(super) fn word<W: Copy>(text: &str, all: &[W], key: fn(W) -> &'static str) -> Checked<W> {
    all.iter().copied().find(|word| key(*word) == text).ok_or_else(|| invalid("word", text))
}

pub(super) fn words<W: Copy>(texts: &[String], all: &[W], key: fn(W) -> &'static str) -> Checked<Vec<W>> {
    texts.iter().map(|text| word(text, all, key)).collect()
}

pub(super) fn id(text: String) -> Checked<String> {
    if is_id(&text) { Ok(text) } else { Err(invalid("id", &text)) }
}

pub(super) fn line(text: String) -> Checked<String> {
    if is_clean_line(&text) { Ok(text) } else { Err(invalid("line", &text)) }
}

fn note(text: String) -> Checked<String> {
    if is_clean_note(&text) { Ok(text) } else { Err(invalid("text", &text)) }
}

pub(super) fn source(mark: &str) -> Checked<Source> {
    Source::parse(mark).filter(|_| is_clean_line(mark)).ok_or_else(|| invalid("source", mark))
}

pub(super) fn amount(digits: &str) -> Checked<Amount> {
    digits.parse().map_err(|_| invalid("number", digits))
}

pub(super) fn share(digits: &str) -> Checked<Amount> {
    let share = amount(digits)?;
    if (Amount::ZERO..=Amount::ONE).contains(&share) { Ok(share) } else { Err(invalid("share", digits)) }
}

pub(super) fn distinct<'t>(what: &str, ids: impl Iterator<Item = &'t str>) -> Checked<()> {
    let mut seen = HashSet::new();
    let mut ids = ids;
    ids.find(|id| !seen.insert(*id)).map_or(Ok(()), |id| Err(invalid(what, id)))
}

/// The place and a short, safe part of the value.
pub(super) fn invalid(what: &str, value: &str) -> ContentError {
    let value: String = clean_note(value).chars().take(60).collect();
    ContentError::Invalid(format!("{what} “{value}”"))
}
