//! What is to be mended, with room for goal, person and deadline.

use crate::{
    report::{
        Report,
        page::{Block, Table, filled},
        template::SectionId,
    },
    words::{self, label},
};

pub(super) fn rectification(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let mut table = Table::new(&[
        (lang.pick("编号", "Item"), 5),
        (lang.pick("级别", "Level"), 3),
        (label::problem(lang), 13),
        (label::goal(lang), 7),
        (label::person(lang), 4),
        (label::deadline(lang), 5),
    ]);
    for line in &report.rectification {
        let core = if line.core { words::aside(label::core(lang), lang) } else { String::new() };
        let level = line.level.map(|level| level.to_string()).unwrap_or_default();
        let problem = format!("{}{}{}", line.title, lang.pick("：", ": "), line.problem);
        table.rows.push(vec![
            format!("{}{core}", line.id),
            level,
            problem,
            String::new(),
            String::new(),
            String::new(),
        ]);
        table.clauses.push(line.clause.clone());
    }
    let mut blocks = match table.rows.is_empty() {
        true => vec![filled::none(SectionId::Rectification, report)],
        false => vec![Block::Table(table)],
    };
    if !report.advice.is_empty() {
        let title = lang
            .pick("建议（申报的标准不要求，供改进）", "Advice (not required for the standard applied for)");
        blocks.extend([Block::Heading(title.to_owned()), Block::Table(advice(report))]);
    }
    blocks
}

fn advice(report: &Report) -> Table {
    let lang = report.lang;
    let mut table = Table::new(&[
        (label::clause(lang), 5),
        (lang.pick("级别", "Level"), 3),
        (lang.pick("建议", "Advice"), 29),
    ]);
    for line in &report.advice {
        let level = line.level.map(|level| level.to_string()).unwrap_or_default();
        table.rows.push(vec![
            line.id.clone(),
            level,
            format!("{}{}{}", line.title, lang.pick("：", ": "), line.problem),
        ]);
        table.clauses.push(line.clause.clone());
    }
    table
}
