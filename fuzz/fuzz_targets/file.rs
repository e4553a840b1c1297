//! A whole shared file: header, lines, footer; what is salvaged from a damaged one; what fsck makes of it.
#![no_main]

use hecha::share::file::{
    self, Contents,
    chain::chains,
    commit::{Commit, Line},
    inspect::{carried_keys, inspect},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Contents::Lines { header, lines, .. } = file::read(bytes) else { return };
    let length: usize = lines.iter().map(|(_, line)| line.len()).sum();
    assert!(length <= 3 * bytes.len(), "a broken byte becomes three at most");
    for (_, text) in &lines {
        if let Ok(line) = Line::parse(text) {
            let _ = Commit::read(&header.visit, &line.json);
        }
    }
    let keys = carried_keys(&header.visit, bytes);
    let replica = inspect(&header.visit, bytes, &keys);
    for chain in chains(&replica.commits).values() {
        let _ = chain.n_missing();
    }
});
