//! `hecha visit code`: the join code of this laptop, to compare with the lead.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, session::Session, visit::membership::JoinCode},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct CodeArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "显示本机的加入码，与组长核对",
        "Show this laptop's join code, to compare with the lead",
    ))
    .file()
}

pub(crate) fn run(args: CodeArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = Session::open(home, &args.file)?;
    let Some(code) = session.join_code()? else {
        out.say(&Text::new("本机还没有加入。", "This laptop has not joined."));
        return Ok(());
    };
    say_code(&code, out);
    Ok(())
}

/// Says the code the way lead and member compare it.
pub(crate) fn say_code(code: &JoinCode, out: &mut Output) {
    let (typed, last) = (code.typed(), code.compared());
    out.say(&Text::new(
        format!("加入码：{typed}（请组长输入），末 4 位 {last}（与组长屏幕核对）"),
        format!(
            "Join code: {typed} (the lead types it), last 4 signs {last} (compare with the lead's screen)"
        ),
    ));
}
