//! What one member recorded for one point, and whether that meets the point.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use crate::domain::{
    checklist::{Aspect, Bound, ItemList, Measure, MeasureKind, Point},
    terms::{amount::Amount, field::words, id::ItemId, lang::Lang},
};

/// A finding. Its shape must fit the point's measure; [`Finding::check`] says whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Yes or no, for `tick`; for other measures a direct judgement is not possible.
    Tick(bool),
    /// For `ratio`.
    Ratio(Fraction),
    /// For `number`, in the unit of the measure.
    Number(Amount),
    /// For `inventory`: the state of each thing looked at.
    Inventory(BTreeMap<ItemId, ItemState>),
    /// For `count`: the things that count.
    Count(BTreeSet<ItemId>),
    /// The point does not apply here (only where its `na_when` allows).
    NotApplicable,
}

/// `numerator / denominator` with a denominator above zero and a numerator not above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    /// The fraction.
    ///
    /// # Errors
    /// [`FindingError::ZeroDenominator`], or [`FindingError::NumeratorAboveDenominator`].
    pub fn new(numerator: u64, denominator: u64) -> Result<Self, FindingError> {
        if denominator == 0 {
            return Err(FindingError::ZeroDenominator);
        }
        if numerator > denominator {
            return Err(FindingError::NumeratorAboveDenominator { numerator, denominator });
        }
        Ok(Self { numerator, denominator })
    }

    /// What fulfilled the requirement.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// What was sampled; above zero.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }
}

words! {
    /// The state of one thing of an inventory.
    ItemState {
        /// There, working, in date.
        Ok = "ok", "正常", "ok";
        /// There but not working.
        Faulty = "faulty", "故障", "faulty";
        /// There but past its date.
        Expired = "expired", "过期", "expired";
        /// Not there.
        Missing = "missing", "缺", "missing";
    }
}

impl ItemState {
    /// The states that things of a list can have.
    #[must_use]
    pub const fn of(list: &ItemList) -> &'static [Self] {
        if list.presence_only { &[Self::Ok, Self::Missing] } else { Self::ALL }
    }

    /// Whether a thing in this state has the aspect. A faulty or expired thing is present; an expired one may still work.
    #[must_use]
    pub const fn has(self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Present => !matches!(self, Self::Missing),
            Aspect::Working => matches!(self, Self::Ok | Self::Expired),
            Aspect::InDate => matches!(self, Self::Ok | Self::Faulty),
        }
    }
}

/// Why a finding does not fit a point.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindingError {
    /// Zero denominator.
    #[error("a zero denominator is not a finding")]
    ZeroDenominator,
    /// More met than sampled.
    #[error("numerator {numerator} above denominator {denominator}")]
    NumeratorAboveDenominator {
        /// Given numerator.
        numerator: u64,
        /// Given denominator.
        denominator: u64,
    },
    /// The wrong shape for the measure.
    #[error("a {} point does not take this kind of value", .measure.key())]
    WrongKind {
        /// What the point takes.
        measure: MeasureKind,
    },
    /// A thing that is not on the list.
    #[error("no item {item} on the list")]
    UnknownItem {
        /// The id given.
        item: ItemId,
    },
    /// A thing that is given twice; which of the two holds cannot be told.
    #[error("item {item} is given twice")]
    ItemTwice {
        /// Its id.
        item: ItemId,
    },
    /// A state that things of this list cannot have.
    #[error("item {item} is there or not, nothing else")]
    OnlyPresence {
        /// Its id.
        item: ItemId,
    },
    /// The point may not be marked not applicable.
    #[error("this point may not be marked not applicable")]
    AlwaysApplies,
}

