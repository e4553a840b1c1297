//! The user's settings as a small TOML text: reading it with every problem named, and changing one value without touching the rest.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::domain::terms::lang::Text;

/// What the user may switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Whether the program syncs by itself when the shared file changes or own edits wait.
    pub auto_sync: bool,
    /// Whether the cursor goes on to the next unscored clause after a direct grade.
    pub advance: bool,
    /// Whether clauses are listed by place rather than by area.
    pub by_place: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { auto_sync: true, advance: true, by_place: false }
    }
}

/// One setting with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// [`Settings::auto_sync`].
    AutoSync(bool),
    /// [`Settings::advance`].
    Advance(bool),
    /// [`Settings::by_place`].
    ByPlace(bool),
}

impl Setting {
    const fn key(self) -> &'static str {
        match self {
            Self::AutoSync(_) => "auto_sync",
            Self::Advance(_) => "advance",
            Self::ByPlace(_) => "by_place",
        }
    }

    const fn value(self) -> bool {
        match self {
            Self::AutoSync(value) | Self::Advance(value) | Self::ByPlace(value) => value,
        }
    }
}

/// Reads a settings text. What is missing or not understood has its default; every problem is named, with its line.
#[must_use]
pub fn read(text: &str) -> (Settings, Vec<Text>) {
    let mut settings = Settings::default();
    let table = match parse(text) {
        Ok(table) => table,
        Err(problem) => return (settings, vec![problem]),
    };
    let mut problems = Vec::new();
    for (key, value) in &table {
        let slot = match key.get_ref().as_ref() {
            "auto_sync" => &mut settings.auto_sync,
            "advance" => &mut settings.advance,
            "by_place" => &mut settings.by_place,
            _ => {
                problems.push(unknown(text, key));
                continue;
            }
        };
        match value.get_ref() {
            DeValue::Boolean(wanted) => *slot = *wanted,
            _ => problems.push(not_a_switch(text, key)),
        }
    }
    (settings, problems)
}

/// The text with one setting changed; comments, order and unknown keys stay as they are.
///
/// # Errors
/// The problem, if the text is no TOML: then nobody can tell what a change would do to it.
pub fn with(text: &str, setting: Setting) -> Result<String, Text> {
    let value = setting.value().to_string();
    let mut changed = text.to_owned();
    match span_of(&parse(text)?, setting.key()) {
        Some(span) => changed.replace_range(span, &value),
        // A line at the top belongs to no table, whatever follows.
        None => changed.insert_str(0, &format!("{} = {value}\n", setting.key())),
    }
    Ok(changed)
}

fn span_of(table: &DeTable<'_>, key: &str) -> Option<Range<usize>> {
    table.iter().find(|(it, _)| it.get_ref() == key).map(|(_, value)| value.span())
}

fn parse(text: &str) -> Result<DeTable<'_>, Text> {
    DeTable::parse(text).map(Spanned::into_inner).map_err(|error| {
        let line = line_of(text, error.span().map_or(0, |span| span.start));
        let message = error.message();
        Text::new(format!("第 {line} 行不是 TOML：{message}"), format!("line {line} is no TOML: {message}"))
    })
}

fn unknown(text: &str, key: &Spanned<toml::de::DeString<'_>>) -> Text {
    let (line, name) = (line_of(text, key.span().start), shown(key));
    Text::new(
        format!("第 {line} 行：没有 {name} 这个设置，已忽略"),
        format!("line {line}: there is no setting {name}; it is ignored"),
    )
}

fn not_a_switch(text: &str, key: &Spanned<toml::de::DeString<'_>>) -> Text {
    let (line, name) = (line_of(text, key.span().start), shown(key));
    Text::new(
        format!("第 {line} 行：{name} 只能是 true 或 false，先按默认值"),
        format!("line {line}: {name} is either true or false; the default is used"),
    )
}

/// A key of somebody's file, short and without control characters.
pub(super) fn shown(key: &Spanned<toml::de::DeString<'_>>) -> String {
    crate::domain::terms::clean::clean_line(key.get_ref()).chars().take(40).collect()
}

/// The line of a place in a text, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_empty_text_is_the_defaults_and_every_switch_can_be_the_other_way() {
        assert_eq!(read(""), (Settings { auto_sync: true, advance: true, by_place: false }, Vec::new()));
        let off = Settings { auto_sync: false, advance: false, by_place: true };
        assert_eq!(
            read("# mine\nadvance = false\nauto_sync = false # slow stick\nby_place = true\n"),
            (off, Vec::new())
        );
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_line_and_changes_nothing_else() {
        let (settings, problems) =
            read("advance = false\nauto_sync = \"no\"\nauto_snyc = false\n[later]\nx = 1\n");
        assert_eq!(settings, Settings { auto_sync: true, advance: false, by_place: false });
        let said: Vec<&str> = problems.iter().map(|problem| problem.en.as_str()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        for (line, name) in [("line 2", "auto_sync"), ("line 3", "auto_snyc"), ("line 4", "later")] {
            assert!(said.iter().any(|text| text.contains(line) && text.contains(name)), "{line}: {said:?}");
        }
        let (settings, problems) = read("auto_sync = false\nadvance = = 1\n");
        assert_eq!(settings, Settings::default());
        assert!(problems[0].zh.contains("第 2 行"), "{problems:?}");
    }

    #[test]
    fn a_change_keeps_comments_order_and_unknown_keys() {
        let text = "# mine\nother = 3\nauto_sync = true # slow stick\n[later]\nadvance = 1\n";
        let changed = with(text, Setting::AutoSync(false)).unwrap();
        assert_eq!(changed, text.replace("true", "false"));
        let added = with(&changed, Setting::Advance(false)).unwrap();
        assert_eq!(added, format!("advance = false\n{changed}"));
        assert_eq!(read(&added).0, Settings { auto_sync: false, advance: false, by_place: false });
        assert!(with("auto_sync = \n", Setting::AutoSync(false)).is_err());
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_a_change_that_is_made_is_read_back(text in "[a-z_ =\n\\[\\]\"'#.\u{e9}急0-9]{0,60}", value: bool) {
            let (_, problems) = read(&text);
            match with(&text, Setting::AutoSync(value)) {
                Ok(changed) => prop_assert_eq!(read(&changed).0.auto_sync, value),
                Err(problem) => prop_assert_eq!(problems, vec![problem]),
            }
        }
    }
}
