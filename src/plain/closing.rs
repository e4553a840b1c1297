//! The lead closes scoring.

use crate::{
    app::deed::Deed,
    plain::{sitting::Sitting, talk::Stop, words as say},
    words::irrevocable,
};

impl Sitting<'_> {
    /// Takes in what others brought, says who would be left out, asks twice, and closes.
    pub(crate) fn close(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let may = self.session.as_lead();
        if !self.allowed(may)? {
            return Ok(());
        }
        // A seal that lies in the file and is not taken in would be left out.
        let may = self.session.sync().and_then(|_| self.session.may_close());
        if !self.allowed(may)? {
            return Ok(());
        }
        self.session.before_closing().iter().try_for_each(|told| self.talk.tell(told))?;
        if !self.talk.twice(say::close_sure(lang), irrevocable::closing(lang))? {
            return Ok(());
        }
        if self.perform(Deed::Close)?.is_some() {
            self.talk.say(say::closed(lang))?;
            self.deliver()?;
        }
        Ok(())
    }
}
