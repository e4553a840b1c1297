//! A small visit for tests: two areas, every measure kind, a points-scale clause, five members, two gates.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use crate::{
    app::{
        failure::Failure,
        files::{FolderListing, ListedFile},
        session::SyncState,
        sync::report::SyncReport,
        visit::{founding::FoundingRequest, passphrase::Lock},
    },
    domain::{
        checklist::{
            Area, Aspect, Bound, Category, Checklist, Clause, Item, ItemList, Measure, Point, Scale,
            profile::{
                Condition, Gate, GatePeriod, MergeMethod, MergeRule, PanelRule, Profile, Reveal, Standard,
                StandardStatus,
            },
        },
        edit::{
            Choice, Edit, Founding, Member, Stand,
            commit::{CommitContent, LoggedCommit},
            declaration::Declaration,
            evidence::{EvidenceItem, MediaType},
            finding::Finding,
        },
        facility::{FacilityType, Stage},
        terms::{
            amount::Amount,
            date::Date,
            digest::Digest,
            field::{Field, Method},
            grade::{Grade, Level},
            id::{
                AreaId, CommitId, FeedId, ItemId, ListId, MemberName, PointId, ProfileId, StandardId, VisitId,
            },
            lang::Bilingual,
            source::Source,
        },
        visit::{Visit, recusal::Recusal},
    },
    tui::{
        desk::effect::{Effect, Msg, Snapshot, Synced},
        drive::{model::Model, update::update},
        keys::Key,
        theme::{Glyphs, Theme},
    },
};

pub(crate) const MEMBERS: [&str; 5] = ["赵敏", "钱立", "孙悦", "李阳", "周宁"];

/// What each member graded directly on clause EM-02 and EM-04, in roster order.
const GRADES: [[Option<Grade>; 5]; 2] = [
    [Some(Grade::B), Some(Grade::B), Some(Grade::D), Some(Grade::D), Some(Grade::C)],
    [Some(Grade::A), Some(Grade::C), Some(Grade::C), Some(Grade::A), None],
];

fn source(text: &str) -> Source {
    Source::parse(text).unwrap()
}

fn point(id: &str, level: Level, zh: &str, en: &str, measure: Measure) -> Point {
    Point {
        id: PointId::new(id),
        level,
        text: Bilingual::new(zh, en),
        measure,
        source: source("seed S3·F52"),
        na_when: Bilingual::default(),
        applies_to: Vec::new(),
        overridden_by: None,
    }
}

