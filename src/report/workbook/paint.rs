//! Paints planned sheets: widths, headers, filters, frozen panes, colours by grade, print setup.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, Worksheet, XlsxError};

use crate::{
    domain::terms::{clean::clean_line, date::Date, grade::Grade, lang::Lang},
    report::{
        Report,
        workbook::{
            plan::{Cell, Kind, Sheet, fitting, lines},
            style,
        },
    },
    words,
};

/// A4.
const PAPER: u8 = 9;
/// Longest text that a header or footer takes is 255; what else stands there is short.
const LONGEST_RUNNING: usize = 90;
/// Lines of a row that are shown; more is read in the formula bar. Excel's rows are 409 points high at most.
const MOST_LINES: u32 = 20;
/// Height of a line in points, and what a row has beside its lines.
const LINE_HEIGHT: f64 = 14.5;
const LINE_ROOM: f64 = 3.5;

/// What stands on every printed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    header: String,
    pub(super) lang: Lang,
}

impl Running {
    /// The facility and day, and that it is not official or not final.
    pub(super) fn of(report: &Report, marks: &[String]) -> Self {
        let first = marks.first().map(String::as_str).unwrap_or_default();
        Self::new(&report.facility, report.date, first, report.lang)
    }

    /// The facility, the day, and what else must be seen on every page.
    pub(super) fn new(facility: &str, date: Date, mark: &str, lang: Lang) -> Self {
        // In a header `&` begins a command.
        let text = |text: &str| {
            clean_line(text).chars().take(LONGEST_RUNNING).collect::<String>().replace('&', "&&")
        };
        // A blank between: digits right after a command would be read as the size of the font.
        let header = format!("&L {} {date}&R {}", text(facility), text(mark));
        Self { header, lang }
    }
}

/// A sheet that is one table.
pub(super) fn sheet(page: &mut Worksheet, sheet: &Sheet, running: &Running) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?;
    let formats: Vec<Format> = sheet.columns.iter().map(|column| style::body(column.kind)).collect();
    let header = style::header();
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(at, column.width)?;
        // A cell without a format takes its column's: that is found once, not for each cell.
        page.set_column_format(at, &style::body(column.kind))?;
        page.write_string_with_format(0, at, fitting(&column.title), &header)?;
    }
    let titles = sheet.columns.iter().map(|column| lines(&column.title, u32::from(column.width)));
    set_height(page, 0, titles.max())?;
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        let mut most = 1;
        for (((at, cell), column), format) in (0_u16..).zip(cells).zip(&sheet.columns).zip(&formats) {
            match cell {
                Cell::Text(text) => page.write_string(row, at, fitting(text))?,
                Cell::Number(number) => page.write_number(row, at, *number)?,
                Cell::Blank => page.write_blank(row, at, format)?,
            };
            if let Cell::Text(text) = cell {
                most = most.max(lines(text, u32::from(column.width)));
            }
        }
        set_height(page, row, Some(most))?;
    }
    for (at, _) in (0_u16..).zip(&sheet.columns) {
        // What lies below the table is left as it is.
        page.set_column_format(at, &Format::default())?;
    }
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    page.autofilter(0, 0, last_row, last_column)?;
    page.set_freeze_panes(1, sheet.n_fixed)?;
    page.set_repeat_rows(0, 0)?;
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        if column.kind == Kind::Grade && last_row > 0 {
            colour(page, [1, last_row], at, running.lang)?;
        }
    }
    print(page, running);
    Ok(())
}

/// The height of a row that holds so many lines. Not every program finds it by itself.
pub(super) fn set_height(page: &mut Worksheet, row: u32, n_lines: Option<u32>) -> Result<(), XlsxError> {
    let n_lines = n_lines.unwrap_or(1).min(MOST_LINES);
    if n_lines > 1 {
        page.set_row_height(row, f64::from(n_lines) * LINE_HEIGHT + LINE_ROOM)?;
    }
    Ok(())
}

/// A4 across, one page wide, numbered.
pub(super) fn print(page: &mut Worksheet, running: &Running) {
    page.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    page.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    page.set_header(&running.header).set_footer("&L&A&C— &P —&R&P / &N");
}

pub(super) fn write(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => page.write_string_with_format(row, column, fitting(text), format)?,
        Cell::Number(number) => page.write_number_with_format(row, column, *number, format)?,
        Cell::Blank => page.write_blank(row, column, format)?,
    };
    Ok(())
}

/// Colours the grades of a column, those given directly too.
fn colour(page: &mut Worksheet, rows: [u32; 2], column: u16, lang: Lang) -> Result<(), XlsxError> {
    let [first, last] = rows;
    let direct = words::aside(words::given_directly(lang), lang);
    for (grade, (ground, letters)) in Grade::ALL.iter().zip(style::GRADES) {
        let format = Format::new().set_bold().set_background_color(ground).set_font_color(letters);
        for text in [grade.to_string(), format!("{grade}{direct}")] {
            let rule = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(text))
                .set_format(&format);
            page.add_conditional_format(first, column, last, column, &rule)?;
        }
    }
    Ok(())
}
