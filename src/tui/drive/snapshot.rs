//! The open visit as the screens are handed it.

use std::path::PathBuf;

use crate::{
    app::{failure::Failure, session::Session},
    tui::desk::effect::Snapshot,
};

/// The visit of a session; the last recording that is in it is `ticket`.
pub(crate) fn snapshot(session: &Session, ticket: u64) -> Result<Box<Snapshot>, Failure> {
    Ok(Box::new(Snapshot {
        visit: session.visit().clone(),
        me: session.me().cloned(),
        office: session.is_office(),
        exchanges: session.me().is_some() || session.has_feed(),
        roster: if session.is_outside() { session.roster()? } else { Vec::new() },
        lead: session.is_lead(),
        chair: session.leads(),
        feed: session.feed(),
        file: PathBuf::from(session.file()),
        sync: session.sync_state()?,
        lock: session.lock(),
        ticket,
        record: session.record_digest(),
        shut: session.shut_ballots(),
        waivers: session.kept_waivers()?,
        n_undecided: session.n_undecided(),
        bookmark: None,
    }))
}
