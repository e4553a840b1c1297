//! What each step on the rectification ledger needs, one row a rule: the steps, and what becomes of the last one.

use std::{collections::BTreeSet, sync::Arc};

use hecha::{
    app::ledger::work::PlanChange,
    domain::{
        checklist::profile::MergeMethod,
        edit::{
            Choice, Edit, Founding,
            commit::{CommitContent, LoggedCommit},
            finding::Finding,
            rectify::{Closure, Plan, Problem, RectifyStep, Submission},
            verdict::Decision,
        },
        facility::Stage,
        ledger::{Progress, Refusal, born},
        outcome::Outcome,
        terms::{
            absence::Absence,
            date::Date,
            field::Field,
            grade::Grade,
            id::{CommitId, FeedId, VisitId},
            lang::Lang,
        },
        visit::Visit,
    },
    report::{
        csv::ledger::ledger_csv,
        ledger::{LedgerColumn, LedgerReport},
    },
};

use crate::fixture::{panel, standard};

/// The lead, two members, and one who is recused from the clause.
const NAMES: [&str; 4] = ["组长", "张三", "丙", "丁"];
const LEAD: usize = 0;
const MEMBER: usize = 1;
const OTHER: usize = 2;
const RECUSED: usize = 3;
/// Who takes a step.
type Step = (usize, RectifyStep);
const POINT: &str = "EM-01.C1";
const FREE: &str = "X-1";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn open(clause: Option<&str>, point: Option<&str>, text: &str) -> RectifyStep {
    RectifyStep::Open(Problem {
        clause: clause.map(Into::into),
        point: point.map(Into::into),
        text: text.parse().unwrap(),
        plan: Plan { person: "王院长".parse().unwrap(), ..Plan::default() },
    })
}

fn of_point() -> RectifyStep {
    open(Some("EM-01"), Some("C1"), "")
}

fn submit(id: &str, by: &str, text: &str) -> RectifyStep {
    let (by, text) = (by.parse().unwrap(), text.parse().unwrap());
    RectifyStep::Submit(Submission { id: id.into(), by, date: day("2026-11-20"), text, proof: Vec::new() })
}

fn close(id: &str, finding: Option<Finding>, remark: &str) -> RectifyStep {
    let remark = remark.parse().unwrap();
    RectifyStep::Close(Closure { submission: id.into(), date: day("2026-11-25"), finding, remark })
}

fn met(id: &str) -> RectifyStep {
    close(id, Some(Finding::Tick(true)), "看过")
}

fn reopen() -> RectifyStep {
    RectifyStep::Reopen { reason: "又坏了".parse().unwrap() }
}

fn strike() -> RectifyStep {
    RectifyStep::Strike { reason: "不要求".parse().unwrap() }
}

fn planned(person: &str, deadline: Option<&str>) -> RectifyStep {
    let deadline = deadline.map(day);
    RectifyStep::Plan(Plan { goal: "补齐".parse().unwrap(), person: person.parse().unwrap(), deadline })
}

/// A final visit with these steps, each of which knows of those before.
fn after(item: &str, steps: &[(usize, RectifyStep)]) -> Visit {
    let steps: Vec<_> = steps.iter().map(|(who, step)| (*who, item, step.clone())).collect();
    after_all(&steps)
}

