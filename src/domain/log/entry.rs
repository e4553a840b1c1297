//! One entry of the log: what was recorded, about what, by whom, and what became of it.

use crate::domain::{
    edit::{
        Choice, Edit,
        commit::LoggedCommit,
        rectify::{Problem, RectifyStep},
    },
    ledger::Refusal,
    log::{Ledger, Subject},
    terms::{
        field::words,
        id::{ClauseId, CommitId, GateId, MemberName, PointId, RectifyId},
        lang::Lang,
    },
    visit::{Visit, closing::Closing},
};

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it bears on.
    pub about: About,
    /// What became of it.
    pub fate: Fate,
    /// Who recorded it.
    pub by: By,
    /// On which of several laptops of the same member, from 1; `None` = there is one, or it may not be told.
    pub device: Option<usize>,
    /// What was recorded.
    pub edit: Edit,
    /// What it replaced: what stood before, as far as its author knew of it.
    pub replaced: Vec<Edit>,
    /// Whether it is in the shared file.
    pub synced: bool,
    /// Lamport time of its commit; `None` = it is in none yet.
    pub lamport: Option<u64>,
    /// Its commit.
    pub commit: Option<CommitId>,
}

/// Who recorded something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A member.
    Member(MemberName),
    /// An office.
    Office,
    /// A laptop that claims a name and is not counted.
    Claimant(MemberName),
    /// A laptop that is nobody's.
    Stranger,
}

/// What an entry bears on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A clause, or a point of it.
    Clause(ClauseId, Option<PointId>),
    /// A disqualifier.
    Gate(GateId),
    /// All clauses: who scores what, whose ballot counts, and when it was opened.
    Clauses,
    /// The visit.
    Visit,
}

/// What became of what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It counts today.
    Counts,
    /// It took effect, and something later replaced it.
    Replaced,
    /// It does not count.
    Void(Why),
    /// The ledger refused it.
    Refused(Refusal),
}

words! {
    /// Why something that was recorded does not count.
    Why {
        /// Nobody counts at that laptop.
        NotAdmitted = "not-admitted", "这台电脑没有被核准", "the laptop is not admitted";
        /// The laptop was retired before.
        Retired = "retired", "这台电脑在这之前已停用", "the laptop had been retired";
        /// Only the lead and deputies.
        NoRight = "no-right", "只有组长或副组长可以这样做", "only the lead or a deputy may do that";
        /// Only when the votes are open.
        TooEarly = "too-early", "评分还没有结束", "scoring was not closed yet";
        /// It is settled with the closing.
        AfterClosing = "after-closing", "评分已经结束，不再改变", "scoring was closed already, it changes nothing";
        /// The ballot was sealed.
        AfterSeal = "after-seal", "在封存之后记录", "recorded after the seal";
        /// No closing record names it.
        Late = "late", "结束评分时不在其中", "no closing record names it";
        /// No seal of the member's counts.
        LeftOut = "left-out", "评分包没有封存，不计票", "the ballot was not sealed, it does not count";
        /// It counts, and could not be read when the visit was made final.
        Unopened = "unopened", "定稿时评分包没有打开", "the ballot was not open when the visit was made final";
        /// What is final is frozen.
        AfterEnd = "after-end", "核查已经定稿", "the visit was final already";
        /// The member does not vote there.
        Recused = "recused", "本人在这个条款回避", "the member is recused from the clause";
        /// Two values do not know of each other.
        Conflict = "conflict", "与另一台电脑的记录冲突", "in conflict with what another laptop recorded";
        /// It does not fit what is asked.
        Unfit = "unfit", "不符合清单的要求", "it does not fit what the checklist asks";
        /// The record changed since.
        OtherRecord = "other-record", "签的不是现在的核查记录", "not the record as it is now";
        /// A closing or final record that does not hold.
        NotValid = "not-valid", "不成立：所依据的记录不齐，或条件不具备", "it does not hold: what it rests on is missing or not given";
        /// This program does not know it.
        Unknown = "unknown", "本程序不认识这种记录", "this program does not know it";
    }
}

