//! Everything that is done to an open visit, as one closed list: command line and screens build a [`Deed`], and
//! [`Session::perform`] is the only gate it goes through (`docs/decisions/0024-deeds.md`).

use std::path::PathBuf;

use crate::{
    app::{
        ballot::{
            import_votes::{VoteRequest, VotesImported},
            submit::BallotGaps,
        },
        evidence::{AttachRequest, Attached},
        failure::{Failure, wording},
        ledger::{
            file::{Plans, TakenIn},
            work::{Handover, PlanChange},
        },
        session::{Session, own_log::Change},
        visit::membership::{Admission, Keeps},
    },
    domain::{
        edit::{
            Choice, Edit,
            declaration::Declaration,
            dissent::Dissent,
            objection::Objection,
            plan::Plan,
            rectify::Problem,
            verdict::{Decision, GateState},
            waiver::{MatterKind, Waiving},
        },
        permit::Refusal,
        terms::{
            digest::Digest,
            id::{ClauseId, GateId, MemberName, RectifyId},
            written::Line,
        },
    },
};

/// Something that is done to an open visit. When it was done it is on the disk of this laptop; others hear of it by a sync.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Record edits of the own ballot, or the lead's verdicts and gates.
    Record(Vec<Edit>),
    /// Record one vote as it was typed.
    Score(VoteRequest),
    /// Record the votes of a CSV file.
    ImportVotes(Vec<u8>),
    /// Take the last own change back.
    Undo,
    /// Take the last own changes back, so many at once.
    UndoBack(usize),
    /// Do the last undone change again.
    Redo,
    /// Attach files to a clause.
    Attach(AttachRequest),
    /// Take a thing back that was attached to a clause: by its number, or the beginning of its digest.
    Detach(ClauseId, String),
    /// Seal the own ballot.
    Submit,
    /// Take that back, while scoring is not closed.
    Unseal,
    /// Close scoring for everybody.
    Close,
    /// Vote on a clause in the clear, after the opening, for a reason that may be empty; `None` takes it back.
    ClearVote(ClauseId, Option<Choice>, String),
    /// Decide a clause for a reason; `None` = back to the rule.
    Decide(ClauseId, Option<Decision>, String),
    /// Decide a gate for a reason; `None` = not answered.
    DecideGate(GateId, Option<GateState>, String),
    /// Say why the own vote for a clause differs; `None` takes it back.
    Dissent(ClauseId, Option<Dissent>),
    /// Record an objection of the facility to a clause, or to the report as a whole; `None` takes it back.
    Object(Option<ClauseId>, Option<Objection>),
    /// Declare interests, and what not to vote on.
    Declare(Declaration),
    /// Record a recusal from a clause, or from all; without a reason it is lifted.
    Recuse(MemberName, Option<ClauseId>, Option<String>),
    /// Record that a member is not there; without a reason it is taken back.
    RecordAbsence(MemberName, Option<String>),
    /// Say who scores what.
    Plan(Option<Plan>),
    /// Fill in fields of the facility's profile from `key=value`.
    FillIn(Vec<String>),
    /// Fill them in from a file.
    ImportFacility(Vec<u8>),
    /// Admit the laptop whose join code was typed.
    Admit(String),
    /// Name a deputy.
    Deputy(MemberName),
    /// Name the device of an office, by its number.
    Office(String),
    /// Retire the device whose feed begins so.
    Retire(String, Keeps),
    /// Sign the record, if it is still this one.
    Sign(Digest),
    /// Keep a reason for letting a kind of open matter pass, until the visit is made final.
    KeepWaiver(MatterKind, Line),
    /// Make the visit final; what is waived has a reason.
    Finalize(Vec<Waiving>),
    /// Work on the rectification ledger.
    Ledger(Box<LedgerDeed>),
    /// Take the key of the shared file with its passphrase.
    Unlock(String),
    /// Set or change that passphrase.
    SetPassphrase(String),
    /// No longer wait for a passphrase.
    ForgetLock,
}

/// What is done on the rectification ledger.
#[derive(Debug, Clone)]
pub enum LedgerDeed {
    /// Put one more item on the ledger.
    Add(Problem),
    /// Change goal, person or deadline of items: all or none.
    Plan(Vec<RectifyId>, PlanChange),
    /// Hand in what was done.
    HandIn(RectifyId, Handover),
    /// Close an item: the point scored again as it was typed, where the item names one, and what was seen.
    Close(RectifyId, Option<String>, String),
    /// Hand back or open again, for a reason.
    Reopen(RectifyId, String),
    /// Take off the ledger, for a reason.
    Strike(RectifyId, String),
    /// Take in a ledger that was filled in.
    TakeIn(PathBuf, Plans),
}

/// What comes back of a deed that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It is done; there is nothing more to say.
    Quietly,
    /// So many votes or fields were recorded.
    Recorded(usize),
    /// What was taken back or done again, and by what; `None` = there was nothing to.
    Stepped(Option<Change>),
    /// Files were attached.
    Attached(Attached),
    /// A thing of this name was taken back.
    Detached(String),
    /// The ballot is sealed; this is what it lacks.
    Submitted(BallotGaps),
    /// A laptop was admitted.
    Admitted(Admission),
    /// A laptop of this member was retired.
    Retired(MemberName),
    /// This record was signed.
    Signed(Digest),
    /// An item is on the ledger under this id.
    OnLedger(RectifyId),
    /// Votes were imported.
    VotesImported(VotesImported),
    /// A ledger was taken in.
    TakenIn(TakenIn),
    /// Whether there was something to unlock.
    Unlocked(bool),
}

