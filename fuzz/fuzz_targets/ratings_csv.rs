//! Ratings of another panel as CSV, and the statistics over them. The first byte is the number of categories.
#![no_main]

use hecha::{app::merge::statistics::Statistics, domain::terms::lang::Lang};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((categories, bytes)) = bytes.split_first() else { return };
    if let Ok(statistics) = Statistics::of_csv(bytes, *categories, None) {
        let _ = (statistics.lines(Lang::Zh), statistics.severities(Lang::En), statistics.to_json());
    }
});
