//! `hecha doctor`: the page to read out over the telephone.

use serde_json::{Value, json};

use crate::{
    app::{failure::Exit, home::Home, laptop::doctor::doctor},
    cli::output::Output,
};

pub(crate) fn run(as_json: bool, home: &Home, out: &mut Output) {
    let checks = doctor(home);
    if checks.iter().any(|check| !check.ok) {
        out.exit_with(Exit::Fixable as u8);
    }
    if as_json {
        let checks: Vec<Value> =
            checks.iter().map(|it| json!({"key": it.key, "found": it.found, "ok": it.ok})).collect();
        out.json(&json!({"checks": checks}));
        return;
    }
    let lang = out.lang();
    for check in checks {
        let mark = if check.ok { "ok" } else { lang.pick("有问题", "PROBLEM") };
        out.line(format!("[{mark}] {}：{}", check.name.get(lang), check.found));
    }
}
