//! `hecha pool import`: takes in a pool file, beside what is here.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, pool},
    cli::{help::Help, output::Output},
    domain::{pool::Policy, terms::lang::Text},
};

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[arg(value_name = "XLSX|CSV")]
    path: PathBuf,
    #[arg(long, conflicts_with = "keep")]
    replace: bool,
    #[arg(long)]
    keep: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "导入专家库，并入本机已有的；有一行不对就全不导入",
        "Take in a pool file, beside what is here; nothing if any row is bad",
    ))
    .argument(
        "path",
        Text::new(
            "工作簿或 CSV；栏目：姓名、单位、职称、专业（必有），培训、既往关系、医共体、县区、例外理由",
            "Workbook or CSV; columns name, unit, title, fields (needed), training, ties, alliance, county, exception",
        ),
    )
    .argument(
        "replace",
        Text::new("同一人内容不同时以文件为准", "Where details of a person differ, those of the file hold"),
    )
    .argument(
        "keep",
        Text::new("同一人内容不同时以本机为准", "Where details of a person differ, those here hold"),
    )
}

pub(crate) fn run(args: ImportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let policy = match (args.replace, args.keep) {
        (true, _) => Policy::Replace,
        (false, true) => Policy::Keep,
        (false, false) => Policy::Ask,
    };
    say_imported(&pool::import(home, &args.path, policy)?, out);
    Ok(())
}

fn say_imported(done: &pool::Imported, out: &mut Output) {
    let pool::Imported { n_added, n_replaced, n_kept, n_same, n_pool, told } = done;
    out.say(&Text::new(
        format!("新增 {n_added} 名，更新 {n_replaced} 名，保留本机内容 {n_kept} 名，相同 {n_same} 名；专家库现有 {n_pool} 名"),
        format!("Added {n_added}, replaced {n_replaced}, kept as here {n_kept}, the same {n_same}; the pool has {n_pool} experts"),
    ));
    told.iter().for_each(|told| out.note(told));
}
