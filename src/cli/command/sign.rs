//! `hecha sign`: a member signs the record of the visit.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        ending::{finalize::matter_line, signing::record_code},
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{
        help::Help,
        output::Output,
        yes::{Yes, asked_once},
    },
    domain::{
        edit::waiver::MatterKind,
        ending::{readiness::Matter, signature::Signature},
        terms::{
            id::MemberName,
            lang::{Lang, Text},
        },
    },
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
    let votes = |name: &MemberName| session.visit().voting().any(|state| &state.member.name == name);
    if !session.me().is_some_and(votes) {
        out.note(&Text::new(
            "您不在应评专家之列（回避、缺席，或结束评分后才核准）：签字留着，不计入过半数。",
            "You are not among those who vote (recused, absent, or admitted after the closing): the signature stays and counts towards no majority.",
        ));
    }
    if before.and(after).is_err() {
        out.note(&Text::new(
            "共享文件没有同步上，签的是本机看到的记录；请稍后同步。",
            "The shared file could not be synced: this signs the record as this laptop has it. Sync later.",
        ));
    }
    if session.matters().iter().any(is_open) {
        out.note(&Text::new(
            "还有未处理的事项（hecha finalize FILE --check）；记录有改动就要重新签字。",
            "Something is still open (hecha finalize FILE --check); a changed record must be signed again.",
        ));
    }
    list_signatures(&session, out);
    Ok(())
}

/// What a member should know before: which record it is, and what is open in it.
fn first_asked(session: &Session) -> Failure {
    if let Err(refused) = session.may_sign() {
        return refused;
    }
    let code = record_code(&session.record_digest());
    let mut known = vec![Text::new(format!("核查记录 {code}"), format!("Record {code}"))];
    let matters = session.matters();
    let open = matters.iter().filter(|matter| is_open(matter));
    known.extend(open.map(|it| Text::new(matter_line(it, Lang::Zh), matter_line(it, Lang::En))));
    asked_once(
        Text::new("还没有签字。", "Nothing is signed yet."),
        irrevocable::both(irrevocable::signing),
        known,
    )
}

/// What is to be settled before the end, apart from the signatures that are just being given.
fn is_open(matter: &Matter) -> bool {
    matter.blocks() && matter.kind != MatterKind::Unsigned
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
