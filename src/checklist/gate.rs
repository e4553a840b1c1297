//! Reads `[[gate]]`: disqualifiers outside the grades.

use toml::Spanned;

use crate::{
    checklist::table::{Need, TableReader, words_of},
    domain::{
        checklist::profile::{Gate, GatePeriod},
        terms::{id::StandardId, lang::Text, source::Source},
    },
};

/// Longest look-back that makes sense, in months.
const LONGEST_LOOK_BACK: u64 = 600;

/// Reads all gates of a file, each with the place of its id.
pub(super) fn read_all(root: &TableReader<'_>) -> Vec<Spanned<Gate>> {
    let mut gates: Vec<Spanned<Gate>> = Vec::new();
    for gate in root.tables("gate", Need::May).iter().filter_map(read) {
        if gates.iter().any(|known| known.get_ref().id == gate.get_ref().id) {
            let id = &gate.get_ref().id;
            let what = Text::new(format!("否决情形编号 {id} 重复"), format!("the gate id {id} is repeated"));
            root.document().error(&gate.span(), what, None);
        }
        gates.push(gate);
    }
    gates
}

fn read(reader: &TableReader<'_>) -> Option<Spanned<Gate>> {
    let id = reader.id("id", Need::Must);
    // Where the gate stands in the drafts; a gate is decided by itself, so the domain does not keep it.
    reader.id("clause", Need::May);
    let title = reader.bilingual("title", "title_en", Need::Must);
    let text = reader.bilingual("text", "text_en", Need::Must);
    let lookback = reader.count("lookback_months", Need::May);
    let period = reader.word(
        "period",
        Need::Must,
        GatePeriod::parse,
        &words_of(GatePeriod::ALL, GatePeriod::key, GatePeriod::name),
    );
    let optional = reader.flag("optional").unwrap_or(false);
    let bars: Vec<Spanned<StandardId>> = reader.ids("bars", Need::May);
    if bars.is_empty() && reader.has("bars") {
        let what = Text::new(
            "这个否决情形没有否决任何标准；不写 bars 就是否决所有标准",
            "this gate bars no standard; without bars it bars all of them",
        );
        reader.document().error(&reader.span_of("bars"), what, None);
    }
    let source = reader.source("source", Need::Must);
    reader.finish(("否决情形", "the gate"), |_| None);
    if period == Some(GatePeriod::Rolling) && !reader.has("lookback_months") {
        let what = Text::new("回溯期否决情形缺少 lookback_months", "a rolling gate lacks lookback_months");
        reader.document().error(reader.span(), what, None);
    }
    if let Some(months) = &lookback
        && !(1..=LONGEST_LOOK_BACK).contains(months.get_ref())
    {
        let what = Text::new("回溯月数要在 1 到 600 之间", "the look-back is 1 to 600 months");
        reader.document().error(&months.span(), what, None);
    }
    let id = id?;
    let gate = Gate {
        id: (*id.get_ref()).into(),
        title,
        text,
        lookback_months: lookback.and_then(|months| u32::try_from(months.into_inner()).ok()),
        period: period.unwrap_or(GatePeriod::Open),
        optional,
        bars: bars.into_iter().map(Spanned::into_inner).collect(),
        source: source.unwrap_or_else(Source::own_default),
    };
    Some(Spanned::new(id.span(), gate))
}
