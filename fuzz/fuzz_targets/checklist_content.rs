//! The canonical content of a checklist, as a founding commit carries it.
#![no_main]

use hecha::checklist::content;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = content::decode_known(text);
    if let Ok(checklist) = content::decode(text) {
        assert_eq!(content::encode(&checklist), text, "one checklist has one text");
    }
});
