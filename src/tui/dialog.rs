//! What a dialog is: a box over the screen that has the keys while it is open. Each lies in the room of its subject.

use std::{
    fmt::Debug,
    path::{Path, PathBuf},
};

use ratatui::{Frame, layout::Rect};

use crate::{
    app::files::FolderListing,
    domain::{
        edit::{Edit, waiver::MatterKind},
        pool::draw::DrawRecord,
        terms::written::Line,
    },
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Profiles},
        },
        keys::{action::Action, context::Context, input::Input},
    },
};

/// An open dialog. The open ones are one stack; the last is on top and has the keys.
pub(crate) trait Dialog: Debug {
    /// Where its keys are looked up.
    fn context(&self) -> Context;

    /// Takes a key or pasted text; `action` is what the key table says about the key.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go>;

    /// Draws it over the screen; `body` is the part between header and status line.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect);

    /// Takes in news, if they are what it waits for.
    fn hear(&mut self, _: &News) -> Heard {
        Heard::Nothing
    }

    /// Whether it shows what the votes amount to, so that the tally must be known.
    fn shows_tally(&self) -> bool {
        false
    }

    /// Whether it stays open when a visit is opened.
    fn outlives_visit(&self) -> bool {
        false
    }
}

/// What happened outside, for a dialog that waits for it.
#[derive(Debug)]
pub(crate) enum News<'a> {
    /// The profiles to found a visit with were read.
    Profiles(&'a Profiles),
    /// A draw record was read, or not.
    Draw(&'a Path, Option<&'a DrawRecord>),
    /// What a path may go on with, and the text it was asked for.
    Completions(&'a str, &'a [String]),
    /// A folder was read.
    Folder(&'a FolderListing),
    /// A folder could not be read.
    NoFolder,
    /// Whether files were attached.
    Attached(bool),
    /// Whether the laptop was admitted whose code was typed.
    Admitted(bool),
    /// The passphrase of the open visit's file was taken.
    Unlocked,
    /// What a form sent did not work.
    Refused,
}

/// What news were to a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Nothing.
    Nothing,
    /// What it waited for.
    Taken,
    /// The end of it.
    Done,
}

/// What a screen or dialog asks for.
#[derive(Debug)]
pub(crate) enum Go {
    /// Show a clause on the score screen.
    Jump(usize),
    /// Show a clause on the merge screen.
    ToMerge(usize),
    /// Select a point of the clause shown.
    Point(usize),
    /// Open a dialog on top.
    Open(Box<dyn Dialog>),
    /// Close the dialog on top.
    Close,
    /// Put a text where one is written, into the dialog on top.
    Type(String),
    /// Store own edits.
    Record(Vec<Edit>),
    /// The last point is recorded: go on to one that is still open, else to the next unscored clause.
    Forward,
    /// The clause is dealt with: go on to the next unscored one, if that is switched on.
    Onward,
    /// Do something outside.
    Do(Effect),
    /// Read the folder that files were last picked from.
    ListLastFolder,
    /// As if the key of an action had been pressed.
    Act(Action),
    /// Say a line.
    Say(String),
    /// Let a kind of open matter pass when the visit is made final; without a reason no longer.
    Waive(MatterKind, Line),
    /// A folder was chosen for reports.
    Folder(PathBuf),
}
