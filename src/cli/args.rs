//! The arguments as clap reads them. Help texts are in `help.rs`, in both languages.

pub(super) mod facility;
pub(super) mod pool;
pub(super) mod rectify;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::cli::args::{
    facility::{FacilityArgs, FormArgs},
    pool::PoolCommand,
    rectify::RectifyArgs,
};

#[derive(Debug, Parser)]
#[command(name = "hecha", version, disable_help_subcommand = true)]
pub(super) struct Args {
    #[arg(value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) home: Option<PathBuf>,
    #[arg(long, value_name = "zh|en", global = true, value_parser = ["zh", "en"], hide_possible_values = true)]
    pub(super) lang: Option<String>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Demo {
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    #[command(subcommand)]
    Visit(VisitCommand),
    Score(ScoreArgs),
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    Submit {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Sync(SyncArgs),
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "N|PATH")]
        from: Option<String>,
        #[arg(long, conflicts_with = "from")]
        json: bool,
    },
    Close {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Merge {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    Decide(DecideArgs),
    Dissent(DissentArgs),
    Panel {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    Object(ObjectArgs),
    Sign {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Finalize(FinalizeArgs),
    Result {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    Report(ReportArgs),
    Rectify(RectifyArgs),
    Feedback(FeedbackArgs),
    Form(FormArgs),
    Agreement(AgreementArgs),
    #[command(subcommand)]
    Checklist(ChecklistCommand),
    #[command(subcommand)]
    Pool(PoolCommand),
    Fsck {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    Doctor {
        #[arg(long)]
        json: bool,
    },
    Completions {
        #[arg(value_name = "SHELL", hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    Man,
}

#[derive(Debug, Subcommand)]
pub(super) enum VisitCommand {
    Create(CreateArgs),
    Join(JoinArgs),
    Code {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Admit {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(value_name = "CODE")]
        code: String,
    },
    Deputy {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(value_name = "NAME")]
        name: String,
    },
    Retire {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(value_name = "DEVICE")]
        device: String,
        #[arg(long = "from-start")]
        from_start: bool,
    },
    Reopen {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Recovery {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Passphrase(PassphraseArgs),
    Declare {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(value_name = "none|TEXT")]
        text: String,
        #[arg(long = "recuse", value_name = "CLAUSE|*")]
        recusals: Vec<String>,
    },
    Recuse(RecuseArgs),
    Assign(AssignArgs),
    Facility(FacilityArgs),
    Info {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct JoinArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(super) name: String,
    #[arg(long, value_name = "FIELD")]
    pub(super) field: Option<String>,
    #[arg(long, value_name = "TITLE", requires = "field")]
    pub(super) title: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub(super) recovery: Option<String>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(super) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CreateArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(super) facility: String,
    #[arg(long, value_name = "ID")]
    pub(super) profile: String,
    #[arg(long, value_name = "STAGE")]
    pub(super) stage: String,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: String,
    #[arg(long = "lookback-from", value_name = "YYYY-MM-DD")]
    pub(super) lookback_from: Option<String>,
    #[arg(long, value_name = "NAME:FIELD:TITLE", required_unless_present = "draw")]
    pub(super) lead: Option<String>,
    #[arg(long = "member", value_name = "NAME:FIELD:TITLE")]
    pub(super) members: Vec<String>,
    #[arg(long, value_name = "JSON")]
    pub(super) draw: Option<PathBuf>,
    #[arg(long = "recuse", value_name = "NAME:CLAUSE|*:REASON")]
    pub(super) recusals: Vec<String>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(super) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SyncArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long = "in-place")]
    pub(super) in_place: bool,
    #[arg(long, value_name = "OTHER", conflicts_with = "in_place")]
    pub(super) to: Option<PathBuf>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(super) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PassphraseArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(super) passphrase_file: Option<PathBuf>,
    #[arg(long, conflicts_with = "passphrase_file")]
    pub(super) forget: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ScoreArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "CLAUSE", required_unless_present = "import")]
    pub(super) clause: Option<String>,
    #[arg(long = "point", value_name = "ID=VALUE", conflicts_with = "import")]
    pub(super) points: Vec<String>,
    #[arg(long, value_name = "A-D", conflicts_with_all = ["import", "absent"])]
    pub(super) grade: Option<String>,
    #[arg(long, value_name = "KIND", conflicts_with = "import")]
    pub(super) absent: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "import")]
    pub(super) reason: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "import")]
    pub(super) note: Option<String>,
    #[arg(long, value_name = "CSV", conflicts_with = "clause")]
    pub(super) import: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum EvidenceCommand {
    Add(AttachArgs),
    List {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    Remove {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(value_name = "CLAUSE")]
        clause: String,
        #[arg(value_name = "N|DIGEST")]
        which: String,
    },
    Export {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct AttachArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    pub(super) clause: String,
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
    #[arg(long, value_name = "ID")]
    pub(super) point: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(super) caption: Option<String>,
    #[arg(long = "keep-metadata")]
    pub(super) keep_metadata: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct DecideArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "CLAUSE|GATE")]
    pub(super) subject: String,
    #[arg(value_name = "GRADE|STATE")]
    pub(super) decision: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) reason: String,
}

