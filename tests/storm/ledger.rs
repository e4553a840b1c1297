//! What must be so, worked out apart from the program: every write of a cell with the writes its author had before their eyes.
//!
//! A cell reads as the values of those writes that no other one visible there was made in knowledge of. The program comes
//! to the same answer from numbers, chains and heads of commits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hecha::{
    domain::{edit::Edit, visit::MemberState},
    share::{code::json::Json, wire::decode_edit},
};

use crate::support::tiny::CLAUSES;

/// The cells of a ballot that the storm writes to.
const KINDS: [&str; 3] = ["finding", "vote", "note"];

/// Number of a write.
pub(crate) type WriteId = usize;

/// One value written into one cell.
#[derive(Debug)]
struct Write {
    edit: Edit,
    /// The writes of the same cell that its author could read.
    knew: BTreeSet<WriteId>,
}

/// A commit, as the laptop that made it tells.
#[derive(Debug, Default)]
pub(crate) struct Commit {
    pub(crate) feed: String,
    /// The key it is sealed with.
    pub(crate) key: Option<[u8; 32]>,
    /// The keys it gives away.
    pub(crate) reveals: Vec<[u8; 32]>,
    pub(crate) previous: Option<String>,
    pub(crate) writes: Vec<WriteId>,
    /// If it submits: the commits that belong to the ballot.
    pub(crate) submits: Option<BTreeSet<String>>,
    /// The submissions it opens again.
    pub(crate) reopens: BTreeSet<String>,
}

/// Everything that was ever written or committed anywhere.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    writes: Vec<Write>,
    pub(crate) commits: HashMap<String, Commit>,
}

/// What a laptop can read of one member.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// By cell, the visible writes that count.
    pub(crate) cells: BTreeMap<String, BTreeSet<WriteId>>,
    pub(crate) submitted: bool,
    /// Visible writes that came after submission.
    pub(crate) n_late: usize,
}

/// The cell of a stored edit, and the edit; nothing for edits of other kinds.
pub(crate) fn read_cell(json: &str) -> Option<(String, Edit)> {
    let edit = decode_edit(&Json::parse(json).unwrap());
    cell_of(&edit).map(|cell| (cell, edit))
}

fn cell_of(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Finding { clause, .. } => Some(format!("{clause}/finding")),
        Edit::Vote { clause, .. } => Some(format!("{clause}/vote")),
        Edit::Note { clause, .. } => Some(format!("{clause}/note")),
        _ => None,
    }
}

impl Ledger {
    pub(crate) fn write(&mut self, edit: Edit, knew: BTreeSet<WriteId>) -> WriteId {
        self.writes.push(Write { edit, knew });
        self.writes.len() - 1
    }

    /// A copy of a write that is not in a commit yet: the disk was cloned or an older copy of it put back.
    pub(crate) fn twin(&mut self, write: WriteId, twins: &BTreeMap<WriteId, WriteId>) -> WriteId {
        let old = &self.writes[write];
        let knew = old.knew.iter().map(|it| *twins.get(it).unwrap_or(it)).collect();
        let edit = old.edit.clone();
        self.write(edit, knew)
    }

    /// What can be read of a member on a laptop that holds these commits and counts these feeds.
    pub(crate) fn view(
        &self,
        ids: &BTreeSet<String>,
        feeds: &BTreeSet<String>,
        own_key: Option<[u8; 32]>,
        unsealed: impl Iterator<Item = WriteId>,
    ) -> View {
        let held: Vec<(&String, &Commit)> = ids.iter().map(|id| (id, &self.commits[id])).collect();
        let mut keys: BTreeSet<[u8; 32]> =
            held.iter().flat_map(|(_, it)| it.reveals.iter().copied()).collect();
        keys.extend(own_key);
        let reopened: BTreeSet<&String> = held.iter().flat_map(|(_, it)| &it.reopens).collect();
        let own = || held.iter().filter(|(_, it)| feeds.contains(&it.feed));
        let open: Vec<(&String, &BTreeSet<String>)> = own()
            .filter(|(id, _)| !reopened.contains(id))
            .filter_map(|(id, it)| Some((*id, it.submits.as_ref()?)))
            .collect();
        // One that was made in knowledge of another adds nothing to it.
        let standing: Vec<&BTreeSet<String>> = open
            .iter()
            .filter(|(_, ballot)| !open.iter().any(|(other, _)| ballot.contains(*other)))
            .map(|(_, ballot)| *ballot)
            .collect();
        let mut view = View { submitted: !standing.is_empty(), ..View::default() };
        for (id, commit) in own().filter(|(_, it)| it.key.is_none_or(|key| keys.contains(&key))) {
            if view.submitted && !standing.iter().any(|ballot| ballot.contains(*id)) {
                view.n_late += commit.writes.len();
                continue;
            }
            commit.writes.iter().for_each(|write| self.show(*write, &mut view));
        }
        unsealed.for_each(|write| self.show(write, &mut view));
        view
    }

