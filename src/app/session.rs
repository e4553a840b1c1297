//! One visit opened on this laptop, as one member. Owns its own database connection, so it can move to a thread.

pub(crate) mod keys;
pub(crate) mod load;
pub(crate) mod mend;
pub mod outside;
pub(crate) mod own_log;
pub(crate) mod room;

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    app::{
        failure::{Failure, wording},
        home::Home,
        session::{keys::BallotKeys, load::Look, own_log::OwnLog, room::Beyond},
    },
    domain::{
        ballot::seal::BallotState,
        checklist::Clause,
        edit::Edit,
        outcome::Outcome,
        permit::{permit, permit_leading, permit_outside},
        terms::id::{FeedId, MemberName, VisitId},
        visit::{Identity, MemberState, Visit, end::UpTo},
    },
    share::{
        code::key::DeviceKey,
        file::{
            self, Contents,
            envelope::{Envelope, VisitKey},
        },
        folder::disk::{Disk, RealDisk},
    },
    store::{Store, commits::CommitRow, error::StoreError, visits::VisitRow},
};

/// Where own edits have got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncState {
    /// 本机已存: on this laptop only.
    pub pending: usize,
    /// 已写入共享文件: in the shared file.
    pub in_file: usize,
    /// 组长已收到: seen by the lead (for the lead's own: in the file).
    pub receipted: usize,
}

/// An open visit.
pub struct Session {
    pub(crate) home: Home,
    pub(crate) store: Store,
    pub(crate) device: DeviceKey,
    pub(crate) row: VisitRow,
    pub(crate) file: PathBuf,
    pub(crate) visit: Visit,
    /// Number and index the next own edit will stand at.
    pub(crate) next: (u64, u32),
    /// Largest Lamport time of the visit's commits.
    pub(crate) lamport: u64,
    /// The keys of sealed ballots, as far as they are known here.
    pub(crate) keys: BallotKeys,
    /// The bytes of a plain shared file, with the state of the store they were written from.
    pub(crate) written: RefCell<Option<(i64, Arc<Vec<u8>>)>>,
    /// What the shared file held when it was last read, and found no room here.
    pub(crate) beyond: Beyond,
    /// What can be undone, as far as it was read.
    pub(crate) own_log: OwnLog,
    /// How the visit is looked at.
    pub(crate) look: Look,
    /// Whether nothing of it is kept: the file was read, and that is all.
    pub(crate) is_passing: bool,
}

impl Session {
    /// Opens the visit of a shared file as a member. The file may be away: what this laptop has is enough to go on scoring.
    ///
    /// # Errors
    /// If the file is no shared file, belongs to a visit this laptop has not joined, or the store fails.
    pub fn open(home: &Home, file: &Path) -> Result<Self, Failure> {
        let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
        let mut store = home.store()?;
        let known = identify(&store, home, &file)?;
        let Whose::Known(id) = known else { return Err(known.not_joined(&file)) };
        let rows = mend::mend(&mut store, home, &id, &file)?;
        store
            .see_visit(&id, &wording::path_text(&file)?)
            .map_err(|error| wording::store(&error, &home.database()))?;
        let session = Self::load_sound(home, store, &id, file, &rows)?;
        if session.row.me.is_some() { Ok(session) } else { Err(wording::not_joined(&session.file)) }
    }

    /// Opens a visit by id, for the home screen and after founding or joining.
    ///
    /// # Errors
    /// If the store does not know it or fails.
    pub(in crate::app) fn load(
        home: &Home,
        mut store: Store,
        id: &VisitId,
        file: PathBuf,
    ) -> Result<Self, Failure> {
        let rows = mend::mend(&mut store, home, id, &file)?;
        Self::load_sound(home, store, id, file, &rows)
    }

    /// The same for a list, which says nothing of what is lost.
    ///
    /// # Errors
    /// Also if something is lost that must be told when somebody opens the visit.
    pub(in crate::app) fn load_quietly(
        home: &Home,
        mut store: Store,
        id: &VisitId,
        file: PathBuf,
    ) -> Result<Self, Failure> {
        let rows = mend::mend_quietly(&mut store, home, id, &file)?;
        Self::load_sound(home, store, id, file, &rows)
    }

