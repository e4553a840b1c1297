//! Texts of what screens and dialogs are built from.

use crate::{
    domain::terms::lang::Lang,
    tui::words::{pick, sayings},
};

sayings! {
    path_help = "Tab 补全，上下选择，回车打开", "Tab completes, Up/Down choose, Enter opens";
    path_empty = "先填路径", "Type a path first";
}

pub(crate) fn no_clause(lang: Lang, word: &str) -> String {
    pick(lang, format!("没有条款 {word}"), format!("There is no clause {word}"))
}
