//! Texts of panel, merge, outcome and report.

use crate::{
    app::report::export::Format,
    domain::{
        panel::PanelLack,
        terms::{amount::Amount, grade::Grade, lang::Lang},
        visit::Identity,
    },
    tui::words::{counted, pick, sayings},
};

sayings! {
    member = "成员", "Member";
    field = "专业", "Field";
    lead = "组长", "lead";
    me = "本人", "me";
    progress = "进度", "Progress";
    state = "状态", "State";
    hidden = "未公开", "hidden";
    submitted = "已提交", "submitted";
    scoring = "评分中", "scoring";
    recused_all = "全程回避", "recused";
    panel_complete = "专家组人数和专业符合规则", "The panel meets the rule";
    recusals = "回避", "Recusals";
    all_clauses = "全部条款", "all clauses";
    none = "无", "none";
    close_title = "关闭评分", "Close scoring";
    close_text = "关闭后谁都不能再评分。空格勾选，再按回车关闭。", "Nobody can score after that. Space to check, then Enter to close.";
    close_checked = "已核对，确定关闭评分", "Checked: close scoring";
    closed = "评分已关闭", "Scoring is closed";
    not_submitted = "尚未提交", "Not submitted yet";
    clause = "条款", "Clause";
    verdict = "结论", "Verdict";
    gate = "门槛", "Gate";
    gates = "门槛", "Gates";
    no_splits = "没有条款。", "No clauses.";
    unfold = "展开", "unfolds";
    fold = "收起", "folds";
    scrolling = "上下键滚动详情", "up and down scroll the details";
    all_decided = "没有未定的条款和门槛", "Nothing is undecided";
    dissent_title = "我的评分为什么不同", "Why my vote differs";
    words = "说明", "Words";
    minority = "作为少数意见写入报告", "Print it in the report as a minority opinion";
    withdraw = "收回", "take back";
    dissent_help = "数字选原因  Tab 换栏  空格勾选  回车记录", "Digits: cause  Tab: next field  Space: check  Enter: record";
    need_words = "少数意见要写明内容", "A minority opinion needs words";
    need_cause = "先选原因或写说明", "Choose a cause or write something";
    submit_before_dissent = "提交自己的评分后才能说明", "Submit your own ballot first";
    close_before_dissent = "组长关闭评分后才能说明", "Only after the lead has closed scoring";
    no_own_vote = "您没有评这一条", "You did not vote on this clause";
    final_already = "核查已定稿", "The visit is final";
    by_lead = "组长", "lead";
    undecided = "未定", "open";
    not_applicable = "不适用", "n/a";
    unanswered = "未答", "unanswered";
    even = "双数", "even";
    below_quorum = "不足法定票数", "below quorum";
    median = "中位", "median";
    strictest = "最严", "strictest";
    lenient = "最宽", "most lenient";
    field_uncovered = "没有对口专业的成员投票", "no member of the clause's field voted";
    decide_title = "合议结论", "Decide";
    gate_title = "门槛结论", "Decide the gate";
    choice = "结论", "Verdict";
    reason = "理由", "Reason";
    gate_reason = "依据文件", "Document";
    need_choice = "先选结论(数字键)", "Choose a verdict first (digits)";
    need_reason = "请写理由", "A reason is required";
    off_scale = "不在分值范围或步长上", "Not on the scale or its steps";
    back_to_rule = "收回组长结论", "back to the rule";
    standards = "达标", "Standards";
    met = "达到", "met";
    not_met = "未达到", "not met";
    open = "待定", "open";
    na_effects = "不适用条款的影响", "What clauses left out would change";
    contradictions = "互相矛盾的结论", "Verdicts that contradict each other";
    withheld = "因回避未列出", "Left out for your recusal";
    core_clauses = "核心条款", "Core clauses";
    areas = "各领域", "Areas";
    total = "合计", "Total";
    all_clauses_title = "全部条款", "All clauses";
    formats = "格式", "Formats";
    forms = "表单", "Forms";
    folder = "存放文件夹", "Folder";
    folder_title = "报告存放文件夹", "Folder for reports";
    waiting = "等待", "waiting";
    writing = "生成中...", "writing...";
    votes_named = "评分署名", "Votes with names";
    named_yes = "是：报告里写明每票是谁投的", "yes: the report tells whose each vote is";
    named_no = "否：报告里看不出哪票是谁投的", "no: the report does not tell whose each vote is";
    template = "报告模板", "Report template";
    template_built_in = "程序自带的", "the program's own";
    template_chosen = "程序自带的(按 7 换回本机的)", "the program's own (7 goes back to this laptop's)";
    template_unread = "正在查看...", "looking...";
    template_bad = "生成时会列出错误；按 7 改用自带的。", "Writing lists its errors; 7 uses the program's own.";
    written = "已生成", "written";
    not_written = "未生成", "not written";
    source = "来源", "source";
    visible_only = "只计可见的评分", "visible votes only";
}

