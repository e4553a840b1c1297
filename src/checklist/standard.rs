//! Reads `[[standard]]`: what a facility must reach, and by which conditions.

use std::ops::Range;

use toml::Spanned;

use crate::{
    checklist::{
        limits::check_share,
        near,
        table::{Need, TableReader, words_of},
    },
    domain::{
        checklist::{
            ClauseKind,
            profile::{Condition, Standard, StandardStatus, UseWhen},
        },
        terms::{
            amount::Amount,
            grade::Grade,
            id::AreaId,
            lang::Text,
            source::{Source, SourceKind},
        },
    },
};

const KINDS: [&str; 4] = ["share", "core", "gates", "points"];

/// A standard with the places of its conditions.
pub(super) struct PlacedStandard {
    /// The standard.
    pub(super) standard: Standard,
    /// Where each condition stands.
    pub(super) conditions_at: Vec<Range<usize>>,
}

/// Reads all standards of a profile that uses `areas`.
pub(super) fn read_all(root: &TableReader<'_>, areas: &[Spanned<AreaId>]) -> Vec<PlacedStandard> {
    let mut standards: Vec<PlacedStandard> = Vec::new();
    for table in root.tables("standard", Need::Must) {
        let Some(found) = read(&table, areas) else { continue };
        let id = &found.standard.id;
        if standards.iter().any(|known| &known.standard.id == id) {
            let what = Text::new(format!("标准编号 {id} 重复"), format!("the standard id {id} is repeated"));
            root.document().error(&table.span_of("id"), what, None);
        }
        standards.push(found);
    }
    standards
}

fn read(reader: &TableReader<'_>, areas: &[Spanned<AreaId>]) -> Option<PlacedStandard> {
    let id = reader.id("id", Need::Must);
    let title = reader.bilingual("title", "title_en", Need::Must);
    let statuses = words_of(StandardStatus::ALL, StandardStatus::key, StandardStatus::name);
    let status = reader.word("status", Need::Must, StandardStatus::parse, &statuses);
    let source = reader.source("source", Need::Must);
    let use_when = reader.table("use_when", Need::May).and_then(|table| read_use(&table));
    let tables = reader.tables("conditions", Need::Must);
    reader.finish(("标准", "the standard"), |_| None);
    if tables.is_empty() && reader.has("conditions") {
        let what = Text::new(
            "标准没有条件，任何机构都会达标",
            "a standard without conditions would be met by every facility",
        );
        reader.document().error(&reader.span_of("conditions"), what, None);
    }
    if status == Some(StandardStatus::Confirmed)
        && source.as_ref().is_some_and(|source| source.kind() == SourceKind::Default)
    {
        let what = Text::new("已确认的标准要写出文件来源", "a confirmed standard must name its document");
        reader.document().error(&reader.span_of("source"), what, None);
    }
    let read = tables.iter().filter_map(|it| Some((read_condition(it, areas)?, it.span().clone())));
    let (conditions, conditions_at): (Vec<Condition>, Vec<Range<usize>>) = read.unzip();
    let shares = |wanted: fn(&Condition) -> bool| conditions.iter().any(wanted);
    let by_area = shares(|it| matches!(it, Condition::Share { area: Some(_), .. }));
    let by_kind = shares(|it| matches!(it, Condition::Share { clauses: Some(_), .. }));
    if by_area && by_kind {
        let what = Text::new(
            "一个标准的占比条件只能按领域或按条款种类，不能两样都用",
            "the shares of a standard are over areas or over kinds of clauses, not both",
        );
        reader.document().error(&reader.span_of("conditions"), what, None);
    }
    let standard = Standard {
        id: id?.into_inner().into(),
        title,
        status: status.unwrap_or(StandardStatus::Example),
        source: source.unwrap_or_else(Source::own_default),
        use_when,
        conditions,
    };
    Some(PlacedStandard { standard, conditions_at })
}

fn read_condition(reader: &TableReader<'_>, areas: &[Spanned<AreaId>]) -> Option<Condition> {
    let kind = |text: &str| KINDS.into_iter().find(|kind| *kind == text);
    let kind = reader.word("kind", Need::Must, kind, &KINDS);
    let grade = || {
        let grade = |text: &str| text.parse::<Grade>().ok();
        reader.word("grade", Need::Must, grade, &["A", "B", "C"])
    };
    let condition = match kind {
        Some("share") => {
            let area = read_area(reader, areas);
            let kinds = words_of(ClauseKind::ALL, ClauseKind::key, ClauseKind::name);
            let clauses = reader.word("clauses", Need::May, ClauseKind::parse, &kinds);
            let share = |(grade, share)| Condition::Share { grade, share, area, clauses };
            grade().zip(read_share(reader)).map(share)
        }
        Some("core") => grade().map(|grade| Condition::Core { grade }),
        Some("gates") => Some(Condition::Gates),
        Some("points") => read_share(reader).map(|share| Condition::Points { share }),
        _ => None,
    };
    if kind.is_some() || !reader.has("kind") {
        reader.finish(("条件", "the condition"), |_| None);
    }
    condition
}

/// Which facilities the standard is for.
fn read_use(reader: &TableReader<'_>) -> Option<UseWhen> {
    let limit = |key| reader.count(key, Need::May).map(Spanned::into_inner);
    let use_when = UseWhen { staff_below: limit("staff_below"), population_below: limit("population_below") };
    reader.finish(("use_when", "use_when"), |_| None);
    if use_when == (UseWhen { staff_below: None, population_below: None }) {
        let what = Text::new(
            "use_when 至少要写 staff_below 或 population_below",
            "use_when needs staff_below or population_below",
        );
        reader.document().error(reader.span(), what, None);
        return None;
    }
    Some(use_when)
}

fn read_share(reader: &TableReader<'_>) -> Option<Amount> {
    let share = reader.amount("share", Need::Must)?;
    check_share(reader.document(), &share);
    Some(share.into_inner())
}

fn read_area(reader: &TableReader<'_>, areas: &[Spanned<AreaId>]) -> Option<AreaId> {
    let text = reader.text("area", Need::May)?;
    let known = || areas.iter().map(|area| area.get_ref().as_str());
    if !known().any(|area| area == *text.get_ref()) {
        let what = Text::new("这个方案没有用到这个领域", "the profile does not use this area");
        reader.document().error(&text.span(), what, near::suggest(text.get_ref(), known()));
    }
    Some(text.into_inner().into())
}
