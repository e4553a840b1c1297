//! The form of a new visit whose panel was drawn: what the record fills in, what founding is asked for, and how it looks.

use std::{collections::BTreeSet, path::Path, sync::mpsc};

use sha2::{Digest as _, Sha256};

use crate::{
    app::{
        home::Home,
        pool::draw::write_record,
        visit::{founding::FoundingRequest, mandate::MandateRequest},
    },
    domain::{
        facility::{Applied, Tier},
        pool::{
            Person, Pool, PoolExpert, Rank,
            draw::{DrawRecord, DrawRequest, draw},
        },
        terms::{
            date::Date,
            digest::Digest,
            field::Field,
            lang::{Lang, Text},
        },
    },
    tui::{
        desk::effect::{Effect, Msg, Occasion},
        drive::{model::Model, update::update, worker},
        fixture::{press, program},
        snapshot_tests::check,
    },
};

fn record() -> DrawRecord {
    let mut pool = Pool::default();
    for (name, field) in [
        ("林若安", Field::Medicine),
        ("陈思齐", Field::Management),
        ("马文博", Field::Tcm),
        ("周静怡", Field::InfectionControl),
        ("赵一鸣", Field::PublicHealth),
    ] {
        pool.put(PoolExpert {
            person: Person::new(name, "县医院"),
            title: "副主任医师".parse().unwrap(),
            fields: vec![field],
            training: String::new(),
            ties: Vec::new(),
            alliance: String::new(),
            county: String::new(),
            exception: String::new(),
        });
    }
    let request = DrawRequest {
        facility: "青禾镇卫生院".to_owned(),
        profile: String::new(),
        visit_on: None,
        alliance: String::new(),
        seed: "2026-11-20 双色球".to_owned(),
        size: 5,
        min: 5,
        odd: true,
        fields: Vec::new(),
        least: Some(Rank::Intermediate),
        left_out: Vec::new(),
        recusals: Vec::new(),
        allowed: BTreeSet::new(),
        drawn_on: Date::new(2026, 11, 20).unwrap(),
    };
    let hash = |text: &str| Digest(Sha256::digest(text.as_bytes()).into());
    draw(&pool, Digest([7; 32]), request, &hash).unwrap()
}

/// The form with the path of a record typed, and what it asks for then.
fn asks(path: &str) -> (Model, Vec<Effect>) {
    let mut model = program(Lang::Zh, (80, 24));
    press(&mut model, "2");
    update(&mut model, Msg::Profiles(Ok(vec![("township".into(), Text::new("乡镇", "Township"))])));
    let (down, up) = ("<Down>".repeat(6), "<Up>".repeat(5));
    let effects = press(&mut model, &format!("/usb/a{down}2026-12-01{up}{path}<Down>"));
    (model, effects)
}

fn drawn() -> Model {
    let (mut model, _) = asks("/usb/draw.json");
    update(&mut model, Msg::Draw("/usb/draw.json".into(), Ok(Box::new(record()))));
    model
}

fn founded(effects: &[Effect]) -> &FoundingRequest {
    let [Effect::Found(request, None), Effect::ShowCodes(Occasion::New)] = effects else {
        panic!("{effects:?}")
    };
    request
}

#[test]
fn the_record_gives_facility_and_panel_and_the_lead_is_chosen() {
    let (mut model, effects) = asks("\"/usb/draw.json\"");
    assert!(
        matches!(&effects[..], [Effect::ReadDraw(path)] if path == Path::new("/usb/draw.json")),
        "{effects:?}"
    );
    assert!(press(&mut model, "<F12>").is_empty(), "the record is still being read");
    update(&mut model, Msg::Draw("/usb/draw.json".into(), Ok(Box::new(record()))));
    let order: Vec<String> =
        record().roster().into_iter().map(|seated| seated.member.name.to_string()).collect();
    // From the row of the record to that of the lead, and on to the third who was drawn.
    let effects = press(&mut model, &format!("{}<Right><Right><F12>", "<Down>".repeat(7)));
    let request = founded(&effects);
    assert_eq!(request.facility, "青禾镇卫生院");
    assert_eq!(request.lead.name.as_str(), order[2]);
    let others: Vec<&str> = request.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(others, [&order[0], &order[1], &order[3], &order[4]]);
    assert_eq!(request.draw.as_ref(), Some(&record()));
}

