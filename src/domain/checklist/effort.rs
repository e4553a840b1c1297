//! How many minutes a check takes, for planning a day.

use crate::domain::{
    checklist::{Checklist, Clause, ItemList, Measure, Phase, Point, SampleKind},
    terms::{amount::Amount, source::Source},
};

/// Minutes of one expert, by what is done. Walking, meetings and meals are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effort {
    /// A yes or no.
    pub tick: Amount,
    /// A measured value.
    pub number: Amount,
    /// To draw the sample of a ratio.
    pub ratio: Amount,
    /// One line of a register.
    pub line: Amount,
    /// One prescription, package or drug.
    pub item: Amount,
    /// One case record or health file.
    pub record: Amount,
    /// One person asked or watched.
    pub person: Amount,
    /// One of a sample that was drawn for another point, looked at once more.
    pub again: Amount,
    /// One thing of a list.
    pub thing: Amount,
    /// Where the minutes come from.
    pub source: Source,
}

/// Minutes of a clause or a checklist, by when they are spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minutes {
    /// At the facility.
    pub site: Amount,
    /// At a desk before.
    pub documents: Amount,
}

impl Effort {
    /// Our own defaults, from an estimate of what a reviewer needs; no document says.
    #[must_use]
    pub fn own_default() -> Self {
        const HUNDREDTHS: [i64; Effort::N_PARTS] = [120, 150, 100, 20, 60, 200, 400, 20, 35];
        let minutes = HUNDREDTHS.map(|n| Amount::from_ten_thousandths(n * 100).unwrap_or_default());
        Self::of_parts(minutes, Source::own_default())
    }

    /// How many kinds of work there are.
    pub const N_PARTS: usize = 9;

    /// Each kind of work by its key in files, with its minutes.
    #[must_use]
    pub const fn parts(&self) -> [(&'static str, Amount); Self::N_PARTS] {
        [
            ("tick", self.tick),
            ("number", self.number),
            ("ratio", self.ratio),
            ("line", self.line),
            ("item", self.item),
            ("record", self.record),
            ("person", self.person),
            ("again", self.again),
            ("thing", self.thing),
        ]
    }

    /// From the minutes in the order of [`Effort::parts`].
    #[must_use]
    pub const fn of_parts(minutes: [Amount; Self::N_PARTS], source: Source) -> Self {
        let [tick, number, ratio, line, item, record, person, again, thing] = minutes;
        Self { tick, number, ratio, line, item, record, person, again, thing, source }
    }

    /// Whether a piece of work can take so many minutes: more than none, and at most a day.
    #[must_use]
    pub fn is_possible(minutes: Amount) -> bool {
        minutes > Amount::ZERO && Amount::whole(24 * 60).is_ok_and(|day| minutes <= day)
    }

    /// One of a sample of a ratio's own.
    const fn each(&self, kind: SampleKind) -> Amount {
        match kind {
            SampleKind::Line => self.line,
            SampleKind::Item => self.item,
            SampleKind::Record => self.record,
            SampleKind::Person => self.person,
        }
    }

    /// Minutes that one expert needs for a point of this clause. A ratio takes its whole sample, or looks again at that of the
    /// point whose sample it shares; one that names no size costs no more than drawing it.
    #[must_use]
    pub fn minutes(&self, clause: &Clause, point: &Point, lists: &[ItemList]) -> Amount {
        match &point.measure {
            Measure::Tick => self.tick,
            Measure::Number { .. } => self.number,
            Measure::Ratio { sample, .. } => match &sample.same_as {
                None => {
                    self.ratio.plus(self.each(sample.each).times(point.measure.sample_size().unwrap_or(0)))
                }
                Some(other) => {
                    let drawn = clause.point(other.as_str()).and_then(|it| it.measure.sample_size());
                    self.again.times(drawn.or(point.measure.sample_size()).unwrap_or(0))
                }
            },
            Measure::Inventory { list, .. } | Measure::Count { list, .. } => {
                let list = lists.iter().find(|it| &it.id == list);
                self.thing.times(list.map_or(0, |list| list.items.len() as u64))
            }
        }
    }
}

impl Checklist {
    /// Minutes that one expert needs for a clause.
    #[must_use]
    pub fn minutes(&self, clause: &Clause) -> Minutes {
        let effort = self.profile.effort();
        clause.points.iter().fold(Minutes::default(), |sum, point| {
            let minutes = effort.minutes(clause, point, &self.lists);
            match point.phase {
                Phase::Site => Minutes { site: sum.site.plus(minutes), ..sum },
                Phase::Documents => Minutes { documents: sum.documents.plus(minutes), ..sum },
            }
        })
    }
}
