//! The rows of a votes file as requests, before anything of the visit is asked.

use crate::{
    app::{
        ballot::import_votes::VoteRequest,
        failure::{Exit, Failure},
        table::{Cells, HeaderRow, Table, formula_failed, one_too_many, read_as},
    },
    checklist::xlsx::shown,
    domain::terms::{clean::clean_line, lang::Text},
};

/// A column of a votes file; only the clause must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VoteColumn {
    Clause,
    Grade,
    Points,
    Absent,
    Reason,
    Note,
}

/// What is wrong with a vote, and in which of its columns.
pub(super) type Wrong = (VoteColumn, Text);

impl VoteColumn {
    const ALL: [Self; 6] = [Self::Clause, Self::Grade, Self::Points, Self::Absent, Self::Reason, Self::Note];

    /// Its header.
    const fn key(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Grade => "grade",
            Self::Points => "points",
            Self::Absent => "absent",
            Self::Reason => "reason",
            Self::Note => "note",
        }
    }

    fn parse(header: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == header)
    }
}

/// The headers in the first filled row of a table, and that table: the first one that has clauses.
pub(super) fn header_of(tables: &[Table]) -> Result<(&Table, HeaderRow<VoteColumn>), Failure> {
    let mut headers = Vec::new();
    for table in tables {
        if let Some((row, cells)) = table.filled().next() {
            headers.push((table, HeaderRow::of(row, cells, VoteColumn::parse)));
        }
    }
    let has_clauses = |header: &HeaderRow<VoteColumn>| header.columns.contains_key(&VoteColumn::Clause);
    let at = headers.iter().position(|(_, header)| has_clauses(header)).unwrap_or(0);
    let others = headers.iter().skip(at + 1).filter(|(_, header)| has_clauses(header));
    let others = others.map(|(other, header)| one_too_many(other, header.row)).collect();
    let Some((table, header)) = headers.into_iter().nth(at) else {
        return Err(no_headers("", &read_as(tables), Vec::new()));
    };
    let header = header.beside(others);
    if has_clauses(&header) && header.unknown.is_empty() {
        return Ok((table, header));
    }
    let names: Vec<&str> = header.unknown.iter().map(|(_, name)| name.as_str()).collect();
    let details = header.unknown.iter().map(|(column, name)| {
        let name = shown(name);
        let what = Text::new(format!("不认识列名“{name}”"), format!("unknown header “{name}”"));
        table.place(header.row, Some(*column)).tell(&what)
    });
    Err(no_headers(&names.join(","), &read_as(tables), details.collect()))
}

/// The vote of a row, or what is wrong with the row itself.
pub(super) fn request_of(header: &HeaderRow<VoteColumn>, cells: &Cells) -> Result<VoteRequest, Vec<Wrong>> {
    let cell = |column| header.cell(cells, column).map(|cell| cell.text.clone());
    let failed = VoteColumn::ALL.into_iter().filter(|column| header.has_failed(cells, *column));
    let mut wrong: Vec<Wrong> = failed.map(|column| (column, formula_failed())).collect();
    let clause = cell(VoteColumn::Clause).unwrap_or_else(|| {
        wrong.push((VoteColumn::Clause, Text::new("没有条款编号。", "no clause id")));
        String::new()
    });
    let mut points = Vec::new();
    let texts = cell(VoteColumn::Points).filter(|_| !header.has_failed(cells, VoteColumn::Points));
    let texts = texts.unwrap_or_default();
    for part in texts.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once(['=', '＝']) {
            Some((id, value)) => points.push((id.trim().to_owned(), value.trim().to_owned())),
            None => {
                let part = clean_line(part);
                let what = Text::new(
                    format!("要点“{part}”要写成 C1=yes。"),
                    format!("point “{part}” must read C1=yes"),
                );
                wrong.push((VoteColumn::Points, what));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(VoteRequest {
        clause,
        points,
        grade: cell(VoteColumn::Grade),
        absent: cell(VoteColumn::Absent),
        reason: cell(VoteColumn::Reason).unwrap_or_default(),
        note: cell(VoteColumn::Note),
    })
}

fn no_headers(unknown: &str, read_as: &Text, details: Vec<Text>) -> Failure {
    let all = VoteColumn::ALL.map(VoteColumn::key).join(",");
    let unknown = clean_line(unknown);
    not_imported(
        Text::new(
            format!("第一行应是列名 {all}（不认识：{unknown}）。{}", read_as.zh),
            format!("The first line should name the columns {all} (unknown: {unknown}). {}", read_as.en),
        ),
        Text::new("请改正列名后重试。", "Mend the headers and try again."),
    )
    .with_details(details)
}

/// A file that is no table that can be read.
pub(super) fn unreadable(why: Text) -> Failure {
    not_imported(
        why,
        Text::new(
            "请改正，或另存为 .xlsx 或 UTF-8 的 CSV 后重试。",
            "Mend it, or save it as .xlsx or UTF-8 CSV, and try again.",
        ),
    )
}

fn not_imported(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("没有导入评分。", "No votes were imported."), why, next)
}
