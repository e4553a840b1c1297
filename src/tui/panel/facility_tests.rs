//! The form of the facility's profile: what keys record, what is refused, and how it looks.

use crate::{
    app::{failure::Failure, report::forms::WrittenForm},
    domain::{
        edit::Edit,
        facility::profile::{ProfileField, ProfileValue},
        terms::lang::{Lang, Text},
    },
    tui::{
        desk::effect::{Effect, Msg},
        drive::{model::Model, update::update},
        fixture::{opened, press, scored_visit},
        snapshot_tests::{check, drawn, shows},
    },
};

fn lead() -> Model {
    let mut model = opened(scored_visit(), 0);
    press(&mut model, "<F6>7");
    assert!(model.open_dialogs() == ["FacilityDialog"]);
    model
}

fn recorded(effects: &[Effect]) -> Vec<(ProfileField, Option<ProfileValue>)> {
    // What is filled in when the votes are open goes into the file at once.
    let edits = effects.iter().filter(|it| !matches!(it, Effect::Sync)).flat_map(|effect| match effect {
        Effect::Record(_, edits) => edits.clone(),
        other => panic!("{other:?}"),
    });
    let field = |edit| match edit {
        Edit::Facility { field, value } => (field, value),
        other => panic!("{other:?}"),
    };
    edits.map(field).collect()
}

/// Goes to a field with the down key.
fn to(field: ProfileField) -> String {
    let at = ProfileField::ALL.iter().position(|it| *it == field).unwrap();
    format!("{}{}", "<Up>".repeat(ProfileField::ALL.len()), "<Down>".repeat(at))
}

fn filled() -> Model {
    let mut model = lead();
    let keys = [
        (ProfileField::Name, "青禾镇中心卫生院"),
        (ProfileField::BuildingArea, "3200.5"),
        (ProfileField::Population, "15000人"),
        (ProfileField::Staff, "42"),
        (ProfileField::Technicians, "43"),
        (ProfileField::Visits, "31200"),
    ];
    for (field, text) in keys {
        press(&mut model, &format!("{}{text}", to(field)));
    }
    press(
        &mut model,
        &format!("{}<Enter>达标建设思路：先急诊，<Enter>后住院。<Esc>", to(ProfileField::Plan)),
    );
    model
}

#[test]
fn a_field_is_recorded_when_it_is_left_and_only_if_it_changed() {
    let mut model = lead();
    let effects = press(&mut model, &format!("{}1.5<Down>", to(ProfileField::Population)));
    assert_eq!(recorded(&effects), [(ProfileField::Population, Some(ProfileValue::Count(15_000)))]);
    assert!(press(&mut model, "<Up><Down><Up>").is_empty(), "nothing changed");
    let effects = press(&mut model, "<C-u>15000人<Tab>");
    assert!(effects.is_empty(), "the same number of persons: {effects:?}");
    let effects = press(&mut model, "<Up><C-u><Esc>");
    assert_eq!(recorded(&effects), [(ProfileField::Population, None)]);
    assert!(model.dialogs.is_empty());
}

#[test]
fn what_is_no_value_stays_in_its_field_until_it_is_given_up() {
    let mut model = lead();
    assert!(press(&mut model, &format!("{}0.49999<Down>", to(ProfileField::Population))).is_empty());
    let mut kept = lead();
    assert!(press(&mut kept, &format!("{}x<Esc>", to(ProfileField::Beds))).is_empty());
    assert_eq!(kept.dialogs.len(), 1, "told once");
    assert!(press(&mut kept, "<Esc>").is_empty());
    assert!(kept.dialogs.is_empty(), "given up");
    let effects = press(&mut model, "<Left><Del><Down>");
    assert_eq!(recorded(&effects), [(ProfileField::Population, Some(ProfileValue::Count(4_999)))]);
}

#[test]
fn a_long_text_has_a_box_where_enter_is_a_new_line() {
    let mut model = lead();
    press(&mut model, &format!("{}<Enter>", to(ProfileField::Plan)));
    assert!(model.dialogs.len() == 2 && model.top_dialog() == "FacilityTextDialog");
    let effects = press(&mut model, "一<Enter>二<Esc>");
    let text = |text: &str| Some(ProfileValue::Text(text.to_owned()));
    assert_eq!(recorded(&effects), [(ProfileField::Plan, text("一\n二"))]);
    press(&mut model, "<Enter>");
    update(&mut model, Msg::Paste("建".repeat(1_999)));
    assert!(press(&mut model, "<Esc>").is_empty(), "2001 characters");
    assert!(model.dialogs.len() == 2 && model.top_dialog() == "FacilityTextDialog");
    let effects = press(&mut model, "<Left><Del><Esc>");
    assert_eq!(recorded(&effects), [(ProfileField::Plan, text(&format!("一\n二{}", "建".repeat(1_998))))]);
}

