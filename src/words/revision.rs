//! What has become of a final record, in words.

use crate::domain::{
    terms::{digest::Digest, id::ClauseId, lang::Lang},
    visit::Visit,
};

/// Hexadecimal digits of a record that are shown where it is only named.
const SHOWN: usize = 16;

/// What must be known of revisions wherever a result is shown: which record this one replaces, and whether another one is under way.
#[must_use]
pub fn remarks(visit: &Visit, lang: Lang) -> Vec<String> {
    let revision = &visit.revision;
    let mut remarks = Vec::new();
    if visit.record_differs {
        remarks.push(
            lang.pick(
                "定稿写明的核查记录不是它所依据的这一份：组员签的是别的内容，不能作为结论。",
                "The final record names another record than the one it rests on: members signed something else, and this is no result.",
            )
            .to_owned(),
        );
    }
    if let Some(record) = &revision.superseded_by {
        let record = in_short(record);
        remarks.push(match lang {
            Lang::Zh => format!(
                "这一份已被第 {} 次修订（核查记录 {record}）替代，不是现行的定稿。",
                revision.replaced.len() + 1
            ),
            Lang::En => format!(
                "This record was replaced by revision {} (record {record}) and is not in force.",
                revision.replaced.len() + 1
            ),
        });
    }
    if let Some(replaced) = revision.replaced.last().filter(|_| !revision.is_draft) {
        let (n, record) = (revision.replaced.len(), in_short(replaced));
        let clauses = listed(revision.revised.iter(), lang);
        remarks.push(match lang {
            Lang::Zh => format!("第 {n} 次修订，替代核查记录 {record}；异议后经合议表决的条款：{clauses}。"),
            Lang::En => format!(
                "Revision {n}, in place of record {record}; clauses voted on again after an objection: {clauses}."
            ),
        });
    }
    if !revision.reopened.is_empty() {
        let clauses = listed(revision.reopened.iter(), lang);
        remarks.push(match (lang, revision.is_draft) {
            (Lang::Zh, true) => format!("这是修订稿，尚未定稿：机构对 {clauses} 提出异议，其他条款不变。"),
            (Lang::En, true) => format!(
                "A draft of a revision, not final: the facility objects to {clauses}; all other clauses stay as they are."
            ),
            (Lang::Zh, false) => format!("定稿后机构对 {clauses} 提出异议，专家组在复议；以下仍是现行的定稿。"),
            (Lang::En, false) => format!(
                "Since this was made final the facility objects to {clauses}, which the panel looks at again; this is the record in force."
            ),
        });
    }
    remarks
}

/// What is added to the name of a paper, so that the papers of two records of one visit lie side by side; empty where there is one.
#[must_use]
pub fn suffix(visit: &Visit, lang: Lang) -> String {
    match (visit.revision.replaced.len(), visit.revision.superseded_by) {
        (0, None) => String::new(),
        (0, Some(_)) => lang.pick("-第一次定稿", "-first").to_owned(),
        (n, _) => format!("-{}{n}", lang.pick("修订", "revision")),
    }
}

/// A record as it is named beside others.
#[must_use]
pub fn in_short(record: &Digest) -> String {
    record.to_hex().chars().take(SHOWN).collect()
}

fn listed<'a>(clauses: impl Iterator<Item = &'a ClauseId>, lang: Lang) -> String {
    let ids: Vec<&str> = clauses.map(ClauseId::as_str).collect();
    match ids.is_empty() {
        true => lang.pick("无", "none").to_owned(),
        false => ids.join(lang.pick("、", ", ")),
    }
}
