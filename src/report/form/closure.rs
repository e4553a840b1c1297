//! The closure form (整改销号单): each item of the ledger in a box with what was done and what the second person saw, to be
//! signed by both sides.

use crate::{
    domain::{ledger::Progress, terms::lang::Lang},
    report::{
        form::blank_day,
        ledger::{LedgerLine, LedgerReport},
        page::{Block, Grid, GridCell, GridRow, Page, Section},
    },
};

/// Columns: a name and a value, twice.
const WIDTHS: [u16; 4] = [16, 30, 16, 28];
const LINE_BOX: u16 = 10;
const TEXT_BOX: u16 = 18;
const SIGNATURE_BOX: u16 = 26;

pub(super) fn page(ledger: &LedgerReport) -> Page {
    let lang = ledger.lang;
    let listed: Vec<&LedgerLine> =
        ledger.lines.iter().filter(|line| line.progress != Progress::Struck).collect();
    let mut blocks = vec![Block::Text(about(ledger)), Block::Text(counts(ledger))];
    if listed.is_empty() {
        blocks.push(Block::Text(lang.pick("台账没有要整改的项。", "Nothing is on the ledger.").to_owned()));
    }
    for line in listed {
        let core = if line.core { lang.pick("（核心）", " (core)") } else { "" };
        let clause = format!("{} {}", line.clause, line.title);
        blocks.push(Block::Heading(format!("{}{core} {}", line.id, clause.trim()).trim().to_owned()));
        blocks.push(Block::Grid(item(line, lang)));
    }
    blocks.push(Block::Heading(lang.pick("签章", "Signatures and seals").to_owned()));
    blocks.push(Block::Grid(signatures(lang)));
    Page {
        title: lang.pick("整改销号单", "Rectification and closure").to_owned(),
        marks: Vec::new(),
        sections: vec![Section { title: String::new(), blocks, own_page: false }],
    }
}

fn about(ledger: &LedgerReport) -> String {
    let (facility, stage, date) = (&ledger.facility, ledger.stage, ledger.date);
    match ledger.lang {
        Lang::Zh => format!("{facility}，{stage}现场核查（{date}）发现的问题、整改和复核情况如下。"),
        Lang::En => {
            format!("{facility}, site visit of {date} ({stage}): what was found, mended and checked.")
        }
    }
}

fn counts(ledger: &LedgerReport) -> String {
    let lang = ledger.lang;
    let told = Progress::ALL.iter().map(|it| format!("{} {}", it.name(lang), ledger.n(*it)));
    told.collect::<Vec<_>>().join(lang.pick("，", ", "))
}

fn item(line: &LedgerLine, lang: Lang) -> Grid {
    let name = |zh: &str, en: &str| GridCell::name(lang.pick(zh, en));
    let day =
        |day: Option<crate::domain::terms::date::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let wide = |label, text: &str, height| GridRow {
        cells: vec![label, GridCell::value(text, 3)],
        height,
        breaks: true,
    };
    let pair = |cells| GridRow { cells, height: LINE_BOX, breaks: false };
    let goal = match line.goal.as_str() {
        "" => lang.pick("达到该要点的要求", "Meet what the point requires"),
        goal => goal,
    };
    let files = if line.proof.is_empty() {
        String::new()
    } else {
        format!("\n{}", line.proof.join(lang.pick("、", ", ")))
    };
    let seen = if line.remark.is_empty() { &line.reason } else { &line.remark };
    Grid {
        widths: WIDTHS.to_vec(),
        rows: vec![
            wide(name("问题", "Problem"), &line.problem, TEXT_BOX),
            wide(name("整改目标", "Goal"), goal, LINE_BOX),
            pair(vec![
                name("责任人", "Person"),
                GridCell::value(&line.person, 1),
                name("完成时限", "Deadline"),
                GridCell::value(day(line.deadline), 1),
            ]),
            wide(name("整改情况", "What was done"), &format!("{}{files}", line.done), TEXT_BOX),
            pair(vec![
                name("整改人", "Done by"),
                GridCell::value(&line.by, 1),
                name("完成日期", "Done on"),
                GridCell::value(day(line.on), 1),
            ]),
            wide(name("复核意见", "What was seen"), seen, TEXT_BOX),
            pair(vec![
                name("状态", "Progress"),
                GridCell::value(line.progress.name(lang), 1),
                name("复核人和日期", "Checked by, on"),
                GridCell::value(format!("{} {}", line.closed_by, day(line.closed_on)).trim(), 1),
            ]),
        ],
    }
}

fn signatures(lang: Lang) -> Grid {
    let seal = |zh: &str, en: &str| {
        GridRow::tall(
            vec![GridCell::name(lang.pick(zh, en)), GridCell::value("", 3).with_foot(blank_day(lang))],
            SIGNATURE_BOX,
        )
    };
    Grid {
        widths: WIDTHS.to_vec(),
        rows: vec![
            seal("机构负责人（签字、盖章）", "For the facility (signature, seal)"),
            seal("复核人（签字）", "Checked by (signature)"),
        ],
    }
}
