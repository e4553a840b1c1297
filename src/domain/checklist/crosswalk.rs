//! Which clause, and which point, of one edition is which of another (换版对照), and what a crosswalk leaves out.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    checklist::Checklist,
    terms::{field::words, lang::Lang, source::Source},
};

/// How one edition became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    /// The earlier edition: `township@2026.1`, or the hash of a content.
    pub from: String,
    /// The later one.
    pub to: String,
    /// Whether a person confirmed it.
    pub status: CrosswalkStatus,
    /// Who says so.
    pub source: Source,
    /// Its rows.
    pub rows: Vec<CrosswalkRow>,
}

words! {
    /// Whether a crosswalk may be relied on.
    CrosswalkStatus {
        /// Proposed.
        Draft = "draft", "草案", "draft";
        /// A person looked at every row.
        Confirmed = "confirmed", "已确认", "confirmed";
    }
}

words! {
    /// How the earlier and the later of a row stand to each other.
    Relation {
        /// The same id asks the same.
        Same = "same", "相同", "same";
        /// Another id asks the same.
        Renamed = "renamed", "改号", "renamed";
        /// The later is stricter: fewer would meet it.
        Narrower = "narrower", "从严", "narrower";
        /// The later is looser: more would meet it.
        Wider = "wider", "从宽", "wider";
        /// One became several.
        Split = "split", "拆分", "split";
        /// Several became one.
        Merged = "merged", "合并", "merged";
        /// They have something in common and cannot be compared.
        Overlap = "overlap", "部分重叠", "overlap";
        /// Asked no more.
        Dropped = "dropped", "删除", "dropped";
        /// Not asked before.
        New = "new", "新增", "new";
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrosswalkRow {
    /// How they stand to each other.
    pub relation: Relation,
    /// Earlier ids: clauses (`EM-05`), or points (`EM-05.C1`), never both.
    pub from: Vec<String>,
    /// Later ids, of the same kind.
    pub to: Vec<String>,
    /// Why; may be empty.
    pub note: String,
}

/// What is wrong with a crosswalk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CrosswalkFault {
    /// The relation wants another number of ids: `same` one and one, `split` one and several, `dropped` one and none …
    WrongCount,
    /// `same` with two ids, or another relation of one id to itself that only `same` can be.
    NotWhatItSays,
    /// Clauses and points in one row.
    Mixed,
    /// This earlier id stands in two rows.
    FromTwice(String),
    /// This later id stands in two rows.
    ToTwice(String),
    /// The earlier edition has no such id.
    UnknownFrom(String),
    /// The later edition has no such id.
    UnknownTo(String),
}

impl CrosswalkRow {
    /// Whether it is about points.
    fn is_of_points(&self) -> bool {
        self.from.iter().chain(&self.to).any(|id| is_point(id))
    }

    fn fits_its_relation(&self) -> bool {
        let (from, to) = (self.from.len(), self.to.len());
        match self.relation {
            Relation::Same | Relation::Renamed | Relation::Narrower | Relation::Wider => (from, to) == (1, 1),
            Relation::Split => from == 1 && to > 1,
            Relation::Merged => from > 1 && to == 1,
            Relation::Overlap => from >= 1 && to >= 1,
            Relation::Dropped => from >= 1 && to == 0,
            Relation::New => from == 0 && to >= 1,
        }
    }
}

/// Ids of clauses hold no point; those of points are `CLAUSE.POINT`.
fn is_point(id: &str) -> bool {
    id.contains('.')
}

impl Crosswalk {
    /// What is wrong with its rows, by row: with the editions at hand also ids they do not have.
    #[must_use]
    pub fn faults(&self, from: Option<&Checklist>, to: Option<&Checklist>) -> Vec<(usize, CrosswalkFault)> {
        let mut faults = Vec::new();
        let (mut seen_from, mut seen_to) = (BTreeSet::new(), BTreeSet::new());
        let (known_from, known_to) = (from.map(ids), to.map(ids));
        let has =
            |known: &Option<BTreeSet<String>>, id: &String| known.as_ref().is_none_or(|it| it.contains(id));
        for (index, row) in self.rows.iter().enumerate() {
            let mut fault = |fault| faults.push((index, fault));
            if !row.fits_its_relation() {
                fault(CrosswalkFault::WrongCount);
            } else if (row.relation == Relation::Same) != (row.from == row.to)
                && matches!(row.relation, Relation::Same | Relation::Renamed)
            {
                fault(CrosswalkFault::NotWhatItSays);
            }
            if row.is_of_points() && !row.from.iter().chain(&row.to).all(|id| is_point(id)) {
                fault(CrosswalkFault::Mixed);
            }
            for id in &row.from {
                if !seen_from.insert(id.clone()) {
                    fault(CrosswalkFault::FromTwice(id.clone()));
                }
                if !has(&known_from, id) {
                    fault(CrosswalkFault::UnknownFrom(id.clone()));
                }
            }
            for id in &row.to {
                if !seen_to.insert(id.clone()) {
                    fault(CrosswalkFault::ToTwice(id.clone()));
                }
                if !has(&known_to, id) {
                    fault(CrosswalkFault::UnknownTo(id.clone()));
                }
            }
        }
        faults
    }

    /// Ids of the earlier edition that no row accounts for: every clause needs one, and every point that the later edition
    /// does not have under the same id, unless its clause was dropped.
    #[must_use]
    pub fn uncovered_from(&self, from: &Checklist, to: &Checklist) -> Vec<String> {
        let gone = self.whole(Relation::Dropped, |row| &row.from);
        uncovered(from, to, &self.named(|row| &row.from), &gone)
    }

    /// The same of the later edition: clauses and points that no row says where they come from.
    #[must_use]
    pub fn uncovered_to(&self, from: &Checklist, to: &Checklist) -> Vec<String> {
        let new = self.whole(Relation::New, |row| &row.to);
        uncovered(to, from, &self.named(|row| &row.to), &new)
    }

    fn named(&self, side: fn(&CrosswalkRow) -> &Vec<String>) -> BTreeSet<&str> {
        self.rows.iter().flat_map(side).map(String::as_str).collect()
    }

    /// Clauses that came or went as a whole.
    fn whole(&self, relation: Relation, side: fn(&CrosswalkRow) -> &Vec<String>) -> BTreeSet<&str> {
        let rows = self.rows.iter().filter(|row| row.relation == relation);
        rows.flat_map(side).map(String::as_str).filter(|id| !is_point(id)).collect()
    }

    /// How many rows there are of each relation, of clauses and of points.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Relation, (usize, usize)> {
        let mut counts: BTreeMap<Relation, (usize, usize)> = BTreeMap::new();
        for row in &self.rows {
            let (clauses, points) = counts.entry(row.relation).or_default();
            *(if row.is_of_points() { points } else { clauses }) += 1;
        }
        counts
    }
}