impl Finding {
    /// Whether the finding fits the point. `list` is the list the measure refers to.
    ///
    /// # Errors
    /// Which part does not fit.
    pub fn check(&self, point: &Point, list: Option<&ItemList>) -> Result<(), FindingError> {
        let measure = point.measure.kind();
        match self.kind() {
            None if point.na_when.is_empty() => return Err(FindingError::AlwaysApplies),
            None => return Ok(()),
            Some(kind) if kind != measure => return Err(FindingError::WrongKind { measure }),
            Some(_) => {}
        }
        let unknown = |item: &&ItemId| list.is_none_or(|list| list.item(item.as_str()).is_none());
        let unknown = match self {
            Self::Tick(_) | Self::Ratio(_) | Self::Number(_) | Self::NotApplicable => None,
            Self::Inventory(states) => states.keys().find(unknown),
            Self::Count(items) => items.iter().find(unknown),
        };
        if let Some(item) = unknown {
            return Err(FindingError::UnknownItem { item: item.clone() });
        }
        if let (Self::Inventory(states), Some(list)) = (self, list) {
            let possible = ItemState::of(list);
            let stray = states.iter().find(|(_, state)| !possible.contains(state));
            return stray.map_or(Ok(()), |(item, _)| Err(FindingError::OnlyPresence { item: item.clone() }));
        }
        Ok(())
    }

    /// The kind of measure it is for; `None` = for any that may not apply.
    const fn kind(&self) -> Option<MeasureKind> {
        match self {
            Self::Tick(_) => Some(MeasureKind::Tick),
            Self::Ratio(_) => Some(MeasureKind::Ratio),
            Self::Number(_) => Some(MeasureKind::Number),
            Self::Inventory(_) => Some(MeasureKind::Inventory),
            Self::Count(_) => Some(MeasureKind::Count),
            Self::NotApplicable => None,
        }
    }

    /// Whether the point is met: `Some(Yes/No/NotApplicable)`, or `None` while an inventory is not complete enough to tell.
    /// A finding that does not fit the measure (possible only from another laptop) tells nothing.
    #[must_use]
    pub fn meets(&self, measure: &Measure, list: Option<&ItemList>) -> Option<Met> {
        match self {
            Self::NotApplicable => Some(Met::NotApplicable),
            Self::Tick(yes) => matches!(measure, Measure::Tick).then_some(Met::from(*yes)),
            Self::Ratio(fraction) => {
                let Measure::Ratio { bound, min_sample, .. } = measure else { return None };
                // A share of too few says nothing for the facility; where no share is asked, it is only recorded.
                let is_enough = min_sample.is_none_or(|least| fraction.denominator() >= least);
                Some(Met::from(bound.is_none_or(|bound| is_enough && bound.holds(*fraction))))
            }
            Self::Number(value) => {
                let Measure::Number { min, max, .. } = measure else { return None };
                Some(Met::from(min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max)))
            }
            Self::Inventory(states) => {
                let Measure::Inventory { aspect, at_least, must, .. } = measure else { return None };
                inventory_meets(states, *aspect, *at_least, must, list?)
            }
            Self::Count(counted) => {
                let Measure::Count { items, categories, must, .. } = measure else { return None };
                let list = list?;
                let has_all = must.iter().all(|item| counted.contains(item));
                let found: Vec<_> = list.items.iter().filter(|item| counted.contains(&item.id)).collect();
                let kinds: BTreeSet<_> = found.iter().filter_map(|item| item.category.as_ref()).collect();
                let are_enough = found.len() as u64 >= *items && kinds.len() as u64 >= *categories;
                Some(Met::from(has_all && are_enough))
            }
        }
    }
}

/// Whether an applicable point is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// Met.
    Yes,
    /// Not met.
    No,
    /// Does not apply here.
    NotApplicable,
}

