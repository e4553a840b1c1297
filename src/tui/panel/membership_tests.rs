//! Who may speak, on screen: joining, codes, admitting, lost laptops, and two laptops of one person.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, mpsc},
};

use crate::{
    app::{
        deed::Deed,
        failure::Failure,
        home::Home,
        visit::{
            founding::FoundingRequest,
            joining::JoinRequest,
            membership::{Admission, JoinCode, Keeps},
            recovery_sheet::Codes,
        },
    },
    domain::{
        ballot::Position,
        edit::{Edit, Expert, Founding, commit::LoggedCommit, declaration::Declaration, finding::Finding},
        terms::{
            field::Field,
            grade::Grade,
            id::{FeedId, MemberName, VisitId},
        },
        visit::Visit,
    },
    tui::{
        desk::effect::{Effect, Msg, Occasion, Snapshot},
        drive::{model::Model, update::update, worker},
        fixture::{
            MEMBERS, commit, founding, fresh_visit, grade, opened, press, program, scored_visit, snapshot,
        },
        frame::place::Place,
        snapshot_tests::check,
    },
};

/// Feeds of laptops beside the five of the panel.
const SECOND: usize = 11;
const GUEST: usize = 12;

fn feed(n: usize) -> FeedId {
    FeedId::new(format!("feed-{n}"))
}

fn name(member: usize) -> MemberName {
    MemberName::new(MEMBERS[member])
}

fn join(member: usize) -> Edit {
    Edit::Join { name: name(member), expert: None }
}

fn admit(n: usize, member: usize) -> Edit {
    Edit::Admit { feed: feed(n), name: name(member), expert: None, checked: true }
}

fn tick(value: bool) -> Edit {
    Edit::Finding { clause: "EM-02".into(), point: "C1".into(), value: Some(Finding::Tick(value)) }
}

fn note(text: &str) -> Edit {
    Edit::Note { clause: "EM-03".into(), text: text.parse().unwrap() }
}

fn fold(own: Option<(usize, usize)>, commits: Vec<LoggedCommit>) -> Visit {
    let own = own.map(|(n, member)| (feed(n), name(member)));
    let own = own.as_ref().map(|(feed, name)| (feed, name));
    Visit::fold(VisitId::new("visit"), Arc::new(founding()), &feed(0), own, commits)
}

/// Everybody has joined; 钱立's second laptop and an expert who is not on the roster wait.
fn waiting() -> Vec<LoggedCommit> {
    let expert = Some(Expert { field: Field::PublicHealth, title: "副主任医师".parse().unwrap() });
    let guest = Edit::Join { name: MemberName::new("吴听雨"), expert };
    let none = || Edit::Declare(Declaration::default());
    let joined = (1..MEMBERS.len()).map(|n| commit(n, 1, vec![join(n), none()]));
    let mut commits: Vec<LoggedCommit> = joined.collect();
    commits.extend([commit(SECOND, 2, vec![join(1), none()]), commit(GUEST, 2, vec![guest])]);
    commits
}

/// 钱立 has two laptops that recorded different things, 孙悦 is deputy, 李阳 submitted on two laptops in ignorance of
/// each other and was let score again before, 周宁's laptop is retired, and 孙悦's feed is forked.
fn troubled() -> Visit {
    let mut commits = waiting();
    let submit =
        |n: usize| Edit::Submit { heads: BTreeMap::from([(feed(n), 2)]), tips: BTreeSet::new(), key: None };
    let reopen = Edit::Reopen {
        name: name(3),
        reason: "补看现场".parse().unwrap(),
        submissions: [commit(3, 2, Vec::new()).id].into(),
    };
    let lead = vec![
        admit(1, 1),
        admit(SECOND, 1),
        admit(2, 2),
        Edit::Deputy { name: name(2) },
        admit(3, 3),
        admit(13, 3),
        Edit::Retire { feed: feed(4), n: 1 },
        reopen,
    ];
    commits.extend([
        commit(0, 1, lead),
        commit(1, 2, vec![grade("EM-01", Grade::B), tick(true), note("上午看过")]),
        commit(SECOND, 3, vec![grade("EM-01", Grade::C), tick(false), note("下午再看")]),
        commit(3, 2, vec![submit(3)]),
        commit(3, 3, vec![submit(3)]),
        commit(13, 1, vec![join(3)]),
        commit(13, 2, vec![submit(13)]),
    ]);
    let mut fork = commit(2, 1, vec![tick(true)]);
    fork.id = "2-1-fork".into();
    let mut after_a_gap = commit(2, 3, vec![tick(false)]);
    after_a_gap.previous = Some("2-2".into());
    commits.extend([fork, after_a_gap]);
    fold(None, commits)
}

