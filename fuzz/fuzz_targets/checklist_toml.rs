//! A checklist file that a user wrote: an area or a profile, among the built-in ones.
#![no_main]

use hecha::checklist::{Kind, Sources, check_text, content, load_area, load_profile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let built_in = Sources::built_in();
    let _ = check_text("own.toml", text, &built_in);
    let area = built_in.clone().with_text(Kind::Area, "own", "areas/own.toml", text);
    let _ = load_area("own", &area);
    let profile = built_in.with_text(Kind::Profile, "own", "profiles/own.toml", text);
    if let Ok((checklist, _)) = load_profile("own", &profile) {
        let content = content::encode(&checklist);
        assert!(content::decode(&content).is_ok(), "what loads can travel");
    }
});
