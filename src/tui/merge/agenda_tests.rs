//! The merge screen as an agenda: order, points, who dissents, why, and what a recused member does not see.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    app::{deed::Deed, session::own_log::Change},
    domain::{
        agenda::Settled,
        edit::{
            Choice, Edit, Stand,
            commit::LoggedCommit,
            dissent::{Cause, Dissent},
            finding::{Finding, Fraction, ItemState},
            verdict::{Citation, Decision, LeadVerdict},
        },
        terms::{
            digest::Digest,
            grade::Grade,
            id::{FeedId, MemberName, VisitId},
        },
        visit::{Visit, recusal::Recusal},
    },
    tui::{
        desk::effect::{Effect, Msg, Step},
        drive::{model::Model, update::update},
        fixture::{MEMBERS, close, commit, founding, grade, opened, press, scored_visit, sealed_visit},
        merge::screen::Row,
        snapshot_tests::{check, shows},
    },
};

fn finding(clause: &str, point: &str, value: Finding) -> Edit {
    Edit::Finding { clause: clause.into(), point: point.into(), value: Some(value) }
}

/// What a member recorded: EM-01 by its points, so that some see a B and some a D; a core split on EM-02; EM-03 alone decides
/// the standard; EM-04 two grades apart; points on TC-05.
fn ballot(member: usize) -> Vec<Edit> {
    let states = |worst: ItemState| {
        let items = ["defibrillator", "suction", "ecg"].map(Into::into);
        Finding::Inventory(items.into_iter().zip([ItemState::Ok, ItemState::Ok, worst]).collect())
    };
    let working = [(19, 20), (20, 20), (10, 10), (7, 10), (8, 10)][member];
    let minutes = ["6", "8", "9.5", "7", "12"][member];
    let bed = [
        Finding::Tick(true),
        Finding::Tick(true),
        Finding::NotApplicable,
        Finding::Tick(true),
        Finding::Tick(true),
    ];
    let techniques = |ids: &[&str]| Finding::Count(ids.iter().map(|id| (*id).into()).collect());
    let mut edits = vec![
        finding("EM-01", "C1", Finding::Tick(true)),
        finding("EM-01", "C2", states(ItemState::Ok)),
        finding("EM-01", "B1", bed[member].clone()),
        finding("EM-01", "B2", Finding::Ratio(Fraction::new(working.0, working.1).unwrap())),
        finding("EM-03", "C1", techniques(if member == 4 { &["T-01"] } else { &["T-01", "T-02", "T-03"] })),
        grade("EM-02", [Grade::B, Grade::B, Grade::D, Grade::D, Grade::C][member]),
        grade("EM-04", [Grade::A, Grade::C, Grade::C, Grade::A, Grade::A][member]),
    ];
    if member != 2 {
        edits.push(finding("EM-01", "A1", Finding::Number(minutes.parse().unwrap())));
    }
    let points = ["8", "8", "8.5", "7", "8"][member].parse().unwrap();
    let stand = Stand { choice: Choice::Points(points), reason: "".parse().unwrap() };
    edits.push(Edit::Vote { clause: "TC-05".into(), value: Some(stand) });
    edits
}

/// Everyone has scored and submitted; `more` are further edits of a member, made after that.
fn disputed(more: &[(usize, Vec<Edit>)], recusals: Vec<Recusal>) -> Visit {
    let mut commits: Vec<LoggedCommit> = Vec::new();
    for (member, name) in MEMBERS.iter().enumerate() {
        let first: Vec<Edit> = match member {
            0 => recusals.iter().cloned().map(|it| it.into_edit().unwrap()).collect(),
            _ => vec![Edit::Join { name: MemberName::new(name), expert: None }],
        };
        commits.push(commit(member, 1, first));
        let mut edits = ballot(member);
        edits.push(Edit::Submit { tips: BTreeSet::new() });
        commits.push(commit(member, 2, edits));
    }
    commits.push(commit(0, 3, vec![close(&commits)]));
    let mut heads = [3, 2, 2, 2, 2];
    for (member, edits) in more {
        heads[*member] += 1;
        commits.push(commit(*member, heads[*member], edits.clone()));
    }
    Visit::fold(VisitId::new("visit"), Arc::new(founding()), &FeedId::new("feed-0"), None, commits)
}