fn after_all(steps: &[(usize, &str, RectifyStep)]) -> Visit {
    let mut clause = panel::clause("EM-01", "emergency", true, None);
    clause.points[0].na_when = panel::text("没有此项");
    let recused = Edit::Recuse {
        name: NAMES[RECUSED].into(),
        clause: Some("EM-01".into()),
        reason: "亲属".parse().ok(),
    };
    let end = panel::finalise(Vec::new());
    let mut edits: Vec<(usize, Vec<Edit>)> = (1..NAMES.len())
        .map(|who| (who, vec![Edit::Join { name: NAMES[who].into(), expert: None }]))
        .collect();
    edits.push((LEAD, vec![recused, panel::submit(), Edit::Close { tips: BTreeSet::new() }, end]));
    edits.extend(steps.iter().map(|(who, item, step)| {
        (*who, vec![Edit::Rectify { item: (*item).into(), step: Box::new(step.clone()) }])
    }));
    let mut commits: Vec<LoggedCommit> = Vec::new();
    for ((who, edits), lamport) in edits.into_iter().zip(1..) {
        let feed = FeedId::new(format!("feed-{who}"));
        let last = commits.iter().rfind(|it| it.feed == feed);
        let (n, previous) = last.map_or((1, None), |it| (it.n + 1, Some(it.id.clone())));
        commits.push(LoggedCommit {
            id: CommitId::new(format!("{who}-{n}")),
            feed,
            n,
            previous,
            lamport,
            seen: Arc::default(),
            content: CommitContent::Edits(edits),
        });
    }
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let founding = Founding {
        facility: "青禾镇卫生院".parse().unwrap(),
        stage: Stage::County,
        date: day("2026-11-01"),
        lookback: None,
        roster: NAMES.map(|name| panel::member(name, Field::Nursing)).to_vec(),
        checklist: Arc::new(panel::checklist(profile, vec![clause])),
        checklist_hash: "hash".to_owned(),
        draw: None,
        mandate: Default::default(),
    };
    Visit::fold(VisitId::new("v"), Arc::new(founding), &FeedId::new("feed-0"), None, commits)
}

#[test]
fn each_step_is_refused_for_the_one_thing_that_is_wrong_with_it() {
    let struck = || vec![(LEAD, of_point()), (LEAD, strike())];
    let handed_in = |by: &str| vec![(LEAD, of_point()), (MEMBER, submit("S1", by, "做了"))];
    let twice = || [handed_in("王院长"), vec![(MEMBER, submit("S2", "王院长", "又做了"))]].concat();
    let free = || vec![(LEAD, open(None, None, "门口没有坡道")), (MEMBER, submit("S1", "王院长", "做了"))];
    let led = |who: usize, person: &str| [handed_in("王院长"), vec![(who, planned(person, None))]].concat();
    let rows: Vec<(&str, Vec<Step>, Step, Option<Refusal>)> = vec![
        ("a struck item is the lead's to open again", struck(), (MEMBER, reopen()), Some(Refusal::NotChair)),
        ("the lead opens it again", struck(), (LEAD, reopen()), None),
        (
            "nothing is handed in for it",
            struck(),
            (MEMBER, submit("S1", "王", "做了")),
            Some(Refusal::IsStruck),
        ),
        ("striking is the lead's", handed_in("王"), (MEMBER, strike()), Some(Refusal::NotChair)),
        ("planning is the lead's", handed_in("王"), (MEMBER, planned("王", None)), Some(Refusal::NotChair)),
        (
            "an older submission is not the last word",
            twice(),
            (OTHER, met("S1")),
            Some(Refusal::OtherSubmission),
        ),
        ("the last one is", twice(), (OTHER, met("S2")), None),
        (
            "who did the work, however the name is spaced",
            handed_in("张 三"),
            (MEMBER, met("S1")),
            Some(Refusal::OwnWork),
        ),
        ("somebody else", handed_in("张 三"), (OTHER, met("S1")), None),
        ("who answers for it", led(LEAD, "丙"), (OTHER, met("S1")), Some(Refusal::OwnWork)),
        ("a plan that was refused names nobody", led(MEMBER, "丙"), (OTHER, met("S1")), None),
        ("recused", handed_in("王"), (RECUSED, met("S1")), Some(Refusal::Recused)),
        ("recused", handed_in("王"), (RECUSED, reopen()), Some(Refusal::Recused)),
        ("not scored again", handed_in("王"), (OTHER, close("S1", None, "看过")), Some(Refusal::NotMet)),
        (
            "not met",
            handed_in("王"),
            (OTHER, close("S1", Some(Finding::Tick(false)), "")),
            Some(Refusal::NotMet),
        ),
        (
            "what no longer applies is struck, not closed",
            handed_in("王"),
            (OTHER, close("S1", Some(Finding::NotApplicable), "看过")),
            Some(Refusal::NotMet),
        ),
        (
            "an item without a point wants a remark",
            free(),
            (OTHER, close("S1", None, "")),
            Some(Refusal::NotSaid),
        ),
        ("with one", free(), (OTHER, close("S1", None, "看过")), None),
        (
            "what was done is said",
            vec![(LEAD, of_point())],
            (MEMBER, submit("S1", "王", "")),
            Some(Refusal::NotSaid),
        ),
        ("and by whom", vec![(LEAD, of_point())], (MEMBER, submit("S1", "", "做了")), Some(Refusal::NotSaid)),
        (
            "closed before anything is handed in",
            vec![(LEAD, of_point())],
            (OTHER, met("S1")),
            Some(Refusal::NothingSubmitted),
        ),
        ("open as it is", vec![(LEAD, of_point())], (OTHER, reopen()), Some(Refusal::IsOpen)),
        ("once on the ledger", vec![(LEAD, of_point())], (LEAD, of_point()), Some(Refusal::Known)),
    ];
    for (what, before, (who, step), expected) in rows {
        let item =
            if matches!(&before[0].1, RectifyStep::Open(it) if it.clause.is_none()) { FREE } else { POINT };
        let steps = [before, vec![(who, step.clone())]].concat();
        let visit = after(item, &steps);
        let found = visit.ledger_item(item).unwrap();
        let last = found.history.last().unwrap();
        assert_eq!((last.step, last.refused), (&step, expected), "{what}");
    }
}

