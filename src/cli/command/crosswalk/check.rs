//! `hecha crosswalk check`: checks a crosswalk file and lists every problem.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        checklist::crosswalk,
        failure::{Exit, Failure},
        home::Home,
    },
    cli::{command::checklist::problem_json, help::Help, output::Output},
    domain::terms::lang::{Lang, Text},
};

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[arg(value_name = "CROSSWALK")]
    crosswalk: PathBuf,
    #[arg(long, value_name = "PATH")]
    edition: Vec<PathBuf>,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "检查换版对照文件：每个编号有去处、有来处，只用一次",
        "Check a crosswalk: every id goes somewhere and comes from somewhere, once",
    ))
    .argument("crosswalk", Text::new("对照文件（*.toml）", "Crosswalk file (*.toml)"))
    .argument(
        "edition",
        Text::new(
            "没有安装的那一版：清单文件夹或核查文件，可写多次",
            "An edition that is not installed: a folder of checklists or a visit file; may be repeated",
        ),
    )
    .json()
}

pub(crate) fn run(args: CheckArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let (crosswalk, checked) = crosswalk::check(home, &args.crosswalk, &args.edition)?;
    if checked.n_errors > 0 {
        out.exit_with(Exit::Fixable as u8);
    }
    let n_warnings = checked.problems.len() - checked.n_errors;
    let counts = crosswalk.as_ref().map(|it| it.counts()).unwrap_or_default();
    if args.json {
        let rows: Vec<Value> = counts
            .iter()
            .map(|(relation, (clauses, points))| {
                json!({"relation": relation.key(), "clauses": clauses, "points": points})
            })
            .collect();
        let problems: Vec<Value> = checked.problems.iter().map(problem_json).collect();
        out.json(&json!({
            "from": crosswalk.as_ref().map(|it| it.from.as_str()),
            "to": crosswalk.as_ref().map(|it| it.to.as_str()),
            "status": crosswalk.as_ref().map(|it| it.status.key()),
            "rows": rows, "errors": checked.n_errors, "warnings": n_warnings, "problems": problems,
        }));
        return Ok(());
    }
    if let Some(crosswalk) = &crosswalk {
        let lang = out.lang();
        out.line(format!("{} → {}  {}", crosswalk.from, crosswalk.to, crosswalk.status.name(lang)));
        for (relation, (clauses, points)) in &counts {
            let name = relation.name(lang);
            out.line(match lang {
                Lang::Zh => format!("  {name}：条款 {clauses} 行，要点 {points} 行"),
                Lang::En => format!("  {name}: {clauses} rows of clauses, {points} of points"),
            });
        }
    }
    out.raw(&checked.render(out.lang()));
    Ok(())
}
