//! The first sections: marks, facts, panel and method.

use crate::{
    domain::{
        ballot::seal::BallotState,
        terms::{citation::cite, lang::Lang},
    },
    report::{
        Report,
        layout::{MemberLine, State},
        page::{Block, Table, filled, joined},
        template::SectionId,
    },
    words::{self, label, mandate},
};

/// What is not official, not final or not complete (invariant 9).
pub(in crate::report) fn marks(report: &Report) -> Vec<String> {
    let lang = report.lang;
    let mut marks = Vec::new();
    let mut mark = |wanted: bool, zh: &str, en: &str| {
        if wanted {
            marks.push(lang.pick(zh, en).to_owned());
        }
    };
    mark(
        report.checklist.unofficial,
        "条款表为自编，非官方评审标准。",
        "The checklist is our own wording, not the official guide.",
    );
    mark(
        report.standards.iter().any(|standard| standard.status.key() == "example"),
        "达标标准为示例规则，未经主管部门确认。",
        "The standards are example rules, not confirmed by a bureau.",
    );
    mark(report.state != State::Final, "本次核查尚未定稿。", "The visit is not final.");
    mark(
        report.draw.as_ref().is_some_and(|draw| !draw.disagreements.is_empty()),
        "专家抽取记录未能复核一致。",
        "The record of the draw could not be confirmed.",
    );
    mark(
        report.panel.n_hidden > 0,
        "部分组员的评分未计入。",
        "The votes of some members are not counted here.",
    );
    marks.extend(report.remarks.iter().cloned());
    marks
}

pub(super) fn facts(report: &Report) -> Vec<Block> {
    vec![Block::Facts(fact_lines(report))]
}

