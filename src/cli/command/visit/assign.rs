//! `hecha visit assign`: the lead divides the work.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output, usage::wrong_usage},
    domain::{edit::assignment::Assignment, terms::lang::Text},
};

#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "all|field", value_parser = ["all", "field"], hide_possible_values = true)]
    by: String,
    #[arg(long, value_name = "N")]
    overlap: Option<usize>,
    #[arg(long = "core-by-field")]
    core_by_field: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("组长：分工，谁评哪些条款", "Lead: divide the work, who scores what"))
        .file()
        .argument(
            "by",
            Text::new("all 每人评全部；field 按专业", "all: everybody everything; field: by field"),
        )
        .argument("overlap", Text::new("每条至少几人评（默认 3）", "Least members a clause (default 3)"))
        .argument(
            "core_by_field",
            Text::new("核心条款也按专业分（默认人人都评）", "Core clauses by field too (default: everybody)"),
        )
}

pub(crate) fn run(args: AssignArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let assignment = match args.by.as_str() {
        "all" if args.overlap.is_some() || args.core_by_field => {
            return Err(wrong_usage(Text::new(
                "--overlap 和 --core-by-field 只用于 field。",
                "--overlap and --core-by-field go with field only.",
            )));
        }
        "all" => Assignment::All,
        _ => Assignment::ByField {
            overlap: args.overlap.unwrap_or(Assignment::DEFAULT_OVERLAP),
            core_by_all: !args.core_by_field,
        },
    };
    let mut session = Session::open(home, &args.file)?;
    session.perform(Deed::Assign(assignment))?;
    say_assignment(assignment, out);
    Ok(())
}

/// Says who scores what.
pub(crate) fn say_assignment(assignment: Assignment, out: &mut Output) {
    let words = crate::words::assignment(assignment, out.lang());
    out.line(format!("{}{words}", out.lang().pick("分工：", "Division of work: ")));
}
