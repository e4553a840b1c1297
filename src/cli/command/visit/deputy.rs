//! `hecha visit deputy`: names a deputy, who may do the lead's work.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::{id::MemberName, lang::Text},
};

#[derive(Debug, Args)]
pub(crate) struct DeputyArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "NAME")]
    name: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("指定副组长，可代行组长的操作", "Name a deputy, who may do the lead's work"))
        .file()
        .argument("name", Text::new("已核对身份的组员", "A member whose laptop was admitted"))
}

pub(crate) fn run(args: DeputyArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let name = &args.name;
    Session::open(home, &args.file)?.perform(Deed::Deputy(MemberName::new(name)))?;
    out.say(&Text::new(format!("已指定副组长：{name}。"), format!("Named deputy: {name}.")));
    Ok(())
}
