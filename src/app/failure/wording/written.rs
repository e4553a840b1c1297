//! Words for texts that cannot be recorded as they are.

use crate::{
    app::failure::{Exit, Failure},
    domain::terms::{lang::Text, written::TooLong},
};

/// A text that is longer than may be recorded: it is refused, since a reason that is cut says something else.
pub(crate) fn too_long(TooLong { limit, n }: TooLong) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有记录。", "Nothing was recorded."),
        Text::new(
            format!("文字太长：{n} 个字，最多 {limit} 个字。"),
            format!("A text is too long: {n} characters, at most {limit} are possible."),
        ),
        Text::new("请缩短后重试。", "Shorten it and try again."),
    )
}
