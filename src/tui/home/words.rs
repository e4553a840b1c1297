//! Texts of the home screen and of founding, opening and joining.

use crate::{
    app::laptop::overview::VisitPhase,
    domain::terms::lang::{Lang, Text},
    words::{counted, label, sayings},
};

sayings! {
    visits = "本机上的核查", "Visits on this laptop";
    reading = "正在读取...", "Reading...";
    sealed = "已封存", "sealed";
    none = "还没有核查。可以从下面开始:", "No visits yet. Begin with one of these:";
    begin = "开始", "Begin";
    sample = "1 打开示例核查", "1 Open the sample visit";
    sample_more = "一个虚构的卫生院，五人专家组，已评一部分", "A fictitious facility, a panel of five, partly scored";
    found = "2 新建核查", "2 Found a visit";
    found_more = "组长用：填机构、名册，建立共享文件", "For the lead: facility, roster, shared file";
    open = "3 打开共享文件", "3 Open a shared file";
    open_more = "组员用：选 *.hecha 文件，以自己的姓名加入", "For members: pick a *.hecha file and join by name";
    open_title = "打开共享文件", "Open a shared file";
    found_title = "新建核查", "Found a visit";
    f_file = "共享文件", "Shared file";
    f_profile = "方案", "Profile";
    f_date = "日期", "Date";
    f_lookback = "回溯起算日", "Look back from";
    f_draw = "抽取记录", "Draw record";
    f_lead = "组长", "Lead";
    f_choose = "左右换选", "Left/Right choose";
    f_member_help = "姓名 专业 职称，用空格隔开；专业:", "Name field title, separated by blanks; fields: ";
    f_draw_help = "可不填：hecha pool draw 写出的文件，读入后由它定机构和专家组",
        "Optional: the file of hecha pool draw; it then gives facility and panel";
    f_lookback_help = "可不填：否决情形从哪天往回算，来源没有规定；不填就注明未定",
        "Optional: the day gates look back from, which no source settles; left blank it is marked as open";
    draw_is_read = "正在读抽取记录，请稍候再试", "The draw record is being read; try again in a moment";
    f_date_help = "年-月-日，如 2026-09-01", "year-month-day, e.g. 2026-09-01";
    no_profiles = "没有可用的方案", "No profile to use";
    bad_date = "日期应写成 2026-09-01", "Write the date as 2026-09-01";
    no_facility = "机构名称还空着", "The facility has no name yet";
    no_file = "共享文件路径还空着", "The shared file has no path yet";
    f_applied = "申报档次", "Applied for";
    f_applied_help = "左右换选：机构申报的是哪一档标准", "Left/Right choose: which standard the facility applied for";
    not_said = "未填", "not said";
    f_more = "更多", "More";
    f_more_help = "空格打开：组织层级、机构编号、承办单位、前次核查、核查范围、副组长、整改办公室",
        "Space opens: whose visit, facility id, who carries it out, earlier visits, scope, deputy, office";
    f_by = "组织层级", "Held by";
    f_by_help = "左右换选：抽查、回头看由哪一级组织；其余随层级", "Left/Right choose: at which tier a spot check or look-back is held";
    as_stage = "随层级", "as the stage says";
    f_facility_id = "机构编号", "Facility id";
    f_facility_id_help = "可不填：统一社会信用代码或登记号", "Optional: unified credit code or licence number";
    f_organiser = "承办单位", "Carried out by";
    f_organiser_help = "可不填：第三方或学会", "Optional: a third party or society";
    f_follows = "前次核查", "Answers";
    f_follows_help = "可不填：已定稿的共享文件，只读取；几个就用空格隔开", "Optional: shared files of final visits, only read; several between blanks";
    f_scope = "核查范围", "Scope";
    f_scope_help = "可不填：只核查的条款，用逗号隔开；不填则全部", "Optional: the only clauses to look at, between commas; blank = all";
    f_deputy = "副组长", "Deputy";
    f_deputy_help = "可不填：从一开始就是副组长的组员", "Optional: the member who is deputy from the start";
    f_office = "整改办公室", "Office";
    f_office_help = "可不填：办公室电脑上 hecha doctor 显示的本机编号", "Optional: the device number that hecha doctor shows on the office's laptop";
    f_panel_reason = "人数说明", "Panel";
    f_panel_reason_help = "人数不足或为双数时写明为什么；其他不填", "Only for too few or an even number: why";
    no_lead = "组长还空着", "The lead is missing";
}

/// What turning the last row does.
pub(crate) const fn more_or_less(lang: Lang, is_open: bool) -> &'static str {
    if is_open { lang.pick("收起", "close") } else { lang.pick("打开", "open") }
}

pub(crate) const fn phase(lang: Lang, phase: VisitPhase) -> &'static str {
    match phase {
        VisitPhase::Scoring => label::scoring(lang),
        VisitPhase::Closed => lang.pick("评分已结束", "closed"),
        VisitPhase::Final => lang.pick("已定稿", "final"),
        VisitPhase::Broken => {
            lang.pick("打不开：数据损坏，用 hecha doctor 查看", "does not open: damaged; see hecha doctor")
        }
    }
}

pub(crate) fn progress(lang: Lang, n_scored: usize, n: usize) -> String {
    Text::new(format!("已评 {n_scored}/{n}"), format!("{n_scored}/{n} scored")).said(lang)
}

pub(crate) fn bad_member(lang: Lang, row: usize) -> String {
    Text::new(
        format!("第 {row} 人：写成 姓名 专业 职称，专业须是下列之一"),
        format!("Person {row}: write name field title, with one of the fields below"),
    )
    .said(lang)
}

pub(crate) fn twice(lang: Lang, name: &str) -> String {
    Text::new(format!("{name} 写了两次"), format!("{name} is written twice")).said(lang)
}

/// Whom a draw seated beside the lead.
pub(crate) fn drawn(lang: Lang, others: &str) -> String {
    Text::new(format!("左右换组长；同组：{others}"), format!("Left/Right choose the lead; with: {others}"))
        .said(lang)
}

pub(crate) fn n_people(lang: Lang, n: usize) -> String {
    let odd = !n.is_multiple_of(2);
    let zh = if odd { "单数" } else { "双数，应为单数" };
    let en = if odd { "odd" } else { "even, should be odd" };
    Text::new(format!("共 {n} 人({zh})"), format!("{} ({en})", counted(n, "person", "people"))).said(lang)
}