impl From<bool> for Met {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Bound {
    /// Whether the fraction is on the right side of the threshold, the threshold included.
    #[must_use]
    pub fn holds(self, fraction: Fraction) -> bool {
        let compare = |amount: Amount| amount.cmp_fraction(fraction.numerator, fraction.denominator);
        match self {
            Self::AtLeast(amount) => compare(amount) != Ordering::Less,
            Self::AtMost(amount) => compare(amount) != Ordering::Greater,
        }
    }
}

/// Things not looked at leave the answer open unless it can no longer change. One that must be so and is not decides at once.
fn inventory_meets(
    states: &BTreeMap<ItemId, ItemState>,
    aspect: Aspect,
    at_least: Amount,
    must: &[ItemId],
    list: &ItemList,
) -> Option<Met> {
    let is_lacking = |item: &ItemId| states.get(item).is_some_and(|state| !state.has(aspect));
    if must.iter().any(is_lacking) {
        return Some(Met::No);
    }
    let has_all = must.iter().all(|item| states.contains_key(item));
    let total = list.items.len() as u64;
    let mut good = 0_u64;
    let mut open = 0_u64;
    for item in &list.items {
        match states.get(&item.id) {
            Some(state) if state.has(aspect) => good += 1,
            Some(_) => {}
            None => open += 1,
        }
    }
    let needed = at_least.least_count_of(total);
    if good >= needed && has_all {
        Some(Met::Yes)
    } else if good + open < needed {
        Some(Met::No)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        checklist::{Category, Item, Phase, Sample},
        terms::{
            grade::Level,
            id::{CategoryId, ListId, PointId},
            lang::Text,
            source::Source,
        },
    };

    #[test]
    fn what_is_there_may_not_work_and_what_works_may_be_out_of_date() {
        for (state, has) in [
            (ItemState::Ok, [true, true, true]),
            (ItemState::Faulty, [true, false, true]),
            (ItemState::Expired, [true, true, false]),
            (ItemState::Missing, [false, false, false]),
        ] {
            let aspects = [Aspect::Present, Aspect::Working, Aspect::InDate];
            assert_eq!(aspects.map(|aspect| state.has(aspect)), has, "{state:?}");
        }
    }

    fn list(items: &[(&str, &str)]) -> ItemList {
        let category = |id: &str| Category { id: CategoryId::new(id), title: Text::default() };
        ItemList {
            presence_only: false,
            id: ListId::new("L"),
            title: Text::default(),
            evidence: Text::default(),
            source: Source::own_default(),
            categories: vec![category("X"), category("Y")],
            items: items
                .iter()
                .map(|(id, category)| Item {
                    id: ItemId::new(id),
                    title: Text::default(),
                    category: Some(CategoryId::new(category)),
                    source: None,
                })
                .collect(),
        }
    }

    fn inventory(aspect: Aspect, at_least: &str) -> Measure {
        Measure::Inventory {
            must: Vec::new(),
            list: ListId::new("L"),
            aspect,
            at_least: at_least.parse().unwrap(),
            source: None,
        }
    }

    #[test]
    fn a_zero_denominator_is_not_a_finding() {
        assert_eq!(Fraction::new(0, 0), Err(FindingError::ZeroDenominator));
        assert!(matches!(Fraction::new(3, 2), Err(FindingError::NumeratorAboveDenominator { .. })));
    }

    #[test]
    fn bounds_include_the_threshold_in_both_directions() {
        let half = "0.5".parse().unwrap();
        let at = |n| Fraction::new(n, 10).unwrap();
        assert!(Bound::AtLeast(half).holds(at(5)) && !Bound::AtLeast(half).holds(at(4)));
        assert!(Bound::AtMost(half).holds(at(5)) && !Bound::AtMost(half).holds(at(6)));
    }

    #[test]
    fn nothing_passes_without_what_must_be_there() {
        let list = list(&[("adrenaline", "X"), ("charcoal", "X"), ("glucose", "Y")]);
        let must = |id: &str| vec![ItemId::new(id)];
        let Measure::Inventory { list: of, aspect, at_least, source, .. } = inventory(Aspect::Present, "0.5")
        else {
            panic!()
        };
        let measure = Measure::Inventory { list: of, aspect, at_least, must: must("adrenaline"), source };
        let told = |states: &[(&str, ItemState)]| {
            let states = states.iter().map(|(id, state)| (ItemId::new(id), *state)).collect();
            Finding::Inventory(states).meets(&measure, Some(&list))
        };
        let (ok, missing) = (ItemState::Ok, ItemState::Missing);
        assert_eq!(told(&[("charcoal", ok), ("glucose", ok)]), None, "not looked at yet");
        assert_eq!(told(&[("adrenaline", ok), ("glucose", ok)]), Some(Met::Yes));
        assert_eq!(told(&[("adrenaline", missing), ("charcoal", ok), ("glucose", ok)]), Some(Met::No));
        // What is indispensable and lacking decides before the rest is looked at.
        assert_eq!(told(&[("adrenaline", missing)]), Some(Met::No));
        let count = Measure::Count {
            list: ListId::new("L"),
            items: 2,
            categories: 0,
            must: must("adrenaline"),
            source: None,
        };
        let found =
            |ids: &[&str]| Finding::Count(ids.iter().map(ItemId::new).collect()).meets(&count, Some(&list));
        assert_eq!(found(&["charcoal", "glucose"]), Some(Met::No));
        assert_eq!(found(&["adrenaline", "glucose"]), Some(Met::Yes));
    }

    #[test]
    fn what_is_there_or_not_is_neither_faulty_nor_expired() {
        let rooms = ItemList { presence_only: true, ..list(&[("room", "X")]) };
        let point = Point {
            id: PointId::new("C1"),
            level: Level::C,
            text: Text::default(),
            unmet: Text::default(),
            phase: Phase::Site,
            measure: inventory(Aspect::Present, "1"),
            source: Source::own_default(),
            na_when: Text::default(),
            applies_to: Vec::new(),
            overridden_by: None,
        };
        for (state, fits) in [
            (ItemState::Ok, true),
            (ItemState::Missing, true),
            (ItemState::Faulty, false),
            (ItemState::Expired, false),
        ] {
            let finding = Finding::Inventory([(ItemId::new("room"), state)].into());
            assert_eq!(finding.check(&point, Some(&rooms)).is_ok(), fits, "{state:?}");
            assert!(finding.check(&point, Some(&list(&[("room", "X")]))).is_ok());
        }
    }

    #[test]
    fn a_share_of_too_few_does_not_meet_the_point() {
        let ratio = |bound, min_sample| Measure::Ratio {
            sample: Sample::default(),
            bound,
            min_sample,
            numerator: Text::default(),
            denominator: Text::default(),
            source: None,
        };
        let all = Some(Bound::AtLeast("1".parse().unwrap()));
        let found = |of| Finding::Ratio(Fraction::new(of, of).unwrap());
        assert_eq!(found(9).meets(&ratio(all, Some(10)), None), Some(Met::No));
        assert_eq!(found(10).meets(&ratio(all, Some(10)), None), Some(Met::Yes));
        assert_eq!(found(1).meets(&ratio(all, None), None), Some(Met::Yes));
        assert_eq!(found(1).meets(&ratio(None, Some(10)), None), Some(Met::Yes), "only recorded");
    }

    #[test]
    fn an_inventory_tells_nothing_until_the_rest_cannot_change_it() {
        let list = list(&[("a", "X"), ("b", "X"), ("c", "Y"), ("d", "Y")]);
        let told = |aspect, at_least: &str, states: &[(&str, ItemState)]| {
            let states = states.iter().map(|(id, state)| (ItemId::new(id), *state)).collect();
            Finding::Inventory(states).meets(&inventory(aspect, at_least), Some(&list))
        };
        use ItemState::{Expired, Faulty, Missing, Ok};
        assert_eq!(told(Aspect::Present, "1", &[("a", Ok), ("b", Ok), ("c", Ok)]), None);
        assert_eq!(told(Aspect::Present, "1", &[("a", Missing)]), Some(Met::No));
        assert_eq!(
            told(Aspect::Present, "0.75", &[("a", Faulty), ("b", Expired), ("c", Ok)]),
            Some(Met::Yes)
        );
        assert_eq!(told(Aspect::Working, "0.75", &[("a", Faulty), ("b", Faulty)]), Some(Met::No));
        assert_eq!(told(Aspect::InDate, "0.75", &[("a", Expired), ("b", Ok)]), None);
    }

    #[test]
    fn a_count_needs_items_and_categories_and_counts_only_what_is_listed() {
        let list = list(&[("a", "X"), ("b", "X"), ("c", "Y")]);
        let measure = Measure::Count {
            must: Vec::new(),
            list: ListId::new("L"),
            items: 2,
            categories: 2,
            source: None,
        };
        let told =
            |ids: &[&str]| Finding::Count(ids.iter().map(ItemId::new).collect()).meets(&measure, Some(&list));
        assert_eq!(told(&["a", "b"]), Some(Met::No), "one category");
        assert_eq!(told(&["a", "c"]), Some(Met::Yes));
        assert_eq!(told(&["a", "ghost"]), Some(Met::No));
    }
}
