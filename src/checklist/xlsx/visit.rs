//! Writes the checklist of a visit back as the files it could have been loaded from.
//!
//! Three things a checklist no longer knows are filled in as what claims least: the source of a core mark is `default`,
//! the profile's status is `unofficial`, and a clause keeps the facility types for which a C point is left.

use toml::{Table, Value};

use crate::{
    checklist::{
        measure::{Entry, entries},
        sources::Kind,
    },
    domain::{
        checklist::{
            Area, Checklist, Clause, ClauseKind, ItemList, Measure, Phase, Point,
            contradiction::{Contradiction, GradeBound, VerdictRange},
            profile::{Condition, Gate, Profile, Standard, UseWhen},
        },
        facility::FacilityType,
        terms::{
            amount::Amount,
            field::{Field, Method},
            grade::Level,
            id::{ItemId, StandardId},
            lang::Text,
            source::Source,
        },
    },
};

/// Kind, id and text of each file.
pub(super) fn texts(checklist: &Checklist) -> Result<Vec<(Kind, String, String)>, String> {
    let mut files = Vec::new();
    for area in &checklist.areas {
        let in_area = |list: &&ItemList| {
            let points = area.clauses.iter().flat_map(|clause| &clause.points);
            points.filter_map(|point| point.measure.list()).any(|id| id == &list.id)
        };
        let lists: Vec<&ItemList> = checklist.lists.iter().filter(in_area).collect();
        files.push((Kind::Area, area.id.to_string(), text(&area_table(area, &lists))?));
    }
    let contradictions = tables(checklist.contradictions.iter().map(contradiction_entries));
    let profile = profile_table(&checklist.profile, overrides(checklist), contradictions);
    files.push((Kind::Profile, checklist.profile.id.to_string(), text(&profile)?));
    Ok(files)
}

fn text(table: &Table) -> Result<String, String> {
    toml::to_string(table).map_err(|error| error.to_string())
}

/// A table that leaves out what says nothing.
#[derive(Default)]
struct Entries(Table);

impl Entries {
    fn put(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.put(key, value),
            None => self,
        }
    }

    fn filled(self, key: &str, text: &str) -> Self {
        self.some(key, (!text.is_empty()).then_some(text))
    }

    fn pair(self, key: &str, pair: &Text) -> Self {
        self.filled(key, &pair.zh).filled(&format!("{key}_en"), &pair.en)
    }

    fn flag(self, key: &str, flag: bool) -> Self {
        self.some(key, flag.then_some(true))
    }

    fn words(self, key: &str, words: Vec<&str>) -> Self {
        self.some(key, (!words.is_empty()).then(|| Value::from(words)))
    }

    fn source(self, key: &str, source: Option<&Source>) -> Self {
        self.some(key, source.map(Source::as_str))
    }
}

fn tables(entries: impl Iterator<Item = Entries>) -> Value {
    Value::Array(entries.map(|entries| Value::Table(entries.0)).collect())
}

/// A decimal has at most four places and far fewer than fifteen digits, so the float prints as the same digits.
fn number(amount: Amount) -> Value {
    Value::Float(amount.to_string().parse().unwrap_or(0.0))
}

/// A count beyond what TOML holds was refused when the checklist was loaded.
fn count(n: u64) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

fn area_table(area: &Area, lists: &[&ItemList]) -> Table {
    let header = Entries::default().put("id", area.id.as_str()).pair("title", &area.title);
    let header = header.put("edition", area.edition.as_str()).put("status", area.status.as_str());
    let clauses = tables(area.clauses.iter().map(|clause| clause_entries(clause)));
    let lists = tables(lists.iter().map(|list| list_entries(list)));
    Entries::default()
        .put("area", header.pair("route", &area.route).0)
        .put("list", lists)
        .put("clause", clauses)
        .0
}

fn list_entries(list: &ItemList) -> Entries {
    let categories = list.categories.iter();
    let categories =
        categories.map(|it| Entries::default().put("id", it.id.as_str()).pair("title", &it.title));
    let items = list.items.iter().map(|it| {
        let entries = Entries::default().put("id", it.id.as_str()).pair("title", &it.title);
        let category = it.category.as_ref().map(|category| category.as_str());
        entries.some("category", category).source("source", it.source.as_ref())
    });
    let entries = Entries::default().put("id", list.id.as_str()).pair("title", &list.title);
    let entries = entries.flag("presence_only", list.presence_only);
    let entries = entries.pair("evidence", &list.evidence).source("source", Some(&list.source));
    let entries =
        if list.categories.is_empty() { entries } else { entries.put("categories", tables(categories)) };
    entries.put("items", tables(items))
}

