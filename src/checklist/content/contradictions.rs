//! The JSON shape of rules about contradictions.

use serde::{Deserialize, Serialize};

use crate::{
    checklist::content::border::{Checked, Pair, id, invalid, source},
    domain::{
        checklist::contradiction::{Contradiction, GradeBound, VerdictRange},
        terms::grade::Grade,
    },
};

/// A rule.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContradictionShape {
    id: String,
    when: RangeShape,
    but: RangeShape,
    text: Pair,
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeShape {
    clause: String,
    bound: BoundShape,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum BoundShape {
    AtLeast(String),
    AtMost(String),
}

impl ContradictionShape {
    /// The shape of a rule.
    pub(super) fn of(rule: &Contradiction) -> Self {
        Self {
            id: rule.id.to_string(),
            when: RangeShape::of(&rule.when),
            but: RangeShape::of(&rule.but),
            text: Pair::of(&rule.text),
            source: rule.source.to_string(),
        }
    }

    /// The rule, checked; whether its clauses are there is the whole's to check.
    pub(super) fn check(self) -> Checked<Contradiction> {
        let (when, but) = (self.when.check()?, self.but.check()?);
        if when.clause == but.clause {
            return Err(invalid("contradiction of a clause with itself", when.clause.as_str()));
        }
        Ok(Contradiction {
            id: id(self.id)?.as_str().into(),
            when,
            but,
            text: self.text.check()?,
            source: source(&self.source)?,
        })
    }
}

impl RangeShape {
    fn of(range: &VerdictRange) -> Self {
        let bound = match range.bound {
            GradeBound::AtLeast(grade) => BoundShape::AtLeast(grade.to_string()),
            GradeBound::AtMost(grade) => BoundShape::AtMost(grade.to_string()),
        };
        Self { clause: range.clause.to_string(), bound }
    }

    /// The range; one that holds every grade says nothing and is refused, as the loader does.
    fn check(self) -> Checked<VerdictRange> {
        let grade = |text: &str, but: Grade| {
            let grade = Grade::ALL.into_iter().find(|it| it.to_string() == text && *it != but);
            grade.ok_or_else(|| invalid("grade", text))
        };
        let bound = match &self.bound {
            BoundShape::AtLeast(text) => GradeBound::AtLeast(grade(text, Grade::D)?),
            BoundShape::AtMost(text) => GradeBound::AtMost(grade(text, Grade::A)?),
        };
        Ok(VerdictRange { clause: id(self.clause)?.as_str().into(), bound })
    }
}
