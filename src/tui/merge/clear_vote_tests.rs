//! Votes in the clear on the merge screen: who may, what is recorded, and where they show.

use crate::{
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{absence::Absence, grade::Grade, lang::Lang},
    },
    tui::{
        desk::effect::Effect,
        drive::model::Model,
        fixture::{after, final_visit, fresh_visit, opened, press, scored_visit, sealed_visit},
        merge::clear_vote::ClearVoteDialog,
        snapshot_tests::{check, shows},
    },
};

fn at_merge(member: usize, keys: &str) -> Model {
    after(after(opened(scored_visit(), member), "<F7>"), keys)
}

fn stand(choice: Choice, reason: &str) -> Option<Stand> {
    Some(Stand { choice, reason: reason.parse().unwrap() })
}

/// What these keys record, if anything.
fn recorded(model: &mut Model, keys: &str) -> Option<Edit> {
    match press(model, keys).as_slice() {
        [] => None,
        [Effect::Record(_, edits), Effect::Sync] => edits.first().cloned(),
        other => panic!("{other:?}"),
    }
}

fn vote(clause: &str, value: Option<Stand>) -> Option<Edit> {
    Some(Edit::ClearVote { clause: clause.into(), value })
}

#[test]
fn one_votes_on_the_selected_clause_and_takes_it_back() {
    let mut model = at_merge(3, "6");
    assert_eq!(model.open_dialogs(), ["ClearVoteDialog"]);
    assert_eq!(recorded(&mut model, "<Enter>"), None, "nothing is chosen");
    let said = recorded(&mut model, "3夜间复看<Enter>");
    assert_eq!(said, vote("EM-02", stand(Choice::Grade(Grade::C), "夜间复看")));
    let seat = |model: &Model| model.desk.as_ref().unwrap().seat().unwrap().clear_vote("EM-02").cloned();
    assert_eq!((seat(&model), model.dialogs.len()), (stand(Choice::Grade(Grade::C), "夜间复看"), 0));
    let index = model.desk.as_ref().unwrap().index_of("EM-02").unwrap();
    let ballot = model.desk.as_ref().unwrap().vote(index).unwrap().position.choice();
    assert_eq!(ballot, Some(Choice::Grade(Grade::D)), "the ballot stays");
    assert_eq!(recorded(&mut model, "v0<Enter>"), vote("EM-02", None));
    assert_eq!(seat(&model), None);
    assert_eq!(recorded(&mut model, "62<Esc>"), None);
    let away = stand(Choice::Absent(Absence::NotApplicable), "");
    assert_eq!(recorded(&mut model, "<Down>65<Enter>"), vote("EM-04", away));
}

#[test]
fn a_clause_with_points_takes_points_on_its_scale_and_no_grade() {
    let mut model = at_merge(1, "<Down><Down><Down>6");
    assert_eq!(recorded(&mut model, "11<Enter>"), None, "off the scale");
    assert!(model.open_dialogs() == ["ClearVoteDialog"] && !model.toast.is_empty());
    let said = recorded(&mut model, "<C-u>7.5<Enter>");
    assert_eq!(said, vote("TC-05", stand(Choice::Points("7.5".parse().unwrap()), "")));
}

#[test]
fn nobody_votes_before_the_closing_after_the_end_or_where_recused() {
    for (visit, keys, why) in [
        (fresh_visit(), "*<End>6", "结束评分后"),
        (sealed_visit(), "*<End>6", "结束评分后"),
        (final_visit(), "6", "已定稿"),
    ] {
        let mut model = after(opened(visit, 1), "<F7>");
        press(&mut model, keys);
        assert!(model.dialogs.is_empty() && model.toast.contains(why), "{}", model.toast);
    }
    let recused = opened(scored_visit(), 4);
    let desk = recused.desk.as_ref().unwrap();
    let refused = |clause: &str| {
        let index = desk.index_of(clause).unwrap();
        ClearVoteDialog::open(index, desk, Lang::Zh).err()
    };
    assert_eq!((refused("EM-04"), refused("EM-02")), (Some("您在此条款回避"), None));
}

#[test]
fn the_dialog_the_details_and_the_verdict_tell_of_it() {
    check("clear_vote", at_merge(3, "63夜间复看"));
    check("clear_vote_points", at_merge(1, "<Down><Down><Down>67.5"));
    let voted = at_merge(0, "63现场复看<Enter>");
    let visit = voted.desk.as_ref().unwrap().visit.clone();
    let mut again = after(opened(visit, 0), "<F7>");
    shows(
        &mut again,
        "\n赵敏 B\n  赵敏 合议表决：C，现场复看\n钱立 B\n",
        "|   赵敏, vote in the clear: C; 现场复看\n",
    );
    press(&mut again, "<Enter>");
    shows(&mut again, "| 将引用合议表决：赵敏 C", "| Cites the votes in the clear: 赵敏 C");
}

#[test]
fn the_score_screen_says_that_scoring_is_over_and_where_to_vote() {
    let mut model = opened(scored_visit(), 1);
    assert!(press(&mut model, "1").is_empty());
    assert!(model.toast.contains("合议(F7)"), "{}", model.toast);
    shows(
        &mut model,
        "| 评分已结束；要再表决，到合议(F7)按 6\n",
        "| Scoring is closed; vote in the clear in the merge (F7) with 6",
    );
}
