//! The archive that a document is: parts compressed one after the other, with the same times whenever it is made.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use crate::domain::terms::date::Date;

/// Packs named parts. `day` is the time of every entry; archives know the years 1980 to 2107.
pub(super) fn pack<'a>(
    parts: impl Iterator<Item = (&'a str, &'a str)>,
    day: Option<Date>,
) -> ZipResult<Vec<u8>> {
    let time = day.and_then(|day| {
        let (year, month, day) = day.parts();
        DateTime::from_date_and_time(year, month, day, 0, 0, 0).ok()
    });
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.unwrap_or_default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
