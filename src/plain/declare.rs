//! Declaring interests, and what not to vote on because of them.

use std::collections::BTreeSet;

use crate::{
    app::{deed::Deed, failure::Failure},
    domain::{
        edit::declaration::Declaration,
        terms::{id::ClauseId, written::Note},
    },
    plain::{sitting::Sitting, talk::Stop, words as say},
};

impl Sitting<'_> {
    /// Asks for the declaration where there is none yet: it comes before the first vote.
    pub(crate) fn declare_first(&mut self) -> Result<(), Stop> {
        if self.me().is_some_and(|me| me.declaration().is_none()) { self.declare() } else { Ok(()) }
    }

    /// Asks for ties and recusals until they are recorded.
    pub(crate) fn declare(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        if let Some(before) = self.me().and_then(|me| me.declaration()) {
            let text = if before.text.is_empty() { lang.pick("无", "none").to_owned() } else { before.text };
            self.talk.say(format!("{}{text}", lang.pick("已申报：", "Declared: ")))?;
        }
        loop {
            let typed = self.talk.ask(say::declare_question(lang), say::declare_help(lang))?;
            let text = if typed.is_none() { Ok(Note::default()) } else { Note::trimmed(&typed.text) };
            let text = match text {
                Ok(text) => text,
                Err(error) => {
                    self.talk.refuse(&Failure::from(error))?;
                    continue;
                }
            };
            let recusals = if text.is_empty() { BTreeSet::new() } else { self.recusals()? };
            if self.perform(Deed::Declare(Declaration { text, recusals }))?.is_some() {
                return self.talk.say(say::declared(lang));
            }
        }
    }

    fn recusals(&mut self) -> Result<BTreeSet<Option<ClauseId>>, Stop> {
        let lang = self.lang();
        let typed = self.talk.ask(say::recuse_question(lang), say::recuse_help(lang))?;
        if typed.is_none() {
            return Ok(BTreeSet::new());
        }
        let ids = typed.command.split([' ', ',', '/', ';']).filter(|id| !id.is_empty());
        // What is no clause goes on as it is, and is refused with its name.
        let clause = |id: &str| self.clause_typed(id).unwrap_or_else(|| id.to_uppercase());
        Ok(ids.map(|id| (id != "*").then(|| ClauseId::new(clause(id)))).collect())
    }
}
