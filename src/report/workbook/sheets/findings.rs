//! Points: how many found them met, which are to be mended, who recorded what; and what is attached.

use std::collections::HashMap;

use crate::{
    domain::{edit::evidence::size_text, terms::citation::cite},
    report::{
        Report,
        layout::{AreaLine, ClauseLine, PointLine},
        workbook::{
            plan::{Cell, Column, Kind, Sheet},
            sheets::{clause_cells, clause_columns, clauses_of},
        },
    },
    words::{self, finding, label},
};

/// Every point, counted.
pub(super) fn points(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    columns.extend([
        Column::new(label::point(lang), 7, Kind::Short),
        Column::new(lang.pick("级别", "Level"), 6, Kind::Grade),
        Column::new(lang.pick("要求", "Requirement"), 50, Kind::Text),
        Column::new(lang.pick("认定达到", "Met"), 9, Kind::Short),
        Column::new(lang.pick("认定未达到", "Unmet"), 10, Kind::Short),
        Column::new(lang.pick("不适用", "N/A"), 8, Kind::Short),
        Column::new(lang.pick("小结", "Summary"), 14, Kind::Text),
        Column::new(label::source(lang), 20, Kind::Text),
        Column::new(lang.pick("数值标记", "Number"), 12, Kind::Text),
    ]);
    let mut rows = Vec::new();
    for (area, clause) in clauses_of(report) {
        for point in &clause.points {
            let mut cells = clause_cells(area, clause);
            cells.extend([
                Cell::from(&point.point),
                Cell::from(point.level.to_string()),
                Cell::from(&point.text),
                Cell::from(point.n_met),
                Cell::from(point.n_unmet),
                Cell::from(point.n_not_applicable),
                Cell::from(summary(point, report)),
                Cell::from(cite(&point.source, lang)),
                Cell::from(point.mark.map_or("", |mark| mark.name(lang))),
            ]);
            rows.push(cells);
        }
    }
    Sheet { name: lang.pick("要点", "Points"), columns, n_fixed: 4, rows }
}

fn summary(point: &PointLine, report: &Report) -> &'static str {
    let lang = report.lang;
    match (point.n_met, point.n_unmet, point.n_not_applicable) {
        (1.., ..) if point.record_only => lang.pick("只记录", "recorded only"),
        (0, 0, 0) => lang.pick("无记录", "not recorded"),
        (0, 0, _) => lang.pick("不适用", "not applicable"),
        (_, 0, _) => lang.pick("达到", "met"),
        (0, _, _) => lang.pick("未达到", "not met"),
        _ => lang.pick("认定不一", "members differ"),
    }
}

/// What is to be mended, with columns to plan it.
pub(super) fn rectification(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = vec![Column::new(lang.pick("台账编号", "Item"), 11, Kind::Text)];
    columns.extend(clause_columns(report));
    columns.extend([
        Column::new(lang.pick("核心", "Core"), 6, Kind::Short),
        Column::new(label::verdict(lang), 9, Kind::Grade),
        Column::new(lang.pick("级别", "Level"), 6, Kind::Grade),
        Column::new(label::problem(lang), 46, Kind::Text),
        Column::new(lang.pick("认定", "Found by"), 8, Kind::Short),
        Column::new(label::goal(lang), 24, Kind::Blank),
        Column::new(label::person(lang), 10, Kind::Blank),
        Column::new(label::deadline(lang), 12, Kind::Blank),
        Column::new(lang.pick("完成情况", "Progress"), 20, Kind::Blank),
    ]);
    let of_clause: HashMap<&str, (&AreaLine, &ClauseLine)> =
        clauses_of(report).map(|(area, clause)| (clause.id.as_str(), (area, clause))).collect();
    let rows = report.rectification.iter().filter_map(|line| {
        let (area, clause) = of_clause.get(line.clause.as_str())?;
        let found = clause.unmet.iter().find(|unmet| unmet.point == line.point);
        let found = found.map(|it| format!("{}/{}", it.n_unmet, it.n_recorded)).unwrap_or_default();
        let mut cells = vec![Cell::from(&line.id)];
        cells.extend(clause_cells(area, clause));
        cells.extend([
            Cell::from(if line.core { words::yes_no(true, lang) } else { "" }),
            Cell::from(words::verdict(clause.verdict, lang)),
            Cell::from(line.level.map(|level| level.to_string()).unwrap_or_default()),
            Cell::from(&line.problem),
            Cell::from(found),
        ]);
        cells.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]);
        Some(cells)
    });
    let rows = rows.collect();
    Sheet { name: lang.pick("整改", "Rectification"), columns, n_fixed: 4, rows }
}

