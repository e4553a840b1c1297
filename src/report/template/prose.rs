//! A template's texts as they are read: plain lines with placeholders, and the small part of Markdown that every format
//! can carry. What a placeholder stands for is filled in after reading (by `page`), so that no name can become markup.

use crate::report::template::placeholder::Placeholder;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) enum Piece {
    /// As it stands.
    Text(String),
    /// To be filled in.
    Value(Placeholder),
}

/// A text of one line, without markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Phrase(pub(in crate::report) Vec<Piece>);

/// A line or paragraph: stretches, each bold or not.
pub(in crate::report) type Line = Vec<(bool, Piece)>;

/// A text of several paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Prose(pub(in crate::report) Vec<Part>);

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) enum Part {
    /// A heading below the section's.
    Heading(Line),
    /// A paragraph.
    Paragraph(Line),
    /// A list without numbers.
    List(Vec<Line>),
}

/// A piece of markup, in the order of the text, so that whoever knows the file finds it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// What is wrong with it, if anything.
    pub(crate) slip: Option<Slip>,
    /// The characters, as they stand in the text.
    pub(crate) written: String,
}

impl Token {
    fn fine(written: impl Into<String>) -> Self {
        Self { slip: None, written: written.into() }
    }

    fn bad(slip: Slip, written: impl Into<String>) -> Self {
        Self { slip: Some(slip), written: written.into() }
    }
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slip {
    /// Braces around a word that is no placeholder.
    Unknown,
    /// A brace without its other half.
    Brace,
    /// Bold that never ends.
    Bold,
    /// A heading of a level there is not.
    Heading,
}

impl Phrase {
    /// Reads a line; markup in it is text.
    pub(crate) fn read(text: &str, tell: &mut dyn FnMut(Token)) -> Self {
        let pieces = pieces(text, tell);
        Self(pieces)
    }
}

impl Prose {
    /// Reads paragraphs (between blank lines), lists (`- `), headings (`## `) and bold (`**`). Anything else is text.
    pub(crate) fn read(text: &str, tell: &mut dyn FnMut(Token)) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut goes_on = false;
        for row in text.lines().map(str::trim_end) {
            if row.trim_start().is_empty() {
                goes_on = false;
                continue;
            }
            if let Some(heading) = row.strip_prefix("## ") {
                tell(Token::fine("## "));
                parts.push(Part::Heading(line(heading, tell)));
                goes_on = false;
                continue;
            }
            if is_other_heading(row) {
                // The row is told of before what is in it, and only its beginning, which is then passed.
                tell(Token::bad(Slip::Heading, row.split_inclusive(' ').next().unwrap_or(row)));
            }
            if let Some(item) = row.strip_prefix("- ") {
                let item = line(item, tell);
                match parts.last_mut() {
                    Some(Part::List(items)) if goes_on => items.push(item),
                    _ => parts.push(Part::List(vec![item])),
                }
            } else {
                let more = line(row.trim_start(), tell);
                match parts.last_mut() {
                    Some(Part::Paragraph(before)) if goes_on => go_on(before, more),
                    Some(Part::List(items)) if goes_on => match items.last_mut() {
                        Some(before) => go_on(before, more),
                        None => items.push(more),
                    },
                    _ => parts.push(Part::Paragraph(more)),
                }
            }
            goes_on = true;
        }
        Self(parts)
    }
}

/// One `#`, or three and more, in front of a text.
fn is_other_heading(row: &str) -> bool {
    row.starts_with('#') && row.trim_start_matches('#').starts_with(' ')
}

fn go_on(before: &mut Line, more: Line) {
    before.push((false, Piece::Text("\n".to_owned())));
    before.extend(more);
}

/// Stars in pairs switch bold on and off; stars that are left over stay as they are.
fn line(text: &str, tell: &mut dyn FnMut(Token)) -> Line {
    let halves: Vec<&str> = text.split("**").collect();
    let is_paired = halves.len() % 2 == 1;
    let mut line = Line::new();
    for (index, half) in halves.iter().enumerate() {
        let is_over = !is_paired && index + 1 == halves.len();
        if is_over {
            tell(Token::bad(Slip::Bold, "**"));
            line.push((false, Piece::Text("**".to_owned())));
        } else if index > 0 {
            tell(Token::fine("**"));
        }
        let strong = index % 2 == 1 && !is_over;
        line.extend(pieces(half, tell).into_iter().map(|piece| (strong, piece)));
    }
    line
}

fn pieces(text: &str, tell: &mut dyn FnMut(Token)) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            tell(Token::fine("{{"));
            plain.push('{');
            rest = after;
            continue;
        }
        if let Some(after) = from.strip_prefix("}}") {
            tell(Token::fine("}}"));
            plain.push('}');
            rest = after;
            continue;
        }
        let word = from.strip_prefix('{').and_then(|inside| {
            let end = inside.find(['{', '}', '\n'])?;
            inside.get(end..)?.strip_prefix('}').and_then(|after| Some((inside.get(..end)?, after)))
        });
        match word {
            None => {
                tell(Token::bad(Slip::Brace, from.chars().take(1).collect::<String>()));
                plain.extend(from.chars().take(1));
                rest = from.get(1..).unwrap_or_default();
            }
            Some((word, after)) => {
                match Placeholder::parse(word) {
                    Some(placeholder) => {
                        if !plain.is_empty() {
                            pieces.push(Piece::Text(std::mem::take(&mut plain)));
                        }
                        pieces.push(Piece::Value(placeholder));
                        tell(Token::fine(format!("{{{word}}}")));
                    }
                    None => {
                        let written = format!("{{{word}}}");
                        plain.push_str(&written);
                        tell(Token::bad(Slip::Unknown, written));
                    }
                }
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Prose, Vec<(Slip, String)>) {
        let mut slips = Vec::new();
        let prose =
            Prose::read(text, &mut |token| slips.extend(token.slip.map(|slip| (slip, token.written))));
        (prose, slips)
    }

    fn text(strong: bool, text: &str) -> (bool, Piece) {
        (strong, Piece::Text(text.to_owned()))
    }

    #[test]
    fn paragraphs_lists_headings_and_bold_are_read() {
        let (prose, slips) = read("一\n二\n\n## 题\n- 甲\n  续\n- **乙**{date}\n三\n\n- 丙");
        assert_eq!(slips, []);
        let break_ = || text(false, "\n");
        assert_eq!(
            prose.0,
            [
                Part::Paragraph(vec![text(false, "一"), break_(), text(false, "二")]),
                Part::Heading(vec![text(false, "题")]),
                Part::List(vec![
                    vec![text(false, "甲"), break_(), text(false, "续")],
                    vec![
                        text(true, "乙"),
                        (false, Piece::Value(Placeholder::Date)),
                        break_(),
                        text(false, "三")
                    ],
                ]),
                Part::List(vec![vec![text(false, "丙")]]),
            ]
        );
    }

    #[test]
    fn slips_are_told_and_kept_as_text() {
        for (written, kind, part) in [
            ("a {facilty} b", Slip::Unknown, "{facilty}"),
            ("a { b", Slip::Brace, "{"),
            ("a } b", Slip::Brace, "}"),
            ("a **b", Slip::Bold, "**"),
            ("### a", Slip::Heading, "### "),
            ("{}", Slip::Unknown, "{}"),
        ] {
            assert_eq!(read(written).1, [(kind, part.to_owned())], "{written}");
        }
        let (prose, slips) = read("{{facility}} 100%");
        assert_eq!(slips, []);
        assert_eq!(prose.0, [Part::Paragraph(vec![text(false, "{facility} 100%")])]);
    }
}
