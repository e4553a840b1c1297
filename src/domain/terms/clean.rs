//! Makes text from files, keyboards and other laptops safe to show: nothing that steers a terminal, nothing that is not seen.

use std::borrow::Cow;

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
    let unified = without_sequences(text).replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
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
    without_sequences(text).replace(['\r', '\n', '\t'], " ").chars().filter(|&c| is_harmless(c)).collect()
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

/// Neither a control character, nor one that is not seen: direction marks, joiners, fillers, selectors of variants, tags, marks
/// of scores and shorthand; nor one that no text has (noncharacters, `U+FFFE` to `U+10FFFF`).
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && u32::from(c) & 0xFFFE != 0xFFFE
        && !matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{16FE4}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

const ESCAPE: char = '\u{1B}';

/// The text without the sequences that terminals obey (ECMA-48), whole: what an escape character leaves behind would stand in
/// the text as if somebody had written it.
fn without_sequences(text: &str) -> Cow<'_, str> {
    let begins = |c: char| c == ESCAPE || ('\u{80}'..='\u{9F}').contains(&c);
    let Some(mut at) = text.find(begins) else { return Cow::Borrowed(text) };
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    loop {
        let (before, sequence) = rest.split_at(at);
        kept.push_str(before);
        rest = behind_sequence(sequence);
        let Some(next) = rest.find(begins) else { break };
        at = next;
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// What comes after the sequence that a text begins with. One that breaks off ends where it does.
fn behind_sequence(text: &str) -> &str {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    let body = chars.as_str();
    // One character of U+0080 to U+009F stands for an escape character and the one of 64 below it.
    let (kind, body) = match first {
        ESCAPE => (chars.next().unwrap_or_default(), chars.as_str()),
        c => (char::from_u32(u32::from(c) - 0x40).unwrap_or_default(), body),
    };
    match kind {
        '[' => without_first(body.trim_start_matches(|c| (' '..='?').contains(&c)), '@'..='~'),
        ']' | 'P' | 'X' | '^' | '_' => behind_string(body).unwrap_or(body),
        '@'..='_' => body,
        // An escape character alone, or before others than it stands before in two-character sequences.
        _ => without_first(text[1..].trim_start_matches(|c| (' '..='/').contains(&c)), '0'..='~'),
    }
}

/// What comes after the end of a string (of a title, a link, a clipboard), if it has one in its line.
fn behind_string(text: &str) -> Option<&str> {
    let end = text.find(['\u{7}', ESCAPE, '\u{9C}', '\r', '\n'])?;
    let end = &text[end..];
    ["\u{7}", "\u{9C}", "\u{1B}\\"].iter().find_map(|wanted| end.strip_prefix(wanted))
}

fn without_first(text: &str, which: std::ops::RangeInclusive<char>) -> &str {
    text.strip_prefix(|c| which.contains(&c)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_survives() {
        let hostile = "好\u{1b}]52;c;AAAA\u{7}\u{9b}31m\u{202e}\u{200b}人\r\n\t\u{e0041}";
        assert_eq!(clean_note(hostile), "好人\n    ");
        assert_eq!(clean_line(hostile), "好人");
        assert!(is_clean_line("𠮷野家 除颤仪"));
        assert!(!is_clean_line("a\u{202e}b"));
    }

    #[test]
    fn a_sequence_goes_whole_and_nothing_else_with_it() {
        for (hostile, left) in [
            ("a\u{1b}[31mb", "ab"),
            ("a\u{1b}[1;31;4mb\u{1b}[0m", "ab"),
            ("a\u{1b}[?1049hb", "ab"),
            ("a\u{1b}[ qb", "ab"),
            ("a\u{9b}2Jb", "ab"),
            ("a\u{1b}]0;title\u{7}b", "ab"),
            ("a\u{1b}]8;;http://x\u{1b}\\b\u{1b}]8;;\u{1b}\\c", "abc"),
            ("a\u{9d}52;c;QUFB\u{9c}b", "ab"),
            ("a\u{1b}P1$r0m\u{1b}\\b\u{1b}_x\u{7}c\u{1b}^y\u{9c}d\u{1b}Xz\u{7}e", "abcde"),
            ("a\u{1b}cb\u{1b}(Bc\u{1b}#8d\u{1b}7e", "abcde"),
            ("a\u{1b}M\u{85}b", "ab"),
            // What breaks off or has no end hides nothing that follows.
            ("a\u{1b}", "a"),
            ("a\u{1b}[", "a"),
            ("a\u{1b}[31", "a"),
            ("a\u{1b}[31好", "a好"),
            ("a\u{1b}]0;no end 好", "a0;no end 好"),
            ("a\u{1b}]0;x\nb\u{7}", "a0;x b"),
            ("a\u{1b}\u{1b}[31mb", "ab"),
            ("a\u{1b}好", "a好"),
        ] {
            assert_eq!(clean_line(hostile), left, "{hostile:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_there() {
        let unseen = [
            0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x200B, 0x200D, 0x202E,
            0x2060, 0x206F, 0x2800, 0x3164, 0xFDD0, 0xFDEF, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9,
            0xFFFE, 0xFFFF, 0x16FE4, 0x1BCA0, 0x1D159, 0x1D173, 0x1FFFE, 0x1FFFF, 0xE0001, 0xE0100, 0xE01EF,
            0x10_FFFE, 0x10_FFFF,
        ];
        for c in unseen.map(|code| char::from_u32(code).unwrap()) {
            assert_eq!(clean_line(&format!("陈{c}思齐{c}")), "陈思齐", "{:X}", u32::from(c));
            assert!(!is_clean_line(&format!("陈{c}")), "{:X}", u32::from(c));
        }
        for seen in ["𠮷", "·", "é", "e\u{301}", "ᄀ", "ﾡ", "⠁", "\u{3000}a", "€", "😀", "\u{10fffd}a"]
        {
            assert!(is_clean_note(seen), "{seen:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaned_text_is_clean_and_the_same_when_cleaned_again(
            text in proptest::collection::vec(
                prop_oneof![any::<char>(), "[\u{1b}\u{7}\u{9b}-\u{9d}\\[\\]P^_;0-9mqa \r\n好]".prop_map(|it| it.chars().next().unwrap_or('a'))],
                0..60,
            )
        ) {
            let text: String = text.into_iter().collect();
            for cleaned in [clean_line(&text), clean_note(&text)] {
                prop_assert!(cleaned.chars().all(|c| c == '\n' || is_harmless(c)), "{:?}", cleaned);
            }
            let (line, note) = (clean_line(&text), clean_note(&text));
            prop_assert!(is_clean_line(&line) && is_clean_note(&note));
            prop_assert_eq!(clean_line(&line), line);
            prop_assert_eq!(clean_note(&note), note);
            // Only what begins a sequence or is not seen may take anything away.
            if !text.chars().any(|c| c == ESCAPE || ('\u{80}'..='\u{9f}').contains(&c)) {
                let kept: String = text.chars().filter(|&c| is_harmless(c) && !c.is_whitespace()).collect();
                let got: String = clean_note(&text).chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(got, kept);
            }
        }
    }

    #[test]
    fn the_quick_answer_is_the_same_as_cleaning() {
        let slow_note = |text: &str| -> String {
            let unified =
                without_sequences(text).replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
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