/// What was found unmet and is not required.
pub(super) fn advice(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    columns.extend([
        Column::new(label::point(lang), 7, Kind::Short),
        Column::new(lang.pick("级别", "Level"), 6, Kind::Grade),
        Column::new(lang.pick("建议", "Advice"), 46, Kind::Text),
    ]);
    let rows = report.advice.iter().filter_map(|line| {
        let (area, clause) = clauses_of(report).find(|(_, clause)| clause.id == line.clause)?;
        let mut cells = clause_cells(area, clause);
        cells.extend([
            Cell::from(&line.point),
            Cell::from(line.level.map(|level| level.to_string()).unwrap_or_default()),
            Cell::from(&line.problem),
        ]);
        Some(cells)
    });
    let rows = rows.collect();
    Sheet { name: lang.pick("建议", "Advice"), columns, n_fixed: 3, rows }
}

/// What each member recorded for each point; only with names.
pub(super) fn records(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    columns.extend([
        Column::new(label::point(lang), 7, Kind::Short),
        Column::new(label::member(lang), 12, Kind::Text),
        Column::new(lang.pick("记录", "Record"), 50, Kind::Text),
        Column::new(lang.pick("是否达到", "Met"), 12, Kind::Short),
    ]);
    let mut rows = Vec::new();
    for (area, clause) in clauses_of(report) {
        for point in &clause.points {
            for finding in &point.findings {
                let mut cells = clause_cells(area, clause);
                cells.extend([
                    Cell::from(&point.point),
                    Cell::from(&finding.member),
                    Cell::from(&finding.text),
                    Cell::from(finding::met(finding.met, lang)),
                ]);
                rows.push(cells);
            }
        }
    }
    Sheet { name: lang.pick("原始要点记录", "Findings"), columns, n_fixed: 4, rows }
}

/// What is attached.
pub(super) fn attached(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    columns.push(Column::new(label::point(lang), 7, Kind::Short));
    if report.names {
        columns.push(Column::new(label::member(lang), 12, Kind::Text));
    }
    columns.extend([
        Column::new(lang.pick("文件", "File"), 30, Kind::Text),
        Column::new(lang.pick("种类", "Type"), 10, Kind::Text),
        Column::new(lang.pick("大小", "Size"), 10, Kind::Text),
        Column::new(lang.pick("说明", "Caption"), 30, Kind::Text),
        Column::new("SHA-256", 66, Kind::Text),
    ]);
    let mut rows = Vec::new();
    for (area, clause) in clauses_of(report) {
        for item in &clause.evidence {
            let mut cells = clause_cells(area, clause);
            cells.push(Cell::from(item.point.clone().unwrap_or_default()));
            if report.names {
                cells.push(Cell::from(item.member.clone().unwrap_or_default()));
            }
            cells.extend([
                Cell::from(&item.name),
                Cell::from(item.media.name(lang)),
                Cell::from(size_text(item.size)),
                Cell::from(&item.caption),
                Cell::from(&item.sha256),
            ]);
            rows.push(cells);
        }
    }
    Sheet { name: lang.pick("附件", "Attached"), columns, n_fixed: 3, rows }
}
