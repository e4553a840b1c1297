//! Joining a visit under a name on its roster, and the declaration of interests that opens scoring.

use std::path::Path;

use serde_json::Value;

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        passphrase::{open_file, other_key},
        sealing::first_commit,
        session::Session,
        sync::take_in,
        system, wording,
    },
    domain::{
        clean::{clean_line, clean_note},
        edit::{BallotKey, Edit, Founding},
        id::{MemberName, VisitId},
        lang::Text,
        visit::Identity,
    },
    share::{
        disk::RealDisk,
        file::Contents,
        folder::{self, Main},
        seal::commitment,
        wire::{Extra, encode_edit},
    },
    store::{Store, own_edits::Joining},
};

/// Joins the visit of a shared file and tells the file. Joining again under the same name changes nothing.
///
/// An encrypted file is opened with the passphrase, once: the key is then on this laptop. Of a file that is not
/// encrypted, or whose key is here, the passphrase is not looked at.
///
/// # Errors
/// If the file cannot be read, its passphrase is missing or wrong, the name is not on the roster or taken by another laptop, or writing fails.
pub fn join(home: &Home, file: &Path, name: &str, passphrase: Option<&str>) -> Result<Session, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    let name = MemberName::new(clean_line(name));
    let mut store = home.store()?;
    let visit = import_file(home, &mut store, &file, passphrase)?;
    let session = Session::load(home, store, &visit, file.clone())?;
    if let Some(me) = session.me() {
        return if me == &name { resync(session) } else { Err(already_joined(me)) };
    }
    let Some(state) = session.visit.member(name.as_str()) else {
        return Err(not_on_roster(&name, &session.visit.founding));
    };
    if state.identity != Identity::Absent {
        return Err(name_taken(&name));
    }
    let lamport = session.lamport + 1;
    let mut store = session.store;
    write_join(home, &mut store, &visit, &file, &name, lamport)?;
    resync(Session::load(home, store, &visit, file)?)
}

/// Reads the visit of a shared file without joining it, so that its roster can be shown and a name be chosen. The
/// passphrase is as in [`join`], which needs none after this.
///
/// # Errors
/// If the file cannot be read, its passphrase is missing or wrong, or the store fails.
pub fn look(home: &Home, file: &Path, passphrase: Option<&str>) -> Result<Session, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    let mut store = home.store()?;
    let visit = import_file(home, &mut store, &file, passphrase)?;
    Session::load(home, store, &visit, file)
}

impl Session {
    /// Records the member's declaration of interests; `none` (or 无) declares that there are none.
    ///
    /// # Errors
    /// If this laptop is not a member's, or the store fails.
    pub fn declare(&mut self, text: &str) -> Result<(), Failure> {
        if self.my_state().is_none() {
            return Err(wording::barrier(crate::domain::visit::Barrier::NotAMember));
        }
        let text = clean_note(text).trim().to_owned();
        let text = if text.eq_ignore_ascii_case("none") || text == "无" { String::new() } else { text };
        self.write(vec![(Edit::Declare { text }, None)])
    }
}

/// A file that cannot be written does not undo the joining: it is in the store, and the next sync tells the others.
fn resync(mut session: Session) -> Result<Session, Failure> {
    session.sync()?;
    Ok(session)
}

/// Takes in the commits of a shared file that this laptop may not know yet, and the key if the passphrase gave it.
fn import_file(
    home: &Home,
    store: &mut Store,
    file: &Path,
    passphrase: Option<&str>,
) -> Result<VisitId, Failure> {
    let fail = |error| wording::store(&error, &home.database());
    let main = folder::read_main(&RealDisk, file, None).map_err(|error| wording::share(&error))?;
    let (contents, new_key) = match main {
        Main::Missing => return Err(wording::path(file, &std::io::ErrorKind::NotFound.into())),
        Main::Unavailable(error) => return Err(wording::path(file, &error)),
        Main::Read { contents: Contents::Encrypted(header), bytes, .. } => {
            let row = store.visit(&header.visit).map_err(fail)?;
            open_file(file, row.as_ref(), (&header, &bytes), passphrase)?
        }
        Main::Read { contents, .. } => (contents, None),
    };
    let (header, lines, intact) = match contents {
        Contents::Lines { header, lines, intact } => (header, lines, intact),
        Contents::Empty => return Err(wording::empty_file(file)),
        Contents::Foreign => return Err(wording::foreign_file(file)),
        Contents::Newer(_) => return Err(wording::newer_file(file)),
        Contents::Encrypted(_) => return Err(other_key(file)),
    };
    let known = store.visit(&header.visit).map_err(fail)?.is_some();
    if !known && !intact {
        return Err(wording::damaged_file(file));
    }
    let path = wording::path_text(file)?;
    let taken = take_in(store, &header.visit, &path, &lines).map_err(fail)?;
    if !known && (!taken.has_sound_founding(&header.visit) || taken.n_bad > 0) {
        return Err(wording::damaged_file(file));
    }
    store.see_visit(&header.visit, &path).map_err(fail)?;
    if let Some((key, slot)) = new_key {
        store.keep_visit_key(&header.visit, &key, &slot).map_err(fail)?;
    }
    taken.import(store, &header.visit).map_err(fail)?;
    Ok(header.visit)
}

fn write_join(
    home: &Home,
    store: &mut Store,
    visit: &VisitId,
    file: &Path,
    name: &MemberName,
    lamport: u64,
) -> Result<(), Failure> {
    let device = home.device(store)?;
    let ballot_key: [u8; 32] = system::random_bytes()?;
    let key = device.public().to_text();
    let edits: Vec<Value> = vec![
        encode_edit(&Edit::Join { name: name.clone() }, Extra::Key(&key)),
        encode_edit(&Edit::Blind { commitment: commitment(&BallotKey(ballot_key)) }, Extra::None),
    ];
    let commit = first_commit(&device, Some(visit), lamport, edits);
    let path = wording::path_text(file)?;
    let joining =
        Joining { visit, file: &path, me: name, ballot_key: &ballot_key, visit_key: None, commit: &commit };
    store.join(joining).map_err(|error| wording::store(&error, &home.database()))
}

fn not_joined_because(exit: Exit, why: Text, next: Text) -> Failure {
    Failure::new(exit, Text::new("没有加入。", "This laptop did not join."), why, next)
}

fn already_joined(me: &MemberName) -> Failure {
    not_joined_because(
        Exit::Fixable,
        Text::new(format!("这台电脑已用“{me}”的名字加入。"), format!("This laptop joined as “{me}” before.")),
        Text::new(
            "每个人请用自己的电脑，或用 --home 分开。",
            "Each person uses their own laptop, or their own --home.",
        ),
    )
}

fn not_on_roster(name: &MemberName, founding: &Founding) -> Failure {
    let roster: Vec<&str> = founding.roster.iter().map(|member| member.name.as_str()).collect();
    let listed = roster.join("、");
    not_joined_because(
        Exit::Fixable,
        Text::new(format!("名单里没有“{name}”。"), format!("“{name}” is not on the roster.")),
        Text::new(format!("名单：{listed}"), format!("On the roster: {listed}")),
    )
}

fn name_taken(name: &MemberName) -> Failure {
    not_joined_because(
        Exit::NeedsPerson,
        Text::new(format!("“{name}”已在另一台电脑上加入。"), format!("“{name}” joined from another laptop.")),
        Text::new("请与组长核对是谁加入的。", "Check with the lead who that was."),
    )
}
