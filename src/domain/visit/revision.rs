//! What comes after the end. A facility objects to clauses; the panel votes on them in the clear once more, the lead records what
//! that comes to, a majority signs, and a further final record replaces the one before and names it. Nothing else changes, and
//! every record stays and can be folded again (`docs/decisions/0033-after-the-end.md`).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::{
        cell::{Cell, Kept},
        fits,
    },
    edit::{Choice, Edit, Stamp, Stand, commit::LoggedCommit, objection::Objection, verdict::LeadVerdict},
    merge::basis::Basis,
    terms::{
        date::Date,
        digest::Digest,
        id::{ClauseId, CommitId, MemberName},
    },
    visit::{
        Visit,
        archive::Archive,
        bench::Bench,
        end::{End, Stage, UpTo},
        past::Past,
        seats::Seats,
        told::Told,
    },
};

/// What was decided, by clause.
type Verdicts = BTreeMap<ClauseId, Cell<Option<LeadVerdict>>>;

/// What happened to the final record of a visit. All is empty before the end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Revision {
    /// The records that were replaced, oldest first.
    pub replaced: Vec<Digest>,
    /// Clauses that the facility has objected to since the record in force.
    pub reopened: BTreeSet<ClauseId>,
    /// Clauses whose verdict a revision changed or confirmed.
    pub revised: BTreeSet<ClauseId>,
    /// Whether this is the draft of a further revision.
    pub is_draft: bool,
    /// The record that replaced this one, where it is asked for by its number.
    pub superseded_by: Option<Digest>,
    /// Where the objections stand by which they were reopened: what was said without knowing one of them is not about it.
    standing: BTreeMap<ClauseId, Vec<Stamp>>,
    /// What the facility objected to, as the panel signed it with the record in force.
    objections: BTreeMap<Option<ClauseId>, Objection>,
    /// Clauses on which somebody has voted since they were reopened: what was said in the clear before counts no more.
    voted: BTreeSet<ClauseId>,
    /// What was decided since.
    verdicts: Verdicts,
    /// What was decided before that, for the records that were replaced.
    earlier: Vec<Verdicts>,
}

impl Revision {
    /// What became of a verdict that was written since the end.
    pub(crate) fn kept(&self, stamp: &Stamp, clause: &ClauseId) -> Option<Kept> {
        let all = self.earlier.iter().chain([&self.verdicts]);
        all.filter_map(|it| it.get(clause)).map(|cell| cell.kept(stamp)).reduce(Kept::or)
    }
}

impl Visit {
    /// What came after the end, as far as it is asked for.
    pub(super) fn go_beyond(&mut self, end: &End<'_>, up_to: UpTo, archive: &Archive<'_>, told: &mut Told) {
        for stage in end.revisions() {
            self.revise(end.seats(), archive, &stage, told);
        }
        self.revision.superseded_by = end.superseded_by();
        let Some(next) = end.next().filter(|_| self.revision.superseded_by.is_none()) else { return };
        self.find_reopened(end.seats(), archive, &next.before);
        if up_to == UpTo::Draft && !self.revision.reopened.is_empty() {
            self.revise(end.seats(), archive, &next, told);
        }
    }

    /// Takes in a revision, or what would be one.
    fn revise(&mut self, seats: &Seats, all: &Archive<'_>, stage: &Stage, told: &mut Told) {
        self.freeze();
        let within = stage.until.as_ref().map(|past| all.within(past));
        let archive = within.as_ref().unwrap_or(all);
        let bench = Bench::of(seats, archive);
        let since = bench.heard(archive, &stage.before);
        self.reopen(&bench, archive, &since);
        self.revision.is_draft = stage.until.is_none();
        if !self.revision.is_draft {
            self.revision.objections.extend(bench.objections(archive, &since));
        }
        let (replaced, last) = &stage.replaces;
        let mut record: BTreeSet<CommitId> = self.record.drain(..).collect();
        record.insert(last.clone());
        for commit in since {
            let Some(name) = bench.owner(commit) else { continue };
            let mut counts = false;
            archive.each_edit(commit, &mut |stamp, edit| {
                if self.take_since_the_end(name, bench.leads(&commit.feed), stamp, edit) {
                    told.heard(stamp);
                    counts = true;
                }
            });
            record.extend(counts.then(|| commit.id.clone()));
        }
        self.record = record.into_iter().collect();
        if !self.revision.is_draft {
            self.revision.replaced.push(*replaced);
            let settled = self
                .revision
                .reopened
                .iter()
                .filter(|clause| self.revised_verdict(clause.as_str()).is_some());
            let settled: Vec<ClauseId> = settled.cloned().collect();
            self.revision.revised.extend(settled);
        }
    }

    /// Finds what the facility objects to since the record in force.
    fn find_reopened(&mut self, seats: &Seats, archive: &Archive<'_>, in_force: &Past) {
        let bench = Bench::of(seats, archive);
        self.reopen(&bench, archive, &bench.heard(archive, in_force));
    }

