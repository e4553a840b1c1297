//! The log as a dialog: which key opens which, how it looks, and that of many entries only a screenful is put into words.

use std::sync::Arc;

use crate::{
    app::log::ReadLog,
    domain::{
        edit::{
            Edit,
            commit::LoggedCommit,
            verdict::{Decision, LeadVerdict},
        },
        log::{Log, Reader, Recorded, Subject},
        terms::{
            digest::Digest,
            grade::Grade,
            id::{MemberName, VisitId},
            lang::Lang,
        },
    },
    tui::{
        desk::effect::{Effect, Msg},
        drive::{model::Model, update::update},
        fixture::{
            MEMBERS, ballots_closed, commit, founding, fresh_visit, grade, laptops::feed, opened, press,
            scored_visit,
        },
        snapshot_tests::{check_small, drawn, shows},
    },
};

fn verdict(grade: Grade, reason: &str) -> Edit {
    let (cites, clear) = (Vec::new(), Vec::new());
    let decision = Decision::Grade(grade);
    let value = Some(LeadVerdict { decision, reason: reason.parse().unwrap(), cites, clear });
    Edit::Verdict { clause: "EM-02".into(), value }
}

fn log(commits: Vec<LoggedCommit>, own: Vec<Edit>, subject: Option<Subject>) -> Log {
    let id = VisitId::new("visit");
    let mut recorded = Recorded::fold(id, Arc::new(founding()), &feed(0), None, commits);
    for edit in own {
        recorded.keep(edit, None);
    }
    let me = MemberName::new(MEMBERS[0]);
    let reader = Reader { me: Some(&me), feed: &feed(0), delivered: 4, record: &Digest([9; 32]) };
    recorded.log(reader, subject)
}

/// The lead decides EM-02 twice; the second time is not synced.
fn decided() -> Log {
    let mut commits = ballots_closed();
    commits.push(commit(
        0,
        4,
        vec![verdict(Grade::C, "两票相差，按现场所见，先记为 C，待补看值班记录和转运登记后再定")],
    ));
    commits.push(commit(0, 5, vec![verdict(Grade::B, "补看后")]));
    log(commits, Vec::new(), Some(Subject::Clause("EM-02".into())))
}

fn told(mut model: Model, log: Log) -> Model {
    update(&mut model, Msg::Log(Ok(Box::new(ReadLog::of(log)))));
    model
}

#[test]
fn the_key_opens_the_log_of_what_is_selected_on_every_screen_that_has_it() {
    let asked = |model: &mut Model, keys: &str| match press(model, keys).pop() {
        Some(Effect::ReadLog(about)) => about,
        other => panic!("{keys}: {other:?}"),
    };
    let mut model = opened(fresh_visit(), 1);
    assert_eq!(asked(&mut model, "<Home>9").as_deref(), Some("EM-01"));
    assert_eq!(asked(&mut model, "<Tab><Home><Down>p").as_deref(), Some("EM-02"));
    let mut model = opened(scored_visit(), 0);
    assert_eq!(asked(&mut model, "<F7>9").as_deref(), Some("EM-02"));
    let gate = model.desk.as_ref().unwrap().checklist().profile.gates.last().unwrap().id.to_string();
    assert_eq!(asked(&mut model, "<End><Up>9"), Some(gate));
    assert_eq!(asked(&mut model, "<End>9"), None, "where many are folded away, of the whole visit");
    assert_eq!(asked(&mut model, "<F8><Home>9"), None);
    assert!(asked(&mut model, "<End>9").is_some());
    let mut help = opened(scored_visit(), 0);
    press(&mut help, "<F7>:记录");
    shows(&mut help, "9 p", "9 p");
}

#[test]
fn the_log_of_a_clause() {
    let model = told(opened(scored_visit(), 0), decided());
    assert_eq!(model.open_dialogs(), ["LogDialog"]);
    check_small("log", model);
}

#[test]
fn it_scrolls_from_the_last_entry_to_the_first_and_closes() {
    let mut model = told(opened(scored_visit(), 0), decided());
    let n = decided().entries.len();
    let mut seen = String::new();
    for at in (1..=n).rev() {
        let text = drawn(&mut model, Lang::Zh, (80, 24));
        assert!(text.contains(&format!("{at}/{n}")) && text.contains(&format!(">{at}. ")), "{text}");
        seen.push_str(&text);
        press(&mut model, "<Up>");
    }
    for name in MEMBERS {
        assert!(seen.contains(name));
    }
    press(&mut model, "<End>");
    shows(&mut model, &format!("{n}/{n}"), &format!("{n}/{n}"));
    press(&mut model, "<Esc>");
    assert!(model.dialogs.is_empty());
}

#[test]
fn many_entries_take_no_longer_to_draw_and_none_is_lost() {
    let mut commits = ballots_closed();
    commits.truncate(5);
    let many = (0..20_000).map(|n| grade("EM-02", if n % 2 == 0 { Grade::A } else { Grade::B })).collect();
    commits.push(commit(0, 2, many));
    let log = log(commits, Vec::new(), None);
    let n = log.entries.len();
    assert!(n > 20_000);
    let mut model = told(opened(fresh_visit(), 0), log);
    // Each frame words a screenful: all of it would be twenty million.
    for _ in 0..1_000 {
        press(&mut model, "<Up>");
        drawn(&mut model, Lang::Zh, (80, 24));
    }
    shows(&mut model, &format!("{}/{n}", n - 1_000), &format!("{}/{n}", n - 1_000));
}

#[test]
fn an_entry_that_fills_the_screen_begins_at_its_head() {
    let mut commits = ballots_closed();
    commits.truncate(5);
    let long = Edit::Note { clause: "EM-02".into(), text: "很长的备注。".repeat(400).parse().unwrap() };
    commits.push(commit(0, 2, vec![grade("EM-02", Grade::A), long]));
    let model =
        told(opened(fresh_visit(), 0), log(commits, Vec::new(), Some(Subject::Clause("EM-02".into()))));
    shows(model, ">2. 备注", ">2. note");
}

#[test]
fn the_log_of_a_visit_that_was_left_meanwhile_is_not_shown() {
    let mut log = decided();
    log.visit = VisitId::new("other");
    assert!(told(opened(scored_visit(), 0), log).dialogs.is_empty());
}
