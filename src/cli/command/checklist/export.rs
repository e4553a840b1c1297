//! `hecha checklist export`: a checklist as an Excel workbook, to edit and import again.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{checklist::workbook, failure::Failure, files::existing::Existing, home::Home},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "PROFILE|AREA|FILE")]
    name: String,
    #[arg(long, value_name = "XLSX")]
    out: PathBuf,
    #[arg(long)]
    replace: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "导出为 Excel 工作簿，改好后可再导入",
        "Export to an Excel workbook, to edit and import again",
    ))
    .argument("name", Text::new("方案、领域或共享文件", "Profile, area or shared file"))
    .argument("out", Text::new("要生成的工作簿（.xlsx）", "Workbook to make (.xlsx)"))
    .argument("replace", Text::new("工作簿已经有了也覆盖", "Replace the workbook if it exists"))
}

pub(crate) fn run(args: ExportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    workbook::export(home, &args.name, &args.out, Existing::of(args.replace), out.lang())?;
    let path = args.out.display();
    out.say(&Text::new(format!("已导出：{path}"), format!("Exported: {path}")));
    Ok(())
}
