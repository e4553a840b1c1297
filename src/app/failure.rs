//! A failure as the user meets it: what, why, what to do next, and the exit code. The same in CLI and TUI.

pub mod damage;
pub mod near;
pub(crate) mod system_words;
pub(crate) mod wording;

use std::io;

use crate::domain::terms::{
    lang::{Lang, Text},
    written::TooLong,
};

/// Most further lines of a failure: nobody reads more, and a table may have twenty thousand bad rows.
const MOST_DETAILS: usize = 100;

/// Exit codes of `design.md` §6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The user can fix it.
    Fixable = 1,
    /// Wrong usage.
    Usage = 2,
    /// Damaged or tampered data found.
    Damaged = 3,
    /// Needs a person's decision.
    NeedsPerson = 4,
    /// A bug.
    Bug = 70,
}

/// What stands in the way of a sync, where there is room for a word only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The shared file or its folder is not there: stick pulled, share gone.
    Away,
    /// Another program holds the file.
    Busy,
    /// The file is encrypted and no key of this laptop opens it: it wants the passphrase.
    Locked,
    /// Anything else; the full failure says what.
    NeedsPerson,
}

impl Trouble {
    /// What an answer of the system amounts to.
    #[must_use]
    pub fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        // Windows says 5 (access denied) for a file that is being deleted or scanned, 32 and 33 for one that is held.
        if cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)) {
            return Self::Busy;
        }
        match error.kind() {
            Kind::NotFound
            | Kind::NotADirectory
            | Kind::NotConnected
            | Kind::HostUnreachable
            | Kind::NetworkUnreachable
            | Kind::NetworkDown
            | Kind::StaleNetworkFileHandle
            | Kind::TimedOut => Self::Away,
            Kind::ResourceBusy | Kind::WouldBlock | Kind::ExecutableFileBusy => Self::Busy,
            _ => Self::NeedsPerson,
        }
    }
}

/// Why something was not done. Nothing was lost or half done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Exit code.
    pub exit: Exit,
    /// What was not done, one sentence.
    pub what: Text,
    /// Why, one sentence.
    pub why: Text,
    /// What to do next, one line.
    pub next: Text,
    /// Further lines, e.g. every bad row of an import.
    pub details: Vec<Text>,
    /// The failure in one word, for an automatic sync.
    pub trouble: Trouble,
}

impl Failure {
    /// A failure from its three sentences.
    #[must_use]
    pub const fn new(exit: Exit, what: Text, why: Text, next: Text) -> Self {
        Self { exit, what, why, next, details: Vec::new(), trouble: Trouble::NeedsPerson }
    }

    /// With the one word for it.
    #[must_use]
    pub(crate) const fn in_short(mut self, trouble: Trouble) -> Self {
        self.trouble = trouble;
        self
    }

    /// With further lines; of thousands the first, and how many more there are.
    #[must_use]
    pub fn with_details(mut self, mut details: Vec<Text>) -> Self {
        let n_more = details.len().saturating_sub(MOST_DETAILS);
        if n_more > 0 {
            details.truncate(MOST_DETAILS);
            details.push(Text::new(
                format!("……另有 {n_more} 处，没有列出"),
                format!("… and {n_more} more that are not listed"),
            ));
        }
        self.details = details;
        self
    }

    /// A failure that only a mistake in the program can cause.
    #[must_use]
    pub fn bug(what: &str) -> Self {
        Self::new(
            Exit::Bug,
            Text::new(format!("程序内部错误：{what}"), format!("Internal error: {what}")),
            Text::new(
                "这是程序的缺陷，不是您的操作造成的。",
                "This is a defect of the program, not of what you did.",
            ),
            Text::new(
                "已保存的评分都在本机；请把这行文字报告给开发者。",
                "All saved scores are on this laptop; please report this line to the developers.",
            ),
        )
    }

    /// The error as printed: one sentence what, one sentence why, details, one line what to do next.
    #[must_use]
    pub fn to_lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = vec![format!("{}{}", lang.pick("错误：", "error: "), self.what.get(lang))];
        lines.push(format!("{}{}", lang.pick("原因：", "why: "), self.why.get(lang)));
        lines.extend(self.details.iter().map(|detail| format!("  - {}", detail.get(lang))));
        lines.push(format!("{}{}", lang.pick("办法：", "next: "), self.next.get(lang)));
        lines
    }
}

/// A text that is too long stands in the way of everything that would have recorded it.
impl From<TooLong> for Failure {
    fn from(error: TooLong) -> Self {
        wording::too_long(error)
    }
}
