//! Texts of declarations, recusals, the division of work, objections, signatures and the end of a visit.

use crate::{
    domain::{panel::coverage::Concern, terms::lang::Lang},
    tui::words::sayings,
};

sayings! {
    declare_title = "利益关系申报", "Declaration of interests";
    declare_why = "评分前请申报与该机构的关系：任职或兼职、亲属任职、指导或带教、经济往来、同一医共体等。没有就直接按两次回车。", "Before scoring, declare your ties to this facility: employment, relatives, coaching, dealings, the same medical alliance. None: press Enter twice.";
    declare_help = "申请回避的条款写编号，用空格隔开；* 是全程回避。回避的条款不再显示，也不计票。", "Clauses to be recused from: their ids, with blanks between; * is the whole visit. They are not shown any more and no vote counts.";
    declared = "已申报，可以评分了", "Declared: you can score now";
    ties = "关系", "Ties";
    recused_from = "回避", "Recused from";
    need_ties = "申请回避请写明关系", "Say why you ask to be recused";
    reason = "理由", "Reason";
    need_reason = "请写理由", "A reason is required";
    recuse_title = "回避", "Recusal";
    recuse_help = "写条款编号，* 是全程回避。理由留空则解除组长登记过的这一项。", "A clause id, or * for the whole visit. Without a reason a recusal that the lead recorded is lifted.";
    declared_by_member = "本人申报", "declared";
    substitutes = "可替补(抽取记录中的同专业)", "Substitutes (same field, from the draw)";
    assign_title = "分工", "Division of work";
    assign_help = "分工只决定谁欠评，已评的都算数。", "This says who owes a vote; every vote that is given counts.";
    unassigned = "未派", "not due";
    ending_title = "签字与定稿", "Signing and finalising";
    record = "核查记录", "Record";
    record_help = "各人屏幕上的这一行相同，签的才是同一份记录。", "Whoever sees the same line here signs the same record.";
    signatures = "签字", "Signatures";
    to_settle = "定稿前要处理", "To settle before finalising";
    to_know = "请知悉", "To know";
    nothing_open = "没有要处理的事项", "Nothing to settle";
    objections = "机构异议", "Objections";
    unanswered = "未答复", "not answered";
    whole_report = "整份报告", "the whole report";
    waived = "已豁免", "waived";
    waive_title = "豁免并说明理由", "Let pass, with a reason";
    waive_help = "理由会印在报告里。留空则取消豁免。", "The report prints the reason. Empty takes the waiver back.";
    cannot_waive = "这一项不能豁免", "This cannot be waived";
    choose_matter = "先选一件要处理的事项", "Choose a matter to settle first";
    still_open = "还有要处理的事项：逐一处理，或按 2 豁免并写理由", "Something is still open: settle it, or press 2 to waive it with a reason";
    submit_first = "请先提交自己的评分包", "Submit your own ballot first";
    object_title = "机构异议与答复", "Objection and answer";
    object_clause = "条款", "Clause";
    object_by = "提出人", "Who";
    object_text = "异议", "Objection";
    object_answer = "答复", "Answer";
    object_help = "* 是整份报告。异议留空则撤下。", "* is the whole report. An empty objection is taken back.";
    final_title = "定稿", "Make final";
    final_text = "定稿后谁都不能再改评分和结论。空格勾选，再按回车定稿。", "Nothing can be changed after that. Space to check, then Enter.";
    final_checked = "已核对，确定定稿", "Checked: make it final";
    is_final = "核查已定稿", "The visit is final";
    recused_everywhere = "您全程回避，没有要评的条款。", "You are recused from the whole visit.";
    recused_here = "您在这个条款回避，请选其他条款。", "You are recused from this clause; choose another one.";
    due_per_clause = "逐条款应评人数", "Members due per clause";
    votes_per_clause = "逐条款有效票", "Valid votes per clause";
    cover_legend = "!=双数  ?=不足法定票数  @=无本专业  +=组长已定", "! = even  ? = below quorum  @ = no expert of the field  + = decided by the lead";
    cover_sound = "各条款都是单数、够票、有本专业", "Every clause is odd, at quorum, and has an expert of its field";
}

/// One sign for what is not right about the votes of a clause.
pub(crate) const fn concern_sign(concern: Concern) -> char {
    match concern {
        Concern::Quorum => '?',
        Concern::Parity => '!',
        Concern::Field => '@',
    }
}
