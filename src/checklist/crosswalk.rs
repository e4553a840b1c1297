//! Reads a crosswalk file and checks it against the editions it joins, as far as these are at hand.

use std::ops::Range;

use crate::{
    checklist::{
        document::Document,
        problem::Problem,
        syntax,
        table::{Need, TableReader, is_id, words_of},
    },
    domain::{
        checklist::{
            Checklist,
            crosswalk::{Crosswalk, CrosswalkFault, CrosswalkRow, CrosswalkStatus, Relation},
        },
        terms::{clean::clean_line, lang::Text, source::Source},
    },
};

/// Ids told where some are left out; the rest is counted.
const MOST_NAMED: usize = 12;

/// A crosswalk with what is wrong with it. `None` if it cannot be read at all. `find` gives an edition by its name, if it is at
/// hand.
#[must_use]
pub fn check_crosswalk(
    file: &str,
    text: &str,
    find: impl Fn(&str) -> Option<Checklist>,
) -> (Option<Crosswalk>, Vec<Problem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = clean_line(file);
    let document = Document::new(&file, text);
    let Some(root) = syntax::parse(&document) else { return (None, document.into_problems()) };
    let root = TableReader::new(&document, &root, 0..0);
    let Some((crosswalk, places)) = read(&root) else { return (None, document.into_problems()) };
    let sides = [("from", &crosswalk.from), ("to", &crosswalk.to)];
    let [from, to] = sides.map(|(key, name)| {
        let found = find(name);
        if found.is_none() {
            let what = Text::new(
                format!("手边没有 {name}，这一边的编号没有核对"),
                format!("{name} is not at hand: the ids of this side are not checked"),
            );
            let way = Text::new(
                "用 --edition 指给它：清单文件夹或核查文件",
                "name it with --edition: a folder of checklists, or a visit file",
            );
            document.warn(places.header(key), what, Some(way));
        }
        found
    });
    for (row, fault) in crosswalk.faults(from.as_ref(), to.as_ref()) {
        let at = places.rows.get(row).cloned().unwrap_or(0..0);
        document.error(&at, told(&fault), None);
    }
    if let (Some(from), Some(to)) = (&from, &to) {
        let missing = [
            ("from", crosswalk.uncovered_from(from, to), "旧编号没有去处", "earlier ids go nowhere"),
            ("to", crosswalk.uncovered_to(from, to), "新编号没有来处", "later ids come from nowhere"),
        ];
        for (key, ids, zh, en) in missing.into_iter().filter(|(_, ids, ..)| !ids.is_empty()) {
            let n = ids.len();
            let named = ids.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(" ");
            let more = if n > MOST_NAMED { " …" } else { "" };
            let what = Text::new(format!("{n} 个{zh}：{named}{more}"), format!("{n} {en}: {named}{more}"));
            let way =
                Text::new("逐个写一行；不再要求的写 dropped，新增的写 new", "a row for each: dropped or new");
            document.error(places.header(key), what, Some(way));
        }
    }
    (Some(crosswalk), document.into_problems())
}

/// Where things stand.
struct Places {
    from: Range<usize>,
    to: Range<usize>,
    rows: Vec<Range<usize>>,
}

impl Places {
    fn header(&self, key: &str) -> &Range<usize> {
        if key == "from" { &self.from } else { &self.to }
    }
}

fn read(root: &TableReader<'_>) -> Option<(Crosswalk, Places)> {
    let header = root.table("crosswalk", Need::Must);
    let read = header.as_ref().map(|header| {
        let [from, to] = ["from", "to"].map(|key| header.line(key, Need::Must));
        let statuses = words_of(CrosswalkStatus::ALL, CrosswalkStatus::key, CrosswalkStatus::name);
        let status = header.word("status", Need::Must, CrosswalkStatus::parse, &statuses);
        let source = header.source("source", Need::Must);
        header.finish(("[crosswalk]", "[crosswalk]"), |_| None);
        if from == to && !from.is_empty() {
            let what = Text::new("from 和 to 是同一版", "from and to are the same edition");
            header.document().error(&header.span_of("to"), what, None);
        }
        (from, to, status, source, header.span_of("from"), header.span_of("to"))
    });
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for table in root.tables("map", Need::Must) {
        let relations = words_of(Relation::ALL, Relation::key, Relation::name);
        let relation = table.word("relation", Need::Must, Relation::parse, &relations);
        let [from, to] = ["from", "to"].map(|key| read_ids(&table, key));
        let note = table.line("note", Need::May);
        table.finish(("对照行", "the row"), |_| None);
        let Some(relation) = relation else { continue };
        rows.push(CrosswalkRow { relation, from, to, note });
        places.push(table.span_of("relation"));
    }
    root.finish(("对照文件", "a crosswalk file"), |_| None);
    let (from, to, status, source, from_at, to_at) = read?;
    let crosswalk = Crosswalk {
        from,
        to,
        status: status.unwrap_or(CrosswalkStatus::Draft),
        source: source.unwrap_or_else(Source::own_default),
        rows,
    };
    Some((crosswalk, Places { from: from_at, to: to_at, rows: places }))
}

fn read_ids(table: &TableReader<'_>, key: &'static str) -> Vec<String> {
    let ids = table.texts(key, Need::May).into_iter().filter_map(|id| {
        if is_id(id.get_ref()) {
            return Some((*id.get_ref()).to_owned());
        }
        let what = Text::new("不是条款或要点的编号", "no id of a clause or point");
        table.document().error(&id.span(), what, None);
        None
    });
    ids.collect()
}

fn told(fault: &CrosswalkFault) -> Text {
    match fault {
        CrosswalkFault::WrongCount => Text::new(
            "编号个数与关系不符：split 一对多，merged 多对一，dropped 没有新编号，new 没有旧编号，其余一对一",
            "wrong number of ids: split one to several, merged several to one, dropped to none, new from none, others one to one",
        ),
        CrosswalkFault::NotWhatItSays => Text::new(
            "same 的编号要相同，renamed 的编号要不同",
            "the ids of same are equal, those of renamed differ",
        ),
        CrosswalkFault::Mixed => Text::new("一行里既有条款又有要点", "clauses and points in one row"),
        CrosswalkFault::FromTwice(id) => {
            Text::new(format!("旧编号 {id} 已有一行"), format!("the earlier id {id} has a row already"))
        }
        CrosswalkFault::ToTwice(id) => {
            Text::new(format!("新编号 {id} 已有一行"), format!("the later id {id} has a row already"))
        }
        CrosswalkFault::UnknownFrom(id) => {
            Text::new(format!("旧版没有 {id}"), format!("the earlier edition has no {id}"))
        }
        CrosswalkFault::UnknownTo(id) => {
            Text::new(format!("新版没有 {id}"), format!("the later edition has no {id}"))
        }
    }
}
