//! The feedback for the exit meeting: what is in it, and that nothing in it tells who, how many, or what was noted.

use hecha::{
    app::ending::feedback::{Feedback, PartKind, feedback, feedback_json},
    domain::{
        checklist::{
            Bound, Clause, Measure, Phase, Point, Sample,
            profile::{Condition, Gate, GatePeriod, MergeMethod, Standard, StandardStatus},
        },
        edit::{
            Edit,
            finding::{Finding, Fraction},
            verdict::{GateDecision, GateState},
        },
        terms::{
            field::Field,
            grade::{
                Grade::{self, A, B, C, D},
                Level,
            },
            id::MemberName,
            lang::{Lang, Text},
            source::Source,
        },
        visit::Visit,
    },
    report::feedback::html::html,
};

use crate::{
    fixture::{
        odd::{SECRET, odd_visit, shown},
        panel::{checklist, clause, grade, member, profile, submit, visit},
    },
    support::{self, Panel},
};

const NAMES: [&str; 5] = ["甲乙丙", "丁戊己", "庚辛壬", "癸子丑", "寅卯辰"];
const NOTE: &str = "某某人当班时没有签字";

fn point(id: &str, level: Level, zh: &str, en: &str, source: Source) -> Point {
    Point {
        phase: Phase::Site,
        unmet: Text::default(),
        id: id.into(),
        level,
        text: Text::new(zh, en),
        measure: Measure::Tick,
        source,
        na_when: Text::default(),
        applies_to: Vec::new(),
        overridden_by: None,
    }
}

fn official() -> Source {
    Source::parse("seed S3·F13").unwrap()
}

/// A clause with points C1, B1 and A1 named after it.
fn three_points(id: &str, area: &str, core: bool) -> Clause {
    let mut clause = clause(id, area, core, None);
    clause.title = Text::new(format!("条款{id}"), format!("clause {id}"));
    let named = |point_id: &str, level| {
        let (zh, en) = (format!("{id} 要求 {point_id}"), format!("{id} asks {point_id}"));
        point(point_id, level, &zh, &en, official())
    };
    clause.points = vec![named("C1", Level::C), named("B1", Level::B), named("A1", Level::A)];
    clause
}

fn ticks(clause: &str, met: [bool; 3]) -> Vec<Edit> {
    let tick = |(point, met): (&str, bool)| Edit::Finding {
        clause: clause.into(),
        point: point.into(),
        value: Some(Finding::Tick(met)),
    };
    ["C1", "B1", "A1"].into_iter().zip(met).map(tick).collect()
}

/// One ballot: G all met, H fails at B, I at C, J at C, K as `k` says.
fn ballot(k: [bool; 3]) -> Vec<Edit> {
    let mut edits = vec![Edit::Note { clause: "H".into(), text: NOTE.parse().unwrap() }];
    edits.extend(ticks("G", [true; 3]));
    edits.extend(ticks("H", [true, false, true]));
    edits.extend(ticks("I", [false, true, true]));
    edits.extend(ticks("J", [false, false, false]));
    edits.extend(ticks("K", k));
    edits
}

fn gates() -> Vec<Gate> {
    let gate = |id: &str| Gate {
        id: id.into(),
        title: Text::new(format!("否决情形{id}"), format!("gate {id}")),
        text: Text::new("近一年未发生", "None within a year"),
        lookback_months: None,
        period: GatePeriod::Rolling,
        optional: false,
        bars: Vec::new(),
        source: official(),
    };
    vec![gate("T-1"), gate("T-2")]
}

/// A visit with these ballots; those of `None` are not submitted. The lead is the first, and closes scoring if the own ballot
/// is among them.
fn panel_of(ballots: [Option<Vec<Edit>>; 5], lead: Vec<Edit>) -> Visit {
    let clauses = vec![
        three_points("G", "one", false),
        three_points("H", "one", false),
        three_points("I", "one", true),
        three_points("J", "two", false),
        three_points("K", "two", false),
    ];
    let profile = profile(MergeMethod::Median, vec![asking_for(A)], gates());
    let members = NAMES.into_iter().zip(ballots).enumerate().map(|(place, (name, ballot))| {
        let mut edits = if place == 0 { lead.clone() } else { Vec::new() };
        if let Some(ballot) = ballot {
            edits.extend(ballot);
            edits.push(submit());
        }
        (member(name, Field::Medicine), edits)
    });
    visit("青禾镇卫生院", checklist(profile, clauses), members.collect())
}

