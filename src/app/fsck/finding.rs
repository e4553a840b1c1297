//! What a check can find, and what each finding means for the result and the exit code: the one place that says so.

use crate::app::{
    failure::damage::{Damage, Fate, Part},
    fsck::bad_lines::{BadLineReport, Fault},
};

/// The result of a check; the later one wins. Losing or forging data is worse than a question that waits for a person,
/// because a person can still answer the question tomorrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// Nothing is wrong.
    Clean,
    /// The next sync of a laptop that has joined puts it right.
    Repairable,
    /// Somebody has to decide or act.
    NeedsPerson,
    /// Content was changed, or is in no place this check can see.
    Tampered,
}

impl Health {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Repairable => "repairable",
            Self::NeedsPerson => "needs-person",
            Self::Tampered => "tampered",
        }
    }

    /// The exit code.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Repairable => 1,
            Self::Tampered => 3,
            Self::NeedsPerson => 4,
        }
    }
}

/// One thing that is wrong. Everything else a check tells is information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The file is not there; this laptop knows its visit.
    Away,
    /// The file is empty, zeros, or the begin of its own header; `known` if this laptop knows its visit.
    Emptied {
        /// Whether this laptop can fill it again.
        known: bool,
    },
    /// Another kind of file.
    Foreign,
    /// Larger than a shared file can be.
    TooBig,
    /// Written by a newer program.
    Newer,
    /// Encrypted.
    Encrypted,
    /// This path held the file of another visit before.
    Swapped,
    /// The founding commit is not there, or its checklist is not the one it claims.
    NoFounding,
    /// The last line is missing or wrong.
    Footer,
    /// Every line holds, but the order or spelling is not the program's.
    Spelling,
    /// Lines whose content was changed after signing.
    Changed(usize),
    /// Damaged lines whose commit is in no place this check can see.
    LinesLost(usize),
    /// Damaged lines whose commit is at hand.
    LinesAtHand(usize),
    /// Intact lines of another visit.
    Strangers(usize),
    /// Numbers in a chain whose commit is in no place this check can see.
    CommitsLost(u64),
    /// Commits at hand that the file lacks.
    CommitsAtHand(usize),
    /// Numbers of feeds that two commits claim.
    Forks(usize),
    /// Cells with values that their author must settle.
    Conflicts(usize),
    /// Devices that claim a name and are not counted.
    Pending(usize),
    /// Something of the visit in this laptop's database is not what was stored.
    Store(Damage),
    /// Commits of devices that are nobody's, more than are taken in.
    Flood(usize),
    /// The local database is damaged.
    DatabaseDamaged,
    /// The local database cannot be opened.
    DatabaseUnusable,
}

impl Finding {
    /// What the finding means by itself.
    #[must_use]
    pub const fn health(self) -> Health {
        match self {
            Self::Away
            | Self::Emptied { known: true }
            | Self::Footer
            | Self::Spelling
            | Self::LinesAtHand(_)
            | Self::Strangers(_)
            | Self::Store(Damage { fate: Fate::Mended | Fate::Awaited, .. })
            | Self::CommitsAtHand(_) => Health::Repairable,
            Self::Newer
            | Self::Encrypted
            | Self::Swapped
            | Self::Forks(_)
            | Self::Conflicts(_)
            | Self::Pending(_)
            | Self::Flood(_)
            | Self::Store(Damage {
                part: Part::RecoveryCode | Part::Waivers,
                fate: Fate::Lost | Fate::Fatal,
                ..
            })
            | Self::DatabaseUnusable => Health::NeedsPerson,
            Self::Emptied { known: false }
            | Self::Foreign
            | Self::TooBig
            | Self::NoFounding
            | Self::Changed(_)
            | Self::LinesLost(_)
            | Self::CommitsLost(_)
            | Self::Store(Damage { fate: Fate::Lost | Fate::Fatal, .. })
            | Self::DatabaseDamaged => Health::Tampered,
        }
    }

    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Emptied { .. } => "emptied",
            Self::Foreign => "foreign",
            Self::TooBig => "too-big",
            Self::Newer => "newer",
            Self::Encrypted => "encrypted",
            Self::Swapped => "swapped",
            Self::NoFounding => "no-founding",
            Self::Footer => "footer",
            Self::Spelling => "spelling",
            Self::Changed(_) => "changed",
            Self::LinesLost(_) => "lines-lost",
            Self::LinesAtHand(_) => "lines-at-hand",
            Self::Strangers(_) => "strangers",
            Self::CommitsLost(_) => "commits-lost",
            Self::CommitsAtHand(_) => "commits-at-hand",
            Self::Store(damage) => damage.key(),
            Self::Flood(_) => "flood",
            Self::Forks(_) => "forks",
            Self::Conflicts(_) => "conflicts",
            Self::Pending(_) => "pending",
            Self::DatabaseDamaged => "database-damaged",
            Self::DatabaseUnusable => "database-unusable",
        }
    }
}

/// The worst of all findings.
#[must_use]
pub fn worst(findings: &[Finding]) -> Health {
    findings.iter().map(|finding| finding.health()).max().unwrap_or(Health::Clean)
}

/// The findings about bad lines. A changed line stays changed even where an intact copy is at hand: a sync repairs the
/// file, and somebody edited it all the same.
pub(crate) fn of_bad_lines(lines: &[BadLineReport], n_beyond: usize) -> Vec<Finding> {
    let count = |wanted: fn(&BadLineReport) -> bool| lines.iter().filter(|line| wanted(line)).count();
    let n_changed = count(|line| line.fault == Fault::Changed);
    let n_strangers = count(|line| line.fault == Fault::OtherVisit);
    let is_damage = |line: &BadLineReport| !matches!(line.fault, Fault::Changed | Fault::OtherVisit);
    let (at_hand, lost): (Vec<&BadLineReport>, Vec<_>) =
        lines.iter().filter(|line| is_damage(line)).partition(|line| line.at_hand.is_some());
    let all = [
        (n_changed, Finding::Changed(n_changed)),
        (lost.len() + n_beyond, Finding::LinesLost(lost.len() + n_beyond)),
        (at_hand.len(), Finding::LinesAtHand(at_hand.len())),
        (n_strangers, Finding::Strangers(n_strangers)),
    ];
    all.into_iter().filter(|(n, _)| *n > 0).map(|(_, finding)| finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_wins_in_the_order_3_4_1_0() {
        let codes = |findings: &[Finding]| worst(findings).exit_code();
        assert_eq!(codes(&[]), 0);
        assert_eq!(codes(&[Finding::Footer]), 1);
        assert_eq!(codes(&[Finding::Footer, Finding::Forks(1)]), 4);
        assert_eq!(codes(&[Finding::Forks(1), Finding::CommitsLost(1), Finding::Footer]), 3);
    }
}