words! {
    /// Kinds of entries.
    Kind {
        /// The visit was founded.
        Founding = "founding", "建立核查", "founded";
        /// A laptop claimed a name.
        Join = "join", "加入", "joined";
        /// The lead admitted a laptop.
        Admission = "admission", "核准电脑", "laptop admitted";
        /// The lead named a deputy.
        Deputy = "deputy", "指定副组长", "deputy named";
        /// An office joined, or was named.
        Office = "office", "整改办公室", "office";
        /// A laptop named another one of the same person.
        Device = "device", "换用电脑", "laptop changed";
        /// A laptop was retired.
        Retirement = "retirement", "停用电脑", "laptop retired";
        /// Interests were declared.
        Declaration = "declaration", "利益关系申报", "interests declared";
        /// A member asked to be recused.
        RecusalAsked = "recusal-asked", "申请回避", "recusal asked for";
        /// The lead recorded a recusal.
        Recusal = "recusal", "登记回避", "recusal recorded";
        /// The lead recorded that a member is not there.
        Absentee = "absentee", "记录缺席", "absence of a member recorded";
        /// The work was divided.
        Plan = "plan", "分工方案", "plan";
        /// A finding for a point.
        Finding = "finding", "核查结果", "finding";
        /// A direct grade, or points.
        Vote = "vote", "直接评分", "direct vote";
        /// No grade, and why.
        Absence = "absence", "未评说明", "absence";
        /// A note.
        Note = "note", "备注", "note";
        /// A photo or file.
        Evidence = "evidence", "附件", "evidence";
        /// A ballot was sealed.
        Submit = "submit", "提交评分包", "ballot sealed";
        /// A seal was taken back.
        Unseal = "unseal", "撤回提交", "seal taken back";
        /// The key of a ballot was shared out, or a share given.
        Share = "share", "密钥份额", "share of a key";
        /// The share that opened a ballot, or the key.
        Opening = "opening", "打开评分包", "ballot opened";
        /// Scoring was closed.
        Closing = "closing", "结束评分", "scoring closed";
        /// A later closing record.
        LateClosing = "late-closing", "补入评分包", "late seals added";
        /// A vote in the clear.
        ClearVote = "clear-vote", "合议表决", "vote in the clear";
        /// The lead's verdict.
        Verdict = "verdict", "合议结论", "verdict";
        /// The answer to a disqualifier.
        Gate = "gate", "否决情形结论", "disqualifier answered";
        /// Why a vote differs.
        Dissent = "dissent", "不同意见", "dissent";
        /// What the facility objects to.
        Objection = "objection", "机构异议", "objection";
        /// A field of the facility's profile.
        Profile = "profile", "机构基本情况", "facility profile";
        /// A signature.
        Signature = "signature", "签字", "signed";
        /// The visit was made final.
        Final = "final", "定稿", "made final";
        /// A step on the ledger.
        Rectification = "rectification", "整改台账", "rectification";
        /// The passphrase of the file.
        Passphrase = "passphrase", "设置口令", "passphrase set";
        /// Unknown to this program.
        Unknown = "unknown", "其他记录", "other";
    }
}

impl About {
    /// What an item of the ledger is about.
    pub(super) fn of(problem: &Problem) -> Self {
        match &problem.clause {
            Some(clause) => Self::Clause(clause.clone(), problem.point.clone()),
            None => Self::Visit,
        }
    }

    /// Whether it bears on a subject.
    #[must_use]
    pub fn bears_on(&self, subject: &Subject) -> bool {
        match (self, subject) {
            (Self::Clause(clause, _), Subject::Clause(asked)) => clause == asked,
            (Self::Gate(gate), Subject::Gate(asked)) => gate == asked,
            (Self::Clauses, Subject::Clause(_)) => true,
            _ => false,
        }
    }

    /// The clause it is about, if it is about one.
    #[must_use]
    pub const fn clause(&self) -> Option<&ClauseId> {
        if let Self::Clause(clause, _) = self { Some(clause) } else { None }
    }
}

impl Fate {
    /// Whether it counts today.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Counts)
    }

    /// The word for why it does not, in files.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Counts => None,
            Self::Replaced => Some("replaced"),
            Self::Void(why) => Some(why.key()),
            Self::Refused(refusal) => Some(refusal.key()),
        }
    }
}

