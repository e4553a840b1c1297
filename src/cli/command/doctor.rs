//! `hecha doctor`: the page to read out over the telephone.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        laptop::doctor::{Doctor, Sweep, doctor},
    },
    cli::{help::Help, output::Output},
    domain::terms::{
        clean::clean_line,
        lang::{Lang, Text},
    },
    words::wrap::{COLUMNS, hang},
};

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[arg(long)]
    sweep: bool,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "自检：版本、数据库、清单、残留。退出码：0 正常 · 1 有问题 · 3 本机数据库有损坏",
        "Self-check: version, database, checklists, leftovers. Exit code: 0 fine, 1 a problem, 3 the local database is damaged",
    ))
    .argument(
        "sweep",
        Text::new(
            "清除可以安全清除的残留；不加时只列出",
            "Remove what is left over where that is safe; without it, it is only told",
        ),
    )
    .json()
}

pub(crate) fn run(args: DoctorArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let found = doctor(home, if args.sweep { Sweep::Remove } else { Sweep::Tell });
    if found.is_damaged {
        out.exit_with(Exit::Damaged as u8);
    } else if found.checks.iter().any(|check| !check.ok) {
        out.exit_with(Exit::Fixable as u8);
    }
    let lang = out.lang();
    if args.json {
        out.json(&json(&found, lang));
        return Ok(());
    }
    for check in found.checks {
        let mark = if check.ok { "ok" } else { lang.pick("有问题", "PROBLEM") };
        out.line(format!("[{mark}] {}：{}", check.name.get(lang), check.found.get(lang)));
        for detail in check.details {
            out.line(hang("     - ", detail.get(lang), COLUMNS).join("\n"));
        }
    }
    Ok(())
}

fn json(found: &Doctor, lang: Lang) -> Value {
    let checks = found.checks.iter().map(|it| {
        let details: Vec<&str> = it.details.iter().map(|text| text.get(lang)).collect();
        json!({"key": it.key, "found": it.found.get(lang), "ok": it.ok, "details": details})
    });
    let damages = found.damages.iter().map(|(file, it)| {
        json!({"file": clean_line(&file.display().to_string()), "kind": it.key(), "n": it.n, "fate": it.fate.key()})
    });
    let leftovers = found.leftovers.iter().map(|it| {
        json!({"kind": it.kind.key(), "n": it.n, "bytes": it.bytes, "may_go": it.may_go, "gone": it.is_gone})
    });
    json!({
        "checks": checks.collect::<Vec<_>>(),
        "damages": damages.collect::<Vec<_>>(),
        "leftovers": leftovers.collect::<Vec<_>>(),
    })
}
