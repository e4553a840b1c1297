//! `hecha rectify FILE export`: the ledger as a workbook for the facility to fill in.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "XLSX")]
    path: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "导出台账工作簿，发给机构填写",
        "Write the ledger as a workbook for the facility to fill in",
    ))
    .argument("path", Text::new("要生成的 .xlsx", "File to make, .xlsx"))
}

pub(crate) fn run(args: ExportArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let n = session.export_ledger(&args.path, out.lang())?;
    let path = args.path.display();
    out.say(&Text::new(format!("已导出 {n} 项：{path}"), format!("Wrote {n} items: {path}")));
    Ok(())
}
