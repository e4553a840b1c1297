//! What an own change is about and what it says, in a few words: `IN-01 C3` and `是`.

use crate::{
    domain::{
        checklist::{Checklist, ItemList},
        edit::{Choice, Edit, Stand, finding::Finding},
        terms::{clean::clean_line, id::ClauseId, lang::Lang},
    },
    words::{aside, label, measure, yes_no},
};

/// A change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was changed.
    pub what: String,
    /// What it says now.
    pub value: String,
}

impl Told {
    /// Both in one line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.what, self.value)
    }
}

/// A change that can be undone, in words; of the others there is nothing to say.
#[must_use]
pub fn told(edit: &Edit, checklist: &Checklist, lang: Lang) -> Option<Told> {
    let none = || lang.pick("未记", "open").to_owned();
    let (what, value) = match edit {
        Edit::Finding { clause, point, value } => {
            let asked = checklist.clause(clause.as_str()).and_then(|clause| clause.point(point.as_str()));
            let list = asked.and_then(|point| checklist.list(point.measure.list()?.as_str()));
            (format!("{clause} {point}"), value.as_ref().map(|it| found(it, list, lang)))
        }
        Edit::Vote { clause, value } => (clause.to_string(), value.as_ref().map(|it| stand(it, lang))),
        Edit::ClearVote { clause, value } => {
            let what = format!("{clause} {}", lang.pick("公开表决", "vote in the clear"));
            (what, value.as_ref().map(|it| stand(it, lang)))
        }
        Edit::Note { clause, text } => {
            let what = format!("{clause} {}", lang.pick("备注", "note"));
            (what, (!text.is_empty()).then(|| clean_line(text)))
        }
        Edit::Evidence { clause, value, .. } => {
            let what = format!("{clause} {}", lang.pick("附件", "file"));
            (what, value.as_ref().map(|it| clean_line(&it.name)))
        }
        Edit::Verdict { clause, value } => {
            let what = format!("{clause} {}", label::verdict(lang));
            (what, value.as_ref().map(|_| lang.pick("组长结论", "decided").to_owned()))
        }
        Edit::Gate { gate, value } => {
            (gate.to_string(), value.as_ref().map(|_| lang.pick("组长结论", "decided").to_owned()))
        }
        Edit::Recuse { name, clause, reason } => {
            let of = clause.as_ref().map_or("*", ClauseId::as_str);
            let what = format!("{name} {} {of}", lang.pick("回避", "recused from"));
            (what, reason.as_ref().map(|it| clean_line(it)))
        }
        Edit::Dissent { clause, value } => {
            let what = format!("{clause} {}", lang.pick("不同意见的说明", "why the vote differs"));
            (what, value.as_ref().map(|_| lang.pick("已写", "written").to_owned()))
        }
        Edit::Objection { clause, value } => {
            let of = clause.as_ref().map_or("*", ClauseId::as_str);
            (
                format!("{of} {}", label::objection(lang)),
                value.as_ref().map(|_| lang.pick("已登记", "recorded").to_owned()),
            )
        }
        Edit::Facility { field, value } => {
            (field.name(lang).to_owned(), value.as_ref().map(|_| lang.pick("已填", "filled in").to_owned()))
        }
        // These are never undone.
        Edit::Found(_)
        | Edit::Join { .. }
        | Edit::Blind { .. }
        | Edit::Admit { .. }
        | Edit::Deputy { .. }
        | Edit::JoinOffice
        | Edit::Office { .. }
        | Edit::Device { .. }
        | Edit::Retire { .. }
        | Edit::Declare(_)
        | Edit::Absent { .. }
        | Edit::Plan(_)
        | Edit::Submit { .. }
        | Edit::Unseal
        | Edit::Offer(_)
        | Edit::Release(_)
        | Edit::Key { .. }
        | Edit::Close { .. }
        | Edit::Sign { .. }
        | Edit::Receipt { .. }
        | Edit::Final(_)
        | Edit::Rectify { .. }
        | Edit::Slot(_)
        | Edit::Unknown { .. } => return None,
    };
    Some(Told { what, value: value.unwrap_or_else(none) })
}

fn found(finding: &Finding, list: Option<&ItemList>, lang: Lang) -> String {
    match finding {
        Finding::Tick(yes) => yes_no(*yes, lang).to_owned(),
        _ => measure::told(finding, list, lang),
    }
}

fn stand(stand: &Stand, lang: Lang) -> String {
    let choice = match stand.choice {
        Choice::Grade(grade) => grade.to_string(),
        Choice::Points(points) => format!("{points} {}", lang.pick("分", "points")),
        Choice::Absent(kind) => kind.name(lang).to_owned(),
    };
    match stand.reason.is_empty() {
        true => choice,
        false => format!("{choice}{}", aside(&clean_line(&stand.reason), lang)),
    }
}
