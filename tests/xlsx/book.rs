//! A workbook taken apart so that a test can change a cell, and put together again by another writer's rules.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook};

/// What a test writes into a cell.
#[derive(Debug, Clone)]
pub(crate) enum Put {
    Text(String),
    Number(f64),
    Date,
    Flag(bool),
    NotAvailable,
}

/// Cells by row and column from 0.
pub(crate) type Cells = BTreeMap<(u32, u16), Put>;

/// Sheets by name, cells by row and column from 0.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<(String, Cells)>,
}

impl Book {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheets = workbook.sheet_names().into_iter().map(|name| {
            let range = workbook.worksheet_range(&name).unwrap();
            let (top, left) = range.start().unwrap_or_default();
            let cells = range.used_cells().filter_map(|(row, column, data)| {
                let put = match data {
                    Data::String(text) => Put::Text(text.clone()),
                    Data::Float(number) => Put::Number(*number),
                    Data::Bool(flag) => Put::Flag(*flag),
                    _ => return None,
                };
                Some(((top + row as u32, (left + column as u32) as u16), put))
            });
            let cells = cells.collect();
            (name, cells)
        });
        Self { sheets: sheets.collect() }
    }

    /// The cell of a sheet by its name in Excel, e.g. `F4`.
    pub(crate) fn put(mut self, sheet: &str, cell: &str, put: Put) -> Self {
        self.cells(sheet).insert(address(cell), put);
        self
    }

    pub(crate) fn text(self, sheet: &str, cell: &str, text: &str) -> Self {
        self.put(sheet, cell, Put::Text(text.to_owned()))
    }

    pub(crate) fn blank(mut self, sheet: &str, cell: &str) -> Self {
        assert!(self.cells(sheet).remove(&address(cell)).is_some(), "{sheet} {cell} is blank already");
        self
    }

    pub(crate) fn cells(&mut self, sheet: &str) -> &mut Cells {
        &mut self.sheets.iter_mut().find(|(name, _)| name == sheet).expect(sheet).1
    }

    pub(crate) fn save(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        for (name, cells) in &self.sheets {
            let page = workbook.add_worksheet();
            page.set_name(name).unwrap();
            for ((row, column), put) in cells {
                match put {
                    Put::Text(text) => page.write_string(*row, *column, text),
                    Put::Number(number) => page.write_number(*row, *column, *number),
                    Put::Flag(flag) => page.write_boolean(*row, *column, *flag),
                    Put::Date => {
                        let date = Format::new().set_num_format("yyyy-mm-dd");
                        page.write_number_with_format(*row, *column, 46_000, &date)
                    }
                    Put::NotAvailable => {
                        page.write_formula(*row, *column, Formula::new("=NA()").set_result("#N/A"))
                    }
                }
                .unwrap();
            }
        }
        workbook.save_to_buffer().unwrap()
    }
}

fn address(cell: &str) -> (u32, u16) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    let (letters, row) = cell.split_at(digits);
    let column = letters.bytes().fold(0_u16, |column, b| column * 26 + u16::from(b - b'A') + 1);
    (row.parse::<u32>().unwrap() - 1, column - 1)
}
