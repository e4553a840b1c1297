//! A scoring sheet on paper, for a power cut: clauses with room to write, arranged as a [`Page`].

use crate::{
    domain::{
        checklist::{Clause, ItemList, Measure, Phase},
        terms::{
            citation::cite,
            field::{Field, Method},
            grade::Grade,
            lang::Lang,
        },
    },
    report::page::{Block, Page, Section, Table},
    words::{
        self, label,
        measure::{measure_text, number_mark, room, sample_text},
    },
};

/// What a sheet is made of.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// Title of the checklist.
    pub title: &'a str,
    /// Which part it is, e.g. a field or a place; empty = all of it.
    pub part: &'a str,
    /// Edition and content hash, so that votes typed in later go to the right checklist.
    pub edition: &'a str,
    /// Whether any clause is our own wording.
    pub unofficial: bool,
    /// Clauses in order.
    pub clauses: Vec<&'a Clause>,
    /// Lists that their points refer to.
    pub lists: &'a [ItemList],
}

/// The sheet, ready for a document format.
#[must_use]
pub fn page(sheet: &Sheet<'_>, lang: Lang) -> Page {
    let word = lang.pick("评分表", "scoring sheet");
    let part = if sheet.part.is_empty() { String::new() } else { format!(" · {}", sheet.part) };
    let marks = marks(sheet.unofficial, lang);
    let mut sections = vec![front(sheet, lang)];
    sections.extend(sheet.clauses.iter().map(|clause| section(clause, sheet.lists, lang)));
    Page { title: format!("{}{} {word}", sheet.title, part), marks, sections }
}

/// That a checklist is no official one, if it is not.
pub(in crate::report) fn marks(unofficial: bool, lang: Lang) -> Vec<String> {
    let mark = lang
        .pick("条款表为自编，非官方评审标准。", "The checklist is our own wording, not the official guide.");
    unofficial.then(|| mark.to_owned()).into_iter().collect()
}

fn front(sheet: &Sheet<'_>, lang: Lang) -> Section {
    let blank = |zh: &str, en: &str| (lang.pick(zh, en).to_owned(), String::new());
    let facts = vec![
        blank("机构", "Facility"),
        blank("核查日期", "Day of the visit"),
        blank("专家", "Expert"),
        blank("签名", "Signature"),
        (lang.pick("清单版本", "Checklist edition").to_owned(), sheet.edition.to_owned()),
        (lang.pick("条款数", "Clauses").to_owned(), sheet.clauses.len().to_string()),
    ];
    let how = lang.pick(
        "逐个要点打勾或填数；C 级要点全部达到为 C 档，再达到 B 级为 B 档，再达到 A 级为 A 档。回到电脑后用 hecha score 或界面录入，以录入为准。",
        "Tick or fill in each point; all C points make a C, all B points as well a B, all A points as well an A. Enter the sheet later with hecha score or on screen; what is entered counts.",
    );
    Section {
        title: lang.pick("填写", "To fill in").to_owned(),
        blocks: vec![Block::Facts(facts), Block::Text(how.to_owned())],
        own_page: false,
    }
}

/// A clause with room to write.
pub(in crate::report) fn section(clause: &Clause, lists: &[ItemList], lang: Lang) -> Section {
    let core = if clause.core { lang.pick(" ★核心", " ★ core") } else { "" };
    let focus = if clause.focus { lang.pick(" ◆重点", " ◆ focus") } else { "" };
    let methods: Vec<&str> = clause.methods.iter().map(|it| Method::name(*it, lang)).collect();
    let fields: Vec<&str> = clause.fields.iter().map(|it| Field::name(*it, lang)).collect();
    let where_and_how = format!(
        "{}{} · {}{} · {}{}",
        lang.pick("地点：", "place: "),
        clause.place.get(lang),
        lang.pick("方法：", "how: "),
        methods.join(lang.pick("、", ", ")),
        lang.pick("专业：", "fields: "),
        fields.join(lang.pick("、", ", "))
    );
    let mut blocks = vec![Block::Text(where_and_how)];
    if !clause.points.is_empty() {
        blocks.push(Block::Table(points(clause, lang)));
    }
    let mut printed = Vec::new();
    for id in clause.points.iter().filter_map(|point| point.measure.list()) {
        if let Some(list) = lists.iter().find(|list| &list.id == id).filter(|_| !printed.contains(&id)) {
            printed.push(id);
            blocks.push(Block::Table(things(list, clause, lang)));
        }
    }
    blocks.push(Block::Facts(verdict(clause, lang)));
    Section {
        title: format!("{} {}{core}{focus}", clause.id, clause.title.get(lang)),
        blocks,
        own_page: false,
    }
}

