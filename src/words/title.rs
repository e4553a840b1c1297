//! A title that does not reach the least one of a panel rule.

use crate::domain::{
    panel::TitleLack,
    terms::{
        clean::clean_line,
        lang::{Lang, Text},
    },
};

/// What is wrong with a member's title, without a full stop.
#[must_use]
pub fn title_lack(lack: &TitleLack) -> Text {
    let (name, title) = (clean_line(lack.member.as_str()), clean_line(&lack.title));
    let (zh, en) = (lack.least.name(Lang::Zh), lack.least.name(Lang::En));
    match lack.rank {
        Some(rank) => Text::new(
            format!("{name}的职称“{title}”是{}，低于{zh}", rank.name(Lang::Zh)),
            format!("{name}'s title “{title}” is {}, below {en}", rank.name(Lang::En)),
        ),
        None if title.is_empty() => Text::new(
            format!("{name}没有写职称，应为{zh}及以上"),
            format!("{name} has no title; it should be {en} or above"),
        ),
        None => Text::new(
            format!("{name}的职称“{title}”不在职称表中，看不出是否{zh}及以上"),
            format!("{name}'s title “{title}” is of no known level; it should be {en} or above"),
        ),
    }
}
