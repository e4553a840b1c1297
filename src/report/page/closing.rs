//! The end of a report: objections with answers, votes that differ, signatures.

use crate::{
    domain::{
        ballot::Position,
        edit::{Choice, dissent::Cause},
        terms::lang::Lang,
    },
    report::{
        Report,
        layout::{DissentLine, Signing, Voice},
        page::{Block, Table, filled},
        template::SectionId,
    },
    words::{self, label},
};

pub(super) fn objections(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let mut table = Table::new(&[
        (label::clause(lang), 2),
        (lang.pick("提出人", "By"), 2),
        (label::objection(lang), 5),
        (lang.pick("专家组答复", "Answer of the panel"), 5),
    ]);
    table.rows.extend(report.objections.iter().map(|line| {
        let whole = label::whole_report(lang);
        let answer =
            if line.answer.is_empty() { lang.pick("未答复", "not answered") } else { &line.answer };
        let clause = line.clause.clone().unwrap_or_else(|| whole.to_owned());
        let on = line.on.map(|day| format!(" {day}")).unwrap_or_default();
        let late = if line.late { lang.pick("（逾期）", " (late)") } else { "" };
        let by = format!("{}{on}{late}", line.by).trim().to_owned();
        vec![clause, by, line.text.clone(), answer.to_owned()]
    }));
    vec![table_or(table, SectionId::Objections, report)]
}

pub(super) fn dissents(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let (minority, others): (Vec<&DissentLine>, Vec<&DissentLine>) =
        report.dissents.iter().partition(|line| line.minority);
    let mut opinions =
        Table::new(&[(label::clause(lang), 2), (label::expert(lang), 2), (lang.pick("意见", "Opinion"), 8)]);
    opinions.rows.extend(
        minority.into_iter().map(|line| {
            vec![line.clause.clone(), line.member.clone().unwrap_or_default(), said(line, report)]
        }),
    );
    opinions.rows.extend(not_followed(report));
    let mut remarks = Table::new(&[
        (label::clause(lang), 2),
        (label::expert(lang), 2),
        (lang.pick("评分不同的原因", "Why the vote differs"), 8),
    ]);
    remarks.rows.extend(others.into_iter().map(|line| {
        let unnamed = lang.pick("不具名", "not named");
        let member = line.member.clone().unwrap_or_else(|| unnamed.to_owned());
        vec![line.clause.clone(), member, said(line, report)]
    }));
    let mut blocks = vec![table_or(opinions, SectionId::Minority, report)];
    if !remarks.rows.is_empty() {
        blocks.push(Block::Heading(lang.pick("组员的说明", "Remarks of members").to_owned()));
        blocks.push(Block::Table(remarks));
    }
    blocks
}

/// Whether there are votes that the lead did not follow, and others do not bear the verdict.
pub(super) fn has_votes_not_followed(report: &Report) -> bool {
    !not_followed(report).is_empty()
}

/// Votes that the lead did not follow, where enough others do not bear the verdict: told whether or not their authors asked.
fn not_followed(report: &Report) -> Vec<Vec<String>> {
    let lang = report.lang;
    let clauses = report.areas.iter().flat_map(|area| &area.clauses);
    let mut rows = Vec::new();
    for clause in clauses {
        let Some(basis) = clause.basis.filter(|basis| basis.is_against_votes()) else { continue };
        let followed = clause.verdict.map(|verdict| Position::from(Choice::from(verdict)));
        let others: Vec<&Voice> = clause
            .voices
            .iter()
            .filter(|voice| voice.position.is_opinion() && Some(voice.position) != followed)
            .collect();
        for alike in others.chunk_by(|a, b| (&a.member, a.position) == (&b.member, b.position)) {
            let Some(voice) = alike.first() else { continue };
            let unnamed = || match lang {
                Lang::Zh => format!("{} 名组员", alike.len()),
                Lang::En => words::counted(alike.len(), "member", "members"),
            };
            let said = words::position(voice.position, lang);
            let verdict = words::verdict(clause.verdict, lang);
            rows.push(vec![
                clause.id.clone(),
                voice.member.clone().unwrap_or_else(unnamed),
                match lang {
                    Lang::Zh => format!("评为 {said}；合议结论 {verdict}（{}）", basis.name(lang)),
                    Lang::En => format!("voted {said}; the verdict is {verdict} ({})", basis.name(lang)),
                },
            ]);
        }
    }
    rows
}

/// The last section: the digest is what a reader compares, the empty cells are for ink.
pub(super) fn signatures(report: &Report, signing: &Signing) -> Vec<Block> {
    let lang = report.lang;
    let mut table = Table::new(&[
        (label::name(lang), 3),
        (label::field(lang), 3),
        (lang.pick("电子签名", "Signature"), 3),
        (lang.pick("签字", "Signed"), 4),
        (lang.pick("日期", "Date"), 4),
    ]);
    table.tall = true;
    let day = lang.pick("    年    月    日", "");
    table.rows.extend(signing.signatures.iter().map(|line| {
        let (field, signed) = (line.field.name(lang), line.signed.name(lang));
        vec![line.name.clone(), field.to_owned(), signed.to_owned(), String::new(), day.to_owned()]
    }));
    let visit = (lang.pick("核查编号", "Visit id").to_owned(), report.visit.clone());
    let record = (lang.pick("核查记录（SHA-256）", "Record (SHA-256)").to_owned(), signing.record.clone());
    let mut blocks = filled::text(SectionId::Signatures, report);
    blocks.extend([Block::Facts(vec![visit, record]), Block::Table(table)]);
    blocks
}

fn said(line: &DissentLine, report: &Report) -> String {
    let cause = line.cause.map_or("", |cause: Cause| cause.name(report.lang));
    let between = if cause.is_empty() || line.text.is_empty() { "" } else { report.lang.pick("：", ": ") };
    let on = line.on.map(|day| words::aside(&day.to_string(), report.lang)).unwrap_or_default();
    format!("{cause}{between}{}{on}", line.text)
}

fn table_or(table: Table, id: SectionId, report: &Report) -> Block {
    if table.rows.is_empty() { filled::none(id, report) } else { Block::Table(table) }
}