/// What the report is about, in names and values.
pub(in crate::report) fn fact_lines(report: &Report) -> Vec<(String, String)> {
    let lang = report.lang;
    let checklist = &report.checklist;
    let unofficial = if checklist.unofficial { lang.pick("，非官方", ", unofficial") } else { "" };
    let edition = words::aside(&format!("{}{unofficial}", checklist.edition), lang);
    let mut facts = vec![
        (label::facility(lang), report.facility.clone()),
        (lang.pick("机构类型", "Type"), report.facility_type.name(lang).to_owned()),
        (label::stage(lang), report.stage.name(lang).to_owned()),
        (label::day_of_visit(lang), report.date.to_string()),
        (label::state(lang), report.state.name(lang).to_owned()),
        (lang.pick("条款表", "Checklist"), format!("{}{edition}", checklist.title)),
        (lang.pick("条款表内容哈希", "Content hash of the checklist"), checklist.hash.clone()),
        (lang.pick("核查编号", "Visit id"), report.visit.clone()),
    ];
    if report.gates.iter().any(|gate| gate.period.is_some() || gate.lacks_lookback) {
        let day = words::lookback(report.lookback, lang);
        facts.push((lang.pick("否决情形回溯起算日", "Gates look back from"), day));
    }
    facts.extend(mandate::lines(&report.mandate, lang));
    if let Some(mark) = report.template.mark() {
        facts.push((lang.pick("报告模板", "Report template"), mark.shown(lang)));
    }
    if let Some(day) = report.finalised_on {
        facts.push((lang.pick("定稿日期", "Made final on"), day.to_string()));
    }
    if let Some(generated) = &report.generated {
        facts.push((lang.pick("生成时间", "Generated"), generated.clone()));
    }
    for waiver in &report.waivers {
        facts.push((lang.pick("定稿豁免", "Waived on finalising"), waiver.told(lang)));
    }
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(super) fn panel(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    // Chinese titles need the room that English words need elsewhere.
    let (name, title) = if lang == Lang::Zh { (6, 9) } else { (5, 7) };
    let mut table = Table::new(&[
        (label::name(lang), name),
        (label::field(lang), 9),
        (label::title(lang), title),
        (lang.pick("职责", "Role"), 6),
        (label::state(lang), 7),
        (lang.pick("利益声明", "Declaration"), 9),
        (lang.pick("备注", "Remarks"), 8),
    ]);
    for member in &report.panel.members {
        let declaration = match member.declaration.as_deref() {
            None => lang.pick("未声明", "not declared").to_owned(),
            Some("") => label::none(lang).to_owned(),
            Some(text) => text.to_owned(),
        };
        table.rows.push(vec![
            member.name.clone(),
            member.field.name(lang).to_owned(),
            member.title.clone(),
            member.role.name(lang).to_owned(),
            member.status.name(lang).to_owned(),
            declaration,
            remarks(report, member),
        ]);
    }
    let mut blocks = vec![Block::Table(table)];
    let lacks: Vec<String> = words::lacks(&report.panel.lacks, lang).collect();
    if !lacks.is_empty() {
        blocks.push(Block::List(lacks));
    }
    if !report.panel.absences.is_empty() {
        blocks.push(Block::Heading(lang.pick("缺席", "Absent").to_owned()));
        blocks.push(Block::Table(absences(report)));
    }
    blocks.push(Block::Heading(lang.pick("回避", "Recusals").to_owned()));
    let mut recusals =
        Table::new(&[(label::name(lang), 2), (lang.pick("范围", "Of what"), 2), (label::reason(lang), 6)]);
    recusals.rows.extend(report.panel.recusals.iter().map(|recusal| {
        let all = label::all_clauses(lang);
        let clause = recusal.clause.clone().unwrap_or_else(|| all.to_owned());
        vec![recusal.member.clone(), clause, recusal.reason.clone()]
    }));
    blocks.push(if recusals.rows.is_empty() {
        filled::none(SectionId::Panel, report)
    } else {
        Block::Table(recusals)
    });
    blocks
}

fn absences(report: &Report) -> Table {
    let lang = report.lang;
    let mut table = Table::new(&[(label::name(lang), 2), (label::reason(lang), 6), (label::state(lang), 2)]);
    table.rows.extend(report.panel.absences.iter().map(|absence| {
        let state = if absence.has_sealed { label::came_all_the_same(lang) } else { label::absent(lang) };
        vec![absence.member.clone(), absence.reason.clone(), state.to_owned()]
    }));
    table
}

fn remarks(report: &Report, member: &MemberLine) -> String {
    let lang = report.lang;
    let mut parts = vec![words::identity(member.identity, lang).to_owned()];
    if member.n_late > 0 {
        parts.push(format!(
            "{} {}",
            lang.pick("封存后的记录（不计入）", "records after the seal (not counted):"),
            member.n_late
        ));
    }
    if matches!(member.ballot, BallotState::Late | BallotState::Unopened | BallotState::LeftOut) {
        parts.push(member.ballot.name(lang).to_owned());
    }
    joined(&parts, lang)
}

pub(super) fn method(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let method = &report.method;
    let sourced = |source: &str, unconfirmed: bool| {
        let mark = if unconfirmed { lang.pick("，非官方", ", unofficial") } else { "" };
        words::aside(&format!("{}{}{mark}", lang.pick("来源：", "source: "), cite(source, lang)), lang)
    };
    let odd = if method.panel_odd { lang.pick("，且为奇数", ", odd") } else { "" };
    let facts = [
        (lang.pick("合议规则", "Merge rule"), method.rule.name(lang).to_owned()),
        (
            lang.pick("最少票数", "Quorum"),
            format!("{}{}", method.quorum, sourced(&method.source, method.unconfirmed)),
        ),
        (lang.pick("分工", "Division of work"), words::plan::summary(method.plan, lang)),
        (
            lang.pick("专家组人数", "Size of the panel"),
            format!("≥ {}{odd}{}", method.panel_min, sourced(&method.panel_source, method.panel_unconfirmed)),
        ),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let mut blocks = filled::text(SectionId::Method, report);
    blocks.push(Block::Facts(facts.to_vec()));
    blocks
}
