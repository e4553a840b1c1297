//! `hecha man`: the manual page.

use clap::Args;
use clap_mangen::Man;

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ManArgs {}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("输出手册页（roff）", "Print the manual page (roff)"))
}

pub(crate) fn run(_: ManArgs, _: &Home, _: &mut Output) -> Result<Left, Failure> {
    Ok(Left::Page(Box::new(|whole| {
        let mut page = Vec::new();
        Man::new(whole).render(&mut page).map_err(|_| Failure::bug("cannot render the manual"))?;
        Ok(page)
    })))
}
