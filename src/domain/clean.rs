//! Makes text from files, keyboards and other laptops safe to show: no control characters, no hidden direction marks.

/// What a note or name may hold at most, in characters; longer text is refused where it is entered, cut where it is read.
pub const NOTE_LIMIT: usize = 4_000;
/// What a single-line text (name, title, reason) may hold at most, in characters.
pub const LINE_LIMIT: usize = 400;

/// Removes everything that could steer a terminal or hide what is written; keeps line breaks.
#[must_use]
pub fn clean_note(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    unified.chars().filter(|&c| c == '\n' || is_harmless(c)).take(NOTE_LIMIT).collect()
}

/// As [`clean_note`], on one line: line breaks and tabs become spaces, and the ends are trimmed.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let flat = text.replace(['\r', '\n', '\t'], " ");
    let kept: String = flat.chars().filter(|&c| is_harmless(c)).take(LINE_LIMIT).collect();
    kept.trim().to_owned()
}

/// Whether [`clean_line`] would leave the text as it is.
#[must_use]
pub fn is_clean_line(text: &str) -> bool {
    clean_line(text) == text
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
}
