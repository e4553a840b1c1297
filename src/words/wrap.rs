//! Breaks text into lines of so many cells: Chinese counts two, and no line ends where writing forbids it.

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width that every terminal has.
pub(crate) const COLUMNS: usize = 80;

/// Lines of at most `columns` cells, the first begun with `first` and the others with as many blanks.
pub(crate) fn hang(first: &str, text: &str, columns: usize) -> Vec<String> {
    let indent = first.width();
    let blank = " ".repeat(indent);
    let lines = wrap(text, columns.saturating_sub(indent).max(2));
    let begun = lines.iter().enumerate();
    begun.map(|(n, line)| format!("{}{line}", if n == 0 { first } else { &blank })).collect()
}

/// Lines of at most `columns` cells; at least one.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut from = 0;
        for (to, _) in linebreaks(paragraph) {
            let piece = paragraph.get(from..to).unwrap_or_default();
            from = to;
            if !line.is_empty() && line.width() + piece.trim_end().width() > columns {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            for c in piece.chars() {
                // A word longer than a line is cut: an address, a hash.
                if line.width() + c.width().unwrap_or(0) > columns && !c.is_whitespace() {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A text of exactly `columns` cells: cut with an ellipsis, or filled with blanks.
pub(crate) fn cell(text: &str, columns: usize) -> String {
    let mut kept = String::new();
    let whole = text.width() <= columns;
    for c in text.chars() {
        if !whole && kept.width() + c.width().unwrap_or(0) + 1 > columns {
            kept.push('…');
            break;
        }
        kept.push(c);
    }
    let missing = columns.saturating_sub(kept.width());
    kept + &" ".repeat(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_and_nothing_is_lost() {
        let text = "抢救室（区）有独立标识，defibrillator-with-a-very-long-name、监护仪在位。\n第二段 sha256:0123456789abcdef";
        for columns in [2, 7, 20, 80] {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| line.width() <= columns), "{columns}: {lines:?}");
            let kept: String = lines.concat().chars().filter(|c| !c.is_whitespace()).collect();
            assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
        }
        assert!(wrap("一二三四，五", 8).iter().all(|line| !line.starts_with('，')));
        assert_eq!(hang("C1 ", "一二三", 7), ["C1 一二", "   三"]);
        assert_eq!((cell("一二三", 5), cell("一", 4)), ("一二…".to_owned(), "一  ".to_owned()));
    }
}
