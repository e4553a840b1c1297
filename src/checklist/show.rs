//! What `hecha checklist show --json` prints (`design.md` §6): decimals as JSON numbers, for readers, not for hashing.

use serde_json::{Map, Value, json};

use crate::{
    checklist::{
        area::AreaSheet,
        content,
        measure::{Entry, entries},
    },
    domain::{
        checklist::{
            Checklist, Clause, ItemList, Measure, Point,
            contradiction::{Contradiction, GradeBound, VerdictRange},
            effort::Effort,
        },
        facility::FacilityType,
        terms::{
            amount::Amount,
            field::{Field, Method},
            id::ItemId,
        },
    },
};

/// A checklist with its overrides applied.
#[must_use]
pub fn show_json(checklist: &Checklist) -> Value {
    json!({
        "id": checklist.profile.id.as_str(),
        "title": checklist.profile.title.zh,
        "edition": checklist.profile.edition,
        "hash": content::hash(&content::encode(checklist)),
        "clauses": checklist.clauses().map(|it| clause(it, &checklist.lists, &checklist.profile.effort())).collect::<Vec<_>>(),
        "contradictions": checklist.contradictions.iter().map(contradiction).collect::<Vec<_>>(),
    })
}

/// An area as its file gives it, for all facility types.
#[must_use]
pub fn show_area_json(sheet: &AreaSheet) -> Value {
    json!({
        "id": sheet.area.id.as_str(),
        "title": sheet.area.title.zh,
        "edition": sheet.area.edition,
        "hash": content::hash(&content::encode_area(sheet)),
        "clauses": sheet.area.clauses.iter().map(|it| clause(it, &sheet.lists, &Effort::own_default())).collect::<Vec<_>>(),
        "contradictions": sheet.contradictions.iter().map(contradiction).collect::<Vec<_>>(),
    })
}

fn contradiction(rule: &Contradiction) -> Value {
    let side = |range: &VerdictRange| match range.bound {
        GradeBound::AtLeast(grade) => {
            json!({ "clause": range.clause.as_str(), "at_least": grade.to_string() })
        }
        GradeBound::AtMost(grade) => json!({ "clause": range.clause.as_str(), "at_most": grade.to_string() }),
    };
    json!({
        "id": rule.id.as_str(),
        "when": side(&rule.when),
        "but": side(&rule.but),
        "text": rule.text.zh,
        "text_en": rule.text.en,
        "source": rule.source.as_str(),
    })
}

fn clause(clause: &Clause, lists: &[ItemList], effort: &Effort) -> Value {
    let scale = clause.scale.map(|it| json!({ "points": number(it.points), "step": number(it.step) }));
    json!({
        "id": clause.id.as_str(),
        "title": clause.title.zh,
        "title_en": clause.title.en,
        "area": clause.area.as_str(),
        "kind": clause.kind.key(),
        "core": clause.core,
        "core_reason": clause.core_reason.zh,
        "core_reason_en": clause.core_reason.en,
        "focus": clause.focus,
        "applies_to": clause.applies_to.iter().copied().map(FacilityType::key).collect::<Vec<_>>(),
        "fields": clause.fields.iter().copied().map(Field::key).collect::<Vec<_>>(),
        "methods": clause.methods.iter().copied().map(Method::key).collect::<Vec<_>>(),
        "place": clause.place.zh,
        "place_en": clause.place.en,
        "basis": clause.basis,
        "scale": scale,
        "points": clause.points.iter().map(|it| point(clause, it, lists, effort)).collect::<Vec<_>>(),
    })
}

fn point(clause: &Clause, point: &Point, lists: &[ItemList], effort: &Effort) -> Value {
    let mut measure = measure(&point.measure);
    // An overridden number must say so wherever it is shown (invariant 9).
    if let Some((fields, source)) = measure.as_object_mut().zip(point.overridden_by.as_ref()) {
        fields.insert("overridden_by".to_owned(), json!(source.as_str()));
    }
    json!({
        "id": point.id.as_str(),
        "level": point.level.to_string(),
        "text": point.text.zh,
        "text_en": point.text.en,
        "unmet": point.unmet.zh,
        "unmet_en": point.unmet.en,
        "phase": point.phase.key(),
        "minutes": number(effort.minutes(clause, point, lists)),
        "measure": measure,
        "source": point.source.as_str(),
    })
}

/// The keys of the file format.
fn measure(measure: &Measure) -> Value {
    let mut shown = Map::new();
    shown.insert("kind".to_owned(), json!(measure.kind().key()));
    if let Some(source) = measure.number_source() {
        shown.insert("source".to_owned(), json!(source.as_str()));
    }
    for (key, entry) in entries(measure) {
        let value = match entry {
            Entry::Amount(amount) => number(amount),
            Entry::Count(n) => json!(n),
            Entry::Word(word) => json!(word),
            Entry::Things(things) => json!(things.iter().map(ItemId::as_str).collect::<Vec<_>>()),
            Entry::Text(text) => {
                shown.insert(format!("{key}_en"), json!(text.en));
                json!(text.zh)
            }
        };
        shown.insert(key.to_owned(), value);
    }
    Value::Object(shown)
}

/// The shortest JSON number that reads back as this decimal.
fn number(amount: Amount) -> Value {
    serde_json::from_str(&amount.to_string()).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Sources, load_area, load_profile};

    #[test]
    fn decimals_print_as_written_and_overrides_are_marked() {
        let (village, _) = load_profile("village", &Sources::built_in()).unwrap();
        let shown = show_json(&village);
        let clauses = shown["clauses"].as_array().unwrap();
        let techniques = clauses.iter().find(|clause| clause["id"] == "TM-03").unwrap();
        let measure = &techniques["points"][0]["measure"];
        assert_eq!(measure["items"], 6);
        assert_eq!(measure["overridden_by"], "seed S1·F67（力争，目标性）");
        assert_eq!(number("0.95".parse().unwrap()).to_string(), "0.95");
        assert_eq!(number("1.0".parse().unwrap()).to_string(), "1");
        assert_eq!(techniques["scale"], Value::Null);
    }

    #[test]
    fn an_area_shows_clauses_of_all_facility_types() {
        let (sheet, _) = load_area("emergency", &Sources::built_in()).unwrap();
        assert_eq!(show_area_json(&sheet)["clauses"].as_array().unwrap().len(), sheet.area.clauses.len());
    }
}
