//! `hecha visit …`: founding a visit, joining it, declaring interests, and what it is.

mod absent;
mod admit;
mod code;
mod create;
mod declare;
mod deputy;
mod facility;
mod info;
mod join;
mod office;
mod passphrase;
pub(crate) mod plan;
mod recovery;
mod recuse;
mod retire;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, list::commands, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct VisitArgs {
    #[command(subcommand)]
    command: VisitCommand,
}

commands! {
    VisitCommand(&Home) {
        Create(create::CreateArgs),
        Join(join::JoinArgs),
        Code(code::CodeArgs),
        Admit(admit::AdmitArgs),
        Deputy(deputy::DeputyArgs),
        Office(office::OfficeArgs),
        Retire(retire::RetireArgs),
        Recovery(recovery::RecoveryArgs),
        Passphrase(passphrase::PassphraseArgs),
        Declare(declare::DeclareArgs),
        Recuse(recuse::RecuseArgs),
        Absent(absent::AbsentArgs),
        Plan(plan::PlanArgs),
        Facility(facility::FacilityArgs),
        Info(info::InfoArgs),
    }
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("建立、加入核查，利益申报，核查信息", "Found, join, declare interests, show a visit"))
        .commands(VisitCommand::help())
}

pub(crate) fn run(args: VisitArgs, home: &Home, out: &mut Output) -> Result<Left, Failure> {
    args.command.run(home, out)
}
