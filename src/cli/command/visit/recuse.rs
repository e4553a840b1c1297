//! `hecha visit recuse`: the lead records or lifts a recusal.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{command::sync, help::Help, output::Output, typed::clause_or_all},
    domain::terms::{id::MemberName, lang::Text},
};

/// How many substitutes of the draw are named.
const N_NAMED: usize = 3;

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("组长：登记或解除回避，并同步", "Lead: record or lift a recusal, and sync"))
        .file()
        .argument("name", Text::new("组员姓名", "Name of the member"))
        .argument("clause", Text::new("条款编号；* 为全程回避", "Clause; * is the whole visit"))
        .argument("reason", Text::new("理由", "Why"))
        .argument("lift", Text::new("解除组长登记的回避", "Lift a recusal that the lead recorded"))
}

#[derive(Debug, Args)]
pub(crate) struct RecuseArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(value_name = "CLAUSE|*")]
    clause: String,
    #[arg(long, value_name = "TEXT", required_unless_present = "lift")]
    reason: Option<String>,
    #[arg(long, conflicts_with = "reason")]
    lift: bool,
}

pub(crate) fn run(args: RecuseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let clause = clause_or_all(&args.clause);
    let reason = args.reason.as_deref().filter(|_| !args.lift);
    let member = MemberName::new(&args.name);
    session.perform(Deed::Recuse(member, clause.clone(), reason.map(str::to_owned)))?;
    let (name, what) = (&args.name, &args.clause);
    if args.lift {
        out.say(&Text::new(format!("已解除回避：{name} {what}"), format!("Recusal lifted: {name} {what}")));
        sync::deliver(&mut session, out);
        return Ok(());
    }
    out.say(&Text::new(format!("已登记回避：{name} {what}"), format!("Recusal recorded: {name} {what}")));
    if clause.is_none() {
        say_substitutes(&session, name, out);
    }
    sync::deliver(&mut session, out);
    Ok(())
}

/// Who could take the seat.
pub(super) fn say_substitutes(session: &Session, name: &str, out: &mut Output) {
    let next = session.visit().substitutes_for(name).into_iter().take(N_NAMED);
    let names: Vec<String> = next.map(|it| it.person.shown(out.lang())).collect();
    if !names.is_empty() {
        let (zh, en) = (names.join("、"), names.join(", "));
        out.say(&Text::new(
            format!("抽取时排出的同专业替补，按顺序：{zh}。"),
            format!("Substitutes of the field from the draw, in their order: {en}."),
        ));
    }
    out.say(&Text::new(
        "请补一名同专业的专家：对方加入时写明专业（visit join --field），可以先评分；组长在结束评分前核准才计入。",
        "Seat another expert of the field: they join with --field and may score at once; it counts if the lead admits them before the closing.",
    ));
}
