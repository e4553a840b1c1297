//! A checklist file that a user wrote: an area or a profile, among the built-in ones.
#![no_main]

use hecha::checklist::{Kind, Problem, Sources, check_text, content, load_profile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let built_in = Sources::built_in();
    // A profile of the built-in areas reads them all again: only once for most inputs.
    if check_text("own.toml", text, &built_in).iter().any(Problem::is_error) {
        return;
    }
    let own = built_in.with_text(Kind::Profile, "own", "profiles/own.toml", text);
    if let Ok((checklist, _)) = load_profile("own", &own) {
        let content = content::encode(&checklist);
        assert!(content::decode(&content).is_ok(), "what loads can travel");
    }
});