fn clause(id: &str, area: &str, zh: &str, en: &str, points: Vec<Point>) -> Clause {
    Clause {
        id: id.into(),
        title: Bilingual::new(zh, en),
        area: AreaId::new(area),
        core: false,
        focus: false,
        must_apply: false,
        applies_to: vec![FacilityType::Township],
        fields: vec![Field::Medicine, Field::Nursing],
        methods: vec![Method::Observe, Method::Document],
        place: "抢救室".to_owned(),
        basis: vec!["优质服务基层行活动方案".to_owned()],
        hint: Bilingual::new(
            "打开每台设备看自检结果，核对有效期。",
            "Switch each device on and read its self-test.",
        ),
        scale: None,
        points,
    }
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn emergency() -> Area {
    let equipment = Measure::Inventory {
        list: ListId::new("EQ-1"),
        aspect: Aspect::Working,
        at_least: Amount::ONE,
        source: Some(Source::own_default()),
    };
    let ratio = Measure::Ratio {
        bound: Some(Bound::AtLeast(amount("0.95"))),
        min_sample: Some(10),
        numerator: Bilingual::new("完好台数", "Working"),
        denominator: Bilingual::new("抽查台数", "Sampled"),
        source: Some(source("second-hand 县级细则")),
    };
    let number = Measure::Number {
        unit: Bilingual::new("分钟", "minutes"),
        min: None,
        max: Some(amount("10")),
        source: Some(Source::own_default()),
    };
    let count = Measure::Count {
        list: ListId::new("TECH"),
        items: 2,
        categories: 2,
        source: Some(source("seed S3·F60")),
    };
    let mut optional = point("B1", Level::B, "设有专用抢救床", "A resuscitation bed", Measure::Tick);
    optional.na_when = Bilingual::new("不设抢救室的机构", "No resuscitation room");
    let mut first = clause(
        "EM-01",
        "emergency",
        "急救设备配备与完好",
        "Emergency equipment present and working",
        vec![
            point(
                "C1",
                Level::C,
                "急救设备全部在位并贴有责任人标签",
                "All devices in place and labelled",
                Measure::Tick,
            ),
            point("C2", Level::C, "急救设备完好", "Devices in working order", equipment),
            optional,
            point("B2", Level::B, "抽查设备完好率", "Share of sampled devices working", ratio),
            point("A1", Level::A, "呼叫到接诊时间", "Time from call to care", number),
        ],
    );
    first.core = true;
    first.focus = true;
    let mut second = clause(
        "EM-02",
        "emergency",
        "急诊服务连续性",
        "Round-the-clock service",
        vec![
            point("C1", Level::C, "急诊二十四小时有人值守", "Staffed around the clock", Measure::Tick),
            point("B1", Level::B, "有值班医生名单", "A duty roster is posted", Measure::Tick),
            point("A1", Level::A, "有演练记录", "Drills are on record", Measure::Tick),
        ],
    );
    second.core = true;
    second.must_apply = true;
    let third = clause(
        "EM-03",
        "emergency",
        "急救技术",
        "Techniques",
        vec![point("C1", Level::C, "开展的急救技术", "Techniques on offer", count)],
    );
    Area {
        id: AreaId::new("emergency"),
        title: Bilingual::new("急诊急救", "Emergency and first aid"),
        edition: "2026.1".to_owned(),
        status: "unofficial".to_owned(),
        route: Bilingual::default(),
        clauses: [first, second, third].map(Arc::new).to_vec(),
    }
}

fn tcm() -> Area {
    let fourth = clause(
        "EM-04",
        "tcm",
        "中医药特色服务",
        "Traditional medicine services",
        vec![point("C1", Level::C, "设有中医馆", "A TCM unit exists", Measure::Tick)],
    );
    let mut fifth = clause("TC-05", "tcm", "中医药管理得分", "TCM management score", Vec::new());
    fifth.scale = Some(Scale { points: amount("10"), step: amount("0.5") });
    Area {
        id: AreaId::new("tcm"),
        title: Bilingual::new("中医药", "Traditional medicine"),
        edition: "2026.1".to_owned(),
        status: "unofficial".to_owned(),
        route: Bilingual::default(),
        clauses: [fourth, fifth].map(Arc::new).to_vec(),
    }
}

fn item(id: &str, zh: &str, en: &str, category: Option<&str>) -> Item {
    Item {
        id: ItemId::new(id),
        title: Bilingual::new(zh, en),
        category: category.map(Into::into),
        source: None,
    }
}

fn lists() -> Vec<ItemList> {
    let category = |id: &str, zh: &str, en: &str| Category { id: id.into(), title: Bilingual::new(zh, en) };
    vec![
        ItemList {
            id: ListId::new("EQ-1"),
            title: Bilingual::new("急救设备", "Emergency equipment"),
            evidence: Bilingual::default(),
            source: source("seed S3·F52"),
            categories: Vec::new(),
            items: vec![
                item("defibrillator", "除颤仪", "Defibrillator", None),
                item("suction", "吸引器", "Suction unit", None),
                item("ecg", "心电图机", "ECG", None),
            ],
        },
        ItemList {
            id: ListId::new("TECH"),
            title: Bilingual::new("急救技术", "Techniques"),
            evidence: Bilingual::new("近一年有使用记录", "Used within a year"),
            source: source("seed S3·F60"),
            categories: vec![
                category("ZA", "心肺复苏类", "Resuscitation"),
                category("ZB", "创伤类", "Trauma"),
            ],
            items: vec![
                item("T-01", "胸外按压", "Chest compression", Some("ZA")),
                item("T-02", "止血包扎", "Bleeding control", Some("ZB")),
                item("T-03", "电除颤", "Defibrillation", Some("ZA")),
            ],
        },
    ]
}

fn profile() -> Profile {
    let gate = |id: &str, zh: &str, en: &str| Gate {
        id: id.into(),
        title: Bilingual::new(zh, en),
        text: Bilingual::new(format!("回溯期内{zh}未发生"), format!("No {en} in the period")),
        lookback_months: Some(24),
        period: GatePeriod::Rolling,
        optional: false,
        source: source("seed S3·F12"),
    };
    Profile {
        id: ProfileId::new("township"),
        title: Bilingual::new("乡镇卫生院", "Township health centre"),
        edition: "2026.1".to_owned(),
        facility: FacilityType::Township,
        areas: vec![AreaId::new("emergency"), AreaId::new("tcm")],
        panel: PanelRule {
            min: 5,
            odd: true,
            title: "中级".to_owned(),
            fields: vec![Field::Medicine, Field::Finance],
            source: source("seed S3·F13"),
        },
        merge: MergeRule { method: MergeMethod::Median, quorum: 3, source: Source::own_default() },
        reveal: Reveal::OnSubmit,
        gates: vec![
            gate("IN-02.G1", "重大医疗事故", "major malpractice"),
            gate("IN-02.G2", "骗保行为", "fraud"),
        ],
        standards: vec![Standard {
            id: StandardId::new("basic"),
            title: Bilingual::new("基本标准", "Basic standard"),
            status: StandardStatus::Example,
            source: Source::own_default(),
            conditions: vec![
                Condition::Share { grade: Grade::C, share: amount("0.9"), area: None },
                Condition::Core { grade: Grade::C },
                Condition::Gates,
            ],
        }],
        subsidy: Vec::new(),
    }
}

pub(crate) fn founding() -> Founding {
    let fields = [Field::Medicine, Field::Nursing, Field::Tcm, Field::InfectionControl, Field::Information];
    let roster = MEMBERS.iter().zip(fields).map(|(name, field)| Member {
        name: MemberName::new(name),
        field,
        title: "主任医师".parse().unwrap(),
    });
    Founding {
        facility: "青禾镇中心卫生院".parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 9, 1).unwrap(),
        lookback: None,
        roster: roster.collect(),
        checklist: Arc::new(Checklist::new(profile(), vec![emergency(), tcm()], lists())),
        checklist_hash: "hash".to_owned(),
        draw: None,
    }
}