fn admission() -> Admission {
    let codes = codes(true);
    Admission { name: name(1), feed: feed(SECOND), code: codes.join.unwrap() }
}

fn codes(is_checked: bool) -> Codes {
    Codes {
        name: name(1),
        join: Some(JoinCode::of("7KQ2MN4XP0ABZ9WC")),
        is_checked,
        recovery: Some("7KQ2-MN4X-P0AB-Z9WC-HJ3T-VE5S-D1G8".to_owned()),
        is_lead: false,
    }
}

fn sheet() -> Codes {
    Codes { name: name(0), join: None, is_checked: true, is_lead: true, ..codes(true) }
}

fn unjoined(visit: Visit) -> Model {
    let mut model = program(crate::domain::terms::lang::Lang::Zh, (80, 24));
    let snapshot = Snapshot { me: None, feed: feed(99), ..*snapshot(visit, 1) };
    update(&mut model, Msg::Opened(Ok(Box::new(snapshot))));
    model
}

/// The laptop of a feed that is not the member's first one.
fn second(visit: Visit) -> Model {
    let mut model = program(crate::domain::terms::lang::Lang::Zh, (80, 24));
    let snapshot = Snapshot { feed: feed(SECOND), ..*snapshot(visit, 1) };
    update(&mut model, Msg::Opened(Ok(Box::new(snapshot))));
    model
}

fn after(mut model: Model, keys: &str) -> Model {
    press(&mut model, keys);
    model
}

fn told(mut model: Model, msg: Msg) -> Model {
    update(&mut model, msg);
    model
}

fn position(model: &Model, clause: usize) -> Position {
    model.desk.as_ref().unwrap().votes[clause].position
}

#[test]
fn a_free_name_joins_at_once_and_the_codes_are_shown_until_they_are_copied() {
    let mut model = unjoined(fold(None, Vec::new()));
    let effects = press(&mut model, "<Home><Down><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Join(_, request), Effect::ShowCodes(Occasion::New)]
            if request.name == MEMBERS[1] && request.recovery.is_none() && request.expert.is_none()),
        "{effects:?}"
    );
    update(&mut model, Msg::Opened(Ok(snapshot(fresh_visit(), 1))));
    update(&mut model, Msg::Codes(Ok(codes(false)), Occasion::New));
    press(&mut model, "<Enter><Enter>");
    assert_eq!(model.dialogs.len(), 1, "a held Enter does not close what must be copied");
    press(&mut model, "<Space><Enter>");
    assert!(model.dialogs.is_empty());
    assert!(
        matches!(press(&mut model, "<C-d>")[..], [Effect::ShowCodes(Occasion::Again)]),
        "they can be seen again"
    );
}

