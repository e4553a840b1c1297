//! `hecha rectify FILE export`: the ledger as a workbook or CSV for the facility to fill in.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "XLSX|CSV")]
    path: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("导出台账，发给机构填写", "Write the ledger for the facility to fill in"))
        .argument("path", Text::new("要生成的 .xlsx 或 .csv", "File to make, .xlsx or .csv"))
}

pub(crate) fn run(args: ExportArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let n = session.export_ledger(&args.path, out.lang())?;
    let path = args.path.display();
    out.say(&Text::new(format!("已导出 {n} 项：{path}"), format!("Wrote {n} items: {path}")));
    Ok(())
}
