//! Parses TOML and words its syntax errors in both languages.

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::{domain::terms::lang::Text, located::document::Document};

/// What the parser says, by the beginning of its message, and how we say it.
const KNOWN: [(&str, &str); 24] = [
    ("duplicate key", "键重复"),
    ("invalid unquoted key", "键里有不允许的字符"),
    ("unquoted keys cannot be empty", "键是空的"),
    ("key with no value", "键后面缺少等号和值"),
    ("missing value", "等号后面缺少值"),
    ("missing assignment", "键和值之间缺少等号"),
    ("missing opening quote", "字符串缺少开头的引号"),
    ("string values must be quoted", "文字的值要放在引号里"),
    ("invalid basic string", "字符串没有写完整，可能缺少结尾的引号"),
    ("invalid literal string", "字符串没有写完整，可能缺少结尾的引号"),
    ("missing comma between array elements", "数组的各项之间缺少逗号"),
    ("missing comma between key-value pairs", "行内表的各项之间缺少逗号"),
    ("extra comma", "多了一个逗号"),
    ("extra `=`", "多了一个等号"),
    ("extra assignment", "多了一个等号"),
    ("unclosed array table", "缺少 ]]"),
    ("unclosed array", "数组缺少 ]"),
    ("unclosed inline table", "行内表缺少 }"),
    ("unclosed table", "表头缺少 ]"),
    ("unexpected leading zero", "数字前面多了 0"),
    ("missing escaped value", "反斜杠后面缺少转义字符"),
    ("cannot recurse further", "嵌套太深"),
    ("recursion limit", "嵌套太深"),
    ("invalid value", "值的写法不对"),
];

/// Full-width characters that look like TOML's own.
const FULL_WIDTH: &str = "“”‘’＂＇＝，：。［］【】｛｝＃（）、";

/// Parses the document, noting every syntax error; `None` if there is one.
pub(crate) fn parse<'a>(document: &Document<'a>) -> Option<DeTable<'a>> {
    let (root, errors) = DeTable::parse_recoverable(document.text());
    let mut lines_told = Vec::new();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let (line, _) = document.line_at(span.start);
        // One slip makes the parser stumble several times; the first message of a line is the one to act on.
        if !lines_told.contains(&line) && lines_told.len() < 20 {
            lines_told.push(line);
            note(document, error, &span);
        }
    }
    errors.is_empty().then(|| root.into_inner())
}

fn note(document: &Document<'_>, error: &Error, span: &Range<usize>) {
    let message = error.message();
    let known = KNOWN.iter().find(|(start, _)| message.starts_with(start)).map(|(_, zh)| *zh);
    let zh = match known {
        Some(known) => format!("TOML 语法错误：{known}（{message}）"),
        None => format!("TOML 语法错误：{message}"),
    };
    document.error(span, Text::new(zh, format!("TOML syntax error: {message}")), hint(document, span));
}

fn hint(document: &Document<'_>, span: &Range<usize>) -> Option<Text> {
    let (_, line) = document.line_at(span.start);
    let here = document.text().get(span.start..).and_then(|rest| rest.chars().next());
    if let Some(found) = here.filter(|c| FULL_WIDTH.contains(*c)) {
        return Some(Text::new(
            format!("{found} 是全角标点，TOML 的引号、等号、逗号和括号要用半角"),
            format!("{found} is full-width punctuation; quotes, = , and brackets of TOML are half-width"),
        ));
    }
    let key = line.split(['=', '＝']).next().unwrap_or_default().trim();
    let bare_chinese = !key.is_ascii() && !key.starts_with(['"', '\'', '#', '[', '{']);
    bare_chinese.then(|| {
        Text::new(
            "键要用英文（如 title），中文只能写在引号里的值中",
            "keys are English (such as title); Chinese goes into the quoted values only",
        )
    })
}
