//! Texts of signatures, open matters, objections and the end of a visit.

use crate::{domain::terms::lang::Lang, words::sayings};

sayings! {
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
    reason = "理由", "Reason";
    waive_help = "理由会印在报告里。留空则取消豁免。", "The report prints the reason. Empty takes the waiver back.";
    cannot_waive = "这一项不能豁免", "This cannot be waived";
    choose_matter = "先选一件要处理的事项", "Choose a matter to settle first";
    still_open = "还有要处理的事项：逐一处理，或按 2 豁免并写理由", "Something is still open: settle it, or press 2 to waive it with a reason";
    sign_after_closing = "组长结束评分后才能签字", "Signing is possible once the lead has closed scoring";
    object_title = "机构异议与答复", "Objection and answer";
    object_clause = "条款", "Clause";
    object_by = "提出人", "Who";
    object_text = "异议", "Objection";
    object_answer = "答复", "Answer";
    object_help = "* 是整份报告。异议留空则撤下。", "* is the whole report. An empty objection is taken back.";
    final_title = "定稿", "Make final";
    final_sure = "确定定稿？", "Make it final?";
    sign_title = "签字", "Sign";
    sign_sure = "确定签字？", "Sign it?";
    open_matters = "还有要处理的事项", "Matters still open";
}