#[test]
fn a_taken_name_is_explained_first_and_takes_a_recovery_code() {
    let mut model = unjoined(fresh_visit());
    let effects = press(&mut model, "<Home><Down><Enter>");
    assert!(effects.is_empty() && model.top_dialog() == "JoinFormDialog");
    let effects = press(&mut model, "7kq2 mn4x<Enter><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Join(_, request), Effect::ShowCodes(Occasion::New)]
            if request.name == MEMBERS[1] && request.recovery.as_deref() == Some("7kq2 mn4x")),
        "{effects:?}"
    );
    update(&mut model, Msg::Opened(Err(Failure::bug("a slip"))));
    assert!(model.top_dialog() == "FailureDialog", "the failure lies on top");
    let effects = press(&mut model, "<Esc>z<Enter>");
    assert!(matches!(effects.first(), Some(Effect::Join(_, request))
        if request.recovery.as_deref() == Some("7kq2 mn4xz")));
}

#[test]
fn a_recovery_code_can_be_given_for_a_free_name_too() {
    let mut model = unjoined(fold(None, Vec::new()));
    let effects = press(&mut model, "<Home><Down><F3>ABCD<Enter>");
    assert!(matches!(effects.first(), Some(Effect::Join(_, request))
        if request.name == MEMBERS[1] && request.recovery.as_deref() == Some("ABCD")));
}

#[test]
fn an_expert_who_is_not_on_the_roster_gives_name_field_and_title() {
    let mut model = unjoined(fresh_visit());
    press(&mut model, "<End><Enter><Enter><Enter><Enter>");
    assert!(press(&mut model, "<Enter>").is_empty(), "without a name nothing is sent");
    assert!(
        press(&mut model, "钱立<Down><Down><Down><Enter>").is_empty(),
        "a name of the roster is picked there"
    );
    let effects = press(&mut model, "<C-u>吴听雨<Down>6<Right><Left><Down>副主任医师<Down><Enter>");
    let Some(Effect::Join(_, request)) = effects.first() else { panic!("{effects:?}") };
    let expert = Expert { field: Field::PublicHealth, title: "副主任医师".parse().unwrap() };
    assert_eq!((request.name.as_str(), request.expert.as_ref()), ("吴听雨", Some(&expert)));
}

#[test]
fn a_laptop_that_looked_without_joining_can_still_join() {
    let mut model = unjoined(fresh_visit());
    press(&mut model, "<Esc>");
    assert!(press(&mut model, "1<F12>").is_empty() && model.dialogs.is_empty());
    assert!(press(&mut model, "<C-d>").is_empty());
    assert!(model.top_dialog() == "JoinDialog");
}

#[test]
fn the_sheet_is_saved_where_the_lead_says() {
    let mut model = opened(fresh_visit(), 0);
    update(&mut model, Msg::Codes(Ok(sheet()), Occasion::New));
    let effects = press(&mut model, "1/home/单.txt<Enter>");
    assert!(
        matches!(effects.last(), Some(Effect::SaveSheet(path, _)) if path.to_str() == Some("/home/单.txt"))
    );
    update(&mut model, Msg::SheetSaved(Err(Failure::bug("beside the file"))));
    assert!(model.top_dialog() == "FailureDialog");
    press(&mut model, "<Esc>");
    update(&mut model, Msg::SheetSaved(Ok("/home/单.txt".into())));
    assert!(model.toast.contains("单.txt"));
}

#[test]
fn the_lead_admits_with_twelve_signs_and_everybody_is_told_at_once() {
    let mut model = opened(fold(None, waiting()), 0);
    assert!(press(&mut model, "<F6>1７ｋq2-mn4x p0a<Enter>").is_empty(), "eleven signs are not enough");
    let effects = press(&mut model, "b<Enter><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Admit(typed))] if typed == "７ｋq2-mn4x p0ab"),
        "{effects:?}"
    );
    update(&mut model, Msg::Admitted(Err(Failure::bug("no such code"))));
    let effects = press(&mut model, "<Esc><Enter>");
    assert!(matches!(&effects[..], [Effect::Do(Deed::Admit(_))]), "the code is still there to be mended");
    let effects = update(&mut model, Msg::Admitted(Ok(admission())));
    assert!(matches!(effects[..], [Effect::Reload, Effect::Sync]), "{effects:?}");
    assert!(model.open_dialogs() == ["AdmittedDialog"]);
    press(&mut model, "<Enter>");
    assert!(model.dialogs.is_empty());
}

