//! Checklists as workbooks, because bureaus keep their guides in Excel and WPS: export to a sheet that is good to read,
//! and import of what came back.
//!
//! `schema` lists every column once, with the TOML key it stands for; export, import, dropdowns and the guide sheet all
//! read it. Export walks the TOML of a checklist (`plan`) and paints it (`paint`, `guide`). Import bounds the package
//! (`package`), takes its cells (`grid`), finds sections and records by their headers (`records`), writes TOML that
//! remembers which cell each part came from (`toml_text`), and lets the ordinary loader judge it (`import`). Other
//! workbooks, such as those of the expert pool, are bounded and taken apart by the same `read_cells`, and headers are freed of the
//! same marks (`header_text`).

mod cell;
mod column;
mod error;
mod export;
mod grid;
mod guide;
mod header_text;
mod import;
mod merged;
mod package;
mod paint;
mod plan;
mod problem;
mod records;
mod schema;
mod style;
mod toml_text;
mod visit;

pub use cell::fold;
pub use error::ExportError;
pub use export::{export_area, export_checklist, export_profile};
pub use grid::{Held, SheetCells, read as read_cells};
pub use header_text::bare;
pub use import::{Imported, ImportedFile, import};
pub use merged::Across;
pub use problem::{SheetPlace, SheetProblem, letters, shown};
