//! Two laptops of one person, in the cases that the storm found: receipts, unread votes, seals on their way while scoring is closed.

use std::path::Path;

use hecha::{
    app::{deed::Deed, home::Home, session::Session},
    domain::{ballot::seal::BallotState, edit::Choice, terms::grade::Grade, visit::conflict::InConflict},
};

use crate::support::{Laptop, PANEL, Panel, SEALED, copy_folder};

fn open(laptop: &Laptop, panel: &Panel) -> Session {
    Session::open(&Home::choose(Some(laptop.home.clone())).unwrap(), Path::new(&panel.file)).unwrap()
}

#[test]
fn the_leads_two_laptops_do_not_answer_each_other_for_ever() {
    let panel = Panel::settled(2);
    let file = panel.file.as_str();
    let clone = Laptop::new(panel.root.join("lead-2"));
    copy_folder(&panel.lead().home, &clone.home);
    panel.lead().ok(&["score", file, "TM-02", "--grade", "B"]);
    clone.ok(&["score", file, "TM-01", "--grade", "B"]);
    for laptop in [panel.lead(), &clone, panel.lead(), &clone] {
        laptop.ok(&["sync", file]);
    }
    let settled = panel.file_bytes();
    for laptop in [panel.lead(), &clone, panel.lead(), &clone] {
        laptop.ok(&["sync", file]);
    }
    assert!(panel.file_bytes() == settled, "nothing was done, and the file grows");
    // A member's work is still answered, by one of them.
    panel.laptops[1].ok(&["score", file, "TM-01", "--grade", "C"]);
    for laptop in [&panel.laptops[1], &clone, panel.lead(), &panel.laptops[1]] {
        laptop.ok(&["sync", file]);
    }
    let state = open(&panel.laptops[1], &panel).sync_state().unwrap();
    assert_eq!((state.pending, state.receipted), (0, state.in_file), "the lead has all of it");
}

#[test]
fn a_vote_that_nobody_could_read_is_not_replaced_by_the_next() {
    let panel = Panel::settled(2);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let second = Laptop::new(panel.root.join("second"));
    second.ok(&["visit", "join", file, "--name", PANEL[1]]);
    panel.lead().ok(&["sync", file]);
    let code = open(&second, &panel).join_code().unwrap().unwrap().typed();
    open(panel.lead(), &panel).perform(Deed::Admit(code.clone())).unwrap();
    for laptop in [panel.lead(), member, &second] {
        laptop.ok(&["sync", file]);
    }
    second.ok(&["score", file, "TM-02", "--grade", "D", "--reason", "无资质"]);
    second.ok(&["sync", file]);
    member.ok(&["sync", file]);
    // The second laptop's vote is here, but sealed under its own key.
    member.ok(&["score", file, "TM-02", "--grade", "A"]);
    member.ok(&["submit", file, "--yes"]);
    // Both laptops are the member's word: what the second has is sealed with it, and its own key opens it.
    second.ok(&["sync", file]);
    second.refuses(1, &["submit", file, "--yes"]);
    panel.lead().ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["close", file, "--yes"]);
    for laptop in [&second, member, panel.lead(), &second, member] {
        laptop.ok(&["sync", file]);
    }
    for laptop in [member, &second] {
        let conflicts = open(laptop, &panel).visit().conflicts();
        assert_eq!(
            conflicts,
            [(PANEL[1].into(), InConflict::Vote("TM-02".into()))],
            "both votes are shown, none is dropped"
        );
    }
}