impl Kind {
    /// What an edit is, and what it bears on; `opens` says whether it opened a ballot. One thing; a declaration also each recusal that it asks for. Nothing for what only
    /// acknowledges and promises.
    pub(super) fn all_of(
        edit: &Edit,
        visit: &Visit,
        commit: Option<&LoggedCommit>,
        ledger: &Ledger,
        opens: bool,
    ) -> Vec<(Self, About)> {
        let of = |clause: &ClauseId| About::Clause(clause.clone(), None);
        let one = match edit {
            Edit::Found(_) => (Self::Founding, About::Visit),
            Edit::Join { .. } => (Self::Join, About::Visit),
            Edit::Admit { .. } => (Self::Admission, About::Visit),
            Edit::Deputy { .. } => (Self::Deputy, About::Visit),
            Edit::JoinOffice | Edit::Office { .. } => (Self::Office, About::Visit),
            Edit::Device { .. } => (Self::Device, About::Visit),
            Edit::Retire { .. } => (Self::Retirement, About::Visit),
            Edit::Declare(declaration) => {
                let viewed = |clause: &Option<ClauseId>| clause.as_ref().map_or(About::Clauses, of);
                let asked = declaration.recusals.iter().map(|it| (Self::RecusalAsked, viewed(it)));
                return std::iter::once((Self::Declaration, About::Visit)).chain(asked).collect();
            }
            Edit::Recuse { clause, .. } => (Self::Recusal, clause.as_ref().map_or(About::Clauses, of)),
            Edit::Absent { .. } => (Self::Absentee, About::Clauses),
            Edit::Plan(_) => (Self::Plan, About::Clauses),
            Edit::Finding { clause, point, .. } => {
                (Self::Finding, About::Clause(clause.clone(), Some(point.clone())))
            }
            Edit::Vote { clause, value } => {
                let is_absence =
                    value.as_ref().is_some_and(|stand| matches!(stand.choice, Choice::Absent(_)));
                (if is_absence { Self::Absence } else { Self::Vote }, of(clause))
            }
            Edit::Note { clause, .. } => (Self::Note, of(clause)),
            Edit::Evidence { clause, value, .. } => {
                let point = value.as_ref().and_then(|item| item.point.clone());
                (Self::Evidence, About::Clause(clause.clone(), point))
            }
            Edit::Submit { .. } => (Self::Submit, About::Clauses),
            Edit::Unseal => (Self::Unseal, About::Clauses),
            Edit::Offer(_) | Edit::Release(_) | Edit::Key { .. } if opens => (Self::Opening, About::Clauses),
            Edit::Offer(_) | Edit::Release(_) | Edit::Key { .. } => (Self::Share, About::Visit),
            Edit::Close { .. } => {
                let of_it = |it: &&Closing| commit.is_some_and(|commit| commit.id == it.commit);
                let is_late = visit.closings.iter().find(of_it).is_some_and(|it| it.is_supplementary);
                (if is_late { Self::LateClosing } else { Self::Closing }, About::Clauses)
            }
            Edit::ClearVote { clause, .. } => (Self::ClearVote, of(clause)),
            Edit::Verdict { clause, .. } => (Self::Verdict, of(clause)),
            Edit::Gate { gate, .. } => (Self::Gate, About::Gate(gate.clone())),
            Edit::Dissent { clause, .. } => (Self::Dissent, of(clause)),
            Edit::Objection { clause, .. } => (Self::Objection, clause.as_ref().map_or(About::Visit, of)),
            Edit::Facility { .. } => (Self::Profile, About::Visit),
            Edit::Sign { .. } => (Self::Signature, About::Visit),
            Edit::Final(_) => (Self::Final, About::Visit),
            Edit::Rectify { item, step } => (Self::Rectification, ledger.about(item, step)),
            Edit::Slot(_) => (Self::Passphrase, About::Visit),
            Edit::Unknown { .. } => (Self::Unknown, About::Visit),
            Edit::Blind { .. } | Edit::Receipt { .. } => return Vec::new(),
        };
        vec![one]
    }
}

impl Ledger {
    /// What an item is about: as it was put there, whatever a later step says.
    fn about(&self, item: &RectifyId, step: &RectifyStep) -> About {
        match (self.places.get(item), step) {
            (Some(place), _) => place.clone(),
            (None, RectifyStep::Open(problem)) => About::of(problem),
            (None, _) => About::Visit,
        }
    }
}
