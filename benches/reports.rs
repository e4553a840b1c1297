//! How long a document and a workbook of nine members and 500 clauses take, and how much memory: beside writers in Python.
//!
//! `benches/reports/compare` runs both in one go and prints the table of `docs/PERFORMANCE.md`; this program alone writes
//! each format several times into a folder and prints one line a format: name, median in milliseconds, peak in megabytes.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops by panicking"
)]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

#[path = "../tests/fixture/large.rs"]
mod large;
#[path = "../tests/fixture/panel.rs"]
mod panel;

use std::{fs, hint::black_box, path::PathBuf, time::Instant};

use hecha::{
    domain::{
        outcome::Outcome,
        terms::{digest::Digest, lang::Lang},
    },
    report::{
        Options, Report,
        csv::csv,
        docx::{Look, docx},
        html::html,
        json::json,
        md::md,
        page::Page,
        workbook::xlsx,
    },
};

const TIMES: usize = 9;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let folder = PathBuf::from(folder.unwrap_or_else(|| std::env::temp_dir().display().to_string()));
    let visit = large::large_visit(true);
    let shown: Vec<_> = visit.members.iter().collect();
    let outcome = Outcome::of(&visit, |_| true);
    let report = Report::of(
        &visit,
        &outcome,
        &shown,
        &Options { lang: Lang::Zh, names: true, generated: None, record: Some(Digest([7; 32])) },
    );
    let formats: [(&str, &dyn Fn() -> Vec<u8>); 6] = [
        ("docx", &|| docx(&Page::of(&report), &Look::report(report.lang, report.date)).unwrap()),
        ("xlsx", &|| xlsx(&report).unwrap()),
        ("html", &|| html(&report).into_bytes()),
        ("md", &|| md(&report).into_bytes()),
        ("csv", &|| csv(&report, true).unwrap()),
        ("json", &|| json(&report).into_bytes()),
    ];
    for (name, write) in formats {
        forget_peak();
        let before = resident("VmRSS");
        fs::write(folder.join(format!("large.{name}")), write()).unwrap();
        let peak = resident("VmHWM").saturating_sub(before);
        let mut times: Vec<f64> = (0..TIMES)
            .map(|_| {
                let start = Instant::now();
                black_box(write());
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name} {:.1} {:.1}", times[TIMES / 2], f64::from(u32::try_from(peak).unwrap()) / 1024.0);
    }
}

/// From here on the peak is counted anew (Linux; elsewhere nothing is known of it).
fn forget_peak() {
    let _unknown_elsewhere = fs::write("/proc/self/clear_refs", "5");
}

/// Kilobytes by a name of `/proc/self/status`; 0 where there is none.
fn resident(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}
