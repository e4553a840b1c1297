//! A checklist workbook, as bytes. Checksums stop most changes early; `xlsx_parts` goes on behind them.
#![no_main]

use hecha::checklist::{Sources, xlsx::import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = import(bytes, &Sources::built_in());
});
