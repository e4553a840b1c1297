//! `hecha sync`, alone and after something that the others wait for.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{
    app::{
        deed::Deed,
        failure::Failure,
        home::Home,
        session::Session,
        sync::{report::SyncReport, words},
    },
    cli::{help::Help, output::Output, passphrase, waiting::say_waits},
    domain::terms::lang::Text,
    words::next_step::next_step,
};

#[derive(Debug, Args)]
pub(crate) struct SyncArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long = "in-place")]
    in_place: bool,
    #[arg(long, value_name = "OTHER", conflicts_with = "in_place")]
    to: Option<PathBuf>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    passphrase_file: Option<PathBuf>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("与共享文件交换评分", "Exchange scores with the shared file"))
        .file()
        .argument(
            "passphrase_file",
            Text::new(
                "组长后来设了口令时给一次：口令所在的文件（第一行），- 为标准输入",
                "Once, when the lead set a passphrase later: file with it (first line), - is standard input",
            ),
        )
        .argument(
            "in_place",
            Text::new(
                "换不掉共享文件时直接覆盖（中途断电会损坏它，再同步可修复）",
                "If the file cannot be replaced, overwrite it in place (a power cut damages it until the next sync)",
            ),
        )
        .argument(
            "to",
            Text::new(
                "不动共享文件，把全部提交另存为一份副本（*.hecha）",
                "Leave the shared file alone and write a copy of all commits (*.hecha)",
            ),
        )
}

/// Gives the passphrase if there is one, then syncs or writes a copy.
pub(crate) fn run(args: SyncArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::exchanging(home, &args.file, out.lang())?;
    let given = passphrase::given(args.passphrase_file.as_deref())?;
    if let Some(given) = &given {
        session.perform(Deed::Unlock(given.clone()))?;
    }
    match &args.to {
        Some(other) => copy(&mut session, other, out)?,
        None => {
            let mut report = if args.in_place { session.sync_in_place()? } else { session.sync()? };
            while session.exchange_on(&mut report) {}
            say(&report, &session, out);
        }
    }
    say_waits(&session, out);
    passphrase::note_unused(&session, given.as_deref(), out);
    Ok(())
}

/// Writes a copy elsewhere and says that it is not the shared file.
fn copy(session: &mut Session, other: &Path, out: &mut Output) -> Result<(), Failure> {
    let copied = session.copy_to(other)?;
    out.line(copied.path.display().to_string());
    out.say(&Text::new(
        format!(
            "已写出副本（{} 个提交）；共享文件没有动，请把副本放到它旁边，或交给下一位同步的人。",
            copied.commits
        ),
        format!(
            "Wrote a copy of {} commits; the shared file was not touched: put the copy beside it, or give it to whoever syncs next.",
            copied.commits
        ),
    ));
    out.say(&words::state(copied.state));
    Ok(())
}

/// Syncs after something was done on this laptop; a share that is away does not undo it.
pub(crate) fn deliver(session: &mut Session, out: &mut Output) {
    match session.sync() {
        Ok(report) => say(&report, session, out),
        Err(failure) => out.note(&words::kept_here(&failure)),
    }
}

/// What a sync did, and whose laptop must see the shared file next.
pub(crate) fn say(report: &SyncReport, session: &Session, out: &mut Output) {
    for note in &report.notes {
        out.note(note);
    }
    out.say(&words::done(report));
    if let Some(next) = &report.next {
        out.line(next_step(next, session.me(), out.lang()));
    }
}

/// Whose laptop must see the shared file next, after something that ended with a sync of its own.
pub(crate) fn say_next(session: &Session, out: &mut Output) -> Result<(), Failure> {
    let next = session.next_step(session.sync_state()?);
    out.line(next_step(&next, session.me(), out.lang()));
    Ok(())
}
