//! Declarations, recusals, the division of work, and how a visit ends: what keys ask for, and how it looks.

use std::collections::BTreeSet;

use crate::{
    app::deed::Deed,
    domain::{
        edit::{Edit, declaration::Declaration, objection::Objection, waiver::MatterKind},
        terms::lang::Lang,
    },
    tui::{
        desk::effect::Effect,
        drive::model::Model,
        fixture::{
            MEMBERS, after, commit, final_visit, fresh_visit,
            laptops::{self, waiting},
            opened, plan, press, scored_visit, scored_visit_after, sealed_visit, signed_visit,
            undeclared_visit,
        },
        frame::screen_name::ScreenName,
        snapshot_tests::{check, drawn, shows},
    },
};

/// A visit whose edits of its own are applied on top, as if this member had made them.
fn with(member: usize, edits: &[Edit]) -> Model {
    let mut model = opened(scored_visit(), member);
    let desk = model.desk.as_mut().unwrap();
    edits.iter().for_each(|edit| desk.apply(edit));
    let visit = desk.visit.clone();
    opened(visit, member)
}

fn undeclared() -> Model {
    opened(undeclared_visit(), 1)
}

fn recusals(clauses: &[Option<&str>]) -> BTreeSet<Option<crate::domain::terms::id::ClauseId>> {
    clauses.iter().map(|clause| clause.map(Into::into)).collect()
}

#[test]
fn interests_are_asked_for_before_the_first_vote_and_only_then() {
    for key in ["1", "<Space>", "0", "<F2>", "<F3>"] {
        let mut model = undeclared();
        let effects = press(&mut model, key);
        assert!(effects.is_empty() && model.open_dialogs() == ["DeclareDialog"], "{key}: {effects:?}");
    }
    let mut model = undeclared();
    press(&mut model, "<Tab><Down><Down>");
    assert!(model.dialogs.is_empty(), "looking is free");
    let effects = press(&mut model, "1<Enter><Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Declare(declared))] if *declared == Declaration::default()),
        "{effects:?}"
    );
    let mut declared = opened(fresh_visit(), 1);
    assert!(matches!(press(&mut declared, "1")[..], [Effect::Record(..)]));
}

#[test]
fn a_declaration_may_ask_for_recusals_with_the_reason_for_them() {
    let mut model = undeclared();
    press(&mut model, "<C-b><Enter>em-04、EM-02<Enter>");
    assert!(model.open_dialogs() == ["DeclareDialog"], "no reason");
    let effects = press(&mut model, "配偶在该院<Enter><Enter>");
    let [Effect::Do(Deed::Declare(declared))] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(declared.text, "配偶在该院");
    assert_eq!(declared.recusals, recusals(&[Some("EM-02"), Some("EM-04")]));
    let mut model = undeclared();
    press(&mut model, "<C-b>亲属<Enter>XX-99<Enter>");
    assert!(model.open_dialogs() == ["DeclareDialog"], "no such clause");
}

#[test]
fn the_lead_records_and_lifts_recusals_and_divides_the_work() {
    let mut model = opened(scored_visit(), 0);
    let effects = press(&mut model, "<F6><Home><Down><Down>4<Enter>曾任职<Enter>");
    let [Effect::Do(Deed::Recuse(name, None, Some(reason))), Effect::Sync] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!((name.as_str(), reason.as_str()), (MEMBERS[1], "曾任职"));
    let effects = press(&mut model, "4<Enter><Enter>");
    assert!(effects.is_empty(), "there is nothing to lift: {effects:?}");
    press(&mut model, "<Esc>");
    let recused = "<Home><Down><Down><Down><Down><Down>4<C-u>EM-04<Enter><Enter>";
    let effects = press(&mut model, recused);
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Recuse(name, Some(clause), None)), Effect::Sync]
            if name.as_str() == MEMBERS[4] && clause.as_str() == "EM-04"),
        "{effects:?}"
    );
    press(&mut model, "5");
    assert_eq!(model.top_dialog(), "PlanDialog");
    press(&mut model, "<Esc>");
    let mut member = opened(scored_visit(), 1);
    assert!(press(&mut member, "<F6>45").is_empty() && member.dialogs.is_empty(), "only the lead");
}

