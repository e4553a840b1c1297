//! Values that several commands take, read as they are typed.

use crate::{
    app::{failure::Failure, ledger::file::parse_day},
    cli::usage::wrong_usage,
    domain::terms::{clean::clean_line, date::Date, field::Field, id::ClauseId, lang::Text},
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

/// A day as typed.
pub(crate) fn day(text: &str) -> Result<Date, Failure> {
    parse_day(text)
        .ok()
        .flatten()
        .ok_or_else(|| wrong_usage(Text::new("日期请写成 2026-12-31。", "Write a day like 2026-12-31.")))
}
