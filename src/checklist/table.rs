//! Reads one TOML table key by key, noting what is missing, mistyped, unclean or unknown.

use std::{cell::RefCell, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    checklist::{document::Document, near},
    domain::{
        amount::{Amount, AmountError},
        checklist::Bilingual,
        clean::{LINE_LIMIT, NOTE_LIMIT, clean_line, clean_note},
        lang::{Lang, Text},
        source::{Source, SourceKind},
    },
};

/// Whether a key may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Must be there.
    Must,
    /// May be left out.
    May,
}

/// Longest id accepted.
const ID_LIMIT: usize = 64;

/// A table being read. Every key asked for becomes a known key; [`TableReader::finish`] reports the others.
pub(super) struct TableReader<'a> {
    document: &'a Document<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<&'static str>>,
}

impl<'a> TableReader<'a> {
    /// A table and where it stands.
    pub(super) fn new(document: &'a Document<'a>, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { document, table, span, asked: RefCell::default(), missing: RefCell::default() }
    }

    /// Where the table stands: its header, or its braces.
    pub(super) const fn span(&self) -> &Range<usize> {
        &self.span
    }

    /// The file.
    pub(super) const fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// Where the value of a key stands; the table itself if the key is absent.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports keys that nobody asked for and keys that are missing. `elsewhere` may explain a key known in another place.
    pub(super) fn finish(&self, place: (&str, &str), elsewhere: impl Fn(&str) -> Option<Text>) {
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
    pub(super) fn text(&self, key: &'static str, need: Need) -> Option<Spanned<&'a str>> {
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
    pub(super) fn line(&self, key: &'static str, need: Need) -> String {
        self.text(key, need).map_or_else(String::new, |text| self.cleaned(&text, LINE_LIMIT, clean_line))
    }

    /// A clean text of several lines; empty when absent or unusable.
    pub(super) fn note(&self, key: &'static str) -> String {
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
    pub(super) fn bilingual(&self, zh: &'static str, en: &'static str, need: Need) -> Bilingual {
        let pair = Bilingual::new(self.line(zh, need), self.line(en, Need::May));
        self.check_pair(&pair, zh, en, need);
        pair
    }

    /// A longer text in both languages that may be left out.
    pub(super) fn bilingual_note(&self, zh: &'static str, en: &'static str) -> Bilingual {
        let pair = Bilingual::new(self.note(zh), self.note(en));
        self.check_pair(&pair, zh, en, Need::May);
        pair
    }

    fn check_pair(&self, pair: &Bilingual, zh: &str, en: &str, need: Need) {
        if self.has(zh) && !self.has(en) {
            let what = Text::new(format!("缺少英文 {en}"), format!("the English {en} is missing"));
            self.document.warn(&self.span_of(zh), what, None);
        } else if need == Need::May && !pair.en.is_empty() && !self.has(zh) {
            let what = Text::new(format!("有 {en} 却没有 {zh}"), format!("{en} without {zh}"));
            self.document.error(&self.span_of(en), what, None);
        }
    }

    /// An id: a letter or digit, then letters, digits, `-`, `_` and `.`.
    pub(super) fn id(&self, key: &'static str, need: Need) -> Option<Spanned<&'a str>> {
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
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key, Need::May)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            Some(*flag)
        } else {
            self.mistyped(value, (" true 或 false", "true or false"));
            None
        }
    }

    /// A whole number from 0.
    pub(super) fn count(&self, key: &'static str, need: Need) -> Option<Spanned<u64>> {
        let value = self.value(key, need)?;
        let DeValue::Integer(integer) = value.get_ref() else {
            self.mistyped(value, ("整数", "a whole number"));
            return None;
        };
        let digits = integer.as_str().trim_start_matches('+');
        // Beyond this bound no count means anything, and JSON readers lose digits.
        let count = digits.parse::<u64>().ok().filter(|n| integer.radix() == 10 && *n <= 1_000_000_000_000);
        if count.is_none() {
            let what = Text::new("这里要写 0 以上的普通整数", "expected a plain whole number from 0");
            self.document.error(&value.span(), what, None);
        }
        count.map(|count| Spanned::new(value.span(), count))
    }

    /// A decimal, exactly as written.
    pub(super) fn amount(&self, key: &'static str, need: Need) -> Option<Spanned<Amount>> {
        let value = self.value(key, need)?;
        let digits = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            _ => {
                self.mistyped(value, ("数字", "a number"));
                return None;
            }
        };
        let what = match digits.trim_start_matches('+').parse::<Amount>() {
            Ok(amount) => return Some(Spanned::new(value.span(), amount)),
            Err(AmountError::NotANumber) => {
                Text::new("要写普通的小数，如 0.95", "expected a plain decimal such as 0.95")
            }
            Err(AmountError::TooFine) => Text::new("小数最多四位", "at most four decimals"),
            Err(AmountError::OutOfRange) => Text::new("数字太大", "the number is too large"),
        };
        self.document.error(&value.span(), what, None);
        None
    }

    /// A source mark.
    pub(super) fn source(&self, key: &'static str, need: Need) -> Option<Source> {
        let text = self.text(key, need)?;
        self.as_source(&text)
    }

    fn as_source(&self, text: &Spanned<&str>) -> Option<Source> {
        let line = self.cleaned(text, LINE_LIMIT, clean_line);
        let source = Source::parse(&line);
        if source.is_none() && !line.is_empty() {
            let kinds = SourceKind::ALL.map(SourceKind::prefix);
            let first = line.split(' ').next().unwrap_or_default();
            let what = Text::new(
                "来源标记不认识，或没有写出文件",
                "the source mark is unknown, or names no document",
            );
            let begin = Text::new(
                format!("以 {} 开头，除 default 外后面空一格写文件，如 seed S3·F52", kinds.join("、")),
                format!(
                    "begin with {}; except after default, a blank and the document follow",
                    kinds.join(", ")
                ),
            );
            let suggestion = near::nearest(first, kinds).filter(|near| *near != first);
            let suggestion = suggestion.and_then(|near| near::suggest(first, [near])).unwrap_or(begin);
            self.document.error(&text.span(), what, Some(suggestion));
        }
        source
    }

    /// Strings of an array; empty when absent.
    pub(super) fn texts(&self, key: &'static str, need: Need) -> Vec<Spanned<&'a str>> {
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

    /// Source marks of an array, as lines.
    pub(super) fn sources(&self, key: &'static str, need: Need) -> Vec<String> {
        let texts = self.texts(key, need);
        texts
            .iter()
            .filter_map(|text| self.as_source(text))
            .map(|source| source.as_str().to_owned())
            .collect()
    }

    /// A word of a closed set.
    pub(super) fn word<W: Copy>(
        &self,
        key: &'static str,
        need: Need,
        parse: fn(&str) -> Option<W>,
        known: &[&str],
    ) -> Option<W> {
        let text = self.text(key, need)?;
        self.as_word(&text, parse, known)
    }

    /// Words of a closed set, each once.
    pub(super) fn words<W: Copy + PartialEq>(
        &self,
        key: &'static str,
        need: Need,
        parse: fn(&str) -> Option<W>,
        known: &[&str],
    ) -> Vec<W> {
        let mut found = Vec::new();
        for text in self.texts(key, need) {
            match self.as_word(&text, parse, known) {
                Some(word) if found.contains(&word) => {
                    let what = Text::new("重复了", "repeated");
                    self.document.error(&text.span(), what, None);
                }
                Some(word) => found.push(word),
                None => {}
            }
        }
        found
    }

    fn as_word<W>(&self, text: &Spanned<&str>, parse: fn(&str) -> Option<W>, known: &[&str]) -> Option<W> {
        let word = parse(text.get_ref());
        if word.is_none() {
            let written = clean_line(text.get_ref());
            let what = Text::new(format!("不认识“{written}”"), format!("“{written}” is not a known word"));
            self.document.error(&text.span(), what, near::suggest(text.get_ref(), known.iter().copied()));
        }
        word
    }

    /// A table.
    pub(super) fn table(&self, key: &'static str, need: Need) -> Option<Self> {
        let value = self.value(key, need)?;
        if let DeValue::Table(table) = value.get_ref() {
            Some(Self::new(self.document, table, value.span()))
        } else {
            self.mistyped(value, ("表", "a table"));
            None
        }
    }

    /// Tables of an array; empty when absent.
    pub(super) fn tables(&self, key: &'static str, need: Need) -> Vec<Self> {
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
pub(super) fn is_id(text: &str) -> bool {
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

/// The words of a closed set: keys, then Chinese names where they differ. Both are understood.
pub(super) fn words_of<W: Copy>(
    all: &[W],
    key: fn(W) -> &'static str,
    name: fn(W, Lang) -> &'static str,
) -> Vec<&'static str> {
    let mut words: Vec<&str> = all.iter().map(|word| key(*word)).collect();
    for word in all {
        let name = name(*word, Lang::Zh);
        if !words.contains(&name) {
            words.push(name);
        }
    }
    words
}
