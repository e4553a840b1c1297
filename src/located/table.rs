//! Reads one TOML table key by key, noting what is missing, mistyped, unclean or unknown.

mod numbers;
mod words;

use std::{cell::RefCell, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    domain::terms::{
        clean::{LINE_LIMIT, NOTE_LIMIT, clean_line, clean_note},
        lang::Text,
    },
    located::{document::Document, near},
};

pub(crate) use words::words_of;

/// Whether a key may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Must be there.
    Must,
    /// May be left out.
    May,
}

/// Longest id accepted.
pub(crate) const ID_LIMIT: usize = 64;

/// A table being read. Every key asked for becomes a known key; [`TableReader::finish`] reports the others.
pub(crate) struct TableReader<'a> {
    document: &'a Document<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<&'static str>>,
}

impl<'a> TableReader<'a> {
    /// A table and where it stands.
    pub(crate) fn new(document: &'a Document<'a>, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { document, table, span, asked: RefCell::default(), missing: RefCell::default() }
    }

    /// Where the table stands: its header, or its braces.
    pub(crate) const fn span(&self) -> &Range<usize> {
        &self.span
    }

    /// The file.
    pub(crate) const fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// Where the value of a key stands; the table itself if the key is absent.
    pub(crate) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether it holds a key that nobody asked for so far.
    pub(crate) fn has_unknown(&self) -> bool {
        let asked = self.asked.borrow();
        self.table.keys().any(|key| !asked.contains(&key.get_ref().as_ref()))
    }