fn decided() -> Edit {
    let said = [Grade::B, Grade::B, Grade::D, Grade::D, Grade::C];
    let cites = MEMBERS
        .iter()
        .zip(said)
        .map(|(name, said)| Citation { member: MemberName::new(name), said: Some(Choice::Grade(said)) });
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::C),
        reason: "现场复看值班记录，夜间有人值守".parse().unwrap(),
        cites: cites.collect(),
        clear: Vec::new(),
    };
    Edit::Verdict { clause: "EM-02".into(), value: Some(verdict) }
}

fn differs(cause: Cause, text: &str, minority: bool) -> Edit {
    let value = Some(Dissent { cause: Some(cause), text: text.parse().unwrap(), minority, on: None });
    Edit::Dissent { clause: "EM-02".into(), value }
}

fn talked_over() -> Visit {
    let opinion = "值班表由后勤补签，夜间两次电话无人接听，应当评为 D。";
    let more = [
        (0, vec![decided()]),
        (3, vec![differs(Cause::Evidence, opinion, true)]),
        (2, vec![differs(Cause::Reading, "", false)]),
    ];
    disputed(&more, Vec::new())
}

fn at_merge(visit: Visit, member: usize, keys: &str) -> Model {
    let mut model = opened(visit, member);
    press(&mut model, "<F7>");
    press(&mut model, keys);
    model
}

fn selected(model: &Model) -> Option<Row> {
    model.merge.anchor(model.desk.as_ref().unwrap())
}

#[test]
fn the_agenda_with_points_unfolded_and_with_a_decision_folded() {
    check("agenda_points_unfolded", at_merge(disputed(&[], Vec::new()), 0, "<Down><Down><Tab>"));
    check("agenda_decided", at_merge(talked_over(), 1, ""));
}

#[test]
fn the_details_of_the_agenda_tell_why_a_clause_is_on_it() {
    let mut core = at_merge(disputed(&[], Vec::new()), 0, "");
    shows(
        &mut core,
        "\n中位 C | 最严 D 最宽 B | 1 人改变即翻转\n",
        "| median C | strictest D most lenient B | 1\n",
    );
    shows(&mut core, "\n要点都没有记录\n", "| no point is recorded\n");
    let mut pivotal = at_merge(disputed(&[], Vec::new()), 0, "<Down>");
    shows(
        &mut pivotal,
        "\n中位 A | 最严 D 最宽 A | 2 人改变即翻转\n",
        "| median A | strictest D most lenient A | 2\n",
    );
    shows(&mut pivotal, "\nC1: 4 是 (3, 3, 3, 3) / 1 否 (1) |", "| C1: 4 yes (3, 3, 3, 3) / 1 no (1) |\n");
    shows(&mut pivotal, "\n周宁 D (-C1)\n", "| 周宁 D (-C1)\n");
    let mut points = at_merge(disputed(&[], Vec::new()), 0, "<Down><Down>");
    shows(&mut points, "\n其余 2 个要点没有分歧\n", "| no difference on the other 2 points\n");
    shows(&mut points, "\n(还有 3 行，按 Tab 展开)\n", "| B2: 3 yes (19/20, 20/20, 10/10) / 2 no\n");
    let mut unfolded = at_merge(talked_over(), 1, "<Tab><Down><Down>");
    shows(&mut unfolded, "| 上下键滚动详情\n", "| up and down scroll the details\n");
    shows(
        &mut unfolded,
        "\n组长: 现场复看值班记录，夜间有人值守\n",
        "| lead: 现场复看值班记录，夜间有人值守\n",
    );
    shows(&mut unfolded, "\nA1: 5 未看 | 有演练记录\n", "| A1: 5 not seen | Drills are on record\n");
    let recused = at_merge(disputed(&[], vec![kept_out(1)]), 1, "");
    shows(recused, "\n  1 条因本人回避不列\n", "\n  1 left out, you are recused ");
}

#[test]
fn why_a_vote_differs_is_told_and_withdrawn() {
    check("dissent_again", at_merge(talked_over(), 3, "50"));
    let mut first = at_merge(disputed(&[], Vec::new()), 3, "51值班表是后补的<Tab><Space>");
    shows(&mut first, "|  *1 所见证据不同", "|  *1 different evidence");
    shows(&mut first, "|   说明 值班表是后补的", "|   Words 值班表是后补的");
    shows(&mut first, "| > [x] 作为少数意见写入报告", "| > [x] Print it in the report as a minority opinion");
}

