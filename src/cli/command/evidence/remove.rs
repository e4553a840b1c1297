//! `hecha evidence remove`: takes back what one attached oneself.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{help::Help, output::Output},
    domain::terms::{id::ClauseId, lang::Text},
};

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    clause: String,
    #[arg(value_name = "N|DIGEST")]
    which: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("取下自己的附件", "Take one of your own back"))
        .file()
        .argument("clause", Text::new("条款编号", "Clause id"))
        .argument(
            "which",
            Text::new(
                "list 中的序号，或 SHA-256 的开头（至少 6 位）",
                "Number in the list, or the beginning of its SHA-256 (6 digits or more)",
            ),
        )
}

pub(crate) fn run(args: RemoveArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let deed = Deed::Detach(ClauseId::new(args.clause.trim()), args.which.trim().to_owned());
    let Done::Detached(name) = session.perform(deed)? else { return Err(Done::mistaken()) };
    out.say(&Text::new(format!("已取下：{name}"), format!("Taken back: {name}")));
    Ok(())
}