    /// Reports keys that nobody asked for and keys that are missing. `elsewhere` may explain a key known in another place.
    pub(crate) fn finish(&self, place: (&str, &str), elsewhere: impl Fn(&str) -> Option<Text>) {
        let asked = self.asked.borrow();
        let mut missing = self.missing.borrow_mut();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if asked.contains(&name) {
                continue;
            }
            let meant = near::nearest(name, asked.iter().copied());
            // A misspelt key is one slip, not a missing key and an unknown one.
            missing.retain(|missed| Some(*missed) != meant);
            let suggestion = elsewhere(name).or_else(|| near::suggest(name, asked.iter().copied()));
            let name = clean_line(name);
            let what = Text::new(
                format!("{}没有“{name}”这个键", place.0),
                format!("{} has no key “{name}”", place.1),
            );
            self.document.error(&key.span(), what, suggestion);
        }
        for key in missing.iter() {
            let what = Text::new(format!("{}缺少 {key}", place.0), format!("{} lacks {key}", place.1));
            self.document.error(&self.span, what, None);
        }
    }

    /// The value of a key as it stands.
    fn value(&self, key: &'static str, need: Need) -> Option<&'a Spanned<DeValue<'a>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        let value = self.table.get(key);
        if value.is_none() && need == Need::Must {
            self.missing.borrow_mut().push(key);
        }
        value
    }

    fn mistyped(&self, value: &Spanned<DeValue<'_>>, wanted: (&str, &str)) {
        let what = Text::new(
            format!("类型不对：应该是{}，写成了{}", wanted.0, type_name(value.get_ref())),
            format!("expected {}, found {}", wanted.1, value.get_ref().type_str()),
        );
        self.document.error(&value.span(), what, None);
    }

    /// A string as written.
    pub(crate) fn text(&self, key: &'static str, need: Need) -> Option<Spanned<&'a str>> {
        let value = self.value(key, need)?;
        self.as_text(value)
    }

    fn as_text(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Spanned<&'a str>> {
        if let DeValue::String(text) = value.get_ref() {
            Some(Spanned::new(value.span(), text))
        } else {
            self.mistyped(value, ("字符串", "a string"));
            None
        }
    }

    /// One clean line; empty when absent or unusable.
    pub(crate) fn line(&self, key: &'static str, need: Need) -> String {
        self.text(key, need).map_or_else(String::new, |text| self.cleaned(&text, LINE_LIMIT, clean_line))
    }

    /// A clean text of several lines; empty when absent or unusable.
    pub(crate) fn note(&self, key: &'static str) -> String {
        self.text(key, Need::May).map_or_else(String::new, |text| self.cleaned(&text, NOTE_LIMIT, clean_note))
    }

    fn cleaned(&self, text: &Spanned<&str>, limit: usize, clean: fn(&str) -> String) -> String {
        let written = *text.get_ref();
        // Counting all characters of a hostile text is cheap; storing them is not.
        if written.chars().count() > limit {
            let what =
                Text::new(format!("文字超过 {limit} 个字符"), format!("longer than {limit} characters"));
            self.document.error(&text.span(), what, None);
            return String::new();
        }
        let kept = clean(written);
        if kept.is_empty() {
            self.document.error(&text.span(), Text::new("不能是空的", "must not be empty"), None);
        } else if kept != written {
            let what = Text::new(
                "含有不可见字符、换行或首尾空白，已去掉",
                "holds invisible characters, line breaks or outer blanks; they were removed",
            );
            self.document.warn(&text.span(), what, None);
        }
        kept
    }

    /// A title in both languages; a missing English half is a warning.
    pub(crate) fn bilingual(&self, zh: &'static str, en: &'static str, need: Need) -> Text {
        let pair = Text::new(self.line(zh, need), self.line(en, Need::May));
        self.check_pair(&pair, zh, en, need);
        pair
    }

    /// A longer text in both languages that may be left out.
    pub(crate) fn bilingual_note(&self, zh: &'static str, en: &'static str) -> Text {
        let pair = Text::new(self.note(zh), self.note(en));
        self.check_pair(&pair, zh, en, Need::May);
        pair
    }

    fn check_pair(&self, pair: &Text, zh: &str, en: &str, need: Need) {
        if self.has(zh) && !self.has(en) {
            let what = Text::new(format!("缺少英文 {en}"), format!("the English {en} is missing"));
            self.document.warn(&self.span_of(zh), what, None);
        } else if need == Need::May && !pair.en.is_empty() && !self.has(zh) {
            let what = Text::new(format!("有 {en} 却没有 {zh}"), format!("{en} without {zh}"));
            self.document.error(&self.span_of(en), what, None);
        }
    }

    /// An id: a letter or digit, then letters, digits, `-`, `_` and `.`.
    pub(crate) fn id(&self, key: &'static str, need: Need) -> Option<Spanned<&'a str>> {
        let text = self.text(key, need)?;
        if is_id(text.get_ref()) {
            return Some(text);
        }
        let what = Text::new(
            format!("编号只能用英文字母、数字、- _ .，以字母或数字开头，最长 {ID_LIMIT} 个字符"),
            format!("an id is letters, digits, - _ . after a letter or digit, at most {ID_LIMIT} characters"),
        );
        self.document.error(&text.span(), what, None);
        None
    }

    /// True or false; false when absent.
    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key, Need::May)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            Some(*flag)
        } else {
            self.mistyped(value, (" true 或 false", "true or false"));
            None
        }
    }

    /// Strings of an array; empty when absent.
    pub(crate) fn texts(&self, key: &'static str, need: Need) -> Vec<Spanned<&'a str>> {
        let Some(value) = self.value(key, need) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.mistyped(value, ("数组", "an array"));
            return Vec::new();
        };
        if items.is_empty() && need == Need::Must {
            let what = Text::new(format!("{key} 不能是空的"), format!("{key} must not be empty"));
            self.document.error(&value.span(), what, None);
        }
        items.iter().filter_map(|item| self.as_text(item)).collect()
    }

    /// A table.
    pub(crate) fn table(&self, key: &'static str, need: Need) -> Option<Self> {
        let value = self.value(key, need)?;
        if let DeValue::Table(table) = value.get_ref() {
            Some(Self::new(self.document, table, value.span()))
        } else {
            self.mistyped(value, ("表", "a table"));
            None
        }
    }

    /// Tables of an array; empty when absent.
    pub(crate) fn tables(&self, key: &'static str, need: Need) -> Vec<Self> {
        let Some(value) = self.value(key, need) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.mistyped(value, ("表的数组", "an array of tables"));
            return Vec::new();
        };
        let read = |item: &'a Spanned<DeValue<'a>>| {
            if let DeValue::Table(table) = item.get_ref() {
                Some(Self::new(self.document, table, item.span()))
            } else {
                self.mistyped(item, ("表", "a table"));
                None
            }
        };
        items.iter().filter_map(read).collect()
    }
}

/// Whether a text can be an id.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= ID_LIMIT
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

const fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "字符串",
        DeValue::Integer(_) => "整数",
        DeValue::Float(_) => "小数",
        DeValue::Boolean(_) => "true/false",
        DeValue::Datetime(_) => "日期",
        DeValue::Array(_) => "数组",
        DeValue::Table(_) => "表",
    }
}
