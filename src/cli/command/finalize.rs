//! `hecha finalize`: the lead makes the visit final, or sees what holds it up.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::Deed,
        ending::{
            finalize::{matter_line, parse_waiver},
            signing::record_code,
        },
        failure::{Exit, Failure},
        home::Home,
        session::Session,
        visit::info,
    },
    cli::{
        command::sign::list_signatures,
        help::Help,
        output::Output,
        yes::{Yes, asked_once},
    },
    domain::{edit::waiver::Waiving, ending::readiness::Matter, terms::lang::Text},
    words::{irrevocable, label},
};

#[derive(Debug, Args)]
pub(crate) struct FinalizeArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long = "waive", value_name = "MATTER=REASON")]
    waivers: Vec<String>,
    #[arg(long)]
    check: bool,
    #[arg(long, requires = "check")]
    json: bool,
    #[command(flatten)]
    yes: Yes,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("组长：定稿", "Lead: make the visit final"))
        .file()
        .argument(
            "waivers",
            Text::new(
                "豁免一类未处理事项并写明理由，可重复；理由印在报告里",
                "Let a kind of open matter pass, with a reason that the report prints; repeatable",
            ),
        )
        .argument("json", Text::new("与 --check 一起：按 JSON 输出", "With --check: as JSON"))
        .argument("check", Text::new("只列出未处理事项，不定稿", "List what is open and change nothing"))
        .yes()
}

pub(crate) fn run(args: FinalizeArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let reasons: Vec<_> = args.waivers.iter().map(|text| parse_waiver(text)).collect::<Result<_, _>>()?;
    let mut session = Session::open(home, &args.file)?;
    if args.check {
        if args.json {
            out.json(&info::matters_json(&session, out.lang()));
            if session.matters().iter().any(Matter::blocks) {
                out.exit_with(Exit::NeedsPerson as u8);
            }
            return Ok(());
        }
        return check(&session, out);
    }
    if !args.yes.given() {
        return Err(first_asked(&session, &reasons));
    }
    session.sync()?;
    session.perform(Deed::Finalize(reasons))?;
    session.sync()?;
    let record = session.record_digest();
    out.say(&Text::new(
        format!("已定稿。核查记录 {}", record_code(&record)),
        format!("The visit is final. Record {}", record_code(&record)),
    ));
    list_signatures(&session, out);
    Ok(())
}

/// What the lead should know before: what blocks, or else what there is to know.
fn first_asked(session: &Session, reasons: &[Waiving]) -> Failure {
    match session.before_finalising(reasons) {
        Ok(known) => asked_once(
            Text::new("还没有定稿。", "The visit is not final yet."),
            irrevocable::both(irrevocable::finalising),
            known,
        ),
        Err(refused) => refused,
    }
}

/// What is open, without changing anything.
fn check(session: &Session, out: &mut Output) -> Result<(), Failure> {
    let lang = out.lang();
    let matters = session.matters();
    let (holding, others): (Vec<_>, Vec<_>) = matters.iter().partition(|matter| matter.blocks());
    if holding.is_empty() {
        out.line(label::nothing_holds(lang));
    } else {
        out.line(label::to_settle(lang));
        holding.iter().for_each(|matter| out.line(format!("  {}", matter_line(matter, lang))));
        out.exit_with(Exit::NeedsPerson as u8);
    }
    if !others.is_empty() {
        out.line(label::to_know(lang));
        others.iter().for_each(|matter| out.line(format!("  {}", matter_line(matter, lang))));
    }
    Ok(())
}
