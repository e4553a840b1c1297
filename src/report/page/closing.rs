//! The end of a report: objections with answers, votes that differ, signatures.

use std::cmp::Ordering;

use crate::{
    domain::{
        ballot::Position,
        edit::{Choice, dissent::Cause},
        merge::basis::Basis,
        terms::lang::Lang,
    },
    report::{
        Report,
        layout::{ClauseLine, DissentLine, Signing, Voice},
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
    let opinion = lang.pick("意见", "Opinion");
    let mut opinions = Table::new(&[(label::clause(lang), 2), (label::expert(lang), 2), (opinion, 8)]);
    opinions.rows.extend(
        minority.into_iter().map(|line| {
            vec![line.clause.clone(), line.member.clone().unwrap_or_default(), said(line, report)]
        }),
    );
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
    let NotFollowed { majority, others } = not_followed(report);
    let mut blocks = Vec::new();
    if !opinions.rows.is_empty() {
        blocks.push(Block::Heading(lang.pick("少数意见", "Minority opinions").to_owned()));
    }
    blocks.push(table_or(opinions, SectionId::Minority, report));
    let titles = [
        lang.pick("多数意见未被采纳", "Majorities that were not followed"),
        lang.pick("其他未被采纳的评分", "Other votes that were not followed"),
    ];
    for (title, rows) in titles.into_iter().zip([majority, others]).filter(|(_, rows)| !rows.is_empty()) {
        let vote = lang.pick("评分和结论", "Vote and verdict");
        let mut table = Table::new(&[(label::clause(lang), 2), (label::expert(lang), 2), (vote, 8)]);
        table.rows = rows;
        blocks.extend([Block::Heading(title.to_owned()), Block::Table(table)]);
    }
    if !remarks.rows.is_empty() {
        blocks.push(Block::Heading(lang.pick("组员的说明", "Remarks of members").to_owned()));
        blocks.push(Block::Table(remarks));
    }
    blocks
}

/// Whether there are votes that the lead did not follow, and others do not bear the verdict.
pub(super) fn has_votes_not_followed(report: &Report) -> bool {
    let NotFollowed { majority, others } = not_followed(report);
    !majority.is_empty() || !others.is_empty()
}

/// Votes that the lead did not follow, in rows.
#[derive(Default)]
struct NotFollowed {
    /// Of the more than half by which the lead was outvoted.
    majority: Vec<Vec<String>>,
    /// All others.
    others: Vec<Vec<String>>,
}

/// Votes that the lead did not follow, where enough others do not bear the verdict: told whether or not their authors asked.
fn not_followed(report: &Report) -> NotFollowed {
    let clauses = report.areas.iter().flat_map(|area| &area.clauses);
    let mut found = NotFollowed::default();
    for clause in clauses {
        let Some(basis) = clause.basis.filter(|basis| basis.is_against_votes()) else { continue };
        let Some(followed) = clause.verdict.map(|verdict| Position::from(Choice::from(verdict))) else {
            continue;
        };
        let votes = votes(report, clause);
        let differing: Vec<&Voice> = votes.iter().copied().filter(|it| it.position != followed).collect();
        for alike in differing.chunk_by(|a, b| (&a.member, a.position) == (&b.member, b.position)) {
            let Some(voice) = alike.first() else { continue };
            let is_majority = basis == Basis::Overruled && {
                let side = side(voice.position, followed);
                let n = votes.iter().filter(|it| self::side(it.position, followed) == side).count();
                n * 2 > votes.len()
            };
            let rows = if is_majority { &mut found.majority } else { &mut found.others };
            rows.push(not_followed_row(report, clause, basis, (voice, alike.len())));
        }
    }
    found
}

/// The votes that the verdict is held against: those in the clear once they are enough, else the ballots.
fn votes<'r>(report: &Report, clause: &'r ClauseLine) -> Vec<&'r Voice> {
    let counts = |voice: &&Voice| voice.position.is_opinion();
    let clear: Vec<&Voice> = clause.clear.iter().filter(counts).collect();
    if clear.len() >= report.method.quorum.max(1) {
        clear
    } else {
        clause.voices.iter().filter(counts).collect()
    }
}

/// On which side of what was decided a vote lies.
#[derive(PartialEq, Eq)]
enum Side {
    Lower,
    Same,
    Higher,
    /// It answers the other way whether the clause applies at all.
    Applies,
}

fn side(vote: Position, decided: Position) -> Side {
    let compared = match (vote, decided) {
        (Position::Grade(vote), Position::Grade(decided)) => Some(vote.cmp(&decided)),
        (Position::Points(vote), Position::Points(decided)) => Some(vote.cmp(&decided)),
        (vote, decided) => (vote == decided).then_some(Ordering::Equal),
    };
    match compared {
        Some(Ordering::Less) => Side::Lower,
        Some(Ordering::Equal) => Side::Same,
        Some(Ordering::Greater) => Side::Higher,
        None => Side::Applies,
    }
}

fn not_followed_row(
    report: &Report,
    clause: &ClauseLine,
    basis: Basis,
    (voice, n): (&Voice, usize),
) -> Vec<String> {
    let lang = report.lang;
    let unnamed = || match lang {
        Lang::Zh => format!("{n} 名组员"),
        Lang::En => words::counted(n, "member", "members"),
    };
    let said = words::position(voice.position, lang);
    let verdict = words::verdict(clause.verdict, lang);
    vec![
        clause.id.clone(),
        voice.member.clone().unwrap_or_else(unnamed),
        match lang {
            Lang::Zh => format!("评为 {said}；合议结论 {verdict}（{}）", basis.name(lang)),
            Lang::En => format!("voted {said}; the verdict is {verdict} ({})", basis.name(lang)),
        },
    ]
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
        let on = line.on.map(|day| format!(" {day}")).unwrap_or_default();
        let (field, signed) = (line.field.name(lang), format!("{}{on}", line.signed.name(lang)));
        vec![line.name.clone(), field.to_owned(), signed, String::new(), day.to_owned()]
    }));
    let visit = (lang.pick("核查编号", "Visit id").to_owned(), report.visit.clone());
    let record = (lang.pick("核查记录（SHA-256）", "Record (SHA-256)").to_owned(), signing.record.clone());
    let code = (lang.pick("核查记录校验码", "Record, in short").to_owned(), signing.code.clone());
    let mut blocks = filled::text(SectionId::Signatures, report);
    blocks.extend([Block::Facts(vec![visit, record, code]), Block::Table(table)]);
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
