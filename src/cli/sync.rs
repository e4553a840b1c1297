//! `hecha sync`, alone and after something that the others wait for, and `hecha submit`.

use std::path::Path;

use crate::{
    app::{failure::Failure, home::Home, session::Session, sync::SyncReport},
    cli::{output::Output, passphrase},
    domain::lang::Text,
};

pub(super) fn sync(
    file: &Path,
    passphrase_file: Option<&Path>,
    home: &Home,
    out: &mut Output,
) -> Result<(), Failure> {
    let mut session = Session::open(home, file)?;
    let given = passphrase::given(passphrase_file)?;
    if let Some(given) = &given {
        session.unlock(given)?;
    }
    let report = session.sync()?;
    say(&report, out);
    passphrase::note_unused(&session, given.as_deref(), out);
    Ok(())
}

/// Submits and syncs.
pub(super) fn submit(file: &Path, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, file)?;
    let gaps = session.submit()?;
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
pub(super) fn deliver(session: &mut Session, out: &mut Output) {
    match session.sync() {
        Ok(report) => say(&report, out),
        Err(failure) => out.note(&Text::new(
            format!("这已在本机，但还没有写入共享文件：{}", failure.why.zh),
            format!("This is on this laptop, not yet in the shared file: {}", failure.why.en),
        )),
    }
}

fn say(report: &SyncReport, out: &mut Output) {
    for note in &report.notes {
        out.note(note);
    }
    let state = report.state;
    out.say(
        format!(
            "同步完成：收到 {} 个新提交；本机待同步 {} · 已写入共享文件 {} · 组长已收到 {}",
            report.imported, state.pending, state.in_file, state.receipted
        ),
        format!(
            "Synced: {} new commits; on this laptop {} · in the shared file {} · seen by the lead {}",
            report.imported, state.pending, state.in_file, state.receipted
        ),
    );
}
