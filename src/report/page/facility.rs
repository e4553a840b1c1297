//! The facility's profile: what is given, and nothing of what is not.

use crate::domain::facility_profile::ProfileKind;
use crate::report::{
    Report,
    page::{Block, Section, section},
    wording,
};

pub(super) fn facility(report: &Report) -> Section {
    let lang = report.lang;
    let profile = &report.facility_profile.profile;
    let title = lang.pick("机构基本情况", "Facility profile");
    if profile.is_empty() {
        let nothing = lang.pick("机构基本情况未填写。", "The facility profile was not filled in.");
        return section(title, vec![Block::Text(nothing.to_owned())]);
    }
    let named = |field| wording::facility::name(field, profile.year(), lang);
    let mut facts = Vec::new();
    let mut texts = Vec::new();
    for (field, value) in profile.given() {
        if field.kind() == ProfileKind::Text {
            texts.extend([Block::Heading(named(field)), Block::Text(value.told(field, lang))]);
        } else {
            facts.push((named(field), value.told(field, lang)));
        }
    }
    for (field, values) in profile.contested() {
        facts.push((named(field), wording::facility::contested(field, values, lang)));
    }
    let mut blocks = Vec::new();
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    let warnings: Vec<String> = report
        .facility_profile
        .warnings
        .iter()
        .map(|(field, text)| format!("{}{}{text}", named(*field), lang.pick("：", ": ")))
        .collect();
    if !warnings.is_empty() {
        blocks.push(Block::List(warnings));
    }
    blocks.extend(texts);
    section(title, blocks)
}
