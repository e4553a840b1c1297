//! Clauses with their votes: the matrix, the absences, and every vote as a row.

use crate::{
    domain::{
        ballot::Position,
        edit::verdict::Decision,
        terms::{absence::Absence, grade::Grade},
    },
    report::{
        Report,
        layout::{ClauseLine, Voice},
        page::dissent,
        workbook::{
            plan::{Cell, Column, Kind, Sheet},
            sheets::{clause_cells, clause_columns, clauses_of},
        },
    },
    words::{self, label},
};

/// Clauses × members; without names clauses × what was said how often, so that no column is one member's.
pub(super) fn matrix(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    columns.extend([
        Column::new(lang.pick("核心", "Core"), 6, Kind::Short),
        Column::new(lang.pick("重点", "Focus"), 6, Kind::Short),
        Column::new(label::verdict(lang), 9, Kind::Grade),
        Column::new(lang.pick("得出方式", "By"), 9, Kind::Short),
    ]);
    if report.names {
        columns.extend(members(report).into_iter().map(|name| Column::new(name, 10, Kind::Grade)));
    } else {
        columns.extend(said(report).into_iter().map(|word| Column::new(word, 7, Kind::Short)));
    }
    columns.extend([
        Column::new(lang.pick("有效票", "Valid votes"), 8, Kind::Short),
        Column::new(lang.pick("相差档数", "Spread"), 8, Kind::Short),
        Column::new(lang.pick("分歧", "Dissent"), 18, Kind::Text),
        Column::new(lang.pick("组长理由", "Lead's reason"), 30, Kind::Text),
    ]);
    let rows = clauses_of(report).map(|(area, clause)| {
        let mut cells = clause_cells(area, clause);
        cells.extend([mark(clause.core, report), mark(clause.focus, report)]);
        cells.extend([verdict(clause, report), Cell::from(words::by(clause.basis, lang))]);
        if report.names {
            cells.extend(clause.voices.iter().map(|voice| vote(voice, report)));
        } else {
            cells.extend(counts(clause).into_iter().map(Cell::from));
        }
        let spread =
            if clause.votes.n_valid() == 0 { Cell::Blank } else { Cell::from(usize::from(clause.spread)) };
        cells.extend([Cell::from(clause.votes.n_valid()), spread]);
        cells.extend([Cell::from(dissent(report, clause)), Cell::from(&clause.reason)]);
        cells
    });
    Sheet { name: lang.pick("条款", "Clauses"), n_fixed: 3, rows: rows.collect(), columns }
}

/// The members whose votes stand beside each clause, in roster order.
fn members(report: &Report) -> Vec<String> {
    let voices = clauses_of(report).next().map(|(_, clause)| clause.voices.as_slice()).unwrap_or_default();
    voices.iter().map(|voice| voice.member.clone().unwrap_or_default()).collect()
}

/// The words over [`counts`].
fn said(report: &Report) -> Vec<String> {
    let lang = report.lang;
    let mut words: Vec<String> = Grade::ALL.iter().map(Grade::to_string).collect();
    words.push(lang.pick("直接评档", "Direct").to_owned());
    words.push(lang.pick("计分", "Points").to_owned());
    words.extend(Absence::ALL.iter().map(|kind| kind.name(lang).to_owned()));
    words.push(lang.pick("未评", "Not scored").to_owned());
    words.push(lang.pick("冲突", "Conflict").to_owned());
    words
}

fn counts(clause: &ClauseLine) -> Vec<usize> {
    let votes = &clause.votes;
    let mut counts = votes.grades.to_vec();
    counts.extend([votes.direct, votes.points]);
    counts.extend(votes.absent);
    counts.extend([votes.unscored, votes.conflicts]);
    counts
}

fn mark(yes: bool, report: &Report) -> Cell {
    Cell::from(if yes { words::yes_no(true, report.lang) } else { "" })
}

fn verdict(clause: &ClauseLine, report: &Report) -> Cell {
    match clause.verdict {
        Some(Decision::Points(points)) => Cell::from(points),
        other => Cell::from(words::verdict(other, report.lang)),
    }
}

fn vote(voice: &Voice, report: &Report) -> Cell {
    match voice.position {
        Position::Points(points) => Cell::from(points),
        other => Cell::from(words::said(other, voice.direct, report.lang)),
    }
}

/// Who did not vote and why; without names how many.
pub(super) fn absences(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    columns.push(Column::new(lang.pick("缺席", "Absence"), 14, Kind::Text));
    columns.push(if report.names {
        Column::new(label::member(lang), 12, Kind::Text)
    } else {
        Column::new(lang.pick("人数", "Members"), 8, Kind::Short)
    });
    columns.push(Column::new(label::reason(lang), 50, Kind::Text));
    let mut rows = Vec::new();
    for (area, clause) in clauses_of(report) {
        for kind in Absence::ALL {
            let of_kind: Vec<&Voice> =
                clause.voices.iter().filter(|voice| voice.position == Position::Absent(*kind)).collect();
            let mut add = |who: Cell, reason: String| {
                let mut cells = clause_cells(area, clause);
                cells.extend([Cell::from(kind.name(lang)), who, Cell::from(reason)]);
                rows.push(cells);
            };
            let n = clause.votes.absent(*kind);
            if report.names {
                of_kind.into_iter().for_each(|voice| {
                    add(Cell::from(voice.member.clone().unwrap_or_default()), voice.reason.clone());
                });
            } else if n > 0 {
                let mut reasons: Vec<&str> = of_kind.iter().map(|voice| voice.reason.as_str()).collect();
                reasons.retain(|reason| !reason.is_empty());
                reasons.dedup();
                add(Cell::from(n), reasons.join(lang.pick("；", "; ")));
            }
        }
    }
    Sheet { name: lang.pick("缺席", "Absences"), columns, n_fixed: 3, rows }
}

/// Every vote with what was written beside it. Without names in the order of the report, which tells nothing about who.
pub(super) fn votes(report: &Report) -> Sheet {
    let lang = report.lang;
    let mut columns = clause_columns(report);
    if report.names {
        columns.push(Column::new(label::member(lang), 12, Kind::Text));
    }
    columns.extend([
        Column::new(lang.pick("评分", "Vote"), 12, Kind::Grade),
        Column::new(lang.pick("直接评档", "Direct"), 9, Kind::Short),
        Column::new(label::reason(lang), 40, Kind::Text),
        Column::new(lang.pick("备注", "Note"), 50, Kind::Text),
    ]);
    let mut rows = Vec::new();
    for (area, clause) in clauses_of(report) {
        for voice in &clause.voices {
            let mut cells = clause_cells(area, clause);
            if report.names {
                cells.push(Cell::from(voice.member.clone().unwrap_or_default()));
            }
            cells.extend([
                vote(&Voice { direct: false, ..voice.clone() }, report),
                mark(voice.direct, report),
                Cell::from(&voice.reason),
                Cell::from(&voice.note),
            ]);
            rows.push(cells);
        }
    }
    Sheet { name: lang.pick("原始评分", "Votes"), columns, n_fixed: 3, rows }
}