/// The n-th commit of a feed.
pub(crate) fn commit(member: usize, n: u64, edits: Vec<Edit>) -> LoggedCommit {
    LoggedCommit {
        id: CommitId::new(format!("{member}-{n}")),
        feed: FeedId::new(format!("feed-{member}")),
        n,
        previous: None,
        lamport: n + 1,
        seen: Arc::default(),
        content: CommitContent::Edits(edits),
    }
}

/// A direct grade.
pub(crate) fn grade(clause: &str, grade: Grade) -> Edit {
    let reason = if grade == Grade::D { "夜间无人值守" } else { "" };
    let stand = Stand { choice: Choice::Grade(grade), reason: reason.parse().unwrap() };
    Edit::Vote { clause: clause.into(), value: Some(stand) }
}

/// A real visit to be founded on this disk, with the same panel.
pub(crate) fn founding_request(file: PathBuf) -> FoundingRequest {
    let person =
        |name: &str| Member {
            name: name.into(), field: Field::Medicine, title: "主任医师".parse().unwrap()
        };
    FoundingRequest {
        file,
        facility: "青禾镇中心卫生院".to_owned(),
        profile: "township".to_owned(),
        stage: Stage::County,
        date: Date::new(2026, 9, 1).unwrap(),
        lookback: None,
        lead: person(MEMBERS[0]),
        members: MEMBERS[1..].iter().map(|name| person(name)).collect(),
        recusals: Vec::new(),
        draw: None,
    }
}

/// A visit in which nobody has scored; everyone has joined and declared.
pub(crate) fn fresh_visit() -> Visit {
    joined(&[Edit::Declare(Declaration::default())])
}

/// A visit in which everyone has joined and nobody declared.
pub(crate) fn undeclared_visit() -> Visit {
    joined(&[])
}

fn joined(then: &[Edit]) -> Visit {
    let joins = MEMBERS.iter().enumerate().map(|(index, name)| {
        let join = Edit::Join { name: MemberName::new(name), expert: None };
        let edits = (index > 0).then_some(join).into_iter().chain(then.iter().cloned());
        commit(index, 1, edits.collect())
    });
    Visit::fold(VisitId::new("visit"), Arc::new(founding()), &FeedId::new("feed-0"), None, joins.collect())
}

/// A visit in which everyone has graded two clauses and submitted.
pub(crate) fn scored_visit() -> Visit {
    let founding = Arc::new(founding());
    let recusal = Recusal {
        name: MemberName::new(MEMBERS[4]),
        clause: Some("EM-04".into()),
        reason: "曾在该机构任职".to_owned(),
        declared: false,
    };
    let mut commits = vec![commit(0, 1, vec![recusal.into_edit().unwrap()])];
    commits.extend((1..MEMBERS.len()).map(|index| commit(index, 1, Vec::new())));
    for (index, name) in MEMBERS.iter().enumerate() {
        let mut edits = vec![
            Edit::Join { name: MemberName::new(name), expert: None },
            Edit::Declare(Declaration::default()),
        ];
        edits.extend(GRADES[0][index].map(|it| grade("EM-02", it)));
        edits.extend(GRADES[1][index].map(|it| grade("EM-04", it)));
        edits.push(Edit::Finding {
            clause: "EM-01".into(),
            point: "C1".into(),
            value: Some(Finding::Tick(index % 2 == 1)),
        });
        let heads = BTreeMap::from([(FeedId::new(format!("feed-{index}")), 2)]);
        edits.push(Edit::Submit { heads, tips: BTreeSet::new(), key: None });
        commits.push(commit(index, 2, edits));
    }
    Visit::fold(VisitId::new("visit"), founding, &FeedId::new("feed-0"), None, commits)
}

