//! How a point is checked, and which numbers decide.

use crate::domain::terms::{
    amount::Amount,
    field::words,
    id::{ItemId, ListId, PointId},
    lang::{Lang, Text},
    source::Source,
};

words! {
    /// The kinds of measures, by the words of files and workbooks.
    MeasureKind {
        /// Yes or no.
        Tick = "tick", "勾选", "tick";
        /// A share of what was sampled.
        Ratio = "ratio", "比率", "ratio";
        /// A measured value.
        Number = "number", "数值", "number";
        /// Things of a list, each found or not.
        Inventory = "inventory", "清点", "inventory";
        /// How many things of a list.
        Count = "count", "计数", "count";
    }
}

/// How a point is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Yes or no.
    Tick,
    /// A share of what was sampled.
    Ratio {
        /// Threshold; `None` = recorded only.
        bound: Option<Bound>,
        /// With a smaller sample the point is not met, where there is a threshold.
        min_sample: Option<u64>,
        /// What is taken as the sample.
        sample: Sample,
        /// What the numerator counts.
        numerator: Text,
        /// What the denominator counts.
        denominator: Text,
        /// Source of the numbers.
        source: Option<Source>,
    },
    /// A measured value.
    Number {
        /// Unit.
        unit: Text,
        /// Least accepted value.
        min: Option<Amount>,
        /// Greatest accepted value.
        max: Option<Amount>,
        /// Source of the numbers.
        source: Option<Source>,
    },
    /// Things of a list, each found or not.
    Inventory {
        /// The list.
        list: ListId,
        /// What is asked of each thing.
        aspect: Aspect,
        /// Share of the list that must be so.
        at_least: Amount,
        /// Things that must be so whatever the share; in the order of the file.
        must: Vec<ItemId>,
        /// Source of the number.
        source: Option<Source>,
    },
    /// How many things of a list, in how many categories.
    Count {
        /// The list.
        list: ListId,
        /// Least number of things.
        items: u64,
        /// Least number of categories.
        categories: u64,
        /// Things that must be among them; in the order of the file.
        must: Vec<ItemId>,
        /// Source of the numbers.
        source: Option<Source>,
    },
}

/// What the sample of a ratio is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// What one of it is: that decides how long looking at it takes.
    pub each: SampleKind,
    /// How many are looked at where there are so many; `None` = as many as the least sample.
    pub size: Option<u64>,
    /// The point of the same clause whose sample is looked at once more; `None` = one of its own.
    pub same_as: Option<PointId>,
}

words! {
    /// What one of a sample is.
    #[derive(Default)]
    SampleKind {
        /// A line of a register, a day of a log.
        Line = "line", "逐行", "line";
        /// A prescription, a package, a drug on the shelf.
        #[default]
        Item = "item", "逐件", "item";
        /// A case record, a health file.
        Record = "record", "逐份", "record";
        /// Somebody asked, watched or telephoned.
        Person = "person", "逐人", "person";
    }
}

/// The direction and value of a ratio's threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Higher is better.
    AtLeast(Amount),
    /// Lower is better.
    AtMost(Amount),
}

/// What an inventory asks of each thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// 在位
    Present,
    /// 完好
    Working,
    /// 在效期
    InDate,
}

impl Aspect {
    /// All aspects.
    pub const ALL: [Self; 3] = [Self::Present, Self::Working, Self::InDate];

    /// The word in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Working => "working",
            Self::InDate => "in-date",
        }
    }

    /// The word for a reader.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Present => lang.pick("在位", "present"),
            Self::Working => lang.pick("完好", "working"),
            Self::InDate => lang.pick("在效期", "in date"),
        }
    }
}

impl Measure {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> MeasureKind {
        match self {
            Self::Tick => MeasureKind::Tick,
            Self::Ratio { .. } => MeasureKind::Ratio,
            Self::Number { .. } => MeasureKind::Number,
            Self::Inventory { .. } => MeasureKind::Inventory,
            Self::Count { .. } => MeasureKind::Count,
        }
    }

    /// Whether it only records: without a threshold no value speaks for the facility or against it.
    #[must_use]
    pub const fn is_record_only(&self) -> bool {
        match self {
            Self::Ratio { bound, .. } => bound.is_none(),
            Self::Number { min, max, .. } => min.is_none() && max.is_none(),
            Self::Tick | Self::Inventory { .. } | Self::Count { .. } => false,
        }
    }

    /// How many a ratio looks at where there are so many; `None` = it does not say, or is none.
    #[must_use]
    pub const fn sample_size(&self) -> Option<u64> {
        match self {
            Self::Ratio { sample: Sample { size: Some(size), .. }, .. } => Some(*size),
            Self::Ratio { min_sample, .. } => *min_sample,
            _ => None,
        }
    }

    /// Things without which the point is not met.
    #[must_use]
    pub fn must(&self) -> &[ItemId] {
        match self {
            Self::Inventory { must, .. } | Self::Count { must, .. } => must,
            Self::Tick | Self::Ratio { .. } | Self::Number { .. } => &[],
        }
    }

    /// The list it refers to.
    #[must_use]
    pub const fn list(&self) -> Option<&ListId> {
        match self {
            Self::Inventory { list, .. } | Self::Count { list, .. } => Some(list),
            Self::Tick | Self::Ratio { .. } | Self::Number { .. } => None,
        }
    }

    /// Where its numbers come from; `None` if it has none.
    #[must_use]
    pub const fn number_source(&self) -> Option<&Source> {
        match self {
            Self::Tick => None,
            Self::Ratio { source, .. }
            | Self::Number { source, .. }
            | Self::Inventory { source, .. }
            | Self::Count { source, .. } => source.as_ref(),
        }
    }

    /// The same, to be replaced.
    #[must_use]
    pub const fn number_source_mut(&mut self) -> Option<&mut Option<Source>> {
        match self {
            Self::Tick => None,
            Self::Ratio { source, .. }
            | Self::Number { source, .. }
            | Self::Inventory { source, .. }
            | Self::Count { source, .. } => Some(source),
        }
    }
}
