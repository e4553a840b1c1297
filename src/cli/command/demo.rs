//! `hecha demo`: makes the sample visit, and opens it where there is a terminal.

use std::path::PathBuf;

use crate::{
    app::{demo::demo, failure::Failure, home::Home},
    cli::{Done, output::Output},
    domain::terms::lang::Lang,
};

/// Where the sample goes without a folder given.
const DEFAULT: &str = "hecha-demo";

pub(crate) fn run(
    dir: Option<PathBuf>,
    terminal: bool,
    lang: Lang,
    out: &mut Output,
) -> Result<Done, Failure> {
    let made = demo(&dir.unwrap_or_else(|| PathBuf::from(DEFAULT)))?;
    if terminal {
        let home = Home::choose(made.homes.into_iter().next())?;
        return Ok(Done::Tui { home, file: Some(made.file) });
    }
    out.line(made.file.display().to_string());
    for (index, home) in made.homes.iter().enumerate() {
        let role = if index == 0 { lang.pick("组长", "lead") } else { lang.pick("组员", "member") };
        out.line(format!("{}  {role}", home.display()));
    }
    Ok(Done::Printed)
}
