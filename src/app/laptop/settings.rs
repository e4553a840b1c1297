//! The user's settings of this data folder, read at the start and kept when a switch is pressed.

use std::{io, path::PathBuf};

use crate::{
    app::{
        failure::{Exit, Failure, system_words::system_says},
        files,
        home::Home,
    },
    config::settings,
    domain::terms::lang::Text,
    share::folder::{
        disk::{RealDisk, read_named},
        replace::replace_private,
    },
};

pub use crate::config::settings::{Setting, Settings};

/// A settings file holds a few lines; a longer one is somebody's mistake and is not read further.
const LIMIT: u64 = 64 << 10;

/// The settings of a data folder. What cannot be used has its default and is told; the file is never changed by reading.
#[must_use]
pub fn load(home: &Home) -> (Settings, Option<Failure>) {
    let text = match read(home) {
        Ok(text) => text,
        Err(why) => return (Settings::default(), Some(not_used(home, vec![why]))),
    };
    let (settings, problems) = settings::read(&text);
    (settings, (!problems.is_empty()).then(|| not_used(home, problems)))
}

/// Keeps one setting for the next start; the rest of the file stays as it is.
///
/// # Errors
/// If the file cannot be read, is no TOML (it is then left alone) or cannot be written.
pub fn keep(home: &Home, setting: Setting) -> Result<(), Failure> {
    let text = read(home).map_err(|why| not_kept(home, why))?;
    let changed = settings::with(&text, setting).map_err(|why| not_kept(home, why))?;
    if changed == text {
        return Ok(());
    }
    home.make()?;
    replace_private(&RealDisk, &path(home), changed.as_bytes(), &files::token()?)
        .map_err(|error| not_kept(home, system_says(&error)))
}

fn path(home: &Home) -> PathBuf {
    home.root().join("settings.toml")
}

/// The text of the file; one that is not there is empty.
fn read(home: &Home) -> Result<String, Text> {
    let bytes = match read_named(&path(home), LIMIT + 1) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(system_says(&error)),
    };
    if bytes.len() as u64 > LIMIT {
        return Err(Text::new("文件太大，不像设置文件。", "It is too long for a settings file."));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| Text::new("它不是 UTF-8 文字。", "It is not UTF-8 text."))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

fn not_used(home: &Home, details: Vec<Text>) -> Failure {
    let file = shown(home);
    Failure::new(
        Exit::Fixable,
        Text::new(
            format!("设置文件里有不能用的内容：{file}"),
            format!("The settings file has parts that cannot be used: {file}"),
        ),
        Text::new(
            "不能用的设置先按默认值；文件没有改动。",
            "Those settings have their defaults for now; the file was not changed.",
        ),
        Text::new("请改好下面各处，或删掉这个文件。", "Mend what is listed below, or delete the file."),
    )
    .with_details(details)
}

fn not_kept(home: &Home, why: Text) -> Failure {
    let file = shown(home);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("设置没有存下来：{file}"), format!("The setting was not kept: {file}")),
        why,
        Text::new(
            "这次运行中已生效；请改好或删掉这个文件，下次才会记得。",
            "It holds until you leave; mend or delete the file so that it is remembered.",
        ),
    )
}

fn shown(home: &Home) -> String {
    crate::domain::terms::clean::clean_line(&path(home).display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(folder: &tempfile::TempDir) -> Home {
        Home::choose(Some(folder.path().join("home"))).unwrap()
    }

    #[test]
    fn a_switch_is_remembered_and_a_first_run_has_the_defaults_without_a_word() {
        let folder = tempfile::tempdir().unwrap();
        let home = home(&folder);
        assert_eq!(load(&home), (Settings::default(), None));
        keep(&home, Setting::AutoSync(false)).unwrap();
        keep(&home, Setting::Advance(false)).unwrap();
        keep(&home, Setting::Advance(true)).unwrap();
        assert_eq!(load(&home), (Settings { auto_sync: false, advance: true, by_place: false }, None));
    }

    #[test]
    fn a_broken_file_gives_the_defaults_and_a_note_and_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let home = home(&folder);
        std::fs::create_dir_all(home.root()).unwrap();
        let huge = vec![b'#'; 70 << 10];
        for broken in [&b"auto_sync = fal"[..], b"\xFF\xFEa\0", &huge] {
            std::fs::write(path(&home), broken).unwrap();
            let (settings, note) = load(&home);
            assert_eq!(settings, Settings::default());
            assert!(!note.unwrap().details.is_empty());
            assert!(keep(&home, Setting::AutoSync(false)).is_err());
            assert_eq!(std::fs::read(path(&home)).unwrap(), broken);
        }
    }
}
