//! Joining a visit under a name on its roster.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        home::Home,
        session::{Session, room::Ranks},
        sync::{
            sealing::{Lone, blind},
            take_in::take_in,
        },
        system,
        visit::passphrase::open_file,
    },
    domain::{
        edit::{Edit, Expert},
        terms::{
            id::{MemberName, VisitId},
            lang::Text,
            written::Line,
        },
        visit::Visit,
    },
    share::{
        code::{self, Recovered, key::DeviceKey},
        file::{
            Contents,
            commit::{self, Body, Commit},
            main_file::Main,
        },
        folder::{self, disk::RealDisk},
        wire::{Extra, encode_edit},
    },
    store::{Store, commits::CommitRow, own_edits::Joining},
};

/// How to join.
#[derive(Debug, Clone, Default)]
pub struct JoinRequest {
    /// The name.
    pub name: String,
    /// Who that is, for a name that is not on the roster.
    pub expert: Option<Expert>,
    /// The recovery code shown when an earlier laptop joined under this name.
    pub recovery: Option<String>,
    /// The passphrase of an encrypted file whose key is not on this laptop.
    pub passphrase: Option<String>,
}

impl JoinRequest {
    /// Joining under a name of the roster.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// Joins the visit of a shared file and tells the file. Joining again under the same name changes nothing. A name that
/// another laptop has, or that is not on the roster, waits for the lead; what is scored until then is kept and counts
/// once the lead has admitted the laptop.
///
/// An encrypted file is opened with the passphrase, once: the key is then on this laptop. Of a file that is not
/// encrypted, or whose key is here, the passphrase is not looked at.
///
/// # Errors
/// If the file cannot be read, its passphrase is missing or wrong, the name cannot be joined under, the recovery code is
/// wrong, or writing fails.
pub fn join(home: &Home, file: &Path, request: &JoinRequest) -> Result<Session, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    let name = MemberName::new(Line::new(&request.name)?.as_str());
    let mut store = home.store()?;
    let visit = import_file(home, &mut store, &file, request.passphrase.as_deref())?;
    let session = Session::load(home, store, &visit, file.clone())?;
    if let Some(me) = session.me() {
        return if me == &name { resync(session) } else { Err(already_joined(me)) };
    }
    crate::app::visit::lookalike::check(&name, &session.visit)?;
    let is_known = session.visit.member(name.as_str()).is_some();
    if name.as_str().is_empty() || (!is_known && request.expert.is_none()) {
        return Err(not_on_roster(&name, &session.visit));
    }
    let recovered = request.recovery.as_deref().map(|code| recover(&session, code)).transpose()?;
    write_join(session, name, request.expert.clone().filter(|_| !is_known), recovered)?;
    resync(Session::load(home, home.store()?, &visit, file)?)
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
        Main::Read(reading) => match reading.into_parts() {
            (Contents::Encrypted(header), bytes) => {
                let row = store.visit(&header.visit).map_err(fail)?;
                open_file(file, row.as_ref(), (&header, &bytes), passphrase)?
            }
            (contents, _) => (contents, None),
        },
    };
    let (header, lines, intact) = match contents {
        Contents::Lines { header, lines, intact } => (header, lines, intact),
        Contents::Empty => return Err(wording::empty_file(file)),
        Contents::Foreign => return Err(wording::foreign_file(file)),
        Contents::Newer(_) => return Err(wording::newer_file(file)),
        Contents::Encrypted(_) => return Err(wording::other_key(file)),
    };
    let known = store.visit(&header.visit).map_err(fail)?.is_some();
    if !known && !intact {
        return Err(wording::damaged_file(file));
    }
    let path = wording::path_text(file)?;
    if known {
        // As at a sync: what was recorded before the import was recorded without knowing what it brings.
        Session::load(home, home.store()?, &header.visit, file.to_owned())?.seal()?;
    }
    let ranks = match known {
        true => Session::load(home, home.store()?, &header.visit, file.to_owned())?.ranks(),
        false => founder(&header.visit, &lines).ok_or_else(|| wording::damaged_file(file))?,
    };
    let taken = take_in(store, &header.visit, &path, &lines, &ranks).map_err(fail)?;
    if !known && (!taken.has_sound_founding(&header.visit) || taken.n_bad > 0) {
        return Err(wording::damaged_file(file));
    }
    store.see_visit(&header.visit, &path).map_err(fail)?;
    if let Some((key, slot)) = new_key {
        store.keep_visit_key(&header.visit, &key, &slot).map_err(fail)?;
    }
    taken.import(store, &header.visit).map_err(fail)?;
    // Whose devices there are the founder's lines tell, and then those of whom they admit.
    let mut session = Session::load(home, home.store()?, &header.visit, file.to_owned())?;
    session.take_in_whole(file, &lines)?;
    Ok(header.visit)
}

