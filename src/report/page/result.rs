//! What the verdicts amount to: standards, gates, distribution, agreement, open matters.

use crate::{
    domain::{
        agreement::Divergence,
        outcome::Counts,
        terms::{amount::Amount, citation::cite, clean::clean_line, grade::Grade, id::AreaId, lang::Lang},
    },
    report::{
        Report,
        layout::{ConditionLine, StandardLine},
        page::{Block, Chart, Table, charts, filled, joined},
        template::SectionId,
    },
    words::{self, label, subsidy},
};

pub(super) fn standards(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let mut blocks = Vec::new();
    for standard in &report.standards {
        blocks.push(Block::Heading(format!(
            "{}{}",
            standard.title,
            words::aside(standard.status.name(lang), lang)
        )));
        blocks.push(Block::Facts(summary(report, standard)));
        let mut table = Table::new(&[
            (lang.pick("条件", "Condition"), 10),
            (lang.pick("结果", "Result"), 4),
            (lang.pick("已有", "Have"), 2),
            (lang.pick("共", "Of"), 2),
            (lang.pick("不适用", "N/A"), 3),
            (lang.pick("需要", "Need"), 2),
        ]);
        table.rows.extend(standard.conditions.iter().map(|condition| condition_row(report, condition)));
        blocks.push(Block::Table(table));
    }
    if !report.na_effects.is_empty() {
        let title =
            lang.pick("不适用条款对结论的影响", "What clauses left out as not applicable would change");
        blocks.push(Block::Heading(title.to_owned()));
        blocks.push(Block::List(report.na_effects.clone()));
    }
    if blocks.is_empty() {
        blocks.push(filled::none(SectionId::Standards, report));
    }
    if let Some(found) = &report.subsidy {
        blocks.push(Block::Heading(subsidy::title(lang).to_owned()));
        blocks.push(Block::Text(subsidy::told(found, lang)));
    }
    blocks
}

