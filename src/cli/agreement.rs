//! `hecha agreement`: how alike the members scored, or any matrix.

use crate::{
    app::{failure::Failure, home::Home, session::Session, statistics::Statistics},
    cli::{args::AgreementArgs, output::Output, score::read_file},
};

pub(super) fn run(args: AgreementArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let statistics = match (args.csv, args.file) {
        (Some(csv), _) => Statistics::of_csv(&read_file(&csv)?, args.categories)?,
        (None, Some(file)) => Statistics::of_visit(&Session::open(home, &file)?),
        (None, None) => return Err(Failure::bug("no matrix and no file")),
    };
    if args.json {
        out.json(&statistics.to_json());
        return Ok(());
    }
    let lang = out.lang();
    for (name, value) in statistics.lines(lang) {
        out.line(format!("{name}：{value}"));
    }
    for (name, severity) in statistics.severities(lang) {
        out.line(format!("{} {name}：{severity}", lang.pick("宽严", "severity")));
    }
    Ok(())
}
