//! `hecha pool export`: writes the pool, for other laptops.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        files::existing::Existing,
        home::Home,
        pool::{self, Part},
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "XLSX|CSV")]
    path: PathBuf,
    #[arg(long)]
    empty: bool,
    #[arg(long)]
    replace: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "导出专家库，可在别的电脑导入；CSV 的 SHA-256 就是抽取记录里的专家库校验码",
        "Write the pool, for other laptops; the SHA-256 of the CSV is that in draw records",
    ))
    .argument("path", Text::new("要生成的 .xlsx 或 .csv", "File to make, .xlsx or .csv"))
    .argument("empty", Text::new("只写栏目和填写说明，作模板", "Headers and notes only, as a template"))
    .argument("replace", Text::new("文件已经有了也覆盖", "Replace the file if it exists"))
}

pub(crate) fn run(args: ExportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let part = if args.empty { Part::Headers } else { Part::Experts };
    let n = pool::export(home, &args.path, part, Existing::of(args.replace))?;
    let path = args.path.display();
    out.say(&Text::new(format!("已导出 {n} 名专家：{path}"), format!("Exported {n} experts: {path}")));
    Ok(())
}
