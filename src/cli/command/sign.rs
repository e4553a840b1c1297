//! `hecha sign`: a member signs the record of the visit.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        ending::signing::record_code,
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{
        help::Help,
        output::Output,
        yes::{Yes, asked_once},
    },
    domain::{ending::signature::Signature, terms::lang::Text},
    words::irrevocable,
};

#[derive(Debug, Args)]
pub(crate) struct SignArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    yes: Yes,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("在核查记录上签字", "Sign the record of the visit")).file().yes()
}

pub(crate) fn run(args: SignArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    if !args.yes.given() {
        return Err(first_asked(&session));
    }
    // What others wrote meanwhile belongs to what is signed; a file that cannot be reached does not hold up a signature.
    let before = session.sync();
    let shown = session.record_digest();
    let Done::Signed(record) = session.perform(Deed::Sign(shown))? else { return Err(Done::mistaken()) };
    let after = session.sync();
    out.say(&Text::new(
        format!("已签字。核查记录 {}", record_code(&record)),
        format!("Signed. Record {}", record_code(&record)),
    ));
    session.signs_beside().iter().for_each(|told| out.note(told));
    if before.and(after).is_err() {
        out.note(&Text::new(
            "共享文件没有同步上，签的是本机看到的记录；请稍后同步。",
            "The shared file could not be synced: this signs the record as this laptop has it. Sync later.",
        ));
    }
    if session.is_something_open() {
        out.note(&Text::new(
            "还有未处理的事项（hecha finalize FILE --check）；记录有改动就要重新签字。",
            "Something is still open (hecha finalize FILE --check); a changed record must be signed again.",
        ));
    }
    list_signatures(&session, out);
    Ok(())
}

/// What a member should know before.
fn first_asked(session: &Session) -> Failure {
    if let Err(refused) = session.may_sign() {
        return refused;
    }
    asked_once(
        Text::new("还没有签字。", "Nothing is signed yet."),
        irrevocable::both(irrevocable::signing),
        session.before_signing(),
    )
}

/// Who signed this record, to standard output.
pub(crate) fn list_signatures(session: &Session, out: &mut Output) {
    let lang = out.lang();
    let record = session.record_digest();
    for state in session.visit().voting() {
        let how = Signature::of(state, &record).name(lang);
        out.line(format!("  {}  {how}", state.member.name));
    }
}
