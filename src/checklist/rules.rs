//! Reads a profile file: facility type, areas, panel, merge, gates, standards, overrides, subsidy,
//! contradictions.

pub(super) mod extension;

use std::ops::Range;

use toml::{Spanned, de::DeTable};

use crate::{
    checklist::{
        contradiction::{self, PlacedContradiction},
        document::Document,
        effort, gate, near,
        overrides::{self, Override},
        standard::{self, PlacedStandard},
        table::{Need, TableReader, words_of},
    },
    domain::{
        checklist::{
            effort::Effort,
            profile::{Gate, MergeMethod, MergeRule, ObjectionTerm, PanelRule, SubsidyTier},
        },
        facility::FacilityType,
        pool::Rank,
        terms::{
            field::Field,
            id::{AreaId, GateId, ProfileId},
            lang::Text,
            source::Source,
        },
    },
};

/// Members a panel has at least (seed S3·F13).
const LEAST_PANEL: usize = 5;
/// No panel is larger; a larger number is a slip.
const LARGEST_PANEL: u64 = 99;
/// Longest term for objections, in days.
const LONGEST_TERM: u16 = 366;

/// A profile file with the places that are needed once its areas are known.
pub(super) struct PlacedRules {
    pub(super) id: ProfileId,
    pub(super) id_at: Range<usize>,
    pub(super) title: Text,
    pub(super) edition: String,
    pub(super) facility: FacilityType,
    pub(super) areas: Vec<Spanned<AreaId>>,
    pub(super) gate_ids: Vec<Spanned<GateId>>,
    pub(super) own_gates: Vec<Spanned<Gate>>,
    pub(super) panel: PanelRule,
    pub(super) merge: MergeRule,
    pub(super) standards: Vec<PlacedStandard>,
    pub(super) overrides: Vec<Override>,
    pub(super) subsidy: Vec<SubsidyTier>,
    pub(super) objection: Option<ObjectionTerm>,
    pub(super) effort: Option<Effort>,
    pub(super) contradictions: Vec<PlacedContradiction>,
}

/// Reads a profile file; what is wrong is noted in the document.
pub(super) fn read(document: &Document<'_>, root: &DeTable<'_>) -> PlacedRules {
    let root = TableReader::new(document, root, 0..0);
    let section = |key| {
        root.table(key, Need::Must)
            .unwrap_or_else(|| TableReader::new(document, EMPTY.get_or_init(DeTable::new), 0..0))
    };
    let header = section("profile");
    let id = header.id("id", Need::Must);
    let title = header.bilingual("title", "title_en", Need::Must);
    let edition = header.line("edition", Need::Must);
    // Said on every screen through the edition and the standards' own status.
    header.line("status", Need::Must);
    let facilities = words_of(FacilityType::ALL, FacilityType::key, FacilityType::name);
    let facility = header.word("facility", Need::Must, FacilityType::parse, &facilities);
    let areas = header.ids("areas", Need::Must);
    let gate_ids = header.ids("gates", Need::May);
    finish(&root, "profile", &header, ("[profile]", "[profile]"));
    let facility = facility.unwrap_or(FacilityType::Township);
    let panel = read_panel(&root, &section("panel"), facility);
    let merge = read_merge(&root, &section("merge"), &panel);
    let rules = PlacedRules {
        id_at: id.as_ref().map_or(0..0, Spanned::span),
        id: id.map_or_else(|| ProfileId::new(""), |id| id.into_inner().into()),
        title,
        edition,
        facility,
        own_gates: gate::read_all(&root),
        panel,
        merge,
        standards: standard::read_all(&root, &areas),
        areas,
        gate_ids,
        overrides: overrides::read_all(&root),
        subsidy: read_subsidy(&root),
        objection: read_objection(&root),
        effort: effort::read(&root),
        contradictions: contradiction::read_all(&root),
    };
    root.finish(("方案文件", "a profile file"), |_| None);
    rules
}

static EMPTY: std::sync::OnceLock<DeTable<'static>> = std::sync::OnceLock::new();

/// Reports a section's keys, unless the section itself is missing and reported as such.
fn finish(root: &TableReader<'_>, key: &str, section: &TableReader<'_>, place: (&str, &str)) {
    if root.has(key) {
        section.finish(place, |_| None);
    }
}