    /// The same of a visit that was looked through, from its commits.
    pub(in crate::app) fn load_sound(
        home: &Home,
        mut store: Store,
        id: &VisitId,
        file: PathBuf,
        rows: &[CommitRow],
    ) -> Result<Self, Failure> {
        let fail = |error: &StoreError| wording::store(error, &home.database());
        let row = store.visit(id).map_err(|error| fail(&error))?.ok_or_else(|| wording::not_joined(&file))?;
        let device = device_of(home, &mut store, &row)?;
        // Whoever works on a visit works on what comes next.
        let look = Look { outside: None, up_to: UpTo::Draft };
        let loaded = load::load_rows(&store, &row, &device, home, look, rows)?;
        Ok(Self {
            home: home.clone(),
            store,
            device,
            row,
            file,
            visit: loaded.visit,
            next: loaded.next,
            lamport: loaded.lamport,
            keys: loaded.keys,
            written: RefCell::default(),
            beyond: Beyond::default(),
            own_log: OwnLog::default(),
            look,
            is_passing: false,
        })
    }

    /// Reads everything anew from the store, after a sync or after another process wrote.
    ///
    /// # Errors
    /// If the store fails.
    pub fn reload(&mut self) -> Result<(), Failure> {
        let row = self.store.visit(&self.row.id).map_err(|error| self.store_failure(&error))?;
        self.row = row.ok_or_else(|| wording::not_joined(&self.file))?;
        self.device = device_of(&self.home, &mut self.store, &self.row)?;
        let loaded = load::load(&self.store, &self.row, &self.device, &self.home, self.look)?;
        self.visit = loaded.visit;
        self.next = loaded.next;
        self.lamport = loaded.lamport;
        self.keys = loaded.keys;
        Ok(())
    }

    /// The visit as it stands.
    #[must_use]
    pub const fn visit(&self) -> &Visit {
        &self.visit
    }

    /// The name this laptop joined under.
    #[must_use]
    pub const fn me(&self) -> Option<&MemberName> {
        self.row.me.as_ref()
    }

    /// Whether this laptop is the lead's; one that only claims the lead's name is not.
    #[must_use]
    pub fn is_lead(&self) -> bool {
        self.my_state().is_some_and(|state| state.identity != Identity::Waiting)
            && self.visit.founding.lead().map(|lead| &lead.name) == self.me()
    }

    /// Whether this laptop may do the lead's work: it is the lead's, or a deputy's.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.my_state().is_some_and(|state| self.visit.leads(&state.member.name))
    }

    /// Whether this laptop's claim of a name waits for the lead.
    #[must_use]
    pub fn waits_for_admission(&self) -> bool {
        let own = self.feed();
        self.visit.pending.iter().any(|claim| claim.feed == own)
    }

    /// Whether this laptop claims a name beside the roster that nobody had admitted when scoring was closed.
    #[must_use]
    pub fn comes_too_late(&self) -> bool {
        self.my_state().is_some_and(|state| self.visit.latecomers.contains(&state.member.name))
    }

    /// Whether this laptop's member is recorded as absent and has sealed nothing.
    #[must_use]
    pub fn is_recorded_absent(&self) -> bool {
        self.my_state().is_some_and(|state| self.visit.is_absent(state.member.name.as_str()))
    }

    /// Whether scoring was closed without this laptop's ballot: it does not count.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.my_state().is_some_and(|state| state.ballot_state == BallotState::LeftOut)
    }

    /// The shared file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The feed of this laptop.
    #[must_use]
    pub fn feed(&self) -> FeedId {
        self.device.feed()
    }

    /// Own state in the panel, if this laptop counts as a member.
    #[must_use]
    pub fn my_state(&self) -> Option<&MemberState> {
        let name = self.row.me.as_ref()?;
        let feed = self.feed();
        let state = self.visit.member(name.as_str()).filter(|state| state.feeds.contains(&feed));
        state.filter(|_| !self.visit.retired.contains_key(&feed))
    }

    /// Where own edits have got to.
    ///
    /// # Errors
    /// If the store fails.
    pub fn sync_state(&self) -> Result<SyncState, Failure> {
        let received = self.visit.receipts().get(&self.feed()).copied();
        sync_state(&self.store, &self.row, self.is_lead(), received)
            .map_err(|error| self.store_failure(&error))
    }

    /// The outcome over the votes this laptop may show.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::seen_by(&self.visit, self.viewer())
    }

    /// The outcome over the same votes with nothing withheld: for judging the record, never for showing it.
    #[must_use]
    pub(in crate::app) fn whole_outcome(&self) -> Outcome {
        Outcome::of(&self.visit, |state| self.may_see(state))
    }

    /// Whether a clause is left out on this laptop because its member is recused from it.
    #[must_use]
    pub(in crate::app) fn is_withheld(&self, clause: &Clause) -> bool {
        self.visit.is_withheld(self.viewer(), clause.id.as_str())
    }

    /// Whether this laptop may show a member's votes (invariant 4).
    #[must_use]
    pub fn may_see(&self, state: &MemberState) -> bool {
        self.visit.may_see(self.viewer(), state)
    }

    fn viewer(&self) -> &str {
        self.row.me.as_ref().map_or("", MemberName::as_str)
    }

    /// Whether the gate lets this laptop record an edit now.
    pub(in crate::app) fn may(&self, edit: &Edit) -> Result<(), Failure> {
        let permitted = match self.look.outside {
            Some(_) => permit_outside(&self.visit, &self.feed(), edit),
            None => permit(&self.visit, self.seated(), edit),
        };
        permitted.map_err(|refused| wording::refusal(refused, edit))
    }

    /// Whether this laptop does the lead's work.
    ///
    /// # Errors
    /// Why it does not.
    pub(crate) fn as_lead(&self) -> Result<(), Failure> {
        permit_leading(&self.visit, self.seated()).map_err(wording::not_led)
    }

    /// The name this laptop counts under, or would once it is admitted.
    pub(in crate::app) fn seated(&self) -> Option<&MemberName> {
        self.my_state().map(|state| &state.member.name)
    }

    pub(in crate::app) fn store_failure(&self, error: &StoreError) -> Failure {
        wording::store(error, &self.home.database())
    }

    /// Takes an own edit that is in the store into the visit.
    pub(in crate::app) fn absorb(&mut self, edit: &Edit) {
        load::apply_pending(&mut self.visit, self.row.me.as_ref(), &self.device.feed(), self.next, edit);
        self.next.1 += 1;
    }
}

