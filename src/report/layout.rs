//! What a report holds: chosen, cleaned and counted, with nothing left to decide but how it looks.

mod closing;
mod draw;
mod facility;
mod matter;
mod panel;
mod point;
mod rectification;
mod told;

pub use panel::{AbsenceLine, MemberLine, MemberStatus, PanelSection, RecusalLine, Role};
pub use point::{FindingLine, PointLine};

use std::sync::Arc;

use crate::{
    domain::{
        agreement::PanelAgreement,
        ballot::{Position, Vote},
        checklist::profile::{MergeMethod, StandardStatus},
        edit::{
            evidence::MediaType,
            mandate::Mandate,
            verdict::{Decision, GateState},
        },
        facility::{FacilityType, Stage, Tier},
        merge::basis::Basis,
        outcome::Counts,
        plan::summary::PlanSummary,
        subsidy::Subsidy,
        terms::{
            absence::Absence,
            amount::Amount,
            date::Date,
            field::{Field, words},
            grade::Level,
            lang::Lang,
        },
    },
    report::template::Template,
};

pub use closing::{DissentLine, ObjectionLine, SignatureLine, Signing};
pub use draw::DrawSection;
pub use facility::FacilitySection;
pub use matter::{OpenMatter, WaiverLine};
pub use rectification::RectificationLine;

/// A whole report. Every text in it has been through `domain::terms::clean`; escaping is left to each format.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Language of headings and words.
    pub lang: Lang,
    /// Whether [`Voice::member`] is filled.
    pub names: bool,
    /// When it was made, if that shall be printed.
    pub generated: Option<String>,
    /// Id of the visit.
    pub visit: String,
    /// Name of the facility.
    pub facility: String,
    /// Its type.
    pub facility_type: FacilityType,
    /// Stage.
    pub stage: Stage,
    /// Day of the visit.
    pub date: Date,
    /// The day gates look back from; `None` = not settled.
    pub lookback: Option<Date>,
    /// Whose visit it is.
    pub by: Option<Tier>,
    /// What else it was founded with.
    pub mandate: Mandate,
    /// What was filled in about the facility.
    pub facility_profile: FacilitySection,
    /// How far the visit is.
    pub state: State,
    /// What was waived when it was made final, and why.
    pub waivers: Vec<WaiverLine>,
    /// The checklist it was scored by.
    pub checklist: ChecklistFacts,
    /// The panel.
    pub panel: PanelSection,
    /// How the panel was drawn; `None` = it was named.
    pub draw: Option<DrawSection>,
    /// How votes become verdicts.
    pub method: MethodFacts,
    /// Each standard.
    pub standards: Vec<StandardLine>,
    /// The subsidy tier; `None` = the profile has none.
    pub subsidy: Option<Subsidy>,
    /// Each gate.
    pub gates: Vec<GateLine>,
    /// Verdicts of all clauses.
    pub all: Counts,
    /// Verdicts of the core clauses.
    pub core: Counts,
    /// Areas with their clauses, in checklist order.
    pub areas: Vec<AreaLine>,
    /// How alike the shown members scored.
    pub agreement: PanelAgreement,
    /// Clauses left out as not applicable that matter to a standard, each in a sentence.
    pub na_effects: Vec<String>,
    /// The members behind [`Agreement::raters`](crate::domain::agreement::Agreement::raters), in that order; empty when names are off,
    /// unless members have no names but numbers here: then these are the numbers of the panel.
    pub raters: Vec<String>,
    /// What is to be mended: the items that the rectification ledger begins with.
    pub rectification: Vec<RectificationLine>,
    /// What was found unmet and is not required for the standard applied for.
    pub advice: Vec<RectificationLine>,
    /// What must be known wherever the result is shown: ballots that are not open, clauses decided against votes.
    pub remarks: Vec<String>,
    /// What is not settled, or must be known before signing.
    pub open: Vec<OpenMatter>,
    /// Objections of the facility: to the whole report first, then by clause.
    pub objections: Vec<ObjectionLine>,
    /// From the day of the final record to the last day on which the facility may object, if the checklist has a term.
    pub objection_period: Option<(Date, Date)>,
    /// What members say about votes that differ, in checklist order.
    pub dissents: Vec<DissentLine>,
    /// The day it was made final; `None` = it was not, or the day was not said.
    pub finalised_on: Option<Date>,
    /// The record that members sign, and who signed it; `None` = not told.
    pub signing: Option<Signing>,
    /// How it is arranged for reading.
    pub template: Arc<Template>,
}

