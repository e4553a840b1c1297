//! The clauses: core ones apart, all with verdict and votes, and what was found.

use crate::{
    domain::{
        edit::evidence::size_text,
        terms::{absence::Absence, citation::cite, grade::Grade, lang::Lang},
    },
    report::{
        Report,
        layout::{ClauseLine, EvidenceLine, UnmetLine, Voice},
        page::{Block, Table, filled, joined},
        template::SectionId,
    },
    words::{self, label},
};

pub(super) fn core(report: &Report) -> Vec<Block> {
    let mut table = verdicts(report);
    let core = report.areas.iter().flat_map(|area| &area.clauses).filter(|clause| clause.core);
    core.for_each(|clause| add_row(&mut table, report, clause));
    let block =
        if table.rows.is_empty() { filled::none(SectionId::Core, report) } else { Block::Table(table) };
    vec![block]
}

pub(super) fn all(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    for area in &report.areas {
        let lang = report.lang;
        let status = words::area_status(&area.status, lang);
        let edition = format!("{}{}{status}", area.edition, lang.pick("，", ", "));
        blocks.push(Block::Heading(format!("{}{}", area.title, words::aside(&edition, lang))));
        let mut table = verdicts(report);
        area.clauses.iter().for_each(|clause| add_row(&mut table, report, clause));
        blocks.push(Block::Table(table));
    }
    blocks
}

fn verdicts(report: &Report) -> Table {
    let lang = report.lang;
    Table::new(&[
        (lang.pick("编号", "Id"), 4),
        (label::clause(lang), 11),
        (label::verdict(lang), 5),
        (lang.pick("得出方式", "By"), 5),
        (lang.pick("评分", "Votes"), 8),
        (lang.pick("分歧", "Dissent"), 6),
    ])
}

fn add_row(table: &mut Table, report: &Report, clause: &ClauseLine) {
    table.clauses.push(clause.id.clone());
    table.rows.push(row(report, clause));
}

fn row(report: &Report, clause: &ClauseLine) -> Vec<String> {
    let lang = report.lang;
    let mut marks = vec![clause.title.clone()];
    if clause.core {
        marks.push(label::core(lang).to_owned());
    }
    if clause.focus {
        marks.push(label::focus(lang).to_owned());
    }
    vec![
        clause.id.clone(),
        joined(&marks, lang),
        words::verdict(clause.verdict, lang),
        words::by(clause.basis, lang).to_owned(),
        votes(report, clause),
        dissent(report, clause),
    ]
}

/// The votes in one phrase, e.g. `A×2 B×3 未看×1`; with names, who said what.
fn votes(report: &Report, clause: &ClauseLine) -> String {
    let lang = report.lang;
    if report.names {
        let said = clause.voices.iter().map(|voice| {
            let name = voice.member.as_deref().unwrap_or_default();
            format!("{name} {}", words::said(voice.position, voice.direct, lang))
        });
        return said.collect::<Vec<_>>().join(lang.pick("、", ", "));
    }
    let mut parts: Vec<String> = Vec::new();
    let mut add = |name: &str, n: usize| {
        if n > 0 {
            parts.push(format!("{name}×{n}"));
        }
    };
    for (grade, n) in Grade::ALL.iter().zip(clause.votes.grades) {
        add(&grade.to_string(), n);
    }
    add(words::given_directly(lang), clause.votes.direct);
    add(lang.pick("计分", "points"), clause.votes.points);
    for kind in Absence::ALL {
        add(kind.name(lang), clause.votes.absent(*kind));
    }
    add(lang.pick("未评", "not scored"), clause.votes.unscored);
    add(lang.pick("记录冲突", "conflicting"), clause.votes.conflicts);
    if let Some((low, high)) = clause.points_range {
        let full = clause.full_points.unwrap_or_default();
        parts.push(format!("{low}–{high} / {full}"));
    }
    parts.join(" ")
}

/// How members differ, in one phrase; empty if they do not.
pub(in crate::report) fn dissent(report: &Report, clause: &ClauseLine) -> String {
    let lang = report.lang;
    let mut parts = Vec::new();
    let mut add = |wanted: bool, zh: &str, en: &str| {
        if wanted {
            parts.push(lang.pick(zh, en).to_owned());
        }
    };
    add(clause.votes.n_valid() == 0, "无评分", "no votes");
    add(clause.split, "未分出多数", "split");
    add(clause.pass_line_split, "跨达标线", "across the pass line");
    add(clause.spread >= 2, "相差两档及以上", "two grades apart or more");
    add(clause.votes.n_valid() > 0 && !clause.quorum, "票数不足", "below quorum");
    joined(&parts, lang)
}

