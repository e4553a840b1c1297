//! `hecha visit absent`: the lead records that a member is not there, or takes it back.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{
        command::{sync, visit::recuse::say_substitutes},
        help::Help,
        output::Output,
    },
    domain::terms::{
        id::MemberName,
        lang::{Lang, Text},
    },
    words::irrevocable,
};

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "组长：登记组员缺席（如生病），或撤回，并同步；提交了评分的不算缺席",
        "Lead: record that a member is absent (e.g. ill), or take it back, and sync; whoever submits is not",
    ))
    .file()
    .argument("member", Text::new("组员姓名", "Name of the member"))
    .argument("reason", Text::new("理由", "Why"))
    .argument(
        "back",
        Text::new("撤回：组员来了；评分结束之前都可以", "Take it back: they came; until scoring is closed"),
    )
}

#[derive(Debug, Args)]
pub(crate) struct AbsentArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "MEMBER")]
    member: String,
    #[arg(long, value_name = "TEXT", required_unless_present = "back")]
    reason: Option<String>,
    #[arg(long, conflicts_with = "reason")]
    back: bool,
}

pub(crate) fn run(args: AbsentArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let reason = args.reason.filter(|_| !args.back);
    session.perform(Deed::RecordAbsence(MemberName::new(&args.member), reason))?;
    let name = &args.member;
    if args.back {
        out.say(&Text::new(
            format!("已撤回：{name}不再记为缺席"),
            format!("Taken back: {name} is no longer absent"),
        ));
        sync::deliver(&mut session, out);
        return Ok(());
    }
    out.say(&Text::new(format!("已记录缺席：{name}"), format!("Absence recorded: {name}")));
    out.note(&Text::new(irrevocable::absence(Lang::Zh), irrevocable::absence(Lang::En)));
    say_substitutes(&session, name, out);
    sync::deliver(&mut session, out);
    Ok(())
}
