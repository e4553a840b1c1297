//! `hecha agreement`: how alike the members scored, or any matrix.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        files,
        home::Home,
        merge::statistics::{RowsAre, Statistics},
    },
    cli::{help::Help, output::Output, reading::Looking},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct AgreementArgs {
    #[arg(value_name = "FILE", required_unless_present = "csv", conflicts_with = "csv")]
    file: Option<PathBuf>,
    #[arg(long, value_name = "MATRIX")]
    csv: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 4, requires = "csv")]
    categories: u8,
    #[arg(long, value_name = "members|clauses", value_parser = ["members", "clauses"], hide_possible_values = true, requires = "csv")]
    rows: Option<String>,
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("组内一致性统计，或任意矩阵", "Agreement inside the panel, or of any matrix"))
        .file()
        .argument(
            "csv",
            Text::new(
                "矩阵，CSV 或工作簿：行为组员，列为条款，空或 NA 为缺失",
                "Matrix, CSV or workbook: rows are members, columns clauses, empty or NA is missing",
            ),
        )
        .argument("categories", Text::new("档次数（只用于 --csv）", "Number of categories (with --csv)"))
        .argument(
            "rows",
            Text::new(
                "一行是一名组员还是一个条款；不写就看左上角一格和名称",
                "What a row is; otherwise told by the cell at the top left, and the names",
            ),
        )
        .json()
        .looking()
}

pub(crate) fn run(args: AgreementArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let rows = args.rows.map(|rows| if rows == "clauses" { RowsAre::Clauses } else { RowsAre::Members });
    let is_visit = args.csv.is_none();
    let statistics = match (args.csv, args.file) {
        (Some(csv), _) => Statistics::of_csv(&files::read(&csv)?, args.categories, rows)?,
        (None, Some(file)) => Statistics::of_visit(&args.looking.open(home, &file, out)?)?,
        (None, None) => return Err(Failure::bug("no matrix and no file")),
    };
    statistics.told.iter().for_each(|told| out.note(told));
    if args.json {
        out.json(&statistics.to_json());
        return Ok(());
    }
    let lang = out.lang();
    let colon = lang.pick("：", ": ");
    let n = &statistics.agreement;
    let first = if is_visit {
        Text::new("，按首次提交的评分计", ", as first submitted")
    } else {
        Text::new("", "")
    };
    out.say(&Text::new(
        format!("组员 {} 人，可比条款 {} 条（至少两人评分）{}", n.n_raters, n.n_pairable, first.zh),
        format!("{} members, {} clauses with two votes or more{}", n.n_raters, n.n_pairable, first.en),
    ));
    for (name, value) in statistics.lines(lang) {
        out.line(format!("{name}{colon}{value}"));
    }
    if let Some(divergence) = statistics.divergence(lang) {
        out.line(divergence);
    }
    for (title, lines) in [
        (lang.pick("各部分", "Parts"), statistics.parts(lang)),
        (lang.pick("组员两两", "Pairs of members"), statistics.pairs(lang)),
        (
            lang.pick(
                "宽严（与其他人相比，负为偏严）",
                "Severity (against the others; below zero is stricter)",
            ),
            statistics.severities(lang),
        ),
    ] {
        if !lines.is_empty() {
            out.line(title);
        }
        for (name, value) in lines {
            out.line(format!("  {name}{colon}{value}"));
        }
    }
    Ok(())
}
