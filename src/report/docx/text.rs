//! Runs of text: line breaks kept, and nothing that XML cannot hold.

use docx_rs::{BreakType, Paragraph, Run};

use super::body_run;

/// An empty run of running text.
pub(super) fn body() -> Run {
    body_run()
}

/// An empty run of strong text.
pub(super) fn bold() -> Run {
    body_run().bold()
}

/// Adds a text, its line breaks as breaks, in the look of `run`. Escaping is the writer's.
pub(super) fn add_lines(paragraph: Paragraph, text: &str, run: Run) -> Paragraph {
    let mut run = run;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line.chars().filter(|c| fits_xml(*c)).collect::<String>());
    }
    paragraph.add_run(run)
}

/// XML 1.0 forbids control characters and two non-characters; a document with one does not open at all.
fn fits_xml(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}
