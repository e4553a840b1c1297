//! `hecha visit reopen`: lets a member score again.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::{id::MemberName, lang::Text},
};

#[derive(Debug, Args)]
pub(crate) struct ReopenArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("让组员重新评分，须写理由", "Let a member score again, with a reason"))
        .file()
        .argument("name", Text::new("组员", "Member"))
        .argument("reason", Text::new("理由，写入报告", "Reason, printed in the report"))
}

pub(crate) fn run(args: ReopenArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let name = &args.name;
    Session::open(home, &args.file)?.perform(Deed::Reopen(MemberName::new(name), args.reason))?;
    out.say(&Text::new(
        format!("{name} 可以重新评分；请同步，让对方收到。"),
        format!("{name} may score again; sync, so that it reaches them."),
    ));
    Ok(())
}