/// The key this laptop signs with in a visit.
fn device_of(home: &Home, store: &mut Store, row: &VisitRow) -> Result<DeviceKey, Failure> {
    match &row.secret {
        Some(secret) => Ok(DeviceKey::from_bytes(secret)),
        None => home.device(store),
    }
}

/// Whether this laptop knows the visit of a file.
pub(in crate::app) enum Whose {
    /// It does.
    Known(VisitId),
    /// It does not; the file may be encrypted.
    Unknown { is_encrypted: bool },
}

impl Whose {
    /// Why the visit cannot be opened as a member's.
    fn not_joined(&self, path: &Path) -> Failure {
        match self {
            Self::Unknown { is_encrypted: true } => wording::asks(path),
            Self::Unknown { is_encrypted: false } | Self::Known(_) => wording::not_joined(path),
        }
    }
}

/// Which visit a path means: the file's own header, else the visit last seen at that path.
pub(in crate::app) fn identify(store: &Store, home: &Home, path: &Path) -> Result<Whose, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let at_path = store.visits_at(&wording::path_text(path)?).map_err(fail)?;
    let contents = RealDisk.read(path, file::HEADER_PROBE).map(|bytes| file::read_header(&bytes));
    let is_encrypted = matches!(contents, Ok(Contents::Encrypted(_)));
    match contents {
        Ok(Contents::Lines { header, .. } | Contents::Newer(header) | Contents::Encrypted(header)) => {
            if store.stored_visit(&header.visit).map_err(fail)?.is_some() {
                Ok(Whose::Known(header.visit))
            } else if !at_path.is_empty() {
                Err(wording::other_visit(path))
            } else {
                Ok(Whose::Unknown { is_encrypted })
            }
        }
        unreadable => match (at_path.into_iter().next(), unreadable) {
            (Some(id), _) => Ok(Whose::Known(id)),
            (None, Ok(Contents::Empty)) => Err(wording::empty_file(path)),
            (None, Ok(_)) => Err(wording::foreign_file(path)),
            (None, Err(error)) => Err(wording::path(path, &error)),
        },
    }
}

/// Where own edits of a visit have got to: `received` is the last own commit that the lead has.
pub(crate) fn sync_state(
    store: &Store,
    row: &VisitRow,
    is_lead: bool,
    received: Option<u64>,
) -> Result<SyncState, StoreError> {
    let seen_n = if is_lead {
        row.in_file_n
    } else {
        received.map_or(i64::MIN, |n| i64::try_from(n).unwrap_or(i64::MAX))
    };
    // What the lead has is delivered, even if an old copy of the file was put back over it since.
    let in_file_n = row.in_file_n.max(seen_n);
    let [all, in_file, receipted] = store.count_own_edits(&row.id, in_file_n, seen_n)?;
    Ok(SyncState { pending: all - in_file, in_file, receipted })
}

/// What a laptop can read the encrypted files of a visit with; `None` without a key.
pub(crate) fn reading_envelope(row: &VisitRow) -> Option<Envelope> {
    let key = VisitKey::parse(&row.visit_key.as_ref()?.0)?;
    Some(Envelope { key, slot: row.slot.clone().unwrap_or_default(), earlier: Vec::new() })
}
