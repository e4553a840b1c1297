//! Texts of the score screen and its dialogs.

use crate::{
    domain::{
        edit::finding::FindingError,
        terms::{
            absence::Absence,
            grade::Grade,
            id::{ClauseId, PointId},
            lang::{Lang, Text},
        },
    },
    words::sayings,
};

sayings! {
    basis = "依据", "Basis";
    place = "地点", "Place";
    methods = "方法", "Methods";
    hint = "提示", "Hint";
    note = "备注", "Note";
    fields = "专业", "Fields";
    overridden = "本地替换", "local override";
    na_when = "可不适用", "n/a when";
    mark_yes = "是", "yes";
    mark_no = "否", "no ";
    mark_na = "免", "n/a";
    mark_open = "  ", "   ";
    mark_partly = "半", "...";
    direct = "直接", "direct";
    by_points = "按要点", "by points";
    settle_before_submit = "先补上理由（按 2），解决冲突（按 3），再提交", "First give the missing reasons (2) and settle the conflicts (3)";
    conflict = "两台电脑记得不同，须重记", "two laptops differ: record it again";
    owed = "缺理由", "reason owed";
    unscored = "未评", "unscored";
    points_unit = "分", "points";
    scale_help = "回车打分", "Enter to award points";
    nothing_to_clear = "这里没有可清除的记录", "Nothing is recorded here";
    nothing_left_to_meet = "没有未记的勾选或清点要点；比率和数值要自己填", "No tick or presence list is open; shares and numbers are yours to fill in";
    nothing_to_copy = "别处还没有同样的记录可抄", "Nothing alike is recorded yet";
    ratio_help = "可连着打 10/10；样本数留空按括号里的数", "10/10 in one go; an empty sample is that in brackets";
    again = "同上次 ", "As last: ";
    several = "几个条款一起(整个领域、同一地点或全部未评)", "Several clauses at once (area, place or all unscored)";
    several_title = "几个条款一起记为未评", "Several clauses without a grade";
    of_all = "全部", "All";
    none_unscored = "那里没有未评的条款", "Nothing is unscored there";
    which_help = "哪些条款？只包括还没有评的；已评的不动", "Which clauses? Only those not scored; the others stay";
    kind_help = "为什么没有评？", "Why no grade?";
    several_reason_help = "理由，同样写给每一条；回车看清单", "The reason, the same for each; Enter shows the list";
    no_last_reason = "这次还没有写过理由", "No reason was written in this sitting";
    phrases_title = "常用语", "Phrases";
    first_clause = "这是第一个条款", "This is the first clause";
    last_clause = "这是最后一个条款", "This is the last clause";
    always_applies = "此要点不可记为不适用", "This point always applies";
    clause_applies = "此条款不可记为不适用", "This clause always applies";
    auto_on = "评档后自动到下一未评条款：开", "Going on after a grade: on";
    auto_off = "评档后自动到下一未评条款：关", "Going on after a grade: off";
    nothing_to_reason = "先给档次或未评说明，再写理由", "Give a grade or absence first, then its reason";
    reason_help = "回车存下;Esc 以后再写(档次已存)", "Enter saves; Esc later (the grade is saved)";
    note_help = "回车换行;Esc 存下并返回", "Enter is a new line; Esc saves and goes back";
    absent_title = "未评的原因", "Why no grade";
    find_title = "查找", "Find";
    find_help = "条款、要点、提示、地点、备注；标题可打拼音首字母", "Clauses, points, hints, places, notes; titles by pinyin initials too";
    numerator = "符合数", "Met";
    denominator = "抽查数", "Sampled";
    value = "数值", "Value";
    whole_number = "请填整数", "A whole number, please";
    plain_number = "请填数字，最多四位小数", "A number with at most four decimals, please";
    small_sample = "样本少于", "Sample below";
    not_looked = "未看", "not looked at";
    submit_title = "提交评分包", "Submit the ballot";
    submit_sure = "确定提交？", "Submit it?";
    submit_late = "评分已结束：封存后要组长补入才计票，标明补入。", "Scoring is closed: it counts if the lead adds it, marked late.";
    submitted = "评分包已封存", "The ballot is sealed";
    source_line = "数字来源", "Number from";
    declare_title = "利益关系申报", "Declaration of interests";
    declare_why = "评分前请申报与该机构的关系：任职或兼职、亲属任职、指导或带教、经济往来、同一医共体等。没有就直接按两次回车。", "Before scoring, declare your ties to this facility: employment, relatives, coaching, dealings, the same medical alliance. None: press Enter twice.";
    declare_help = "申请回避的条款写编号，用空格隔开；* 是全程回避。回避的条款不再显示，也不计票。", "Clauses to be recused from: their ids, with blanks between; * is the whole visit. They are not shown any more and no vote counts.";
    declared = "已申报，可以评分了", "Declared: you can score now";
    ties = "关系", "Ties";
    need_ties = "申请回避请写明关系", "Say why you ask to be recused";
    recused_everywhere = "您全程回避，没有要评的条款。", "You are recused from the whole visit.";
    recused_here = "您在这个条款回避，请选其他条款。", "You are recused from this clause; choose another one.";
    stand = "档次", "Grade";
    nothing = "未记", "none";
    conflict_mark = "冲", "!!!";
}

