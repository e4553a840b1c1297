//! Strict JSON: what it reads, any JSON reader reads as the same.
#![no_main]

use hecha::share::code::json::{Json, MAX_INTEGER};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(json) = Json::parse(text) {
        check(&json);
    }
});

fn check(json: &Json<'_>) {
    match json {
        Json::Null | Json::Bool(_) | Json::Text(_) => {}
        Json::Int(n) => assert!(n.abs() <= MAX_INTEGER),
        Json::List(list) => list.iter().for_each(check),
        Json::Map(members) => {
            assert!(members.windows(2).all(|pair| pair[0].0 < pair[1].0), "distinct and sorted");
            for (key, value) in members {
                assert!(json.get(key).is_some());
                check(value);
            }
        }
    }
}
