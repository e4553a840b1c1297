//! The first line of a shared file, as a program meets it that opens any file.
#![no_main]

use hecha::share::file::{header, read_header};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_header(bytes);
    if let Some(header) = header(bytes) {
        assert_eq!(header.visit.as_str().len(), 43);
    }
});
