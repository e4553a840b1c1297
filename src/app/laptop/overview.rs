//! The visits of this laptop at a glance, for the home screen.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{
    app::{
        ballot::submit::gaps,
        failure::{Failure, wording},
        files,
        home::Home,
        session::{Session, SyncState, mend::mend_quietly, sync_state},
        visit::passphrase::Lock,
    },
    domain::{
        facility::Stage,
        terms::{
            clean::clean_line,
            date::Date,
            id::{MemberName, VisitId},
        },
        visit::Visit,
    },
    store::{Store, checks::StoredVisit, error::StoreError, visits::VisitRow},
};

/// One visit of this laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitSummary {
    /// Id.
    pub id: VisitId,
    /// Shared file.
    pub file: PathBuf,
    /// Facility.
    pub facility: String,
    /// Stage and day; `None` of a visit that does not open.
    pub when: Option<(Stage, Date)>,
    /// The name this laptop joined under.
    pub me: Option<MemberName>,
    /// Clauses scored by this member.
    pub n_scored: usize,
    /// Clauses this member votes on.
    pub n_owed: usize,
    /// Whether this member's ballot is submitted.
    pub submitted: bool,
    /// Where own edits are.
    pub sync: SyncState,
    /// Whether this laptop is the lead's.
    pub lead: bool,
    /// Whether this laptop waits for the lead to admit it.
    pub waits: bool,
    /// Laptops that wait for this one, the lead's or a deputy's, to admit them.
    pub n_waiting: usize,
    /// Whether the shared file is encrypted, and whether it opens here.
    pub lock: Lock,
    /// How far the visit is.
    pub phase: VisitPhase,
}

/// How far a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitPhase {
    /// Members may score.
    Scoring,
    /// The lead closed scoring.
    Closed,
    /// Final.
    Final,
    /// The database holds it and it does not open.
    Broken,
}

impl VisitPhase {
    /// The phase of a visit.
    #[must_use]
    pub const fn of(visit: &Visit) -> Self {
        if visit.finalised.is_some() {
            Self::Final
        } else if visit.closed {
            Self::Closed
        } else {
            Self::Scoring
        }
    }

    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scoring => "scoring",
            Self::Closed => "closed",
            Self::Final => "final",
            Self::Broken => "broken",
        }
    }

    fn parse(key: &str) -> Option<Self> {
        [Self::Scoring, Self::Closed, Self::Final].into_iter().find(|it| it.key() == key)
    }
}

/// What of a visit takes reading all of it: kept from one look at the home screen to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Glance {
    facility: String,
    stage: Stage,
    date: Date,
    n_scored: usize,
    n_owed: usize,
    submitted: bool,
    lead: bool,
    waits: bool,
    n_waiting: usize,
    phase: VisitPhase,
    /// Own commits that the lead has received.
    received: Option<u64>,
    /// Whether the lead has set a passphrase.
    has_passphrase: bool,
}

/// All visits of this laptop, latest first. One that does not open is among them, and keeps no other from being shown.
///
/// # Errors
/// If the store fails.
pub fn list_visits(home: &Home) -> Result<Vec<VisitSummary>, Failure> {
    // Who only looks at somebody's file makes no data folder by it.
    if !files::is_there(&home.database()) {
        return Ok(Vec::new());
    }
    let mut store = home.store()?;
    let stored = store.stored_visits().map_err(|error| wording::store(&error, &home.database()))?;
    let mut list = Vec::with_capacity(stored.len());
    for stored in stored {
        let listed = sound_row(home, &mut store, &stored).and_then(|row| listed(home, &mut store, &row));
        list.push(listed.unwrap_or_else(|_| broken(&stored.row)));
    }
    Ok(list)
}

/// The visit as it should be; what does not read of it is put right first.
fn sound_row(home: &Home, store: &mut Store, stored: &StoredVisit) -> Result<VisitRow, Failure> {
    let id = &stored.row.id;
    if !stored.unreadable.is_empty() {
        mend_quietly(store, home, id, Path::new(&stored.row.file))?;
    }
    let row = store.visit(id).map_err(|error| wording::store(&error, &home.database()))?;
    row.ok_or_else(|| wording::not_joined(Path::new(&stored.row.file)))
}