fn clause_entries(clause: &Clause) -> Entries {
    let has_c = |facility: &FacilityType| {
        let applies = |point: &Point| point.applies_to.is_empty() || point.applies_to.contains(facility);
        clause.scale.is_some() || clause.points.iter().any(|it| it.level == Level::C && applies(it))
    };
    let applies_to: Vec<FacilityType> = clause.applies_to.iter().copied().filter(has_c).collect();
    let scale = clause.scale.map(|scale| {
        Entries::default().put("points", number(scale.points)).put("step", number(scale.step)).0
    });
    let points = tables(clause.points.iter().map(|point| point_entries(point, &applies_to)));
    let entries = Entries::default()
        .put("id", clause.id.as_str())
        .pair("title", &clause.title)
        .some("kind", (clause.kind != ClauseKind::Basic).then(|| clause.kind.key()))
        .flag("core", clause.core)
        .pair("core_reason", &clause.core_reason)
        .some("core_source", clause.core.then_some("default"))
        .flag("focus", clause.focus)
        .flag("must_apply", clause.must_apply)
        .words("applies_to", applies_to.iter().map(|it| it.key()).collect())
        .words("fields", clause.fields.iter().copied().map(Field::key).collect())
        .words("methods", clause.methods.iter().copied().map(Method::key).collect())
        .pair("place", &clause.place)
        .words("basis", clause.basis.iter().map(String::as_str).collect())
        .pair("hint", &clause.hint)
        .some("scale", scale);
    if clause.points.is_empty() { entries } else { entries.put("point", points) }
}

fn point_entries(point: &Point, clause_applies_to: &[FacilityType]) -> Entries {
    let applies_to = point.applies_to.iter().filter(|it| clause_applies_to.contains(it));
    Entries::default()
        .put("id", point.id.as_str())
        .put("level", point.level.to_string())
        .pair("text", &point.text)
        .pair("unmet", &point.unmet)
        .some("phase", (point.phase != Phase::Site).then(|| point.phase.key()))
        .put("measure", measure_entries(&point.measure).0)
        .put("source", point.source.as_str())
        .pair("na_when", &point.na_when)
        .words("applies_to", applies_to.map(|it| it.key()).collect())
}

fn measure_entries(measure: &Measure) -> Entries {
    let kind = Entries::default().put("kind", measure.kind().key());
    let entries = entries(measure).into_iter().fold(kind, |entries, (key, entry)| match entry {
        Entry::Amount(amount) => entries.put(key, number(amount)),
        Entry::Count(n) => entries.put(key, count(n)),
        Entry::Word(word) => entries.put(key, word),
        Entry::Things(things) => entries.words(key, things.iter().map(ItemId::as_str).collect()),
        Entry::Text(text) => entries.pair(key, text),
    });
    entries.source("source", measure.number_source())
}

/// An override for each overridden point, with its numbers as they are now. Numbers whose old source was kept beside the
/// new one are given in part, as they were, because an override in full replaces that source.
fn overrides(checklist: &Checklist) -> Value {
    let points = checklist.clauses().flat_map(|clause| clause.points.iter().map(move |it| (clause, it)));
    tables(points.filter_map(|(clause, point)| {
        let source = point.overridden_by.as_ref()?;
        let mut numbers = measure_entries(&point.measure).0;
        numbers.retain(|_, value| matches!(value, Value::Integer(_) | Value::Float(_)));
        if point.measure.number_source() != Some(source) {
            numbers = numbers.into_iter().take(1).collect();
        }
        let entries = Entries::default().put("point", format!("{}.{}", clause.id, point.id));
        let mut entries = entries.put("source", source.as_str());
        entries.0.extend(numbers);
        Some(entries)
    }))
}