/// A standard of which a condition names this grade for every clause.
fn asking_for(grade: Grade) -> Standard {
    Standard {
        use_when: None,
        id: "recommended".into(),
        title: Text::new("推荐标准", "Recommended standard"),
        status: StandardStatus::Example,
        source: Source::own_default(),
        conditions: vec![Condition::Share {
            clauses: None,
            grade,
            share: "0.5".parse().unwrap(),
            area: None,
        }],
    }
}

fn tripped() -> Vec<Edit> {
    let value =
        Some(GateDecision { state: GateState::Tripped, reason: "县卫健局来函".parse().unwrap() });
    vec![Edit::Gate { gate: "T-2".into(), value }]
}

fn usual() -> Visit {
    panel_of([(); 5].map(|()| Some(ballot([true, true, false]))), tripped())
}

fn seen_by(visit: &Visit, name: &str, lang: Lang) -> Feedback {
    feedback(visit, Some(&MemberName::new(name)), lang).unwrap()
}

/// Everything that is made from a feedback, in both languages.
fn outputs(visit: &Visit, name: &str) -> String {
    [Lang::Zh, Lang::En]
        .map(|lang| {
            let feedback = seen_by(visit, name, lang);
            format!("{feedback:?}\n{}\n{:#}", html(&feedback), feedback_json(&feedback))
        })
        .join("\n")
}

/// Group titles with their items and points.
fn told(feedback: &Feedback, kind: PartKind) -> Vec<(String, Vec<String>)> {
    let part = feedback.parts.iter().find(|part| part.kind == kind).unwrap();
    let groups = part.groups.iter().map(|group| {
        let items = group.items.iter().map(|item| {
            let points: Vec<&str> = item.points.iter().map(|point| point.id.as_str()).collect();
            format!("{} {}", item.id, points.join(" ")).trim_end().to_owned()
        });
        (group.title.clone(), items.collect())
    });
    groups.collect()
}

