//! How a good division is found: greedily, then by moving votes away from whoever has most, then, where little is to be divided,
//! by trying everything. No chance is in it: the same task gives the same division.

use crate::domain::plan::{
    bound::lower_bound,
    division::Division,
    task::{Job, Members, Task},
};

/// Steps of trying everything, at most. Beyond, the division is good and no longer proven to be the best.
const MOST_STEPS: usize = 20_000;
/// One part in so many above what cannot be undercut is near enough: on a day of seven hours, two minutes.
const NEAR: u64 = 200;

/// A division and what it was measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The division.
    pub division: Division,
    /// What no division can undercut, in ten-thousandths of a minute.
    pub lower_bound: u64,
    /// The members who are bound to that.
    pub bound: Members,
}

/// The division with the least minutes of the most loaded member that is found; of the documents and the ways as little as that
/// allows.
#[must_use]
pub fn divide(task: &Task) -> Found {
    let (mut bound, who) = lower_bound(task);
    let mut division = greedy(task);
    let near = bound + bound / NEAR;
    level(task, &mut division, near);
    if division.most() > near {
        let mut exact = Exact { task, best: division.clone(), near, n_steps: 0, order: by_length(task) };
        let is_proven = exact.run();
        division = exact.best;
        if is_proven {
            // Nothing below it was left out but what is as near as can be to the bound.
            bound = if division.most() > near { division.most() } else { bound };
        }
    }
    shorten(task, &mut division);
    Found { division, lower_bound: bound, bound: who }
}

/// The clauses, the longest first.
fn by_length(task: &Task) -> Vec<usize> {
    let mut order: Vec<usize> = (0..task.jobs.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(task.jobs.get(*at).map(|job| (job.site(), job.documents()))));
    order
}

/// The longest clauses first, each to those who have least; one of its field among them.
fn greedy(task: &Task) -> Division {
    let mut division = Division::fixed(task);
    for at in by_length(task) {
        let Some(job) = task.jobs.get(at) else { continue };
        let least = |division: &Division, among: Members| {
            let free = among.without(division.voters(at)).places();
            free.min_by_key(|member| (division.load(*member), division.papers(*member), *member))
        };
        if division.voters(at).and(job.of_field).is_empty()
            && division.voters(at).len() < job.votes
            && let Some(member) = least(&division, job.of_field)
        {
            division.give(at, job, member);
        }
        while division.voters(at).len() < job.votes {
            let Some(member) = least(&division, job.able) else { break };
            division.give(at, job, member);
        }
    }
    division
}

/// A vote that goes from one to another, and perhaps one that comes back, or goes on to a third.
#[derive(Debug, Clone, Copy)]
struct Step {
    job: usize,
    from: usize,
    to: usize,
    then: Option<(usize, usize)>,
}

impl Step {
    fn take(self, task: &Task, division: &mut Division) {
        hand(task, division, self.job, self.from, self.to);
        if let Some((job, third)) = self.then {
            hand(task, division, job, self.to, third);
        }
    }
}

fn hand(task: &Task, division: &mut Division, at: usize, from: usize, to: usize) {
    if let Some(job) = task.jobs.get(at) {
        division.take(at, job, from);
        division.give(at, job, to);
    }
}

/// Whether a vote may go from one to another.
fn may_hand(job: &Job, voters: Members, from: usize, to: usize) -> bool {
    let handed = voters.without(Members::one(from)).or(Members::one(to));
    voters.has(from) && !voters.has(to) && job.admits(handed)
}

/// Takes from whoever has most until that helps no more, or is near enough to what cannot be undercut.
fn level(task: &Task, division: &mut Division, near: u64) {
    while division.most() > near {
        let Some(step) = relief(task, division, false).or_else(|| relief(task, division, true)) else {
            return;
        };
        step.take(task, division);
    }
}

/// The step after which the most loaded one and whoever takes over have least, in exchange for a vote that comes back, or
/// (`by_third`) goes on to a third; none if it helps nobody.
fn relief(task: &Task, division: &Division, by_third: bool) -> Option<Step> {
    let most = division.most();
    let from = (0..task.members.len()).find(|member| division.load(*member) == most)?;
    let mut best: Option<(u64, Step)> = None;
    let mut offer = |height: u64, step: Step| {
        if height < best.map_or(most, |(least, _)| least) {
            best = Some((height, step));
        }
    };
    for (job, it) in task.jobs.iter().enumerate() {
        let voters = division.voters(job);
        for to in it.able.places().filter(|to| may_hand(it, voters, from, *to)) {
            let (left, grown) = (most - it.site(), division.load(to) + it.site());
            offer(left.max(grown), Step { job, from, to, then: None });
            for (other, back) in task.jobs.iter().enumerate().filter(|(other, _)| *other != job) {
                let voters = division.voters(other);
                if !voters.has(to) || grown < back.site() {
                    continue;
                }
                let thirds = if by_third { back.able } else { Members::one(from) };
                for third in thirds.places().filter(|third| may_hand(back, voters, to, *third)) {
                    let came = back.site() + if third == from { left } else { division.load(third) };
                    let height = came.max(grown - back.site()).max(if third == from { 0 } else { left });
                    offer(height, Step { job, from, to, then: Some((other, third)) });
                }
            }
        }
    }
    best.map(|(_, step)| step)
}

