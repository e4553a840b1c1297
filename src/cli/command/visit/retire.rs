//! `hecha visit retire`: retires a laptop that is lost or an impostor's.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
        visit::membership::Keeps,
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "DEVICE", allow_hyphen_values = true)]
    device: String,
    #[arg(long = "from-start")]
    from_start: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "停用一台电脑（丢失、冒名）：此后的内容不再计入",
        "Retire a laptop (lost, an impostor's): nothing later of it counts",
    ))
    .file()
    .argument(
        "device",
        Text::new(
            "设备号，至少前 4 位（visit info 列出）",
            "Device, its first 4 signs or more (see visit info)",
        ),
    )
    .argument("from_start", Text::new("它的任何内容都不计入", "Nothing of it counts at all"))
}

pub(crate) fn run(args: RetireArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let device = &args.device;
    let keeps = if args.from_start { Keeps::Nothing } else { Keeps::Synced };
    let mut session = Session::open(home, &args.file)?;
    let Done::Retired(name) = session.perform(Deed::Retire(device.clone(), keeps))? else {
        return Err(Done::mistaken());
    };
    out.say(&Text::new(
        format!("已停用 {name} 的电脑 {device}。"),
        format!("Retired the laptop {device} of {name}."),
    ));
    Ok(())
}