fn uncovered(
    of: &Checklist,
    other: &Checklist,
    named: &BTreeSet<&str>,
    whole: &BTreeSet<&str>,
) -> Vec<String> {
    let elsewhere = ids(other);
    let mut missing = Vec::new();
    for clause in of.clauses() {
        let id = clause.id.as_str();
        if !named.contains(id) {
            missing.push(id.to_owned());
        }
        if whole.contains(id) {
            continue;
        }
        let points = clause.points.iter().map(|point| format!("{id}.{}", point.id));
        missing.extend(points.filter(|it| !elsewhere.contains(it) && !named.contains(it.as_str())));
    }
    missing
}

/// All ids of a checklist: clauses and points.
fn ids(checklist: &Checklist) -> BTreeSet<String> {
    let points = checklist
        .clauses()
        .flat_map(|clause| clause.points.iter().map(move |point| format!("{}.{}", clause.id, point.id)));
    checklist.clauses().map(|clause| clause.id.to_string()).chain(points).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crosswalk(rows: &[(Relation, &[&str], &[&str])]) -> Crosswalk {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let row = |(relation, from, to): &(Relation, &[&str], &[&str])| CrosswalkRow {
            relation: *relation,
            from: owned(from),
            to: owned(to),
            note: String::new(),
        };
        Crosswalk {
            from: "a@1".to_owned(),
            to: "a@2".to_owned(),
            status: CrosswalkStatus::Draft,
            source: Source::own_default(),
            rows: rows.iter().map(row).collect(),
        }
    }

    #[test]
    fn each_relation_wants_its_number_of_ids() {
        let right: [(Relation, &[&str], &[&str]); 9] = [
            (Relation::Same, &["E-1"], &["E-1"]),
            (Relation::Renamed, &["E-2"], &["E-12"]),
            (Relation::Narrower, &["E-3"], &["E-3"]),
            (Relation::Wider, &["E-4"], &["E-4"]),
            (Relation::Split, &["E-5"], &["E-5", "E-15"]),
            (Relation::Merged, &["E-6", "E-7"], &["E-6"]),
            (Relation::Overlap, &["E-8"], &["E-8"]),
            (Relation::Dropped, &["E-9"], &[]),
            (Relation::New, &[], &["E-20"]),
        ];
        assert_eq!(crosswalk(&right).faults(None, None), []);
        for (relation, from, to) in right {
            let swapped = crosswalk(&[(relation, to, from)]).faults(None, None);
            let is_even = from.len() == to.len();
            assert_eq!(swapped.is_empty(), is_even, "{relation:?}: {swapped:?}");
        }
    }

    #[test]
    fn double_use_mixed_kinds_and_false_words_are_found() {
        let faults = crosswalk(&[
            (Relation::Same, &["E-1"], &["E-1"]),
            (Relation::Split, &["E-1"], &["E-2", "E-1"]),
            (Relation::Renamed, &["E-3"], &["E-3"]),
            (Relation::Same, &["E-4"], &["E-5"]),
            (Relation::Narrower, &["E-6.C1"], &["E-6"]),
        ]);
        let expected = [
            (1, CrosswalkFault::FromTwice("E-1".to_owned())),
            (1, CrosswalkFault::ToTwice("E-1".to_owned())),
            (2, CrosswalkFault::NotWhatItSays),
            (3, CrosswalkFault::NotWhatItSays),
            (4, CrosswalkFault::Mixed),
        ];
        assert_eq!(faults.faults(None, None), expected);
    }
}
