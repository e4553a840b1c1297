//! The search for a choice of levels at a given cost, for the programs whose bound may lie below the answer.
//!
//! Rewards turn the cost of every choice into the bound plus what it *wastes*: a level that is dearer after rewards than the
//! best one, and a reward paid for a clause that no demand needed any more. So a choice at the bound wastes nothing, and the
//! search only follows what can still be reached: for every demand, as many clauses as the rest of the groups can give, and
//! not so many more that the waste exceeds the limit.

use std::collections::HashMap;

use super::{ByLevel, LEVELS, Program, Rewards, choice_after, cumulative};

/// One kind of clauses: choices with what they waste, and how many clauses.
struct Group {
    area: usize,
    choices: Vec<(usize, i64)>,
    n: i64,
    /// The most and the fewest clauses at each level that this group and those behind it can give.
    reach: Reach,
    /// The same, of its own area only.
    reach_here: Reach,
}

#[derive(Clone, Copy, Default)]
struct Reach {
    most: ByLevel,
    fewest: ByLevel,
}

/// What is still to be counted before a group: by the whole and by its area.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    group: usize,
    open: ByLevel,
    open_here: ByLevel,
}

pub(super) struct Search {
    groups: Vec<Group>,
    demands: Vec<ByLevel>,
    reward: ByLevel,
    rewards_here: Vec<ByLevel>,
    /// States from which nothing was found with this much to waste, or less.
    failed: HashMap<State, i64>,
}

impl Search {
    /// A search that may waste up to `limit`.
    pub(super) fn new(program: &Program, rewards: &Rewards, limit: i64) -> Self {
        let none = [0; LEVELS];
        let mut groups = Vec::new();
        let (mut demands, mut rewards_here) = (Vec::new(), Vec::new());
        for (area, (name, part)) in program.areas.iter().enumerate() {
            let own = rewards.areas.get(name).unwrap_or(&none);
            let reward = cumulative(&rewards.whole, own);
            demands.push(part.demand);
            rewards_here.push(*own);
            for (choices, n) in &part.groups {
                let best = choice_after(choices, &reward);
                let wasted = choices.iter().map(|(level, cost)| {
                    (*level, cost - reward.get(*level).copied().unwrap_or_default() - best)
                });
                // The highest level first: it is what the scarcest demands need.
                let mut choices: Vec<_> = wasted.filter(|(_, waste)| *waste <= limit).collect();
                choices.reverse();
                groups.push(Group {
                    area,
                    choices,
                    n: *n,
                    reach: Reach::default(),
                    reach_here: Reach::default(),
                });
            }
        }
        let (mut reach, mut reach_here, mut area) = (Reach::default(), Reach::default(), usize::MAX);
        for group in groups.iter_mut().rev() {
            if group.area != area {
                (area, reach_here) = (group.area, Reach::default());
            }
            for sum in [&mut reach, &mut reach_here] {
                sum.add(&group.choices, group.n);
            }
            (group.reach, group.reach_here) = (reach, reach_here);
        }
        Self { groups, demands, reward: rewards.whole, rewards_here, failed: HashMap::new() }
    }

    /// Whether every demand can be met without wasting more than `limit`.
    pub(super) fn succeeds(&mut self, whole: ByLevel, limit: i64) -> bool {
        let open_here = self.demands.first().copied().unwrap_or_default();
        self.complete(State { group: 0, open: whole, open_here }, limit)
    }

    fn complete(&mut self, state: State, limit: i64) -> bool {
        let Some(group) = self.groups.get(state.group) else {
            return state.open == [0; LEVELS] && state.open_here == [0; LEVELS];
        };
        let own = self.rewards_here.get(group.area).copied().unwrap_or_default();
        let fits = group.reach.fits(&state.open, &self.reward, limit)
            && group.reach_here.fits(&state.open_here, &own, limit);
        if !fits || self.failed.get(&state).is_some_and(|failed| limit <= *failed) {
            return false;
        }
        let n = group.n;
        let found = self.spread(state, 0, n, limit);
        if !found {
            self.failed.insert(state, limit);
        }
        found
    }

    /// Gives the clauses of a group that are left to the choices from one on, then goes on to the next group.
    fn spread(&mut self, state: State, choice: usize, left: i64, limit: i64) -> bool {
        let Some(group) = self.groups.get(state.group) else { return false };
        let Some((level, waste)) = group.choices.get(choice).copied() else {
            return left == 0 && self.next(state, limit);
        };
        let is_last = choice + 1 == group.choices.len();
        let own = self.rewards_here.get(group.area).copied().unwrap_or_default();
        let most = limit.checked_div(waste).map_or(left, |affordable| affordable.min(left));
        let fewest = if is_last { left } else { 0 };
        (fewest..=most).rev().any(|n| {
            let (open, over) = counted(&state.open, level, n, &self.reward);
            let (open_here, over_here) = counted(&state.open_here, level, n, &own);
            let limit = limit - n * waste - over - over_here;
            limit >= 0 && self.spread(State { open, open_here, ..state }, choice + 1, left - n, limit)
        })
    }

    fn next(&mut self, state: State, limit: i64) -> bool {
        let area = |at: usize| self.groups.get(at).map(|group| group.area);
        let (here, next) = (area(state.group), area(state.group + 1));
        if here == next {
            return self.complete(State { group: state.group + 1, ..state }, limit);
        }
        let open_here = next.and_then(|next| self.demands.get(next)).copied().unwrap_or_default();
        let is_met = state.open_here == [0; LEVELS];
        is_met && self.complete(State { group: state.group + 1, open_here, ..state }, limit)
    }
}

impl Reach {
    fn add(&mut self, choices: &[(usize, i64)], n: i64) {
        let (highest, lowest) = (choices.first().map_or(0, |it| it.0), choices.last().map_or(0, |it| it.0));
        self.most.iter_mut().take(highest + 1).for_each(|most| *most += n);
        self.fewest.iter_mut().take(lowest + 1).for_each(|fewest| *fewest += n);
    }

    /// Whether the rest can give enough, and need not give so much that the rewards for it exceed the limit.
    fn fits(&self, open: &ByLevel, reward: &ByLevel, limit: i64) -> bool {
        let enough = open.iter().zip(&self.most).all(|(open, most)| open <= most);
        let over = open.iter().zip(&self.fewest).zip(reward);
        enough && over.map(|((open, fewest), reward)| (fewest - open).max(0) * reward).sum::<i64>() <= limit
    }
}

/// What is still open after `n` more clauses at a level, and the rewards of those nobody needed.
fn counted(open: &ByLevel, level: usize, n: i64, reward: &ByLevel) -> (ByLevel, i64) {
    let mut left = *open;
    let mut over = 0;
    for (count, reward) in left.iter_mut().zip(reward).take(level + 1) {
        over += (n - *count).max(0) * reward;
        *count = (*count - n).max(0);
    }
    (left, over)
}
