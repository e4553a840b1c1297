//! Text in terminal cells: measuring, cutting, padding and breaking lines the Chinese way.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Cells of a character that every terminal draws alike: ASCII one, Han and full-width forms two.
pub(crate) const fn certain_char(c: char) -> Option<u16> {
    match c {
        ' '..='~' => Some(1),
        '\u{3000}'..='\u{303E}'
        | '\u{3041}'..='\u{33FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' => Some(2),
        _ => None,
    }
}

/// The text cut to at most `cells`, with `..` where something is missing.
pub(crate) fn cut(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let room = cells.saturating_sub(2);
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > room {
            break;
        }
        used += wide;
        kept.push(c);
    }
    for _ in used..cells.min(used + 2) {
        kept.push('.');
    }
    kept
}

/// The text cut or padded to exactly `cells`.
pub(crate) fn fit(text: &str, cells: usize) -> String {
    let mut fitted = cut(text, cells);
    let used = fitted.width();
    fitted.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    fitted
}

/// The lines of a text in `cells` columns. Breaks where Unicode allows, so no line starts with closing punctuation; a run
/// that is longer than a line is cut. Never gives a line wider than `cells`, unless a single glyph is.
pub(crate) fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        let mut from = 0;
        for (to, _) in linebreaks(paragraph).filter(|(_, kind)| is_break(*kind)) {
            let piece = paragraph.get(from..to).unwrap_or_default();
            from = to;
            if used + piece.trim_end().width() > cells && used > 0 {
                lines.push(line.trim_end().to_owned());
                line = String::new();
                used = 0;
            }
            for c in piece.chars() {
                let wide = c.width().unwrap_or(0);
                if used + wide > cells {
                    if c == ' ' {
                        continue;
                    }
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += wide;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

const fn is_break(kind: BreakOpportunity) -> bool {
    matches!(kind, BreakOpportunity::Allowed | BreakOpportunity::Mandatory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_line_starts_with_closing_punctuation_and_han_breaks_anywhere() {
        let lines = wrap("急救设备完好率应当达到百分之百，抢救车上锁。", 10);
        assert_eq!(lines, ["急救设备完", "好率应当达", "到百分之", "百，抢救车", "上锁。"]);
        assert_eq!(wrap("安全 评审专家独立评审", 12), ["安全 评审专", "家独立评审"]);
    }

    #[test]
    fn cutting_says_so_and_never_splits_a_wide_glyph() {
        assert_eq!(cut("急救设备", 8), "急救设备");
        assert_eq!(cut("急救设备", 7), "急救..");
        assert_eq!(fit("急救", 7), "急救   ");
        assert_eq!(fit("急救设备", 1), ".");
        assert_eq!(cut("急救", 0), "");
    }

    proptest! {
        #[test]
        fn wrapped_lines_are_never_too_wide_and_lose_only_spaces(text in "[急救设备，。（）a-z 0-9\n]{0,80}", cells in 2_usize..40) {
            let lines = wrap(&text, cells);
            for line in &lines {
                prop_assert!(width(line) <= cells, "{line:?}");
            }
            let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(dense(&lines.concat()), dense(&text));
            prop_assert!(width(&cut(&text.replace('\n', ""), cells)) <= cells);
        }
    }
}
