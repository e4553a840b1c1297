//! The cheapest way to raise clauses so that enough of them stand at or above given levels, in each area and in all.
//!
//! Every clause takes one of a few levels at a cost; demands count clauses at or above a level, in one area or in all of
//! them. That is an integer program, solved exactly:
//!
//! 1. *A bound.* Pay a reward for every clause that counts for a demand, take for each clause the level that is cheapest
//!    after rewards, and collect the rewards that the demands ask for. Whatever the rewards, no choice is cheaper than
//!    that (weak duality). Rewards need not exceed the dearest single raise: whoever lacks one clause for a demand can
//!    raise one more at that price. The bound is concave in each reward, so its peak is found by halving.
//! 2. *When the bound is the answer.* The matrix of the program is totally unimodular, so that the best rewards are whole
//!    numbers and the bound is met, unless an area asks for a level that lies strictly between two levels asked of all
//!    areas. Proof (Ghouila-Houri): give the demands of all areas in a subset of rows the signs +, −, +, … by level; give
//!    each area's own demands the sign that keeps the running sum of both within {0, 1} or within {−1, 0}. An area's
//!    demand at a level of the whole cancels it; one below or above them all chooses the side. A clause's own row, if in
//!    the subset, then takes the opposite sign. Only a demand between two levels of the whole can break the alternation.
//! 3. *Otherwise* the choices are searched with the bound as a guide, at the bound first, then one dearer, and so on. In
//!    practice the first search succeeds: of a quarter of a million random programs one missed its bound.

mod search;

use std::collections::BTreeMap;

use search::Search;

/// Levels that a clause may stand at: undecided, then D to A by rank.
pub(super) const LEVELS: usize = 5;

/// The cost of each level; `None` = out of reach. What it stands at costs nothing.
pub(super) type Costs = [Option<u32>; LEVELS];

/// A clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// Its area, by number.
    pub(super) area: usize,
    /// What each level costs.
    pub(super) costs: Costs,
}

/// At least `count` clauses at `level` or above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Demand {
    /// Only in this area.
    pub(super) area: Option<usize>,
    /// The level.
    pub(super) level: usize,
    /// How many.
    pub(super) count: u64,
}

/// Rewards or counts by level.
type ByLevel = [i64; LEVELS];

/// The least total cost that meets every demand; `None` if none does.
pub(super) fn cheapest(items: &[Item], demands: &[Demand]) -> Option<u32> {
    let mut items = items.to_vec();
    for item in &mut items {
        item.costs = at_least(item.costs);
    }
    if items.iter().any(|item| item.costs.iter().all(Option::is_none)) {
        return None;
    }
    let count = |demand: &Demand, level: fn(&Costs) -> usize| {
        let counted = items.iter().filter(|item| demand.area.is_none_or(|area| area == item.area));
        counted.filter(|item| level(&item.costs) >= demand.level).count() as u64
    };
    if demands.iter().any(|demand| count(demand, highest) < demand.count) {
        return None;
    }
    // Clauses are only ever raised, so what holds already goes on holding.
    let open: Vec<Demand> =
        demands.iter().filter(|demand| count(demand, lowest) < demand.count).copied().collect();
    if let Some(found) = lowest_first(&items, &open) {
        return Some(found);
    }
    let program = Program::of(&items, &open);
    let (bound, rewards) = program.bound();
    let found = if program.is_unimodular() { bound } else { program.search(bound, &rewards) };
    u32::try_from(found).ok()
}

