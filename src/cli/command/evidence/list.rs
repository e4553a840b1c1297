//! `hecha evidence list`: what is attached, as far as it may be seen.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{evidence::listing::Listed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::{
        edit::evidence::size_text,
        terms::{id::PointId, lang::Text},
    },
};

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("列出可以看到的附件", "List what is attached, as far as it may be seen")).file().json()
}

pub(crate) fn run(args: ListArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let listed = Session::open(home, &args.file)?.evidence();
    if args.json {
        let rows: Vec<Value> = listed.iter().map(row_json).collect();
        out.json(&json!({ "evidence": rows }));
        return Ok(());
    }
    let lang = out.lang();
    for it in &listed {
        let item = &it.item;
        let point = item.point.as_ref().map(|point| format!(" {point}")).unwrap_or_default();
        let caption = if item.caption.is_empty() { String::new() } else { format!(" · {}", item.caption) };
        let away = if it.here { "" } else { lang.pick(" · 文件还没有到", " · file not here yet") };
        out.line(format!(
            "{}{point} {} {} {} · {} · {}{caption}{away}",
            it.clause,
            it.member,
            it.n,
            item.name,
            item.media.name(lang),
            size_text(item.size),
        ));
    }
    if listed.is_empty() {
        out.say(&Text::new("没有附件。", "Nothing is attached."));
    }
    Ok(())
}

fn row_json(it: &Listed) -> Value {
    let item = &it.item;
    json!({
        "clause": it.clause.as_str(), "point": item.point.as_ref().map(PointId::as_str),
        "member": it.member.as_str(), "own": it.own, "n": it.n, "name": item.name, "type": item.media.key(),
        "size": item.size, "caption": item.caption.as_str(), "sha256": it.digest.to_hex(),
        "file": item.sealed.to_hex(), "here": it.here,
    })
}
