//! The form by which a reader picks clauses. It is hidden until the script runs, and never printed.

use std::fmt::Write;

use crate::{
    domain::edit::verdict::Decision,
    report::{Report, markup::Escaped},
    words::{self, label},
};

/// The word for a verdict in the marks of the page.
pub(super) fn key(verdict: Option<Decision>) -> String {
    match verdict {
        Some(Decision::Grade(grade)) => grade.to_string(),
        Some(Decision::Points(_)) => "points".to_owned(),
        Some(Decision::NotApplicable) => "none".to_owned(),
        None => "open".to_owned(),
    }
}

pub(super) fn form(out: &mut String, report: &Report) {
    let lang = report.lang;
    let shown = lang.pick("显示 {n} / {all} 条", "{n} of {all} clauses shown");
    let _ = write!(
        out,
        "<form id=\"filter\" hidden=\"\" data-shown=\"{shown}\" aria-label=\"{}\">\n<label>{} <select name=\"area\">\
         <option value=\"\">{}</option>",
        lang.pick("筛选条款", "Filter the clauses"),
        lang.pick("领域", "Area"),
        lang.pick("全部", "all")
    );
    for (index, area) in report.areas.iter().enumerate() {
        let _ = write!(out, "<option value=\"{index}\">{}</option>", Escaped(&area.title));
    }
    let _ = write!(out, "</select></label>\n<fieldset><legend>{}</legend>", label::verdict(lang));
    for (key, title) in verdicts(report) {
        let _ = write!(
            out,
            "<label><input type=\"checkbox\" name=\"grade\" value=\"{key}\" checked=\"\"/> {}</label> ",
            Escaped(&title)
        );
    }
    let _ = write!(
        out,
        "</fieldset>\n<label><input type=\"checkbox\" name=\"differs\"/> {}</label>\n\
         <label>{} <input type=\"search\" name=\"text\" autocomplete=\"off\"/></label>\n\
         <button type=\"reset\">{}</button>\n</form>\n<p id=\"shown\" role=\"status\" hidden=\"\"></p>\n",
        lang.pick("只看有分歧的", "only where members differ"),
        lang.pick("文字", "Text"),
        lang.pick("全部显示", "Show all")
    );
}

/// The verdicts that occur, by key, in the order of the report.
fn verdicts(report: &Report) -> Vec<(String, String)> {
    let all = report.areas.iter().flat_map(|area| &area.clauses).map(|clause| clause.verdict);
    const ORDER: [&str; 7] = ["A", "B", "C", "D", "points", "none", "open"];
    let mut found: Vec<(String, String)> = Vec::new();
    for verdict in all {
        let key = key(verdict);
        if found.iter().all(|(it, _)| *it != key) {
            let title = match verdict {
                Some(Decision::Points(_)) => report.lang.pick("计分", "points").to_owned(),
                other => words::verdict(other, report.lang),
            };
            found.push((key, title));
        }
    }
    found.sort_by_key(|(key, _)| ORDER.iter().position(|it| it == key));
    found
}
