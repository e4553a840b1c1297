//! The user's own phrases for reasons and notes: a text file of this data folder, one phrase a line. It is only read, and never leaves
//! the laptop.

use std::{io, path::PathBuf};

use crate::{
    app::{
        failure::{Exit, Failure, system_words::system_says},
        home::Home,
    },
    domain::terms::{clean::clean_line, lang::Text, written::Line},
    share::folder::disk::read_named,
};

/// A longer file is no list of phrases.
const LIMIT: u64 = 64 << 10;

/// The phrases, and where they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases {
    /// The file; it need not be there.
    pub file: PathBuf,
    /// One a line, in the order of the file.
    pub phrases: Vec<Line>,
}

/// Reads the phrases of a data folder; without a file there are none. Empty lines and those that begin with `#` are left out.
///
/// # Errors
/// If the file cannot be read, or is no list of phrases.
pub fn read(home: &Home) -> Result<Phrases, Failure> {
    let file = home.root().join("phrases.txt");
    let bytes = match read_named(&file, LIMIT + 1) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(refused(&file, system_says(&error))),
    };
    if bytes.len() as u64 > LIMIT {
        return Err(refused(&file, Text::new("文件超过 64 KB。", "It is longer than 64 KB.")));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| refused(&file, Text::new("它不是 UTF-8 文字。", "It is not UTF-8 text.")))?;
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
    let phrases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    // What is too long for a reason is no phrase for one.
    Ok(Phrases { phrases: phrases.filter_map(|line| Line::new(line).ok()).collect(), file })
}

fn refused(file: &std::path::Path, why: Text) -> Failure {
    let file = clean_line(&file.display().to_string());
    Failure::new(
        Exit::Fixable,
        Text::new(format!("常用语读不出来：{file}"), format!("The phrases cannot be read: {file}")),
        why,
        Text::new("请用记事本另存为 UTF-8，一行一句。", "Save it as UTF-8 text, one phrase a line."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_the_lines_of_a_plain_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::choose(Some(folder.path().into())).unwrap();
        assert_eq!(read(&home).unwrap().phrases, Vec::<Line>::new(), "no file is no trouble");
        let file = folder.path().join("phrases.txt");
        let long = "长".repeat(401);
        std::fs::write(
            &file,
            format!("\u{FEFF}# 常用\r\n台账缺签字\r\n\r\n  效期\u{1b}[2J登记不全  \n{long}\n"),
        )
        .unwrap();
        let found = read(&home).unwrap();
        assert_eq!(found.file, file);
        assert_eq!(
            found.phrases.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
            ["台账缺签字", "效期登记不全"]
        );
        for bytes in [vec![0xB3, 0xA3], vec![b'a'; (64 << 10) + 1]] {
            std::fs::write(&file, bytes).unwrap();
            assert!(read(&home).is_err());
        }
    }
}
