//! Texts of the plan.

use crate::{domain::terms::lang::Lang, words::sayings};

sayings! {
    title = "分工方案", "Plan of the day";
    documents_on_the_day = "资料当天看", "documents on the day";
    documents = "资料", "papers";
    clause = " 条款（* 本专业  + 其他  . 可评  - 不可评）", " Clause (* of the field  + other  . could  - may not)";
    votes = "票", "votes";
    minutes = "分", "min";
    core_mark = "核心 ", "core ";
    not_applied = "改动还没有生效：F12 生效，再按一次 Esc 放弃", "Not applied yet: F12 applies it, Esc once more leaves it";
    how_to_apply = "数字派给几号组员，F12 生效", "Digits give the clause to a member, F12 applies the plan";
    no_such_member = "没有这个号的组员", "No member has this number";
    may_not_vote = "这一条他不能评：回避、缺席或已派定", "They may not be moved here: recused, absent, or handed out already";
    no_plan_yet = "还没有分工方案，没有可重排的", "There is no plan yet to plan again";
}
