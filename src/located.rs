//! What people write for the program as text, read with the place of everything: TOML tables key by key, and problems that
//! say file, line and column. Checklists and report templates are read with it; it knows neither.
//!
//! Reading order: `problem` is what is wrong and where, `document` a file while it is read, `syntax` and `table` its TOML,
//! `near` guesses what was meant, `render` prints problems.

pub(crate) mod document;
pub(crate) mod near;
pub(crate) mod problem;
pub(crate) mod render;
pub(crate) mod syntax;
pub(crate) mod table;

pub use problem::{Problem, Severity};
pub use render::render;
