//! One value that one person keeps writing, possibly on two laptops. Two values that do not know each other conflict.

use crate::domain::edit::Stamp;

/// The newest values of a cell: none, one, or several that no edit has settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<V> {
    heads: Vec<(Stamp, V)>,
}

/// What a cell reads as.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading<'a, V> {
    /// Never written.
    Empty,
    /// One value (or several equal ones).
    Value(&'a V),
    /// Values that neither supersede each other nor agree.
    Conflict(Vec<&'a V>),
}

impl<V> Default for Cell<V> {
    fn default() -> Self {
        Self { heads: Vec::new() }
    }
}

impl<V: PartialEq> Cell<V> {
    /// Writes a value. The order of writes does not matter.
    pub fn write(&mut self, stamp: Stamp, value: V) {
        if self.heads.iter().any(|(head, _)| head == &stamp || head.supersedes(&stamp)) {
            return;
        }
        self.heads.retain(|(head, _)| !stamp.supersedes(head));
        self.heads.push((stamp, value));
    }

    /// What the cell says now.
    #[must_use]
    pub fn read(&self) -> Reading<'_, V> {
        match self.heads.as_slice() {
            [] => Reading::Empty,
            [(_, first), rest @ ..] if rest.iter().all(|(_, value)| value == first) => Reading::Value(first),
            heads => Reading::Conflict(heads.iter().map(|(_, value)| value).collect()),
        }
    }

    /// The value, if there is exactly one.
    #[must_use]
    pub fn value(&self) -> Option<&V> {
        match self.read() {
            Reading::Value(value) => Some(value),
            Reading::Empty | Reading::Conflict(_) => None,
        }
    }

    /// Whether values conflict.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self.read(), Reading::Conflict(_))
    }
}