pub(crate) const fn format(lang: Lang, format: Format) -> &'static str {
    match format {
        Format::Docx => lang.pick("现场核查报告 (docx)", "Site-visit report (docx)"),
        Format::Xlsx => lang.pick("工作簿 (xlsx)", "Workbook (xlsx)"),
        Format::Html => lang.pick("网页 (html)", "Web page (html)"),
        Format::Md => lang.pick("Markdown 文本 (md)", "Markdown (md)"),
        Format::Json => lang.pick("数据 (json)", "Data (json)"),
        Format::Csv => lang.pick("表格 (csv)", "Table (csv)"),
    }
}

pub(crate) fn lack(lang: Lang, lack: PanelLack) -> String {
    match lack {
        PanelLack::TooFew { n, min } => {
            pick(lang, format!("只有 {n} 人，至少 {min} 人"), format!("{n} members, at least {min} needed"))
        }
        PanelLack::Even { n } => {
            pick(lang, format!("{n} 人是双数，应为单数"), format!("{n} members is even, must be odd"))
        }
        PanelLack::Field(field) => {
            pick(lang, format!("缺专业：{}", field.name(lang)), format!("no member for {}", field.name(lang)))
        }
    }
}

pub(crate) const fn identity(lang: Lang, identity: Identity) -> &'static str {
    match identity {
        Identity::Absent => lang.pick("未加入", "not joined"),
        Identity::Provisional => lang.pick("身份未核对", "not verified"),
        Identity::Admitted => lang.pick("已加入", "joined"),
        Identity::Waiting => lang.pick("等待组长核准", "waits for the lead"),
    }
}

pub(crate) fn hidden_members(lang: Lang, n: usize) -> String {
    pick(
        lang,
        format!("{n} 人的评分尚未公开"),
        format!("votes of {} are hidden", counted(n, "member", "members")),
    )
}

pub(crate) fn dissent_of(lang: Lang, clause: &str) -> String {
    pick(lang, format!("{clause} 评分不同的说明"), format!("why your vote on {clause} differs"))
}

pub(crate) fn gates_unanswered(lang: Lang, n: usize) -> String {
    pick(lang, format!("门槛未答 {n} 项"), format!("{} unanswered", counted(n, "gate", "gates")))
}

pub(crate) fn more_rows(lang: Lang, n: usize, key: &str) -> String {
    pick(
        lang,
        format!("(还有 {n} 行，按 {key} 展开)"),
        format!("({}, {key} unfolds)", counted(n, "more row", "more rows")),
    )
}

pub(crate) fn votes_to_flip(lang: Lang, n: usize) -> String {
    pick(lang, format!("{n} 人改变即翻转"), format!("{} would flip it", counted(n, "vote", "votes")))
}

pub(crate) fn share(lang: Lang, grade: Grade, share: Amount, area: Option<&str>) -> String {
    let within = area.map(|area| format!("{area}: ")).unwrap_or_default();
    pick(
        lang,
        format!("{within}{grade} 及以上占比不低于 {}", share.percent()),
        format!("{within}{} or more at {grade} or better", share.percent()),
    )
}

pub(crate) fn core_condition(lang: Lang, grade: Grade) -> String {
    pick(lang, format!("核心条款全部 {grade} 及以上"), format!("every core clause {grade} or better"))
}

pub(crate) fn points_condition(lang: Lang, share: Amount) -> String {
    pick(
        lang,
        format!("得分率不低于 {}", share.percent()),
        format!("{} or more of the points", share.percent()),
    )
}

pub(crate) const fn gates_condition(lang: Lang) -> &'static str {
    lang.pick("无一票否决情形", "no gate tripped")
}