    fn reopen<'c>(&mut self, bench: &Bench<'_>, archive: &Archive<'c>, since: &[&'c LoggedCommit]) {
        let is_known = |clause: &ClauseId| self.founding.checklist.clause(clause.as_str()).is_some();
        self.revision.reopened = bench.objected(archive, since).into_iter().filter(is_known).collect();
        self.revision.standing = bench.standing(archive, since);
    }

    /// Takes in an edit made since the end, if a revision may rest on it; tells whether it may.
    pub(super) fn take_since_the_end(
        &mut self,
        name: &MemberName,
        leads: bool,
        stamp: &Stamp,
        edit: &Edit,
    ) -> bool {
        let knows = |objections: &Vec<Stamp>| objections.iter().any(|it| stamp.supersedes(it));
        let votes_on = |clause: &ClauseId| {
            self.revision.reopened.contains(clause)
                && self.revision.standing.get(clause).is_some_and(knows)
                && !self.latecomers.contains(name)
                && !self.is_absent(name.as_str())
                && self.recusal(name.as_str(), clause.as_str()).is_none()
        };
        match edit {
            Edit::Objection { clause, .. } => {
                leads && clause.as_ref().is_none_or(|clause| self.revision.reopened.contains(clause))
            }
            Edit::ClearVote { clause, value } if votes_on(clause) => {
                self.vote_anew(name, clause, stamp, value.as_ref());
                true
            }
            Edit::Verdict { clause, value } if leads && votes_on(clause) => {
                let cell = self.revision.verdicts.entry(clause.clone()).or_default();
                cell.write(stamp.clone(), value.clone());
                true
            }
            _ => false,
        }
    }

    fn vote_anew(&mut self, name: &MemberName, clause: &ClauseId, stamp: &Stamp, value: Option<&Stand>) {
        if self.revision.voted.insert(clause.clone()) {
            self.members.iter_mut().for_each(|state| drop(state.clear_votes.remove(clause)));
        }
        if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
            state.clear_votes.entry(clause.clone()).or_default().write(stamp.clone(), value.cloned());
        }
    }

    /// What was decided on a clause since the end, if it stands: as many as the quorum voted on it in the clear since then, and no
    /// more than half of them say something higher, or something lower.
    #[must_use]
    pub fn revised_verdict(&self, clause: &str) -> Option<&LeadVerdict> {
        let asked = self.founding.checklist.clause(clause)?;
        let verdict = self.revision.verdicts.get(clause)?.value()?.as_ref();
        let verdict = verdict.filter(|verdict| fits(verdict.decision.into(), asked))?;
        let votes: Vec<Choice> = match self.revision.voted.contains(clause) {
            true => self.clear_votes(clause).map(|(_, stand)| stand.choice).collect(),
            false => Vec::new(),
        };
        let quorum = self.founding.checklist.profile.merge.quorum;
        (Basis::of_lead(verdict.decision, (&[], quorum), (&votes, quorum)) == Basis::Lead).then_some(verdict)
    }

    /// What the facility objects to: the report as a whole (`None`) first, then by clause. What a revision answered stays as it was
    /// signed, until the facility objects to it anew.
    pub fn objections(&self) -> impl Iterator<Item = (Option<&ClauseId>, &Objection)> {
        let mut found: BTreeMap<Option<&ClauseId>, &Objection> = self.rulings.objections().collect();
        for (clause, objection) in &self.revision.objections {
            if !clause.as_ref().is_some_and(|clause| self.revision.reopened.contains(clause)) {
                found.insert(clause.as_ref(), objection);
            }
        }
        found.into_iter()
    }

    /// The last day on which the facility may object, if the checklist says within how many days, and the record in force when it
    /// was made.
    #[must_use]
    pub fn objections_until(&self) -> Option<Date> {
        let term = self.founding.checklist.profile.objection.as_ref()?;
        self.finalised.as_ref()?.on?.days_after(term.days)
    }

    /// Whether an objection was raised after its term: the panel decides whether to hear it.
    #[must_use]
    pub fn is_late(&self, objection: &Objection) -> bool {
        self.objections_until().zip(objection.on).is_some_and(|(until, on)| on > until)
    }

    /// Whether nothing is left to do before the end: the visit is final, and no revision is under way here.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.finalised.is_some() && !self.revision.is_draft
    }

    /// Whether the panel may vote on a clause in the clear now, and the lead decide it: scoring is closed, and the visit is not
    /// final or the facility objected to the clause since.
    #[must_use]
    pub fn is_under_discussion(&self, clause: &ClauseId) -> bool {
        self.closed && (self.finalised.is_none() || self.revision.reopened.contains(clause))
    }

    /// Reopened clauses that no verdict of a revision settles yet.
    pub fn unsettled(&self) -> impl Iterator<Item = &ClauseId> {
        self.revision.reopened.iter().filter(|clause| self.revised_verdict(clause.as_str()).is_none())
    }

    /// Whether a member has voted on a reopened clause since it was reopened, or need not.
    #[must_use]
    pub fn has_voted_anew(&self, name: &MemberName, clause: &ClauseId) -> bool {
        self.recusal(name.as_str(), clause.as_str()).is_some()
            || self.revision.voted.contains(clause)
                && self.clear_votes(clause.as_str()).any(|(member, _)| member == name)
    }

    /// How many have voted on a reopened clause since it was reopened.
    #[must_use]
    pub fn n_voted_anew(&self, clause: &ClauseId) -> usize {
        match self.revision.voted.contains(clause) {
            true => self.clear_votes(clause.as_str()).count(),
            false => 0,
        }
    }

    /// What one revision settled is what the next one starts from.
    fn freeze(&mut self) {
        let decided = self.revision.verdicts.keys();
        let settled: Vec<(ClauseId, LeadVerdict)> = decided
            .filter_map(|clause| Some((clause.clone(), self.revised_verdict(clause.as_str())?.clone())))
            .collect();
        for (clause, verdict) in settled {
            self.rulings.settle(clause, verdict);
        }
        let decided: Verdicts = self.revision.verdicts.clone();
        self.revision.verdicts.clear();
        self.revision.earlier.push(decided);
        self.revision.voted.clear();
    }
}
