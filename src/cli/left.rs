//! What a command leaves to the face of `cli`, which alone knows the terminal and the whole command line.

use std::path::PathBuf;

use clap::Command as ClapCommand;

use crate::app::{failure::Failure, home::Home};

/// What is left to do when a command ran.
pub(crate) enum Left {
    /// Nothing; all of its answer is in the output.
    Printed,
    /// Open the screens; without a terminal, the output stands for them.
    Tui {
        /// Data folder.
        home: Home,
        /// The visit to open; `None` = home screen.
        file: Option<PathBuf>,
    },
    /// Ask and answer in lines, wherever these go.
    Plain {
        /// Data folder.
        home: Home,
        /// The visit to open; `None` = one of this laptop's.
        file: Option<PathBuf>,
        /// Cells that a line has.
        columns: usize,
    },
    /// Print what is made of the whole command line.
    Page(Page),
}

/// Makes a text of the whole command line.
pub(crate) type Page = Box<dyn FnOnce(ClapCommand) -> Result<Vec<u8>, Failure>>;

impl From<()> for Left {
    fn from((): ()) -> Self {
        Self::Printed
    }
}
