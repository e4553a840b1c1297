//! The sheets after the overview: which rows, and which columns with and without names.

mod clauses;
mod findings;

use crate::{
    report::{
        Report,
        layout::{AreaLine, ClauseLine},
        page::facility_rows,
        workbook::plan::{Cell, Column, Kind, Sheet},
    },
    words,
};

/// All sheets in order. Those without a row are there too: an empty list is an answer.
pub(super) fn all(report: &Report) -> Vec<Sheet> {
    let mut sheets = vec![
        clauses::matrix(report),
        findings::points(report),
        clauses::absences(report),
        findings::rectification(report),
        findings::advice(report),
        agreement(report),
        clauses::votes(report),
    ];
    if report.names {
        sheets.push(findings::records(report));
    }
    sheets.extend([findings::attached(report), open(report), facility(report)]);
    sheets
}

/// Every clause with its area, in the order of the checklist.
fn clauses_of(report: &Report) -> impl Iterator<Item = (&AreaLine, &ClauseLine)> {
    report.areas.iter().flat_map(|area| area.clauses.iter().map(move |clause| (area, clause)))
}

/// The columns by which a row says which clause it is about.
fn clause_columns(report: &Report) -> Vec<Column> {
    let lang = report.lang;
    vec![
        Column::new(lang.pick("领域", "Area"), 16, Kind::Text),
        Column::new(lang.pick("编号", "Clause"), 10, Kind::Text),
        Column::new(lang.pick("条款", "Title"), 28, Kind::Text),
    ]
}

fn clause_cells(area: &AreaLine, clause: &ClauseLine) -> Vec<Cell> {
    vec![Cell::from(&area.title), Cell::from(&clause.id), Cell::from(&clause.title)]
}

fn agreement(report: &Report) -> Sheet {
    let lang = report.lang;
    let agreement = &report.agreement.overall;
    let mut rows = vec![
        vec![
            Cell::from(lang.pick("有评分的条款", "Clauses with a vote")),
            Cell::from(agreement.n_units),
            Cell::Blank,
        ],
        vec![
            Cell::from(lang.pick("两人及以上评分的条款", "Clauses with two votes or more")),
            Cell::from(agreement.n_pairable),
            Cell::Blank,
        ],
        vec![Cell::from(lang.pick("组员", "Members")), Cell::from(agreement.n_raters), Cell::Blank],
    ];
    let remark = lang.pick(
        "只描述本次核查，按组员独立评分计算，不含组长裁定",
        "Describes this visit only, from the members' own votes without the lead's verdicts",
    );
    rows.extend(words::statistics(agreement, lang).into_iter().map(|(name, value)| {
        // What cannot be computed stays a word (invariant 10).
        let cell = value.parse().map_or_else(|_| Cell::from(&value), Cell::Number);
        vec![Cell::from(name), cell, Cell::from(remark)]
    }));
    Sheet {
        name: lang.pick("一致性", "Agreement"),
        columns: vec![
            Column::new(lang.pick("指标", "Statistic"), 40, Kind::Text),
            Column::new(lang.pick("数值", "Value"), 16, Kind::Short),
            Column::new(lang.pick("说明", "Remark"), 60, Kind::Text),
        ],
        n_fixed: 1,
        rows,
    }
}

fn facility(report: &Report) -> Sheet {
    let lang = report.lang;
    let rows =
        facility_rows(report).into_iter().map(|(_, name, told)| vec![Cell::from(name), Cell::from(told)]);
    Sheet {
        name: lang.pick("机构基本情况", "Facility profile"),
        columns: vec![
            Column::new(lang.pick("项目", "Field"), 28, Kind::Text),
            Column::new(lang.pick("内容", "Value"), 90, Kind::Text),
        ],
        n_fixed: 1,
        rows: rows.collect(),
    }
}

fn open(report: &Report) -> Sheet {
    let lang = report.lang;
    let rows = report.open.iter().map(|matter| {
        let about = matter.about.join(lang.pick("、", ", "));
        vec![Cell::from(matter.kind.name(lang)), Cell::from(about), Cell::from(&matter.text)]
    });
    Sheet {
        name: lang.pick("待决与须知", "Open matters"),
        columns: vec![
            Column::new(lang.pick("事项", "Matter"), 28, Kind::Text),
            Column::new(lang.pick("涉及", "About"), 50, Kind::Text),
            Column::new(lang.pick("说明", "More"), 50, Kind::Text),
        ],
        n_fixed: 1,
        rows: rows.collect(),
    }
}
