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
    if table.rows.is_empty() {
        return vec![filled::none(SectionId::Rectification, report)];
    }
    vec![Block::Table(table)]
}
