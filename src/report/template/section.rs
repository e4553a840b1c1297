//! The sections that the program itself fills, by stable ids, and what a template may do with each.

/// A section that the program fills. The order is that of the built-in template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionId {
    /// What the report is about; also what was waived, and which template was used.
    Facility,
    /// What the facility is: the profile that recommendation forms ask for.
    Profile,
    /// Members and recusals.
    Panel,
    /// How the panel was drawn.
    Draw,
    /// How votes become verdicts.
    Method,
    /// Each standard, met or not.
    Standards,
    /// Each gate.
    Gates,
    /// Verdicts by area.
    Distribution,
    /// The core clauses.
    Core,
    /// All clauses.
    Clauses,
    /// What was found, clause by clause.
    Findings,
    /// What is to be mended.
    Rectification,
    /// How alike the members scored.
    Agreement,
    /// Objections of the facility with answers.
    Objections,
    /// Minority opinions and remarks of members.
    Minority,
    /// What is not settled.
    Open,
    /// Room to sign.
    Signatures,
}

/// Whether a template may leave a section out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// As it likes.
    Free,
    /// Only while nobody said anything there: what was said for the record is not a bureau's to drop.
    WhenSaid,
    /// Never.
    Always,
}

impl SectionId {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Facility,
        Self::Profile,
        Self::Panel,
        Self::Draw,
        Self::Method,
        Self::Standards,
        Self::Gates,
        Self::Distribution,
        Self::Core,
        Self::Clauses,
        Self::Findings,
        Self::Rectification,
        Self::Agreement,
        Self::Objections,
        Self::Minority,
        Self::Open,
        Self::Signatures,
    ];

    /// The word in templates.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Facility => "facility",
            Self::Profile => "profile",
            Self::Panel => "panel",
            Self::Draw => "draw",
            Self::Method => "method",
            Self::Standards => "standards",
            Self::Gates => "gates",
            Self::Distribution => "distribution",
            Self::Core => "core",
            Self::Clauses => "clauses",
            Self::Findings => "findings",
            Self::Rectification => "rectification",
            Self::Agreement => "agreement",
            Self::Objections => "objections",
            Self::Minority => "minority",
            Self::Open => "open",
            Self::Signatures => "signatures",
        }
    }

    /// The section of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.key() == word)
    }

    /// Whether it may be left out.
    pub(crate) const fn keep(self) -> Keep {
        match self {
            Self::Facility => Keep::Always,
            Self::Objections | Self::Minority | Self::Open => Keep::WhenSaid,
            _ => Keep::Free,
        }
    }

    /// Whether it has a fixed text.
    pub(crate) const fn has_text(self) -> bool {
        matches!(self, Self::Method | Self::Agreement | Self::Signatures)
    }

    /// Whether it has words for having nothing to show.
    pub(crate) const fn has_none(self) -> bool {
        matches!(
            self,
            Self::Profile
                | Self::Panel
                | Self::Draw
                | Self::Standards
                | Self::Gates
                | Self::Core
                | Self::Findings
                | Self::Rectification
                | Self::Objections
                | Self::Minority
                | Self::Open
        )
    }
}
