//! The solver against a plain count of every choice.

use std::collections::HashMap;

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::*;

fn any_item() -> impl Strategy<Value = Item> {
    (0_usize..3, 0_usize..LEVELS, prop::collection::vec(prop::option::weighted(0.9, 1_u32..6), LEVELS))
        .prop_map(|(area, level, prices)| {
            let mut costs: Costs = [None; LEVELS];
            for (place, cost) in costs.iter_mut().enumerate().skip(level) {
                *cost = if place == level { Some(0) } else { prices[place] };
            }
            Item { area, costs }
        })
}

/// Every other level at the price of one: what changing a verdict costs, whatever it changes to.
fn at_one_price(item: Item) -> Item {
    let costs = item.costs.map(|cost| cost.map(|cost| cost.min(1)));
    let level = costs.iter().position(Option::is_some).unwrap_or(0);
    let mut costs = costs;
    costs.iter_mut().skip(level + 1).for_each(|cost| *cost = Some(1));
    Item { costs, ..item }
}

fn any_demands() -> impl Strategy<Value = Vec<Demand>> {
    let demand = (prop::option::weighted(0.6, 0_usize..3), 1_usize..LEVELS, 0_u64..8);
    let demand = demand.prop_map(|(area, level, count)| Demand { area, level, count });
    prop::collection::vec(demand, 0..6)
}

/// Every choice of levels, clause by clause; of two ways to the same counts the cheaper.
fn by_trying(items: &[Item], demands: &[Demand]) -> Option<u32> {
    let mut states = HashMap::from([(vec![0_u64; demands.len()], 0_u32)]);
    for item in items {
        let mut next: HashMap<Vec<u64>, u32> = HashMap::new();
        for (counts, cost) in &states {
            for (level, price) in item.costs.iter().enumerate() {
                let Some(price) = price else { continue };
                let mut counts = counts.clone();
                for (count, demand) in counts.iter_mut().zip(demands) {
                    let is_counted = demand.area.is_none_or(|it| it == item.area) && level >= demand.level;
                    *count = (*count + u64::from(is_counted)).min(demand.count);
                }
                let known = next.entry(counts).or_insert(cost + price);
                *known = (*known).min(cost + price);
            }
        }
        states = next;
    }
    let met = |counts: &[u64]| counts.iter().zip(demands).all(|(count, it)| *count >= it.count);
    states.iter().filter(|(counts, _)| met(counts)).map(|(_, cost)| *cost).min()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_cheaper(items in prop::collection::vec(any_item(), 0..14), demands in any_demands()) {
        prop_assert_eq!(cheapest(&items, &demands), by_trying(&items, &demands));
        let items: Vec<Item> = items.into_iter().map(at_one_price).collect();
        prop_assert_eq!(cheapest(&items, &demands), by_trying(&items, &demands), "at one price");
    }
}

/// The one pattern whose bound may be too low: C and A of all, B of an area.
#[test]
fn where_the_bound_may_fall_short_the_search_finds_the_answer() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..4_000 {
        let items = prop::collection::vec(any_item(), 3..9).new_tree(&mut runner).unwrap().current();
        let demands = [
            Demand { area: None, level: 2, count: 2 },
            Demand { area: None, level: 4, count: 2 },
            Demand { area: Some(0), level: 3, count: 1 },
            Demand { area: Some(1), level: 3, count: 1 },
        ];
        let found = cheapest(&items, &demands);
        assert_eq!(found, by_trying(&items, &demands), "{items:?}");
    }
}

/// Found at random: the best choice costs one more than the bound.
#[test]
fn a_program_that_misses_its_bound_is_solved() {
    let raw: [(usize, Costs); 8] = [
        (0, [None, None, Some(0), Some(1), Some(2)]),
        (0, [None, Some(0), Some(0), Some(2), Some(3)]),
        (1, [None, Some(0), Some(0), Some(0), Some(1)]),
        (0, [None, None, Some(0), Some(3), Some(4)]),
        (0, [None, None, None, Some(0), Some(0)]),
        (1, [None, Some(0), Some(1), Some(2), Some(2)]),
        (0, [Some(0), Some(0), Some(1), Some(2), Some(5)]),
        (1, [None, Some(0), Some(0), Some(2), Some(3)]),
    ];
    let items = raw.map(|(area, costs)| Item { area, costs: at_least(costs) });
    let demand = |area, level, count| Demand { area, level, count };
    let demands = [demand(None, 2, 7), demand(None, 4, 4), demand(Some(0), 3, 3), demand(Some(1), 4, 1)];
    let program = Program::of(&items, &demands);
    let (bound, rewards) = program.bound();
    assert!(!program.is_unimodular());
    assert_eq!((bound, program.search(bound, &rewards)), (6, 7));
    assert_eq!(by_trying(&items, &demands), Some(7));
}
