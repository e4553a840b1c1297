//! `hecha log`: what was recorded, by whom, what it replaced, and whether it counts, as far as the reader may see.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, log::ReadLog},
    cli::{help::Help, output::Output, reading::Looking},
    domain::{
        log::entry::Entry,
        terms::lang::{Lang, Text},
    },
    words::{
        self,
        wrap::{COLUMNS, hang},
    },
};

#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    clause: Option<String>,
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "记录：谁记了什么、取代了什么、是否计入",
        "What was recorded and by whom, what it replaced, whether it counts",
    ))
    .file()
    .argument(
        "clause",
        Text::new(
            "条款或否决情形的编号；不给则为整个核查",
            "Id of a clause or disqualifier; without it the whole visit",
        ),
    )
    .json()
    .looking()
}

pub(crate) fn run(args: LogArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = args.looking.open(home, &args.file, out)?;
    let lang = out.lang();
    let read = session.log(args.clause.as_deref())?;
    if args.json {
        out.json(&read.json(lang));
        return Ok(());
    }
    let log = &read.log;
    out.line(words::log::subject(log, lang));
    out.line(words::log::order_told(lang));
    for told in words::log::left_out(log, lang) {
        hang("", &told, COLUMNS).iter().for_each(|line| out.line(line));
    }
    if log.entries.is_empty() {
        out.line(words::log::none(lang));
    }
    for (n, entry) in (1_usize..).zip(&log.entries) {
        say(&read, n, entry, out, lang);
    }
    Ok(())
}

/// Far enough in for numbers of three digits.
const INDENT: &str = "     ";

/// One entry: what kind, of what, by whom and when; what was recorded and replaced; whether it counts.
fn say(read: &ReadLog, n: usize, entry: &Entry, out: &mut Output, lang: Lang) {
    let log = &read.log;
    let clock = read.clock(entry);
    let (about, by) = (words::log::about(entry, lang), words::log::by(entry, lang));
    let parts = [entry.kind.name(lang), &about, &by, &clock];
    let head: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut lines = hang(&format!("{n:>3}. "), &head.join(" | "), COLUMNS);
    let text = words::log::text(log, entry, lang);
    if !text.is_empty() {
        lines.extend(hang(INDENT, &text, COLUMNS));
    }
    for before in words::log::replaced(log, entry, lang) {
        lines.extend(hang(&format!("{INDENT}{}", words::log::before(lang)), &before, COLUMNS));
    }
    let mut fate = words::log::fate(entry, lang);
    if !entry.synced {
        fate = format!("{fate} | {}", words::log::unsynced(lang));
    }
    lines.extend(hang(&format!("{INDENT}* "), &fate, COLUMNS));
    lines.iter().for_each(|line| out.line(line.trim_end()));
}
