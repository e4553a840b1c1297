//! `hecha dissent`: a member says why the own vote for a clause differs.

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{args::DissentArgs, output::Output, wrong_usage},
    domain::{
        edit::dissent::{Cause, Dissent},
        terms::id::ClauseId,
    },
};

pub(crate) fn run(args: DissentArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let cause = args.cause.as_deref().map(|text| {
        Cause::parse(text).ok_or_else(|| {
            wrong_usage(
                "原因应是 evidence、reading、changed 或 slip。",
                "A cause is evidence, reading, changed or slip.",
            )
        })
    });
    let cause = cause.transpose()?;
    let mut session = Session::open(home, &args.file)?;
    let dissent = Dissent { cause, text: args.text, minority: args.minority };
    let value = (!args.withdraw).then_some(dissent);
    session.perform(Deed::Dissent(ClauseId::new(&args.clause), value))?;
    match args.withdraw {
        true => out.say(format!("已收回：{}", args.clause), format!("Taken back: {}", args.clause)),
        false => out.say(format!("已记录：{}", args.clause), format!("Recorded: {}", args.clause)),
    }
    Ok(())
}
