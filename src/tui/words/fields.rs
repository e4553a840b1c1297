//! Texts of small fields that several dialogs share.

use super::{Lang, pick};

pub(crate) fn place_in_list(lang: Lang, at: usize, n: usize) -> String {
    pick(lang, format!("第 {at}/{n} 行"), format!("{at} of {n}"))
}
