//! The log (记录) of the open visit, as far as whoever sits here may see it.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    app::{
        failure::Failure,
        session::{Session, load},
        system,
    },
    domain::{
        log::{Log, Reader, Subject, entry::Entry},
        terms::{
            id::{CommitId, GateId},
            lang::Lang,
        },
    },
    report,
    share::file::commit::Commit,
};

/// The log with what the clocks of the laptops said.
#[derive(Debug, Clone)]
pub struct ReadLog {
    /// The log.
    pub log: Log,
    /// Milliseconds since 1970 by the clock of the laptop that made a commit. Decoration: nothing is sorted by it.
    clocks: HashMap<CommitId, u64>,
}

impl ReadLog {
    /// A log without clocks.
    #[must_use]
    pub fn of(log: Log) -> Self {
        Self { log, clocks: HashMap::new() }
    }

    /// When an entry was made ready for the shared file, by the clock of its laptop; empty if it says nothing.
    #[must_use]
    pub fn clock(&self, entry: &Entry) -> String {
        self.clock_ms(entry).map(system::time_text_of_ms).unwrap_or_default()
    }

    fn clock_ms(&self, entry: &Entry) -> Option<u64> {
        self.clocks.get(entry.commit.as_ref()?).copied()
    }

    /// `hecha log --json`.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        report::log_json(&self.log, |entry| self.clock_ms(entry), lang)
    }
}

impl Session {
    /// What was recorded: of a clause or a disqualifier, or all.
    ///
    /// # Errors
    /// If there is no such clause, if nothing of the visit is public here, or if the store fails.
    pub fn log(&self, about: Option<&str>) -> Result<ReadLog, Failure> {
        self.may_report()?;
        let subject = about.map(|id| self.subject(id)).transpose()?;
        let (store, row) = (&self.store, &self.row);
        let recorded = load::recorded(store, row, &self.device, &self.home, self.look.outside)?;
        let received = self.visit.receipts().get(&self.feed()).copied().unwrap_or(0);
        let in_file = u64::try_from(row.in_file_n).unwrap_or(0);
        let feed = self.feed();
        let reader = Reader {
            me: self.me(),
            feed: &feed,
            // What the lead has is delivered, even if an old copy of the file was put back over it since.
            delivered: in_file.max(received),
            record: &self.record_digest(),
        };
        let rows = store.commits(&row.id).map_err(|error| self.store_failure(&error))?;
        let clocks = rows.iter().filter_map(|row| {
            Some((row.id.clone(), Commit::from_store(row.id.clone(), &row.json)?.time_ms?))
        });
        Ok(ReadLog { log: recorded.log(reader, subject), clocks: clocks.collect() })
    }

    fn subject(&self, id: &str) -> Result<Subject, Failure> {
        let gates = &self.visit.founding.checklist.profile.gates;
        let gate = gates.iter().find(|gate| gate.id.as_str() == id);
        match (self.clause(id), gate) {
            (Ok(clause), _) => Ok(Subject::Clause(clause.id.clone())),
            (Err(_), Some(gate)) => Ok(Subject::Gate(GateId::new(gate.id.as_str()))),
            (Err(failure), None) => Err(failure),
        }
    }
}
