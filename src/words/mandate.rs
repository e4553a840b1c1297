//! What a visit was founded with beyond facility, day and roster, as lines of a name and a value.

use crate::domain::{
    edit::mandate::{Followed, Mandate},
    terms::{id::ClauseId, lang::Lang},
};

/// Clauses of a scope that are named one by one.
const SHOWN: usize = 12;

/// What is laid down, and nothing of what is not: whose visit it is says the stage alone where the founding does not.
#[must_use]
pub fn lines(mandate: &Mandate, lang: Lang) -> Vec<(&'static str, String)> {
    let Mandate { by, facility_id, follows, applied, scope, organiser, office, deputy, panel_reason } =
        mandate;
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let said = [
        (lang.pick("申报档次", "Applied for"), applied.map(|applied| applied.name(lang).to_owned())),
        (lang.pick("组织层级", "Held by"), by.map(|tier| tier.name(lang).to_owned())),
        (lang.pick("机构编号", "Facility id"), text(facility_id)),
        (lang.pick("承办单位", "Carried out by"), text(organiser)),
        (lang.pick("核查范围", "Scope"), scope_text(scope, lang)),
        (
            lang.pick("副组长（建立时指定）", "Deputy from the start"),
            deputy.as_ref().map(ToString::to_string),
        ),
        (lang.pick("专家组人数说明", "Why the panel is as it is"), text(panel_reason)),
        (lang.pick("整改办公室电脑", "Device of the office"), office.as_ref().map(ToString::to_string)),
    ];
    let mut lines: Vec<(&str, String)> =
        said.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    lines.extend(follows.iter().map(|it| (lang.pick("前次核查", "Answers"), followed(it, lang))));
    lines
}

/// An earlier visit: stage, day, and the record by its first digits.
fn followed(followed: &Followed, lang: Lang) -> String {
    let record: String = followed.record.to_hex().chars().take(12).collect();
    let (stage, date) = (followed.stage.name(lang), followed.date);
    format!("{stage} {date}{}{record}", lang.pick("，记录 ", ", record "))
}

/// How many clauses are looked at, and which.
fn scope_text(scope: &[ClauseId], lang: Lang) -> Option<String> {
    let n = scope.len();
    let shown: Vec<&str> = scope.iter().take(SHOWN).map(ClauseId::as_str).collect();
    let more = if n > SHOWN { lang.pick(" 等", " and more") } else { "" };
    let shown = shown.join(lang.pick("、", ", "));
    (!scope.is_empty()).then(|| match lang {
        Lang::Zh => format!("部分条款，{n} 条：{shown}{more}"),
        Lang::En => format!("{n} clauses only: {shown}{more}"),
    })
}
