//! The four grades of a clause and the three levels of its points.

use std::{fmt, str::FromStr};

/// A grade, ordered: `D < C < B < A`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Not all C points met.
    D,
    /// All C points met: the pass line.
    C,
    /// All C and B points met.
    B,
    /// All points met.
    A,
}

impl Grade {
    /// All grades, best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
        }
    }

    /// The rank, 1 for D to 4 for A.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::D => 1,
            Self::C => 2,
            Self::B => 3,
            Self::A => 4,
        }
    }

    /// The grade of a rank 1..=4.
    #[must_use]
    pub const fn from_rank(rank: u8) -> Option<Self> {
        match rank {
            1 => Some(Self::D),
            2 => Some(Self::C),
            3 => Some(Self::B),
            4 => Some(Self::A),
            _ => None,
        }
    }

    /// Whether the grade is on or above the pass line (C).
    #[must_use]
    pub const fn passes(self) -> bool {
        !matches!(self, Self::D)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letter().encode_utf8(&mut [0; 4]))
    }
}

impl FromStr for Grade {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "A" | "a" => Ok(Self::A),
            "B" | "b" => Ok(Self::B),
            "C" | "c" => Ok(Self::C),
            "D" | "d" => Ok(Self::D),
            _ => Err(()),
        }
    }
}

/// The level of a point: which grade it is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Needed for every grade above D.
    C,
    /// Needed for B and A.
    B,
    /// Needed for A.
    A,
}

impl Level {
    /// All levels in the order they are checked.
    pub const ALL: [Self; 3] = [Self::C, Self::B, Self::A];

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
        }
    }

    /// The grade a clause has when an applicable point of this level is the first not met.
    #[must_use]
    pub const fn grade_below(self) -> Grade {
        match self {
            Self::C => Grade::D,
            Self::B => Grade::C,
            Self::A => Grade::B,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letter().encode_utf8(&mut [0; 4]))
    }
}