/// Without giving anybody more than whoever gives it away had: fewer minutes for the most loaded at the documents, then fewer ways.
fn shorten(task: &Task, division: &mut Division) {
    let n = task.members.len();
    // Each round looks at every vote once; a few are enough, and bound the time.
    const ROUNDS: usize = 4;
    for _ in 0..ROUNDS {
        let mut is_better = false;
        for (at, job) in task.jobs.iter().enumerate() {
            for from in 0..n {
                let voters = division.voters(at);
                let may = |to: &usize| {
                    may_hand(job, voters, from, *to) && division.load(*to) + job.site() <= division.load(from)
                };
                let gain = |to: usize| gain(task, division, (at, job), from, to);
                let best =
                    (0..n).filter(may).map(|to| (gain(to), to)).max_by_key(|(gain, to)| (*gain, n - to));
                if let Some((_, to)) = best.filter(|(gain, _)| *gain > (0, 0)) {
                    hand(task, division, at, from, to);
                    is_better = true;
                }
            }
        }
        if !is_better {
            return;
        }
    }
}

/// What is won when a vote goes to another: minutes of documents of the more loaded of the two, ways saved.
fn gain(task: &Task, division: &Division, (at, job): (usize, &Job), from: usize, to: usize) -> (i64, i64) {
    let before = division.papers(from).max(division.papers(to));
    let after = (division.papers(from) - job.documents()).max(division.papers(to) + job.documents());
    // Only what moves the most loaded one counts, and never at another's cost.
    let papers = if before == division.most_documents() || after > division.most_documents() {
        i64::try_from(before).unwrap_or(i64::MAX) - i64::try_from(after).unwrap_or(i64::MAX)
    } else {
        0
    };
    let goes = |member: usize| {
        let mut others = task.jobs.iter().enumerate().filter(|(other, _)| *other != at);
        others.any(|(other, it)| it.place == job.place && division.voters(other).has(member))
    };
    let ways = i64::from(!goes(from)) - i64::from(!goes(to));
    (papers, if papers < 0 { 0 } else { ways })
}

/// Tries everything, the longest clauses first, and leaves out what cannot be better than the best.
struct Exact<'t> {
    task: &'t Task,
    best: Division,
    near: u64,
    n_steps: usize,
    order: Vec<usize>,
}

impl Exact<'_> {
    /// Whether the best that was found is the best there is.
    fn run(&mut self) -> bool {
        let mut division = Division::fixed(self.task);
        let rest: u64 = self.open_minutes(0);
        self.place(0, &mut division, rest)
    }

    /// Minutes that are still to be handed out from a clause on.
    fn open_minutes(&self, from: usize) -> u64 {
        let jobs = self.order.iter().skip(from).filter_map(|at| self.task.jobs.get(*at));
        jobs.map(|job| job.site() * job.votes.saturating_sub(job.fixed.len()) as u64).sum()
    }

    /// Places the clauses from one on; whether all ways were gone through, or nothing better is left.
    fn place(&mut self, from: usize, division: &mut Division, rest: u64) -> bool {
        let n = self.task.members.len().max(1) as u64;
        let average = (division.site.iter().sum::<u64>() + rest).div_ceil(n);
        if self.best.most() <= self.near || division.most().max(average) >= self.best.most() {
            return true;
        }
        let Some((&at, job)) = self.order.get(from).and_then(|at| Some((at, self.task.jobs.get(*at)?)))
        else {
            self.best = division.clone();
            return true;
        };
        let open = job.votes.saturating_sub(job.fixed.len());
        let rest = rest - job.site() * open as u64;
        let mut is_whole = true;
        for chosen in choices(job, open, division) {
            self.n_steps += 1;
            if self.n_steps > MOST_STEPS {
                return false;
            }
            chosen.places().for_each(|member| division.give(at, job, member));
            is_whole &= self.place(from + 1, division, rest);
            chosen.places().for_each(|member| division.take(at, job, member));
        }
        is_whole
    }
}

/// The ways to choose who else votes on a clause, those with little to do first.
fn choices(job: &Job, open: usize, division: &Division) -> Vec<Members> {
    let mut free: Vec<usize> = job.able.without(job.fixed).places().collect();
    free.sort_by_key(|member| (division.load(*member), *member));
    let mut ways = vec![(Members::NONE, 0_usize)];
    for _ in 0..open {
        let longer = ways.iter().flat_map(|(chosen, next)| {
            let more = free.iter().enumerate().skip(*next);
            more.map(|(place, member)| (chosen.or(Members::one(*member)), place + 1)).collect::<Vec<_>>()
        });
        ways = longer.collect();
    }
    ways.into_iter().map(|(chosen, _)| chosen).filter(|chosen| job.admits(job.fixed.or(*chosen))).collect()
}