#[test]
fn the_lead_records_an_absence_and_takes_it_back_and_who_has_sealed_is_not_absent() {
    let absent = |who: usize| Edit::Absent {
        name: MEMBERS[who].into(),
        reason: Some("生病住院".parse().unwrap()),
    };
    let mut model = opened(fresh_visit(), 0);
    let second = "<F6><Home><Down><Down>6";
    assert!(press(&mut model, &format!("{second}<Enter>")).is_empty(), "a reason is needed");
    let effects = press(&mut model, "生病住院<Enter>");
    let [Effect::Do(Deed::RecordAbsence(name, Some(reason))), Effect::Sync] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!((name.as_str(), reason.as_str()), (MEMBERS[1], "生病住院"));
    let mut commits = waiting();
    commits.push(commit(0, 1, vec![absent(1)]));
    let mut model = opened(laptops::fold(None, commits), 0);
    check("absent_member", after(opened(model.desk.as_ref().unwrap().visit.clone(), 0), second));
    let effects = press(&mut model, &format!("{second}<Enter>"));
    assert!(matches!(&effects[..], [Effect::Do(Deed::RecordAbsence(_, None)), Effect::Sync]), "{effects:?}");
    let mut sealed = opened(sealed_visit(), 0);
    assert!(press(&mut sealed, second).is_empty() && sealed.dialogs.is_empty());
    assert!(sealed.toast.contains("提交了就算到场"), "{}", sealed.toast);
    let mut member = opened(fresh_visit(), 1);
    assert!(press(&mut member, second).is_empty() && member.dialogs.is_empty(), "only the lead");
    let mut own = opened(fresh_visit(), 0);
    assert!(press(&mut own, "<F6><Home><Down>6").is_empty() && own.dialogs.is_empty());
    assert!(own.toast.contains("请副组长登记"), "{}", own.toast);
}

#[test]
fn a_recused_clause_is_not_on_the_screen_and_not_owed() {
    let model = opened(scored_visit(), 4);
    let desk = model.desk.as_ref().unwrap();
    let recused = desk.index_of("EM-04").unwrap();
    assert!(!desk.is_shown(recused) && !desk.is_owed(recused));
    let mut model = opened(scored_visit(), 4);
    press(&mut model, "<Tab><Home>");
    for _ in 0..model.desk.as_ref().unwrap().clauses.len() {
        assert_ne!(model.score.clause, recused);
        press(&mut model, "<Down>");
    }
    let mut model = opened(scored_visit(), 4);
    press(&mut model, "/EM-04<Enter>");
    assert_ne!(model.score.clause, recused, "it cannot be found either");
}

#[test]
fn what_others_are_to_score_is_not_owed() {
    let mut model = opened(scored_visit_after(vec![plan(&[("EM-01", &[0, 1, 2]), ("EM-02", &[0])])]), 2);
    let desk = model.desk.as_ref().unwrap();
    assert!(desk.n_due() < desk.clauses.len(), "somebody else's field");
    let left = (0..desk.clauses.len()).find(|&index| desk.is_left_to_others(index)).unwrap();
    press(&mut model, "<Tab>]]]]");
    assert_ne!(model.score.clause, left);
}

#[test]
fn the_visit_ends_only_when_all_is_settled_or_waived_and_with_two_keys() {
    let mut unsigned = opened(scored_visit(), 0);
    press(&mut unsigned, "<C-w>");
    for _ in 0..40 {
        press(&mut unsigned, "<Down>2");
        if unsigned.top_dialog() == "WaiveDialog" {
            press(&mut unsigned, "现场无法补齐<Enter>");
        }
    }
    press(&mut unsigned, "4");
    assert_eq!(unsigned.top_dialog(), "EndingDialog", "no reason stands for signatures: {}", unsigned.toast);
    let mut model = opened(signed_visit(), 0);
    assert!(press(&mut model, "<C-w>1111<Enter><Esc>").is_empty(), "a key held down signs nothing");
    assert!(model.open_dialogs() == ["EndingDialog"], "{:?}", model.open_dialogs());
    assert!(matches!(press(&mut model, "1<Space><Enter>")[..], [Effect::Do(Deed::Sign(_)), Effect::Sync]));
    press(&mut model, "4");
    assert_eq!(model.dialogs.len(), 1, "something is open: {}", model.toast);
    assert!(!model.toast.is_empty());
    for _ in 0..40 {
        press(&mut model, "<Down>2");
        if model.top_dialog() == "WaiveDialog" {
            press(&mut model, "现场无法补齐<Enter>");
        }
    }
    assert!(model.desk.as_ref().unwrap().waiver(MatterKind::Undecided).is_some());
    press(&mut model, "4");
    assert!(model.top_dialog() == "FinalizeDialog", "{}", model.toast);
    assert!(press(&mut model, "<Enter><Esc>").is_empty(), "one key is not enough");
    let effects = press(&mut model, "4<Space><Enter>");
    let [Effect::Do(Deed::Finalize(reasons)), Effect::Sync] = &effects[..] else { panic!("{effects:?}") };
    assert!(reasons.iter().all(|it| it.reason.as_str() == "现场无法补齐") && !reasons.is_empty());
    let mut member = opened(scored_visit(), 1);
    for keys in ["<C-w>2", "3", "4"] {
        press(&mut member, keys);
        assert_eq!(member.dialogs.len(), 1, "{keys}: only the lead");
    }
}

#[test]
fn one_signs_after_submitting() {
    let mut model = opened(fresh_visit(), 1);
    assert!(press(&mut model, "<C-w>1").is_empty() && !model.toast.is_empty());
}

