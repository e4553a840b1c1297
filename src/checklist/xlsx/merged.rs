//! Merged cells: a spreadsheet keeps only the first of them, but what stands there is meant for every row they cover.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Dimensions;

/// What is merged over several columns, rows and columns from 0. Which of the columns it belongs to cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Across {
    /// Its first row.
    pub row: u32,
    /// Its first and last column.
    pub columns: (u32, u32),
}

/// Puts what is merged over several rows into each of them that holds anything else; gives what lies across columns. `afford`
/// pays for one more cell.
///
/// # Errors
/// The first merged cell that is more than can be paid for.
pub(super) fn fill_down<T: Clone>(
    cells: &mut BTreeMap<(u32, u32), T>,
    merged: &[Dimensions],
    mut afford: impl FnMut(&T) -> bool,
) -> Result<Vec<Across>, (u32, u32)> {
    let rows: BTreeSet<u32> = cells.keys().map(|(row, _)| *row).collect();
    let mut across = Vec::new();
    for region in merged {
        let ((first, column), (last, last_column)) = (region.start, region.end);
        let Some(held) = cells.get(&(first, column)).cloned() else { continue };
        if last_column > column {
            across.push(Across { row: first, columns: (column, last_column) });
        }
        if last <= first {
            continue;
        }
        for row in rows.range(first + 1..=last) {
            if !afford(&held) {
                return Err((first, column));
            }
            cells.entry((*row, column)).or_insert_with(|| held.clone());
        }
    }
    Ok(across)
}
