//! Opening the visit of a file to look at it: whoever has not joined sees what anybody may see, and is told so.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, session::Session},
    cli::{output::Output, passphrase},
    domain::{terms::lang::Text, visit::end::UpTo},
};

/// What commands that only look take beside the file.
#[derive(Debug, Default, Args)]
pub(crate) struct Looking {
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    passphrase_file: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    revision: Option<usize>,
}

impl Looking {
    /// Opens the visit up to the final record in force, or the one asked for; says beside the output who looks.
    pub(crate) fn open(&self, home: &Home, file: &Path, out: &Output) -> Result<Session, Failure> {
        self.open_up_to(UpTo::InForce, home, file, out)
    }

    /// The same up to what the panel works on: where a revision is under way, its draft.
    pub(crate) fn open_draft(&self, home: &Home, file: &Path, out: &Output) -> Result<Session, Failure> {
        self.open_up_to(UpTo::Draft, home, file, out)
    }

    fn open_up_to(&self, up_to: UpTo, home: &Home, file: &Path, out: &Output) -> Result<Session, Failure> {
        let given = passphrase::given(self.passphrase_file.as_deref())?;
        let mut session = Session::read(home, file, given.as_deref(), out.lang())?;
        session.look_at(self.revision.map_or(up_to, UpTo::Number))?;
        if session.is_office() {
            out.note(&Text::new(
                "整改办公室的电脑：可以提交整改、销号和重新打开，其他只能查看，不显示专家姓名。",
                "The office's laptop: it may hand in, close and reopen; else it only looks, and sees no names of experts.",
            ));
        } else if session.has_feed() && session.is_outside() {
            out.note(&Text::new(
                "这台电脑作为整改办公室加入，还没有被组长指定（或已停用）：只能查看，不显示专家姓名。",
                "This laptop joined as an office and the lead has not named it (or has retired it): it only looks, and sees no names.",
            ));
        } else if session.is_outside() {
            out.note(&Text::new(
                "这台电脑没有加入这次核查：只能查看，不显示专家姓名，本机什么也不保存。",
                "This laptop has not joined this visit: it only looks, sees no names of experts, and keeps nothing.",
            ));
        }
        if session.visit().hides_all() {
            out.note(&Text::new(
                "核查还没有定稿：评分和结论都不公开，这里什么也不说明。",
                "The visit is not final: votes and verdicts are not public, and nothing here is a result.",
            ));
        }
        Ok(session)
    }
}
