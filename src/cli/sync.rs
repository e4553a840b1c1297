//! `hecha sync` and `hecha submit`.

use std::path::Path;

use crate::{
    app::{failure::Failure, home::Home, session::Session, sync::SyncReport},
    cli::output::Output,
    domain::lang::Text,
};

pub(super) fn sync(file: &Path, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let report = Session::open(home, file)?.sync()?;
    say(&report, out);
    Ok(())
}

/// Submits and syncs. A share that is away does not undo the submission: it is on this laptop.
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
    match session.sync() {
        Ok(report) => say(&report, out),
        Err(failure) => {
            out.note(&Text::new(
                format!("已提交在本机，但还没有写入共享文件：{}", failure.why.zh),
                format!("Submitted on this laptop, not yet in the shared file: {}", failure.why.en),
            ));
        }
    }
    Ok(())
}

fn say(report: &SyncReport, out: &mut Output) {
    for note in &report.notes {
        out.note(note);
    }
    let state = report.state;
    let (zh, en) = match report.evidence {
        (_, 0) => (String::new(), String::new()),
        (have, known) => (format!(" · 照片 {have}/{known}"), format!(" · evidence {have}/{known}")),
    };
    out.say(
        format!(
            "同步完成：收到 {} 个新提交；本机待同步 {} · 已写入共享文件 {} · 组长已收到 {}{zh}",
            report.imported, state.pending, state.in_file, state.receipted
        ),
        format!(
            "Synced: {} new commits; on this laptop {} · in the shared file {} · seen by the lead {}{en}",
            report.imported, state.pending, state.in_file, state.receipted
        ),
    );
}
