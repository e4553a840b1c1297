//! What the draw promises: the same for everybody, covered, fair among equals, and nobody who is excluded.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hecha::{
    domain::{
        checklist::profile::MergeMethod,
        edit::Founding,
        ending::next_step::{Known, NextStep, Why},
        facility::Stage,
        pool::{
            POOL_LIMIT, Person, Pool, PoolExpert, Rank, Tie,
            draw::{
                Disagreement, DrawError, DrawRecord, DrawRequest, Exclusion, FIRST_ALGORITHM, Ground,
                N_SUBSTITUTES, draw,
            },
        },
        terms::{
            date::Date,
            digest::Digest,
            field::Field,
            id::{FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::{Identity, MemberState, Visit, recusal::Recusal},
    },
    share::{
        code::json::Json,
        wire::draw::{draw_from, draw_json},
    },
    words::next_step::next_step,
};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::fixture::panel;

fn hash(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}

fn expert(name: &str, unit: &str, title: &str, fields: &[Field]) -> PoolExpert {
    PoolExpert {
        person: Person::new(name, unit),
        title: title.parse().unwrap(),
        fields: fields.to_vec(),
        training: String::new(),
        ties: Vec::new(),
        alliance: String::new(),
        county: String::new(),
        exception: String::new(),
    }
}

fn pool(experts: impl IntoIterator<Item = PoolExpert>) -> Pool {
    let mut pool = Pool::default();
    for expert in experts {
        pool.put(expert);
    }
    pool
}

fn request(seed: &str, size: usize, fields: &[Field]) -> DrawRequest {
    DrawRequest {
        facility: "青禾镇卫生院".to_owned(),
        profile: "township".to_owned(),
        visit_on: Date::new(2026, 11, 21),
        alliance: String::new(),
        seed: seed.to_owned(),
        size,
        min: 5,
        odd: true,
        fields: fields.to_vec(),
        least: Some(Rank::Intermediate),
        left_out: Vec::new(),
        recusals: Vec::new(),
        allowed: BTreeSet::new(),
        drawn_on: Date::new(2026, 11, 20).unwrap(),
    }
}

fn drawn(pool: &Pool, request: DrawRequest) -> Result<DrawRecord, DrawError> {
    draw(pool, Digest([7; 32]), request, &hash)
}

/// Twenty experts of equal standing.
fn equals() -> Pool {
    pool((0..20).map(|n| expert(&format!("专家{n:02}"), "县医院", "主治医师", &[Field::Medicine])))
}

#[test]
fn the_order_is_that_of_sha256_of_the_published_text() {
    let record = drawn(&equals(), request("2026-11-20 双色球", 5, &[])).unwrap();
    let mut order: Vec<([u8; 32], &str)> = record
        .eligible
        .iter()
        .map(|it| {
            let text = format!(
                "hecha-draw-2\n2026-11-20 双色球\n青禾镇卫生院\n2026-11-21\n{}\n县医院\n",
                it.person.name
            );
            (Sha256::digest(text.as_bytes()).into(), it.person.name.as_str())
        })
        .collect();
    order.sort_unstable();
    let names: Vec<&str> = record.eligible.iter().map(|it| it.person.name.as_str()).collect();
    assert_eq!(names, order.iter().map(|(_, name)| *name).collect::<Vec<_>>());
    // Without required fields the panel is simply the head of the order.
    let panel: Vec<&str> = record.panel.iter().map(|seat| seat.person.name.as_str()).collect();
    assert_eq!(panel, names[..5]);
    let first = order[0].0[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(format!("{:016x}", record.eligible[0].ticket), first);
}

#[test]
fn every_ground_keeps_its_expert_out_with_the_fact_it_rests_on() {
    let tie = |ground, with: &str| Tie { ground, with: with.to_owned() };
    let mut experts: Vec<PoolExpert> =
        (0..9).map(|n| expert(&format!("甲{n}"), "县医院", "主治医师", &[Field::Medicine])).collect();
    experts.push(expert("本院", " 青禾镇 卫生院", "主任医师", &[Field::Medicine]));
    for (name, ground) in [
        ("曾任", Ground::OwnUnit),
        ("带教", Ground::Coaching),
        ("亲属", Ground::Kinship),
        ("往来", Ground::Dealings),
    ] {
        let ties = vec![tie(ground, "青禾镇卫生院"), tie(ground, "东山卫生院")];
        experts.push(PoolExpert { ties, ..expert(name, "市医院", "主任医师", &[Field::Medicine]) });
    }
    let elsewhere = vec![tie(Ground::Kinship, "东山卫生院")];
    experts.push(PoolExpert {
        ties: elsewhere, ..expert("无关", "市医院", "主任医师", &[Field::Medicine])
    });
    experts.push(PoolExpert {
        alliance: "第一医共体".to_owned(),
        ..expert("同盟", "市医院", "主任医师", &[Field::Medicine])
    });
    experts.push(expert("排除", "疾控中心", "主任医师", &[Field::PublicHealth]));
    experts.push(expert("申请", "市医院", "主任医师", &[Field::Medicine]));
    experts.push(expert("初级", "市医院", "医师", &[Field::Medicine]));
    experts.push(expert("不明", "市医院", "科长", &[Field::Medicine]));
    experts
        .push(PoolExpert {
            exception: "紧缺".to_owned(), ..expert("例外", "市医院", "医师", &[Field::Tcm])
        });
    let pool = pool(experts);
    let mut wanted = request("s", 5, &[]);
    wanted.alliance = "第一医共体".to_owned();
    wanted.left_out = vec!["疾控中心".to_owned()];
    wanted.recusals = vec![Exclusion {
        person: Person::new("申请", "市医院"),
        ground: Ground::Request,
        reason: "出差".to_owned(),
    }];
    let record = drawn(&pool, wanted.clone()).unwrap();
    let said: BTreeSet<(&str, &str, &str)> = record
        .excluded
        .iter()
        .map(|it| (it.person.name.as_str(), it.ground.key(), it.reason.as_str()))
        .collect();
    let expected = [
        ("本院", "own-unit", "青禾镇 卫生院"),
        ("曾任", "own-unit", "青禾镇卫生院"),
        ("带教", "coaching", "青禾镇卫生院"),
        ("亲属", "kinship", "青禾镇卫生院"),
        ("往来", "dealings", "青禾镇卫生院"),
        ("同盟", "alliance", "第一医共体"),
        ("排除", "unit", "疾控中心"),
        ("申请", "self", "出差"),
        ("初级", "title", "医师"),
        ("不明", "title", "科长"),
    ];
    assert_eq!(said, BTreeSet::from(expected));
    let exceptional = record.eligible.iter().find(|it| it.person.name == "例外").unwrap();
    assert_eq!(exceptional.exception, "紧缺");
    assert_eq!(record.disagreements(&hash), []);

    wanted.allowed = BTreeSet::from([Ground::Coaching, Ground::Title]);
    let lenient = drawn(&pool, wanted).unwrap();
    let coach = lenient.eligible.iter().find(|it| it.person.name == "带教").unwrap();
    assert_eq!(coach.allowed, [(Ground::Coaching, "青禾镇卫生院".to_owned())]);
    assert!(lenient.eligible.iter().any(|it| it.person.name == "初级"));
    assert_eq!(lenient.disagreements(&hash), []);
}

#[test]
fn a_request_that_breaks_the_rule_draws_nobody() {
    let pool = equals();
    for (size, error) in [
        (3, DrawError::Size { size: 3, min: 5 }),
        (101, DrawError::Size { size: 101, min: 5 }),
        (6, DrawError::Even { size: 6 }),
    ] {
        assert_eq!(drawn(&pool, request("s", size, &[])), Err(error));
    }
    assert_eq!(drawn(&pool, request("", 5, &[])), Err(DrawError::NoSeed));
    assert_eq!(drawn(&pool, request("a\nb", 5, &[])), Err(DrawError::NoSeed));
    let too_few = drawn(&pool, request("s", 21, &[])).unwrap_err();
    assert_eq!(too_few, DrawError::TooFew { n_eligible: 20, size: 21, excluded: Vec::new() });
    let six = &Field::ALL[..6];
    assert_eq!(drawn(&pool, request("s", 5, six)), Err(DrawError::TooManyFields { n_fields: 6, size: 5 }));
}

#[test]
fn fields_that_cannot_be_covered_are_named_with_those_who_would_have_helped() {
    let mut experts: Vec<PoolExpert> = equals().experts().cloned().collect();
    // Two fields, one expert for both: each field by itself would be covered.
    experts.push(expert("双栖", "市医院", "主任医师", &[Field::Tcm, Field::Nursing]));
    experts.push(expert("低职", "市医院", "护士", &[Field::Nursing]));
    let pool = pool(experts);
    let error = drawn(&pool, request("s", 5, &[Field::Medicine, Field::Tcm, Field::Nursing])).unwrap_err();
    let low =
        Exclusion {
            person: Person::new("低职", "市医院"), ground: Ground::Title, reason: "护士".to_owned()
        };
    let experts = vec![Person::new("双栖", "市医院")];
    assert_eq!(
        error,
        DrawError::Uncovered { fields: vec![Field::Tcm, Field::Nursing], experts, excluded: vec![low] }
    );
    assert!(drawn(&pool, request("s", 5, &[Field::Medicine, Field::Tcm])).is_ok());
}

#[test]
fn a_changed_record_does_not_agree() {
    let good = drawn(&equals(), request("s", 5, &[Field::Medicine])).unwrap();
    assert_eq!(good.disagreements(&hash), []);
    let changed = |change: &dyn Fn(&mut DrawRecord)| {
        let mut record = good.clone();
        change(&mut record);
        record.disagreements(&hash)
    };
    use Disagreement as D;
    assert_eq!(changed(&|it| it.panel.swap(0, 1)), [D::Panel]);
    assert_eq!(changed(&|it| it.panel[0].person.name = it.eligible[9].person.name.clone()), [D::Panel]);
    assert_eq!(changed(&|it| it.substitutes[0].persons.reverse()), [D::Substitutes]);
    assert!(changed(&|it| it.request.seed = "t".to_owned()).contains(&D::Panel));
    assert_eq!(changed(&|it| it.eligible[7].ticket += 1), [D::Order]);
    assert_eq!(changed(&|it| it.eligible.truncate(19)), [D::Count]);
    assert!(changed(&|it| drop(it.eligible.remove(0))).contains(&D::Count));
    assert_eq!(changed(&|it| it.algorithm = "hecha-draw-9".to_owned()), [D::Algorithm]);
    let ignored = Exclusion {
        person: good.eligible[15].person.clone(),
        ground: Ground::Request,
        reason: "x".to_owned(),
    };
    assert_eq!(changed(&|it| it.request.recusals.push(ignored.clone())), [D::Grounds]);
    assert!(changed(&|it| it.request.size = 4).contains(&D::Request));
    // Somebody who is drawn and excluded at once, by a ground that the request allows, and counted twice.
    let both = |it: &mut DrawRecord| {
        it.excluded.push(ignored.clone());
        it.n_pool += 1;
    };
    assert_eq!(changed(&both), [D::Count]);
    // The visit is part of every ticket, but for blanks and widths in the facility's name.
    assert!(changed(&|it| it.request.facility = "东山卫生院".to_owned()).contains(&D::Order));
    assert!(changed(&|it| it.request.visit_on = None).contains(&D::Order));
    assert_eq!(changed(&|it| it.request.facility = "青禾镇 卫生院".to_owned()), []);
    assert!(changed(&|it| it.algorithm = FIRST_ALGORITHM.to_owned()).contains(&D::Order));
    // Who is left out for another visit is left out for one of this day.
    let elsewhere = |day: &str| Exclusion {
        person: Person::new("局外人", "县医院"),
        ground: Ground::SameDay,
        reason: format!("{day} 东山卫生院"),
    };
    let busy = |day: &str| {
        changed(&|it| {
            it.request.recusals.push(elsewhere(day));
            it.excluded.push(elsewhere(day));
            it.n_pool += 1;
        })
    };
    assert_eq!(busy("2026-11-21"), []);
    assert_eq!(busy("2026-11-22"), [D::Request]);
}

#[test]
fn one_seed_draws_other_panels_for_other_facilities_and_days() {
    let panel = |facility: &str, day: u8| {
        let mut wanted = request("同一种子", 5, &[Field::Medicine]);
        wanted.facility = facility.to_owned();
        wanted.visit_on = Date::new(2026, 11, day);
        drawn(&equals(), wanted).unwrap().panel
    };
    let panels = [
        panel("青禾镇卫生院", 21),
        panel("东山卫生院", 21),
        panel("西河卫生院", 21),
        panel("青禾镇卫生院", 22),
    ];
    for (at, one) in panels.iter().enumerate() {
        assert!(panels.iter().skip(at + 1).all(|other| other != one), "{at}");
    }
    assert_eq!(panel("青禾镇卫生院", 21), panel(" 青禾镇　卫生院", 21));
}

#[test]
fn equals_are_drawn_equally_often() {
    const SEEDS: usize = 4_000;
    let pool = equals();
    let mut drawn_often: BTreeMap<String, usize> = BTreeMap::new();
    let mut first_often: BTreeMap<String, usize> = BTreeMap::new();
    for n in 0..SEEDS {
        let record = drawn(&pool, request(&format!("公平 {n}"), 5, &[Field::Medicine])).unwrap();
        *first_often.entry(record.panel[0].person.name.clone()).or_default() += 1;
        for seat in record.panel {
            *drawn_often.entry(seat.person.name).or_default() += 1;
        }
    }
    // Sampling without replacement: the sum of squares over its expectation, times 19/15, is near chi-square with 19
    // degrees of freedom, which is above 43.8 once in a thousand times. The seeds are fixed, so this cannot flake.
    let expected = SEEDS as f64 * 5.0 / 20.0;
    let deviation = |often: &BTreeMap<String, usize>, expected: f64| {
        assert_eq!(often.len(), 20);
        often.values().map(|n| (*n as f64 - expected).powi(2) / expected).sum::<f64>()
    };
    let chi = deviation(&drawn_often, expected) * 19.0 / 15.0;
    assert!(chi < 43.8, "{chi} {drawn_often:?}");
    let chi = deviation(&first_often, SEEDS as f64 / 20.0);
    assert!(chi < 43.8, "{chi} {first_often:?}");
    assert!(chi > 6.8, "too even to be a draw: {chi}");
}

#[test]
fn among_those_of_a_scarce_field_all_are_drawn_equally_often() {
    const SEEDS: usize = 3_000;
    let scarce = (0..4).map(|n| expert(&format!("中医{n}"), "中医院", "主治中医师", &[Field::Tcm]));
    let pool = pool(equals().experts().cloned().chain(scarce));
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for n in 0..SEEDS {
        let record = drawn(&pool, request(&format!("稀缺 {n}"), 5, &[Field::Medicine, Field::Tcm])).unwrap();
        let first = record.panel.iter().find(|seat| seat.field == Field::Tcm && seat.required).unwrap();
        *often.entry(first.person.name.clone()).or_default() += 1;
    }
    let expected = SEEDS as f64 / 4.0;
    let chi: f64 = often.values().map(|n| (*n as f64 - expected).powi(2) / expected).sum();
    // Three degrees of freedom: above 16.3 once in a thousand times.
    assert!(often.len() == 4 && chi < 16.3, "{chi} {often:?}");
}

fn read(text: &str) -> Option<DrawRecord> {
    draw_from(&Json::parse(text).unwrap())
}

#[test]
fn a_hostile_record_is_not_read() {
    let record = drawn(&equals(), request("s", 5, &[Field::Medicine])).unwrap();
    let good = draw_json(&record);
    assert!(read(&good.to_string()).is_some());
    let changed = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value = good.clone();
        change(&mut value);
        read(&value.to_string())
    };
    let many = |list: &serde_json::Value, n: usize| {
        let first = list[0].clone();
        serde_json::Value::from(vec![first; n])
    };
    let hostile: [&dyn Fn(&mut serde_json::Value); 12] = [
        &|it| it["eligible"] = many(&it["eligible"], POOL_LIMIT + 1),
        &|it| {
            it["excluded"] = serde_json::json!([{"name": "x", "unit": "y", "kind": "hunger", "reason": ""}])
        },
        &|it| it["panel"] = many(&it["panel"], 100),
        &|it| it["substitutes"] = many(&it["substitutes"], Field::ALL.len() + 1),
        &|it| it["fields"] = serde_json::json!(["医疗", "医疗"]),
        &|it| it["size"] = (-5).into(),
        &|it| it["size"] = 1_000_000.into(),
        &|it| it["seed"] = "a\u{1b}[31m".into(),
        &|it| it["panel"][0]["name"] = "甲\u{202e}乙".into(),
        &|it| it["eligible"][0]["ticket"] = "0123".into(),
        &|it| it["pool_sha256"] = "zz".into(),
        &|it| drop(it.as_object_mut().unwrap().remove("excluded")),
    ];
    for (at, change) in hostile.iter().enumerate() {
        assert_eq!(changed(*change), None, "{at}");
    }
}

/// A visit whose panel was drawn.
fn visit_of(record: &DrawRecord) -> Visit {
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let clauses = vec![panel::clause("EM-01", "emergency", false, None)];
    let founding = Founding {
        facility: record.request.facility.parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 11, 21).unwrap(),
        lookback: None,
        roster: record.roster().into_iter().map(|seated| seated.member).collect(),
        checklist: Arc::new(panel::checklist(profile, clauses)),
        checklist_hash: "hash".to_owned(),
        draw: Some(record.clone()),
        mandate: Default::default(),
    };
    Visit::fold(VisitId::new("visit"), Arc::new(founding), &FeedId::new("feed"), None, Vec::new())
}

