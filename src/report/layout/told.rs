//! How the lines of a report read: standards, gates and waivers in words.

use crate::{
    domain::terms::lang::Lang,
    report::layout::{GateLine, StandardLine, WaiverLine},
    words,
};

impl StandardLine {
    /// Whether it is met; one with nothing to take a share of cannot be computed (invariant 10).
    #[must_use]
    pub fn told(&self, lang: Lang) -> &'static str {
        if self.in_use == Some(false) {
            return words::not_in_use(lang);
        }
        let undefined = self.met.is_none() && self.conditions.iter().any(|condition| condition.undefined);
        if undefined { words::undefined(lang) } else { words::met(self.met, lang) }
    }
}

impl GateLine {
    /// The period it looks at; empty when it is not bound to one.
    #[must_use]
    pub fn period_told(&self, lang: Lang) -> String {
        match self.period {
            Some((from, until)) => match lang {
                Lang::Zh => format!("回溯 {from} 至 {until}"),
                Lang::En => format!("looks back from {until} to {from}"),
            },
            None if self.lacks_lookback => {
                lang.pick("回溯起算日未定", "day to look back from not settled").to_owned()
            }
            None => String::new(),
        }
    }
}

impl WaiverLine {
    /// One sentence: what was let pass, about which clauses, gates or members, and why.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let Some(kind) = self.kind else { return self.reason.clone() };
        let about = match self.about.as_slice() {
            [] => String::new(),
            about => words::aside(&about.join(lang.pick("、", ", ")), lang),
        };
        format!("{}{about}{}{}", kind.name(lang), lang.pick("：", ": "), self.reason)
    }
}
