//! Votes as CSV, imported into a visit that stays the same as long as nothing in the file holds.
#![no_main]

use std::cell::RefCell;

use hecha::{
    app::{
        deed::Deed,
        home::Home,
        session::Session,
        visit::{
            founding::{FoundingRequest, found},
            roster::parse_member,
        },
    },
    domain::{edit::declaration::Declaration, facility::Stage, terms::written::Note},
};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

/// Imports that succeed before a new visit is made: each stays in the database.
const MOST: usize = 500;

struct Desk {
    session: Session,
    n_imported: usize,
    /// Kept, because dropping it removes the folder.
    _folder: TempDir,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::new(Desk::new());
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::choose(Some(folder.path().join("home"))).expect("a home");
        let request = FoundingRequest {
            file: folder.path().join("visit.hecha"),
            facility: "某院".to_owned(),
            profile: "village".to_owned(),
            stage: Stage::County,
            date: "2026-11-21".parse().expect("a day"),
            lead: parse_member("林若安:医疗:主任医师").expect("a member"),
            members: Vec::new(),
            recusals: Vec::new(),
            draw: None,
            mandate: Default::default(),
            lookback: None,
        };
        let mut session = found(&home, request, None).expect("founded");
        let declaration = Declaration { text: Note::new("none").unwrap_or_default(), ..Declaration::default() };
        session.perform(Deed::Declare(declaration)).expect("declared");
        Self { session, n_imported: 0, _folder: folder }
    }
}

fuzz_target!(|bytes: &[u8]| {
    DESK.with_borrow_mut(|desk| {
        if desk.session.perform(Deed::ImportVotes(bytes.to_vec())).is_ok() {
            desk.n_imported += 1;
        }
        if desk.n_imported > MOST {
            *desk = Desk::new();
        }
    });
});
