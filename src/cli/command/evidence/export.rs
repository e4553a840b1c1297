//! `hecha evidence export`: takes out what may be seen into a folder.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "把可以看到的附件取出到文件夹，以 条款-姓名-序号 命名",
        "Take out what may be seen, named CLAUSE-member-n",
    ))
    .file()
    .argument("out", Text::new("输出文件夹", "Folder to write to"))
}

pub(crate) fn run(args: ExportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let exported = Session::open(home, &args.file)?.export_evidence(&args.out)?;
    for path in &exported.files {
        out.line(path.display().to_string());
    }
    for it in &exported.missing {
        let what = format!("{} {} {} {}", it.clause, it.member, it.n, it.item.name);
        out.note(&Text::new(
            format!("文件还没有到，或已损坏：{what}"),
            format!("The file is not here yet, or damaged: {what}"),
        ));
    }
    let n = exported.files.len();
    out.say(&Text::new(format!("已导出 {n} 个附件。"), format!("Exported: {n}")));
    Ok(())
}
