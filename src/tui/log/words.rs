//! Texts about taking one's own changes back.

use crate::{
    domain::terms::lang::{Lang, Text},
    words::sayings,
};

sayings! {
    ask_title = "要撤销这一步吗？", "Take this back?";
    list_title = "自己的改动，最近的在上", "Own changes, the last one on top";
    ask_help = "它不在眼前，或是上次打开时记的。回车撤销，Esc 不动", "It is not in sight, or older than this sitting. Enter takes it back";
    older = "以前", "before";
}

pub(super) fn back_to(lang: Lang, n: usize) -> String {
    Text::new(
        format!("回车撤销上面到光标为止的 {n} 步，可以重做；Esc 不动"),
        format!("Enter takes back {n} from the top to the cursor, redo brings them back; Esc leaves all"),
    )
    .said(lang)
}

pub(super) fn points(lang: Lang, clauses: &str, n: usize) -> String {
    Text::new(format!("{clauses} {n} 处"), format!("{clauses} {n} entries")).said(lang)
}