fn summary(report: &Report, standard: &StandardLine) -> Vec<(String, String)> {
    let lang = report.lang;
    let met = standard.told(lang);
    let flip = if standard.to_flip.is_empty() { "—" } else { &standard.to_flip };
    let barred = if standard.barred.is_empty() { "—" } else { &standard.barred };
    [
        (lang.pick("结论", "Outcome"), met.to_owned()),
        (label::gate(lang), barred.to_owned()),
        (lang.pick("从严、合议、从宽", "Strictest, merged, most lenient"), standard.range.clone()),
        (lang.pick("离相反结论多远", "How far from the opposite"), flip.to_owned()),
        (label::source(lang), cite(&standard.source, lang)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn condition_row(report: &Report, condition: &ConditionLine) -> Vec<String> {
    let met = if condition.undefined {
        words::undefined(report.lang)
    } else {
        words::met(condition.met, report.lang)
    };
    let number = |amount: Amount| amount.to_string();
    vec![
        format!("{}{}", condition.text, failing(report, condition)),
        met.to_owned(),
        number(condition.have),
        number(condition.of),
        number(condition.not_applicable),
        number(condition.need),
    ]
}

/// Which core clauses do not fulfil a condition, with what they came out at; empty if all do.
fn failing(report: &Report, condition: &ConditionLine) -> String {
    let lang = report.lang;
    let told = condition.failing.iter().map(|line| {
        let verdict = words::aside(&words::verdict(line.verdict, lang), lang);
        format!("{} {}{verdict}", line.clause, line.title)
    });
    let told = told.collect::<Vec<_>>().join(lang.pick("、", ", "));
    match (told.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("；未达到的：{told}"),
        (false, Lang::En) => format!("; not fulfilled by {told}"),
    }
}

pub(super) fn gates(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    if report.gates.is_empty() {
        return vec![filled::none(SectionId::Gates, report)];
    }
    let mut table = Table::new(&[
        (lang.pick("编号", "Id"), 5),
        (label::gate(lang), 11),
        (lang.pick("结果", "Result"), 5),
        (lang.pick("依据", "On what"), 8),
        (label::source(lang), 8),
    ]);
    table.rows.extend(report.gates.iter().map(|gate| {
        let optional = if gate.optional { lang.pick("地方可选", "local, optional") } else { "" };
        let mark = if gate.unconfirmed { lang.pick("非官方", "unofficial") } else { "" };
        vec![
            gate.id.clone(),
            joined(&[gate.title.clone(), gate.text.clone(), gate.period_told(lang)], lang),
            words::gate(gate.state, lang).to_owned(),
            gate.reason.clone(),
            joined(&[cite(&gate.source, lang), optional.to_owned(), mark.to_owned()], lang),
        ]
    }));
    vec![Block::Table(table)]
}

pub(super) fn distribution(report: &Report) -> Vec<Block> {
    vec![Block::Table(counts_table(report)), Block::Chart(charts::grades(report))]
}

/// Verdicts by area; the last two rows are the core clauses and the sum.
pub(in crate::report) fn counts_table(report: &Report) -> Table {
    let lang = report.lang;
    let points = report.all.points > 0;
    let mut columns = vec![(lang.pick("领域", "Area"), 8), ("A", 2), ("B", 2), ("C", 2), ("D", 2)];
    if points {
        columns.push((lang.pick("计分", "Points"), 3));
    }
    columns.push((lang.pick("不适用", "N/A"), 3));
    columns.push((lang.pick("未决", "Undecided"), 6));
    columns.push((lang.pick("C 档及以上", "C or better"), 8));
    let mut table = Table::new(&columns);
    let mut add = |name: &str, counts: &Counts| {
        let mut row = vec![name.to_owned()];
        row.extend(Grade::ALL.map(|grade| counts.of(grade).to_string()));
        if points {
            row.push(counts.points.to_string());
        }
        row.push(counts.not_applicable.to_string());
        row.push(counts.undecided.to_string());
        let graded: usize = counts.grades.iter().sum();
        row.push(words::share(graded - counts.of(Grade::D), graded, lang));
        table.rows.push(row);
    };
    for area in &report.areas {
        add(&area.title, &area.counts);
    }
    add(label::core_clauses(lang), &report.core);
    add(lang.pick("合计", "All"), &report.all);
    table
}

pub(super) fn agreement(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let agreement = &report.agreement.overall;
    let mut facts = vec![(
        lang.pick("可比条款 / 组员", "Comparable clauses / members").to_owned(),
        format!("{} / {}", agreement.n_pairable, agreement.n_raters),
    )];
    facts.extend(words::statistics(agreement, lang));
    let mut blocks = filled::text(SectionId::Agreement, report);
    blocks.push(Block::Facts(facts));
    if let Some(divergence) = Divergence::of(agreement) {
        blocks.push(Block::Text(words::divergence(divergence, lang).to_owned()));
    }
    blocks.push(Block::Table(parts_of_agreement(report)));
    let chart = charts::severity(report);
    if let Some(table) = charts::severity_table(&chart, lang) {
        blocks.push(Block::Heading(lang.pick("组员评分宽严", "Strict and lenient members").to_owned()));
        blocks.push(Block::Text(charts::severity_note(report)));
        blocks.extend([Block::Table(table), Block::Chart(Chart::Severity(chart))]);
    }
    blocks
}

/// The core clauses and each area.
fn parts_of_agreement(report: &Report) -> Table {
    let lang = report.lang;
    let mut table = Table::new(&[
        (lang.pick("范围", "Of what"), 4),
        (lang.pick("可比条款", "Comparable clauses"), 2),
        (lang.pick("一致率", "Pairs agree"), 2),
        (lang.pick("全体一致率", "Unanimous"), 2),
        ("AC2", 2),
        (lang.pick("α（有序）", "α, ordinal"), 2),
    ]);
    let title = |id: &AreaId| {
        let area = report.areas.iter().find(|area| area.id == id.as_str());
        area.map_or_else(|| clean_line(id.as_str()), |area| area.title.clone())
    };
    let core = (label::core_clauses(lang).to_owned(), &report.agreement.core);
    let areas = report.agreement.areas.iter().map(|(id, agreement)| (title(id), agreement));
    table.rows.extend([core].into_iter().chain(areas).map(|(name, agreement)| {
        vec![
            name,
            agreement.n_pairable.to_string(),
            words::statistic(agreement.percent_agreement, lang),
            words::statistic(agreement.all_equal, lang),
            words::statistic(agreement.gwet_ac2_quadratic, lang),
            words::statistic(agreement.alpha_ordinal, lang),
        ]
    }));
    table
}

pub(super) fn open(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    if report.open.is_empty() {
        return vec![filled::none(SectionId::Open, report)];
    }
    let mut table = Table::new(&[
        (lang.pick("事项", "Matter"), 5),
        (lang.pick("涉及", "About"), 9),
        (lang.pick("说明", "More"), 5),
    ]);
    table.rows.extend(report.open.iter().map(|matter| {
        let about = matter.about.join(lang.pick("、", ", "));
        let waived = matter.waived.as_ref().map(|reason| match lang {
            Lang::Zh => format!("定稿时豁免：{reason}"),
            Lang::En => format!("waived on finalising: {reason}"),
        });
        let more = joined(&[matter.text.clone(), waived.unwrap_or_default()], lang);
        vec![matter.kind.name(lang).to_owned(), about, more]
    }));
    vec![Block::Table(table)]
}
