//! The JSON shape of a profile and its gates, standards and tiers.

use serde::{Deserialize, Serialize};

use crate::{
    checklist::content::border::{
        Checked, Pair, amount, distinct, id, invalid, keys, line, share, source, word, words,
    },
    domain::{
        checklist::{
            ClauseKind,
            effort::Effort,
            profile::{
                Condition, Gate, GatePeriod, MergeMethod, MergeRule, ObjectionTerm, PanelRule, Profile,
                Standard, StandardStatus, SubsidyTier, UseWhen,
            },
        },
        facility::FacilityType,
        terms::{amount::Amount, field::Field, grade::Grade},
    },
};

/// A profile.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileShape {
    id: String,
    title: Pair,
    edition: String,
    facility: String,
    areas: Vec<String>,
    panel: PanelShape,
    merge: MergeShape,
    gates: Vec<GateShape>,
    standards: Vec<StandardShape>,
    subsidy: Vec<SubsidyShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    objection: Option<ObjectionShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effort: Option<EffortShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EffortShape {
    /// Minutes in the order of [`Effort::parts`].
    minutes: Vec<String>,
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ObjectionShape {
    days: u16,
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelShape {
    min: usize,
    odd: bool,
    title: String,
    fields: Vec<String>,
    /// Absent: that of the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fields_source: Option<String>,
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeShape {
    rule: String,
    quorum: usize,
    source: String,
}

/// A gate.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GateShape {
    id: String,
    title: Pair,
    text: Pair,
    lookback_months: Option<u32>,
    period: String,
    optional: bool,
    bars: Vec<String>,
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardShape {
    id: String,
    title: Pair,
    status: String,
    source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    use_when: Option<UseWhenShape>,
    conditions: Vec<ConditionShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UseWhenShape {
    staff_below: Option<u64>,
    population_below: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum ConditionShape {
    Share {
        grade: String,
        share: String,
        area: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clauses: Option<String>,
    },
    Core {
        grade: String,
    },
    Gates,
    Points {
        share: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SubsidyShape {
    population_from: u64,
    amount_wan_yuan: String,
    source: String,
}

impl ProfileShape {
    /// The shape of a profile.
    pub(super) fn of(profile: &Profile) -> Self {
        let panel = &profile.panel;
        let merge = &profile.merge;
        let tier = |tier: &SubsidyTier| SubsidyShape {
            population_from: tier.population_from,
            amount_wan_yuan: tier.amount_wan_yuan.to_string(),
            source: tier.source.to_string(),
        };
        Self {
            id: profile.id.to_string(),
            title: Pair::of(&profile.title),
            edition: profile.edition.clone(),
            facility: profile.facility.key().to_owned(),
            areas: profile.areas.iter().map(ToString::to_string).collect(),
            panel: PanelShape {
                min: panel.min,
                odd: panel.odd,
                title: panel.title.clone(),
                fields: keys(&panel.fields, Field::key),
                fields_source: (panel.fields_source != panel.source).then(|| panel.fields_source.to_string()),
                source: panel.source.to_string(),
            },
            merge: MergeShape {
                rule: merge.method.key().to_owned(),
                quorum: merge.quorum,
                source: merge.source.to_string(),
            },
            gates: profile.gates.iter().map(GateShape::of).collect(),
            standards: profile.standards.iter().map(StandardShape::of).collect(),
            subsidy: profile.subsidy.iter().map(tier).collect(),
            objection: profile
                .objection
                .as_ref()
                .map(|term| ObjectionShape { days: term.days, source: term.source.to_string() }),
            effort: profile.effort.as_ref().map(EffortShape::of),
        }
    }

    /// The profile, checked.
    pub(super) fn check(self) -> Checked<Profile> {
        let gates = self.gates.into_iter().map(GateShape::check).collect::<Checked<Vec<_>>>()?;
        distinct("gate", gates.iter().map(|gate| gate.id.as_str()))?;
        let standards = self.standards.into_iter().map(StandardShape::check).collect::<Checked<Vec<_>>>()?;
        distinct("standard", standards.iter().map(|standard| standard.id.as_str()))?;
        let area = |area: String| Ok(id(area)?.as_str().into());
        Ok(Profile {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            edition: line(self.edition)?,
            facility: word(&self.facility, FacilityType::ALL, FacilityType::key)?,
            areas: self.areas.into_iter().map(area).collect::<Checked<_>>()?,
            panel: self.panel.check()?,
            merge: self.merge.check()?,
            gates,
            standards,
            subsidy: self.subsidy.iter().map(SubsidyShape::check).collect::<Checked<_>>()?,
            objection: self.objection.map(ObjectionShape::check).transpose()?,
            effort: self.effort.map(EffortShape::check).transpose()?,
        })
    }
}

impl PanelShape {
    fn check(self) -> Checked<PanelRule> {
        let odd_enough = !self.odd || !self.min.is_multiple_of(2);
        if !(1..=99).contains(&self.min) || !odd_enough {
            return Err(invalid("panel size", &self.min.to_string()));
        }
        Ok(PanelRule {
            min: self.min,
            odd: self.odd,
            title: line(self.title)?,
            fields: words(&self.fields, Field::ALL, Field::key)?,
            fields_source: source(self.fields_source.as_ref().unwrap_or(&self.source))?,
            source: source(&self.source)?,
        })
    }
}

impl MergeShape {
    fn check(self) -> Checked<MergeRule> {
        if !(1..=99).contains(&self.quorum) {
            return Err(invalid("quorum", &self.quorum.to_string()));
        }
        Ok(MergeRule {
            method: word(&self.rule, MergeMethod::ALL, MergeMethod::key)?,
            quorum: self.quorum,
            source: source(&self.source)?,
        })
    }
}

impl GateShape {
    /// The shape of a gate.
    pub(super) fn of(gate: &Gate) -> Self {
        Self {
            id: gate.id.to_string(),
            title: Pair::of(&gate.title),
            text: Pair::of(&gate.text),
            lookback_months: gate.lookback_months,
            period: gate.period.key().to_owned(),
            optional: gate.optional,
            bars: gate.bars.iter().map(ToString::to_string).collect(),
            source: gate.source.to_string(),
        }
    }

    fn check(self) -> Checked<Gate> {
        Ok(Gate {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            text: self.text.check()?,
            lookback_months: self.lookback_months,
            period: word(&self.period, GatePeriod::ALL, GatePeriod::key)?,
            optional: self.optional,
            bars: self.bars.into_iter().map(|it| Ok(id(it)?.as_str().into())).collect::<Checked<_>>()?,
            source: source(&self.source)?,
        })
    }
}

impl StandardShape {
    fn of(standard: &Standard) -> Self {
        Self {
            id: standard.id.to_string(),
            title: Pair::of(&standard.title),
            status: standard.status.key().to_owned(),
            source: standard.source.to_string(),
            use_when: standard.use_when.map(|it| UseWhenShape {
                staff_below: it.staff_below,
                population_below: it.population_below,
            }),
            conditions: standard.conditions.iter().map(ConditionShape::of).collect(),
        }
    }

    fn check(self) -> Checked<Standard> {
        if self.conditions.is_empty() {
            return Err(invalid("standard without conditions", &self.id));
        }
        Ok(Standard {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            status: word(&self.status, StandardStatus::ALL, StandardStatus::key)?,
            source: source(&self.source)?,
            use_when: self
                .use_when
                .map(|it| UseWhen { staff_below: it.staff_below, population_below: it.population_below }),
            conditions: self.conditions.into_iter().map(ConditionShape::check).collect::<Checked<_>>()?,
        })
    }
}

impl ConditionShape {
    fn of(condition: &Condition) -> Self {
        match condition {
            Condition::Share { grade, share, area, clauses } => Self::Share {
                grade: grade.to_string(),
                share: share.to_string(),
                area: area.as_ref().map(ToString::to_string),
                clauses: clauses.map(|kind| kind.key().to_owned()),
            },
            Condition::Core { grade } => Self::Core { grade: grade.to_string() },
            Condition::Gates => Self::Gates,
            Condition::Points { share } => Self::Points { share: share.to_string() },
        }
    }

    fn check(self) -> Checked<Condition> {
        let grade_of = |text: &str| {
            Grade::ALL.into_iter().find(|it| it.to_string() == text).ok_or_else(|| invalid("grade", text))
        };
        Ok(match self {
            Self::Share { grade, share: least, area, clauses } => Condition::Share {
                grade: grade_of(&grade)?,
                share: share(&least)?,
                area: area.map(id).transpose()?.as_deref().map(Into::into),
                clauses: clauses.map(|it| word(&it, ClauseKind::ALL, ClauseKind::key)).transpose()?,
            },
            Self::Core { grade } => Condition::Core { grade: grade_of(&grade)? },
            Self::Gates => Condition::Gates,
            Self::Points { share: least } => Condition::Points { share: share(&least)? },
        })
    }
}

impl ObjectionShape {
    fn check(self) -> Checked<ObjectionTerm> {
        Ok(ObjectionTerm { days: self.days, source: source(&self.source)? })
    }
}

impl EffortShape {
    fn of(effort: &Effort) -> Self {
        let minutes = effort.parts().map(|(_, minutes)| minutes.to_string());
        Self { minutes: minutes.to_vec(), source: effort.source.to_string() }
    }

    fn check(self) -> Checked<Effort> {
        let minutes = self.minutes.iter().map(|it| amount(it)).collect::<Checked<Vec<_>>>()?;
        let minutes = <[Amount; Effort::N_PARTS]>::try_from(minutes)
            .map_err(|all| invalid("number of minutes", &all.len().to_string()))?;
        if let Some(wrong) = minutes.iter().find(|it| !Effort::is_possible(**it)) {
            return Err(invalid("minutes", &wrong.to_string()));
        }
        Ok(Effort::of_parts(minutes, source(&self.source)?))
    }
}

impl SubsidyShape {
    fn check(&self) -> Checked<SubsidyTier> {
        Ok(SubsidyTier {
            population_from: self.population_from,
            amount_wan_yuan: amount(&self.amount_wan_yuan)?,
            source: source(&self.source)?,
        })
    }
}
