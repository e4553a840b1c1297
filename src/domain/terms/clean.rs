//! Makes text from files, keyboards and other laptops safe to show: no control characters, no hidden direction marks.

/// What a note may hold at most, in characters. What people record is refused beyond it
/// ([`Note`](crate::domain::terms::written::Note)); other text is cut where it is shown.
pub const NOTE_LIMIT: usize = 4_000;
/// What a single-line text (name, title, reason) may hold at most, in characters.
pub const LINE_LIMIT: usize = 400;

/// Removes everything that could steer a terminal or hide what is written; keeps line breaks.
#[must_use]
pub fn clean_note(text: &str) -> String {
    if is_plain(text, NOTE_LIMIT, true) {
        return text.to_owned();
    }
    stripped_note(text).chars().take(NOTE_LIMIT).collect()
}

/// As [`clean_note`], however long it is.
pub(super) fn stripped_note(text: &str) -> String {
    if is_plain(text, usize::MAX, true) {
        return text.to_owned();
    }
    let unified = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    unified.chars().filter(|&c| c == '\n' || is_harmless(c)).collect()
}

/// As [`clean_note`], on one line: line breaks and tabs become spaces, and the ends are trimmed.
#[must_use]
pub fn clean_line(text: &str) -> String {
    if is_clean_line(text) {
        return text.to_owned();
    }
    flat(text).chars().take(LINE_LIMIT).collect::<String>().trim().to_owned()
}

/// As [`clean_line`], however long it is.
pub(super) fn stripped_line(text: &str) -> String {
    if is_plain(text, usize::MAX, false) {
        return text.trim().to_owned();
    }
    flat(text).trim().to_owned()
}

/// On one line, without what could steer or hide.
fn flat(text: &str) -> String {
    text.replace(['\r', '\n', '\t'], " ").chars().filter(|&c| is_harmless(c)).collect()
}

/// Whether [`clean_note`] would leave the text as it is.
#[must_use]
pub fn is_clean_note(text: &str) -> bool {
    is_plain(text, NOTE_LIMIT, true)
}

/// Whether [`clean_line`] would leave the text as it is.
#[must_use]
pub fn is_clean_line(text: &str) -> bool {
    is_plain(text, LINE_LIMIT, false) && text.trim().len() == text.len()
}

/// Whether nothing of the text has to go. Nearly all text is so, and every start reads thousands of texts: one pass,
/// no copy.
fn is_plain(text: &str, limit: usize, line_breaks: bool) -> bool {
    let kept = |c: char| if c.is_ascii() { !c.is_ascii_control() } else { is_harmless(c) };
    let fits = text.len() <= limit || text.chars().nth(limit).is_none();
    fits && text.chars().all(|c| kept(c) || (line_breaks && c == '\n'))
}

/// Neither a control character, nor a direction override, zero-width or tag character.
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_survives() {
        let hostile = "好\u{1b}]52;c;AAAA\u{7}\u{9b}31m\u{202e}\u{200b}人\r\n\t\u{e0041}";
        assert_eq!(clean_note(hostile), "好]52;c;AAAA31m人\n    ");
        assert_eq!(clean_line(hostile), "好]52;c;AAAA31m人");
        assert!(is_clean_line("𠮷野家 除颤仪"));
        assert!(!is_clean_line("a\u{202e}b"));
    }

    #[test]
    fn the_quick_answer_is_the_same_as_cleaning() {
        let slow_note = |text: &str| -> String {
            let unified = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
            unified.chars().filter(|&c| c == '\n' || is_harmless(c)).take(NOTE_LIMIT).collect()
        };
        let (long, longer) = ("长".repeat(LINE_LIMIT), "长".repeat(NOTE_LIMIT + 1));
        for text in [
            "",
            " ",
            "a ",
            "\u{3000}a",
            "a\nb",
            "a\tb",
            "a\r\nb",
            "\u{7f}",
            "\u{85}",
            "\u{feff}a",
            &long,
            &longer,
        ] {
            assert_eq!(clean_note(text), slow_note(text), "{text:?}");
            assert_eq!(is_clean_note(text), clean_note(text) == text, "{text:?}");
            assert_eq!(is_clean_line(text), clean_line(text) == text, "{text:?}");
        }
        assert!(is_clean_line(&long) && !is_clean_line(&format!("{long}长")) && !is_clean_note(&longer));
    }
}