#[test]
fn a_laptop_whose_last_signs_differ_is_retired_with_nothing_counted() {
    let mut model = opened(troubled(), 0);
    update(&mut model, Msg::Admitted(Ok(admission())));
    let effects = press(&mut model, "2<Enter>");
    assert!(effects.is_empty() && model.dialogs.is_empty(), "Enter without the check leaves all as it was");
    update(&mut model, Msg::Admitted(Ok(admission())));
    let effects = press(&mut model, "<Down><Enter><Space><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Retire(it, Keeps::Nothing)), Effect::Sync] if it == feed(SECOND).as_str()),
        "{effects:?}"
    );
}

#[test]
fn retiring_takes_two_keys_and_another_choice_is_checked_anew() {
    let mut model = opened(fresh_visit(), 0);
    press(&mut model, "<F6><Home><Down><Down>");
    assert!(press(&mut model, "3<Space>2<Enter>").is_empty());
    assert!(press(&mut model, "333<Esc>").is_empty(), "a key held down answers nothing");
    let effects = press(&mut model, "3<Space><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Retire(it, Keeps::Synced)), Effect::Sync] if it == feed(1).as_str()),
        "{effects:?}"
    );
    let effects = press(&mut model, "32<Space><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Retire(it, Keeps::Nothing)), Effect::Sync] if it == feed(1).as_str()),
        "{effects:?}"
    );
    press(&mut model, "<Up>3");
    assert!(model.dialogs.is_empty() && !model.toast.is_empty(), "not this laptop itself");
}

#[test]
fn of_several_laptops_one_is_chosen_by_its_row() {
    let mut model = opened(troubled(), 0);
    press(&mut model, "<F6><Home><Down><Down>3");
    assert!(model.dialogs.is_empty() && !model.toast.is_empty());
    let effects = press(&mut model, "<Down><Down>3<Space><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Retire(it, Keeps::Synced)), Effect::Sync] if it == feed(SECOND).as_str()),
        "{effects:?}"
    );
}

#[test]
fn only_a_checked_member_becomes_deputy_and_only_the_lead_names_one() {
    let mut model = opened(fresh_visit(), 0);
    press(&mut model, "<F6><Home><Down><Down>2");
    assert!(model.dialogs.is_empty() && !model.toast.is_empty());
    let mut model = opened(fold(None, [waiting(), vec![commit(0, 1, vec![admit(1, 1)])]].concat()), 0);
    assert!(press(&mut model, "<F6><Home><Down><Down>2<Enter>").is_empty());
    let effects = press(&mut model, "2<Space><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Deputy(it)), Effect::Sync] if *it == name(1)),
        "{effects:?}"
    );
    let mut deputy = opened(troubled(), 2);
    press(&mut deputy, "<F6><Home><Down><Down>2");
    assert!(deputy.dialogs.is_empty() && !deputy.toast.is_empty());
    press(&mut deputy, "1");
    assert!(deputy.open_dialogs() == ["AdmitDialog"], "but a deputy admits");
    press(&mut deputy, "<Esc><C-e>");
    assert!(deputy.open_dialogs() == ["CloseDialog"], "and closes");
    let mut member = opened(troubled(), 3);
    press(&mut member, "<F6>1<F6>2<F6>3<F6>4");
    assert!(member.dialogs.is_empty());
}

#[test]
fn a_submitted_ballot_is_reopened_with_a_reason() {
    let mut model = opened(fresh_visit(), 0);
    press(&mut model, "<F6><Home><Down><Down>4");
    assert!(model.dialogs.is_empty() && !model.toast.is_empty(), "nothing to reopen");
    let mut model = opened(scored_visit(), 0);
    assert!(press(&mut model, "<F6><Home><Down><Down>4 <Enter>").is_empty());
    let effects = press(&mut model, "补看现场<Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Reopen(it, reason)), Effect::Sync] if *it == name(1) && reason == "补看现场"),
        "{effects:?}"
    );
}

