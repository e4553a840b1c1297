//! Each member's declaration of interests and recusals, a page each, to be signed. What it tells is what the report tells.

use crate::{
    report::{
        Report,
        form::blank_day,
        layout::MemberLine,
        page::{Block, Grid, GridCell, GridRow, Page, Section, Table},
    },
    words::label,
};

/// Columns: a name and a value, twice.
const WIDTHS: [u16; 4] = [14, 30, 14, 30];
/// Least heights of the boxes, in millimetres.
const LINE_BOX: u16 = 9;
const TEXT_BOX: u16 = 40;
const SIGNATURE_BOX: u16 = 24;

pub(super) fn page(report: &Report) -> Page {
    let lang = report.lang;
    let sections = report.panel.members.iter().enumerate();
    Page {
        title: lang.pick("评审专家声明与回避表", "Declarations and recusals of the panel").to_owned(),
        marks: Vec::new(),
        sections: sections.map(|(index, member)| section(report, member, index > 0)).collect(),
    }
}

fn section(report: &Report, member: &MemberLine, own_page: bool) -> Section {
    let lang = report.lang;
    let name = |zh: &str, en: &str| GridCell::name(lang.pick(zh, en));
    let line = |cells| GridRow { cells, height: LINE_BOX, breaks: false };
    let declared = match member.declaration.as_deref() {
        None => lang.pick("（尚未申报）", "(not declared yet)"),
        Some("") => label::none(lang),
        Some(text) => text,
    };
    let role = if member.lead { label::lead(lang) } else { label::member_role(lang) };
    let value = |text: &str| GridCell::value(text, 1);
    let facts = Grid {
        widths: WIDTHS.to_vec(),
        rows: vec![
            line(vec![
                name("姓名", "Name"),
                value(&member.name),
                name("专业", "Field"),
                value(member.field.name(lang)),
            ]),
            line(vec![name("职称", "Title"), value(&member.title), name("职责", "Role"), value(role)]),
            line(vec![name("被评机构", "Facility"), GridCell::value(&*report.facility, 3)]),
            line(vec![
                name("层级", "Stage"),
                value(report.stage.name(lang)),
                name("核查日期", "Day of the visit"),
                value(&report.date.to_string()),
            ]),
            GridRow::tall(
                vec![name("申报的利益关系", "Interests declared"), GridCell::value(declared, 3)],
                TEXT_BOX,
            ),
        ],
    };
    let statement = lang.pick(
        "本人声明：以上申报属实、完整；核查期间出现新的利益关系时，及时申报并申请回避；独立评分，保守工作秘密。",
        "I declare that the above is true and complete; that I will declare any interest that arises during the visit and ask to be recused; that I score on my own and keep what I learn confidential.",
    );
    let signature = GridRow::tall(
        vec![name("签名", "Signature"), GridCell::value("", 3).with_foot(blank_day(lang))],
        SIGNATURE_BOX,
    );
    let signature = Grid { widths: WIDTHS.to_vec(), rows: vec![signature] };
    Section {
        title: member.name.clone(),
        blocks: vec![
            Block::Grid(facts),
            Block::Heading(lang.pick("回避", "Recusals").to_owned()),
            recusals(report, member),
            Block::Text(statement.to_owned()),
            Block::Grid(signature),
        ],
        own_page,
    }
}

/// The recusals of a member with the reasons that the report prints.
fn recusals(report: &Report, member: &MemberLine) -> Block {
    let lang = report.lang;
    let mut table = Table::new(&[
        (lang.pick("范围", "Of what"), 2),
        (label::reason(lang), 6),
        (lang.pick("来源", "From"), 2),
    ]);
    let own = report.panel.recusals.iter().filter(|recusal| recusal.member == member.name);
    table.rows.extend(own.map(|recusal| {
        let all = label::all_clauses(lang);
        let from = if recusal.declared {
            label::declared(lang)
        } else {
            lang.pick("组长登记", "recorded by the lead")
        };
        vec![
            recusal.clause.clone().unwrap_or_else(|| all.to_owned()),
            recusal.reason.clone(),
            from.to_owned(),
        ]
    }));
    if table.rows.is_empty() {
        return Block::Text(lang.pick("无。", "None.").to_owned());
    }
    Block::Table(table)
}
