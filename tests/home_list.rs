//! The list of visits on the home screen: what it keeps from one look to the next is what it would read anew, and a damaged visit
//! keeps no other from being shown.

use hecha::app::{
    home::Home,
    laptop::overview::{VisitPhase, VisitSummary, list_visits},
};
use rusqlite::Connection;

use crate::support::{Laptop, Panel};

fn list(laptop: &Laptop) -> Vec<VisitSummary> {
    list_visits(&Home::choose(Some(laptop.home.clone())).unwrap()).unwrap()
}

/// The same read anew.
fn fresh(laptop: &Laptop) -> Vec<VisitSummary> {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    connection.execute("DELETE FROM glance", []).unwrap();
    list(laptop)
}

#[test]
fn what_is_kept_for_the_list_is_what_would_be_read() {
    let panel = Panel::small(3, &[]);
    let file = &panel.file;
    let (lead, member) = (panel.lead(), &panel.laptops[1]);
    let mut before = Vec::new();
    let steps: [(&Laptop, &[&str]); 7] = [
        (member, &["visit", "declare", file, "none"]),
        (member, &["score", file, "TM-02", "--grade", "B"]),
        (member, &["sync", file]),
        (lead, &["sync", file]),
        (member, &["submit", file, "--yes"]),
        (lead, &["submit", file, "--yes"]),
        (lead, &["close", file, "--yes"]),
    ];
    for (laptop, arguments) in steps {
        laptop.ok(arguments);
        for laptop in [lead, member] {
            let (kept, again) = (list(laptop), list(laptop));
            assert_eq!(kept, again, "after {arguments:?}");
            assert_eq!(kept, fresh(laptop), "after {arguments:?}");
        }
        let now = list(laptop);
        assert_ne!(now, before, "{arguments:?} shows");
        before = now;
    }
    assert_eq!(list(lead)[0].phase, VisitPhase::Closed);
}

#[test]
fn a_visit_that_does_not_open_is_listed_and_keeps_no_other_from_being_shown() {
    let panel = Panel::small(2, &[]);
    let lead = panel.lead();
    let other = panel.root.join("other.hecha");
    let founding =
        ["--profile", "small", "--stage", "county", "--date", "2026-11-30", "--facility", "别的卫生院"];
    let mut arguments = vec!["visit", "create", other.to_str().unwrap(), "--lead", "林若安:医疗:主任医师"];
    arguments.extend(founding);
    lead.ok(&arguments);
    assert_eq!(list(lead).len(), 2);
    let connection = Connection::open(lead.home.join("hecha.db")).unwrap();
    let sql = "UPDATE commits SET json = 'x' WHERE id = visit AND visit = (SELECT id FROM visit WHERE file LIKE '%other%')";
    assert_eq!(connection.execute(sql, []).unwrap(), 1);
    connection.execute("DELETE FROM glance", []).unwrap();
    std::fs::remove_file(&other).unwrap();
    let listed = list(lead);
    let broken: Vec<&VisitSummary> = listed.iter().filter(|it| it.phase == VisitPhase::Broken).collect();
    assert_eq!((listed.len(), broken.len()), (2, 1));
    assert_eq!(broken[0].facility, "other.hecha");
    lead.ok(&["sync", &panel.file]);
}
