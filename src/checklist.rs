//! Checklists and profiles: TOML to domain, all problems at once with line and column. Knows no store, share or terminal.
//!
//! Reading order: `sources` says which texts there are; `located::document` and `located::table` read one of them and note
//! problems with their place; `area`, `clause`, `point`, `list`, `measure`, `gate`, `contradiction`, `effort` and `rules` turn tables into domain
//! values; `assemble` joins a profile with its areas; `doubt` asks again about what is seldom meant; `load` is the front door. `content` is the canonical text a visit is founded with,
//! `show` what `hecha checklist show --json` prints.
//!
//! The file shape is `toml`'s own spanned tree, not a derived struct: a derived struct stops at the first missing or
//! mistyped key, and turns decimals into floats. The tree keeps every place and the digits as written.

mod area;
mod assemble;
mod builtin;
mod clause;
pub mod content;
mod contradiction;
mod crosswalk;
mod doubt;
mod effort;
mod gate;
mod limits;
mod list;
mod load;
mod measure;
mod overrides;
mod own_areas;
mod point;
mod rules;
mod show;
mod sources;
mod standard;
pub mod xlsx;

use crate::located::{document, near, problem, syntax, table};

pub use crate::located::{Problem, Severity, render};
pub use area::AreaSheet;
pub use crosswalk::check_crosswalk;
pub use load::{ProfileSummary, check_all, check_text, list_areas, list_profiles, load_area, load_profile};
pub use own_areas::{AreaFate, own_areas};
pub use show::{show_area_json, show_json};
pub use sources::{Kind, Sources};