    fn show(&self, write: WriteId, view: &mut View) {
        let cell = cell_of(&self.writes[write].edit).unwrap();
        view.cells.entry(cell).or_default().insert(write);
    }

    /// The values a cell must read as: those of the writes that no other visible one knew.
    fn values(&self, view: &View, cell: &str) -> Vec<&Edit> {
        let Some(writes) = view.cells.get(cell) else { return Vec::new() };
        let newest =
            writes.iter().filter(|it| !writes.iter().any(|other| self.writes[*other].knew.contains(it)));
        let mut values: Vec<&Edit> = Vec::new();
        for write in newest {
            let edit = &self.writes[*write].edit;
            if !values.contains(&edit) {
                values.push(edit);
            }
        }
        values
    }

    /// Where a member's state does not read as it must.
    pub(crate) fn misread(&self, view: &View, state: &MemberState) -> Option<String> {
        if state.is_submitted() != view.submitted {
            return Some(format!("submitted: {}, must be {}", state.is_submitted(), view.submitted));
        }
        let ballot = &state.ballot;
        for clause in CLAUSES {
            let mut conflicts = false;
            for kind in KINDS {
                let values = self.values(view, &format!("{clause}/{kind}"));
                conflicts |= values.len() > 1;
                let one = if let [one] = values.as_slice() { Some(*one) } else { None };
                let (reads, must) = match kind {
                    "finding" => {
                        let must = one.and_then(|it| {
                            if let Edit::Finding { value, .. } = it { value.as_ref() } else { None }
                        });
                        (format!("{:?}", ballot.finding(clause, "B1")), format!("{must:?}"))
                    }
                    "vote" => {
                        let must = one.and_then(|it| {
                            if let Edit::Vote { value, .. } = it { value.as_ref() } else { None }
                        });
                        (format!("{:?}", ballot.stand(clause)), format!("{must:?}"))
                    }
                    _ => {
                        let must =
                            one.map_or("", |it| if let Edit::Note { text, .. } = it { text } else { "" });
                        (ballot.note(clause).to_owned(), must.to_owned())
                    }
                };
                if reads != must {
                    return Some(format!("{clause}/{kind} reads {reads}, must be {must} of {values:?}"));
                }
            }
            if conflicts != ballot.conflicts(clause) {
                return Some(format!(
                    "{clause} conflicts: {}, must be {conflicts}",
                    ballot.conflicts(clause)
                ));
            }
        }
        None
    }

    /// Whether commits that these follow are not among them.
    pub(crate) fn lacks(&self, ids: &BTreeSet<String>, feeds: &BTreeSet<String>) -> bool {
        let own = ids.iter().map(|id| &self.commits[id]).filter(|commit| feeds.contains(&commit.feed));
        own.filter_map(|commit| commit.previous.as_ref()).any(|previous| !ids.contains(previous))
    }

    /// These commits and all that they follow in their feeds.
    pub(crate) fn with_past(&self, ids: impl Iterator<Item = String>) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut open: Vec<String> = ids.collect();
        while let Some(id) = open.pop() {
            let Some(commit) = self.commits.get(&id) else { continue };
            open.extend(commit.previous.clone().filter(|it| !all.contains(it)));
            all.insert(id);
        }
        all
    }
}
