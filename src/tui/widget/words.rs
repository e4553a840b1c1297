//! Texts of what screens and dialogs are built from.

use crate::{
    domain::terms::{
        absence::Absence,
        lang::{Lang, Text},
    },
    words::{counted, sayings},
};

sayings! {
    path_help = "Tab 补全，上下选择，回车打开", "Tab completes, Up/Down choose, Enter opens";
    path_empty = "先填路径", "Type a path first";
    all_read = "以上已核对", "I have read this";
    read_first = "空格勾选后再问一次；Esc 返回", "Space to check, then it asks once more; Esc goes back";
    yes_or_no = "回车 确定，Esc 返回", "Enter: yes, Esc: no";
    conflict_short = "冲突", "clash";
}

/// That so many rows lie above what is shown.
pub(crate) fn more_above(lang: Lang, n: usize) -> String {
    Text::new(format!("^ 上面还有 {n} 行"), format!("^ {} above", counted(n, "line", "lines"))).said(lang)
}

/// That so many rows lie below what is shown.
pub(crate) fn more_below(lang: Lang, n: usize) -> String {
    Text::new(format!("v 下面还有 {n} 行"), format!("v {} below", counted(n, "line", "lines"))).said(lang)
}

/// That a field takes no more.
pub(crate) fn full(lang: Lang, limit: usize) -> String {
    Text::new(format!("已满 {limit} 字"), format!("full at {limit}")).said(lang)
}

pub(crate) fn no_clause(lang: Lang, word: &str) -> String {
    Text::new(format!("没有条款 {word}"), format!("There is no clause {word}")).said(lang)
}

pub(crate) const fn absence_short(lang: Lang, absence: Absence) -> &'static str {
    match absence {
        Absence::NotSeen => lang.pick("未看", "n/s"),
        Absence::NotApplicable => lang.pick("不适", "n/a"),
        Absence::Recused => lang.pick("回避", "rec"),
        Absence::NotProvided => lang.pick("未供", "n/p"),
    }
}
