//! The facility's profile: what is given, and nothing of what is not.

use crate::{
    domain::facility::profile::{ProfileField, ProfileKind},
    report::{
        Report,
        page::{Block, filled},
        template::SectionId,
    },
    words::facility,
};

/// Each field that is given or contested, with its name and what is said of it, in the order of the form.
pub(in crate::report) fn facility_rows(report: &Report) -> Vec<(ProfileField, String, String)> {
    let lang = report.lang;
    let profile = &report.facility_profile.profile;
    let told = |field: ProfileField| match profile.contest_of(field) {
        Some(values) => Some(facility::contested(field, values, lang)),
        None => profile.get(field).map(|value| value.told(field, lang)),
    };
    let named = |field| facility::name(field, profile.year(), lang);
    ProfileField::ALL.iter().filter_map(|field| Some((*field, named(*field), told(*field)?))).collect()
}

pub(super) fn facility(report: &Report) -> Vec<Block> {
    let lang = report.lang;
    let rows = facility_rows(report);
    if rows.is_empty() {
        return vec![filled::none(SectionId::Profile, report)];
    }
    let (long, short): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(field, ..)| field.kind() == ProfileKind::Text);
    let mut blocks = Vec::new();
    if !short.is_empty() {
        blocks.push(Block::Facts(short.into_iter().map(|(_, name, told)| (name, told)).collect()));
    }
    let year = report.facility_profile.profile.year();
    let warnings = report.facility_profile.warnings.iter().map(|(field, text)| {
        format!("{}{}{text}", facility::name(*field, year, lang), lang.pick("：", ": "))
    });
    let warnings: Vec<String> = warnings.collect();
    if !warnings.is_empty() {
        blocks.push(Block::List(warnings));
    }
    blocks.extend(long.into_iter().flat_map(|(_, name, told)| [Block::Heading(name), Block::Text(told)]));
    blocks
}
