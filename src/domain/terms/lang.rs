//! The two languages of the program. Every string is written as a pair, so neither can be forgotten.

/// A language of the user interface and of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The half of a pair that this language reads.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// One thing said in both languages: a title, a sentence, a failure worded before the reader's language is known. What
/// people write for themselves may lack the English; then the Chinese is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English; empty when missing.
    pub en: String,
}

impl Text {
    /// Both halves.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The half that a reader of this language reads.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        if self.en.is_empty() { &self.zh } else { lang.pick(&self.zh, &self.en) }
    }

    /// The same, to keep.
    #[must_use]
    pub fn said(self, lang: Lang) -> String {
        if lang == Lang::Zh || self.en.is_empty() { self.zh } else { self.en }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}
