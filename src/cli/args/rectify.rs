//! The arguments of `hecha rectify FILE …`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(Debug, ClapArgs)]
pub(crate) struct RectifyArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(subcommand)]
    pub(crate) command: RectifyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RectifyCommand {
    List {
        #[arg(value_name = "PROGRESS", value_parser = ["open", "submitted", "closed", "struck", "overdue"])]
        which: Option<String>,
        #[arg(long)]
        json: bool,
    },
    Show {
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(long, value_name = "DIR")]
        files: Option<PathBuf>,
    },
    Add {
        #[arg(value_name = "PROBLEM")]
        problem: String,
        #[arg(long, value_name = "CLAUSE")]
        clause: Option<String>,
        #[arg(long, value_name = "ID", requires = "clause")]
        point: Option<String>,
        #[command(flatten)]
        plan: PlanArgs,
    },
    Plan {
        #[arg(value_name = "ITEM", required_unless_present = "all")]
        items: Vec<String>,
        #[arg(long, conflicts_with = "items")]
        all: bool,
        #[command(flatten)]
        plan: PlanArgs,
    },
    Submit {
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(long, value_name = "NAME")]
        by: String,
        #[arg(long, value_name = "TEXT")]
        text: String,
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<String>,
        #[arg(long = "file", value_name = "PATH")]
        files: Vec<PathBuf>,
        #[arg(long = "keep-metadata")]
        keep_metadata: bool,
    },
    Close {
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(long, value_name = "VALUE")]
        finding: Option<String>,
        #[arg(long, value_name = "TEXT", default_value = "")]
        remark: String,
    },
    Reopen {
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Strike {
        #[arg(value_name = "ITEM", required = true)]
        items: Vec<String>,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Export {
        #[arg(value_name = "XLSX")]
        path: PathBuf,
    },
    Import {
        #[arg(value_name = "XLSX|CSV")]
        path: PathBuf,
        #[arg(long)]
        plans: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PlanArgs {
    #[arg(long, value_name = "TEXT")]
    pub(crate) goal: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) deadline: Option<String>,
}
