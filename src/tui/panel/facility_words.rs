//! Texts of the facility's profile.

use crate::{
    domain::terms::lang::{Lang, Text},
    words::sayings,
};

sayings! {
    title = "机构基本情况", "Facility profile";
    help = "离开一栏就存下。长文字按回车打开。", "A field is saved when it is left. Enter opens a long text.";
    text_help = "回车换行", "Enter is a new line";
    empty = "(未填)", "(empty)";
    overtaken = "同步带来了另一台电脑上写的这一段；再按一次 Esc 用这里的代替它", "A sync brought what another laptop wrote here; Esc again puts this text in its place";
    give_up = "再按一次 Esc 不存这一栏", "Esc again leaves it unsaved";
}

pub(crate) fn filled(lang: Lang, n: usize, of: usize) -> String {
    Text::new(format!("已填 {n}/{of}"), format!("{n} of {of} filled in")).said(lang)
}

pub(crate) fn characters(lang: Lang, n: usize) -> String {
    Text::new(format!("{n} 字"), format!("{n} characters")).said(lang)
}

pub(crate) fn characters_of(lang: Lang, n: usize, most: usize) -> String {
    Text::new(format!("{n}/{most} 字(空白不计)"), format!("{n}/{most} characters without white space"))
        .said(lang)
}