/// Who founded the visit that these lines are of; `None` if the founding commit is not among them.
fn founder(visit: &VisitId, lines: &[(usize, String)]) -> Option<Ranks> {
    let is_founding = |text: &str| {
        let line = commit::Line::parse(text).ok().filter(|it| Commit::founded_visit(&it.json) == *visit)?;
        Some(Ranks::Founder(Commit::read(visit, &line.json).ok()?.feed))
    };
    lines.iter().find_map(|(_, text)| is_founding(text))
}

/// What a recovery code gave back, and the code's bytes.
struct Recovery {
    secret: [u8; 16],
    keys: Recovered,
}

/// Opens what a laptop of the member wrapped to the code when it joined.
fn recover(session: &Session, typed: &str) -> Result<Recovery, Failure> {
    let secret = code::read_recovery_code(typed)
        .ok_or_else(|| bad_recovery(Text::new("恢复码输入有误。", "The recovery code was mistyped.")))?;
    let rows = session.store.commits(&session.row.id).map_err(|error| session.store_failure(&error))?;
    let wrapped = |row: &CommitRow| {
        let commit = Commit::from_store(row.id.clone(), &row.json)?;
        let Body::Open(edits) = &commit.body else { return None };
        let blinds = edits.iter().filter(|edit| edit.text("k") == Some("blind"));
        let keys = blinds.filter_map(|edit| code::unwrap(&secret, edit.text("w")?)).next_back()?;
        Some((commit.lamport, keys))
    };
    // The newest key is the one that seals now; the device key is in the founding commit only.
    let found: Vec<(u64, Recovered)> = rows.iter().filter_map(wrapped).collect();
    let device = found.iter().find_map(|(_, it)| it.device);
    let newest = found.iter().max_by_key(|(lamport, _)| *lamport).map(|(_, it)| it.ballot_key);
    let keys = newest.map(|ballot_key| Recovered { ballot_key, device }).ok_or_else(|| {
        bad_recovery(Text::new(
            "这个共享文件里没有用这个恢复码加入过的电脑。",
            "No laptop that joined with this recovery code is in the shared file.",
        ))
    })?;
    Ok(Recovery { secret, keys })
}

fn write_join(
    mut session: Session,
    name: MemberName,
    expert: Option<Expert>,
    recovered: Option<Recovery>,
) -> Result<(), Failure> {
    let home = session.home.clone();
    let device = home.device(&mut session.store)?;
    let fresh: [u8; 32] = system::random_bytes()?;
    let ballot_key = recovered.as_ref().map_or(fresh, |it| it.keys.ballot_key.0);
    let recovery: [u8; 16] = match &recovered {
        Some(it) => it.secret,
        None => system::random_bytes()?,
    };
    let old = recovered.and_then(|it| it.keys.device).map(|secret| DeviceKey::from_bytes(&secret));
    let mut commits = Vec::new();
    if let Some(old) = old.filter(|old| old.feed() != device.feed()) {
        let after = session.store.head(&session.row.id, &old.feed());
        let naming = Lone {
            visit: Some(&session.row.id),
            after: after.map_err(|error| session.store_failure(&error))?,
            lamport: session.lamport + 1,
            seen: BTreeSet::new(),
            edits: vec![encode_edit(&Edit::Device { feed: device.feed() }, Extra::None)],
        };
        commits.push(naming.sign(&old));
    }
    let generation = session.keys.generation_of(&ballot_key);
    let key = device.public().to_text();
    let join: Value = encode_edit(&Edit::Join { name: name.clone(), expert }, Extra::Key(&key));
    let first = Lone {
        visit: Some(&session.row.id),
        after: None,
        lamport: session.lamport + 2,
        seen: BTreeSet::new(),
        edits: vec![join, blind(&ballot_key, generation, &recovery, None)?],
    };
    commits.push(first.sign(&device));
    let file = wording::path_text(&session.file)?;
    let joining = Joining {
        visit: &session.row.id,
        file: &file,
        me: &name,
        ballot_key: &ballot_key,
        visit_key: None,
        recovery: &recovery,
        commits: &commits,
    };
    let joined = session.store.join(joining);
    joined.map_err(|error| wording::store(&error, &home.database()))
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

fn not_on_roster(name: &MemberName, visit: &Visit) -> Failure {
    let roster: Vec<&str> = visit.members.iter().map(|state| state.member.name.as_str()).collect();
    let listed = roster.join("、");
    not_joined_because(
        Exit::Fixable,
        Text::new(format!("名单里没有“{name}”。"), format!("“{name}” is not on the roster.")),
        Text::new(
            format!("名单：{listed}。名单外的专家请写明专业（--field），由组长核准。"),
            format!(
                "On the roster: {listed}. An expert who is not gives the field (--field) and waits for the lead."
            ),
        ),
    )
}

fn bad_recovery(why: Text) -> Failure {
    not_joined_because(
        Exit::Fixable,
        why,
        Text::new(
            "请核对恢复单；没有恢复码也可以加入，由组长核准。",
            "Check the recovery sheet; you can also join without it and be admitted by the lead.",
        ),
    )
}
