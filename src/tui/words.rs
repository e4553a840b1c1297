//! Every text of the front end, in both languages, one file a topic. No character here is of ambiguous width.

use crate::domain::lang::Lang;

pub(crate) mod common;
pub(crate) mod evidence;
pub(crate) mod facility;
pub(crate) mod feedback;
pub(crate) mod home;
pub(crate) mod judging;
pub(crate) mod ledger;
pub(crate) mod membership;
pub(crate) mod panel;
pub(crate) mod passphrase;
pub(crate) mod scoring;
pub(crate) mod syncing;

macro_rules! sayings {
    ($($name:ident = $zh:literal, $en:literal;)*) => {$(
        pub(crate) const fn $name(lang: Lang) -> &'static str {
            lang.pick($zh, $en)
        }
    )*};
}
use sayings;

/// `N word` with the word's plural; Chinese has none.
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A sentence in the reader's language.
fn pick(lang: Lang, zh: String, en: String) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn no_text_of_ours_holds_a_character_of_ambiguous_width() {
        let files = [
            include_str!("bindings.rs"),
            include_str!("keymap.rs"),
            include_str!("words/common.rs"),
            include_str!("words/evidence.rs"),
            include_str!("words/feedback.rs"),
            include_str!("words/facility.rs"),
            include_str!("words/home.rs"),
            include_str!("words/judging.rs"),
            include_str!("words/ledger.rs"),
            include_str!("words/membership.rs"),
            include_str!("words/panel.rs"),
            include_str!("words/passphrase.rs"),
            include_str!("words/scoring.rs"),
            include_str!("words/syncing.rs"),
        ];
        for line in files.iter().flat_map(|file| file.lines()) {
            assert_eq!(line.width(), line.width_cjk(), "{line}");
        }
    }
}
