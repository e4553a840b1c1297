//! Planning on the screen: proposed, changed by hand, applied; frozen once somebody has sealed.

use crate::{
    app::deed::Deed,
    domain::{edit::plan::Plan, visit::Visit},
    tui::{
        desk::effect::Effect,
        fixture::{MEMBERS, after, fresh_visit, opened, press, sealed_visit},
        snapshot_tests::{check, shows},
    },
};

fn applied(effects: &[Effect]) -> &Plan {
    let [Effect::Do(Deed::Plan(Some(plan))), Effect::Sync] = effects else { panic!("{effects:?}") };
    plan
}

fn voters(plan: &Plan, clause: &str) -> Vec<String> {
    plan.voters(&clause.into()).into_iter().map(ToString::to_string).collect()
}

fn visit() -> Visit {
    fresh_visit()
}

#[test]
fn the_plan_of_a_fresh_visit() {
    check("plan", after(opened(visit(), 0), "<F6>5<Down>"));
}

#[test]
fn a_digit_moves_a_vote_and_the_loads_follow() {
    let mut model = opened(visit(), 0);
    let before = applied(&press(&mut model, "<F6>5<F12>")).clone();
    let clause = "EM-02";
    let first = voters(&before, clause);
    assert_eq!(first.len(), 3, "core");
    let other = (0..5).find(|at| !first.contains(&MEMBERS[*at].to_owned())).unwrap();
    let mut model = opened(visit(), 0);
    let keys = format!("<F6>5<Down>{}<F12>", other + 1);
    let after = applied(&press(&mut model, &keys)).clone();
    assert_eq!(voters(&after, clause).len(), 4);
    assert!(voters(&after, clause).contains(&MEMBERS[other].to_owned()));
    let taken = first.first().unwrap();
    let at = MEMBERS.iter().position(|name| name == taken).unwrap();
    let mut model = opened(visit(), 0);
    let fewer = applied(&press(&mut model, &format!("<F6>5<Down>{}<F12>", at + 1))).clone();
    assert!(!voters(&fewer, clause).contains(taken));
}

#[test]
fn votes_and_hours_are_asked_for_with_a_key_and_enter_applies_nothing() {
    let mut model = opened(visit(), 0);
    press(&mut model, "<F6>5<F2><F3><Left><Left><Enter>");
    assert_eq!(model.top_dialog(), "PlanDialog");
    assert!(model.toast.contains("F12"), "{}", model.toast);
    shows(&mut model, "现场 6 小时", "6 h on site");
    shows(&mut model, "核心 5 票  其余 3 票", "core 5 votes  others 3");
    let plan = applied(&press(&mut model, "<F12>")).clone();
    assert_eq!((voters(&plan, "EM-02").len(), voters(&plan, "EM-03").len()), (5, 3));
    assert_eq!(plan.hours.to_string(), "6");
}

#[test]
fn somebody_who_may_not_vote_is_not_given_a_clause_and_members_cannot_plan() {
    let mut model = opened(visit(), 0);
    press(&mut model, "<F6>59");
    assert!(model.toast.contains("没有这个号"), "{}", model.toast);
    let mut member = opened(visit(), 1);
    assert!(press(&mut member, "<F6>5").is_empty() && member.dialogs.is_empty());
    let mut sealed = opened(sealed_visit(), 0);
    assert!(press(&mut sealed, "<F6>5<F12>").is_empty() && sealed.top_dialog() == "PlanDialog");
    assert!(sealed.toast.contains("不再改"), "{}", sealed.toast);
}
