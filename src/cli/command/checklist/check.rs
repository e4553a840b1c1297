//! `hecha checklist check`: checks checklist files and lists every problem.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        checklist::sources::{self, Problem},
        failure::{Exit, Failure},
        home::Home,
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("检查清单文件，列出全部问题", "Check checklist files; lists every problem"))
        .argument(
            "paths",
            Text::new("文件或文件夹；不给则检查已安装的", "Files or folders; without any, what is installed"),
        )
        .json()
}

pub(crate) fn run(args: CheckArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let checked = sources::check(home, &args.paths)?;
    if checked.n_errors > 0 {
        out.exit_with(Exit::Fixable as u8);
    }
    let n_warnings = checked.problems.len() - checked.n_errors;
    if args.json {
        let problems: Vec<Value> = checked.problems.iter().map(problem_json).collect();
        out.json(&json!({"errors": checked.n_errors, "warnings": n_warnings, "problems": problems}));
        return Ok(());
    }
    out.raw(&checked.render(out.lang()));
    Ok(())
}

pub(crate) fn problem_json(problem: &Problem) -> Value {
    json!({
        "severity": if problem.is_error() { "error" } else { "warning" },
        "file": problem.file, "line": problem.line, "column": problem.column, "text": problem.offending(),
        "what": {"zh": problem.what.zh, "en": problem.what.en},
        "suggestion": problem.suggestion.as_ref().map(|it| json!({"zh": it.zh, "en": it.en})),
    })
}
