//! The least cost with which gains of several clauses add up to a wanted sum.

/// What one clause can gain, by cost from 1; a higher cost never gains less.
pub(super) type Gains = Vec<u64>;

/// The least total cost whose gains reach `wanted`; `None` if all together do not.
///
/// For every cost the largest sum is kept, clause by clause (a knapsack), so gains may grow unevenly with their cost.
pub(super) fn least_cost(clauses: &[Gains], wanted: u64) -> Option<usize> {
    let mut whole: Vec<(u64, usize)> =
        clauses.iter().filter_map(|gains| Some((*gains.last()?, gains.len()))).collect();
    whole.sort_unstable_by(|a, b| b.cmp(a));
    // Taking the largest gains whole is one way; nothing dearer need be looked at.
    let (mut sum, mut limit) = (0_u64, 0);
    for (gain, cost) in whole {
        if sum >= wanted {
            break;
        }
        sum = sum.saturating_add(gain);
        limit += cost;
    }
    if sum < wanted {
        return None;
    }
    let mut best = vec![0_u64; limit + 1];
    for gains in clauses {
        for cost in (1..=limit).rev() {
            let with = gains
                .iter()
                .zip(1..=cost)
                .filter_map(|(gain, own)| best.get(cost - own).map(|before| before.saturating_add(*gain)));
            let with = with.max().unwrap_or(0);
            if let Some(sum) = best.get_mut(cost) {
                *sum = (*sum).max(with);
            }
        }
    }
    best.iter().position(|sum| *sum >= wanted)
}