#[derive(Debug, ClapArgs)]
pub(super) struct DissentArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    pub(super) clause: String,
    #[arg(long, value_name = "CAUSE", required_unless_present_any = ["text", "withdraw"])]
    pub(super) cause: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) text: String,
    #[arg(long, requires = "text")]
    pub(super) minority: bool,
    #[arg(long, conflicts_with_all = ["cause", "text", "minority"])]
    pub(super) withdraw: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RecuseArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    #[arg(value_name = "CLAUSE|*")]
    pub(super) clause: String,
    #[arg(long, value_name = "TEXT", required_unless_present = "lift")]
    pub(super) reason: Option<String>,
    #[arg(long, conflicts_with = "reason")]
    pub(super) lift: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct AssignArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "all|field", value_parser = ["all", "field"], hide_possible_values = true)]
    pub(super) by: String,
    #[arg(long, value_name = "N")]
    pub(super) overlap: Option<usize>,
    #[arg(long = "core-by-field")]
    pub(super) core_by_field: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ObjectArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(value_name = "CLAUSE|*")]
    pub(super) clause: String,
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["answer", "withdraw"])]
    pub(super) text: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(super) answer: Option<String>,
    #[arg(long, conflicts_with_all = ["text", "by", "answer"])]
    pub(super) withdraw: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FinalizeArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long = "waive", value_name = "MATTER=REASON")]
    pub(super) waivers: Vec<String>,
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ReportArgs {
    #[arg(value_name = "FILE", required_unless_present_any = ["check_template", "print_template"])]
    pub(super) file: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", default_value = "docx")]
    pub(super) format: String,
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) out: PathBuf,
    #[arg(long)]
    pub(super) names: bool,
    #[arg(long = "no-bom")]
    pub(super) no_bom: bool,
    #[arg(long, value_name = "PATH|builtin")]
    pub(super) template: Option<PathBuf>,
    #[arg(long = "check-template", value_name = "PATH", conflicts_with_all = ["file", "print_template"])]
    pub(super) check_template: Option<PathBuf>,
    #[arg(long = "print-template", conflicts_with = "file")]
    pub(super) print_template: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FeedbackArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, conflicts_with = "html")]
    pub(super) json: bool,
    #[arg(long, value_name = "PATH")]
    pub(super) html: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct AgreementArgs {
    #[arg(value_name = "FILE", required_unless_present = "csv", conflicts_with = "csv")]
    pub(super) file: Option<PathBuf>,
    #[arg(long, value_name = "MATRIX")]
    pub(super) csv: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 4, requires = "csv")]
    pub(super) categories: u8,
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum ChecklistCommand {
    List {
        #[arg(long)]
        json: bool,
    },
    Show(ShowArgs),
    Diff {
        #[arg(value_name = "A")]
        before: String,
        #[arg(value_name = "B")]
        after: String,
        #[arg(long)]
        json: bool,
    },
    Check {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    Export {
        #[arg(value_name = "PROFILE|AREA|FILE")]
        name: String,
        #[arg(long, value_name = "XLSX")]
        out: PathBuf,
        #[arg(long)]
        replace: bool,
    },
    Import {
        #[arg(value_name = "XLSX")]
        workbook: PathBuf,
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        #[arg(long)]
        replace: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct ShowArgs {
    #[arg(value_name = "AREA|PROFILE|FILE")]
    pub(super) name: String,
    #[arg(long, value_name = "area|clause|field|place")]
    pub(super) by: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(super) clause: Option<String>,
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    #[arg(long, value_name = "docx")]
    pub(super) format: Option<String>,
    #[arg(long, value_name = "DIR", requires = "format")]
    pub(super) out: Option<PathBuf>,
}