#[test]
fn what_has_no_place_or_says_nothing_is_not_put_on_the_ledger() {
    for (what, step) in [
        ("no such clause", open(Some("EM-09"), None, "缺")),
        ("no such point", open(Some("EM-01"), Some("B7"), "缺")),
        ("a point of no clause", open(None, Some("C1"), "缺")),
        ("nothing", open(None, None, "")),
    ] {
        assert!(after(FREE, &[(LEAD, step)]).ledger().is_empty(), "{what}");
    }
}

#[test]
fn a_new_submission_and_a_reopening_leave_nothing_of_what_was_before() {
    let mut steps = vec![(LEAD, of_point()), (MEMBER, submit("S1", "王", "做了")), (OTHER, met("S1"))];
    let item = |steps: &[(usize, RectifyStep)]| {
        let visit = after(POINT, steps);
        let item = visit.ledger_item(POINT).unwrap();
        (item.progress, item.reason.to_owned(), item.closure.is_some())
    };
    assert_eq!(item(&steps), (Progress::Closed, String::new(), true));
    steps.push((OTHER, reopen()));
    assert_eq!(item(&steps), (Progress::Open, "又坏了".to_owned(), false));
    steps.push((MEMBER, submit("S2", "王", "又做了")));
    assert_eq!(item(&steps), (Progress::Submitted, String::new(), false));
}

#[test]
fn an_item_is_late_from_the_day_after_its_deadline_while_nothing_is_handed_in() {
    let mut steps = vec![(LEAD, of_point()), (LEAD, planned("王", Some("2026-11-30")))];
    let late = |steps: &[(usize, RectifyStep)], today: &str| {
        after(POINT, steps).ledger_item(POINT).unwrap().is_overdue(day(today))
    };
    assert_eq!(
        ["2026-11-29", "2026-11-30", "2026-12-01"].map(|today| late(&steps, today)),
        [false, false, true]
    );
    steps.push((MEMBER, submit("S1", "王", "做了")));
    assert!(!late(&steps, "2026-12-01"));
}

