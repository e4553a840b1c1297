//! Submitting the own ballot, and taking that back.

use crate::{
    app::deed::Deed,
    plain::{sitting::Sitting, talk::Stop, words as say},
    words::irrevocable,
};

impl Sitting<'_> {
    /// Says what is left out, asks twice, seals and syncs.
    pub(crate) fn submit(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        self.declare_first()?;
        let may = self.session.may_submit();
        if !self.allowed(may)? {
            return Ok(());
        }
        self.what_is_left()?;
        if !self.talk.twice(say::submit_sure(lang), irrevocable::submitting(lang))? {
            return Ok(());
        }
        if self.perform(Deed::Submit)?.is_some() {
            self.talk.say(say::submitted(lang))?;
            self.deliver()?;
        }
        Ok(())
    }

    /// Takes the seal back, to score on.
    pub(crate) fn unseal(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        if self.talk.yes_or_no(say::unseal_sure(lang))? && self.perform(Deed::Unseal)?.is_some() {
            self.talk.say(say::unsealed(lang))?;
            self.deliver()?;
        }
        Ok(())
    }
}
