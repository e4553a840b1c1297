//! Values that several shapes of JSON write alike: votes, verdicts, numbers of clauses, exact decimals.

use serde_json::{Value, json};

use crate::domain::{
    ballot::Position,
    edit::{Choice, verdict::Decision},
    merge::basis::Basis,
    outcome::Counts,
    terms::{absence::Absence, amount::Amount, grade::Grade},
    visit::Identity,
};

/// What a member says: `grade`, `points` and `absent`, at most one of them not null, `conflict`, and `aside`: what is off the plan and
/// counts nowhere.
pub(super) fn position(position: Position) -> Value {
    let (mut grade, mut points, mut absent) = (None, None, None);
    match position {
        Position::Grade(it) => grade = Some(it.to_string()),
        Position::Points(it) => points = Some(number(it)),
        Position::Absent(it) => absent = Some(it.key()),
        Position::Unscored | Position::Conflict | Position::Aside(_) => {}
    }
    let aside = match position {
        Position::Aside(Choice::Grade(grade)) => Some(json!(grade.to_string())),
        Position::Aside(Choice::Points(points)) => Some(number(points)),
        Position::Aside(Choice::Absent(kind)) => Some(json!(kind.key())),
        _ => None,
    };
    json!({
        "grade": grade, "points": points, "absent": absent, "conflict": position == Position::Conflict,
        "aside": aside,
    })
}

/// Verdicts by grade. `points` only where there are any.
pub(super) fn counts(counts: &Counts) -> Value {
    let mut value = json!({
        "A": counts.of(Grade::A),
        "B": counts.of(Grade::B),
        "C": counts.of(Grade::C),
        "D": counts.of(Grade::D),
        "not_applicable": counts.not_applicable,
        "undecided": counts.undecided,
    });
    if let Value::Object(fields) = &mut value
        && counts.points > 0
    {
        fields.insert("points".to_owned(), json!(counts.points));
    }
    value
}

/// A verdict: a grade's letter, a number of points, `"not-applicable"`, or null while undecided.
pub(super) fn decision(verdict: Option<Decision>) -> Value {
    match verdict {
        Some(Decision::Grade(grade)) => json!(grade.to_string()),
        Some(Decision::Points(points)) => number(points),
        Some(Decision::NotApplicable) => json!(Absence::NotApplicable.key()),
        None => Value::Null,
    }
}

/// Who made the verdict; null while there is none.
pub(super) fn by(basis: Option<Basis>) -> Value {
    basis.map_or(Value::Null, |basis| json!(if basis.by_lead() { Basis::Lead } else { Basis::Rule }.key()))
}

/// What the verdict rests on; null while there is none.
pub(super) fn basis(basis: Option<Basis>) -> Value {
    basis.map_or(Value::Null, |basis| json!(basis.key()))
}

/// The word for how a device came to its name.
pub(super) const fn identity_key(identity: Identity) -> &'static str {
    match identity {
        Identity::Absent => "absent",
        Identity::Provisional => "provisional",
        Identity::Admitted => "admitted",
        Identity::Waiting => "waiting",
    }
}

/// Tells a verdict that is no grade, beside the `verdict` key that is null then.
pub(super) fn tell_decision(clause: &mut Value, verdict: Option<Decision>) {
    let Value::Object(fields) = clause else { return };
    match verdict {
        Some(Decision::NotApplicable) => {
            fields.insert("not_applicable".to_owned(), json!(true));
        }
        Some(Decision::Points(points)) => {
            fields.insert("points".to_owned(), number(points));
        }
        Some(Decision::Grade(_)) | None => {}
    }
}

/// An exact decimal as a JSON number: whole if it is whole, otherwise its own digits.
pub(super) fn number(amount: Amount) -> Value {
    serde_json::from_str(&amount.to_string()).unwrap_or(Value::Null)
}
