//! A day of scoring with more text than one line of the shared file may hold still arrives whole.

use std::path::Path;

use hecha::{
    app::{deed::Deed, home::Home, session::Session},
    domain::{edit::Edit, terms::id::ClauseId},
    share::file::commit::COMMIT_LIMIT,
};

use crate::support::{Laptop, PANEL, Panel};

/// How often every note is written anew after the first time.
const LAST: usize = 8;

fn open(laptop: &Laptop, panel: &Panel) -> Session {
    Session::open(&Home::choose(Some(laptop.home.clone())).unwrap(), Path::new(&panel.file)).unwrap()
}

fn note(clause: &ClauseId, text: String) -> Edit {
    Edit::Note { clause: clause.clone(), text: text.parse().unwrap() }
}

#[test]
fn notes_longer_than_a_line_of_the_file_reach_the_lead() {
    let panel = Panel::settled(2);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let mut session = open(member, &panel);
    let clauses: Vec<ClauseId> = session.visit().clauses().map(|clause| clause.id.clone()).collect();
    let text = |at: usize, round: usize| format!("{at}-{round}{}", "现场".repeat(1_990));
    let notes = (0..=LAST).flat_map(|round| {
        let of_clause = move |(at, clause)| note(clause, text(at, round));
        clauses.iter().enumerate().map(of_clause)
    });
    session.perform(Deed::Record(notes.collect())).unwrap();
    assert!(LAST * clauses.len() * text(0, 0).len() > COMMIT_LIMIT, "the test is about more than a line");
    member.ok(&["submit", file, "--yes"]);
    for laptop in [member, panel.lead()] {
        laptop.ok(&["sync", file]);
    }
    panel.lead().ok(&["submit", file, "--yes"]);
    panel.close(2);
    let lead = open(panel.lead(), &panel);
    let state = lead.visit().member(PANEL[1]).unwrap();
    for (at, clause) in lead.visit().clauses().enumerate() {
        assert!(lead.visit().vote(state, clause).note == *text(at, LAST), "{}", clause.id);
    }
    assert_eq!(lead.sync_state().unwrap().pending, 0);
}
