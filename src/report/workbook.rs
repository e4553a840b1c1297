//! The report as a workbook (xlsx): an overview with charts, and one sheet for each kind of row.
//!
//! Every text is written as a string, never as a formula or a link. Without names no sheet lets one member's votes be
//! lined up across clauses: the clauses show counts instead of a column a member.

mod ledger;
mod overview;
mod paint;
mod plan;
mod sheets;
mod style;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::report::{Report, page};

pub use ledger::ledger_xlsx;

/// A workbook that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the workbook: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// The bytes of an xlsx file. The same report gives the same bytes: the file bears the day of the visit, no clock's.
///
/// # Errors
/// [`WorkbookError`] if the format's limits are exceeded, which takes more clauses than any checklist may have.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, WorkbookError> {
    let (year, month, day) = report.date.parts();
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(plan::fitting(&report.facility))
            .set_author("hecha")
            .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?),
    );
    let running = paint::Running::of(report, &page::marks(report));
    overview::paint(workbook.add_worksheet(), report, &running)?;
    for sheet in sheets::all(report) {
        paint::sheet(workbook.add_worksheet(), &sheet, &running)?;
    }
    Ok(workbook.save_to_buffer()?)
}
