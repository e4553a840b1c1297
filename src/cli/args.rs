//! The command line as a whole: what every command takes, and the list of commands, to which a new one adds a file and a line.

use std::{ffi::OsString, path::PathBuf};

use clap::{Command as ClapCommand, CommandFactory, Parser};

use crate::{
    app::home::Home,
    cli::{
        command::{
            agreement, checklist, close, completions, crosswalk, decide, demo, dissent, doctor, evidence,
            feedback, finalize, form, fsck, log, man, merge, object, panel, pool, rectify, report, restore,
            result, score, sign, submit, sync, unseal, visit, vote,
        },
        help::Help,
        list::commands,
    },
    domain::terms::lang::{Lang, Text},
};

#[derive(Debug, Parser)]
#[command(name = "hecha", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) home: Option<PathBuf>,
    #[arg(long, value_name = "zh|en", global = true, value_parser = ["zh", "en"], hide_possible_values = true)]
    lang: Option<String>,
    #[arg(long)]
    pub(crate) plain: bool,
    #[arg(long, value_name = "N", requires = "plain", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub(crate) width: Option<u16>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

commands! {
    Command(&Home) {
        Demo(demo::DemoArgs),
        Visit(visit::VisitArgs),
        Score(score::ScoreArgs),
        Evidence(evidence::EvidenceArgs),
        Submit(submit::SubmitArgs),
        Unseal(unseal::UnsealArgs),
        Sync(sync::SyncArgs),
        Restore(restore::RestoreArgs),
        Close(close::CloseArgs),
        Merge(merge::MergeArgs),
        Vote(vote::VoteArgs),
        Decide(decide::DecideArgs),
        Dissent(dissent::DissentArgs),
        Panel(panel::PanelArgs),
        Object(object::ObjectArgs),
        Sign(sign::SignArgs),
        Finalize(finalize::FinalizeArgs),
        Result(result::ResultArgs),
        Report(report::ReportArgs),
        Rectify(rectify::RectifyArgs),
        Feedback(feedback::FeedbackArgs),
        Form(form::FormArgs),
        Agreement(agreement::AgreementArgs),
        Log(log::LogArgs),
        Checklist(checklist::ChecklistArgs),
        Crosswalk(crosswalk::CrosswalkArgs),
        Pool(pool::PoolArgs),
        Fsck(fsck::FsckArgs),
        Doctor(doctor::DoctorArgs),
        Completions(completions::CompletionsArgs),
        Man(man::ManArgs),
    }
}

/// The command line of clap with its texts in a language.
pub(crate) fn command(lang: Lang) -> ClapCommand {
    help().laid_over(Args::command(), lang)
}

/// The language asked for with `--lang`, before anything else is read.
pub(crate) fn requested_lang(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after =
        texts.iter().position(|text| *text == "--lang").and_then(|index| texts.get(index + 1)).copied();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match after.or(joined)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// What the help says of the program.
fn help() -> Help {
    Help::of(Text::new(
        "核查：专家组现场评分、合议与报告。不带命令时打开界面。",
        "hecha: on-site scoring, merging and reporting for expert panels. Without a command it opens the screen.",
    ))
    .argument(
        "file",
        Text::new(
            "共享文件（*.hecha）；不给则打开首页",
            "Shared file (*.hecha); without it the home screen opens",
        ),
    )
    .argument(
        "home",
        Text::new(
            "数据文件夹（也可用 HECHA_HOME），可在一台电脑上模拟多台",
            "Data folder (or HECHA_HOME); several play several laptops on one machine",
        ),
    )
    .argument("lang", Text::new("界面语言：zh 或 en", "Language: zh or en"))
    .argument(
        "plain",
        Text::new(
            "不用全屏界面，一问一答，用于读屏软件和简单终端；答案也可以来自管道",
            "Question and answer in lines instead of screens, for screen readers and dumb terminals; answers may come from a pipe",
        ),
    )
    .argument(
        "width",
        Text::new("与 --plain 一起：一行多少格（默认 80）", "With --plain: cells in a line (default 80)"),
    )
    .commands(Command::help())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn walk(command: &ClapCommand, path: &str, found: &mut BTreeSet<(String, String)>) {
        found.insert((path.to_owned(), String::new()));
        let own = command.get_arguments().filter(|argument| !argument.is_global_set() || path.is_empty());
        found.extend(own.map(|argument| (path.to_owned(), argument.get_id().to_string())));
        for inner in command.get_subcommands() {
            let name = inner.get_name();
            walk(inner, format!("{path} {name}").trim(), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_text_and_every_text_a_command() {
        let mut wanted = BTreeSet::new();
        walk(&Args::command(), "", &mut wanted);
        let texts = help().written("");
        let written: BTreeSet<(String, String)> = texts.iter().cloned().collect();
        assert_eq!(written, wanted);
        assert_eq!(written.len(), texts.len(), "a text is written twice");
    }

    #[test]
    fn the_command_is_sound_in_both_languages() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