#[test]
fn every_cell_of_an_exported_ledger_stands_under_its_header_in_the_language_asked_for() {
    let steps = [
        (LEAD, of_point()),
        (LEAD, planned("王院长", Some("2026-11-30"))),
        (MEMBER, submit("S1", "李护士", "补了除颤仪")),
        (OTHER, met("S1")),
    ];
    let visit = after(POINT, &steps);
    for lang in [Lang::Zh, Lang::En] {
        let report = LedgerReport::of(&visit, Some(day("2026-12-31")), lang);
        assert_eq!(report.stage, Stage::County.name(lang));
        let bytes = ledger_csv(&report).unwrap();
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let header = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        let cell = |column: LedgerColumn| {
            let at = header.iter().position(|title| title == column.name(lang)).unwrap();
            row[at].to_owned()
        };
        for (column, value) in [
            (LedgerColumn::Id, POINT),
            (LedgerColumn::Goal, "补齐"),
            (LedgerColumn::Person, "王院长"),
            (LedgerColumn::Deadline, "2026-11-30"),
            (LedgerColumn::Progress, Progress::Closed.name(lang)),
            (LedgerColumn::Done, "补了除颤仪"),
            (LedgerColumn::By, "李护士"),
            (LedgerColumn::On, "2026-11-20"),
            (LedgerColumn::ClosedBy, NAMES[OTHER]),
            (LedgerColumn::ClosedOn, "2026-11-25"),
            (LedgerColumn::Remark, "看过"),
            (LedgerColumn::Core, lang.pick("是", "yes")),
        ] {
            assert_eq!(cell(column), value, "{column:?} {lang:?}");
        }
        let told = report.json(&report.lines.iter().collect::<Vec<_>>());
        let told = &told["items"][0];
        for (key, value) in
            [("by", "李护士"), ("on", "2026-11-20"), ("closed_by", NAMES[OTHER]), ("closed_on", "2026-11-25")]
        {
            assert_eq!(told[key], value, "{key}");
        }
    }
}

#[test]
fn what_the_checklist_asks_for_stands_before_what_is_outside_it() {
    let visit = after_all(&[(LEAD, FREE, open(None, None, "门口没有坡道")), (LEAD, POINT, of_point())]);
    let ids: Vec<&str> = visit.ledger().into_iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, [POINT, FREE]);
}

#[test]
fn a_change_of_plan_changes_what_it_names_and_can_take_the_deadline_back() {
    let plan = Plan {
        goal: "补齐".parse().unwrap(),
        person: "王院长".parse().unwrap(),
        deadline: Some(day("2026-11-30")),
    };
    let over = |change: PlanChange| change.over(&plan).unwrap();
    assert_eq!(over(PlanChange::default()), plan);
    let person = Some("李护士".to_owned());
    let named = over(PlanChange { person, ..PlanChange::default() });
    assert_eq!(named, Plan { person: "李护士".parse().unwrap(), ..plan.clone() });
    let open = over(PlanChange { deadline: Some(None), ..PlanChange::default() });
    assert_eq!(open, Plan { deadline: None, ..plan.clone() });
}

/// What three members find, and whether the point is to be mended when the visit is final.
#[test]
fn a_point_that_anybody_found_unmet_is_to_be_mended_unless_the_verdict_calls_it_met() {
    let not_applicable = || panel::vote("EM-01", Choice::Absent(Absence::NotApplicable), "无");
    let unmet =
        Edit::Finding { clause: "EM-01".into(), point: "C1".into(), value: Some(Finding::Tick(false)) };
    let with = |others: Edit| {
        let clause = panel::clause("EM-01", "emergency", false, None);
        let profile = panel::profile(MergeMethod::Median, vec![standard::all_at(Grade::C)], Vec::new());
        let ballots = [unmet.clone(), others.clone(), others];
        let members = ["甲", "乙", "丙"].into_iter().zip(ballots);
        let members =
            members.map(|(name, edit)| (panel::member(name, Field::Nursing), vec![edit, panel::submit()]));
        let visit = panel::visit("某院", panel::checklist(profile, vec![clause]), members.collect());
        let shown: Vec<_> = visit.members.iter().collect();
        let mut outcome = Outcome::of(&visit, |_| true);
        let born = |outcome: &Outcome| -> Vec<String> {
            born(&visit, outcome, &shown).into_iter().map(|(id, _)| id.to_string()).collect()
        };
        let as_voted = born(&outcome);
        outcome.clauses[0].verdict = Some(Decision::NotApplicable);
        (as_voted, born(&outcome))
    };
    let point = vec![POINT.to_owned()];
    assert_eq!(with(panel::grade("EM-01", Grade::D)), (point.clone(), Vec::new()), "a D, named by one");
    assert_eq!(with(panel::grade("EM-01", Grade::C)).0, [""; 0], "a C says that it is met");
    assert_eq!(with(not_applicable()).0, point, "undecided");
}
