//! Voting in the clear on what the panel discusses.

use crate::{
    app::{deed::Deed, merge::clear_votes::parse_choice},
    plain::{
        sitting::Sitting,
        talk::Stop,
        votes::{choice_typed, choices},
        words as say,
    },
    words,
};

impl Sitting<'_> {
    /// Asks for a clause, tells the votes on it, and asks for the own one, until the user goes back.
    pub(crate) fn vote(&mut self) -> Result<(), Stop> {
        loop {
            let lang = self.lang();
            let typed = self.talk.ask(say::vote_which(lang), say::vote_help(lang))?;
            let Some(id) = self.clause_typed(&typed.command) else {
                self.talk.misheard()?;
                continue;
            };
            match self.vote_on(&id) {
                Ok(()) | Err(Stop::Back) => {}
                Err(Stop::Leave) => return Err(Stop::Leave),
            }
        }
    }

    fn vote_on(&mut self, id: &str) -> Result<(), Stop> {
        let lang = self.lang();
        let Some(clause) = self.clause_of(id) else { return Ok(()) };
        let outcome = self.session.outcome();
        self.say_votes(&clause, &outcome)?;
        let has_voted = self.me().is_some_and(|me| me.clear_vote(id).is_some());
        let back = if has_voted { say::vote_back(lang) } else { "" };
        let asked = format!("{id} {}{}{back}", say::which_vote(lang), choices(&clause, lang));
        let choice = loop {
            let typed = self.talk.ask(&asked, say::vote_help(lang))?;
            if has_voted && clause.scale.is_none() && typed.is(&["0"]) {
                break None;
            }
            match parse_choice(&choice_typed(&typed)) {
                Some(choice) => break Some(choice),
                None => self.talk.misheard()?,
            }
        };
        let reason = match choice {
            None => String::new(),
            Some(_) => {
                let typed = self.talk.ask(say::reason_or_none(lang), say::waive_help(lang))?;
                if typed.is_none() { String::new() } else { typed.text }
            }
        };
        if self.perform(Deed::ClearVote(clause.id.clone(), choice, reason))?.is_some() {
            let said = choice.map(|choice| words::position(choice.into(), lang));
            let told = self.session.voted(id, said.as_deref());
            self.talk.tell(&told)?;
            self.deliver()?;
        }
        Ok(())
    }
}
