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

/// A sentence in both languages, for errors and problems that are worded before the reader's language is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A sentence from its two halves.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The half that `lang` reads.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// A title or text in both languages. English may be missing in local checklists; then Chinese is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English, empty when missing.
    pub en: String,
}

impl Bilingual {
    /// A pair.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text for a reader.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        if self.en.is_empty() { &self.zh } else { lang.pick(&self.zh, &self.en) }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}
