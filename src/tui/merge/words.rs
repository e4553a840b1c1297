//! Texts of merging and of the outcome.

use crate::{
    domain::terms::{
        amount::Amount,
        grade::Grade,
        lang::{Lang, Text},
    },
    words::{counted, sayings},
};

sayings! {
    gates = "否决情形", "Gates";
    no_splits = "没有条款。", "No clauses.";
    unfold = "展开", "unfolds";
    fold = "收起", "folds";
    scrolling = "上下键滚动详情", "up and down scroll the details";
    all_decided = "没有未定的条款和否决情形", "Nothing is undecided";
    dissent_title = "我的评分为什么不同", "Why my vote differs";
    words = "说明", "Words";
    minority = "作为少数意见写入报告", "Print it in the report as a minority opinion";
    withdraw = "收回", "take back";
    dissent_help = "数字选原因  Tab 换栏  空格勾选  回车记录", "Digits: cause  Tab: next field  Space: check  Enter: record";
    need_words = "少数意见要写明内容", "A minority opinion needs words";
    need_cause = "先选原因或写说明", "Choose a cause or write something";
    close_before_dissent = "组长结束评分后才能说明", "Only after the lead has closed scoring";
    clear_title = "合议表决", "Vote in the clear";
    clear_help = "数字选，理由可不写，回车记录；原来的评分不变", "Digits choose; Enter records, with or without a reason";
    my_vote = "表决", "Vote";
    own_ballot = "自己的评分", "Own ballot";
    close_before_vote = "组长结束评分后才能合议表决", "Votes in the clear come after the lead has closed scoring";
    cites_clear = "将引用合议表决：", "Cites the votes in the clear: ";
    no_own_vote = "您没有评这一条", "You did not vote on this clause";
    unanswered = "未答", "unanswered";
    even = "双数", "even";
    below_quorum = "不足法定票数", "below quorum";
    by_clear_votes = "按合议表决", "by the votes in the clear";
    median = "中位", "median";
    strictest = "最严", "strictest";
    lenient = "最宽", "most lenient";
    field_uncovered = "没有对口专业的成员投票", "no member of the clause's field voted";
    decide_title = "合议结论", "Decide";
    gate_title = "否决情形结论", "Decide the gate";
    gate_reason = "依据文件", "Document";
    need_choice = "先选结论(数字键)", "Choose a verdict first (digits)";
    back_to_rule = "收回组长结论", "back to the rule";
    standards = "达标", "Standards";
    na_effects = "不适用条款的影响", "What clauses left out would change";
    contradictions = "互相矛盾的结论", "Verdicts that contradict each other";
    withheld = "因回避未列出", "Left out for your recusal";
    areas = "各领域", "Areas";
    total = "合计", "Total";
    all_clauses_title = "全部条款", "All clauses";
    source = "来源", "source";
    visible_only = "只计可见的评分", "visible votes only";
}

pub(crate) fn hidden_members(lang: Lang, n: usize) -> String {
    Text::new(
        format!("{n} 人的评分尚未公开"),
        format!("votes of {} are hidden", counted(n, "member", "members")),
    )
    .said(lang)
}

/// Which of the members the columns show.
pub(crate) fn of_members(lang: Lang, from: usize, to: usize, n: usize) -> String {
    Text::new(format!("组员{from}-{to}/{n}"), format!("{from}-{to}/{n}")).said(lang)
}

pub(crate) fn signed_already(lang: Lang, n: usize) -> String {
    Text::new(
        format!("已有 {n} 人签字；记录一改，都要重签"),
        format!(
            "{} signed; a changed record is signed again by all",
            counted(n, "member has", "members have")
        ),
    )
    .said(lang)
}

pub(crate) fn gates_unanswered(lang: Lang, n: usize) -> String {
    Text::new(format!("否决情形未答 {n} 项"), format!("{} unanswered", counted(n, "gate", "gates")))
        .said(lang)
}

pub(crate) fn more_rows(lang: Lang, n: usize, key: &str) -> String {
    Text::new(
        format!("(还有 {n} 行，按 {key} 展开)"),
        format!("({}, {key} unfolds)", counted(n, "more row", "more rows")),
    )
    .said(lang)
}

pub(crate) fn votes_to_flip(lang: Lang, n: usize) -> String {
    Text::new(format!("{n} 人改变即翻转"), format!("{} would flip it", counted(n, "vote", "votes")))
        .said(lang)
}

pub(crate) fn share(lang: Lang, grade: Grade, share: Amount, area: Option<&str>) -> String {
    let within = area.map(|area| format!("{area}: ")).unwrap_or_default();
    Text::new(
        format!("{within}{grade} 及以上占比不低于 {}", share.percent()),
        format!("{within}{} or more at {grade} or better", share.percent()),
    )
    .said(lang)
}

pub(crate) fn core_condition(lang: Lang, grade: Grade) -> String {
    Text::new(format!("核心条款全部 {grade} 及以上"), format!("every core clause {grade} or better"))
        .said(lang)
}

pub(crate) fn points_condition(lang: Lang, share: Amount) -> String {
    Text::new(
        format!("得分率不低于 {}", share.percent()),
        format!("{} or more of the points", share.percent()),
    )
    .said(lang)
}

pub(crate) const fn gates_condition(lang: Lang) -> &'static str {
    lang.pick("无一票否决情形", "no gate tripped")
}
