//! Writes planned sheets as an xlsx file: widths, headers, dropdowns, filters, frozen panes, print setup.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, Format, Workbook, Worksheet,
    XlsxError,
};

use crate::{
    checklist::xlsx::{
        column::{CellKind, Column},
        error::ExportError,
        guide,
        plan::{Block, Row, Sheet, SheetKind, Value},
        schema::{AREA, CATEGORY, CLAUSE, GATE, ITEM, SETTING, SETTING_HEADERS, Section},
        style,
    },
    domain::terms::lang::Lang,
};

/// Rows below the last one that still have dropdowns, where nothing stands below.
const ROOM: u32 = 400;
/// Blank rows kept below a table with another one under it.
const GAP: u32 = 3;
/// The last column printed of an area: what is read on paper; the rest is for the screen.
const LAST_PRINTED: &str = "source";
/// Longest message Excel shows beside a cell, in characters.
const LONGEST_MESSAGE: usize = 255;
/// Lines of a row that are shown; more is read in the formula bar. Notes must not tear the points apart.
const MOST_LINES: u32 = 12;
const MOST_NOTE_LINES: u32 = 4;
/// A4.
const PAPER: u8 = 9;

/// The bytes of the workbook.
pub(super) fn workbook(sheets: &[Sheet], lang: Lang) -> Result<Vec<u8>, ExportError> {
    write(sheets, lang).map_err(|error| ExportError::Workbook(error.to_string()))
}

fn write(sheets: &[Sheet], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(lang.pick("核查清单", "Checklist")));
    guide::paint(workbook.add_worksheet(), lang)?;
    let lists: Vec<&str> = ids(sheets, SheetKind::List);
    let areas: Vec<&str> = ids(sheets, SheetKind::Area);
    let painter = Painter { lang, lists, areas };
    for sheet in sheets {
        painter.sheet(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer()
}

/// The ids of the sheets of a kind.
fn ids(sheets: &[Sheet], kind: SheetKind) -> Vec<&str> {
    let of_kind = sheets.iter().filter(|sheet| sheet.kind == kind);
    let rows = of_kind.filter_map(|sheet| sheet.blocks.first()?.rows.first());
    rows.filter_map(|row| {
        if let Some(Some(Value::Text(id))) = row.cells.first() { Some(id.as_str()) } else { None }
    })
    .collect()
}

struct Painter<'a> {
    lang: Lang,
    lists: Vec<&'a str>,
    areas: Vec<&'a str>,
}

impl Painter<'_> {
    fn sheet(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
        page.set_name(&sheet.name)?;
        let (main, colour) = match sheet.kind {
            SheetKind::Rules => (&GATE, style::BROWN),
            SheetKind::Area => (&CLAUSE, style::BLUE),
            SheetKind::List => (&ITEM, style::GREEN),
        };
        page.set_tab_color(colour);
        for (at, column) in (0_u16..).zip(main.columns) {
            page.set_column_width(at, column.width)?.set_column_format(at, &style::column(column))?;
        }
        if sheet.kind == SheetKind::List {
            page.set_column_width(5, 50)?.set_column_width(6, 60)?;
        }
        let mut row = 0;
        if let Some(settings) = &sheet.settings {
            row = self.settings(page, settings)? + 1;
        }
        let categories = categories(sheet);
        for (index, block) in sheet.blocks.iter().enumerate() {
            // The table of the sheet's own data stands right above the main one, and both headers stay in view.
            let room = if sheet.kind != SheetKind::Rules && index == 0 { 0 } else { GAP };
            if block.section.is(&CATEGORY) && block.rows.is_empty() {
                continue;
            }
            let last = self.block(page, block, row, &categories)?;
            if block.section.is(main) && sheet.kind != SheetKind::Rules {
                finish_main(page, block, row, last)?;
            }
            row = last + 1 + room;
        }
        page.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
        page.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&L&A&R&P / &N");
        Ok(())
    }

    /// Header and rows; returns the last row.
    fn block(
        &self,
        page: &mut Worksheet,
        block: &Block,
        top: u32,
        categories: &[&str],
    ) -> Result<u32, XlsxError> {
        let section = block.section;
        page.set_row_height(top, 32)?;
        for (index, column) in section.columns.iter().enumerate() {
            let header = format!("{}\n{}", column.zh, column.key);
            page.write_string_with_format(top, position(section, index), header, &style::header(column))?;
        }
        let mut row = top;
        for found in &block.rows {
            row += 1;
            write_row(page, section, found, row)?;
        }
        let is_last = section.is(&CLAUSE);
        let until = row + if is_last { ROOM } else { GAP };
        for (index, column) in section.columns.iter().enumerate() {
            let known: &[&str] = match column.key {
                "list" if index > 0 => &self.lists,
                "area" | "condition_area" => &self.areas,
                "category" if index > 0 => categories,
                _ => &[],
            };
            if let Some(rule) = self.validation(section, column, known) {
                let at = position(section, index);
                page.add_data_validation(top + 1, at, until.max(top + 1), at, &rule)?;
            }
        }
        Ok(row)
    }

    fn settings(&self, page: &mut Worksheet, settings: &[Option<Value>]) -> Result<u32, XlsxError> {
        for (at, (key, zh)) in (0_u16..).zip(SETTING_HEADERS) {
            let header = style::header_in(style::BLUE);
            page.write_string_with_format(0, at, format!("{zh}\n{key}"), &header)?;
        }
        page.set_row_height(0, 32)?;
        let mut row = 0;
        for (column, value) in SETTING.columns.iter().zip(settings) {
            row += 1;
            let name = format!("{}\n{}", column.zh, column.key);
            page.write_string_with_format(row, 0, name, &style::first(&SETTING.columns[0]))?;
            write_cell(page, row, 1, value.as_ref(), &style::body(column))?;
            let about = guide::about(&SETTING, column);
            page.write_string_with_format(row, 2, about.get(self.lang), &style::cell())?;
            let text = if let Some(Value::Text(text)) = value { text.as_str() } else { "" };
            let wide = |index: usize| GATE.columns.get(index).map_or(0, |column| column.width);
            let lines = style::lines(text, wide(1)).max(style::lines(about.get(self.lang), wide(2)));
            page.set_row_height(row, style::height(lines.max(2)))?;
            if let Some(rule) = self.validation(&SETTING, column, &[]) {
                page.add_data_validation(row, 1, row, 1, &rule)?;
            }
        }
        Ok(row + GAP)
    }

    /// The dropdown or rule of a column, with its explanation. Warns only: the import reads more than the list offers.
    fn validation(&self, section: &Section, column: &Column, known: &[&str]) -> Option<DataValidation> {
        let any = || DataValidation::new().allow_any_value();
        let list = |words: &[&str]| DataValidation::new().allow_list_strings(words).unwrap_or_else(|_| any());
        let rule = match column.kind {
            CellKind::Flag => list(&[self.lang.pick("是", "yes"), self.lang.pick("否", "no")]),
            CellKind::Word(terms) => {
                let words: Vec<&str> = terms().iter().map(|term| self.lang.pick(term.zh, term.en)).collect();
                list(&words)
            }
            CellKind::Count => {
                DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
            }
            CellKind::Amount => {
                DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(-1e9))
            }
            CellKind::Id if !known.is_empty() => list(known),
            _ => any(),
        };
        let about = guide::about(section, column);
        let message: String = about.get(self.lang).chars().take(LONGEST_MESSAGE).collect();
        if message.is_empty() {
            return (!matches!(column.kind, CellKind::Id | CellKind::Ids | CellKind::Line)
                || !known.is_empty())
            .then_some(rule);
        }
        let title = self.lang.pick(column.zh, column.key);
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
        rule.clone()
            .set_input_title(title)
            .and_then(|rule| rule.set_input_message(message))
            .ok()
            .or(Some(rule))
    }
}

