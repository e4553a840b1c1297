//! `--yes`: what cannot be undone is asked for twice. The first time a command only says what is to be known.

use clap::Args;

use crate::{
    app::failure::{Exit, Failure},
    domain::terms::lang::{Lang, Text},
};

/// Names or clauses that are listed one by one in a line.
const SHOWN: usize = 12;

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

/// What something is about, and a list of it.
pub(crate) fn listed(what: &Text, names: &[&str]) -> Text {
    let more = names.len().saturating_sub(SHOWN);
    let joined = |lang: Lang| {
        let shown: Vec<&str> = names.iter().take(SHOWN).copied().collect();
        let shown = shown.join(lang.pick("、", ", "));
        match (more, lang) {
            (0, Lang::Zh | Lang::En) => shown,
            (_, Lang::Zh) => format!("{shown} 等 {} 项", names.len()),
            (_, Lang::En) => format!("{shown} and {more} more"),
        }
    };
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| what.get(lang));
    Text::new(format!("{zh}：{}", joined(Lang::Zh)), format!("{en}: {}", joined(Lang::En)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_says_how_many_there_are() {
        let names = ["甲"; SHOWN + 2];
        let what = Text::new("未提交", "Not submitted");
        let all = listed(&what, &names[..2]);
        assert_eq!((all.get(Lang::Zh), all.get(Lang::En)), ("未提交：甲、甲", "Not submitted: 甲, 甲"));
        let cut = listed(&what, &names);
        assert!(cut.get(Lang::Zh).ends_with(" 等 14 项") && cut.get(Lang::En).ends_with(" and 2 more"));
    }
}