fn points(clause: &Clause, lang: Lang) -> Table {
    let mut table = Table::new(&[
        (label::point(lang), 2),
        (lang.pick("要求", "Requirement"), 12),
        (lang.pick("记录", "Record"), 5),
        (lang.pick("结果", "Result"), 5),
    ]);
    table.rows.extend(clause.points.iter().map(|point| {
        let mut asked = point.text.get(lang).to_owned();
        if point.phase == Phase::Documents {
            asked.push_str(&words::aside(label::documents_phase(lang), lang));
        }
        let measure = measure_text(&point.measure, lang);
        if !measure.is_empty() {
            asked.push_str(&format!("\n{measure}"));
        }
        if let Some(sample) = sample_text(&point.measure, lang) {
            asked.push_str(&words::aside(&sample, lang));
        }
        // A number of this place must not pass for an official one on paper either (invariant 9).
        if let Some(source) = &point.overridden_by {
            let mark = if source.is_unconfirmed() {
                number_mark(source, lang)
            } else {
                lang.pick("本地", "local")
            };
            asked.push_str(&words::aside(&format!("{mark} {}", cite(source.as_str(), lang)), lang));
        }
        let not_applicable = if point.na_when.is_empty() {
            String::new()
        } else {
            format!("\n□ {}{}", lang.pick("不适用：", "n/a: "), point.na_when.get(lang))
        };
        let result = format!("{}{not_applicable}", lang.pick("□ 是   □ 否", "□ yes   □ no"));
        vec![point.id.to_string(), asked, room(&point.measure, lang), result]
    }));
    table
}

/// The things of a list, two a row: an inventory asks for a state, a count only whether the thing counts.
fn things(list: &ItemList, clause: &Clause, lang: Lang) -> Table {
    let is_inventory = clause
        .points
        .iter()
        .any(|point| matches!(&point.measure, Measure::Inventory { list: id, .. } if id == &list.id));
    let boxes = if is_inventory && list.presence_only {
        lang.pick("□有   □缺", "□there   □missing")
    } else if is_inventory {
        lang.pick("□正常 □故障\n□过期 □缺", "□ok □faulty\n□expired □missing")
    } else {
        "□"
    };
    let title = format!("{} {}", list.id, list.title.get(lang));
    let state = lang.pick("结果", "Result");
    let mut table = Table::new(&[(title.as_str(), 7), (state, 5), ("", 7), (state, 5)]);
    let named = |index: usize| {
        list.items.get(index).map_or_else(
            || [String::new(), String::new()],
            |item| {
                let category = item.category.as_ref().map_or_else(String::new, |id| format!("[{id}] "));
                let needed =
                    if clause.needs(&list.id, &item.id) { lang.pick("★必备 ", "★ must: ") } else { "" };
                let id = words::aside(item.id.as_str(), lang);
                [format!("{needed}{category}{}{id}", item.title.get(lang)), boxes.to_owned()]
            },
        )
    };
    let rows = (0..list.items.len()).step_by(2);
    table.rows.extend(rows.map(|index| [named(index), named(index + 1)].concat()));
    table
}

fn verdict(clause: &Clause, lang: Lang) -> Vec<(String, String)> {
    let absences =
        lang.pick("□ 未看   □ 不适用   □ 资料未提供", "□ not seen   □ not applicable   □ not provided");
    let grade = match clause.scale {
        Some(scale) => format!(
            "____ / {} {}",
            scale.points,
            words::aside(&format!("{}{}", lang.pick("步长 ", "step "), scale.step), lang)
        ),
        None => Grade::ALL.map(|grade| format!("□ {grade}")).join("   "),
    };
    vec![
        (lang.pick("评分", "Grade").to_owned(), format!("{grade}      {absences}")),
        (lang.pick("理由、备注与证据", "Reason, notes, evidence").to_owned(), "\n\n".to_owned()),
    ]
}
