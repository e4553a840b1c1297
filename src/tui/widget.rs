//! What screens and dialogs are built from: fields, forms, lists, boxes, a path prompt.

pub(crate) mod field;
pub(crate) mod field_row;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod note_area;
pub(crate) mod path;
pub(crate) mod person;
pub(crate) mod popup;
pub(crate) mod position;
pub(crate) mod search;
pub(crate) mod text;
pub(crate) mod twice;
pub(crate) mod window;
pub(crate) mod words;
