//! Where a requirement or a number comes from, and whether it may look official.

use std::fmt;

use crate::domain::terms::lang::Lang;

/// A source mark as written in a checklist, e.g. `seed S3·F52`, `law 药品管理法 第98条` or `default`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(String);

/// What kind of source a mark names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A policy document of the programme.
    Seed,
    /// A law or regulation whose text was read.
    Law,
    /// A known standard that was not read again.
    Standard,
    /// A second-hand document.
    SecondHand,
    /// The bureau that adapted the checklist, with its document.
    Local,
    /// Our own judgement: an overridable default.
    Default,
}

impl SourceKind {
    /// All kinds, most official first.
    pub const ALL: [Self; 6] =
        [Self::Seed, Self::Law, Self::Standard, Self::SecondHand, Self::Local, Self::Default];

    /// The word a mark of this kind begins with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Law => "law",
            Self::Standard => "standard",
            Self::SecondHand => "second-hand",
            Self::Local => "local",
            Self::Default => "default",
        }
    }

    /// What a reader is told.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Seed => lang.pick("文件", "document"),
            Self::Law => lang.pick("法律法规", "law"),
            Self::Standard => lang.pick("标准", "standard"),
            Self::SecondHand => lang.pick("二手资料", "second-hand"),
            Self::Local => lang.pick("本地规定", "local rule"),
            Self::Default => lang.pick("程序默认", "our default"),
        }
    }
}

impl Source {
    /// Reads a mark; `None` if it begins with no known kind, or names nothing after a kind that must name something.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let kind = kind_of(text)?;
        let names_something = text.len() > kind.prefix().len() + 1;
        (kind == SourceKind::Default || names_something).then(|| Self(text.to_owned()))
    }

    /// Our own default.
    #[must_use]
    pub fn own_default() -> Self {
        Self(SourceKind::Default.prefix().to_owned())
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        kind_of(&self.0).unwrap_or(SourceKind::Default)
    }

    /// Whether a number with this mark must be shown as not official (invariant 9): our own, second-hand or not re-read.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        matches!(self.kind(), SourceKind::Default | SourceKind::SecondHand | SourceKind::Standard)
    }

    /// The mark as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn kind_of(text: &str) -> Option<SourceKind> {
    SourceKind::ALL.into_iter().find(|kind| {
        text.strip_prefix(kind.prefix())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '（', '(']))
    })
}