#[test]
fn a_second_laptop_scores_but_does_not_submit_before_it_is_admitted() {
    let mut model = second(fold(Some((SECOND, 1)), waiting()));
    press(&mut model, "1<F12>");
    assert_eq!(position(&model, 0), Position::Grade(Grade::A));
    assert!(model.dialogs.is_empty() && !model.toast.is_empty());
}

#[test]
fn a_retired_laptop_records_nothing() {
    let mut model = opened(troubled(), 4);
    assert!(press(&mut model, "1<Space>").is_empty() && model.dialogs.is_empty());
    assert!(model.toast.contains("停用"));
}

#[test]
fn a_new_grade_settles_a_clause_as_a_whole_and_keeps_both_notes() {
    let mut model = opened(troubled(), 1);
    assert_eq!([0, 1, 2].map(|at| position(&model, at)), [Position::Conflict; 3]);
    press(&mut model, "<C-k>1");
    assert_eq!((model.score.clause, position(&model, 1)), (2, Position::Grade(Grade::A)));
    let effects = press(&mut model, "<C-k><C-k>2");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(edits[..], [grade("EM-03", Grade::B), note("上午看过\n下午再看")]);
    assert_eq!(position(&model, 2), Position::Grade(Grade::B));
    let effects = press(&mut model, "<F8><C-k>");
    assert!(effects.is_empty() && (model.place, model.score.clause) == (Place::Score, 0));
    press(&mut model, "<F12>3");
    assert_eq!((model.dialogs.len(), model.score.clause), (0, 0));
    press(&mut model, "2<C-k>");
    assert!(!model.toast.is_empty() && model.desk.as_ref().unwrap().conflicts().next().is_none());
}

#[test]
fn recording_the_point_again_settles_the_point() {
    let mut model = opened(troubled(), 1);
    press(&mut model, "<C-k><Home>-");
    assert_eq!(position(&model, 1), Position::Grade(Grade::D));
}

#[test]
fn two_laptops_meet_through_their_workers() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("青禾.hecha");
    let laptop = |name: &str| {
        let (sender, answers) = mpsc::channel();
        let home = Home::choose(Some(dir.path().join(name))).unwrap();
        let (effects, _) = worker::start(home, move |msg| {
            let _ended = sender.send(msg);
        });
        move |effect: Effect| {
            effects.send(effect).unwrap();
            answers.recv().unwrap()
        }
    };
    let (lead, member) = (laptop("lead"), laptop("member"));
    assert!(matches!(lead(Effect::Found(Box::new(request(file.clone())), None)), Msg::Opened(Ok(_))));
    let Msg::Codes(Ok(sheet), Occasion::New) = lead(Effect::ShowCodes(Occasion::New)) else { panic!() };
    assert!(sheet.is_lead && sheet.join.is_none() && sheet.recovery.is_some());
    assert!(matches!(member(Effect::Open(file.clone())), Msg::Opened(Ok(it)) if it.me.is_none()));
    let joined = member(Effect::Join(file, JoinRequest::named(MEMBERS[1])));
    let Msg::Opened(Ok(joined)) = joined else { panic!("{joined:?}") };
    let Msg::Codes(Ok(codes), Occasion::Again) = member(Effect::ShowCodes(Occasion::Again)) else { panic!() };
    let code = codes.join.unwrap();

    assert!(matches!(lead(Effect::Sync), Msg::Synced(..)));
    assert!(matches!(lead(Effect::Reload), Msg::Reloaded(Ok(it)) if it.chair));
    assert!(matches!(lead(Effect::Do(Deed::Admit("0000 0000 0000".to_owned()))), Msg::Admitted(Err(_))));
    let Msg::Admitted(Ok(admission)) = lead(Effect::Do(Deed::Admit(code.typed()))) else { panic!() };
    assert_eq!((&admission.name, admission.code.compared()), (&name(1), code.compared()));
    assert_eq!(admission.feed, joined.feed);
    let Msg::Reloaded(Ok(now)) = lead(Effect::Do(Deed::Deputy(name(1)))) else { panic!() };
    assert!(now.visit.deputies.contains(MEMBERS[1]));
    assert!(
        matches!(lead(Effect::Do(Deed::Reopen(name(1), "补看".to_owned()))), Msg::Reloaded(Err(_))),
        "nothing to reopen"
    );
    let Msg::Reloaded(Ok(now)) =
        lead(Effect::Do(Deed::Retire(admission.feed.as_str().to_owned(), Keeps::Nothing)))
    else {
        panic!()
    };
    assert_eq!(now.visit.retired.get(&admission.feed), Some(&0), "nothing of it counts");
}

