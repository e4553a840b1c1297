//! Texts of the rectification ledger.

use std::path::Path;

use crate::{
    app::ledger::file::TakenIn,
    domain::terms::{
        clean::clean_line,
        lang::{Lang, Text},
    },
    words::sayings,
};

sayings! {
    not_yet = "定稿后才有整改台账(专家组或结论里按 Ctrl-W 定稿)", "The ledger begins when the visit is final (Ctrl-W makes it final)";
    empty = "没有这一类。", "None of this kind.";
    all = "全部", "all";
    overdue = "逾期", "overdue";
    no_longer_required = "修订后不再要求", "no longer asked";
    goal = "目标", "Goal";
    goal_is_point = "达到该要点的要求", "meet what the point requires";
    until = "时限", "Until";
    not_set = "未定", "not set";
    done = "整改情况", "Done";
    files = "附件", "Files";
    seen = "复核", "Checked";
    history = "经过", "History";
    no_effect = "未生效", "no effect";
    hand_in_title = "提交整改情况", "Hand in what was done";
    close_title = "复核销号", "Close: score the point again";
    reopen_title = "退回或重新打开", "Hand back or open again";
    strike_title = "不列入台账", "Take off the ledger";
    plan_title = "目标、责任人、完成时限", "Goal, person, deadline";
    add_title = "另列一项", "Put one more item on the ledger";
    by = "整改人", "Done by";
    on = "完成日期", "Done on";
    what = "做了什么", "What was done";
    paths = "附件路径", "Files";
    finding = "要点复核", "Point again";
    remark = "复核意见", "What was seen";
    place = "条款.要点", "Clause.point";
    hand_in_help = "附件可空；几个文件用分号隔开，也可以把文件拖进来。", "Files may be empty; a semicolon between several, or drop them here.";
    close_help = "要点按量值写：yes、9/10、37.5；没有达到不能销号，请按 3 退回。", "Write the point as measured: yes, 9/10, 37.5. Not met cannot be closed: press 3 to hand back.";
    close_help_free = "这一项没有要点：写明看到了什么。", "The item names no point: write what was seen.";
    plan_help = "目标留空就是达到该要点的要求；日期如 2026-12-31。", "An empty goal is what the point requires; a day like 2026-12-31.";
    add_help = "条款或要点可空，如 EM-02 或 EM-02.C1。", "Clause or point may be empty; like EM-02 or EM-02.C1.";
    reason_help = "理由会留在这一项的经过里。", "The reason stays in the history of the item.";
    bad_day = "日期请写成 2026-12-31", "Write a day like 2026-12-31";
    need_by = "请写整改人", "Write who did it";
    need_text = "请写明内容", "Write what there is to say";
    choose = "先选一项", "Choose an item first";
    write_title = "导出台账", "Write the ledger";
    write_help = "发给机构填写的工作簿(.xlsx)", "A workbook (.xlsx) for the facility to fill in";
    read_title = "读回台账", "Take in a ledger";
    read_help = "机构填好的 .xlsx 或 .csv；只读取整改情况、整改人、完成日期", "The filled-in .xlsx or .csv; only what was done, by whom and when is read";
}

pub(crate) fn written(n: usize, path: &Path) -> Text {
    let path = clean_line(&path.display().to_string());
    Text::new(format!("已导出 {n} 项：{path}"), format!("Wrote {n} items: {path}"))
}

pub(crate) fn taken_in(done: &TakenIn) -> Text {
    let TakenIn { n_submitted, n_plans_left, told, .. } = done;
    let left = if *n_plans_left == 0 {
        Text::new("", "")
    } else {
        Text::new(
            format!("；{n_plans_left} 行的目标或时限与台账不同，没有读取"),
            format!("; {n_plans_left} rows have another plan, left alone"),
        )
    };
    let told = |half: fn(&Text) -> &str| told.iter().map(|it| format!(" {}", half(it))).collect::<String>();
    Text::new(
        format!("新提交 {n_submitted} 项{}{}", left.zh, told(|it| &it.zh)),
        format!("Handed in: {n_submitted}{}{}", left.en, told(|it| &it.en)),
    )
}
