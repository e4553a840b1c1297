//! Who may speak, on screen: joining, codes, admitting, deputies, lost laptops, a submission that is taken back.

use std::{collections::BTreeSet, sync::mpsc};

use crate::{
    app::{
        deed::Deed,
        failure::Failure,
        home::Home,
        visit::{
            founding::FoundingRequest, joining::JoinRequest, mandate::MandateRequest, membership::Keeps,
        },
    },
    domain::{
        edit::{Edit, Expert, Founding},
        terms::{field::Field, lang::Lang},
    },
    tui::{
        desk::effect::{Effect, Msg, Occasion},
        drive::{update::update, worker},
        fixture::{
            MEMBERS, after, commit, founding, fresh_visit,
            laptops::{
                SECOND, admission, admit, codes, feed, fold, name, sheet, troubled, unjoined, waiting,
            },
            opened, press, scored_visit, sealed_visit, snapshot, told,
        },
        snapshot_tests::{check, shows},
    },
};

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
    assert!(deputy.dialogs.is_empty() && deputy.toast.contains("先提交"), "{}", deputy.toast);
    let named = commit(0, 1, vec![admit(2, 2), Edit::Deputy { name: name(2) }]);
    let sealed = commit(2, 2, vec![Edit::Submit { tips: BTreeSet::new() }]);
    let mut deputy = opened(fold(None, [waiting(), vec![named, sealed]].concat()), 2);
    press(&mut deputy, "<F6><C-e>");
    assert!(deputy.open_dialogs() == ["CloseDialog"], "and closes");
    let mut member = opened(troubled(), 3);
    press(&mut member, "<F6>1<F6>2<F6>3<F6>4");
    assert!(member.dialogs.is_empty());
}

#[test]
fn a_submission_is_taken_back_with_one_key_while_scoring_is_not_closed() {
    let mut model = opened(sealed_visit(), 1);
    let effects = press(&mut model, "<C-z>");
    assert!(matches!(&effects[..], [Effect::Do(Deed::Unseal), Effect::Sync]), "{effects:?}");
    let mut model = opened(scored_visit(), 1);
    let effects = press(&mut model, "<C-z>");
    assert!(matches!(&effects[..], [Effect::Undo(_)]), "a closing record names it: {effects:?}");
}

#[test]
fn two_laptops_meet_through_their_workers() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("青禾.hecha");
    let laptop = |name: &str| {
        let (sender, answers) = mpsc::channel();
        let home = Home::choose(Some(dir.path().join(name))).unwrap();
        let (effects, _) = worker::start(home, Lang::Zh, move |msg| {
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
        mandate: MandateRequest::default(),
    }
}

#[test]
fn joining_under_a_taken_name_and_from_outside_the_roster() {
    check("join_form", after(unjoined(fresh_visit()), "<Home><Down><Enter>7kq2"));
    check("join_outsider", after(unjoined(fresh_visit()), "<End><Enter>吴听雨<Down>6"));
}

#[test]
fn codes_of_a_member_and_of_the_lead() {
    check("codes_new", told(opened(fresh_visit(), 1), Msg::Codes(Ok(codes(false)), Occasion::New)));
    let mut again = told(opened(fresh_visit(), 1), Msg::Codes(Ok(codes(true)), Occasion::Again));
    shows(&mut again, "| 组长已核对过这台电脑", "| The lead has checked this laptop");
    shows(&mut again, "| 回车关闭", "| Enter to close");
    check("recovery_sheet", told(opened(fresh_visit(), 0), Msg::Codes(Ok(sheet()), Occasion::New)));
    let mut saving = after(told(opened(fresh_visit(), 0), Msg::Codes(Ok(sheet()), Occasion::New)), "1/home/");
    let title = "+ Where to save the sheet (delete it once printed) -";
    shows(&mut saving, "+ 恢复单存到哪里(打印后删除) -", title);
    shows(&mut saving, "上下选择，回车保存；填文件夹就自动取名", "Enter saves; a folder will do");
}

#[test]
fn the_panel_with_laptops_and_what_the_lead_does_with_them() {
    let admitted = commit(0, 1, vec![admit(1, 1)]);
    let mut two_wait = after(opened(fold(None, [waiting(), vec![admitted]].concat()), 0), "<F6>");
    shows(&mut two_wait, "! 2 台电脑等待核准 (F6)", "! 2 laptops to admit (F6)");
    shows(&mut two_wait, "电脑 feed-1 已有电脑", "laptop feed-1 has a laptop");
    // The lead has heard of neither of two laptops of one name before the other.
    let mut both_wait = after(opened(fold(None, waiting()), 0), "<F6>");
    shows(&mut both_wait, "! 3 台电脑等待核准 (F6)", "! 3 laptops to admit (F6)");
    let twice = "钱立         电脑 feed-1 几台电脑都用这个姓名，等组长核准其中一台\n     ";
    shows(&mut both_wait, &twice.repeat(2), "several laptops claim this name: the lead admits one");
    shows(
        &mut both_wait,
        "\n   钱立         护理               等待组长核准 ",
        " Nursing            waits for the .. hidden",
    );
    shows(&mut both_wait, "\n 下一步：您核准 钱立、", "\n Next: you to admit the laptop of 钱立, ");
    check("panel_troubled", after(opened(troubled(), 0), "<F6>"));
    check("admit", after(opened(fold(None, waiting()), 0), "<F6>1ｋ7q2-mn"));
    check("admitted", told(opened(troubled(), 0), Msg::Admitted(Ok(admission()))));
    check("deputy", after(opened(troubled(), 0), "<F6><Home><Down><Down>2"));
    check("retire", after(opened(fresh_visit(), 0), "<F6><Home><Down><Down>3"));
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
