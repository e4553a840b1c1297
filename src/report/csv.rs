//! CSV: one row per clause, for spreadsheets. Nothing in it starts a formula.

pub mod ledger;

use crate::{
    domain::{
        edit::verdict::Decision,
        terms::{absence::Absence, grade::Grade, lang::Lang},
    },
    report::{
        Report,
        layout::{AreaLine, ClauseLine},
    },
    words,
};

/// The mark by which spreadsheets know UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The report as CSV with CRLF. `bom` puts a byte order mark in front, without which Excel and WPS misread Chinese.
///
/// # Errors
/// Only if memory cannot be written to, which the writer's type allows for.
pub fn csv(report: &Report, bom: bool) -> Result<Vec<u8>, ::csv::Error> {
    let buffer = if bom { BOM.to_vec() } else { Vec::new() };
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .quote_style(::csv::QuoteStyle::Necessary)
        .from_writer(buffer);
    writer.write_record(header(report).iter().map(|cell| defuse(cell)))?;
    for area in &report.areas {
        for clause in &area.clauses {
            writer.write_record(row(report, area, clause).iter().map(|cell| defuse(cell)))?;
        }
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}

fn header(report: &Report) -> Vec<String> {
    let lang = report.lang;
    let mut columns: Vec<String> = FIXED.iter().map(|(zh, en)| lang.pick(zh, en).to_owned()).collect();
    columns.extend(Absence::ALL.iter().map(|kind| kind.name(lang).to_owned()));
    columns.extend(TAIL.iter().map(|(zh, en)| lang.pick(zh, en).to_owned()));
    columns.extend(member_columns(report));
    columns
}

/// Titles before the absences.
const FIXED: [(&str, &str); 22] = [
    ("机构", "Facility"),
    ("核查日期", "Date"),
    ("层级", "Stage"),
    ("申报档次", "Applied for"),
    ("条款表", "Checklist"),
    ("领域", "Area"),
    ("编号", "Clause"),
    ("条款", "Title"),
    ("核心", "Core"),
    ("重点", "Focus"),
    ("结论", "Verdict"),
    ("得出方式", "By"),
    ("组长理由", "Lead's reason"),
    ("有效票", "Valid votes"),
    ("票数为奇数", "Odd"),
    ("达到最少票数", "Quorum"),
    ("A", "A"),
    ("B", "B"),
    ("C", "C"),
    ("D", "D"),
    ("计分票", "Points"),
    ("直接评档票", "Given directly"),
];

/// Titles after the absences.
const TAIL: [(&str, &str); 8] = [
    ("未评", "Not scored"),
    ("记录冲突", "Conflicting"),
    ("相差档数", "Spread"),
    ("未分出多数", "Split"),
    ("跨达标线", "Across the pass line"),
    ("不达标要点", "Unmet points"),
    ("理由与备注", "Reasons and notes"),
    ("附件数", "Attached"),
];

fn member_columns(report: &Report) -> Vec<String> {
    let first = report.areas.iter().flat_map(|area| &area.clauses).next().filter(|_| report.names);
    let voices = first.map(|clause| clause.voices.as_slice()).unwrap_or_default();
    voices.iter().map(|voice| voice.member.clone().unwrap_or_default()).collect()
}

fn row(report: &Report, area: &AreaLine, clause: &ClauseLine) -> Vec<String> {
    let lang = report.lang;
    let yes = |yes: bool| words::yes_no(yes, lang).to_owned();
    let by = clause.basis.map_or("", |basis| basis.name(lang));
    let unofficial = if report.checklist.unofficial { lang.pick("，非官方", ", unofficial") } else { "" };
    let mut cells = vec![
        report.facility.clone(),
        report.date.to_string(),
        report.stage.name(lang).to_owned(),
        report.mandate.applied.map_or("", |applied| applied.name(lang)).to_owned(),
        format!("{} {}{unofficial}", report.checklist.title, report.checklist.edition),
        area.title.clone(),
        clause.id.clone(),
        clause.title.clone(),
        yes(clause.core),
        yes(clause.focus),
        match clause.verdict {
            Some(Decision::Points(points)) => points.to_string(),
            verdict => words::verdict(verdict, lang),
        },
        by.to_owned(),
        clause.reason.clone(),
        clause.votes.n_valid().to_string(),
        yes(clause.odd),
        yes(clause.quorum),
    ];
    cells.extend(Grade::ALL.iter().zip(clause.votes.grades).map(|(_, n)| n.to_string()));
    cells.push(clause.votes.points.to_string());
    cells.push(clause.votes.direct.to_string());
    cells.extend(clause.votes.absent.map(|n| n.to_string()));
    cells.push(clause.votes.unscored.to_string());
    cells.push(clause.votes.conflicts.to_string());
    cells.push(if clause.votes.n_valid() == 0 { String::new() } else { clause.spread.to_string() });
    cells.extend([yes(clause.split), yes(clause.pass_line_split), unmet(clause), said(clause, lang)]);
    cells.push(clause.evidence.len().to_string());
    if report.names {
        cells.extend(clause.voices.iter().map(|voice| words::said(voice.position, voice.direct, lang)));
    }
    cells
}

fn unmet(clause: &ClauseLine) -> String {
    let points =
        clause.unmet.iter().map(|unmet| format!("{} {}/{}", unmet.point, unmet.n_unmet, unmet.n_recorded));
    points.collect::<Vec<_>>().join("；")
}

/// Reasons and notes on one line, so that a row of the file is a clause.
fn said(clause: &ClauseLine, lang: Lang) -> String {
    let said = clause.voices.iter().filter(|voice| !voice.reason.is_empty() || !voice.note.is_empty());
    let lines = said.map(|voice| {
        let texts: Vec<&str> = [voice.reason.as_str(), voice.note.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let who = voice.member.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
        let position = words::position(voice.position, lang);
        format!("{who}{position}: {}", texts.join(" · ").replace('\n', " / "))
    });
    lines.collect::<Vec<_>>().join(" | ")
}

/// Puts an apostrophe before text that a spreadsheet might run: one that begins, also after blanks and quotes, with
/// `=`, `+`, `-`, `@`, a tab or a carriage return, or with the full-width forms that Chinese Excel takes for them.
#[must_use]
pub fn defuse(cell: &str) -> String {
    const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let bare = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '\n' | '"' | '\'' | '“' | '”' | '‘' | '’');
    let dangerous = cell.trim_start_matches(bare).starts_with(STARTS);
    if dangerous { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_starts_a_formula() {
        for text in ["=1+1", "+86", "-1", "@SUM", "\t=1", "\r=1", "  =1", "\"=1", "'=1", "“=1", "＝1", "\n=1"]
        {
            assert_eq!(defuse(text), format!("'{text}"));
        }
        for text in ["", "张三", "1-2", "a=b", "2026-01-01", "𠮷"] {
            assert_eq!(defuse(text), text);
        }
    }
}