fn profile_table(profile: &Profile, overrides: Value, contradictions: Value) -> Table {
    let header = Entries::default()
        .put("id", profile.id.as_str())
        .pair("title", &profile.title)
        .put("edition", profile.edition.as_str())
        .put("status", "unofficial")
        .put("facility", profile.facility.key())
        .words("areas", profile.areas.iter().map(|area| area.as_str()).collect());
    let panel = &profile.panel;
    let panel = Entries::default()
        .put("min", count(panel.min as u64))
        .put("odd", panel.odd)
        .filled("title", &panel.title)
        .words("fields", panel.fields.iter().copied().map(Field::key).collect())
        .put("fields_source", panel.fields_source.as_str())
        .put("source", panel.source.as_str());
    let merge = Entries::default()
        .put("rule", profile.merge.method.key())
        .put("quorum", count(profile.merge.quorum as u64))
        .put("tie", "lead")
        .put("source", profile.merge.source.as_str());
    let subsidy = profile.subsidy.iter().map(|tier| {
        Entries::default()
            .put("population_from", count(tier.population_from))
            .put("amount_wan_yuan", number(tier.amount_wan_yuan))
            .put("source", tier.source.as_str())
    });
    let objection = profile.objection.as_ref().map(|term| {
        let days = count(u64::from(term.days));
        Entries::default().put("days", days).put("source", term.source.as_str())
    });
    let rules = Entries::default().put("profile", header.0).put("panel", panel.0).put("merge", merge.0);
    let rules = rules.some("objection", objection.map(|it| it.0));
    let effort = profile.effort.as_ref().map(|effort| {
        let entries = Entries::default().put("source", effort.source.as_str());
        effort
            .parts()
            .into_iter()
            .fold(entries, |entries, (key, minutes)| entries.put(key, number(minutes)))
            .0
    });
    rules
        .some("effort", effort)
        .put("gate", tables(profile.gates.iter().map(gate_entries)))
        .put("standard", tables(profile.standards.iter().map(standard_entries)))
        .put("override", overrides)
        .put("subsidy", tables(subsidy))
        .put("contradiction", contradictions)
        .0
}

fn contradiction_entries(rule: &Contradiction) -> Entries {
    let side = |range: &VerdictRange| {
        let (key, grade) = match range.bound {
            GradeBound::AtLeast(grade) => ("at_least", grade),
            GradeBound::AtMost(grade) => ("at_most", grade),
        };
        Entries::default().put("clause", range.clause.as_str()).put(key, grade.to_string()).0
    };
    Entries::default()
        .put("id", rule.id.as_str())
        .put("when", side(&rule.when))
        .put("but", side(&rule.but))
        .pair("text", &rule.text)
        .put("source", rule.source.as_str())
}

fn gate_entries(gate: &Gate) -> Entries {
    Entries::default()
        .put("id", gate.id.as_str())
        .pair("title", &gate.title)
        .pair("text", &gate.text)
        .some("lookback_months", gate.lookback_months.map(|months| count(months.into())))
        .put("period", gate.period.key())
        .flag("optional", gate.optional)
        .words("bars", gate.bars.iter().map(StandardId::as_str).collect())
        .put("source", gate.source.as_str())
}

fn use_entries(use_when: UseWhen) -> Table {
    Entries::default()
        .some("staff_below", use_when.staff_below.map(count))
        .some("population_below", use_when.population_below.map(count))
        .0
}

fn standard_entries(standard: &Standard) -> Entries {
    let condition = |condition: &Condition| {
        let kind = |kind: &str| Entries::default().put("kind", kind);
        match condition {
            Condition::Share { grade, share, area, clauses } => kind("share")
                .put("grade", grade.to_string())
                .put("share", number(*share))
                .some("area", area.as_ref().map(|area| area.as_str()))
                .some("clauses", clauses.map(ClauseKind::key)),
            Condition::Core { grade } => kind("core").put("grade", grade.to_string()),
            Condition::Gates => kind("gates"),
            Condition::Points { share } => kind("points").put("share", number(*share)),
        }
    };
    Entries::default()
        .put("id", standard.id.as_str())
        .pair("title", &standard.title)
        .put("status", standard.status.key())
        .put("source", standard.source.as_str())
        .some("use_when", standard.use_when.map(use_entries))
        .put("conditions", tables(standard.conditions.iter().map(condition)))
}
