//! `--yes`: what cannot be undone is asked for twice. The first time a command only says what is to be known.

use clap::Args;

use crate::{
    app::failure::{Exit, Failure},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct Yes {
    #[arg(long)]
    yes: bool,
}

impl Yes {
    /// Whether it was given.
    pub(crate) const fn given(&self) -> bool {
        self.yes
    }
}

/// Nothing was done yet: what that is, what doing it would mean, and what is to be known before.
pub(crate) fn asked_once(not_done: Text, would: Text, known: Vec<Text>) -> Failure {
    let next =
        Text::new("核对以上内容，确认后加上 --yes 再运行一次。", "Check this, then run it again with --yes.");
    Failure::new(Exit::NeedsPerson, not_done, would, next).with_details(known)
}
