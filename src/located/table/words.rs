//! Reads source marks and the words of closed sets, with a guess at what was meant.

use toml::Spanned;

use crate::{
    domain::terms::{
        clean::{LINE_LIMIT, clean_line},
        lang::{Lang, Text},
        source::{Source, SourceKind},
    },
    located::{
        near,
        table::{Need, TableReader},
    },
};

impl TableReader<'_> {
    /// A source mark.
    pub(crate) fn source(&self, key: &'static str, need: Need) -> Option<Source> {
        let text = self.text(key, need)?;
        self.as_source(&text)
    }

    fn as_source(&self, text: &Spanned<&str>) -> Option<Source> {
        let line = self.cleaned(text, LINE_LIMIT, clean_line);
        let source = Source::parse(&line);
        if source.is_none() && !line.is_empty() {
            let kinds = SourceKind::ALL.map(SourceKind::prefix);
            let first = line.split(' ').next().unwrap_or_default();
            let what = Text::new(
                "来源标记不认识，或没有写出文件",
                "the source mark is unknown, or names no document",
            );
            let begin = Text::new(
                format!("以 {} 开头，除 default 外后面空一格写文件，如 seed S3·F52", kinds.join("、")),
                format!(
                    "begin with {}; except after default, a blank and the document follow",
                    kinds.join(", ")
                ),
            );
            let suggestion = near::nearest(first, kinds).filter(|near| *near != first);
            let suggestion = suggestion.and_then(|near| near::suggest(first, [near])).unwrap_or(begin);
            self.document.error(&text.span(), what, Some(suggestion));
        }
        source
    }

    /// Source marks of an array, as lines.
    pub(crate) fn sources(&self, key: &'static str, need: Need) -> Vec<String> {
        let texts = self.texts(key, need);
        texts
            .iter()
            .filter_map(|text| self.as_source(text))
            .map(|source| source.as_str().to_owned())
            .collect()
    }

    /// A word of a closed set.
    pub(crate) fn word<W: Copy>(
        &self,
        key: &'static str,
        need: Need,
        parse: fn(&str) -> Option<W>,
        known: &[&str],
    ) -> Option<W> {
        let text = self.text(key, need)?;
        self.as_word(&text, parse, known)
    }

    /// Words of a closed set, each once.
    pub(crate) fn words<W: Copy + PartialEq>(
        &self,
        key: &'static str,
        need: Need,
        parse: fn(&str) -> Option<W>,
        known: &[&str],
    ) -> Vec<W> {
        let mut found = Vec::new();
        for text in self.texts(key, need) {
            match self.as_word(&text, parse, known) {
                Some(word) if found.contains(&word) => {
                    let what = Text::new("重复了", "repeated");
                    self.document.error(&text.span(), what, None);
                }
                Some(word) => found.push(word),
                None => {}
            }
        }
        found
    }

    /// Ids, each once, with their places.
    pub(crate) fn ids<I: for<'t> From<&'t str> + PartialEq>(
        &self,
        key: &'static str,
        need: Need,
    ) -> Vec<Spanned<I>> {
        let mut found: Vec<Spanned<I>> = Vec::new();
        for text in self.texts(key, need) {
            let id = I::from(text.get_ref());
            if found.iter().any(|known| known.get_ref() == &id) {
                self.document.error(&text.span(), Text::new("重复了", "repeated"), None);
            } else {
                found.push(Spanned::new(text.span(), id));
            }
        }
        found
    }

    fn as_word<W>(&self, text: &Spanned<&str>, parse: fn(&str) -> Option<W>, known: &[&str]) -> Option<W> {
        let word = parse(text.get_ref());
        if word.is_none() {
            let written = clean_line(text.get_ref());
            let what = Text::new(format!("不认识“{written}”"), format!("“{written}” is not a known word"));
            self.document.error(&text.span(), what, near::suggest(text.get_ref(), known.iter().copied()));
        }
        word
    }
}

/// The words of a closed set: keys, then Chinese names where they differ. Both are understood.
pub(crate) fn words_of<W: Copy>(
    all: &[W],
    key: fn(W) -> &'static str,
    name: fn(W, Lang) -> &'static str,
) -> Vec<&'static str> {
    let mut words: Vec<&str> = all.iter().map(|word| key(*word)).collect();
    for word in all {
        let name = name(*word, Lang::Zh);
        if !words.contains(&name) {
            words.push(name);
        }
    }
    words
}