/// The answer where every clause can be raised to the top at one and the same price; `None` otherwise.
///
/// A lower clause then counts for every demand that a higher one of its area counts for, and for more. So in each area some
/// of the lowest are raised: as many as its own demands lack, and then, over all areas, the lowest of the rest until the
/// demands of the whole are met. No choice of fewer does either.
fn lowest_first(items: &[Item], open: &[Demand]) -> Option<u32> {
    let top = LEVELS - 1;
    let forced = |item: &Item| item.costs.iter().flatten().min().copied();
    let price = |item: &Item| Some(item.costs.last().copied()?? - forced(item)?);
    let prices: Vec<u32> = items.iter().map(price).collect::<Option<_>>()?;
    let mut rising: Vec<(usize, usize)> = Vec::new();
    for (item, price) in items.iter().zip(&prices).filter(|(item, _)| lowest(&item.costs) < top) {
        let between = item.costs.iter().flatten().filter(|cost| Some(**cost) != forced(item));
        if *price != 1 || between.into_iter().any(|cost| Some(*cost) != forced(item).map(|it| it + 1)) {
            return None;
        }
        rising.push((lowest(&item.costs), item.area));
    }
    rising.sort_unstable();
    let mut missing: Vec<(Demand, u64)> = open
        .iter()
        .map(|demand| {
            let counted = items.iter().filter(|item| demand.area.is_none_or(|area| area == item.area));
            let there = counted.filter(|item| lowest(&item.costs) >= demand.level).count() as u64;
            (*demand, demand.count.saturating_sub(there))
        })
        .collect();
    let mut n_raised = 0;
    let mut raised = vec![false; rising.len()];
    for is_wanted in [(|demand| demand.area.is_some()) as fn(&Demand) -> bool, |_| true] {
        for ((level, area), raised) in rising.iter().zip(&mut raised).filter(|(_, raised)| !**raised) {
            let helps = |demand: &Demand| demand.area.is_none_or(|it| it == *area) && *level < demand.level;
            // A higher one in the way counts for a part of the demands only, but there is none lower left.
            if !missing.iter().any(|(demand, n)| *n > 0 && is_wanted(demand) && helps(demand)) {
                continue;
            }
            *raised = true;
            n_raised += 1;
            for (_, n) in missing.iter_mut().filter(|(demand, _)| helps(demand)) {
                *n = n.saturating_sub(1);
            }
        }
    }
    let forced: u32 = items.iter().filter_map(forced).sum();
    missing.iter().all(|(_, n)| *n == 0).then_some(forced + n_raised)
}

/// What standing at a level *or above* costs: counting never suffers from a higher level.
fn at_least(mut costs: Costs) -> Costs {
    let mut least = None;
    for cost in costs.iter_mut().rev() {
        least = match (*cost, least) {
            (Some(own), Some(above)) => Some(own.min(above)),
            (own, above) => own.or(above),
        };
        // A level below the lowest one allowed is as good as that one.
        *cost = least;
    }
    costs
}

/// The level reached at the least cost, where several cost that, the highest.
fn lowest(costs: &Costs) -> usize {
    let least = costs.iter().flatten().min();
    costs.iter().rposition(|cost| cost.as_ref() == least && least.is_some()).unwrap_or(0)
}

fn highest(costs: &Costs) -> usize {
    costs.iter().rposition(Option::is_some).unwrap_or(0)
}

/// The program with equal clauses put together.
struct Program {
    /// By area; areas without an open demand are one.
    areas: BTreeMap<Option<usize>, Part>,
    whole: ByLevel,
    whole_levels: Vec<usize>,
    /// The dearest raise.
    most: i64,
}

/// One area.
#[derive(Default)]
struct Part {
    /// Level with cost, lowest first, and how many clauses have these.
    groups: Vec<(Vec<(usize, i64)>, i64)>,
    demand: ByLevel,
    levels: Vec<usize>,
}

/// Rewards of the whole, and of each area.
struct Rewards {
    whole: ByLevel,
    areas: BTreeMap<Option<usize>, ByLevel>,
}

impl Program {
    fn of(items: &[Item], demands: &[Demand]) -> Self {
        let mut equal: BTreeMap<(Option<usize>, Costs), i64> = BTreeMap::new();
        for item in items {
            let area = Some(item.area).filter(|area| demands.iter().any(|it| it.area == Some(*area)));
            *equal.entry((area, item.costs)).or_default() += 1;
        }
        let mut areas: BTreeMap<Option<usize>, Part> = BTreeMap::new();
        for ((area, costs), n) in equal {
            areas.entry(area).or_default().groups.push((choices(&costs), n));
        }
        let mut whole = [0; LEVELS];
        for demand in demands {
            let part = demand.area.map(|_| areas.entry(demand.area).or_default());
            let demanded = part.map_or(&mut whole, |part| &mut part.demand);
            if let Some(count) = demanded.get_mut(demand.level) {
                *count = (*count).max(i64::try_from(demand.count).unwrap_or(i64::MAX));
            }
        }
        for part in areas.values_mut() {
            part.levels = asked(&part.demand);
        }
        let most = items.iter().flat_map(|item| item.costs).flatten().max().unwrap_or(0);
        Self { areas, whole_levels: asked(&whole), whole, most: most.into() }
    }

