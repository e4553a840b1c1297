//! The arguments of `hecha pool …`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PoolCommand {
    Import {
        #[arg(value_name = "XLSX|CSV")]
        path: PathBuf,
        #[arg(long, conflicts_with = "keep")]
        replace: bool,
        #[arg(long)]
        keep: bool,
    },
    List(PoolListArgs),
    Export {
        #[arg(value_name = "XLSX|CSV")]
        path: PathBuf,
        #[arg(long)]
        empty: bool,
        #[arg(long)]
        replace: bool,
    },
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
    },
    Draw(DrawArgs),
    Redraw {
        #[arg(value_name = "RECORD|FILE")]
        path: PathBuf,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PoolListArgs {
    #[arg(long, value_name = "FIELD")]
    pub(crate) field: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "LEVEL")]
    pub(crate) title: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DrawArgs {
    #[arg(long, value_name = "NAME")]
    pub(crate) facility: String,
    #[arg(long, value_name = "N")]
    pub(crate) size: Option<usize>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) seed: String,
    #[arg(long, value_name = "ID")]
    pub(crate) profile: Option<String>,
    #[arg(long = "field", value_name = "FIELD")]
    pub(crate) fields: Vec<String>,
    #[arg(long = "exclude-unit", value_name = "UNIT")]
    pub(crate) left_out: Vec<String>,
    #[arg(long = "recuse", value_name = "NAME[@UNIT]:KIND:REASON")]
    pub(crate) recusals: Vec<String>,
    #[arg(long, value_name = "ALLIANCE", default_value = "")]
    pub(crate) alliance: String,
    #[arg(long = "allow", value_name = "KIND")]
    pub(crate) allowed: Vec<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    #[arg(long, value_name = "JSON")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}