/// Reasons, unmet points, notes and what is attached, for clauses that have any.
pub(super) fn findings(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let mut blocks = Vec::new();
    for clause in report.areas.iter().flat_map(|area| &area.clauses) {
        let mut lines = Vec::new();
        if let Some(basis) = clause.basis.filter(|basis| basis.by_lead()) {
            lines.push(match lang {
                Lang::Zh => format!("{}，理由：{}", basis.name(lang), clause.reason),
                Lang::En => format!("Decided by the {}; reason: {}", basis.name(lang), clause.reason),
            });
        }
        lines.extend(clear_votes(report, clause));
        lines.extend(clause.unmet.iter().map(|unmet| unmet_line(report, unmet)));
        lines.extend(opinions(report, clause));
        lines.extend(clause.evidence.iter().map(|it| evidence_line(it, lang)));
        if !lines.is_empty() {
            let verdict = words::aside(&words::verdict(clause.verdict, lang), lang);
            let title = format!("{} {}{verdict}", clause.id, clause.title);
            blocks.push(Block::Clause { id: clause.id.clone(), title, lines });
        }
    }
    if blocks.is_empty() {
        blocks.push(filled::none(SectionId::Findings, report));
    }
    blocks
}

/// What was voted in the clear, beside the ballots.
fn clear_votes(report: &Report, clause: &ClauseLine) -> Option<String> {
    let lang = report.lang;
    let said = clause.clear.iter().map(|voice| {
        let reason = if voice.reason.is_empty() { String::new() } else { words::aside(&voice.reason, lang) };
        let name = voice.member.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
        format!("{name}{}{reason}", words::position(voice.position, lang))
    });
    let said = said.collect::<Vec<_>>().join(lang.pick("、", ", "));
    (!said.is_empty()).then(|| {
        let head = lang.pick("合议表决（评分公开后）：", "Voted in the clear, after the opening: ");
        format!("{head}{said}")
    })
}

fn evidence_line(it: &EvidenceLine, lang: Lang) -> String {
    let about = [
        it.member.clone().unwrap_or_default(),
        it.point.clone().unwrap_or_default(),
        it.media.name(lang).to_owned(),
        size_text(it.size),
    ];
    let caption = if it.caption.is_empty() { "" } else { lang.pick("：", ": ") };
    let aside = words::aside(&joined(&about, lang), lang);
    format!("{}{}{aside}{caption}{}", lang.pick("附件 ", "Attached "), it.name, it.caption)
}

fn unmet_line(report: &Report, unmet: &UnmetLine) -> String {
    let lang = report.lang;
    let mark = unmet.mark.map_or("", |mark| mark.name(lang));
    let found =
        format!("{} {}/{}", lang.pick("认定不达标", "found unmet by"), unmet.n_unmet, unmet.n_recorded);
    let more = words::aside(&joined(&[found, cite(&unmet.source, lang), mark.to_owned()], lang), lang);
    let unmet_point = lang.pick("不达标要点 ", "Unmet ");
    format!("{unmet_point}{}{}{}{more}", unmet.point, lang.pick("：", ": "), unmet.text)
}

/// What members gave as reason or note; what has neither stands in the table of votes. Without names, equal opinions
/// (which stand together then) are told once, with their number.
fn opinions(report: &Report, clause: &ClauseLine) -> Vec<String> {
    let lang = report.lang;
    let said: Vec<&Voice> =
        clause.voices.iter().filter(|voice| !voice.reason.is_empty() || !voice.note.is_empty()).collect();
    let alike = said.chunk_by(|a, b| a == b);
    let line = |voices: &[&Voice]| {
        let voice = voices.first()?;
        let who = match (&voice.member, lang, voices.len()) {
            (Some(name), _, _) => name.clone(),
            (None, Lang::Zh, n) => format!("{n} 名组员"),
            (None, Lang::En, 1) => "1 member".to_owned(),
            (None, Lang::En, n) => format!("{n} members"),
        };
        Some(format!("{who}{}", opinion(report, voice)))
    };
    alike.filter_map(line).collect()
}

fn opinion(report: &Report, voice: &Voice) -> String {
    let lang = report.lang;
    let direct = if voice.direct { words::given_directly(lang) } else { "" };
    let said = joined(&[words::position(voice.position, lang), direct.to_owned()], lang);
    let mut parts = Vec::new();
    if !voice.reason.is_empty() {
        parts.push(format!("{}{}", lang.pick("理由：", "reason: "), voice.reason));
    }
    if !voice.note.is_empty() {
        parts.push(format!("{}{}", lang.pick("备注：", "note: "), voice.note));
    }
    format!("{}{}{}", words::aside(&said, lang), lang.pick("：", ": "), joined(&parts, lang))
}
