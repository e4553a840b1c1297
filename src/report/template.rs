//! Report templates: which sections a report has, in which order, under which titles, with which texts around them.
//!
//! The built-in one is `template/default.toml`; a bureau's is laid over it. A template never touches the marks of a report
//! (not official, not final) nor the reasons of waivers: invariant 9. Reading order: `section` are the sections there are,
//! `placeholder` and `prose` the texts, `read` turns a file into a template or its problems; `page` fills it in.

pub(in crate::report) mod placeholder;
pub(in crate::report) mod prose;
mod read;
mod section;

use std::sync::{Arc, LazyLock};

use crate::domain::terms::lang::Lang;
use prose::{Phrase, Prose};
pub(in crate::report) use section::Keep;
pub use section::SectionId;

/// The text of the built-in template, with comments to begin from.
pub const DEFAULT: &str = include_str!("template/default.toml");

static BUILT_IN: LazyLock<Arc<Template>> = LazyLock::new(|| Arc::new(read::built_in().0));

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    mark: Option<TemplateMark>,
    title: Both<Phrase>,
    entries: Vec<Entry>,
}

/// By which a report says which template it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateMark {
    /// File name.
    pub name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

impl TemplateMark {
    /// Digits of the digest that are printed.
    const SHORT: usize = 12;

    /// Name and the beginning of the digest.
    #[must_use]
    pub fn shown(&self, lang: Lang) -> String {
        let digits = self.sha256.get(..Self::SHORT).unwrap_or(&self.sha256);
        match lang {
            Lang::Zh => format!("{}（SHA-256 {digits}）", self.name),
            Lang::En => format!("{} (SHA-256 {digits})", self.name),
        }
    }
}

/// A section of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Entry {
    /// Which.
    pub(in crate::report) kind: Kind,
    /// Its title.
    pub(in crate::report) title: Both<Phrase>,
    /// What it says whatever the visit.
    pub(in crate::report) text: Both<Prose>,
    /// What it says when it has nothing to show.
    pub(in crate::report) none: Both<Phrase>,
    /// What stands before it.
    pub(in crate::report) before: Both<Prose>,
    /// What stands after it.
    pub(in crate::report) after: Both<Prose>,
    /// The template does not want it.
    pub(in crate::report) left_out: bool,
}

/// Whose section it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    /// The program's.
    Known(SectionId),
    /// The template's own, by its id.
    Own(String),
}

/// A text in Chinese, and in English if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::report) struct Both<T> {
    zh: T,
    en: Option<T>,
}

impl<T> Both<T> {
    /// The text in a language.
    pub(in crate::report) const fn get(&self, lang: Lang) -> &T {
        match (lang, &self.en) {
            (Lang::En, Some(en)) => en,
            _ => &self.zh,
        }
    }

    /// Replaces what is given. A new Chinese text without an English one stands in English reports too.
    fn lay_over(&mut self, zh: Option<T>, en: Option<T>) {
        match (zh, en) {
            (Some(zh), en) => *self = Self { zh, en },
            (None, Some(en)) => self.en = Some(en),
            (None, None) => {}
        }
    }
}

impl Template {
    /// The template of the program.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// What tells reports made with it; `None` for the built-in one.
    #[must_use]
    pub const fn mark(&self) -> Option<&TemplateMark> {
        self.mark.as_ref()
    }

    /// The ids of its sections in order, those that are left out too.
    pub fn section_ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(Entry::id)
    }

    /// Its sections.
    pub(in crate::report) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The title of a report.
    pub(in crate::report) const fn title(&self) -> &Both<Phrase> {
        &self.title
    }

    /// The section of an id.
    pub(in crate::report) fn entry(&self, id: SectionId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == Kind::Known(id))
    }
}

impl Entry {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            title: Both::default(),
            text: Both::default(),
            none: Both::default(),
            before: Both::default(),
            after: Both::default(),
            left_out: false,
        }
    }

    fn id(&self) -> &str {
        match &self.kind {
            Kind::Known(id) => id.key(),
            Kind::Own(id) => id,
        }
    }
}
