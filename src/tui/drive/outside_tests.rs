//! The screens of a file that was not joined: they show it, say so, offer nothing that changes it, and refuse that in one sentence.

use std::sync::mpsc;

use crate::{
    app::{
        deed::{Deed, LedgerDeed},
        home::Home,
    },
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{grade::Grade, lang::Lang},
        visit::Visit,
    },
    tui::{
        desk::effect::{Effect, Msg, Snapshot, Synced},
        drive::{model::Model, update::update, worker},
        fixture::{
            after, final_visit, founding_request, fresh_visit, laptops::feed, press, program, sealed_visit,
            snapshot,
        },
        frame::words as say,
        snapshot_tests::shows,
    },
};

/// A visit as somebody outside has it on screen; the list of names is not in the way.
fn outside(mut visit: Visit) -> Model {
    visit.is_from_outside = true;
    let mut model = program(Lang::Zh, (80, 24));
    let snapshot = Snapshot { me: None, exchanges: false, feed: feed(99), ..*snapshot(visit, 1) };
    update(&mut model, Msg::Opened(Ok(Box::new(snapshot))));
    if !model.open_dialogs().is_empty() {
        press(&mut model, "<Esc>");
    }
    assert!(model.open_dialogs().is_empty());
    model
}

/// The same of an office's laptop.
fn office(mut visit: Visit) -> Model {
    let mut model = program(Lang::Zh, (80, 24));
    visit.is_from_outside = true;
    visit.offices.insert(feed(99));
    let snapshot = Snapshot { me: None, office: true, feed: feed(99), ..*snapshot(visit, 1) };
    update(&mut model, Msg::Opened(Ok(Box::new(snapshot))));
    model
}

/// Whether something goes out that would change a visit.
fn changes(effects: &[Effect]) -> bool {
    effects.iter().any(|it| matches!(it, Effect::Do(_) | Effect::Record(..) | Effect::Sync))
}

#[test]
fn every_screen_says_that_it_only_looks_and_no_key_changes_anything() {
    for visit in [fresh_visit(), sealed_visit(), final_visit()] {
        let mut model = outside(visit);
        for screen in ["<F5>", "<F6>", "<F7>", "<F8>", "<F9>", "<F10>"] {
            model.lang = Lang::Zh;
            press(&mut model, screen);
            shows(&mut model, "只能查看", "it can only look");
            for key in [
                "1", "2", "3", "4", "5", "6", "7", "0", "x", "-", "<Space>", "<F2>", "<F3>", "<F12>",
                "<C-z>", "<C-r>", "<C-b>", "<C-s>", "<C-x>",
            ] {
                let mut model = outside(model.desk.as_ref().unwrap().visit.clone());
                press(&mut model, screen);
                // What opens a dialog is confirmed to the end, as often as a program may ask.
                let mut effects = press(&mut model, key);
                for _ in 0..4 {
                    effects.extend(press(&mut model, "<Enter>"));
                }
                assert!(!changes(&effects), "{screen} {key}: {effects:?}");
            }
        }
    }
    let mut model = outside(fresh_visit());
    press(&mut model, "<F12>");
    assert_eq!(model.toast, say::only_looking(Lang::Zh));
    assert!(matches!(press(&mut model, "<C-s>")[..], [Effect::Reload]), "it reads the file again");
}

#[test]
fn nothing_is_offered_that_changes_a_visit_and_nothing_hidden_looks_like_a_result() {
    let mut model = outside(sealed_visit());
    shows(&mut model, "没有定稿，评分和结论不公开", "Not final: votes and verdicts are not public");
    for screen in ["<F5>", "<F6>", "<F7>", "<F8>"] {
        let mut model = after(outside(sealed_visit()), screen);
        let drawn = crate::tui::snapshot_tests::drawn(&mut model, Lang::Zh, (120, 36));
        let footer = drawn.lines().last().unwrap();
        for hint in ["提交", "撤销", "缺席", "作结论", "核准", "结束评分", "回避"] {
            assert!(!footer.contains(hint), "{screen} offers {hint}: {footer}");
        }
        assert!(!drawn.contains(" 达到") && !drawn.contains("未达到"), "{screen}: {drawn}");
    }
}

