//! Reads a template file, laid over the built-in template; all problems at once, each with its place.

use std::ops::Range;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::{
    domain::terms::{clean::clean_line, lang::Text},
    located::{
        Problem,
        document::Document,
        near, syntax,
        table::{Need, TableReader},
    },
    report::template::{
        Both, DEFAULT, Entry, Keep, Kind, Phrase, Prose, SectionId, Template, TemplateMark,
        placeholder::Placeholder,
        prose::{Slip, Token},
    },
};

/// Largest file read.
const LARGEST_FILE: usize = 256 * 1024;
/// Most sections of a template.
const MOST_SECTIONS: usize = 60;
/// How the ids of a template's own sections begin.
const OWN: &str = "own-";
/// The name of the built-in template in problems; a test sees that there are none.
const DEFAULT_NAME: &str = "default.toml";

/// The built-in template, with the problems it must not have.
pub(super) fn built_in() -> (Template, Vec<Problem>) {
    let entries = SectionId::ALL.map(|id| Entry::new(Kind::Known(id))).to_vec();
    let bare = Template { mark: None, title: Both::default(), entries };
    let document = Document::new(DEFAULT_NAME, DEFAULT);
    let template = read(&document, bare);
    (template, document.into_problems())
}

impl Template {
    /// A template from a file's bytes: the template and its warnings. `name` is the file as problems and reports name it.
    ///
    /// # Errors
    /// All problems, warnings included, when at least one is an error.
    pub fn load(name: &str, bytes: &[u8]) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let name = clean_line(name);
        let whole = |what: Text, suggestion| Err(vec![Problem::of_file(name.as_str(), what, suggestion)]);
        if bytes.len() > LARGEST_FILE {
            let what = Text::new(
                "文件超过 256 KB，不像是报告模板",
                "larger than 256 KB, which no report template is",
            );
            return whole(what, None);
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let what = Text::new("文件不是 UTF-8 编码", "the file is not UTF-8");
            let save = Text::new(
                "可能是 GBK 编码：用记事本打开，另存为 UTF-8",
                "it may be GBK: open it in an editor and save it as UTF-8",
            );
            return whole(what, Some(save));
        };
        // Editors on Windows put both in; neither is a slip of the author.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let document = Document::new(&name, &text);
        let mut template = read(&document, Self::built_in().as_ref().clone());
        let short = name.rsplit(['/', '\\']).next().unwrap_or(&name).to_owned();
        let sha256 = HEXLOWER.encode(&Sha256::digest(bytes));
        template.mark = Some(TemplateMark { name: short, sha256 });
        let failed = document.has_errors();
        let problems = document.into_problems();
        if failed { Err(problems) } else { Ok((template, problems)) }
    }

    /// Everything wrong with the built-in template: nothing, as a test sees.
    #[must_use]
    pub fn problems_of_built_in() -> Vec<Problem> {
        built_in().1
    }
}

/// Reads what a file says over `base`; what is wrong is noted in the document.
fn read(document: &Document<'_>, mut base: Template) -> Template {
    let Some(root) = syntax::parse(document) else { return base };
    let root = TableReader::new(document, &root, 0..0);
    let mut left_out = Vec::new();
    if let Some(header) = root.table("template", Need::May) {
        let (zh, en) = (phrase(&header, "title", Need::May), phrase(&header, "title_en", Need::May));
        base.title.lay_over(zh, en);
        left_out = read_left_out(&header);
        header.finish(("template 表", "the template table"), untouchable);
    }
    let mut listed: Vec<Entry> = Vec::new();
    for (index, table) in root.tables("section", Need::May).iter().enumerate() {
        if index >= MOST_SECTIONS {
            let what = Text::new(
                format!("章节超过 {MOST_SECTIONS} 个"),
                format!("more than {MOST_SECTIONS} sections"),
            );
            document.error(table.span(), what, None);
            break;
        }
        let Some((entry, at)) = read_section(table, &base) else { continue };
        if listed.iter().any(|it| it.kind == entry.kind) {
            let what =
                Text::new(format!("章节 {} 重复", entry.id()), format!("section {} is repeated", entry.id()));
            document.error(&at, what, None);
        } else if left_out.iter().any(|id| entry.kind == Kind::Known(*id)) {
            let what = Text::new(
                format!("章节 {} 又写了，又在 leave_out 里", entry.id()),
                format!("section {} is written and left out", entry.id()),
            );
            document.error(&at, what, None);
        } else {
            listed.push(entry);
        }
    }
    root.finish(("报告模板", "a report template"), untouchable);
    base.entries = placed(listed, base.entries);
    for entry in &mut base.entries {
        entry.left_out = left_out.iter().any(|id| entry.kind == Kind::Known(*id));
    }
    base
}