#[test]
fn without_the_record_people_are_typed_again() {
    let mut model = drawn();
    press(&mut model, "<Up><C-u><Down>");
    let keys = format!("{}赵敏 医疗<Down>钱立 护理<F12>", "<Down>".repeat(6));
    let effects = press(&mut model, &keys);
    let request = founded(&effects);
    assert_eq!((request.lead.name.as_str(), request.members.len()), ("赵敏", 1));
    assert_eq!(request.draw, None);
}

#[test]
fn a_record_that_cannot_be_read_is_asked_for_again() {
    let dir = tempfile::tempdir().unwrap();
    let (sender, answers) = mpsc::channel();
    let home = Home::choose(Some(dir.path().join("home"))).unwrap();
    let (effects, _) = worker::start(home, Lang::Zh, move |msg| {
        let _ended = sender.send(msg);
    });
    let read = |path: &Path| {
        effects.send(Effect::ReadDraw(path.into())).unwrap();
        answers.recv().unwrap()
    };
    let path = dir.path().join("draw.json");
    let (mut model, _) = asks(&format!("'{}'", path.display()));
    update(&mut model, read(&path));
    assert!(model.open_dialogs() == ["FoundDialog", "FailureDialog"]);
    let again = press(&mut model, "<Esc><Down>");
    assert!(matches!(&again[..], [Effect::ReadDraw(_)]), "{again:?}");
    write_record(&path, &record()).unwrap();
    update(&mut model, read(&path));
    let effects = press(&mut model, "<F12>");
    assert_eq!(founded(&effects).members.len(), 4);
}

#[test]
fn the_answer_about_another_file_than_the_one_typed_is_not_taken() {
    let (mut model, _) = asks("/usb/old.json");
    press(&mut model, "<Up><C-u><Down>");
    update(&mut model, Msg::Draw("/usb/old.json".into(), Ok(Box::new(record()))));
    let keys = format!("青禾镇卫生院{}赵敏 医疗<Down>钱立 护理<F12>", "<Down>".repeat(6));
    assert_eq!(founded(&press(&mut model, &keys)).draw, None);
}

#[test]
fn the_day_gates_look_back_from_is_optional() {
    let mut model = drawn();
    let to_lookback = "<Down>".repeat(5);
    assert!(press(&mut model, &format!("{to_lookback}2026-13-01<F12>")).is_empty());
    let effects = press(&mut model, "<C-u>2026-10-08<F12>");
    assert_eq!(founded(&effects).lookback, Date::new(2026, 10, 8));
}

#[test]
fn the_form_of_a_visit_whose_panel_was_drawn() {
    let mut model = drawn();
    press(&mut model, &format!("{}<Right>", "<Down>".repeat(6)));
    check("found_drawn", model);
}

#[test]
fn what_the_visit_answers_to_is_chosen_and_typed_below_the_form() {
    let mut model = drawn();
    let plain = founded(&press(&mut model, "<F12>")).mandate.clone();
    assert_eq!(plain, MandateRequest::default(), "nothing of it must be said");
    let applied = format!("{}<Right><Right>", "<Down>".repeat(3));
    let below = "<Down><Down><Down><Down><Down><Down><Right><Down><Right><Right><Right><Down>12220221MB1234567X<Down>协会";
    let typed = "<Down>'/usb/old one.hecha'<Down>EM-01，EM-02<Down>钱立<Down>A1b2C3d4E5f6<Down>专家不足<F12>";
    let mut model = drawn();
    let effects = press(&mut model, &format!("{applied}{below}{typed}"));
    let mandate = MandateRequest {
        by: Some(Tier::City),
        facility_id: "12220221MB1234567X".to_owned(),
        follows: vec!["/usb/old one.hecha".into()],
        applied: Some(Applied::Recommended),
        scope: vec!["EM-01".into(), "EM-02".into()],
        organiser: "协会".to_owned(),
        office: "A1b2C3d4E5f6".to_owned(),
        deputy: "钱立".to_owned(),
        panel_reason: "专家不足".to_owned(),
    };
    assert_eq!(founded(&effects).mandate, mandate);
}
