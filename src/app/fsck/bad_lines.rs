//! Judges the lines that do not verify: changed, damaged or foreign, and whether their commit is at hand.

use std::collections::BTreeSet;

use crate::{
    app::fsck::at_hand::{AtHand, Known, Whereabouts},
    domain::terms::id::{CommitId, FeedId},
    share::{
        error::LineError,
        file::inspect::{BadLine, Replica},
    },
};

/// A line that does not verify, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLineReport {
    /// Line number, from 2.
    pub number: usize,
    /// What is wrong.
    pub fault: Fault,
    /// Feed, as far as it can be told.
    pub feed: Option<FeedId>,
    /// Number in the feed, as far as it can be told.
    pub n: Option<u64>,
    /// Where the intact commit is, if anywhere.
    pub at_hand: Option<Whereabouts>,
    /// In how many bytes the line differs from the intact one of the same length.
    pub n_differing: Option<usize>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Well-formed, but not what was signed: somebody edited it (or, rarely, one byte broke in an inconspicuous place).
    Changed,
    /// The content is intact, its signature is not.
    Signature,
    /// Not a line of a commit any more.
    Damaged,
    /// Longer than a line can be.
    TooLong,
    /// Well-formed, but no sound commit of its feed is at hand, so that nobody can vouch for it.
    UnknownKey,
    /// A sound founding commit of another visit.
    OtherVisit,
}

impl Fault {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Signature => "signature",
            Self::Damaged => "damaged",
            Self::TooLong => "too-long",
            Self::UnknownKey => "unknown-key",
            Self::OtherVisit => "other-visit",
        }
    }
}

/// Judges the bad lines of a replica against everything at hand.
pub(crate) fn judge(replica: &Replica, at_hand: &AtHand) -> Vec<BadLineReport> {
    let mut reports = Vec::new();
    let mut identified: BTreeSet<&CommitId> = BTreeSet::new();
    let mut before: Option<&Known> = None;
    for bad in &replica.bad {
        // A byte that became a line break leaves the end of a commit on a line of its own.
        let rest = before.filter(|known| known.commit.line.json.ends_with(&bad.text));
        let intact = at_hand.intact(bad).or(rest);
        identified.extend(intact.map(|known| &known.commit.id));
        reports.push(report(bad, intact, at_hand));
        before = intact;
    }
    presume(&mut reports, replica, at_hand, &identified);
    reports
}

fn report(bad: &BadLine, intact: Option<&Known>, at_hand: &AtHand) -> BadLineReport {
    // Lines of another visit carry their keys with them: only a feed with a sound commit is one of ours.
    let is_ours = |feed: &FeedId| intact.is_some() || at_hand.knows(feed);
    let fault = match (bad.reason, &bad.claim) {
        (LineError::Signature, Some(claim)) if intact.is_some_and(|known| known.commit.id == claim.id) => {
            Fault::Signature
        }
        (LineError::Signature | LineError::UnknownKey, Some(claim)) if is_ours(&claim.feed) => Fault::Changed,
        (LineError::Signature | LineError::UnknownKey, _) => Fault::UnknownKey,
        (LineError::OtherVisit, _) => Fault::OtherVisit,
        (LineError::TooLong, _) => Fault::TooLong,
        (LineError::Shape | LineError::Json, _) => Fault::Damaged,
    };
    let (feed, n) = bad.place();
    BadLineReport {
        number: bad.number,
        fault,
        feed: intact.map(|known| known.commit.feed.clone()).or(feed),
        n: intact.map(|known| known.commit.n).or(n),
        at_hand: intact.map(|known| known.place.clone()),
        n_differing: intact.and_then(|known| differing(&bad.text, &known.commit.line.to_text())),
    }
}

fn differing(text: &str, intact: &str) -> Option<usize> {
    (text.len() == intact.len()).then(|| text.bytes().zip(intact.bytes()).filter(|(a, b)| a != b).count())
}

/// Damage beyond recognition is taken for commits at hand that the file lacks, if there are enough of them. Chains are
/// checked by themselves, so that a commit that is really lost still shows as a gap.
fn presume(
    reports: &mut [BadLineReport],
    replica: &Replica,
    at_hand: &AtHand,
    identified: &BTreeSet<&CommitId>,
) {
    let in_file: BTreeSet<&CommitId> = replica.commits.iter().map(|commit| &commit.id).collect();
    let lacking = at_hand.ids().filter(|id| !in_file.contains(id) && !identified.contains(id)).count();
    let unknown = |report: &&mut BadLineReport| {
        report.at_hand.is_none() && matches!(report.fault, Fault::Damaged | Fault::TooLong)
    };
    let mut unrecognised: Vec<&mut BadLineReport> = reports.iter_mut().filter(unknown).collect();
    if unrecognised.len() <= lacking {
        for report in &mut unrecognised {
            report.at_hand = Some(Whereabouts::Presumed);
        }
    }
}