#[test]
fn an_office_works_on_the_ledger_and_nowhere_else() {
    shows(office(final_visit()), "整改办公室的电脑", "The office's laptop");
    let mut model = office(final_visit());
    let desk = model.desk.as_ref().unwrap();
    let reopen = LedgerDeed::Reopen("EM-02.C1".into(), "再看".to_owned());
    let strike = LedgerDeed::Strike("EM-02.C1".into(), "不改了".to_owned());
    assert!(!desk.only_looks(&Deed::Ledger(Box::new(reopen))));
    assert!(desk.only_looks(&Deed::Ledger(Box::new(strike))) && desk.only_looks(&Deed::Submit));
    assert!(matches!(press(&mut model, "<C-s>")[..], [Effect::Sync]), "it takes part in the exchange");
    for key in ["<F12>", "<C-z>", "<C-b>"] {
        assert!(!changes(&press(&mut model, key)), "{key}");
        assert_eq!(model.toast, say::only_looking(Lang::Zh));
    }
}

#[test]
fn a_file_is_looked_at_through_the_worker_and_nothing_of_it_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("青禾.hecha");
    let laptop = |name: &str| {
        let home = Home::choose(Some(dir.path().join(name))).unwrap();
        let (sender, answers) = mpsc::channel();
        let (effects, _) = worker::start(home, Lang::Zh, move |msg| {
            let _ended = sender.send(msg);
        });
        move |effect: Effect| {
            effects.send(effect).unwrap();
            answers.recv().unwrap()
        }
    };
    let (lead, looker) = (laptop("lead"), laptop("looker"));
    assert!(matches!(
        lead(Effect::Found(Box::new(founding_request(file.clone())), None)),
        Msg::Opened(Ok(_))
    ));
    let Msg::Opened(Ok(seen)) = looker(Effect::Open(file.clone())) else { panic!() };
    assert!(seen.me.is_none() && !seen.exchanges && !seen.office && seen.visit.hides_all());
    assert!(seen.visit.members.iter().all(|it| it.member.name.as_str().starts_with("专家")));
    assert_eq!(seen.roster.len(), seen.visit.members.len(), "whoever joins chooses from the names");
    assert!(seen.roster.iter().all(|(name, _)| !name.as_str().starts_with("专家")));
    let clause = seen.visit.clauses().next().unwrap().id.clone();
    let stand = Stand { choice: Choice::Grade(Grade::B), reason: "".parse().unwrap() };
    let vote = Edit::Vote { clause, value: Some(stand) };
    assert!(matches!(looker(Effect::Record(1, vec![vote])), Msg::Recorded(1, Err(_))));
    assert!(matches!(looker(Effect::Do(Deed::Submit)), Msg::Reloaded(Err(_))));
    assert!(matches!(looker(Effect::Sync), Msg::Synced(Synced { result: Err(_), .. })));
    let Msg::Reloaded(Ok(spoken)) = looker(Effect::Speak(Lang::En)) else { panic!() };
    assert!(spoken.visit.members.iter().all(|it| it.member.name.as_str().starts_with("Expert ")));
    // What the others do meanwhile is there when it is read again.
    assert!(matches!(lead(Effect::Do(Deed::Declare(Default::default()))), Msg::Reloaded(Ok(_))));
    assert!(matches!(lead(Effect::Sync), Msg::Synced(Synced { result: Ok(_), .. })));
    let Msg::Reloaded(Ok(again)) = looker(Effect::Reload) else { panic!() };
    assert_eq!(again.visit.members.iter().filter(|it| it.declaration().is_some()).count(), 1);
    assert!(matches!(looker(Effect::ListVisits), Msg::Visits(Ok(all)) if all.is_empty()));
}
