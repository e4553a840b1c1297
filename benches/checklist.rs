//! What every start and every opened visit pays for: loading checklists, and reading the content of one.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails loudly")]

use hecha::checklist::{Sources, content, list_areas, load_area, load_profile};

fn main() {
    divan::main();
}

/// All areas for all facility types.
#[divan::bench]
fn load_all_areas() -> usize {
    let sources = Sources::built_in();
    list_areas(&sources).iter().map(|id| load_area(id.as_str(), &sources).unwrap().0.area.clauses.len()).sum()
}

#[divan::bench(args = ["township", "village"])]
fn load_one_profile(id: &str) -> usize {
    load_profile(id, &Sources::built_in()).unwrap().0.n_clauses()
}

#[divan::bench(args = ["township", "village"])]
fn decode(bencher: divan::Bencher<'_, '_>, id: &str) {
    let text = content::encode(&load_profile(id, &Sources::built_in()).unwrap().0);
    bencher.bench(|| content::decode(divan::black_box(&text)).unwrap().n_clauses());
}

#[divan::bench]
fn encode_and_hash(bencher: divan::Bencher<'_, '_>) {
    let checklist = load_profile("township", &Sources::built_in()).unwrap().0;
    bencher.bench(|| content::hash(&content::encode(divan::black_box(&checklist))));
}
