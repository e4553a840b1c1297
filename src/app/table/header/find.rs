//! Finds the headers of a table: near the top, in one row or in two, on a sheet that people see.

use std::collections::BTreeMap;

use crate::{
    app::table::{Cells, HEADER_ROWS, HeaderRow, Table, header::one_too_many},
    checklist::xlsx::shown,
    domain::terms::lang::Text,
};

impl<C: Copy + Ord> HeaderRow<C> {
    /// The first row of headers near the top of one of the tables, and that table.
    ///
    /// # Errors
    /// What comes nearest to it: a hidden sheet, or a row of which some headers are known.
    pub(crate) fn find(
        tables: &[Table],
        parse: impl Fn(&str) -> Option<C>,
        is_header: impl Fn(&BTreeMap<C, u32>) -> bool,
    ) -> Result<(&Table, Self), Vec<Text>> {
        let found = tables.iter().filter_map(|table| Some((table, header_of(table, &parse, &is_header)?)));
        let (hidden, seen): (Vec<_>, Vec<_>) = found.partition(|(table, _)| table.is_hidden);
        let (filled, empty): (Vec<_>, Vec<_>) =
            seen.into_iter().partition(|(table, header)| header.rows(table).next().is_some());
        let mut seen = filled.into_iter().chain(empty.into_iter().take(1));
        let Some((table, header)) = seen.next() else {
            let hidden = hidden.iter().map(|(table, header)| table.only_hidden(header.row));
            let nearest = tables.iter().filter(|table| !table.is_hidden).filter_map(|it| nearest(it, &parse));
            return Err(hidden.chain(nearest.max_by_key(|(n, _)| *n).map(|(_, text)| text)).collect());
        };
        let others = seen.filter(|(other, header)| header.rows(other).next().is_some());
        let elsewhere = others.map(|(other, header)| one_too_many(other, header.row)).collect();
        let hidden: Vec<&Table> = hidden.iter().map(|(table, _)| *table).collect();
        let unknown = header.unknown.iter().filter(|(column, _)| is_filled(table, header.row, *column));
        let unknown = unknown.cloned().collect();
        Ok((table, Self { unknown, elsewhere, how: table.how_read(&hidden), ..header }))
    }
}

/// Whether anything stands in a column below a row.
fn is_filled(table: &Table, row: u64, column: u32) -> bool {
    table.rows.range(row + 1..).any(|(_, cells)| cells.contains_key(&column))
}

/// The headers of a table. They stand in two rows where both together name more columns than either: a group above, its columns
/// below.
fn header_of<C: Copy + Ord>(
    table: &Table,
    parse: impl Fn(&str) -> Option<C>,
    is_header: impl Fn(&BTreeMap<C, u32>) -> bool,
) -> Option<HeaderRow<C>> {
    let near: Vec<(u64, &Cells)> = table.filled().take_while(|(row, _)| *row <= HEADER_ROWS).collect();
    let mut next = near.iter().skip(1);
    near.iter().find_map(|(row, cells)| {
        let alone = HeaderRow::of(*row, (*cells).clone(), &parse);
        let both = next.next().and_then(|(below, lower)| {
            let lone = HeaderRow::of(*below, (*lower).clone(), &parse);
            let mut cells = (*cells).clone();
            cells.extend((*lower).clone());
            let both = HeaderRow::of(*below, cells, &parse);
            (both.columns.len() > alone.columns.len().max(lone.columns.len())).then_some(both)
        });
        both.into_iter().chain([alone]).find(|header| is_header(&header.columns))
    })
}

/// The row of which most headers are known, how many, and what is known of it.
fn nearest<C: Copy + Ord>(table: &Table, parse: impl Fn(&str) -> Option<C>) -> Option<(usize, Text)> {
    let near = table.filled().take_while(|(row, _)| *row <= HEADER_ROWS);
    let headers = near.map(|(row, cells)| HeaderRow::of(row, cells.clone(), &parse));
    let header = headers.filter(|it| !it.columns.is_empty()).max_by_key(|it| it.columns.len())?;
    let names = |columns: &mut dyn Iterator<Item = u32>| {
        let cells = columns.filter_map(|column| header.cells.get(&column));
        cells.map(|cell| shown(&cell.text)).collect::<Vec<_>>()
    };
    let known = names(&mut header.columns.values().copied());
    let unknown = names(&mut header.unknown.iter().map(|(column, _)| *column));
    let what = Text::new(
        format!("这一行最像标题行：认识“{}”，不认识“{}”", known.join("、"), unknown.join("、")),
        format!("most like headers: “{}” are known, “{}” are not", known.join(", "), unknown.join(", ")),
    );
    Some((known.len(), table.place(header.row, None).tell(&what)))
}