impl LedgerDeed {
    /// Whether it may be work that an office takes part in; of what is taken in from a file that is asked step by step.
    #[must_use]
    pub const fn is_for_offices(&self) -> bool {
        match self {
            Self::HandIn(..) | Self::Close(..) | Self::Reopen(..) | Self::TakeIn(..) => true,
            Self::Add(_) | Self::Plan(..) | Self::Strike(..) => false,
        }
    }
}

impl Done {
    /// The failure of a caller to whom its deed came back as something else, which only a mistake in the program can cause.
    #[must_use]
    pub fn mistaken() -> Failure {
        Failure::bug("a deed came back as another")
    }
}

impl Session {
    /// Does a deed: all of it, or nothing.
    ///
    /// # Errors
    /// If a rule forbids it, what was given does not hold, or disk or store fail; the failure says which.
    pub fn perform(&mut self, deed: Deed) -> Result<Done, Failure> {
        self.may_do(&deed)?;
        let done = self.do_deed(deed)?;
        // When the votes are open nothing needs to wait for company, and the record that people compare and sign is the one they
        // see.
        if self.visit.closed {
            self.seal()?;
        }
        Ok(done)
    }

    /// The gate of laptops that have not joined: what changes a visit is refused before anything is looked at. What an office may do
    /// is asked again with each step.
    fn may_do(&self, deed: &Deed) -> Result<(), Failure> {
        if !self.is_outside() {
            return Ok(());
        }
        // An office opens its file like everybody else.
        if matches!(deed, Deed::Unlock(_) | Deed::ForgetLock) {
            return self.may_exchange();
        }
        match deed {
            Deed::Ledger(deed) if self.is_office() && deed.is_for_offices() => Ok(()),
            _ if self.is_office() => Err(wording::not_led(Refusal::NotTheOffices)),
            _ => Err(wording::not_led(Refusal::Outside)),
        }
    }

    fn do_deed(&mut self, deed: Deed) -> Result<Done, Failure> {
        match deed {
            Deed::Record(edits) => self.record(edits).map(quietly),
            Deed::Score(request) => self.score(&request).map(quietly),
            Deed::ImportVotes(bytes) => self.import_votes(&bytes).map(Done::VotesImported),
            Deed::Undo => self.undo(1).map(Done::Stepped),
            Deed::UndoBack(n) => self.undo(n).map(Done::Stepped),
            Deed::Redo => self.redo().map(Done::Stepped),
            Deed::Attach(request) => self.attach(&request).map(Done::Attached),
            Deed::Detach(clause, which) => self.detach(&clause, &which).map(Done::Detached),
            Deed::Submit => self.submit().map(Done::Submitted),
            Deed::Unseal => self.unseal().map(quietly),
            Deed::Close => self.close().map(quietly),
            Deed::ClearVote(clause, choice, reason) => self.vote_openly(clause, choice, &reason).map(quietly),
            Deed::Decide(clause, decision, reason) => self.decide(&clause, decision, &reason).map(quietly),
            Deed::DecideGate(gate, state, reason) => self.decide_gate(&gate, state, &reason).map(quietly),
            Deed::Dissent(clause, value) => self.dissent(clause, value).map(quietly),
            Deed::Object(clause, value) => self.object(clause, value).map(quietly),
            Deed::Declare(declaration) => self.declare(declaration).map(quietly),
            Deed::Recuse(name, clause, reason) => self.recuse(&name, clause, reason.as_deref()).map(quietly),
            Deed::RecordAbsence(name, reason) => self.record_absence(&name, reason.as_deref()).map(quietly),
            Deed::Plan(plan) => self.set_plan(plan).map(quietly),
            Deed::FillIn(texts) => self.fill_in(&texts).map(Done::Recorded),
            Deed::ImportFacility(bytes) => self.import_facility(&bytes).map(Done::Recorded),
            Deed::Admit(typed) => self.admit(&typed).map(Done::Admitted),
            Deed::Deputy(name) => self.name_deputy(&name).map(quietly),
            Deed::Office(number) => self.name_office(&number).map(quietly),
            Deed::Retire(device, keeps) => self.retire(&device, keeps).map(Done::Retired),
            Deed::Sign(shown) => self.sign(shown).map(Done::Signed),
            Deed::KeepWaiver(kind, reason) => self.keep_waiver(kind, &reason).map(quietly),
            Deed::Finalize(reasons) => self.finalize(&reasons).map(quietly),
            Deed::Ledger(deed) => self.work_on_ledger(*deed),
            Deed::Unlock(passphrase) => self.unlock(&passphrase).map(Done::Unlocked),
            Deed::SetPassphrase(passphrase) => self.set_passphrase(&passphrase).map(quietly),
            Deed::ForgetLock => self.forget_lock().map(quietly),
        }
    }

    fn work_on_ledger(&mut self, deed: LedgerDeed) -> Result<Done, Failure> {
        match deed {
            LedgerDeed::Add(problem) => self.add_to_ledger(problem).map(Done::OnLedger),
            LedgerDeed::Plan(items, change) => self.plan(&items, &change).map(quietly),
            LedgerDeed::HandIn(id, handover) => self.hand_in(&id, handover).map(quietly),
            LedgerDeed::Close(id, finding, remark) => {
                self.close_item(&id, finding.as_deref(), &remark).map(quietly)
            }
            LedgerDeed::Reopen(id, reason) => self.reopen_item(&id, &reason).map(quietly),
            LedgerDeed::Strike(id, reason) => self.strike_item(&id, &reason).map(quietly),
            LedgerDeed::TakeIn(path, plans) => self.import_ledger(&path, plans).map(Done::TakenIn),
        }
    }
}

const fn quietly((): ()) -> Done {
    Done::Quietly
}
