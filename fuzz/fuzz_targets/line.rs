//! One line of a shared file: splitting, reading the commit, its edits with the checklist in a founding one, its signature.
#![no_main]

use hecha::{
    checklist::content,
    domain::terms::id::VisitId,
    share::{
        file::commit::{Body, Commit, Line},
        wire::{decode_edit, decode_founding, founding_content},
    },
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(line) = Line::parse(text) else { return };
    assert_eq!(line.to_text(), text, "a line is passed on as it was received");
    // A founding commit is read only under the visit that it founds.
    let visits = [VisitId::new("v".repeat(43)), Commit::founded_visit(&line.json)];
    for visit in visits {
        let Ok(commit) = Commit::read(&visit, &line.json) else { continue };
        if let Some(key) = commit.carried_key() {
            let _ = commit.verify(&visit, &line, key);
        }
        if let Body::Open(edits) = &commit.body {
            for edit in edits {
                let _ = decode_edit(edit);
                let checklist = founding_content(edit).and_then(|text| content::decode_once(text).ok());
                let _ = checklist.and_then(|checklist| decode_founding(edit, checklist));
            }
        }
    }
});
