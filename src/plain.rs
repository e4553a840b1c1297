//! Question and answer in lines, beside the command line and the screens: for screen readers, terminals that only print, and pipes.
//!
//! Knows `app`, `words` and `domain`; never the command line, the screens, files or SQL. From the ground up: `talk` says and asks, `sitting` is
//! the open visit with somebody who talks; then a file a conversation, none of which names another one's; `menu` leads to them all.

mod choose;
mod clause;
mod closing;
mod decide;
mod declare;
mod ending;
mod items;
mod menu;
mod place;
mod point;
mod report;
mod score;
mod sitting;
mod stand;
mod submit;
mod sync;
mod talk;
mod undo;
mod vote;
mod votes;
mod words;

use std::{
    io::{BufRead, Write},
    path::PathBuf,
};

use crate::{
    app::{failure::Failure, home::Home},
    domain::terms::lang::Lang,
    plain::{
        choose::choose,
        sitting::Sitting,
        talk::{Stop, Talk},
        words as say,
    },
};

/// What the conversation is started with. The environment is read by the caller.
#[derive(Debug)]
pub struct Options {
    /// The data folder.
    pub home: Home,
    /// The visit to open at once.
    pub file: Option<PathBuf>,
    /// The language.
    pub lang: Lang,
    /// Cells that a line has.
    pub columns: usize,
    /// Whether the screens were asked for, and the terminal has none.
    pub instead: bool,
}

/// Asks and answers until there are no more answers or the user leaves. Every answer is on the disk before it is echoed, so ending
/// at any moment loses nothing.
///
/// # Errors
/// If the visit cannot be opened.
pub fn run(options: Options, mut reader: impl BufRead, mut writer: impl Write) -> Result<(), Failure> {
    let Options { home, file, lang, columns, instead } = options;
    let mut talk = Talk::new(&mut reader, &mut writer, columns, lang);
    if instead && talk.say(say::instead(lang)).is_err() {
        return Ok(());
    }
    let file = match file {
        Some(file) => file,
        None => match choose(&home, &mut talk)? {
            Ok(file) => file,
            Err(Stop::Back | Stop::Leave) => return Ok(()),
        },
    };
    let mut sitting = Sitting::open(home, &file, talk)?;
    // Both ways of stopping at the outermost question end the conversation.
    let (Ok(()) | Err(Stop::Back | Stop::Leave)) = sitting.menu();
    sitting.farewell();
    Ok(())
}
