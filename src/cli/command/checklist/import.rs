//! `hecha checklist import`: takes in an Excel workbook, or nothing if anything is wrong.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        checklist::workbook::{self, AreaFate, Written},
        failure::Failure,
        files::existing::Existing,
        home::Home,
    },
    cli::{help::Help, output::Output},
    domain::terms::{id::ProfileId, lang::Text},
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
    imported.fates.iter().for_each(|fate| out.note(&told(fate)));
    for warning in &imported.warnings {
        out.note(&warning.text());
    }
    Ok(())
}

/// What became of an area.
fn told(fate: &AreaFate) -> Text {
    let listed = |others: &[ProfileId], between: &str| {
        others.iter().map(ProfileId::as_str).collect::<Vec<_>>().join(between)
    };
    match fate {
        AreaFate::Same(area) => Text::new(
            format!("领域 {area} 与现有的相同，沿用现有的，没有另存。"),
            format!("The area {area} is the one that is there; it was not written again."),
        ),
        AreaFate::Own { area, own, others } => Text::new(
            format!(
                "领域 {area} 还有别的方案在用（{}）：改动存为本方案自己的领域 {own}，别的方案不变。",
                listed(others, "、")
            ),
            format!(
                "Other profiles use the area {area} ({}): the change was written as this profile's own area {own}, and they stay as they are.",
                listed(others, ", ")
            ),
        ),
        AreaFate::Shared { area, others } => Text::new(
            format!("领域 {area} 由这些方案共用，改动对它们都有效：{}。", listed(others, "、")),
            format!(
                "These profiles use the area {area}, and the change is theirs too: {}.",
                listed(others, ", ")
            ),
        ),
    }
}
