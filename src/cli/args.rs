//! The arguments as clap reads them. Help texts are in `help.rs`, in both languages.

pub(crate) mod facility;
pub(crate) mod pool;
pub(crate) mod rectify;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::cli::args::{
    facility::{FacilityArgs, FormArgs},
    pool::PoolCommand,
    rectify::RectifyArgs,
};

#[derive(Debug, Parser)]
#[command(name = "hecha", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) home: Option<PathBuf>,
    #[arg(long, value_name = "zh|en", global = true, value_parser = ["zh", "en"], hide_possible_values = true)]
    pub(crate) lang: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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
pub(crate) enum VisitCommand {
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
pub(crate) struct JoinArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    #[arg(long, value_name = "FIELD")]
    pub(crate) field: Option<String>,
    #[arg(long, value_name = "TITLE", requires = "field")]
    pub(crate) title: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub(crate) recovery: Option<String>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CreateArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(crate) facility: String,
    #[arg(long, value_name = "ID")]
    pub(crate) profile: String,
    #[arg(long, value_name = "STAGE")]
    pub(crate) stage: String,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: String,
    #[arg(long = "lookback-from", value_name = "YYYY-MM-DD")]
    pub(crate) lookback_from: Option<String>,
    #[arg(long, value_name = "NAME:FIELD:TITLE", required_unless_present = "draw")]
    pub(crate) lead: Option<String>,
    #[arg(long = "member", value_name = "NAME:FIELD:TITLE")]
    pub(crate) members: Vec<String>,
    #[arg(long, value_name = "JSON")]
    pub(crate) draw: Option<PathBuf>,
    #[arg(long = "recuse", value_name = "NAME:CLAUSE|*:REASON")]
    pub(crate) recusals: Vec<String>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SyncArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long = "in-place")]
    pub(crate) in_place: bool,
    #[arg(long, value_name = "OTHER", conflicts_with = "in_place")]
    pub(crate) to: Option<PathBuf>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PassphraseArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    pub(crate) passphrase_file: Option<PathBuf>,
    #[arg(long, conflicts_with = "passphrase_file")]
    pub(crate) forget: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ScoreArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "CLAUSE", required_unless_present = "import")]
    pub(crate) clause: Option<String>,
    #[arg(long = "point", value_name = "ID=VALUE", conflicts_with = "import")]
    pub(crate) points: Vec<String>,
    #[arg(long, value_name = "A-D", conflicts_with_all = ["import", "absent"])]
    pub(crate) grade: Option<String>,
    #[arg(long, value_name = "KIND", conflicts_with = "import")]
    pub(crate) absent: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "import")]
    pub(crate) reason: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "import")]
    pub(crate) note: Option<String>,
    #[arg(long, value_name = "CSV", conflicts_with = "clause")]
    pub(crate) import: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
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
pub(crate) struct AttachArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    pub(crate) clause: String,
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, value_name = "ID")]
    pub(crate) point: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) caption: Option<String>,
    #[arg(long = "keep-metadata")]
    pub(crate) keep_metadata: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DecideArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "CLAUSE|GATE")]
    pub(crate) subject: String,
    #[arg(value_name = "GRADE|STATE")]
    pub(crate) decision: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reason: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DissentArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    pub(crate) clause: String,
    #[arg(long, value_name = "CAUSE", required_unless_present_any = ["text", "withdraw"])]
    pub(crate) cause: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    #[arg(long, requires = "text")]
    pub(crate) minority: bool,
    #[arg(long, conflicts_with_all = ["cause", "text", "minority"])]
    pub(crate) withdraw: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RecuseArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[arg(value_name = "CLAUSE|*")]
    pub(crate) clause: String,
    #[arg(long, value_name = "TEXT", required_unless_present = "lift")]
    pub(crate) reason: Option<String>,
    #[arg(long, conflicts_with = "reason")]
    pub(crate) lift: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AssignArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "all|field", value_parser = ["all", "field"], hide_possible_values = true)]
    pub(crate) by: String,
    #[arg(long, value_name = "N")]
    pub(crate) overlap: Option<usize>,
    #[arg(long = "core-by-field")]
    pub(crate) core_by_field: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ObjectArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(value_name = "CLAUSE|*")]
    pub(crate) clause: String,
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["answer", "withdraw"])]
    pub(crate) text: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) answer: Option<String>,
    #[arg(long, conflicts_with_all = ["text", "by", "answer"])]
    pub(crate) withdraw: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FinalizeArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long = "waive", value_name = "MATTER=REASON")]
    pub(crate) waivers: Vec<String>,
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReportArgs {
    #[arg(value_name = "FILE", required_unless_present_any = ["check_template", "print_template"])]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", default_value = "docx")]
    pub(crate) format: String,
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) out: PathBuf,
    #[arg(long)]
    pub(crate) names: bool,
    #[arg(long = "no-bom")]
    pub(crate) no_bom: bool,
    #[arg(long, value_name = "PATH|builtin")]
    pub(crate) template: Option<PathBuf>,
    #[arg(long = "check-template", value_name = "PATH", conflicts_with_all = ["file", "print_template"])]
    pub(crate) check_template: Option<PathBuf>,
    #[arg(long = "print-template", conflicts_with = "file")]
    pub(crate) print_template: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FeedbackArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, conflicts_with = "html")]
    pub(crate) json: bool,
    #[arg(long, value_name = "PATH")]
    pub(crate) html: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AgreementArgs {
    #[arg(value_name = "FILE", required_unless_present = "csv", conflicts_with = "csv")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_name = "MATRIX")]
    pub(crate) csv: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 4, requires = "csv")]
    pub(crate) categories: u8,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ChecklistCommand {
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
pub(crate) struct ShowArgs {
    #[arg(value_name = "AREA|PROFILE|FILE")]
    pub(crate) name: String,
    #[arg(long, value_name = "area|clause|field|place")]
    pub(crate) by: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) clause: Option<String>,
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    #[arg(long, value_name = "docx")]
    pub(crate) format: Option<String>,
    #[arg(long, value_name = "DIR", requires = "format")]
    pub(crate) out: Option<PathBuf>,
}
