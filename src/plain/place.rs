//! Where one is: what is scored and left, where the records have got to, and whose laptop comes next.

use crate::{
    app::sync::words::state,
    plain::{sitting::Sitting, talk::Stop},
    words::next_step::next_step,
};

impl Sitting<'_> {
    /// Says how far the own ballot, the exchange and the visit are.
    pub(crate) fn where_now(&mut self) -> Result<(), Stop> {
        if !self.session.visit().closed {
            self.what_is_left()?;
        }
        match self.session.sync_state() {
            Ok(now) => {
                self.talk.tell(&state(now))?;
                let next = self.session.next_step(now);
                let told = next_step(&next, self.session.me(), self.lang());
                self.talk.say(told)
            }
            Err(failure) => self.talk.refuse(&failure),
        }
    }

    /// Says what the own ballot has and lacks.
    pub(crate) fn what_is_left(&mut self) -> Result<(), Stop> {
        self.session.before_submitting().iter().try_for_each(|told| self.talk.tell(told))
    }
}