fn kept_out(member: usize) -> Recusal {
    Recusal {
        name: MemberName::new(MEMBERS[member]),
        clause: Some("EM-02".into()),
        reason: "曾在该科室带教".to_owned(),
        declared: false,
    }
}

#[test]
fn clauses_are_ordered_by_what_hangs_on_them_and_the_lead_does_not_move_them() {
    let order = |model: &Model| -> Vec<usize> {
        let tally = model.desk.as_ref().unwrap().tally.as_ref().unwrap();
        tally.agenda.items.iter().map(|item| item.index).collect()
    };
    let before = at_merge(disputed(&[], Vec::new()), 0, "");
    assert_eq!(order(&before), [1, 2, 0, 3, 4], "core at the pass line, pivotal, wide twice, points");
    let after = at_merge(disputed(&[(0, vec![decided()])], Vec::new()), 0, "");
    assert_eq!(order(&after), order(&before));
    assert!(after.desk.unwrap().tally.unwrap().counts.by_lead == 1);
}

#[test]
fn brackets_go_to_what_is_undecided_and_round_again() {
    let mut model = at_merge(scored_visit(), 0, "");
    let mut found = Vec::new();
    for _ in 0..6 {
        press(&mut model, "]");
        found.push(selected(&model).unwrap());
    }
    let wanted = [Row::Clause(3), Row::Clause(2), Row::Clause(4), Row::Gate(0), Row::Gate(1), Row::Clause(3)];
    assert_eq!(found, wanted);
    press(&mut model, "[");
    assert_eq!(selected(&model), Some(Row::Gate(1)));
}

#[test]
fn a_member_takes_no_verdict_back_and_a_lead_is_told_of_every_signature() {
    let decided = [(0, vec![decided()])];
    let mut model = at_merge(disputed(&decided, Vec::new()), 3, "");
    for key in ["<Del>", "<Enter>"] {
        let effects = press(&mut model, key);
        assert!(effects.is_empty() && model.dialogs.is_empty() && !model.toast.is_empty(), "{key}");
        model.toast.clear();
    }
    let mut lead = at_merge(disputed(&decided, Vec::new()), 0, "");
    assert!(matches!(&press(&mut lead, "<Del>")[..], [Effect::Do(Deed::Decide(_, None, _)), ..]));
    for n_signed in 0..3 {
        let signed =
            (1..=n_signed).map(|member| (member, vec![Edit::Sign { record: Digest([9; 32]), on: None }]));
        let mut model = at_merge(disputed(&signed.collect::<Vec<_>>(), Vec::new()), 0, "<Enter>");
        assert_eq!(model.dialogs.len(), 1);
        assert_eq!(!model.toast.is_empty(), n_signed > 0, "{n_signed} signed: {}", model.toast);
        model.toast.clear();
    }
}

#[test]
fn brackets_pass_a_gate_that_may_be_left_out() {
    let mut visit = scored_visit();
    let founding = Arc::make_mut(&mut visit.founding);
    Arc::make_mut(&mut founding.checklist).profile.gates[0].optional = true;
    let mut model = at_merge(visit, 0, "");
    for _ in 0..10 {
        press(&mut model, "]");
        assert_ne!(selected(&model), Some(Row::Gate(0)));
    }
}

#[test]
fn brackets_stop_at_clauses_that_wait_for_ballots() {
    let mut model = at_merge(sealed_visit(), 0, "*");
    let waiting: BTreeSet<usize> = {
        let tally = model.desk.as_ref().unwrap().tally.as_ref().unwrap();
        tally.agenda.items.iter().filter(|it| it.settled == Settled::Waiting).map(|it| it.index).collect()
    };
    assert!(!waiting.is_empty(), "ballots are out");
    for key in ["]", "["] {
        let mut found = BTreeSet::new();
        for _ in 0..10 {
            press(&mut model, key);
            if let Some(Row::Clause(index)) = selected(&model) {
                found.insert(index);
            }
        }
        assert!(found.is_superset(&waiting), "{key}: {found:?} {waiting:?}");
    }
}

