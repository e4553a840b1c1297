//! The route sheet of a member: what is read before the visit, the places in the order they are walked, and at each the clauses
//! with room to write, so that the sheet is enough where there is no laptop.

use crate::{
    domain::{
        checklist::Checklist,
        edit::plan::Plan,
        plan::route::{Route, Stop},
        terms::{date::Date, field::Field, lang::Lang},
    },
    report::{
        page::{Block, Page, Section, Table},
        sheet,
    },
    words::plan as words,
};

/// What a route sheet is made of.
#[derive(Debug)]
pub struct RouteSheet<'a> {
    /// Name of the facility.
    pub facility: &'a str,
    /// Day of the visit.
    pub date: Date,
    /// Who walks.
    pub name: &'a str,
    /// Their field.
    pub field: Field,
    /// The plan in force; `None` = everybody everything.
    pub plan: Option<&'a Plan>,
    /// The checklist with its content hash, so that what is typed in later goes to the right one.
    pub checklist: &'a Checklist,
    /// The hash.
    pub hash: &'a str,
    /// The way.
    pub route: &'a Route,
    /// Whether any clause is our own wording.
    pub unofficial: bool,
}

/// The sheet, ready for a document format.
#[must_use]
pub fn page(sheet: &RouteSheet<'_>, lang: Lang) -> Page {
    let mut sections = vec![front(sheet, lang)];
    let stops = sheet.route.documents.iter().chain(&sheet.route.stops);
    for stop in stops {
        let clauses = stop.clauses.iter().filter_map(|id| sheet.checklist.clause(id.as_str()));
        let before = is_documents(stop).then_some(lang.pick("（看资料）", " (documents)"));
        sections.extend(clauses.map(|clause| {
            let mut section = sheet::section(clause, &sheet.checklist.lists, lang);
            section.title.push_str(before.unwrap_or_default());
            section
        }));
    }
    let title = format!("{} · {}", lang.pick("走查路线单", "Route sheet"), sheet.name);
    Page { title, marks: sheet::marks(sheet.unofficial, lang), sections }
}

/// The documents have no place.
fn is_documents(stop: &Stop) -> bool {
    stop.place.is_empty()
}

fn front(sheet: &RouteSheet<'_>, lang: Lang) -> Section {
    let fact = |zh: &str, en: &str, value: String| (lang.pick(zh, en).to_owned(), value);
    let hours = |hours: String| format!("{hours}{}", lang.pick(" 小时", " h"));
    let mut facts = vec![
        fact("机构", "Facility", sheet.facility.to_owned()),
        fact("核查日期", "Day of the visit", sheet.date.to_string()),
        fact(
            "专家",
            "Expert",
            format!("{}{}", sheet.name, crate::words::aside(sheet.field.name(lang), lang)),
        ),
    ];
    if let Some(plan) = sheet.plan {
        facts.push(fact("现场", "On site", hours(plan.hours.to_string())));
        if let Some(documents) = plan.documents {
            let day = documents.on.map(|day| format!("{day}  ")).unwrap_or_default();
            facts.push(fact("看资料", "Documents", format!("{day}{}", hours(documents.hours.to_string()))));
        }
    }
    facts.push(fact("清单", "Checklist", format!("{} · {}", sheet.checklist.profile.edition, sheet.hash)));
    facts.push(fact("签名", "Signature", String::new()));
    let mut table = Table::new(&[
        (lang.pick("地点", "Place"), 5),
        (lang.pick("约需", "About"), 3),
        (lang.pick("条款", "Clauses"), 12),
        (lang.pick("完成", "Done"), 2),
    ]);
    let stops = sheet.route.documents.iter().chain(&sheet.route.stops);
    table.rows.extend(stops.map(|stop| {
        let place = if is_documents(stop) {
            lang.pick("看资料（到现场之前）", "Documents (before the visit)").to_owned()
        } else {
            stop.place.get(lang).to_owned()
        };
        let named = stop.clauses.iter().filter_map(|id| sheet.checklist.clause(id.as_str()));
        let named: Vec<String> = named
            .map(|clause| {
                let core = if clause.core { lang.pick("★", "* ") } else { "" };
                format!("{core}{} {}", clause.id, clause.title.get(lang))
            })
            .collect();
        vec![place, words::duration(stop.minutes, lang), named.join("\n"), "□".to_owned()]
    }));
    let how = lang.pick(
        "按次序走；逐个要点打勾或填数。没有电脑的专家照此填写、签名，由别人在其席位下录入。",
        "Walk in this order; tick or fill in each point. Who has no laptop fills this in and signs, and it is typed in under their seat.",
    );
    Section {
        title: lang.pick("路线", "Route").to_owned(),
        blocks: vec![Block::Facts(facts), Block::Text(how.to_owned()), Block::Table(table)],
        own_page: false,
    }
}
