//! The rows of a votes file as requests, before anything of the visit is asked.

use std::collections::BTreeMap;

use crate::{
    app::{
        ballot::import_votes::VoteRequest,
        failure::{Exit, Failure},
        table::{Cells, HEADER_ROWS, HeaderRow, Table, Unreadable, read_as},
    },
    checklist::xlsx::shown,
    domain::{
        pool::comparable,
        terms::{clean::clean_line, id::ClauseId, lang::Text},
    },
};

/// A column of a votes file; only the clause and one more must be there.
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

    /// Its headers: that of the files the program speaks of, its name in Chinese, and others that people write.
    const fn headers(self) -> &'static [&'static str] {
        match self {
            Self::Clause => &["clause", "条款", "条款编号", "条款号", "编号", "clause id"],
            Self::Grade => &["grade", "档次", "评档", "评级", "等级", "评分", "得分", "分值"],
            Self::Points => &["points", "要点", "核查结果", "要点核查结果"],
            Self::Absent => &["absent", "缺席", "缺席种类", "absence"],
            Self::Reason => &["reason", "理由", "原因"],
            Self::Note => &["note", "备注", "notes", "remark", "remarks"],
        }
    }

    /// The name it is told by.
    fn name(self) -> Text {
        let headers = self.headers();
        let nth = |n: usize| headers.get(n).copied().unwrap_or_default();
        Text::new(nth(1), nth(0))
    }

    /// The column of a header that [`HeaderRow`] made comparable.
    fn parse(header: &str) -> Option<Self> {
        let is = |column: &Self| column.headers().iter().any(|it| comparable(it) == header);
        Self::ALL.into_iter().find(is)
    }
}

/// The headers of a table, and that table: the first one that has clauses.
pub(super) fn header_of(tables: &[Table]) -> Result<(&Table, HeaderRow<VoteColumn>), Failure> {
    let found = HeaderRow::find(tables, VoteColumn::parse, |columns| {
        columns.len() >= 2 && columns.contains_key(&VoteColumn::Clause)
    });
    let (table, header) = found.map_err(|nearest| no_headers(&read_as(tables), nearest))?;
    if header.unknown.is_empty() {
        return Ok((table, header));
    }
    let details = header.unknown.iter().map(|(column, name)| {
        let name = shown(name);
        let what = Text::new(format!("不认识列名“{name}”"), format!("unknown header “{name}”"));
        table.place(header.row, Some(*column)).tell(&what)
    });
    Err(unknown_headers(details.collect()))
}

/// The vote of a row, or what is wrong with the row itself.
pub(super) fn request_of(header: &HeaderRow<VoteColumn>, cells: &Cells) -> Result<VoteRequest, Vec<Wrong>> {
    let cell = |column| header.cell(cells, column).map(|cell| cell.text.clone());
    let faults = VoteColumn::ALL.into_iter().filter_map(|it| Some((it, header.fault(cells, it)?)));
    let mut wrong: Vec<Wrong> = faults.collect();
    let clause = cell(VoteColumn::Clause).unwrap_or_else(|| {
        wrong.push((VoteColumn::Clause, Text::new("没有条款编号。", "no clause id")));
        String::new()
    });
    let mut points = Vec::new();
    let texts = cell(VoteColumn::Points).filter(|_| header.fault(cells, VoteColumn::Points).is_none());
    let texts = texts.unwrap_or_default();
    for part in texts.split([';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
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

/// The first row of each clause: a second one would silently win over it.
#[derive(Default)]
pub(super) struct FirstRows(BTreeMap<ClauseId, u64>);

impl FirstRows {
    /// Takes a row; what is wrong if its clause stood before.
    pub(super) fn take(&mut self, clause: &ClauseId, row: u64) -> Result<(), Wrong> {
        let Some(first) = self.0.insert(clause.clone(), row) else { return Ok(()) };
        let what = Text::new(
            format!("第 {first} 行已经有 {clause}，不知道以哪一行为准"),
            format!("row {first} has {clause} already; which of them holds?"),
        );
        Err((VoteColumn::Clause, what))
    }
}

fn no_headers(read_as: &Text, nearest: Vec<Text>) -> Failure {
    let names = VoteColumn::ALL.map(VoteColumn::name);
    let zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
    let en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
    let (zh, en) = (zh.join("、"), en.join(","));
    not_imported(
        Text::new(
            format!("前 {HEADER_ROWS} 行里没有列名（{zh}，或 {en}）。{}", read_as.zh),
            format!("None of the first {HEADER_ROWS} rows names the columns ({en}). {}", read_as.en),
        ),
        Text::new("请改正列名后重试。", "Mend the headers and try again."),
    )
    .with_details(nearest)
}

fn unknown_headers(details: Vec<Text>) -> Failure {
    not_imported(
        Text::new(
            "有的栏目不认识，里面的内容会丢：",
            "Some columns are not known, and what they hold would be lost:",
        ),
        Text::new("请改成认识的列名，或删掉这些栏目。", "Name them otherwise, or delete those columns."),
    )
    .with_details(details)
}

/// Rows that do not hold, each with its place.
pub(super) fn bad_rows(details: Vec<Text>) -> Failure {
    let n = details.len();
    not_imported(
        Text::new(format!("有 {n} 处不对："), format!("{n} things do not hold:")),
        Text::new(
            "请改正后重试；已有的评分没有变动。",
            "Mend them and try again; earlier votes are unchanged.",
        ),
    )
    .with_details(details)
}

/// A file that is no table that can be read.
pub(super) fn unreadable(error: Unreadable) -> Failure {
    not_imported(error.why, error.next)
}

fn not_imported(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("没有导入评分。", "No votes were imported."), why, next)
}
