//! The section that says how the panel was drawn: seed, pool, who was drawn, who might have been, who not and why.

use crate::{
    domain::{
        pool::{
            Rank,
            draw::{Disagreement, DrawRecord, Eligible},
        },
        terms::lang::Lang,
    },
    report::{
        Report,
        layout::DrawSection,
        page::{Block, Table, filled, joined},
        template::SectionId,
    },
    words::{self, label},
};

pub(super) fn draw(report: &Report, draw: &DrawSection) -> Vec<Block> {
    let lang = report.lang;
    let record = &draw.record;
    let heading = |zh: &str, en: &str| Block::Heading(lang.pick(zh, en).to_owned());
    let mut blocks =
        vec![Block::Facts(facts(draw, lang)), heading("抽出的专家", "Drawn"), panel(record, lang)];
    blocks.extend([heading("替补（按顺序）", "Substitutes, in their order"), substitutes(record, lang)]);
    blocks.push(heading("排除的专家", "Excluded"));
    blocks.push(excluded(report, record));
    blocks.extend([heading("可抽取的专家（按签号）", "Eligible, by their tickets"), eligible(record, lang)]);
    blocks
}

fn facts(draw: &DrawSection, lang: Lang) -> Vec<(String, String)> {
    let (record, request) = (&draw.record, &draw.record.request);
    let odd = if request.odd { lang.pick("，单数", ", odd") } else { "" };
    let none = || label::none(lang).to_owned();
    let or_none = |text: String| if text.is_empty() { none() } else { text };
    let grounds: Vec<&str> = request.allowed.iter().map(|ground| ground.name(lang)).collect();
    let facts = [
        (lang.pick("抽取日期", "Day of the draw"), request.drawn_on.to_string()),
        (lang.pick("为机构", "For"), request.facility.clone()),
        (
            lang.pick("核查日期", "Day of the visit"),
            request.visit_on.map_or_else(none, |day| day.to_string()),
        ),
        (lang.pick("方案", "Profile"), or_none(request.profile.clone())),
        (lang.pick("种子", "Seed"), request.seed.clone()),
        (lang.pick("规则", "Rules"), record.algorithm.clone()),
        (lang.pick("人数", "Seats"), format!("{} (≥ {}{odd})", request.size, request.min)),
        (
            lang.pick("必须覆盖的专业", "Fields that must be covered"),
            or_none(words::fields(&request.fields, lang)),
        ),
        (
            lang.pick("职称要求", "Least title"),
            request.least.map_or_else(none, |least| title_rule(least, lang)),
        ),
        (lang.pick("医共体", "Medical alliance"), or_none(request.alliance.clone())),
        (
            lang.pick("指定排除的单位", "Units left out"),
            or_none(request.left_out.join(lang.pick("、", ", "))),
        ),
        (
            lang.pick("本次不作排除的事由", "Grounds allowed in this draw"),
            or_none(grounds.join(lang.pick("、", ", "))),
        ),
        (lang.pick("专家库", "Pool"), counted(record, lang)),
        (lang.pick("专家库校验码（SHA-256）", "SHA-256 of the pool"), record.pool_digest.to_hex()),
        (lang.pick("复核", "Drawn again"), checked(&draw.disagreements, lang)),
    ];
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn title_rule(least: Rank, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}及以上，另有理由的除外", least.name(lang)),
        Lang::En => format!("{} or above, but for a reason", least.name(lang)),
    }
}

fn counted(record: &DrawRecord, lang: Lang) -> String {
    let (n, eligible, excluded) = (record.n_pool, record.eligible.len(), record.n_excluded());
    match lang {
        Lang::Zh => format!("{n} 名，可抽取 {eligible} 名，排除 {excluded} 名"),
        Lang::En => format!("{n} experts: {eligible} eligible, {excluded} excluded"),
    }
}

fn checked(found: &[Disagreement], lang: Lang) -> String {
    match found {
        [] => lang.pick("按种子重新抽取，结果一致", "it agrees").to_owned(),
        [Disagreement::Algorithm] => lang
            .pick("本程序不认识这种抽取规则，未能复核", "rules unknown to this program, not checked")
            .to_owned(),
        _ => lang.pick("重新抽取，结果不一致！", "it does NOT agree").to_owned(),
    }
}

fn panel(record: &DrawRecord, lang: Lang) -> Block {
    let mut table = Table::new(&[
        (lang.pick("序", "No."), 1),
        (label::name(lang), 3),
        (lang.pick("单位", "Unit"), 5),
        (label::title(lang), 3),
        (lang.pick("席位", "Seat"), 4),
    ]);
    table.rows.extend((1..).zip(&record.panel).map(|(n, seat)| {
        let free = words::aside(lang.pick("机动席", "free seat"), lang);
        let free = if seat.required { "" } else { &free };
        vec![
            format!("{n}"),
            seat.person.name.clone(),
            seat.person.unit.clone(),
            seat.title.to_string(),
            format!("{}{free}", seat.field.name(lang)),
        ]
    }));
    Block::Table(table)
}

fn substitutes(record: &DrawRecord, lang: Lang) -> Block {
    let mut table = Table::new(&[(label::field(lang), 2), (lang.pick("替补", "Substitutes"), 6)]);
    table.rows.extend(record.substitutes.iter().map(|it| {
        let names: Vec<String> = it.persons.iter().map(|person| person.shown(lang)).collect();
        let names = if names.is_empty() { vec![label::none(lang).to_owned()] } else { names };
        vec![it.field.name(lang).to_owned(), joined(&names, lang)]
    }));
    Block::Table(table)
}

fn excluded(report: &Report, record: &DrawRecord) -> Block {
    let lang = report.lang;
    if record.excluded.is_empty() {
        return filled::none(SectionId::Draw, report);
    }
    let mut table = Table::new(&[
        (label::name(lang), 2),
        (lang.pick("单位", "Unit"), 4),
        (lang.pick("事由", "Ground"), 2),
        (lang.pick("依据", "Fact"), 4),
    ]);
    table.rows.extend(record.excluded.iter().map(|it| {
        vec![
            it.person.name.clone(),
            it.person.unit.clone(),
            it.ground.name(lang).to_owned(),
            it.reason.clone(),
        ]
    }));
    Block::Table(table)
}

fn eligible(record: &DrawRecord, lang: Lang) -> Block {
    let mut table = Table::new(&[
        (lang.pick("签号", "Ticket"), 3),
        (label::name(lang), 2),
        (lang.pick("单位", "Unit"), 4),
        (label::title(lang), 2),
        (lang.pick("专业", "Fields"), 4),
        (lang.pick("备注", "Remarks"), 3),
    ]);
    table.rows.extend(record.eligible.iter().map(|it| {
        vec![
            format!("{:016x}", it.ticket),
            it.person.name.clone(),
            it.person.unit.clone(),
            it.title.to_string(),
            words::fields(&it.fields, lang),
            remarks(it, lang),
        ]
    }));
    Block::Table(table)
}

fn remarks(it: &Eligible, lang: Lang) -> String {
    let mut parts = Vec::new();
    if !it.exception.is_empty() {
        parts.push(format!("{}{}", lang.pick("职称例外：", "title exception: "), it.exception));
    }
    let allowed = it.allowed.iter();
    parts.extend(
        allowed.map(|(ground, reason)| format!("{}{}{reason}", ground.name(lang), lang.pick("：", ": "))),
    );
    joined(&parts, lang)
}
