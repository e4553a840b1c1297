//! `hecha doctor`: the page to read out over the telephone.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        laptop::doctor::doctor,
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("自检：版本、数据库、清单", "Self-check: version, database, checklists")).json()
}

pub(crate) fn run(args: DoctorArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let checks = doctor(home);
    if checks.iter().any(|check| !check.ok) {
        out.exit_with(Exit::Fixable as u8);
    }
    let lang = out.lang();
    if args.json {
        let checks: Vec<Value> = checks
            .iter()
            .map(|it| json!({"key": it.key, "found": it.found.get(lang), "ok": it.ok}))
            .collect();
        out.json(&json!({"checks": checks}));
        return Ok(());
    }
    for check in checks {
        let mark = if check.ok { "ok" } else { lang.pick("有问题", "PROBLEM") };
        out.line(format!("[{mark}] {}：{}", check.name.get(lang), check.found.get(lang)));
    }
    Ok(())
}
