//! `hecha visit recovery`: the recovery sheet, to be printed and kept.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct RecoveryArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("显示恢复单，可打印保存", "Show the recovery sheet, to be printed and kept")).file()
}

pub(crate) fn run(args: RecoveryArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    if !say_recovery(&Session::open(home, &args.file)?, out) {
        out.say(&Text::new("本机没有恢复码。", "This laptop has no recovery code."));
    }
    Ok(())
}

/// Says the sheet; whether there was one to say.
pub(crate) fn say_recovery(session: &Session, out: &mut Output) -> bool {
    let Some(sheet) = session.recovery_sheet(out.lang()) else { return false };
    for line in sheet {
        out.line(line);
    }
    true
}