    /// No area asks for a level strictly between two that are asked of the whole.
    fn is_unimodular(&self) -> bool {
        let (least, most) = (self.whole_levels.first(), self.whole_levels.last());
        let between = |level: &usize| least.is_some_and(|it| it < level) && most.is_some_and(|it| level < it);
        !self.areas.values().flat_map(|part| &part.levels).any(between)
    }

    /// The highest bound found, and its rewards.
    fn bound(&self) -> (i64, Rewards) {
        let mut value = |whole: &ByLevel| {
            let areas = self.areas.values().map(|part| part.bound(whole, self.most).0);
            collected(whole, &self.whole) + areas.sum::<i64>()
        };
        let (bound, whole) = peak(&self.whole_levels, [0; LEVELS], self.most, &mut value);
        let areas = self.areas.iter().map(|(area, part)| (*area, part.bound(&whole, self.most).1));
        (bound, Rewards { whole, areas: areas.collect() })
    }

    /// The least cost, at least `bound`; the program must have a solution.
    fn search(&self, bound: i64, rewards: &Rewards) -> i64 {
        let mut waste = 0;
        while !Search::new(self, rewards, waste).succeeds(self.whole, waste) {
            waste += 1;
        }
        bound + waste
    }
}

impl Part {
    fn bound(&self, whole: &ByLevel, most: i64) -> (i64, ByLevel) {
        peak(&self.levels, [0; LEVELS], most, &mut |own| self.value(whole, own))
    }

    /// The bound of this area under rewards of the whole and its own.
    fn value(&self, whole: &ByLevel, own: &ByLevel) -> i64 {
        let reward = cumulative(whole, own);
        let groups = self.groups.iter().map(|(choices, n)| n * choice_after(choices, &reward));
        collected(own, &self.demand) + groups.sum::<i64>()
    }
}

/// Each level with its cost, without those for whose price a higher one can be had.
fn choices(costs: &Costs) -> Vec<(usize, i64)> {
    let mut choices: Vec<(usize, i64)> = Vec::new();
    for (level, cost) in costs.iter().enumerate().rev() {
        if let Some(cost) = cost.map(i64::from)
            && choices.last().is_none_or(|(_, above)| cost < *above)
        {
            choices.push((level, cost));
        }
    }
    choices.reverse();
    choices
}

/// What a clause earns at each level: the rewards up to it.
fn cumulative(whole: &ByLevel, own: &ByLevel) -> ByLevel {
    let mut sum = 0;
    let mut earned = [0; LEVELS];
    for ((earned, whole), own) in earned.iter_mut().zip(whole).zip(own) {
        sum += whole + own;
        *earned = sum;
    }
    earned
}

/// The cost of the level that is cheapest after what it earns.
fn choice_after(choices: &[(usize, i64)], earned: &ByLevel) -> i64 {
    let after = choices.iter().map(|(level, cost)| cost - earned.get(*level).copied().unwrap_or_default());
    after.min().unwrap_or(0)
}

/// What the rewards come to for these counts.
fn collected(rewards: &ByLevel, counts: &ByLevel) -> i64 {
    rewards.iter().zip(counts).map(|(reward, count)| reward * count).sum()
}

fn asked(demand: &ByLevel) -> Vec<usize> {
    demand.iter().enumerate().filter(|(_, count)| **count > 0).map(|(level, _)| level).collect()
}

/// The highest value over rewards 0..=`most` of these levels, and where it is. Halving: the value is concave in each
/// reward once the later ones are at their best.
fn peak(
    levels: &[usize],
    mut rewards: ByLevel,
    most: i64,
    value: &mut dyn FnMut(&ByLevel) -> i64,
) -> (i64, ByLevel) {
    let Some((level, rest)) = levels.split_first() else { return (value(&rewards), rewards) };
    let mut known: Vec<Option<(i64, ByLevel)>> = vec![None; usize::try_from(most).unwrap_or(0) + 1];
    let mut at = |reward: i64| {
        let place = usize::try_from(reward).ok();
        if let Some(found) = place.and_then(|place| *known.get(place)?) {
            return found;
        }
        if let Some(slot) = rewards.get_mut(*level) {
            *slot = reward;
        }
        let found = peak(rest, rewards, most, value);
        if let Some(slot) = place.and_then(|place| known.get_mut(place)) {
            *slot = Some(found);
        }
        found
    };
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = i64::midpoint(low, high);
        if at(middle + 1).0 > at(middle).0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    at(low)
}

#[cfg(test)]
mod tests;
