//! Text inside XML and HTML: the one place where it is made safe for both.

use std::fmt;

/// A text to be written between tags or inside a quoted attribute. Escapes markup, and leaves out what XML 1.0 cannot
/// hold at all: one such character, and a document does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plain_from = 0;
        for (at, c) in self.0.char_indices() {
            let instead = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                c if !fits(c) => "",
                _ => continue,
            };
            out.write_str(self.0.get(plain_from..at).unwrap_or_default())?;
            out.write_str(instead)?;
            plain_from = at + c.len_utf8();
        }
        out.write_str(self.0.get(plain_from..).unwrap_or_default())
    }
}

/// Control characters and the two non-characters of the basic plane. Line breaks are each format's to write.
pub(super) fn fits(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_becomes_markup() {
        for (text, safe) in [
            ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
            ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
            ("𠮷\u{1b}[31m\u{0}\u{FFFE}\u{85}野", "𠮷[31m野"),
            ("", ""),
            ("急救 ✓", "急救 ✓"),
        ] {
            assert_eq!(Escaped(text).to_string(), safe);
        }
    }
}