/// Sections that the template does not mention stay where they are by default: behind the one before them and the own
/// sections that follow it.
fn placed(listed: Vec<Entry>, base: Vec<Entry>) -> Vec<Entry> {
    let mut all = listed;
    let mut behind: Option<Kind> = None;
    for entry in base {
        let kind = entry.kind.clone();
        if all.iter().all(|it| it.kind != kind) {
            let from = behind.as_ref().and_then(|kind| all.iter().position(|it| it.kind == *kind));
            let from = from.map_or(0, |at| at + 1);
            let own = all.iter().skip(from).take_while(|it| matches!(it.kind, Kind::Own(_))).count();
            all.insert(from + own, entry);
        }
        behind = Some(kind);
    }
    all
}

fn read_left_out(header: &TableReader<'_>) -> Vec<SectionId> {
    let mut ids = Vec::new();
    for word in header.texts("leave_out", Need::May) {
        let Some(id) = SectionId::parse(word.get_ref()) else {
            header.document().error(&word.span(), unknown_section(word.get_ref()), known(word.get_ref()));
            continue;
        };
        if id.keep() == Keep::Always {
            let what = Text::new(
                format!("章节 {} 不能去掉", id.key()),
                format!("section {} cannot be left out", id.key()),
            );
            let why = Text::new(
                "非官方的标注、定稿豁免的理由和所用模板都印在这里，任何报告都要有；可以改名、移动",
                "it says what is not official, why matters were waived and which template was used, which every report must; it may be renamed and moved",
            );
            header.document().error(&word.span(), what, Some(why));
        } else if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// One section with the place of its id; `None` if it cannot be told which it is.
fn read_section(table: &TableReader<'_>, base: &Template) -> Option<(Entry, Range<usize>)> {
    let id = table.id("id", Need::Must);
    let kind = id.as_ref().and_then(|id| kind_of(id.get_ref()));
    if let (Some(id), None) = (&id, &kind) {
        table.document().error(&id.span(), unknown_section(id.get_ref()), known(id.get_ref()));
    }
    let is_own = matches!(kind, Some(Kind::Own(_)));
    let known = match kind {
        Some(Kind::Known(id)) => Some(id),
        _ => None,
    };
    let mut entry = known
        .and_then(|id| base.entry(id).cloned())
        .unwrap_or_else(|| Entry::new(kind.clone().unwrap_or_else(|| Kind::Own(OWN.to_owned()))));
    let must = if is_own { Need::Must } else { Need::May };
    entry.title.lay_over(phrase(table, "title", must), phrase(table, "title_en", Need::May));
    entry.before.lay_over(prose(table, "before", Need::May), prose(table, "before_en", Need::May));
    entry.after.lay_over(prose(table, "after", Need::May), prose(table, "after_en", Need::May));
    // Without a known id anything may have been meant: one problem is enough.
    if known.is_none_or(SectionId::has_text) {
        entry.text.lay_over(prose(table, "text", must), prose(table, "text_en", Need::May));
    }
    if known.is_some_and(SectionId::has_none) || kind.is_none() {
        entry.none.lay_over(phrase(table, "none", Need::May), phrase(table, "none_en", Need::May));
    }
    let place = match &kind {
        Some(_) => (format!("章节 {} ", entry.id()), format!("section {}", entry.id())),
        None => ("章节".to_owned(), "the section".to_owned()),
    };
    table.finish((&place.0, &place.1), |key| {
        untouchable(key).or_else(|| {
            matches!(key, "text" | "text_en" | "none" | "none_en").then(|| {
                Text::new(
                    "这一章节没有这样的固定文字；要加话用 before 或 after",
                    "this section has no such fixed text; add words with before or after",
                )
            })
        })
    });
    kind.map(|_| (entry, table.span_of("id")))
}

fn kind_of(id: &str) -> Option<Kind> {
    let own = || id.strip_prefix(OWN).filter(|rest| !rest.is_empty()).map(|_| Kind::Own(id.to_owned()));
    SectionId::parse(id).map(Kind::Known).or_else(own)
}

fn unknown_section(written: &str) -> Text {
    let written = clean_line(written);
    Text::new(format!("没有章节“{written}”"), format!("there is no section “{written}”"))
}

fn known(written: &str) -> Option<Text> {
    let keys = SectionId::ALL.map(SectionId::key);
    if near::nearest(written, keys).is_some() {
        return near::suggest(written, keys);
    }
    Some(Text::new(
        format!("可用：{}；自己的章节以 {OWN} 开头", keys.join("、")),
        format!("known: {}; own sections begin with {OWN}", keys.join(", ")),
    ))
}

/// Why there is no key for what a template must not change (invariant 9).
fn untouchable(key: &str) -> Option<Text> {
    let is_mark = ["mark", "marks", "unofficial", "official", "waiver", "waivers", "final"].contains(&key);
    is_mark.then(|| {
        Text::new(
            "“非官方”“未定稿”“示例规则”的标注和豁免理由由程序按实际情况印，模板不能改也不能去掉",
            "what is not official, not final or an example rule, and why matters were waived, is printed as it is; a template can neither change nor remove it",
        )
    })
}

fn phrase(reader: &TableReader<'_>, key: &'static str, need: Need) -> Option<Phrase> {
    if !reader.has(key) {
        let _ = reader.text(key, need);
        return None;
    }
    let line = reader.line(key, need);
    let mut slips = Slips::of(reader, key);
    Some(Phrase::read(&line, &mut |token| slips.take(&token)))
}

fn prose(reader: &TableReader<'_>, key: &'static str, need: Need) -> Option<Prose> {
    if !reader.has(key) {
        let _ = reader.text(key, need);
        return None;
    }
    let note = reader.note(key);
    let mut slips = Slips::of(reader, key);
    Some(Prose::read(&note, &mut |token| slips.take(&token)))
}

/// Finds markup in the file as it is written, since a string's value has lost its quotes and escapes, and notes what is
/// wrong with it.
struct Slips<'a> {
    document: &'a Document<'a>,
    span: Range<usize>,
    /// Up to where the file was searched; markup comes in the order of the text.
    at: usize,
}

impl<'a> Slips<'a> {
    fn of(reader: &TableReader<'a>, key: &str) -> Self {
        let span = reader.span_of(key);
        Self { document: reader.document(), at: span.start, span }
    }

    fn take(&mut self, token: &Token) {
        let raw = self.document.text().get(self.at..self.span.end).unwrap_or_default();
        let found = raw.find(&token.written).map(|found| self.at + found);
        let span = found.map_or_else(|| self.span.clone(), |at| at..at + token.written.len());
        if found.is_some() {
            self.at = span.end;
        }
        if let Some(slip) = token.slip {
            self.note(slip, &token.written, &span);
        }
    }

    fn note(&self, slip: Slip, written: &str, span: &Range<usize>) {
        let word = written.trim_matches(['{', '}']);
        let written = clean_line(written);
        match slip {
            Slip::Unknown => {
                let what =
                    Text::new(format!("没有占位符 {written}"), format!("there is no placeholder {written}"));
                self.document.error(span, what, near::suggest(word, Placeholder::words()));
            }
            Slip::Brace => {
                let what = Text::new("大括号没有成对", "a brace without its other half");
                let how = Text::new(
                    "占位符写成 {facility}；大括号本身写成 {{ 或 }}",
                    "a placeholder is written {facility}; a brace itself {{ or }}",
                );
                self.document.error(span, what, Some(how));
            }
            Slip::Bold => {
                let what = Text::new("** 没有成对，照原样印出", "** without its other half stays as it is");
                self.document.warn(span, what, None);
            }
            Slip::Heading => {
                let what = Text::new(
                    format!("没有 {written} 这一级标题，照原样印出"),
                    format!("there are no headings of level {written}; it stays as it is"),
                );
                let how = Text::new("小标题用两个 #", "a heading has two #");
                self.document.warn(span, what, Some(how));
            }
        }
    }
}