#[test]
fn what_agrees_is_folded_and_unfolds_below_without_moving_the_selection() {
    let mut model = at_merge(scored_visit(), 0, "<Down>");
    let before = selected(&model);
    press(&mut model, "*");
    assert_eq!((selected(&model), model.merge.selected), (before, 1));
    press(&mut model, "<End>");
    assert_eq!(selected(&model), Some(Row::Clause(0)));
    press(&mut model, "*");
    assert_eq!(selected(&model), Some(Row::Rest), "its row was folded away");
    press(&mut model, "<Enter><Down>");
    assert_eq!(selected(&model), Some(Row::Clause(0)), "Enter unfolds as well");
}

#[test]
fn a_member_says_why_the_own_vote_differs_and_takes_it_back() {
    let mut model = at_merge(disputed(&[], Vec::new()), 3, "5");
    assert!(press(&mut model, "<Enter>").is_empty(), "nothing is said yet");
    assert!(press(&mut model, "<Up><Space><Enter>").is_empty(), "a minority opinion needs words");
    let effects = press(&mut model, "后补的 2 页<Up>1<Enter>");
    let said = |value: Option<Dissent>| vec![Edit::Dissent { clause: "EM-02".into(), value }];
    let why = Dissent {
        cause: Some(Cause::Evidence),
        text: "后补的 2 页".parse().unwrap(),
        minority: true,
        on: None,
    };
    assert!(
        matches!(&effects[..], [Effect::Record(_, edits), Effect::Sync] if *edits == said(Some(why.clone()))),
        "{effects:?}"
    );
    let seat = |model: &Model| model.desk.as_ref().unwrap().seat().unwrap().dissent("EM-02").cloned();
    assert_eq!((seat(&model), model.dialogs.len()), (Some(why), 0));
    let effects = press(&mut model, "w0<Enter>");
    assert!(
        matches!(&effects[..], [Effect::Record(_, edits), Effect::Sync] if *edits == said(None)),
        "{effects:?}"
    );
    assert_eq!(seat(&model), None);
    let effects = press(&mut model, "<C-z>");
    assert!(matches!(&effects[..], [Effect::Undo(seen)] if seen[0] == "EM-02"), "{effects:?}");
    let change = Change { edits: said(None), back: said(None), here: true };
    update(&mut model, Msg::Stepped(Step::Undo, Ok((Some(change), Default::default()))));
    assert!(model.toast.contains("EM-02") && selected(&model) == Some(Row::Clause(1)));
    press(&mut model, "54<Esc>");
    assert!(model.dialogs.is_empty() && seat(&model).is_none(), "Esc leaves everything as it was");
}

#[test]
fn nothing_is_said_of_a_vote_that_is_open_or_not_there() {
    let mut unsubmitted = at_merge(crate::tui::fixture::fresh_visit(), 1, "5");
    assert!(unsubmitted.dialogs.is_empty());
    press(&mut unsubmitted, "*<End>5");
    assert!(unsubmitted.dialogs.is_empty() && !unsubmitted.toast.is_empty());
    let voteless = at_merge(scored_visit(), 1, "]]5");
    assert!(voteless.dialogs.is_empty() && voteless.toast.contains("没有评"), "{}", voteless.toast);
    let own = at_merge(scored_visit(), 1, "5");
    assert!(own.open_dialogs() == ["DissentDialog"]);
}

#[test]
fn a_recused_member_finds_the_clause_nowhere_on_the_screen() {
    let visit = disputed(
        &[(0, vec![decided()]), (3, vec![differs(Cause::Slip, "ZK7731", false)])],
        vec![kept_out(1)],
    );
    let mut model = at_merge(visit, 1, "*");
    let desk = model.desk.as_ref().unwrap();
    let tally = desk.tally.as_ref().unwrap();
    assert_eq!(tally.votes[1], vec![None; 5]);
    assert_eq!((tally.outcome.clauses[1].verdict, tally.counts.withheld), (None, 1));
    for _ in 0..12 {
        assert_ne!(selected(&model), Some(Row::Clause(1)));
        press(&mut model, "<Down>");
    }
    model.merge.show(1, model.desk.as_ref().unwrap());
    assert_ne!(selected(&model), Some(Row::Clause(1)));
}
