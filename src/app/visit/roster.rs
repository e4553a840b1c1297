//! Members as people type them: `NAME:FIELD[:TITLE]`.

use crate::{
    app::failure::{Exit, Failure},
    domain::{
        edit::Member,
        pool::Rank,
        terms::{clean::clean_line, field::Field, id::MemberName, lang::Text, written::Line},
    },
};

/// Reads `NAME:FIELD[:TITLE]`; a full-width colon will do.
///
/// # Errors
/// What is wrong with it.
pub fn parse_member(text: &str) -> Result<Member, Failure> {
    let folded = text.replace('：', ":");
    let mut parts = folded.splitn(3, ':').map(Line::new);
    let name = parts.next().transpose()?.unwrap_or_default();
    let written = parts.next().transpose()?.unwrap_or_default();
    let title = parts.next().transpose()?.unwrap_or_default();
    if name.is_empty() {
        return Err(bad_member(text, Text::new("缺姓名。", "The name is missing.")));
    }
    let Some(field) = Field::named(&written) else {
        return Err(bad_member(text, Field::unknown(&written)));
    };
    // A title that says the field is the title all the same.
    let title = if title.is_empty() && Rank::of_title(&written).is_some() { written } else { title };
    Ok(Member { name: MemberName::new(name.as_str()), field, title })
}

fn bad_member(text: &str, why: Text) -> Failure {
    let text = clean_line(text);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("看不懂组员“{text}”"), format!("Cannot read the member “{text}”")),
        why,
        Text::new("请写成 姓名:专业:职称。", "Write NAME:FIELD:TITLE."),
    )
}