#[test]
fn substitutes_are_of_the_field_in_the_order_of_the_draw_and_not_on_the_panel() {
    let scarce = (0..5).map(|n| expert(&format!("中医{n}"), "中医院", "主治中医师", &[Field::Tcm]));
    let pool = pool(equals().experts().cloned().chain(scarce));
    let record = drawn(&pool, request("替补", 5, &[Field::Medicine, Field::Tcm])).unwrap();
    let visit = visit_of(&record);
    let lost = record.panel.iter().find(|seat| seat.field == Field::Tcm).unwrap();
    let proposed: Vec<&Person> =
        visit.substitutes_for(&lost.person.name).into_iter().map(|it| &it.person).collect();
    let named = record.substitutes.iter().find(|it| it.field == Field::Tcm).unwrap();
    assert!(
        proposed.iter().copied().take(N_SUBSTITUTES).eq(&named.persons),
        "those of the record come first"
    );
    let on_panel = record.panel.iter().filter(|seat| seat.person.unit == "中医院").count();
    assert_eq!(proposed.len(), 5 - on_panel);
    assert!(proposed.iter().all(|it| record.panel.iter().all(|seat| seat.person != **it)));
    assert!(visit.substitutes_for("局外人").is_empty());
    // Whoever has joined meanwhile is not proposed again.
    let joined = proposed[0].name.as_str();
    let mut later = visit.clone();
    let mut newcomer: MemberState = later.members[0].clone();
    newcomer.member = panel::member(joined, Field::Tcm);
    later.members.push(newcomer);
    let left: Vec<&Person> =
        later.substitutes_for(&lost.person.name).into_iter().map(|it| &it.person).collect();
    assert_eq!(left, proposed[1..]);
    // While somebody is missing the next step names who steps in.
    let mut short = visit.clone();
    short.members.iter_mut().for_each(|state| state.identity = Identity::Admitted);
    let known = Known {
        own: None,
        n_pending: 0,
        has_delivered: true,
        shut: &[],
        n_undecided: 0,
        record: &Digest([1; 32]),
    };
    assert!(!matches!(NextStep::of(&short, known).why, Why::StepIn(_)), "everybody is there");
    let lost = MemberName::new(lost.person.name.as_str());
    let reason = "亲属任职".to_owned();
    short.recusals.push(Recusal { name: lost, clause: None, reason, declared: false });
    let step = NextStep::of(&short, known);
    assert_eq!(step.why, Why::StepIn(vec![MemberName::new(proposed[0].name.as_str())]));
    let told = next_step(&step, None, Lang::Zh);
    assert!(told.contains(&format!("通知替补 {}", proposed[0].name)), "{told}");
}

