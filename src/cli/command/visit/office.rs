//! `hecha visit office`: names the laptop of an office that takes part in the rectification.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct OfficeArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CODE", allow_hyphen_values = true)]
    number: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "指定整改办公室的电脑：只能提交整改、销号和重新打开",
        "Name the office's laptop: it may hand in, close and reopen what is on the ledger",
    ))
    .file()
    .argument(
        "number",
        Text::new(
            "那台电脑的编号（在那里运行 hecha doctor）",
            "Number of that laptop (run hecha doctor there)",
        ),
    )
}

pub(crate) fn run(args: OfficeArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    session.perform(Deed::Office(args.number))?;
    session.sync()?;
    out.say(&Text::new(
        "已指定整改办公室的电脑。那台电脑加入：hecha visit join FILE --office",
        "Named the office's laptop. It joins with: hecha visit join FILE --office",
    ));
    Ok(())
}
