//! What a member says of an own vote that differs: why it does, and a minority opinion for the report.

use crate::domain::terms::{date::Date, field::words, lang::Lang, written::Note};

/// What a member says about a vote that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dissent {
    /// Why it differs; `None` = not said.
    pub cause: Option<Cause>,
    /// In the member's words; may be empty where a cause is given.
    pub text: Note,
    /// Whether the text is a minority opinion, to be printed in the report with the member's name.
    pub minority: bool,
    /// The day it was said; `None` = not said.
    pub on: Option<Date>,
}

words! {
    /// Why two experts come to different grades for one clause.
    Cause {
        /// They saw different rooms, records or samples.
        Evidence = "evidence", "所见证据不同", "different evidence";
        /// They read the point or the clause differently.
        Reading = "reading", "对条款理解不同", "different reading of the rule";
        /// The situation changed between the two looks.
        Changed = "changed", "情况已变化", "situation changed";
        /// The own vote was a slip.
        Slip = "slip", "本人笔误", "slip";
    }
}
