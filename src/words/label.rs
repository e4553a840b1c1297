//! What columns, fields and headings are called, where more than one room or paper names the same thing. A text of the same
//! two halves that means something else is not here.

use crate::{domain::terms::lang::Lang, words::sayings};

sayings! {
    absent = "缺席", "absent";
    all_clauses = "全部条款", "all clauses";
    came_all_the_same = "已提交，照算", "submitted all the same: counts";
    clause = "条款", "Clause";
    core = "核心", "core";
    core_clauses = "核心条款", "Core clauses";
    day_of_visit = "核查日期", "Day of the visit";
    deadline = "完成时限", "Deadline";
    declared = "本人申报", "declared";
    deputy = "副组长", "deputy";
    expert = "专家", "Expert";
    facility = "机构", "Facility";
    field = "专业", "Field";
    focus = "重点", "focus";
    gate = "否决情形", "Gate";
    goal = "整改目标", "Goal";
    lead = "组长", "lead";
    member = "组员", "Member";
    member_role = "组员", "member";
    name = "姓名", "Name";
    nothing_holds = "可以定稿。", "Nothing holds the visit up.";
    none = "无", "none";
    not_joined = "未加入", "not joined";
    objection = "异议", "Objection";
    off_scale = "不在分值范围或步长上", "Not on the scale or its steps";
    person = "责任人", "Person";
    point = "要点", "Point";
    problem = "问题", "Problem";
    reason = "理由", "Reason";
    reason_needed = "请写理由", "A reason is required";
    scoring = "评分中", "scoring";
    source = "来源", "Source";
    stage = "层级", "Stage";
    state = "状态", "State";
    title = "职称", "Title";
    to_know = "请知悉：", "Also:";
    to_settle = "定稿前要处理：", "To settle before finalising:";
    too_late = "核准太迟，不计入", "admitted too late, does not count";
    verdict = "结论", "Verdict";
    waits = "等待组长核准", "waits for the lead";
    whole_report = "整份报告", "the whole report";
}

/// That a point is answered from papers before the visit.
#[must_use]
pub const fn documents_phase(lang: Lang) -> &'static str {
    lang.pick("资料，到现场前看", "documents, before the visit")
}
