//! One edit of a commit: what reads as a known kind is written as text that reads as the same, and seals, shares, closing and final
//! records are no exception.
#![no_main]

use hecha::{
    domain::edit::Edit,
    share::{
        code::json::Json,
        wire::{Extra, decode_edit, encode_edit},
    },
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(json) = Json::parse(text) else { return };
    let edit = decode_edit(&json);
    // What the wire carries beside an edit (a key, a wrapped one) is not in it.
    if matches!(edit, Edit::Unknown { .. } | Edit::Join { .. } | Edit::Blind { .. }) {
        return;
    }
    let written = encode_edit(&edit, Extra::None).to_string();
    let again = Json::parse(&written).map(|json| decode_edit(&json));
    assert_eq!(again.ok().as_ref(), Some(&edit), "{written}");
});
