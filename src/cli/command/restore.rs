//! `hecha restore`: the earlier generations of the shared file on this laptop, and taking one in again.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{failure::Failure, home::Home, session::Session, sync::restore::Generation},
    cli::{command::sync::say, help::Help, output::Output},
    domain::terms::lang::Text,
    words::wrap::cell,
};

/// Cells of a day with its time.
const TIME_WIDTH: usize = "2026-11-21 09:30".len();

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "N|PATH")]
    from: Option<String>,
    #[arg(long, conflicts_with = "from")]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "列出本机为共享文件留底的各版本，或取回其中一个；只增不减",
        "List the file's earlier generations kept here, or take one in again; it only adds",
    ))
    .file()
    .argument(
        "from",
        Text::new(
            "取回第几个留底，或一个文件，然后同步",
            "Generation to take in again, or a file; then sync",
        ),
    )
    .json()
}

pub(crate) fn run(args: RestoreArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    match &args.from {
        Some(from) => restore(&args.file, from, home, out),
        None => list(&args.file, args.json, home, out),
    }
}

fn list(file: &Path, as_json: bool, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let generations = Session::open(home, file)?.generations()?;
    if as_json {
        let all: Vec<Value> = generations.iter().map(to_json).collect();
        out.json(&json!({ "generations": all }));
        return Ok(());
    }
    if generations.is_empty() {
        out.say(&Text::new("本机还没有留底。", "No generation is kept on this laptop yet."));
    }
    for generation in &generations {
        out.line(line(generation, out));
    }
    Ok(())
}

/// Takes one in and syncs. A share that is away does not undo it: the commits are on this laptop.
fn restore(file: &Path, from: &str, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, file)?;
    let restored = session.restore(from)?;
    for note in &restored.notes {
        out.note(note);
    }
    out.say(&Text::new(
        format!("取回 {} 个本机没有的提交；本机原有的都在。", restored.imported),
        format!("Took in {} commits that this laptop did not have; all it had stays.", restored.imported),
    ));
    match session.sync() {
        Ok(report) => say(&report, &session, out),
        Err(failure) => out.note(&Text::new(
            format!("已取回到本机，但还没有写入共享文件：{}", failure.why.zh),
            format!("Taken in on this laptop, not yet in the shared file: {}", failure.why.en),
        )),
    }
    Ok(())
}

fn line(generation: &Generation, out: &Output) -> String {
    let day = || generation.day.map_or_else(|| "----------".to_owned(), |day| day.to_string());
    let kept = cell(&generation.at.clone().unwrap_or_else(day), TIME_WIDTH);
    let n = generation.n;
    let content = match (generation.bytes, generation.commits) {
        (Some(bytes), Some(commits)) => {
            Text::new(format!("{bytes} 字节，{commits} 个提交"), format!("{bytes} bytes, {commits} commits"))
        }
        (Some(bytes), None) => Text::new(
            format!("{bytes} 字节，不是可读的共享文件"),
            format!("{bytes} bytes, no readable shared file"),
        ),
        (None, _) => Text::new("已损坏，读不出", "damaged, cannot be read"),
    };
    format!("{n:>6}  {kept}  {}", content.get(out.lang()))
}

fn to_json(generation: &Generation) -> Value {
    json!({
        "n": generation.n,
        "day": generation.day.map(|day| day.to_string()),
        "at": generation.at,
        "bytes": generation.bytes,
        "commits": generation.commits,
        "file": generation.path.display().to_string(),
    })
}