#[test]
fn strengths_problems_and_what_cannot_wait_follow_from_the_verdicts() {
    let feedback = seen_by(&usual(), NAMES[2], Lang::Zh);
    let of = |kind| told(&feedback, kind).into_iter().map(|(_, items)| items).collect::<Vec<_>>();
    assert_eq!(of(PartKind::Strengths), [vec!["I A1", "G", "H A1"]], "core first");
    assert_eq!(of(PartKind::Problems), [vec!["I C1", "H B1"], vec!["J C1 B1 A1", "K A1"]]);
    let urgent = told(&feedback, PartKind::FixNow);
    let urgent: Vec<(&str, Vec<&str>)> = urgent
        .iter()
        .map(|(title, items)| (title.as_str(), items.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(urgent, [("否决情形", vec!["T-2"]), ("核心条款", vec!["I C1"]), ("其他条款", vec!["J C1"])]);
    let texts = format!("{feedback:?}");
    assert!(texts.contains("I 要求 C1") && !texts.contains("县卫健局来函"), "{texts}");
}

#[test]
fn one_doubt_and_a_strength_is_none_and_direct_grades_name_no_point() {
    let mut ballots = [(); 5].map(|()| Some(ballot([true, true, false])));
    ballots[1].as_mut().unwrap().extend(ticks("H", [true, false, false]));
    let feedback = seen_by(&panel_of(ballots, Vec::new()), NAMES[0], Lang::Zh);
    assert_eq!(told(&feedback, PartKind::Strengths)[0].1, ["I A1", "G"]);
    assert_eq!(told(&feedback, PartKind::Problems)[0].1, ["I C1", "H B1 A1"]);

    // Somebody who recorded this one point, and has no grade, doubts it as much.
    let mut ballots = [(); 5].map(|()| Some(ballot([true, true, false])));
    let unmet = Some(Finding::Tick(false));
    ballots[1] = Some(vec![Edit::Finding { clause: "H".into(), point: "A1".into(), value: unmet }]);
    let feedback = seen_by(&panel_of(ballots, Vec::new()), NAMES[0], Lang::Zh);
    assert_eq!(told(&feedback, PartKind::Strengths)[0].1, ["I A1", "G"]);

    let direct = [(); 5].map(|()| Some(vec![grade("J", D), grade("K", B), grade("G", A), grade("H", C)]));
    let feedback = seen_by(&panel_of(direct, Vec::new()), NAMES[0], Lang::En);
    assert_eq!(told(&feedback, PartKind::Problems)[1].1, ["J", "K"]);
    assert_eq!(told(&feedback, PartKind::FixNow)[0].1, ["J"]);
    let problems = &feedback.parts[1];
    let lines = problems.lines(&problems.groups[1].items[0], Lang::En);
    assert_eq!(lines, ["no single point was named"]);
    assert!(feedback.parts[0].lines(&feedback.parts[0].groups[0].items[0], Lang::En).is_empty());
}

#[test]
fn no_name_no_note_and_no_reason_is_in_any_output() {
    let text = outputs(&usual(), NAMES[0]);
    assert!(text.contains("青禾镇卫生院"));
    for secret in NAMES.into_iter().chain([NOTE, "县卫健局来函", "×", "票", "vote", "组长", "lead"])
    {
        assert!(!text.contains(secret), "{secret}");
    }
    // Attempts to smuggle: notes, reasons, evidence, hidden ballots and the names of the odd visit.
    let odd = odd_visit();
    assert!(shown(&odd).len() < odd.members.len(), "some ballots are hidden");
    let feedback = seen_by(&odd, "张三", Lang::Zh);
    let text = format!("{}{:#}", html(&feedback), feedback_json(&feedback));
    for secret in
        ["张三", "王五", "周七", "野&lt;b&gt;", SECRET, "备注", "calc", "登记本第", "亲属任职", "现场所见"]
    {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(feedback.marks.iter().any(|mark| mark.contains("部分组员的评分未计入")));
}

/// Who found what, and how many did, makes no difference to any byte.
#[test]
fn the_outputs_do_not_change_with_who_and_how_many() {
    let differing = |order: [usize; 5]| {
        let ballots = [[true, true, false], [true, true, false], [true, false, false], [false; 3], [true; 3]];
        panel_of(order.map(|place| Some(ballot(ballots[place]))), tripped())
    };
    let first = outputs(&differing([0, 1, 2, 3, 4]), NAMES[0]);
    for order in [[4, 3, 2, 1, 0], [1, 2, 3, 4, 0], [2, 0, 4, 1, 3]] {
        assert_eq!(outputs(&differing(order), NAMES[0]), first, "{order:?}");
    }
    // Three or five members against a point, with the same verdict.
    let with = |n: usize| {
        let k = |place: usize| if place < n { [false, true, true] } else { [true, true, true] };
        let ballots = [0, 1, 2, 3, 4].map(|place| Some([ballot(k(place)), ticks("G", [true; 3])].concat()));
        panel_of(ballots, Vec::new())
    };
    assert_eq!(outputs(&with(3), NAMES[0]), outputs(&with(4), NAMES[0]));
}

#[test]
fn nothing_is_told_before_the_votes_are_open_to_the_viewer() {
    let closed = |visit: &Visit, name: Option<&str>| {
        feedback(visit, name.map(MemberName::new).as_ref(), Lang::Zh).unwrap_err().why.zh
    };
    let all = || Some(ballot([true; 3]));
    // All but the lead have sealed, so nobody has closed scoring.
    let sealed = panel_of([None, all(), all(), all(), all()], Vec::new());
    assert!(!sealed.closed);
    for name in NAMES {
        assert!(closed(&sealed, Some(name)).contains("评分还没有结束"), "{name}");
    }
    assert!(closed(&sealed, None).contains("评分还没有结束"));
    // Scoring is closed: everybody sees what was sealed, also who sealed nothing, since nobody can score any more.
    let opened = panel_of([all(), all(), None, all(), all()], Vec::new());
    for name in NAMES {
        assert!(feedback(&opened, Some(&MemberName::new(name)), Lang::Zh).is_ok(), "{name}");
    }
    // One's own is in, nobody else's.
    let alone = panel_of([all(), None, None, None, None], Vec::new());
    assert!(closed(&alone, Some(NAMES[0])).contains("其他组员的评分尚未公开"));
}

#[test]
fn a_clause_withheld_for_a_recusal_is_not_there_and_that_is_said() {
    let recuse = Edit::Recuse {
        name: NAMES[3].into(),
        clause: Some("J".into()),
        reason: Some("亲属任职".parse().unwrap()),
    };
    let visit = panel_of([(); 5].map(|()| Some(ballot([true, true, false]))), vec![recuse]);
    let recused = outputs(&visit, NAMES[3]);
    assert!(
        !recused.contains("条款J") && !recused.contains("J 要求") && !recused.contains("亲属"),
        "{recused}"
    );
    assert!(seen_by(&visit, NAMES[3], Lang::Zh).marks.contains(&"部分条款未列入。".to_owned()));
    let other = seen_by(&visit, NAMES[0], Lang::Zh);
    assert!(
        format!("{other:?}").contains("J 要求 C1") && !other.marks.iter().any(|it| it.contains("未列入"))
    );
}

#[test]
fn a_number_that_is_not_official_says_so() {
    let mut clause = three_points("G", "one", false);
    clause.points[0] = point("C1", Level::C, "不少于 7 件", "7 or more", Source::own_default());
    let share = Measure::Ratio {
        sample: Sample::default(),
        bound: Some(Bound::AtLeast("0.95".parse().unwrap())),
        min_sample: None,
        numerator: Text::new("完好", "working"),
        denominator: Text::new("抽查", "sampled"),
        source: Some(Source::own_default()),
    };
    clause.points[1].measure = share;
    let half = Finding::Ratio(Fraction::new(1, 2).unwrap());
    let edits = || {
        let share = Edit::Finding { clause: "G".into(), point: "B1".into(), value: Some(half.clone()) };
        [ticks("G", [false, true, true]), vec![share, submit()]].concat()
    };
    let members = NAMES.map(|name| (member(name, Field::Medicine), edits())).to_vec();
    let visit = visit(
        "甲",
        checklist(profile(MergeMethod::Median, vec![asking_for(B)], Vec::new()), vec![clause]),
        members,
    );
    let feedback = seen_by(&visit, NAMES[0], Lang::Zh);
    let points = &feedback.parts[1].groups[0].items[0].points;
    let texts: Vec<&str> = points.iter().map(|point| point.text.as_str()).collect();
    assert_eq!(
        texts,
        ["未达到：不少于 7 件（非官方数值）", "未达到：G 要求 B1（完好/抽查 不低于 95% [默认值]）"]
    );
    assert!(feedback.marks.iter().any(|mark| mark.contains("非官方")));
    assert!(feedback.marks.iter().any(|mark| mark.contains("尚未定稿")));
}

#[test]
fn the_page_is_large_prints_and_loads_nothing() {
    let page = html(&seen_by(&usual(), NAMES[0], Lang::Zh));
    let lower = page.to_lowercase();
    for external in
        ["http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link", "<img", "<iframe"]
    {
        assert!(!lower.contains(external), "{external}");
    }
    assert!(page.contains("default-src 'none'") && page.contains("@media print"));
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("<html lang=\"zh-CN\">"));
    let sizes: Vec<f64> = page
        .match_indices("px")
        .filter_map(|(at, _)| {
            let before = &page[..at];
            let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
            let is_font = before[..before.len() - digits.len()].ends_with("font-size: ")
                || before[..before.len() - digits.len()].ends_with("font: ");
            is_font.then(|| digits.parse().unwrap())
        })
        .collect();
    assert!(sizes.len() >= 6 && sizes.iter().all(|size| *size >= 28.0), "{sizes:?}");
    // Markup in a title stays text.
    let odd = html(&seen_by(&odd_visit(), "张三", Lang::Zh));
    assert!(odd.contains("阳光&lt;镇&gt;") && !odd.contains("<b>") && !odd.contains('\u{202e}'));
}

fn open_panel() -> Panel {
    let panel = Panel::settled(3);
    for (laptop, grade) in panel.laptops.iter().zip(["B", "D", "D"]) {
        laptop.ok(&["score", &panel.file, "TM-02", "--grade", grade, "--reason", NOTE]);
        laptop.ok(&["submit", &panel.file, "--yes"]);
    }
    panel.close(3);
    panel
}

#[test]
fn the_command_prints_text_json_and_a_page() {
    let panel = open_panel();
    let lead = panel.lead();
    let text = lead.ok(&["feedback", &panel.file]).out;
    assert!(
        text.contains("== 立即整改 ==") && text.contains("TM-02") && text.contains("未列明具体要点"),
        "{text}"
    );
    let value = lead.json(&["feedback", &panel.file, "--json"]);
    for key in ["visit", "facility", "stage", "date", "state", "marks", "strengths", "problems", "fix_now"] {
        assert!(!value[key].is_null(), "{key}");
    }
    let page = panel.root.join("反馈.html");
    lead.ok(&["feedback", &panel.file, "--html", page.to_str().unwrap()]);
    let page = std::fs::read_to_string(page).unwrap();
    for output in [text, value.to_string(), page] {
        assert!(output.contains("青禾镇卫生院"));
        assert!(
            support::PANEL.iter().all(|name| !output.contains(name)) && !output.contains(NOTE),
            "{output}"
        );
    }
}

#[test]
fn the_command_refuses_while_scoring_is_not_closed() {
    let panel = Panel::settled(2);
    let answer = panel.laptops[1].refuses(1, &["feedback", &panel.file, "--json"]);
    assert!(answer.err.contains("评分还没有结束") && answer.out.is_empty(), "{answer:?}");
}