words! {
    /// How far a visit is.
    State {
        /// Members may still score.
        Scoring = "scoring", "评分中", "scoring";
        /// The lead has closed scoring.
        Closed = "closed", "评分已结束", "closed";
        /// The visit is final.
        Final = "final", "已定稿", "final";
    }
}

/// Which checklist, and how official it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistFacts {
    /// Id of the profile.
    pub profile: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// Content hash the visit is bound to.
    pub hash: String,
    /// Whether any area says it is not the official guide.
    pub unofficial: bool,
}

/// How votes become verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodFacts {
    /// The merge rule.
    pub rule: MergeMethod,
    /// Least number of grades for a verdict by rule.
    pub quorum: usize,
    /// Source of rule and quorum.
    pub source: String,
    /// Whether that source is not an official one (invariant 9).
    pub unconfirmed: bool,
    /// Least number of members of the panel.
    pub panel_min: usize,
    /// Whether the panel must be odd.
    pub panel_odd: bool,
    /// Source of the panel rule.
    pub panel_source: String,
    /// Whether that source is not an official one (invariant 9).
    pub panel_unconfirmed: bool,
    /// How many vote on what by the plan; `None` = everybody on everything.
    pub plan: Option<PlanSummary>,
}

/// One standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardLine {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Example or confirmed.
    pub status: StandardStatus,
    /// Source.
    pub source: String,
    /// Whether it is for this facility; `None` = not known.
    pub in_use: Option<bool>,
    /// Met; `None` = open.
    pub met: Option<bool>,
    /// Ids of the disqualifiers that bar it.
    pub barred_by: Vec<String>,
    /// What bars it, or may, in words; empty if nothing does.
    pub barred: String,
    /// Met if every clause came out at its strictest vote.
    pub worst: Option<bool>,
    /// Met if every clause came out at its most lenient vote.
    pub best: Option<bool>,
    /// Clauses that would have to come out differently to flip `met`.
    pub clauses_to_flip: Option<usize>,
    /// Votes that would have to be cast differently for the same.
    pub votes_to_flip: Option<usize>,
    /// The strictest, the merged and the most lenient votes, in words.
    pub range: String,
    /// How many clauses and votes it takes to flip it, in words; empty if nothing does.
    pub to_flip: String,
    /// Its conditions.
    pub conditions: Vec<ConditionLine>,
}

/// One condition of a standard. Counts are whole; points are in points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionLine {
    /// In words.
    pub text: String,
    /// Met; `None` = open.
    pub met: Option<bool>,
    /// What fulfils it.
    pub have: Amount,
    /// Out of what.
    pub of: Amount,
    /// What is needed.
    pub need: Amount,
    /// What does not apply, and so is not in `of`.
    pub not_applicable: Amount,
    /// Nothing to take a share of (invariant 10).
    pub undefined: bool,
    /// Of a condition on the core clauses: those that do not fulfil it, each with what it came out at.
    pub failing: Vec<FailingLine>,
}

/// A core clause that does not fulfil a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailingLine {
    /// Id of the clause.
    pub clause: String,
    /// Its title.
    pub title: String,
    /// What it came out at; `None` = undecided.
    pub verdict: Option<Decision>,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateLine {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The clear state, one sentence.
    pub text: String,
    /// First and last day it looks at, for a rolling period whose day to look back from is settled.
    pub period: Option<(Date, Date)>,
    /// Whether it looks back from a day that is not settled.
    pub lacks_lookback: bool,
    /// Clear, tripped, or not answered.
    pub state: Option<GateState>,
    /// The document the answer rests on.
    pub reason: String,
    /// A local rule that may be left out.
    pub optional: bool,
    /// Source.
    pub source: String,
    /// Whether that source is not an official one (invariant 9).
    pub unconfirmed: bool,
}

