//! The arguments of `hecha visit facility` and `hecha form`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct FacilityArgs {
    #[arg(value_name = "FILE", required_unless_present = "template")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
    #[arg(long, value_name = "TOML", conflicts_with = "set")]
    pub(crate) import: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["set", "import", "json"])]
    pub(crate) template: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FormArgs {
    #[arg(value_name = "KIND|list")]
    pub(crate) kind: String,
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "YYYY")]
    pub(crate) year: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
}
