//! `hecha object`, `hecha sign` and `hecha finalize`: how a visit ends.

use std::path::Path;

use crate::{
    app::{
        deed::{Deed, Done},
        ending::{
            finalize::{matter_line, parse_waiver},
            signing::record_code,
        },
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{
        args::{FinalizeArgs, ObjectArgs},
        command::panel::clause_or_all,
        output::Output,
        wrong_usage,
    },
    domain::{edit::objection::Objection, ending::signature::Signature, terms::lang::Text},
};

pub(crate) fn object(args: &ObjectArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let clause = clause_or_all(&args.clause);
    if args.withdraw {
        session.perform(Deed::Object(clause, None))?;
        out.say("已撤下异议。", "The objection was taken back.");
        return Ok(());
    }
    let before = session.visit().objections().find(|(it, _)| *it == clause.as_ref());
    let before = before.map(|(_, objection)| objection.clone());
    let Some(text) = args.text.clone().or_else(|| before.as_ref().map(|it| it.text.clone())) else {
        return Err(wrong_usage(
            "还没有可答复的异议，请先用 --text 登记。",
            "There is no objection to answer; record it with --text.",
        ));
    };
    let kept = |given: &Option<String>, of: fn(&Objection) -> &String| {
        given.clone().or_else(|| before.as_ref().map(|it| of(it).clone())).unwrap_or_default()
    };
    let objection =
        Objection { by: kept(&args.by, |it| &it.by), text, answer: kept(&args.answer, |it| &it.answer) };
    let answered = !objection.answer.is_empty();
    session.perform(Deed::Object(clause, Some(objection)))?;
    if answered {
        out.say("已记录异议和答复。", "Objection and answer recorded.");
    } else {
        out.say(
            "已记录异议；定稿前请用 --answer 答复。",
            "Objection recorded; answer it with --answer before finalising.",
        );
    }
    Ok(())
}

pub(crate) fn sign(file: &Path, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, file)?;
    // What others wrote meanwhile belongs to what is signed; a file that cannot be reached does not hold up a signature.
    let before = session.sync();
    let Done::Signed(record) = session.perform(Deed::Sign)? else { return Err(Done::mistaken()) };
    let after = session.sync();
    out.say(
        format!("已签字。核查记录 {}", record_code(&record)),
        format!("Signed. Record {}", record_code(&record)),
    );
    if before.and(after).is_err() {
        out.note(&Text::new(
            "共享文件没有同步上，签的是本机看到的记录；请稍后同步。",
            "The shared file could not be synced: this signs the record as this laptop has it. Sync later.",
        ));
    }
    if session.matters().iter().any(|matter| matter.kind.blocks()) {
        out.note(&Text::new(
            "还有未处理的事项（hecha finalize FILE --check）；记录有改动就要重新签字。",
            "Something is still open (hecha finalize FILE --check); a changed record must be signed again.",
        ));
    }
    list_signatures(&session, out);
    Ok(())
}

pub(crate) fn finalize(args: &FinalizeArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let reasons: Vec<_> = args.waivers.iter().map(|text| parse_waiver(text)).collect::<Result<_, _>>()?;
    let mut session = Session::open(home, &args.file)?;
    if args.check {
        return check(&session, out);
    }
    session.sync()?;
    session.perform(Deed::Finalize(reasons))?;
    session.sync()?;
    let record = session.record_digest();
    out.say(
        format!("已定稿。核查记录 {}", record_code(&record)),
        format!("The visit is final. Record {}", record_code(&record)),
    );
    list_signatures(&session, out);
    Ok(())
}

/// What is open, without changing anything.
fn check(session: &Session, out: &mut Output) -> Result<(), Failure> {
    let lang = out.lang();
    let matters = session.matters();
    let (holding, others): (Vec<_>, Vec<_>) = matters.iter().partition(|matter| matter.kind.blocks());
    if holding.is_empty() {
        out.say("可以定稿。", "Nothing holds the visit up.");
    } else {
        out.say("定稿前要处理：", "To settle before finalising:");
        holding.iter().for_each(|matter| out.line(format!("  {}", matter_line(matter, lang))));
        out.exit_with(crate::app::failure::Exit::NeedsPerson as u8);
    }
    if !others.is_empty() {
        out.say("请知悉：", "Also:");
        others.iter().for_each(|matter| out.line(format!("  {}", matter_line(matter, lang))));
    }
    Ok(())
}

fn list_signatures(session: &Session, out: &mut Output) {
    let lang = out.lang();
    let record = session.record_digest();
    for state in session.visit().voting() {
        let how = Signature::of(state, &record).name(lang);
        out.line(format!("  {}  {how}", state.member.name));
    }
}