fn listed(home: &Home, store: &mut Store, row: &VisitRow) -> Result<VisitSummary, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let (commits, own) = store.visit_state(&row.id).map_err(fail)?;
    let me = row.me.as_ref().map_or("", MemberName::as_str);
    // Another program may count otherwise.
    let state = format!("{} {commits} {own} {me}", env!("CARGO_PKG_VERSION"));
    let kept = store.glance(&row.id, &state).map_err(fail)?;
    let glance = match kept.as_deref().and_then(Glance::read) {
        Some(glance) => glance,
        None => {
            let session = Session::load_quietly(home, home.store()?, &row.id, PathBuf::from(&row.file))?;
            let glance = session.glance();
            store.keep_glance(&row.id, &state, &glance.to_json()).map_err(fail)?;
            glance
        }
    };
    let sync = sync_state(store, row, glance.lead, glance.received).map_err(fail)?;
    Ok(VisitSummary {
        id: row.id.clone(),
        file: PathBuf::from(&row.file),
        facility: glance.facility,
        when: Some((glance.stage, glance.date)),
        me: row.me.clone(),
        n_scored: glance.n_scored,
        n_owed: glance.n_owed,
        submitted: glance.submitted,
        sync,
        lead: glance.lead,
        waits: glance.waits,
        n_waiting: glance.n_waiting,
        lock: Lock::of(row, glance.has_passphrase),
        phase: glance.phase,
    })
}

/// A visit that does not open, under the name of its file.
fn broken(row: &VisitRow) -> VisitSummary {
    let file = PathBuf::from(&row.file);
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    VisitSummary {
        id: row.id.clone(),
        facility: clean_line(&name),
        file,
        when: None,
        me: row.me.clone(),
        n_scored: 0,
        n_owed: 0,
        submitted: false,
        sync: SyncState::default(),
        lead: false,
        waits: false,
        n_waiting: 0,
        lock: Lock::of(row, false),
        phase: VisitPhase::Broken,
    }
}

impl Session {
    /// This visit at a glance.
    fn glance(&self) -> Glance {
        let name = self.me().map_or("", MemberName::as_str);
        let gaps = gaps(&self.visit, name);
        let founding = &self.visit.founding;
        Glance {
            facility: founding.facility.to_string(),
            stage: founding.stage,
            date: founding.date,
            n_scored: gaps.n_scored,
            n_owed: gaps.n_owed,
            submitted: self.my_state().is_some_and(|state| state.is_submitted()),
            lead: self.is_lead(),
            waits: self.waits_for_admission(),
            n_waiting: if self.leads() { self.visit.pending.len() } else { 0 },
            phase: VisitPhase::of(&self.visit),
            received: self.visit.receipts().get(&self.feed()).copied(),
            has_passphrase: !self.visit.slots().is_empty(),
        }
    }
}

impl Glance {
    fn to_json(&self) -> String {
        json!({
            "facility": self.facility, "stage": self.stage.key(), "date": self.date.to_string(),
            "scored": self.n_scored, "owed": self.n_owed, "submitted": self.submitted, "lead": self.lead,
            "waits": self.waits, "waiting": self.n_waiting, "phase": self.phase.key(), "received": self.received,
            "passphrase": self.has_passphrase,
        })
        .to_string()
    }

    /// What was kept; `None` if it reads as nothing, and then it is made anew.
    fn read(text: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(text).ok()?;
        let word = |key: &str| json.get(key)?.as_str();
        let is_so = |key: &str| json.get(key)?.as_bool();
        let count = |key: &str| usize::try_from(json.get(key)?.as_u64()?).ok();
        Some(Self {
            facility: word("facility")?.to_owned(),
            stage: Stage::parse(word("stage")?)?,
            date: word("date")?.parse().ok()?,
            n_scored: count("scored")?,
            n_owed: count("owed")?,
            submitted: is_so("submitted")?,
            lead: is_so("lead")?,
            waits: is_so("waits")?,
            n_waiting: count("waiting")?,
            phase: VisitPhase::parse(word("phase")?)?,
            received: json.get("received")?.as_u64(),
            has_passphrase: is_so("passphrase")?,
        })
    }
}