fn read_panel(root: &TableReader<'_>, reader: &TableReader<'_>, facility: FacilityType) -> PanelRule {
    let min = reader.count("min", Need::Must);
    let odd = reader.flag("odd").unwrap_or(true);
    let title = reader.line("title", Need::May);
    let fields =
        reader.words("fields", Need::May, Field::parse, &words_of(Field::ALL, Field::key, Field::name));
    let fields_source = reader.source("fields_source", Need::May);
    let source = reader.source("source", Need::Must);
    finish(root, "panel", reader, ("[panel]", "[panel]"));
    let n = min.as_ref().map_or(5, |min| *min.get_ref());
    let at = reader.span_of("min");
    let document = reader.document();
    if min.is_some() && !(1..=LARGEST_PANEL).contains(&n) {
        let what = Text::new("专家组人数要在 1 到 99 之间", "a panel has 1 to 99 members");
        document.error(&at, what, None);
    } else if n.is_multiple_of(2) && odd {
        let what = Text::new(
            format!("人数要求单数，最少人数却是双数 {n}"),
            format!("the panel must be odd, but the least number {n} is even"),
        );
        let next = n + 1;
        document.error(&at, what, Some(Text::new(format!("写 min = {next}"), format!("write min = {next}"))));
    }
    let rule = Text::new("专家组不少于 5 人且为单数（seed S3·F13）", "at least 5 and odd (seed S3·F13)");
    // A village clinic is reviewed by its county, and no document says by how many (seed S1·F04).
    let is_ruled = facility != FacilityType::Village;
    if is_ruled && min.is_some() && n < LEAST_PANEL as u64 {
        let what = Text::new(format!("专家组只有 {n} 人"), format!("a panel of only {n}"));
        document.warn(&at, what, Some(rule.clone()));
    }
    if is_ruled && !odd {
        let what = Text::new("允许双数的专家组", "an even panel is allowed");
        document.warn(&reader.span_of("odd"), what, Some(rule));
    }
    if !title.is_empty() && Rank::parse(&title).or_else(|| Rank::of_title(&title)).is_none() {
        let what = Text::new(
            "最低职称不是初级、中级、副高、正高之一，职称不会核对",
            "the least title is no level, so titles are not looked at",
        );
        document.warn(&reader.span_of("title"), what, None);
    }
    let min = usize::try_from(n).unwrap_or(LEAST_PANEL);
    let source = source.unwrap_or_else(Source::own_default);
    PanelRule {
        min,
        odd,
        title,
        fields,
        fields_source: fields_source.unwrap_or_else(|| source.clone()),
        source,
    }
}

fn read_merge(root: &TableReader<'_>, reader: &TableReader<'_>, panel: &PanelRule) -> MergeRule {
    let methods = words_of(MergeMethod::ALL, MergeMethod::key, MergeMethod::name);
    let method = reader.word("rule", Need::Must, MergeMethod::parse, &methods);
    let quorum = reader.count("quorum", Need::Must);
    // The lead settles ties; the key is there so that a file says so.
    reader.word("tie", Need::May, |text| (text == "lead").then_some(()), &["lead"]);
    let source = reader.source("source", Need::Must);
    finish(root, "merge", reader, ("[merge]", "[merge]"));
    let n = quorum.as_ref().map_or(1, |quorum| *quorum.get_ref());
    let at = reader.span_of("quorum");
    if n == 0 || n > LARGEST_PANEL {
        let what = Text::new("最少票数要在 1 到 99 之间", "a quorum is 1 to 99");
        reader.document().error(&at, what, None);
    } else if n > panel.min as u64 {
        let what = Text::new(
            format!("最少票数 {n} 超过专家组最少人数 {}", panel.min),
            format!("the quorum {n} is above the least panel size {}", panel.min),
        );
        reader.document().warn(&at, what, None);
    }
    MergeRule {
        method: method.unwrap_or(MergeMethod::Median),
        quorum: usize::try_from(n).unwrap_or(1),
        source: source.unwrap_or_else(Source::own_default),
    }
}

/// `[objection]`: within how many days of the end the facility may object.
fn read_objection(root: &TableReader<'_>) -> Option<ObjectionTerm> {
    let reader = root.table("objection", Need::May)?;
    let days = reader.count("days", Need::Must);
    let source = reader.source("source", Need::Must);
    finish(root, "objection", &reader, ("[objection]", "[objection]"));
    let days = u16::try_from(*days?.get_ref()).ok().filter(|days| (1..=LONGEST_TERM).contains(days));
    if days.is_none() {
        let what = Text::new("异议期限要在 1 到 366 天之间", "a term for objections is 1 to 366 days");
        reader.document().error(&reader.span_of("days"), what, None);
    }
    Some(ObjectionTerm { days: days?, source: source? })
}

fn read_subsidy(root: &TableReader<'_>) -> Vec<SubsidyTier> {
    let mut tiers: Vec<SubsidyTier> = Vec::new();
    for table in root.tables("subsidy", Need::May) {
        let population = table.count("population_from", Need::Must);
        let amount = table.amount("amount_wan_yuan", Need::Must);
        let source = table.source("source", Need::Must);
        table.finish(("补助档", "the subsidy tier"), |key| {
            let meant = near::nearest(key, ["population_from"]);
            meant.map(|_| Text::new("人口按“人”填写，不是“万人”", "population in persons, not 万人"))
        });
        let (Some(population), Some(amount)) = (population, amount) else { continue };
        if tiers.last().is_some_and(|higher| higher.population_from <= *population.get_ref()) {
            let what = Text::new("补助档要从人口多的写到少的", "subsidy tiers go from large to small");
            root.document().error(&population.span(), what, None);
        }
        tiers.push(SubsidyTier {
            population_from: population.into_inner(),
            amount_wan_yuan: amount.into_inner(),
            source: source.unwrap_or_else(Source::own_default),
        });
    }
    tiers
}
