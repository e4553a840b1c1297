//! Values that several commands take, read as they are typed.

use crate::{
    app::failure::Failure,
    cli::usage::wrong_usage,
    domain::terms::{field::Field, id::ClauseId, lang::Text},
};

/// A clause as typed; `*` is all of them.
pub(crate) fn clause_or_all(text: &str) -> Option<ClauseId> {
    (text != "*").then(|| ClauseId::new(text))
}

/// The field of `--field`.
pub(crate) fn field(text: &str) -> Result<Field, Failure> {
    Field::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
        let all = all.join("、");
        wrong_usage(Text::new(
            format!("--field 应是 {all} 之一。"),
            format!("--field should be one of {all}."),
        ))
    })
}
