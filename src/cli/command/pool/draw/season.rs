//! The options of `hecha pool draw` that look at the other visits of a day.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, pool::draw::season::DrawnVisit, visit::drawn::visit_at},
    cli::help::Help,
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(super) struct SeasonArgs {
    #[arg(long = "visit-date", value_name = "YYYY-MM-DD")]
    pub(super) visit_on: Option<String>,
    #[arg(long, value_name = "RECORD|FILE")]
    beside: Vec<PathBuf>,
}

/// What the help says of them.
pub(super) fn described(help: Help) -> Help {
    help.argument(
        "visit_on",
        Text::new(
            "核查日期：同一天已为别的机构抽中的专家不再抽（本机记着的抽取，见 pool draws，和 --beside）",
            "Day of the visit: whoever was drawn for another facility that day is left out (the draws kept here, see pool draws, and --beside)",
        ),
    )
    .argument(
        "beside",
        Text::new(
            "别处为同一天抽取的记录或共享文件，可重复",
            "Draw record or shared file of another visit drawn elsewhere, repeatable",
        ),
    )
}

impl SeasonArgs {
    /// The visits that were drawn elsewhere.
    pub(super) fn beside(&self, home: &Home) -> Result<Vec<DrawnVisit>, Failure> {
        self.beside.iter().map(|path| visit_at(home, path)).collect()
    }
}
