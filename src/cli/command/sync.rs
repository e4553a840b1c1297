//! `hecha sync`, alone and after something that the others wait for, and `hecha submit`.

use std::path::Path;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
        sync::report::SyncReport,
    },
    cli::{args::SyncArgs, command::passphrase, output::Output},
    domain::terms::lang::Text,
};

/// Gives the passphrase if there is one, then syncs or writes a copy.
pub(crate) fn sync(args: &SyncArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let given = passphrase::given(args.passphrase_file.as_deref())?;
    if let Some(given) = &given {
        session.perform(Deed::Unlock(given.clone()))?;
    }
    match &args.to {
        Some(other) => copy(&mut session, other, out)?,
        None if args.in_place => say(&session.sync_in_place()?, out),
        None => say(&session.sync()?, out),
    }
    passphrase::note_unused(&session, given.as_deref(), out);
    Ok(())
}

/// Writes a copy elsewhere and says that it is not the shared file.
fn copy(session: &mut Session, other: &Path, out: &mut Output) -> Result<(), Failure> {
    let copied = session.copy_to(other)?;
    out.line(copied.path.display().to_string());
    out.say(
        format!(
            "已写出副本（{} 个提交）；共享文件没有动，请把副本放到它旁边，或交给下一位同步的人。",
            copied.commits
        ),
        format!(
            "Wrote a copy of {} commits; the shared file was not touched: put the copy beside it, or give it to whoever syncs next.",
            copied.commits
        ),
    );
    let state = crate::app::sync::words::state(copied.state);
    out.say(state.zh, state.en);
    Ok(())
}

/// Submits and syncs.
pub(crate) fn submit(file: &Path, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, file)?;
    let Done::Submitted(gaps) = session.perform(Deed::Submit)? else { return Err(Done::mistaken()) };
    if !gaps.unscored.is_empty() {
        let n = gaps.unscored.len();
        out.note(&Text::new(
            format!("{n} 个条款没有评分，按“未投票”计。"),
            format!("{n} clauses are not scored; they count as no vote."),
        ));
    }
    out.say("已提交，评分从此不能再改。", "Submitted; the ballot is sealed for good.");
    deliver(&mut session, out);
    Ok(())
}

/// Syncs after something was done on this laptop; a share that is away does not undo it.
pub(crate) fn deliver(session: &mut Session, out: &mut Output) {
    match session.sync() {
        Ok(report) => say(&report, out),
        Err(failure) => out.note(&Text::new(
            format!("这已在本机，但还没有写入共享文件：{}", failure.why.zh),
            format!("This is on this laptop, not yet in the shared file: {}", failure.why.en),
        )),
    }
}

pub(crate) fn say(report: &SyncReport, out: &mut Output) {
    for note in &report.notes {
        out.note(note);
    }
    let state = crate::app::sync::words::state(report.state);
    let (zh, en) = match report.evidence {
        (_, 0) => (String::new(), String::new()),
        (have, known) => (format!(" · 照片 {have}/{known}"), format!(" · evidence {have}/{known}")),
    };
    out.say(
        format!("同步完成：收到 {} 个新提交；{}{zh}", report.imported, state.zh),
        format!("Synced: {} new commits; {}{en}", report.imported, state.en),
    );
}
