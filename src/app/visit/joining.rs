//! Joining a visit under a name on its roster.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        home::Home,
        session::{Session, mend},
        sync::{
            sealing::{Lone, blind},
            take_in::take_in,
            verify::Verified,
        },
        system,
        visit::reading::{Lines, founder, lines_of},
    },
    domain::{
        edit::{Edit, Expert},
        terms::{
            id::{MemberName, VisitId},
            lang::{Lang, Text},
            written::Line,
        },
        visit::Visit,
    },
    share::{
        code::{self, Recovered, key::DeviceKey},
        file::commit::{Body, Commit},
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
    let visit = import_file(home, &mut store, &file, request)?;
    let session = Session::load(home, store, &visit, file.clone())?;
    if let Some(me) = session.me() {
        return if me == &name { resync(session) } else { Err(already_joined(me)) };
    }
    // What it says as an office it has said without a name, and a feed is one person's.
    if session.has_feed() {
        return Err(already_an_office());
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

/// Reads the visit of a shared file as it is, names and all, without joining it: nothing of it is kept. For what rests on who sits
/// there; who only wants to look is shown [`Session::read`].
///
/// # Errors
/// If the file cannot be read or is damaged, or its passphrase is missing or wrong.
pub fn look(home: &Home, file: &Path, passphrase: Option<&str>) -> Result<Session, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    Session::in_passing(home, file, None, passphrase)
}

/// Joins the visit of a shared file as an office: it sees what anybody may see, and works on the ledger once the founding or the
/// lead names this laptop. Joining again changes nothing.
///
/// # Errors
/// As [`join`], or if this laptop has joined under a name.
pub fn join_as_office(
    home: &Home,
    file: &Path,
    passphrase: Option<&str>,
    lang: Lang,
) -> Result<Session, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    let mut store = home.store()?;
    let request = JoinRequest { passphrase: passphrase.map(str::to_owned), ..JoinRequest::default() };
    let visit = import_file(home, &mut store, &file, &request)?;
    let mut session = Session::load(home, store, &visit, file)?;
    if let Some(me) = session.me() {
        return Err(already_joined(me));
    }
    if !session.has_feed() {
        let device = home.device(&mut session.store)?;
        let key = device.public().to_text();
        let first = Lone {
            visit: Some(&visit),
            after: None,
            lamport: session.lamport + 1,
            seen: BTreeSet::new(),
            edits: vec![encode_edit(&Edit::JoinOffice, Extra::Key(&key))],
        };
        let first = first.sign(&device);
        let joined = session.store.seal(&visit, &device.feed(), &[first], &[]);
        joined.map_err(|error| session.store_failure(&error))?;
    }
    session.speak(lang)?;
    resync(session)
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
    request: &JoinRequest,
) -> Result<VisitId, Failure> {
    let passphrase = request.passphrase.as_deref();
    let fail = |error| wording::store(&error, &home.database());
    let row_of = |visit: &VisitId| Ok(store.stored_visit(visit).map_err(fail)?.map(|stored| stored.row));
    let Lines { visit, lines, is_intact, new_key } = lines_of(file, &row_of, passphrase)?;
    let known = store.stored_visit(&visit).map_err(fail)?.is_some();
    if !known && !is_intact {
        return Err(wording::damaged_file(file));
    }
    let path = wording::path_text(file)?;
    // A laptop that lost what it joined with: the code opens it again before anything is opened with it.
    let code = request.recovery.as_deref().and_then(code::read_recovery_code);
    let remember = |store: &mut Store| code.map(|code| mend::remember_code(store, &visit, &code)).transpose();
    if known {
        remember(store).map_err(fail)?;
        // As at a sync: what was recorded before the import was recorded without knowing what it brings.
        Session::load(home, home.store()?, &visit, file.to_owned())?.seal()?;
    }
    let ranks = match known {
        true => Session::load(home, home.store()?, &visit, file.to_owned())?.ranks(),
        false => founder(&visit, &lines).ok_or_else(|| wording::damaged_file(file))?,
    };
    let taken = take_in(store, &visit, &path, &lines, &ranks).map_err(fail)?;
    // Commits of a visit that the store lost the entry of are there already: they are looked at when it is opened.
    let has_rows = !store.commit_ids(&visit).map_err(fail)?.is_empty();
    if !known && (!(has_rows || taken.has_sound_founding(&visit)) || taken.n_bad > 0) {
        return Err(wording::damaged_file(file));
    }
    store.see_visit(&visit, &path).map_err(fail)?;
    if let Some((key, slot)) = new_key {
        store.keep_visit_key(&visit, &key, &slot).map_err(fail)?;
    }
    let verified = Verified::of(&taken.beyond);
    taken.import(store, &visit).map_err(fail)?;
    remember(store).map_err(fail)?;
    // Whose devices there are the founder's lines tell, and then those of whom they admit.
    let mut session = Session::load(home, home.store()?, &visit, file.to_owned())?;
    session.take_in_whole(file, &lines, verified)?;
    Ok(visit)
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

fn already_an_office() -> Failure {
    not_joined_because(
        Exit::Fixable,
        Text::new("这台电脑已作为整改办公室加入。", "This laptop joined as an office before."),
        Text::new(
            "专家请用自己的电脑，或用 --home 分开。",
            "A member uses another laptop, or another --home.",
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