#[test]
fn an_objection_is_recorded_answered_and_taken_back() {
    let mut model = opened(scored_visit(), 0);
    let effects = press(&mut model, "<C-w>3<C-u>em-02<Enter>王院长<Enter>台账在档案室<Enter><Enter>");
    let [Effect::Do(Deed::Object(Some(clause), Some(objection))), Effect::Sync] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(clause.as_str(), "EM-02");
    assert_eq!((objection.by.as_str(), objection.answer.as_str()), ("王院长", ""));
    let recorded = Edit::Objection { clause: Some(clause.clone()), value: Some(objection.clone()) };
    let mut model = with(0, &[recorded]);
    let effects = press(&mut model, "<C-w><End><Enter>已复看台账<Enter>");
    let answered = |it: &Objection| it.answer == "已复看台账" && it.text == "台账在档案室";
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Object(_, Some(it))), Effect::Sync] if answered(it)),
        "{effects:?}"
    );
}

#[test]
fn an_open_matter_leads_to_its_clause() {
    let mut model = opened(scored_visit(), 0);
    press(&mut model, "<C-w>");
    for _ in 0..30 {
        if !model.dialogs.is_empty() {
            press(&mut model, "<Down><Enter>");
        }
    }
    assert!(model.screen == ScreenName::Merge && model.dialogs.is_empty());
}

#[test]
fn declaring_recusing_and_dividing_the_work() {
    check("declare", after(undeclared(), "<C-b>曾任该院顾问<Enter>EM-04"));
    check("recuse", after(opened(scored_visit(), 0), "<F6><Home><Down><Down>4<Enter>亲属任职"));
}

#[test]
fn what_is_left_before_the_end_a_waiver_and_an_objection() {
    let objection = Objection {
        by: "王院长".parse().unwrap(),
        text: "除颤仪当天外借，台账可查".parse().unwrap(),
        answer: "".parse().unwrap(),
        on: None,
    };
    let objected = Edit::Objection { clause: Some("EM-02".into()), value: Some(objection) };
    check("ending", after(with(0, &[objected]), "<C-w>"));
    check(
        "waive",
        after(
            opened(scored_visit(), 0),
            "<C-w><Down><Down><Down><Down><Down><Down><Down><Down><Down>2档案室停电",
        ),
    );
    check("object", after(opened(scored_visit(), 0), "<C-w>3"));
}

#[test]
fn work_that_is_divided_shows_on_the_score_screen_and_the_panel() {
    let planned = plan(&[("EM-01", &[0, 1, 2]), ("EM-02", &[0, 1, 2]), ("EM-03", &[0])]);
    let divided = scored_visit_after(vec![planned]);
    let mut mine = opened(divided.clone(), 2);
    shows(&mut mine, "| = D (按要点)\n", "| = D (by points)\n");
    shows(&mut mine, "|  [否] C1 急救设备", "|  [no ] C1 All devices");
    let mut others = after(opened(divided.clone(), 2), "/EM-03<Enter>");
    shows(
        &mut others,
        "= 未评 (不在您的分工里，记下的只作说明)\n",
        "= unscored (not yours by the plan: a note at most)\n",
    );
    shows(&mut mine, "\n 未评 0/2 ", "\n unscored 0/2 ");
    let mut panel = after(opened(divided, 0), "<F6><End>");
    shows(&mut panel, "分工: 核心条款每条 3 人，", "Division of work: 3 on each core clause");
    shows(
        &mut panel,
        "   ######## 2/2 (身份未核对)\n",
        " ############################## 2/2 (not verified)\n",
    );
}

#[test]
fn the_score_screen_of_a_member_who_is_recused_everywhere() {
    let all =
        Edit::Declare(Declaration { text: "法人亲属".parse().unwrap(), recusals: recusals(&[None]) });
    let mut everywhere = opened(fresh_visit(), 1);
    everywhere.desk.as_mut().unwrap().apply(&all);
    let visit = everywhere.desk.as_ref().unwrap().visit.clone();
    check("recused_everywhere", opened(visit, 1));
}

#[test]
fn final_records_that_do_not_know_each_other_are_told_above_the_panel() {
    let mut visit = final_visit();
    shows(after(opened(visit.clone(), 0), "<F6>"), "F6 专家组", "F6 Panel");
    visit.rival_ends.insert(MEMBERS[0].into());
    visit.n_unread_ends = 3;
    let mut model = after(opened(visit, 0), "<F6>");
    shows(&mut model, "有互不知晓的定稿记录", "Final records that do not know each other");
    shows(&mut model, "后面 3 份没有查看", "3 were not looked at");
}

#[test]
fn who_is_absent_is_told_on_every_screen_that_the_votes_do_not_count() {
    let reason = Some("生病住院".parse().unwrap());
    let join = Edit::Join { name: MEMBERS[1].into(), expert: None };
    let absent = Edit::Absent { name: MEMBERS[1].into(), reason };
    let commits = vec![commit(1, 1, vec![join]), commit(0, 1, vec![absent])];
    let visit = laptops::fold(None, commits);
    shows(
        opened(visit.clone(), 1),
        "您被登记为缺席：评分不计入，提交后照算",
        "You are recorded absent: your votes count once you submit",
    );
    let mut member = opened(visit, 0);
    press(&mut member, "<F6>");
    assert!(!drawn(&mut member, Lang::Zh, (80, 24)).contains("您被登记为缺席"), "others are not told so");
}
