//! No text of the screens holds a character on whose width terminals disagree: columns would shift.

use unicode_width::UnicodeWidthStr;

use super::sources;

/// Words that screens take from the layer below.
const SHARED: [&str; 4] = ["words/facility.rs", "words/finding.rs", "words/measure.rs", "words/outcome.rs"];
/// The key table and its headings.
const KEYS: [&str; 3] = ["tui/keys/bindings.rs", "tui/keys/context.rs", "tui/keys/keymap.rs"];

#[test]
fn no_text_of_ours_holds_a_character_of_ambiguous_width() {
    let is_text = |name: &str| {
        let of_screens = name.starts_with("tui/") && name.ends_with("words.rs");
        of_screens || KEYS.contains(&name) || SHARED.contains(&name)
    };
    let texts: Vec<_> = sources().iter().filter(|source| is_text(&source.name)).collect();
    assert!(texts.len() > 12, "the words were not found");
    for source in texts {
        let code = source.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            assert_eq!(line.width(), line.width_cjk(), "{}: {line}", source.name);
        }
    }
}