#[test]
fn two_drawn_experts_of_one_name_are_two_members() {
    let twins = ["县医院", "市医院"].map(|unit| expert("王芳", unit, "主治医师", &[Field::Medicine]));
    let others = (0..3).map(|n| expert(&format!("甲{n}"), "县医院", "主治医师", &[Field::Medicine]));
    let record = drawn(&pool(twins.into_iter().chain(others)), request("s", 5, &[])).unwrap();
    let visit = visit_of(&record);
    assert_eq!(visit.members.len(), 5);
    let names: BTreeSet<&str> = visit.members.iter().map(|state| state.member.name.as_str()).collect();
    assert!(names.contains("王芳（县医院）") && names.contains("王芳（市医院）"), "{names:?}");
}

fn any_fields() -> impl Strategy<Value = Vec<Field>> {
    proptest::sample::subsequence(Field::ALL.to_vec(), 1..4).prop_shuffle()
}

fn any_pool() -> impl Strategy<Value = Vec<PoolExpert>> {
    let titles = proptest::sample::select(vec!["主任医师", "主治医师", "医师", "科长"]);
    let one = (0_u8..20, 0_u8..4, titles, any_fields(), any::<bool>()).prop_map(
        |(name, unit, title, fields, tied)| {
            let units = ["县医院", "市医院", "青禾镇卫生院", "疾控中心"];
            let mut it = expert(&format!("人{name}"), units[usize::from(unit)], title, &fields);
            if tied && name % 3 == 0 {
                it.ties = vec![Tie { ground: Ground::Kinship, with: "青禾镇卫生院".to_owned() }];
            }
            it
        },
    );
    proptest::collection::vec(one, 8..40)
}

