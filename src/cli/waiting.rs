//! What is said on a laptop whose votes do not count as things are, whenever something was recorded there.

use crate::{app::session::Session, cli::output::Output};

/// That it is saved and does not count yet; or, once scoring is closed, that it never will.
pub(crate) fn say_waits(session: &Session, out: &Output) {
    session.waits_because().iter().for_each(|told| out.note(told));
}
