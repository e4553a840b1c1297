//! `hecha visit admit`: the lead admits the laptop whose code a member shows.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{
        command::{sync, visit::info::title_stated},
        help::Help,
        output::Output,
    },
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct AdmitArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CODE")]
    code: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("按组员屏幕上的加入码核准其电脑", "Admit the laptop whose code a member shows you"))
        .file()
        .argument("code", Text::new("加入码的前 12 位", "First 12 signs of the join code"))
}

pub(crate) fn run(args: AdmitArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    // The member's laptop may be known to the file and not yet to this one. A file that is away may be nobody's fault: the code
    // then is not known, and that is told.
    let looked = session.sync();
    let admitted = session.perform(Deed::Admit(args.code));
    let admitted = admitted.map_err(|failure| match looked {
        Ok(_) => failure,
        Err(away) => failure.with_details(vec![away.why]),
    });
    let Done::Admitted(admission) = admitted? else { return Err(Done::mistaken()) };
    let (name, last) = (&admission.name, admission.code.compared());
    out.say(&Text::new(
        format!("已核准 {name}。请对方核对末 4 位：{last}；不一致就停用这台电脑（hecha visit retire）。"),
        format!(
            "Admitted {name}. Ask them to compare the last 4 signs: {last}; if they differ, retire it (hecha visit retire)."
        ),
    ));
    let visit = session.visit();
    if let Some(lack) = visit.member(name.as_str()).and_then(|state| visit.title_lack(&state.member)) {
        out.note(&title_stated(&lack));
    }
    sync::deliver(&mut session, out);
    Ok(())
}