proptest! {
    #[test]
    fn whatever_the_pool(experts in any_pool(), required in proptest::sample::subsequence(Field::ALL.to_vec(), 0..5).prop_shuffle(), seed in "[a-z]{1,6}", half in 2_usize..4) {
        let size = 2 * half + 1;
        let there = pool(experts.iter().rev().cloned());
        let back = pool(there.experts().cloned().collect::<Vec<_>>().into_iter().rev());
        let wanted = request(&seed, size, &required);
        let result = drawn(&there, wanted.clone());
        prop_assert_eq!(&result, &drawn(&back, wanted.clone()), "another order of the pool");
        match result {
            Ok(record) => check_record(&record, &wanted),
            Err(DrawError::TooFew { n_eligible, .. }) => prop_assert!(n_eligible < size),
            Err(DrawError::Uncovered { fields, experts, .. }) => {
                prop_assert!(experts.len() < fields.len(), "Hall's condition must be broken");
                let eligible = drawn(&there, request(&seed, size, &[])).unwrap().eligible;
                let have = eligible.iter().filter(|it| it.fields.iter().any(|f| fields.contains(f)));
                prop_assert_eq!(have.count(), experts.len(), "somebody who has one of the fields was forgotten");
            }
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}

/// What holds of every record.
fn check_record(record: &DrawRecord, wanted: &DrawRequest) {
    assert_eq!(record.disagreements(&hash), []);
    assert_eq!(read(&draw_json(record).to_string()).as_ref(), Some(record), "the wire keeps all of it");
    assert_eq!(record.panel.len(), wanted.size);
    assert!(record.panel.len() % 2 == 1);
    let excluded: BTreeSet<&Person> = record.excluded.iter().map(|it| &it.person).collect();
    let persons: BTreeSet<&Person> = record.panel.iter().map(|seat| &seat.person).collect();
    assert_eq!(persons.len(), wanted.size, "somebody sits twice");
    for seat in &record.panel {
        assert!(!excluded.contains(&seat.person));
        let it = record.eligible.iter().find(|it| it.person == seat.person).unwrap();
        assert!(it.fields.contains(&seat.field));
    }
    let mut seated: Vec<Field> =
        record.panel.iter().filter(|seat| seat.required).map(|seat| seat.field).collect();
    seated.sort_unstable();
    let mut required = wanted.fields.clone();
    required.sort_unstable();
    assert_eq!(seated, required, "every required field has exactly one seat");
    for substitutes in &record.substitutes {
        assert!(substitutes.persons.len() <= N_SUBSTITUTES);
        assert!(substitutes.persons.iter().all(|it| !persons.contains(it) && !excluded.contains(it)));
    }
    is_the_earliest(record, wanted);
}

/// Compares with a search through all panels in their order, where there are few enough.
fn is_the_earliest(record: &DrawRecord, wanted: &DrawRequest) {
    let n = record.eligible.len();
    if n > 11 {
        return;
    }
    let place = |person: &Person| record.eligible.iter().position(|it| &it.person == person).unwrap();
    let panel: Vec<usize> = record.panel.iter().map(|seat| place(&seat.person)).collect();
    let mut best: Option<Vec<usize>> = None;
    for mask in 0_u32..1 << n {
        if mask.count_ones() as usize != wanted.size {
            continue;
        }
        let members: Vec<usize> = (0..n).filter(|at| mask & (1 << at) != 0).collect();
        if covers(record, &members, &wanted.fields) && best.as_ref().is_none_or(|best| members < *best) {
            best = Some(members);
        }
    }
    assert_eq!(best, Some(panel));
}

/// Whether the fields can be given to different members, by trying everything.
fn covers(record: &DrawRecord, members: &[usize], fields: &[Field]) -> bool {
    let Some((field, rest)) = fields.split_first() else { return true };
    members.iter().any(|at| {
        let others: Vec<usize> = members.iter().copied().filter(|it| it != at).collect();
        record.eligible[*at].fields.contains(field) && covers(record, &others, rest)
    })
}
