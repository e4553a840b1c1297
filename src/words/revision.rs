//! What has become of a final record, in words.

use crate::domain::{
    terms::{clean::clean_line, id::ClauseId, lang::Lang},
    visit::Visit,
};

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
    remarks.extend(rivals(visit, lang));
    if let Some(record) = &revision.superseded_by {
        let record = record.code();
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
        let (n, record) = (revision.replaced.len(), replaced.code());
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

/// That final records do not know of each other, and that there are more than are looked at; wherever the visit is shown.
#[must_use]
pub fn rivals(visit: &Visit, lang: Lang) -> Vec<String> {
    let mut told = Vec::new();
    if !visit.rival_ends.is_empty() {
        let names: Vec<String> = visit.rival_ends.iter().map(|name| clean_line(name.as_str())).collect();
        let names = names.join(lang.pick("、", ", "));
        told.push(match lang {
            Lang::Zh => format!("有互不知晓的定稿记录（{names}），各处取同一份：先组长，后副组长。"),
            Lang::En => format!(
                "Final records that do not know each other ({names}); everybody reads the same one, the lead's first."
            ),
        });
    }
    match (visit.n_unread_ends, lang) {
        (0, _) => {}
        (n, Lang::Zh) => told.push(format!("同一台电脑的定稿记录过多，后面 {n} 份没有查看。")),
        (n, Lang::En) => told.push(format!("Too many final records of one laptop: {n} were not looked at.")),
    }
    told
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

fn listed<'a>(clauses: impl Iterator<Item = &'a ClauseId>, lang: Lang) -> String {
    let ids: Vec<&str> = clauses.map(ClauseId::as_str).collect();
    match ids.is_empty() {
        true => lang.pick("无", "none").to_owned(),
        false => ids.join(lang.pick("、", ", ")),
    }
}
