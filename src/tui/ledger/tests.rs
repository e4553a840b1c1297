//! The rectification ledger on screen: what keys ask for, and how it looks. The property that no order of arrival changes
//! the ledger stands in `tests/ledger_rules.rs`.

use crate::{
    app::deed::{Deed, LedgerDeed},
    domain::{
        edit::{
            Edit,
            rectify::{Plan, Problem, RectifyStep, Submission},
        },
        terms::{date::Date, lang::Lang},
        visit::Visit,
    },
    tui::{
        desk::effect::Effect,
        drive::model::Model,
        fixture::{final_visit as made_final, opened, press, scored_visit},
        frame::screen_name::ScreenName,
        snapshot_tests::{check, drawn, shows},
    },
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn step(item: &str, step: RectifyStep) -> Edit {
    Edit::Rectify { item: item.into(), step: Box::new(step) }
}

fn open(clause: &str, point: Option<&str>, plan: Plan) -> RectifyStep {
    let (clause, point) = (Some(clause.into()), point.map(Into::into));
    RectifyStep::Open(Problem { clause, point, text: "".parse().unwrap(), plan })
}

/// A final visit: one item late, one handed in, one closed, one struck, one outside the checklist.
fn final_visit() -> Visit {
    let plan = |person: &str, until: &str| Plan {
        goal: "".parse().unwrap(),
        person: person.parse().unwrap(),
        deadline: Some(day(until)),
    };
    let done = |by: &str, text: &str| {
        RectifyStep::Submit(Submission {
            id: "S".into(),
            by: by.parse().unwrap(),
            date: day("2026-10-08"),
            text: text.parse().unwrap(),
            proof: Vec::new(),
        })
    };
    let slope = Problem {
        text: "门口没有无障碍坡道，轮椅上不来。".parse().unwrap(), ..Problem::default()
    };
    let edits = [
        step("EM-01.C1", open("EM-01", Some("C1"), plan("王芳", "2026-09-30"))),
        step("EM-01.C2", open("EM-01", Some("C2"), plan("李强", "2026-12-31"))),
        step("EM-02", open("EM-02", None, Plan::default())),
        step("EM-03.C1", open("EM-03", Some("C1"), Plan::default())),
        step("X-7K3F", RectifyStep::Open(slope)),
        step("EM-01.C2", done("李强", "除颤仪已维修，并加入每日检查表。")),
        step("EM-02", done("王芳", "值班表已重排")),
        step("EM-02", RectifyStep::Reopen { reason: "夜间仍无人接电话".parse().unwrap() }),
        step("EM-03.C1", RectifyStep::Strike { reason: "本年度不要求".parse().unwrap() }),
    ];
    let mut model = opened(made_final(), 0);
    let desk = model.desk.as_mut().unwrap();
    edits.iter().for_each(|edit| desk.apply(edit));
    desk.visit.clone()
}

fn at_ledger(member: usize, keys: &str) -> Model {
    let mut model = opened(final_visit(), member);
    model.today = Some(day("2026-11-27"));
    press(&mut model, "<F9>");
    press(&mut model, keys);
    model
}

#[test]
fn the_ledger_at_an_item_that_is_handed_in_and_the_forms_of_each_step() {
    check("ledger_handed_in", at_ledger(1, "<Down>"));
    let mut first = at_ledger(0, "");
    shows(&mut first, "> EM-01.C1   * 整改中（逾期）", "> EM-01.C1   * open (overdue)");
    shows(&mut first, " 经过: 赵敏 列入台账\n", " History: 赵敏 put on the ledger\n");
    let mut overdue = at_ledger(0, "<Tab><Tab><Tab>");
    shows(&mut overdue, "待复核 1  [逾期 1]  已销号 0", "handed in 1  [overdue 1]  closed 0");
    assert!(!drawn(&mut overdue, Lang::Zh, (80, 24)).contains("EM-01.C2"), "what is not overdue is left out");
    check("ledger_hand_in", at_ledger(1, "<Enter>"));
    check("ledger_close", at_ledger(1, "<Down><Enter>"));
    check("ledger_add", at_ledger(0, "5"));
    check("ledger_plan", at_ledger(0, "<Down>4"));
}

#[test]
fn another_filter_begins_at_its_first_item() {
    let mut model = at_ledger(0, "<Down><Down><Tab>");
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(screen.contains("> EM-01.C1") && !screen.contains("EM-01.C2"), "{screen}");
    press(&mut model, "<Tab>");
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(screen.contains("> EM-01.C2") && !screen.contains("EM-01.C1"), "{screen}");
}

#[test]
fn before_the_visit_is_final_there_is_no_ledger() {
    let mut model = opened(scored_visit(), 0);
    press(&mut model, "<F9>");
    assert!(model.screen == ScreenName::Score && !model.toast.is_empty());
}

fn asked(model: &mut Model, keys: &str) -> LedgerDeed {
    let effects = press(model, keys);
    match effects.as_slice() {
        [Effect::Do(Deed::Ledger(work)), Effect::Sync] => (**work).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn enter_does_the_next_step_and_the_keys_do_theirs() {
    let work = asked(&mut at_ledger(1, ""), "<Enter><Enter><Enter>已补齐<Enter>a.jpg;b.jpg<Enter>");
    let LedgerDeed::HandIn(id, handover) = work else { panic!("{work:?}") };
    assert_eq!((id.as_str(), handover.by.as_str(), handover.text.as_str()), ("EM-01.C1", "王芳", "已补齐"));
    assert_eq!((handover.date, handover.proof.len()), (Some(day("2026-11-27")), 2));
    let work = asked(&mut at_ledger(1, "<Down>"), "<Enter>yes<Enter>看过<Enter>");
    assert!(
        matches!(&work, LedgerDeed::Close(id, finding, remark)
        if id.as_str() == "EM-01.C2" && finding.as_deref() == Some("yes") && remark == "看过"),
        "{work:?}"
    );
    let work = asked(&mut at_ledger(1, "<Down>"), "3仍有一台故障<Enter>");
    assert!(matches!(&work, LedgerDeed::Reopen(_, reason) if reason == "仍有一台故障"), "{work:?}");
    let work = asked(&mut at_ledger(0, "<Down>"), "4<Enter><Enter><C-u>2027/1/5<Enter>");
    let LedgerDeed::Plan(_, change) = work else { panic!("{work:?}") };
    assert_eq!(change.deadline, Some(Some(Date::new(2027, 1, 5).unwrap())), "the last day is replaced");
    assert_eq!((change.goal.as_deref(), change.person.as_deref()), (Some(""), Some("李强")));
    let work = asked(&mut at_ledger(0, ""), "5无障碍坡道<Enter>em-04.c1<Enter><Enter><Enter><Enter>");
    let LedgerDeed::Add(problem) = work else { panic!("{work:?}") };
    assert_eq!((problem.clause, problem.point), (Some("EM-04".into()), Some("C1".into())));
}

#[test]
fn what_does_not_hold_stays_in_its_field() {
    for keys in ["1<Enter><Enter><Enter><Enter>", "3<Enter>", "4<Enter><Enter>年底<Enter>", "6<Enter>"] {
        let mut model = at_ledger(0, "");
        let effects = press(&mut model, keys);
        assert!(effects.is_empty() && model.dialogs.len() == 1, "{keys}: {effects:?}");
    }
}
