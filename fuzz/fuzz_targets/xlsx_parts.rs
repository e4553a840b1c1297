//! A checklist workbook whose parts are anything: the input is `name NUL length (4 bytes, little endian) bytes`, repeated.
#![no_main]

use std::io::{Cursor, Write};

use hecha::checklist::{Sources, xlsx::import};
use libfuzzer_sys::{Corpus, fuzz_target};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    match package(bytes) {
        Some(package) => {
            let _ = import(&package, &Sources::built_in());
            Corpus::Keep
        }
        None => Corpus::Reject,
    }
});

fn package(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    while !bytes.is_empty() {
        let end = bytes.iter().position(|byte| *byte == 0)?;
        let (name, rest) = bytes.split_at(end);
        let (length, rest) = rest.get(1..)?.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?.min(rest.len());
        let (part, rest) = rest.split_at(length);
        zip.start_file(std::str::from_utf8(name).ok()?, options).ok()?;
        zip.write_all(part).ok()?;
        bytes = rest;
    }
    Some(zip.finish().ok()?.into_inner())
}
