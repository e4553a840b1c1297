//! A flat TOML text of keys and values, each with its line, and every problem of it at once. What the keys mean is not
//! known here.

use toml::de::{DeTable, DeValue};

use crate::{
    config::settings::{line_of, shown},
    domain::terms::lang::Text,
};

/// A key with its value, as text. Numbers are as they were written: no float is made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the key, from 1.
    pub line: usize,
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A problem with its line, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line.
    pub line: usize,
    /// What is wrong.
    pub text: Text,
}

/// The rows in the order of the text, and what is no row.
#[must_use]
pub fn read(text: &str) -> (Vec<Row>, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> = Vec::new();
    for error in &errors {
        let line = line_of(text, error.span().map_or(0, |span| span.start));
        // One slip makes the parser stumble several times; the first message of a line is the one to act on.
        if !problems.iter().any(|problem| problem.line == line) {
            let message = error.message();
            let text = Text::new(format!("不是 TOML：{message}"), format!("no TOML: {message}"));
            problems.push(Problem { line, text });
        }
    }
    if !problems.is_empty() {
        return (Vec::new(), problems);
    }
    let mut rows = Vec::new();
    for (key, value) in table.get_ref() {
        let line = line_of(text, key.span().start);
        match written(value.get_ref()) {
            Some(value) => rows.push(Row { line, key: key.get_ref().to_string(), value }),
            None => problems.push(Problem { line, text: no_value(&shown(key)) }),
        }
    }
    rows.sort_by_key(|row| row.line);
    problems.sort_by_key(|problem| problem.line);
    (rows, problems)
}

fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

fn no_value(key: &str) -> Text {
    Text::new(
        format!("{key} 的值应是带引号的文字，或一个数"),
        format!("the value of {key} should be text in quotes, or a number"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_they_were_written_and_lines_are_told() {
        let text = "# 机构\npopulation = 0.4999\nstaff = 1_042\nname = \"青禾\"\nplan = \"\"\"\n一\n二\"\"\"\nbeds = 20\n";
        let (rows, problems) = read(text);
        let told: Vec<(usize, &str, &str)> =
            rows.iter().map(|row| (row.line, row.key.as_str(), row.value.as_str())).collect();
        assert_eq!(
            told,
            [
                (2, "population", "0.4999"),
                (3, "staff", "1042"),
                (4, "name", "青禾"),
                (5, "plan", "一\n二"),
                (8, "beds", "20")
            ]
        );
        assert_eq!(problems, []);
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let lines = |text: &str| read(text).1.iter().map(|problem| problem.line).collect::<Vec<_>>();
        assert_eq!(lines("beds = true\nstaff = 0x10\nyear = 2025\nname = [1]\n[plan]\n"), [1, 2, 4, 5]);
        assert_eq!(lines("beds = 1\nbeds = 2\nname = 青禾\n"), [2, 3]);
        assert!(read("beds = 1\nname = \n").0.is_empty(), "nothing of a text that is no TOML");
    }
}
