//! The rectification ledger as CSV: the columns of its workbook, read again by the same headers.

use crate::report::{
    csv::{BOM, defuse},
    ledger::{LedgerColumn, LedgerReport},
};

/// The ledger as CSV with CRLF and a byte order mark. The same ledger gives the same bytes.
///
/// # Errors
/// Only if memory cannot be written to, which the writer's type allows for.
pub fn ledger_csv(ledger: &LedgerReport) -> Result<Vec<u8>, ::csv::Error> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(BOM.to_vec());
    writer.write_record(LedgerColumn::ALL.iter().map(|column| column.name(ledger.lang)))?;
    for line in &ledger.lines {
        writer
            .write_record(LedgerColumn::ALL.iter().map(|column| defuse(&line.cell(*column, ledger.lang))))?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}
