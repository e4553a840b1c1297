//! `hecha checklist import`: takes in an Excel workbook, or nothing if anything is wrong.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        checklist::workbook::{self, Written},
        failure::Failure,
        files::existing::Existing,
        home::Home,
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[arg(value_name = "XLSX")]
    workbook: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long)]
    replace: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "从 Excel 工作簿导入；有错就全不导入，列出工作表、行、列",
        "Import an Excel workbook; nothing if anything is wrong, told by sheet, row and column",
    ))
    .argument("workbook", Text::new("工作簿（.xlsx）", "Workbook (.xlsx)"))
    .argument(
        "out",
        Text::new(
            "放在哪个文件夹（默认本机的清单文件夹）",
            "Folder for the files (default: this installation's checklists)",
        ),
    )
    .argument("replace", Text::new("已有的清单文件也覆盖", "Replace checklist files that exist"))
}

pub(crate) fn run(args: ImportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let imported = workbook::import(home, &args.workbook, args.out, Existing::of(args.replace))?;
    for (path, written) in &imported.files {
        let path = path.display();
        match written {
            Written::New => out.say(&Text::new(format!("已写入：{path}"), format!("Written: {path}"))),
            Written::Replaced => out.say(&Text::new(format!("已覆盖：{path}"), format!("Replaced: {path}"))),
            Written::Unchanged => {
                out.say(&Text::new(format!("没有变化：{path}"), format!("Unchanged: {path}")))
            }
        }
    }
    for warning in &imported.warnings {
        out.note(&warning.text());
    }
    Ok(())
}