/// A visit as the worker would send it; the member sits here by roster place.
pub(crate) fn snapshot(visit: Visit, member: usize) -> Box<Snapshot> {
    Box::new(Snapshot {
        chair: visit.leads(&MemberName::new(MEMBERS[member])),
        visit,
        me: Some(MemberName::new(MEMBERS[member])),
        lead: member == 0,
        feed: FeedId::new(format!("feed-{member}")),
        file: PathBuf::from("/visits/青禾.hecha"),
        sync: SyncState { pending: 0, in_file: 3, receipted: 0 },
        lock: Lock::Open,
        ticket: 0,
        record: Digest([9; 32]),
    })
}

/// A photo attached to a clause.
pub(crate) fn photo(clause: &str, name: &str) -> Edit {
    let item = EvidenceItem {
        name: name.to_owned(),
        caption: "".parse().unwrap(),
        point: None,
        size: 4_210_000,
        media: MediaType::Jpeg,
        sealed: Digest([0; 32]),
    };
    Edit::Evidence { clause: clause.into(), digest: Digest([7; 32]), value: Some(item) }
}

/// A folder as the worker would send it.
pub(crate) fn folder() -> FolderListing {
    let file = |name: &str, size, minute: u8| ListedFile {
        name: name.to_owned(),
        size,
        modified: format!("2026-09-01 09:{minute:02}"),
    };
    FolderListing {
        folder: PathBuf::from("/photos"),
        folders: vec!["..".to_owned(), "青禾".to_owned()],
        files: vec![file("抢救车.jpg", 3_900_000, 41), file("值班表 1.png", 830_000, 12)],
    }
}

/// The end of a sync of that visit.
pub(crate) fn synced(result: Result<SyncReport, Failure>) -> Msg {
    Msg::Synced(Synced { file: "/visits/青禾.hecha".into(), at: "2026-09-01 14:03".to_owned(), result })
}

/// A program at home, with nothing read yet.
pub(crate) fn program(lang: crate::domain::terms::lang::Lang, size: (u16, u16)) -> Model {
    Model::new(lang, Theme::new(false, Glyphs::Ascii), size)
}

/// A program with a visit open.
pub(crate) fn opened(visit: Visit, member: usize) -> Model {
    let mut model = program(crate::domain::terms::lang::Lang::Zh, (80, 24));
    update(&mut model, Msg::Opened(Ok(snapshot(visit, member))));
    model
}

/// Presses keys written as `jj<Enter><F2><C-s>`; every recording is answered as stored. Gives the effects.
pub(crate) fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in read_keys(keys) {
        for effect in update(model, Msg::Key(key)) {
            if let Effect::Record(ticket, _) = effect {
                let pending = SyncState { pending: 1, in_file: 3, receipted: 0 };
                update(model, Msg::Recorded(ticket, Ok(pending)));
            }
            effects.push(effect);
        }
    }
    effects
}

fn read_keys(text: &str) -> Vec<Key> {
    use crossterm::event::KeyCode;
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = named {
            rest = after;
            keys.push(match name {
                "Enter" => Key::of(KeyCode::Enter),
                "Esc" => Key::of(KeyCode::Esc),
                "Tab" => Key::of(KeyCode::Tab),
                "Up" => Key::of(KeyCode::Up),
                "Down" => Key::of(KeyCode::Down),
                "Left" => Key::of(KeyCode::Left),
                "Right" => Key::of(KeyCode::Right),
                "Home" => Key::of(KeyCode::Home),
                "End" => Key::of(KeyCode::End),
                "Del" => Key::of(KeyCode::Delete),
                "Space" => Key::ch(' '),
                other => match (other.strip_prefix("C-"), other.strip_prefix('F')) {
                    (Some(c), _) => Key::ctrl(c.chars().next().unwrap()),
                    (None, Some(n)) => Key::f(n.parse().unwrap()),
                    (None, None) => panic!("no key {other}"),
                },
            });
        } else {
            keys.push(Key::ch(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}