#[test]
fn a_seal_taken_back_while_the_closing_is_on_its_way_counts_as_the_closing_names_it() {
    let panel = Panel::settled(2);
    let (file, member, lead) = (panel.file.as_str(), &panel.laptops[1], panel.lead());
    member.ok(&["score", file, "TM-02", "--grade", "B"]);
    member.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    let before = panel.file_bytes();
    lead.ok(&["close", file, "--yes"]);
    let closed = panel.file_bytes();
    // In the same moment the member takes the seal back, scores otherwise and seals again.
    std::fs::write(file, before).unwrap();
    member.ok(&["unseal", file]);
    member.ok(&["score", file, "TM-02", "--grade", "C"]);
    member.ok(&["submit", file, "--yes"]);
    std::fs::write(panel.share().join("visit 2.hecha"), closed).unwrap();
    for laptop in [member, lead, member] {
        laptop.ok(&["sync", file]);
    }
    for laptop in [member, lead] {
        let visit = open(laptop, &panel).visit().clone();
        let state = visit.member(PANEL[1]).unwrap();
        assert_eq!(state.ballot_state, BallotState::Counted);
        assert_eq!(state.ballot.stand("TM-02").unwrap().choice, Choice::Grade(Grade::B));
        assert_eq!(state.n_late, 1, "what came after it is kept and told");
        assert_eq!(visit.late_seals().count(), 0, "of two seals the earlier counts");
    }
    member.refuses(1, &["unseal", file]);
    member.refuses(1, &["submit", file, "--yes"]);
    lead.ok(&["close", file, "--yes"]);
    assert_eq!(open(lead, &panel).visit().closings.len(), 1, "there is nothing to add");
}

#[test]
fn a_vote_of_the_other_copy_that_comes_late_is_not_replaced() {
    let panel = Panel::settled(2);
    let (file, original) = (panel.file.as_str(), &panel.laptops[1]);
    let clone = Laptop::new(panel.root.join("clone"));
    copy_folder(&original.home, &clone.home);
    original.ok(&["score", file, "TM-01", "--grade", "B"]);
    original.ok(&["sync", file]);
    let known = panel.file_bytes();
    original.ok(&["score", file, "TM-02", "--grade", "A"]);
    original.ok(&["sync", file]);
    // What the original wrote last gets lost on its way; the clone sees that the key is used twice, and leaves it.
    std::fs::write(file, known).unwrap();
    clone.ok(&["score", file, "TM-01", "--grade", "C"]);
    clone.ok(&["sync", file]);
    clone.ok(&["score", file, "TM-02", "--grade", "B"]);
    clone.ok(&["sync", file]);
    for laptop in [original, &clone, original] {
        laptop.ok(&["sync", file]);
    }
    let both = ["TM-01", "TM-02"].map(|clause| (PANEL[1].into(), InConflict::Vote(clause.into())));
    for laptop in [original, &clone] {
        assert_eq!(open(laptop, &panel).visit().conflicts(), both, "two copies wrote two cells apart");
    }
    // Whoever has seen both settles it.
    for clause in ["TM-01", "TM-02"] {
        clone.ok(&["score", file, clause, "--grade", "C"]);
    }
    for laptop in [&clone, original] {
        laptop.ok(&["sync", file]);
        assert_eq!(open(laptop, &panel).visit().conflicts(), []);
    }
}

/// Two copies of a laptop write one cell apart; then the original takes in what the clone wrote, in this way.
fn conflicts_after_import(import: impl FnOnce(&Panel, &Laptop, &str)) {
    let panel = Panel::settled(2);
    let (file, original) = (panel.file.as_str(), &panel.laptops[1]);
    let clone = Laptop::new(panel.root.join("clone"));
    copy_folder(&original.home, &clone.home);
    // Each copy goes on with a key of its own.
    for (laptop, grade) in [(original, "B"), (&clone, "C"), (original, "B")] {
        laptop.ok(&["score", file, "TM-01", "--grade", grade]);
        laptop.ok(&["sync", file]);
    }
    clone.ok(&["sync", file]);
    let before = panel.file_bytes();
    clone.ok(&["score", file, "TM-02", "--grade", "C"]);
    clone.ok(&["sync", file]);
    let copy = panel.root.join("copy.hecha");
    std::fs::copy(file, &copy).unwrap();
    std::fs::write(file, before).unwrap();
    original.ok(&["score", file, "TM-02", "--grade", "B"]);
    import(&panel, original, copy.to_str().unwrap());
    let conflicts = open(original, &panel).visit().conflicts();
    assert!(conflicts.contains(&(PANEL[1].into(), InConflict::Vote("TM-02".into()))), "{conflicts:?}");
}

#[test]
fn what_was_recorded_before_an_import_does_not_replace_what_it_brings() {
    conflicts_after_import(|panel, laptop, copy| {
        laptop.ok(&["restore", &panel.file, "--from", copy]);
    });
    conflicts_after_import(|panel, laptop, copy| {
        std::fs::copy(copy, &panel.file).unwrap();
        laptop.ok(&["visit", "join", &panel.file, "--name", PANEL[1]]);
    });
}

