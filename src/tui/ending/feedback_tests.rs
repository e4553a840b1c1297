//! The feedback screen: how it looks, how its pages turn, and that nobody's name is on it.

use crate::{
    domain::{
        edit::{
            Edit,
            verdict::{Decision, GateDecision, GateState, LeadVerdict},
        },
        terms::{grade::Grade, id::FeedId, lang::Lang},
        visit::Visit,
    },
    tui::{
        drive::model::Model,
        fixture::{MEMBERS, fresh_visit, opened, press, scored_visit},
        snapshot_tests::{check, drawn, shows},
    },
};

/// The scored visit with the lead's verdicts on everything.
fn decided() -> Visit {
    let mut visit = scored_visit();
    let verdict = |clause: &str, grade| Edit::Verdict {
        clause: clause.into(),
        value: Some(LeadVerdict {
            decision: Decision::Grade(grade),
            reason: "合议".parse().unwrap(),
            cites: Vec::new(),
            clear: Vec::new(),
        }),
    };
    let tripped = GateDecision { state: GateState::Tripped, reason: "来函".parse().unwrap() };
    let edits = [
        verdict("EM-01", Grade::D),
        verdict("EM-02", Grade::D),
        verdict("EM-03", Grade::A),
        verdict("EM-04", Grade::C),
        Edit::Gate { gate: "IN-02.G2".into(), value: Some(tripped) },
    ];
    let lead = visit.members[0].member.name.clone();
    for (n, edit) in (1..).zip(&edits) {
        let stamp = crate::domain::edit::Stamp {
            feed: FeedId::new("feed-0"),
            n: 100 + n,
            commit: None,
            index: 0,
            seen: Default::default(),
            branch: Default::default(),
            saw: Default::default(),
        };
        visit.apply_own(&lead, &stamp, edit);
    }
    visit
}

fn shown(keys: &str) -> Model {
    let mut model = opened(decided(), 0);
    press(&mut model, "<F8><C-u>");
    press(&mut model, keys);
    assert!(model.open_dialogs() == ["FeedbackDialog"]);
    model
}

#[test]
fn the_cover_and_a_page_of_the_feedback() {
    check("feedback_cover", shown(""));
    check("feedback_problems", shown("<Space><Right>"));
    let mut strengths = shown("<Space>");
    shows(&mut strengths, "    优 势\n", "    S t r e n g t h s\n");
    shows(&mut strengths, "    EM-03 急救技术\n", "    EM-03 Techniques\n");
    let mut advice = shown("<End>");
    shows(
        &mut advice,
        "    建 议 （ 申 报 的 标 准 不 要 求 ）\n",
        "    A d v i c e   ( n o t   r e q u i r e d )\n",
    );
    let mut fix_now = shown("<End><Left>");
    shows(&mut fix_now, "    立 即 整 改\n", "    F i x   n o w\n");
    shows(&mut fix_now, "    核心条款\n", "    Core clauses\n");
}

#[test]
fn before_the_votes_are_open_it_says_so_and_shows_nothing() {
    let mut model = opened(fresh_visit(), 1);
    press(&mut model, "<F7><C-u>");
    let told = [
        ("    现 在 还 不 能 看 现 场 反 馈\n", "    T h e r e   i s   n o   f e e d b a c k   y e t\n"),
        ("    评分还没有结束，评分尚未公开。\n", "    Scoring is not closed, so the votes are not open.\n"),
        ("    请等组长结束评分。\n", "    Wait until the lead closes scoring.\n"),
    ];
    for (zh, en) in told {
        shows(&mut model, zh, en);
    }
    assert!(!drawn(&mut model, Lang::Zh, (80, 24)).contains("EM-"), "no clause is named");
    press(&mut model, "<Space>");
    assert!(drawn(&mut model, Lang::Zh, (80, 24)).contains("1/1"));
}

#[test]
fn pages_turn_both_ways_and_stop_at_the_ends() {
    let number = |keys: &str| {
        let text = drawn(&mut shown(keys), Lang::Zh, (80, 24));
        text.lines().rev().find_map(|line| line.split_whitespace().last().map(str::to_owned)).unwrap()
    };
    let last = number("<End>");
    let (at, of) = last.split_once('/').unwrap();
    assert_eq!(at, of);
    assert_eq!(number("<End><Space><Down>"), last);
    assert_eq!(number("<Left><Up>"), format!("1/{of}"));
    assert_eq!(number("<Space><Enter><Left>"), format!("2/{of}"));
    assert_eq!(number("<End><Home>"), format!("1/{of}"));
    let mut model = shown("");
    press(&mut model, "<Esc>");
    assert!(model.dialogs.is_empty());
}

/// Items that are longer than a page, and many of them.
#[test]
fn long_texts_go_on_on_the_next_page() {
    let mut model = shown("");
    let long = "急救设备全部在位并贴有责任人标签，".repeat(40);
    let mut visit = decided();
    let founding = std::sync::Arc::make_mut(&mut visit.founding);
    let mut checklist = (*founding.checklist).clone();
    let clause = std::sync::Arc::make_mut(&mut checklist.areas[0].clauses[0]);
    clause.points[0].text = crate::domain::terms::lang::Text::new(long.clone(), long);
    founding.checklist = std::sync::Arc::new(checklist);
    model.desk.as_mut().unwrap().visit = visit;
    model.size = (60, 16);
    press(&mut model, "<Esc><C-u><Space><Space>");
    let pages = ["", "<Space>", "<Space>"].map(|keys| {
        press(&mut model, keys);
        drawn(&mut model, Lang::Zh, (60, 16))
    });
    let n_lines = |page: &String| {
        page.lines().filter(|line| line.contains("责任") || line.contains("急救设备")).count()
    };
    assert!(pages[0].contains("急诊急救\n") && pages[1].contains("急诊急救 (续)\n"), "{pages:?}");
    assert!(n_lines(&pages[0]) >= 8, "the first page is full:\n{}", pages[0]);
    assert!(n_lines(&pages[1]) >= 4 && pages[2].contains("EM-02"), "{}{}", pages[1], pages[2]);
}

/// At every size down to the least, on every page, in both languages.
#[test]
fn nobody_is_named_and_no_line_is_cut() {
    for size in [(60, 16), (80, 24), (120, 36)] {
        for lang in [Lang::Zh, Lang::En] {
            let mut model = shown("");
            let mut all = String::new();
            model.size = size;
            for _ in 0..20 {
                all.push_str(&drawn(&mut model, lang, size));
                press(&mut model, "<Space>");
            }
            for name in MEMBERS {
                assert!(!all.contains(name), "{name} at {size:?}:\n{all}");
            }
            assert!(!all.contains("合议") && !all.contains("来函"), "{all}");
            let dense: String = all.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
            let point = lang.pick("急救设备全部在位并贴有责任人标签", "Alldevicesinplaceandlabelled");
            assert!(dense.contains(point), "{size:?} {lang:?}:\n{all}");
        }
    }
}

#[test]
fn it_is_reached_from_merge_outcome_and_report_and_by_name() {
    for screen in ["<F7>", "<F8>", "<F10>"] {
        for way in ["<C-u>", "<F11>", "<F4>xcfk<Enter>"] {
            let mut model = opened(decided(), 0);
            press(&mut model, screen);
            press(&mut model, way);
            assert!(model.open_dialogs() == ["FeedbackDialog"], "{screen}{way}");
        }
    }
}
