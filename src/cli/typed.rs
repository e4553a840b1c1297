//! Values that several commands take, read as they are typed.

use crate::{
    app::failure::Failure,
    cli::usage::wrong_usage,
    domain::terms::{clean::clean_line, field::Field, id::ClauseId, lang::Text},
};

/// A clause as typed; `*` is all of them.
pub(crate) fn clause_or_all(text: &str) -> Option<ClauseId> {
    (text != "*").then(|| ClauseId::new(text))
}

/// The field of `--field`.
pub(crate) fn field(text: &str) -> Result<Field, Failure> {
    Field::named(text).ok_or_else(|| {
        let Text { zh, en } = Field::unknown(&clean_line(text));
        wrong_usage(Text::new(format!("--field：{zh}"), format!("--field: {en}")))
    })
}