/// Two copies of a laptop go on apart, the clone for longer; the original takes in what the clone wrote, in this way, and votes again.
fn votes_again_after(import: impl FnOnce(&Panel, &Laptop, &str)) {
    let panel = Panel::settled(2);
    let (file, original) = (panel.file.as_str(), &panel.laptops[1]);
    let clone = Laptop::new(panel.root.join("clone"));
    copy_folder(&original.home, &clone.home);
    let before = panel.file_bytes();
    for grade in ["A", "C", "B"] {
        clone.ok(&["score", file, "TM-01", "--grade", grade]);
        clone.ok(&["sync", file]);
    }
    let copy = panel.root.join("copy.hecha");
    std::fs::copy(file, &copy).unwrap();
    std::fs::write(file, before).unwrap();
    for (clause, grade) in [("TM-01", "C"), ("TM-02", "B")] {
        original.ok(&["score", file, clause, "--grade", grade]);
        original.ok(&["sync", file]);
    }
    import(&panel, original, copy.to_str().unwrap());
    original.ok(&["score", file, "TM-02", "--grade", "C"]);
    for laptop in [original, &clone, original] {
        laptop.ok(&["sync", file]);
    }
    let stand =
        |session: &Session| session.my_state().unwrap().ballot.stand("TM-02").cloned().unwrap().choice;
    for laptop in [original, &clone] {
        let session = open(laptop, &panel);
        let in_conflict = [(PANEL[1].into(), InConflict::Vote("TM-01".into()))];
        assert_eq!(session.visit().conflicts(), in_conflict, "what the copies wrote apart, and nothing else");
        assert_eq!(stand(&session), Choice::Grade(Grade::C), "a vote replaces the own one before it");
        assert!(!session.visit().forks.contains(&session.feed()), "both copies go on with keys of their own");
    }
}

#[test]
fn a_vote_after_the_other_copy_came_in_replaces_the_own_one_before_it() {
    votes_again_after(|panel, laptop, copy| {
        laptop.ok(&["restore", &panel.file, "--from", copy]);
    });
    votes_again_after(|panel, laptop, copy| {
        std::fs::copy(copy, &panel.file).unwrap();
        laptop.ok(&["visit", "join", &panel.file, "--name", PANEL[1]]);
    });
}

#[test]
fn a_vote_beside_a_submitted_one_that_is_missing_does_not_count_in_its_place() {
    let panel = Panel::settled(2);
    let (file, lead, original) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    let clone = Laptop::new(panel.root.join("clone"));
    copy_folder(&original.home, &clone.home);
    let before = panel.file_bytes();
    original.ok(&["score", file, "TM-01", "--grade", "B"]);
    original.ok(&["sync", file]);
    let of_original = panel.file_bytes();
    std::fs::write(file, before).unwrap();
    clone.ok(&["score", file, "TM-01", "--grade", "C"]);
    clone.ok(&["submit", file, "--yes"]);
    let of_clone = panel.file_bytes();
    // On its way to the lead the file loses the very commit that was submitted; the original's vote bears its number.
    assert_eq!(panel.take_out(|json| json.contains(SEALED)), 1);
    let copy = panel.root.join("copy.hecha");
    std::fs::write(&copy, of_original).unwrap();
    lead.ok(&["restore", file, "--from", copy.to_str().unwrap()]);
    let state = open(lead, &panel).visit().member(PANEL[1]).unwrap().clone();
    assert!(state.is_submitted());
    assert_eq!(state.ballot.stand("TM-01"), None, "what was submitted is not here");
    assert_eq!(state.n_missing, 1);
    std::fs::write(file, of_clone).unwrap();
    lead.ok(&["sync", file]);
    for command in ["submit", "close"] {
        lead.ok(&[command, file, "--yes"]);
    }
    for laptop in [&clone, lead] {
        laptop.ok(&["sync", file]);
    }
    let state = open(lead, &panel).visit().member(PANEL[1]).unwrap().clone();
    let stand = state.ballot.stand("TM-01").unwrap();
    assert_eq!((stand.choice, state.n_missing), (Choice::Grade(Grade::C), 0));
}