/// Filter, frozen panes and print area of the sheet's main table.
fn finish_main(page: &mut Worksheet, block: &Block, top: u32, last: u32) -> Result<(), XlsxError> {
    let columns = block.section.columns;
    let last_column = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    if last > top {
        page.autofilter(top, 0, last, last_column)?;
    }
    let is_clauses = block.section.is(&CLAUSE);
    page.set_freeze_panes(top + 1, if is_clauses { 4 } else { 1 })?;
    page.set_repeat_rows(top, top)?;
    if is_clauses {
        let printed = columns.iter().position(|column| column.key == LAST_PRINTED);
        let printed = printed.and_then(|index| u16::try_from(index).ok()).unwrap_or(last_column);
        page.set_print_area(0, 0, last, printed)?;
    }
    Ok(())
}

fn write_row(page: &mut Worksheet, section: &Section, row: &Row, at: u32) -> Result<(), XlsxError> {
    page.set_row_height(at, height(section, row))?;
    let grouped = !section.children.is_empty();
    for (index, (column, value)) in section.columns.iter().zip(&row.cells).enumerate() {
        let format = match (index, row.first) {
            (0, true) => style::id(column),
            (0, false) => style::repeated(column),
            (_, true) if grouped => style::first(column),
            _ => style::body(column),
        };
        write_cell(page, at, position(section, index), value.as_ref(), &format)?;
    }
    Ok(())
}

/// The height a row needs, in points. Not every program works it out when it opens the file.
fn height(section: &Section, row: &Row) -> f64 {
    let cells = section.columns.iter().zip(&row.cells);
    let lines = cells.filter_map(|(column, value)| {
        let Some(Value::Text(text)) = value else { return None };
        let most = if matches!(column.kind, CellKind::Note) { MOST_NOTE_LINES } else { MOST_LINES };
        Some(style::lines(text, column.width).min(most))
    });
    style::height(lines.max().unwrap_or(1))
}

fn write_cell(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<&Value>,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Some(Value::Text(text)) => page.write_string_with_format(row, column, text, format)?,
        Some(Value::Number(number)) => page.write_number_with_format(row, column, *number, format)?,
        None => page.write_blank(row, column, format)?,
    };
    Ok(())
}

/// Where a column of a section stands. An area's own columns stand above such columns of its clauses as are wide enough.
fn position(section: &Section, index: usize) -> u16 {
    let at = if section.is(&AREA) {
        let above = ["clause", "title", "text", "kind", "at_least", "title_en", "text_en"];
        let above = above.get(index).copied().unwrap_or_default();
        CLAUSE.columns.iter().position(|column| column.key == above).unwrap_or(index)
    } else {
        index
    };
    u16::try_from(at).unwrap_or(0)
}

/// The category ids of a list sheet.
fn categories(sheet: &Sheet) -> Vec<&str> {
    let block = sheet.blocks.iter().find(|block| block.section.is(&CATEGORY));
    let cells = block.into_iter().flat_map(|block| &block.rows).filter_map(|row| row.cells.first());
    cells.filter_map(|cell| if let Some(Value::Text(id)) = cell { Some(id.as_str()) } else { None }).collect()
}