/// The size of a sample behind its name, and whether it was counted for another point.
pub(crate) fn size_of_sample(lang: Lang, n: u64, counted_at: Option<&PointId>) -> String {
    match counted_at {
        Some(point) => Text::new(format!("({n}，同 {point})"), format!(" ({n}, as {point})")).said(lang),
        None => Text::new(format!("(抽 {n})"), format!(" (sample {n})")).said(lang),
    }
}

/// Said with a calculator that was filled from another point.
pub(crate) fn copied_from(lang: Lang, clause: &str, point: &str) -> String {
    Text::new(
        format!("抄自 {clause} {point}：核对后按回车存下，Esc 不存"),
        format!("Copied from {clause} {point}: Enter stores it once checked, Esc does not"),
    )
    .said(lang)
}

pub(crate) fn of_area(lang: Lang, area: &str) -> String {
    Text::new(format!("领域 {area}"), format!("Area {area}")).said(lang)
}

pub(crate) fn of_place(lang: Lang, place: &str) -> String {
    Text::new(format!("地点 {place}"), format!("Place {place}")).said(lang)
}

pub(crate) fn n_unscored(lang: Lang, n: usize) -> String {
    Text::new(format!("未评 {n} 条"), format!("{n} unscored")).said(lang)
}

/// The last question before several clauses are recorded.
pub(crate) fn several_sure(lang: Lang, n: usize, kind: Absence, reason: &str) -> String {
    let kind = kind.name(lang);
    let gap = if reason.is_empty() { "" } else { lang.pick("：", ": ") };
    match lang {
        Lang::Zh => format!("回车把 {n} 条都记为{kind}{gap}{reason}"),
        Lang::En => format!("Enter records {n} as {kind}{gap}{reason}"),
    }
}

/// Where phrases are written, and what for.
pub(crate) fn phrases_help(lang: Lang, file: &str) -> String {
    Text::new(format!("一行一句，用记事本改：{file}"), format!("One a line, edited with any editor: {file}"))
        .said(lang)
}

/// That points of a clause are still open.
pub(crate) fn still_open(lang: Lang, point: &PointId) -> String {
    Text::new(format!("{point} 还没有记"), format!("{point} is still open")).said(lang)
}

/// What has the keys after another screen or box was left.
pub(crate) fn scoring_now(lang: Lang, clause: &ClauseId) -> String {
    Text::new(format!("现在在评分 {clause}"), format!("Scoring {clause} now")).said(lang)
}

/// Asked before the first grade after that.
pub(crate) fn grade_again(lang: Lang, clause: &ClauseId, grade: Grade) -> String {
    Text::new(
        format!("现在在评分 {clause}：再按一次评 {grade}"),
        format!("Scoring {clause} now: press it again to grade {grade}"),
    )
    .said(lang)
}

/// What was recorded, and the key that takes it back.
pub(crate) fn recorded(lang: Lang, what: &str, undo: &str) -> String {
    Text::new(format!("{what}，{undo} 撤销"), format!("{what}, {undo} undoes")).said(lang)
}

/// The same of many points or clauses at once.
pub(crate) fn recorded_many(lang: Lang, clauses: &[&str], n: usize, undo: &str) -> String {
    let (zh, en) = match clauses {
        [clause] => (format!("{clause}：{n} 个要点已记"), format!("{clause}: {n} points recorded")),
        _ => (format!("{} 个条款已记", clauses.len()), format!("{} clauses recorded", clauses.len())),
    };
    Text::new(format!("{zh}，{undo} 一起撤销"), format!("{en}, {undo} undoes all")).said(lang)
}

pub(crate) const fn phase(lang: Lang) -> &'static str {
    lang.pick("阶段", "Phase")
}

pub(crate) const fn sample(lang: Lang) -> &'static str {
    lang.pick("样本", "Sample")
}

pub(crate) const fn core_reason(lang: Lang) -> &'static str {
    lang.pick("为何核心", "Why core")
}

/// Before a thing without which the point is not met.
pub(crate) const fn must_mark(lang: Lang) -> &'static str {
    lang.pick("[必备] ", "[must] ")
}

pub(crate) const fn only_presence(lang: Lang) -> &'static str {
    lang.pick("这份清单只看有无: 1 有, 4 缺", "Here a thing is there or not: 1 ok, 4 missing")
}

pub(crate) fn finding_error(lang: Lang, error: &FindingError) -> String {
    match error {
        FindingError::ZeroDenominator => {
            Text::new("抽查数为 0,无法计算".to_owned(), "Nothing sampled: cannot be told".to_owned())
                .said(lang)
        }
        FindingError::NumeratorAboveDenominator { .. } => {
            Text::new("符合数大于抽查数".to_owned(), "More met than sampled".to_owned()).said(lang)
        }
        other => other.to_string(),
    }
}

pub(crate) fn counts_before_submit(lang: Lang, n_unscored: usize, n_owed: usize) -> [String; 2] {
    [
        Text::new(format!("1 未评条款 {n_unscored} 条"), format!("1 Unscored clauses: {n_unscored}"))
            .said(lang),
        Text::new(format!("2 缺理由 {n_owed} 条"), format!("2 Clauses without a reason: {n_owed}"))
            .said(lang),
    ]
}

pub(crate) fn counted_conflicts(lang: Lang, ids: &[&str]) -> String {
    let n = ids.len();
    let listed = ids.join(" ");
    Text::new(format!("3 冲突 {n} 条 {listed}"), format!("3 Conflicts: {n} {listed}")).said(lang)
}

pub(crate) fn more(lang: Lang, n: usize) -> String {
    Text::new(format!("还有 {n} 处不同"), format!("{n} more differ")).said(lang)
}