#[test]
fn a_text_that_a_sync_brought_meanwhile_is_written_over_only_knowingly() {
    let plan = |text: &str| Some(ProfileValue::Text(text.to_owned()));
    let mut model = lead();
    press(&mut model, &format!("{}<Enter>这里的", to(ProfileField::Plan)));
    let brought = Edit::Facility { field: ProfileField::Plan, value: plan("别处的") };
    model.desk.as_mut().unwrap().apply(&brought);
    assert!(press(&mut model, "<Esc>").is_empty());
    assert!(model.dialogs.len() == 2 && model.top_dialog() == "FacilityTextDialog", "told once");
    assert_eq!(recorded(&press(&mut model, "<Esc>")), [(ProfileField::Plan, plan("这里的"))]);
    let mut field = lead();
    press(&mut field, &to(ProfileField::Beds));
    let brought = Edit::Facility { field: ProfileField::Beds, value: Some(ProfileValue::Count(20)) };
    field.desk.as_mut().unwrap().apply(&brought);
    assert!(press(&mut field, "<Up><Esc>").is_empty(), "what was not typed into is not written over");
}

#[test]
fn members_look_and_do_not_fill_in() {
    let mut member = opened(scored_visit(), 1);
    press(&mut member, "<F6>7");
    assert!(press(&mut member, "x").is_empty() && !member.toast.is_empty());
    assert!(press(&mut member, "<Down>").is_empty());
    member.toast.clear();
    press(&mut member, &format!("{}<Enter>", to(ProfileField::Plan)));
    assert!(member.open_dialogs() == ["FacilityDialog"] && !member.toast.is_empty());
    assert!(press(&mut member, "<Esc>").is_empty() && member.dialogs.is_empty());
}

#[test]
fn forms_are_written_from_the_report_screen() {
    let mut model = opened(scored_visit(), 0);
    press(&mut model, "<F10>");
    let effects = press(&mut model, "<End><Enter>");
    assert!(matches!(&effects[..], [Effect::WriteForm(request, _)] if request.kind.key() == "closure"));
    assert!(press(&mut model, "7").is_empty(), "one at a time");
    let notes = vec![Text::new("没有填：单位地址", "not filled in: Address")];
    let path = "/visits/推荐表-青禾镇中心卫生院-2026-11-21.docx".into();
    update(&mut model, Msg::FormWritten(Ok(WrittenForm { path, notes })));
    assert!(matches!(press(&mut model, "7")[..], [Effect::WriteForm(..)]));
    update(&mut model, Msg::FormWritten(Err(Failure::bug("磁盘已满"))));
    assert!(matches!(press(&mut model, "0")[..], [Effect::Export(..)]));
}

#[test]
fn the_profile_and_a_long_text_of_it() {
    let mut empty = lead();
    shows(&mut empty, "+ 机构基本情况 已填 0/17 -", "+ Facility profile 0 of 17 filled in -");
    shows(&mut empty, "| 医疗机构执业许可证上的名称", "| As on the practice licence");
    let mut model = filled();
    press(&mut model, &to(ProfileField::Technicians));
    check("facility", &mut model);
    press(&mut model, &to(ProfileField::Population));
    shows(&mut model, "| = 1.5 万人（15000 人）", "| = 15000 persons");
    shows(&mut model, "| 不写单位就是万人，最多四位小数；", "| Ten thousands, at most four decimals;");
    press(&mut model, &format!("{}<Enter>", to(ProfileField::Plan)));
    check("facility_text", &mut model);
    update(&mut model, Msg::Paste("建".repeat(2_000)));
    press(&mut model, "<Esc>");
    shows(
        &mut model,
        "| ! 建设方案：2015 字，最多 2000 字（空白不计）",
        "| ! Construction plan: 2015 characters, at most 2000, white space not counted",
    );
    shows(&mut model, "|   再按一次 Esc 不存这一栏", "|   Esc again leaves it unsaved");
    assert!(
        drawn(&mut model, Lang::Zh, (80, 24)).starts_with("Zh 80x24 cursor 58,21\n"),
        "scrolled to the caret"
    );
}

#[test]
fn the_report_screen_after_a_form_is_written() {
    let mut written = opened(scored_visit(), 0);
    press(&mut written, "<F10>7");
    let notes = vec![
        Text::new("没有填：单位地址、联系电话", "not filled in: Address, Telephone"),
        Text::new(
            "卫生技术人员数：卫生技术人员数 43 多于在岗职工数 42",
            "Health technicians: 43 are more than 42 staff",
        ),
    ];
    let path = "/visits/推荐表-青禾镇中心卫生院-2026-11-21.docx".into();
    update(&mut written, Msg::FormWritten(Ok(WrittenForm { path, notes })));
    check("report_form", written);
}
