//! The words that everything above is written in: ids, grades, dates, amounts, texts in two languages.

pub mod absence;
pub mod amount;
pub mod citation;
pub mod clean;
pub mod date;
pub mod digest;
pub mod field;
pub mod grade;
pub mod id;
pub mod lang;
pub mod source;
pub mod typed;
pub mod written;
