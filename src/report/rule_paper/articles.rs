//! Articles numbered through a paper, and what is said of where a rule comes from.

use crate::{
    domain::terms::{
        citation::cite,
        clean::clean_line,
        field::Field,
        lang::{Lang, Text},
        source::{Source, SourceKind},
    },
    report::page::{Block, Section, numeral},
    words,
};

/// Where something is to be filled in by hand.
pub(super) const BLANK: &str = "________";

/// Counts the articles of a paper.
#[derive(Debug)]
pub(super) struct Articles {
    pub(super) lang: Lang,
    n: usize,
}

impl Articles {
    pub(super) const fn new(lang: Lang) -> Self {
        Self { lang, n: 0 }
    }

    /// The next article.
    pub(super) fn next(&mut self, text: Text) -> Block {
        self.n += 1;
        let text = text.said(self.lang);
        Block::Text(match self.lang {
            Lang::Zh => format!("第{}条　{text}", numeral(self.n, Lang::Zh).trim_end_matches('、')),
            Lang::En => format!("Article {}. {text}", self.n),
        })
    }

    /// An article with a list below it.
    pub(super) fn with_list(&mut self, text: Text, items: Vec<String>) -> [Block; 2] {
        [self.next(text), Block::List(items)]
    }
}

/// A section of a paper.
pub(super) fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), blocks, own_page: false }
}

/// Where a rule comes from, in brackets: a document, or our own default.
pub(super) fn from(source: &Source) -> Text {
    let said = |lang: Lang| {
        let told = match source.kind() {
            SourceKind::Default => lang.pick("程序默认，可改", "our default, may be changed").to_owned(),
            _ => format!(
                "{}{}{}",
                lang.pick("来源：", "source: "),
                clean_line(&cite(source.as_str(), lang)),
                if source.is_unconfirmed() { lang.pick("，未核实", ", not confirmed") } else { "" }
            ),
        };
        words::aside(&told, lang)
    };
    Text::new(said(Lang::Zh), said(Lang::En))
}

/// As [`from`], of a mark that the program itself writes.
pub(super) fn marked(mark: &str) -> Text {
    from(&Source::parse(mark).unwrap_or_else(Source::own_default))
}

/// Fields in both languages.
pub(super) fn fields(fields: &[Field]) -> Text {
    Text::new(words::fields(fields, Lang::Zh), words::fields(fields, Lang::En))
}
