//! One column of a section: its key, the TOML key it stands for, and what its cells hold.

use crate::domain::{
    checklist::{
        Aspect, ClauseKind, MeasureKind, Phase, SampleKind,
        doubt::Doubt,
        profile::{GatePeriod, MergeMethod, StandardStatus},
    },
    facility::FacilityType,
    terms::{
        field::{Field, Method},
        lang::Lang,
    },
};

/// A word of a closed set, in files and for readers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// The word in TOML.
    pub(super) key: &'static str,
    /// Chinese.
    pub(super) zh: &'static str,
    /// English.
    pub(super) en: &'static str,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum CellKind {
    /// An id.
    Id,
    /// Ids, a line or a comma apart.
    Ids,
    /// One line of text.
    Line,
    /// A longer text.
    Note,
    /// Source marks, one a line.
    Sources,
    /// Yes or no.
    Flag,
    /// A whole number.
    Count,
    /// A decimal.
    Amount,
    /// A word of a closed set.
    Word(fn() -> Vec<Term>),
    /// Words of a closed set.
    Words(fn() -> Vec<Term>),
}

/// A column, or a row of the settings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The key in its header, unique in the section.
    pub(super) key: &'static str,
    /// Where the value stands in the TOML table; empty when the value decides which file the row belongs to.
    pub(super) path: &'static [&'static str],
    /// The Chinese half of the header, unique in the section.
    pub(super) zh: &'static str,
    /// What its cells hold.
    pub(super) kind: CellKind,
    /// Width in characters.
    pub(super) width: u8,
    /// Whether it belongs to the rows of a clause or standard, not to the clause or standard itself.
    pub(super) child: bool,
}

/// A column of the table itself.
pub(super) const fn own(
    key: &'static str,
    path: &'static [&'static str],
    zh: &'static str,
    kind: CellKind,
    width: u8,
) -> Column {
    Column { key, path, zh, kind, width, child: false }
}

/// A column of the rows under the table: points, conditions.
pub(super) const fn sub(
    key: &'static str,
    path: &'static [&'static str],
    zh: &'static str,
    kind: CellKind,
    width: u8,
) -> Column {
    Column { key, path, zh, kind, width, child: true }
}

impl Column {
    /// Whether the column holds the English half of a pair.
    pub(super) fn is_english(&self) -> bool {
        self.key.ends_with("_en")
    }

    /// Whether cells are numbers.
    pub(super) const fn is_number(&self) -> bool {
        matches!(self.kind, CellKind::Count | CellKind::Amount)
    }
}

/// The word a text stands for, by key or by name in either language.
pub(super) fn find_term(terms: &[Term], text: &str) -> Option<Term> {
    let text = text.trim();
    terms.iter().copied().find(|term| {
        term.key.eq_ignore_ascii_case(text) || term.zh == text || term.en.eq_ignore_ascii_case(text)
    })
}

fn terms<W: Copy>(all: &[W], key: fn(W) -> &'static str, name: fn(W, Lang) -> &'static str) -> Vec<Term> {
    all.iter().map(|it| Term { key: key(*it), zh: name(*it, Lang::Zh), en: name(*it, Lang::En) }).collect()
}

fn pairs(pairs: &[(&'static str, &'static str)]) -> Vec<Term> {
    pairs.iter().map(|(key, zh)| Term { key, zh, en: key }).collect()
}

/// Facility types.
pub(super) fn facilities() -> Vec<Term> {
    terms(FacilityType::ALL, FacilityType::key, FacilityType::name)
}

/// Expert fields.
pub(super) fn fields() -> Vec<Term> {
    terms(Field::ALL, Field::key, Field::name)
}

/// Ways of checking.
pub(super) fn methods() -> Vec<Term> {
    terms(Method::ALL, Method::key, Method::name)
}

/// What an inventory asks.
pub(super) fn aspects() -> Vec<Term> {
    terms(&Aspect::ALL, Aspect::key, Aspect::name)
}

/// Kinds of clauses.
pub(super) fn kinds() -> Vec<Term> {
    terms(ClauseKind::ALL, ClauseKind::key, ClauseKind::name)
}

/// What a sample is made of.
pub(super) fn samples() -> Vec<Term> {
    terms(SampleKind::ALL, SampleKind::key, SampleKind::name)
}

/// When a point is looked at.
pub(super) fn phases() -> Vec<Term> {
    terms(Phase::ALL, Phase::key, Phase::name)
}

/// Doubts that the author of a point has looked at.
pub(super) fn doubts() -> Vec<Term> {
    terms(Doubt::ALL, Doubt::key, Doubt::name)
}

/// Merge rules.
pub(super) fn merge_rules() -> Vec<Term> {
    terms(MergeMethod::ALL, MergeMethod::key, MergeMethod::name)
}

/// How the period of a gate runs.
pub(super) fn periods() -> Vec<Term> {
    terms(GatePeriod::ALL, GatePeriod::key, GatePeriod::name)
}

/// Whether a standard may be relied on.
pub(super) fn statuses() -> Vec<Term> {
    terms(StandardStatus::ALL, StandardStatus::key, StandardStatus::name)
}

/// Levels of points.
pub(super) fn levels() -> Vec<Term> {
    pairs(&[("C", "C"), ("B", "B"), ("A", "A")])
}

/// Kinds of measures.
pub(super) fn measures() -> Vec<Term> {
    terms(MeasureKind::ALL, MeasureKind::key, MeasureKind::name)
}

/// Kinds of conditions.
pub(super) fn conditions() -> Vec<Term> {
    pairs(&[("share", "档次占比"), ("core", "核心条款"), ("gates", "否决情形"), ("points", "得分率")])
}

/// Least grades of conditions.
pub(super) fn grades() -> Vec<Term> {
    pairs(&[("A", "A"), ("B", "B"), ("C", "C")])
}

/// Greatest grades of a side of a contradiction.
pub(super) fn low_grades() -> Vec<Term> {
    pairs(&[("B", "B"), ("C", "C"), ("D", "D")])
}

/// Who settles a tie.
pub(super) fn ties() -> Vec<Term> {
    pairs(&[("lead", "组长")])
}