fn request(file: std::path::PathBuf) -> FoundingRequest {
    let Founding { facility, stage, date, roster, .. } = founding();
    let mut people = roster.into_iter();
    FoundingRequest {
        file,
        facility: facility.into_string(),
        profile: "township".to_owned(),
        stage,
        date,
        lookback: None,
        lead: people.next().unwrap(),
        members: people.collect(),
        recusals: Vec::new(),
        draw: None,
    }
}

#[test]
fn how_membership_looks() {
    check("join_taken", after(unjoined(fresh_visit()), "<Home><Down>"));
    check("join_form", after(unjoined(fresh_visit()), "<Home><Down><Enter>7kq2"));
    check("join_outsider", after(unjoined(fresh_visit()), "<End><Enter>吴听雨<Down>6"));
    check("codes_new", told(opened(fresh_visit(), 1), Msg::Codes(Ok(codes(false)), Occasion::New)));
    check("codes_again", told(opened(fresh_visit(), 1), Msg::Codes(Ok(codes(true)), Occasion::Again)));
    check("recovery_sheet", told(opened(fresh_visit(), 0), Msg::Codes(Ok(sheet()), Occasion::New)));
    check(
        "save_sheet",
        after(told(opened(fresh_visit(), 0), Msg::Codes(Ok(sheet()), Occasion::New)), "1/home/"),
    );
    check("panel_waiting", after(opened(fold(None, waiting()), 0), "<F6>"));
    check("panel_troubled", after(opened(troubled(), 0), "<F6>"));
    check("admit", after(opened(fold(None, waiting()), 0), "<F6>1ｋ7q2-mn"));
    check("admitted", told(opened(troubled(), 0), Msg::Admitted(Ok(admission()))));
    check("deputy", after(opened(troubled(), 0), "<F6><Home><Down><Down>2"));
    check("retire", after(opened(fresh_visit(), 0), "<F6><Home><Down><Down>3"));
    check("reopen", after(opened(scored_visit(), 0), "<F6><Home><Down><Down>4"));
}

#[test]
fn how_two_laptops_look() {
    check("waits", second(fold(Some((SECOND, 1)), waiting())));
    check("retired", opened(troubled(), 4));
    check("conflict_grade", after(opened(troubled(), 1), "<C-k><C-k><C-k>"));
    check("conflict_point", after(opened(troubled(), 1), "<C-k><Home>"));
    check("conflict_note", after(opened(troubled(), 1), "<C-k><C-k>"));
    check("submit_conflicts", after(opened(troubled(), 1), "<F12>"));
}

#[test]
fn a_member_named_deputy_may_admit_as_soon_as_the_word_has_come() {
    let mut model = opened(fresh_visit(), 2);
    press(&mut model, "<F6>1");
    assert!(model.dialogs.is_empty());
    update(&mut model, Msg::Reloaded(Ok(snapshot(troubled(), 2))));
    press(&mut model, "1");
    assert!(model.open_dialogs() == ["AdmitDialog"]);
}
