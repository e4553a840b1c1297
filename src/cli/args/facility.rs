//! The arguments of `hecha visit facility` and `hecha form`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct FacilityArgs {
    #[arg(value_name = "FILE", required_unless_present = "template")]
    pub(in crate::cli) file: Option<PathBuf>,
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    #[arg(long, value_name = "TOML", conflicts_with = "set")]
    pub(in crate::cli) import: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["set", "import", "json"])]
    pub(in crate::cli) template: bool,
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FormArgs {
    #[arg(value_name = "KIND|list")]
    pub(in crate::cli) kind: String,
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) out: PathBuf,
    #[arg(long, value_name = "YYYY")]
    pub(in crate::cli) year: Option<String>,
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
