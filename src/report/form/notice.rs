//! The result of a visit as a notice to be posted. Until the visit is final it is a draft, and says so first.

use crate::{
    domain::terms::lang::Lang,
    report::{
        Report,
        form::blank_day,
        layout::{StandardLine, State},
        page::{Block, Grid, GridCell, GridRow, Page, Section, Table, marks},
    },
    words::{self, label},
};

/// Columns: a name and a value.
const WIDTHS: [u16; 2] = [20, 70];
const LINE_BOX: u16 = 10;
const SEAL_BOX: u16 = 26;

pub(super) fn page(report: &Report) -> Page {
    let lang = report.lang;
    let is_final = report.state == State::Final;
    let draft = if is_final { "" } else { lang.pick("（草稿）", "DRAFT: ") };
    let title = lang
        .pick("“优质服务基层行”现场核查结果公示", "Notice of the result of a site visit (优质服务基层行)");
    let warning = lang
        .pick("草稿：核查尚未定稿，不得公示。", "Draft: the visit is not final and this may not be posted.");
    let mut said: Vec<String> = if is_final { Vec::new() } else { vec![warning.to_owned()] };
    said.extend(marks(report));
    let intro = match lang {
        Lang::Zh => format!(
            "专家组于 {} 对{}进行了现场核查（{}），现将结果公示如下。",
            report.date,
            report.facility,
            report.stage.name(lang)
        ),
        Lang::En => format!(
            "On {} an expert panel reviewed {} on site (stage: {}). The result is as follows.",
            report.date,
            report.facility,
            report.stage.name(lang)
        ),
    };
    let section = Section {
        title: String::new(),
        blocks: vec![
            Block::Text(intro),
            Block::Table(standards(report)),
            Block::Text(objections(report).to_owned()),
            Block::Grid(contact(report)),
        ],
        own_page: false,
    };
    let title = match lang {
        Lang::Zh => format!("{title}{draft}"),
        Lang::En => format!("{draft}{title}"),
    };
    Page { title, marks: said, sections: vec![section] }
}

fn standards(report: &Report) -> Table {
    let lang = report.lang;
    let mut table = Table::new(&[
        (lang.pick("达标标准", "Standard"), 4),
        (lang.pick("结论", "Outcome"), 3),
        (lang.pick("标准性质", "Kind of standard"), 4),
        (label::source(lang), 4),
    ]);
    table.rows.extend(report.standards.iter().map(|standard| {
        vec![
            standard.title.clone(),
            told(standard, lang),
            standard.status.name(lang).to_owned(),
            source(&standard.source, lang),
        ]
    }));
    table
}

/// The outcome, with what bars it.
fn told(standard: &StandardLine, lang: Lang) -> String {
    let told = standard.told(lang);
    if standard.barred_by.is_empty() && standard.in_use == Some(true) {
        told.to_owned()
    } else {
        format!("{told}{}", words::aside(&standard.barred, lang))
    }
}

/// A standard of our own says so in words.
fn source(source: &str, lang: Lang) -> String {
    match source {
        "default" => lang.pick("本程序自定", "our own").to_owned(),
        other => other.to_owned(),
    }
}

const fn objections(report: &Report) -> &'static str {
    report.lang.pick(
        "对公示内容有异议的，请在公示期内以书面形式实名反映。",
        "Objections may be raised in writing and by name within the period below.",
    )
}

/// What the posting office fills in.
fn contact(report: &Report) -> Grid {
    let lang = report.lang;
    let line = |zh: &str, en: &str, value: &str| GridRow {
        cells: vec![GridCell::name(lang.pick(zh, en)), GridCell::value(value, 1)],
        height: LINE_BOX,
        breaks: false,
    };
    let period = match report.objection_period {
        Some((from, until)) => format!("{from} {} {until}", lang.pick("至", "to")),
        None => lang
            .pick("      年    月    日  至        年    月    日", "____-____-____  to  ____-____-____")
            .to_owned(),
    };
    let seal = GridRow::tall(
        vec![
            GridCell::name(lang.pick("公示单位（盖章）", "Posted by (seal)")),
            GridCell::value("", 1).with_foot(blank_day(lang)),
        ],
        SEAL_BOX,
    );
    Grid {
        widths: WIDTHS.to_vec(),
        rows: vec![
            line("公示期", "Period", &period),
            line("受理部门和联系人", "Office and contact", ""),
            line("联系电话", "Telephone", ""),
            line("通信地址", "Address", ""),
            seal,
        ],
    }
}
