//! What can be wrong in the database of a laptop, and what becomes of it: the one place that says so.

/// What is not what was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The commit that founded the visit.
    Founding,
    /// This laptop's own commits.
    OwnCommits,
    /// Others' commits.
    Commits,
    /// Own edits that are in no commit yet.
    OpenEdits,
    /// Own edits whose rows are gone.
    EditsGone,
    /// What undo goes back to: the edits themselves are in commits.
    UndoHistory,
    /// Into which commit own edits went.
    EditNumbers,
    /// The name this laptop joined under.
    Name,
    /// The key this laptop signs with.
    DeviceKey,
    /// The key that seals and opens the own ballot.
    BallotKey,
    /// What the recovery code stands for.
    RecoveryCode,
    /// The key of an encrypted file.
    VisitKey,
    /// Where the file is, how much of the own work is in it, which slot it has.
    Notes,
    /// Reasons for which the lead lets something pass.
    Waivers,
    /// An index of a table.
    Index,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The next opening puts it right: from the shared file, a copy, an earlier version, or from what else is stored.
    Mended,
    /// It is not used, and the next sync brings it again.
    Awaited,
    /// It is nowhere at hand, and the visit opens all the same.
    Lost,
    /// It is nowhere at hand, and without it this laptop would go on from a wrong place: nothing opens.
    Fatal,
}

impl Fate {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mended => "mended",
            Self::Awaited => "awaited",
            Self::Lost => "lost",
            Self::Fatal => "fatal",
        }
    }
}

/// Damage of one kind in one visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// What.
    pub part: Part,
    /// How many of them.
    pub n: usize,
    /// What becomes of them.
    pub fate: Fate,
}

impl Damage {
    /// Whether votes are lost: that is told by the command that meets it, and once.
    #[must_use]
    pub fn is_of_votes(self) -> bool {
        self.fate == Fate::Lost && !matches!(self.part, Part::RecoveryCode | Part::Waivers)
    }

    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self.part {
            Part::Founding => "store-founding",
            Part::OwnCommits => "store-own-changed",
            Part::Commits => "store-changed",
            Part::OpenEdits => "store-edits-changed",
            Part::EditsGone => "store-edits-gone",
            Part::UndoHistory => "store-undo",
            Part::EditNumbers => "store-numbers",
            Part::Name => "store-name",
            Part::DeviceKey => "store-device-key",
            Part::BallotKey => "store-ballot-key",
            Part::RecoveryCode => "store-recovery-code",
            Part::VisitKey => "store-visit-key",
            Part::Notes => "store-notes",
            Part::Waivers => "store-waivers",
            Part::Index => "store-index",
        }
    }
}
