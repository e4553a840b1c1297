//! `hecha demo`: makes the sample visit, and opens it where there is a terminal.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{demo::demo, failure::Failure, home::Home},
    cli::{help::Help, left::Left, output::Output},
    domain::terms::lang::Text,
    words::label,
};

/// Where the sample goes without a folder given.
const DEFAULT: &str = "hecha-demo";

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "建立示例核查（五人专家组，已部分评分）并打开",
        "Make a sample visit (panel of five, part scored) and open it",
    ))
    .argument("dir", Text::new("放在哪个文件夹（默认 hecha-demo）", "Folder for it (default hecha-demo)"))
}

pub(crate) fn run(args: DemoArgs, _: &Home, out: &mut Output) -> Result<Left, Failure> {
    let lang = out.lang();
    let made = demo(&args.dir.unwrap_or_else(|| PathBuf::from(DEFAULT)))?;
    out.line(made.file.display().to_string());
    for (index, home) in made.homes.iter().enumerate() {
        let role = if index == 0 { label::lead(lang) } else { label::member_role(lang) };
        out.line(format!("{}  {role}", home.display()));
    }
    let home = Home::choose(made.homes.into_iter().next())?;
    Ok(Left::Tui { home, file: Some(made.file) })
}
