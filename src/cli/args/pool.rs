//! The arguments of `hecha pool …`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PoolCommand {
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
pub(in crate::cli) struct PoolListArgs {
    #[arg(long, value_name = "FIELD")]
    pub(in crate::cli) field: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub(in crate::cli) unit: Option<String>,
    #[arg(long, value_name = "LEVEL")]
    pub(in crate::cli) title: Option<String>,
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct DrawArgs {
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) facility: String,
    #[arg(long, value_name = "N")]
    pub(in crate::cli) size: Option<usize>,
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) seed: String,
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) profile: Option<String>,
    #[arg(long = "field", value_name = "FIELD")]
    pub(in crate::cli) fields: Vec<String>,
    #[arg(long = "exclude-unit", value_name = "UNIT")]
    pub(in crate::cli) left_out: Vec<String>,
    #[arg(long = "recuse", value_name = "NAME[@UNIT]:KIND:REASON")]
    pub(in crate::cli) recusals: Vec<String>,
    #[arg(long, value_name = "ALLIANCE", default_value = "")]
    pub(in crate::cli) alliance: String,
    #[arg(long = "allow", value_name = "KIND")]
    pub(in crate::cli) allowed: Vec<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) date: Option<String>,
    #[arg(long, value_name = "JSON")]
    pub(in crate::cli) out: Option<PathBuf>,
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
