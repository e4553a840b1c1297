//! Bytes from anywhere: the TOML reader and the content reader tell what is wrong, and never break.

use hecha::{
    checklist::{Sources, check_text, content, load_profile, render},
    domain::terms::lang::Lang,
};
use proptest::prelude::*;

const SHIPPED: [&str; 9] = [
    include_str!("../checklists/areas/emergency.toml"),
    include_str!("../checklists/areas/pharmacy.toml"),
    include_str!("../checklists/areas/infection-control.toml"),
    include_str!("../checklists/areas/tcm.toml"),
    include_str!("../checklists/areas/institution.toml"),
    include_str!("../checklists/profiles/township.toml"),
    include_str!("../checklists/profiles/village.toml"),
    include_str!("../checklists/local/jilin-township.toml"),
    include_str!("../checklists/local/tianjin-village.toml"),
];

fn checked(text: &str) {
    let problems = check_text("any.toml", text, &Sources::built_in());
    for lang in [Lang::Zh, Lang::En] {
        assert!(!render(&problems, lang).contains(['\u{1b}', '\u{202e}', '\r']));
    }
}

/// A text with one stretch of bytes replaced, made text again as a lenient reader would.
fn mutated(text: &str, at: &prop::sample::Index, length: usize, with: &[u8]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let from = at.index(bytes.len());
    let to = (from + length).min(bytes.len());
    bytes.splice(from..to, with.iter().copied());
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        checked(&text);
        prop_assert!(content::decode(&text).is_err());
    }

    #[test]
    fn words_of_the_format_in_any_order_are_survived(
        words in prop::collection::vec(prop::sample::select(vec![
            "[area]", "[[clause]]", "[[clause.point]]", "[[list]]", "[profile]", "[panel]", "[[gate]]", "[[override]]",
            "[[standard]]", "[[subsidy]]", "id", "base", "=", "\"township\"", "\"village\"", "\"C1\"", "{", "}", "[", "]", ",", "\n",
            "measure", "kind", "\"ratio\"", "at_least", "1.0", "-1", "99999999999999999999", "level", "scale", "true", "items",
            "0x1F", "1e400", "nan", "1979-05-27", "'''", "\"\"\"", ".",
        ]), 0..120),
    ) {
        checked(&words.join(" "));
    }

    #[test]
    fn shipped_files_with_any_stretch_replaced_are_survived(
        file in 0..SHIPPED.len(), at in any::<prop::sample::Index>(), length in 0_usize..400,
        with in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        checked(&mutated(SHIPPED[file], &at, length, &with));
    }

    #[test]
    fn founded_content_with_any_stretch_replaced_is_survived(
        at in any::<prop::sample::Index>(), length in 0_usize..200, with in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let (village, _) = load_profile("village", &Sources::built_in()).unwrap();
        let text = mutated(&content::encode(&village), &at, length, &with);
        if let Ok(checklist) = content::decode(&text) {
            prop_assert_eq!(content::encode(&checklist), text);
        }
    }
}