/// One area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaLine {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Edition.
    pub edition: String,
    /// Status, e.g. `unofficial`.
    pub status: String,
    /// Its verdicts.
    pub counts: Counts,
    /// Its clauses.
    pub clauses: Vec<ClauseLine>,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseLine {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Core.
    pub core: bool,
    /// Flagged for a campaign year.
    pub focus: bool,
    /// Full marks of a points-scale clause.
    pub full_points: Option<Amount>,
    /// The verdict; `None` = undecided.
    pub verdict: Option<Decision>,
    /// What it rests on; `None` = undecided.
    pub basis: Option<Basis>,
    /// The lead's reason.
    pub reason: String,
    /// The votes, counted.
    pub votes: VoteCounts,
    /// Whether the number of votes is odd.
    pub odd: bool,
    /// Whether it reaches the quorum.
    pub quorum: bool,
    /// Highest minus lowest grade.
    pub spread: u8,
    /// The rule names no single result.
    pub split: bool,
    /// Some grades pass and some do not.
    pub pass_line_split: bool,
    /// Lowest and highest points.
    pub points_range: Option<(Amount, Amount)>,
    /// Fields of which nobody voted, if the clause asks for one and none did.
    pub fields_missing: Vec<Field>,
    /// What was said: with names in roster order, without names in an order that tells nothing about who.
    pub voices: Vec<Voice>,
    /// What was voted in the clear, after the opening; in the same order.
    pub clear: Vec<Voice>,
    /// Every point, with how many members found it met.
    pub points: Vec<PointLine>,
    /// Points found unmet.
    pub unmet: Vec<UnmetLine>,
    /// What is attached: with names in roster order, without names by file name.
    pub evidence: Vec<EvidenceLine>,
}

impl ClauseLine {
    /// Whether members saw it differently, by however little.
    #[must_use]
    pub fn disagrees(&self) -> bool {
        self.spread > 0 || self.split || self.points_range.is_some_and(|(low, high)| low != high)
    }
}

/// The shown votes for one clause, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoteCounts {
    /// A, B, C, D.
    pub grades: [usize; 4],
    /// Votes in points.
    pub points: usize,
    /// Absences, in the order of [`Absence::ALL`].
    pub absent: [usize; 4],
    /// Nothing said yet.
    pub unscored: usize,
    /// Two laptops of one member say different things.
    pub conflicts: usize,
    /// Grades given directly rather than derived from points.
    pub direct: usize,
}

impl VoteCounts {
    /// Grades or points.
    #[must_use]
    pub fn n_valid(&self) -> usize {
        self.grades.iter().sum::<usize>() + self.points
    }

    /// How many were absent in this way.
    #[must_use]
    pub fn absent(&self, kind: Absence) -> usize {
        Absence::ALL.iter().zip(self.absent).find(|(it, _)| **it == kind).map_or(0, |(_, n)| n)
    }

    /// Counts one more.
    pub fn add(&mut self, vote: &Vote) {
        self.direct += usize::from(vote.direct && vote.grade().is_some());
        let slot = match vote.position {
            Position::Grade(grade) => self.grades.get_mut(usize::from(4 - grade.rank())),
            Position::Points(_) => Some(&mut self.points),
            Position::Absent(kind) => {
                let index = Absence::ALL.iter().position(|it| *it == kind);
                index.and_then(|index| self.absent.get_mut(index))
            }
            Position::Unscored => Some(&mut self.unscored),
            Position::Conflict => Some(&mut self.conflicts),
            // A note is no vote.
            Position::Aside(_) => None,
        };
        if let Some(slot) = slot {
            *slot += 1;
        }
    }
}

/// One member's vote for one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Who; `None` when names are off.
    pub member: Option<String>,
    /// What they say.
    pub position: Position,
    /// Whether the grade was given directly rather than derived from points.
    pub direct: bool,
    /// Reason of a direct grade or an absence.
    pub reason: String,
    /// Note.
    pub note: String,
}

/// A point that members found unmet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmetLine {
    /// Id inside the clause.
    pub point: String,
    /// Level.
    pub level: Level,
    /// What should be so.
    pub text: String,
    /// Source of the requirement.
    pub source: String,
    /// What must be said beside its number (invariant 9).
    pub mark: Option<NumberMark>,
    /// Members who found it unmet.
    pub n_unmet: usize,
    /// Members who recorded the point.
    pub n_recorded: usize,
}

/// One thing attached to a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// Who; `None` when names are off.
    pub member: Option<String>,
    /// The point it is about; `None` = the whole clause.
    pub point: Option<String>,
    /// File name.
    pub name: String,
    /// What its bytes are.
    pub media: MediaType,
    /// Bytes.
    pub size: u64,
    /// What it shows; may be empty.
    pub caption: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

words! {
    /// What makes a number not official.
    NumberMark {
        /// Our own default, second-hand or not read again.
        Unconfirmed = "unconfirmed", "非官方数值", "unofficial number";
        /// Replaced for this place.
        Local = "local", "本地数值", "local number";
    }
}
