//! Which of the ordered experts get a seat: the first in the order, as far as the required fields still find their seats.
//!
//! Every required field has one seat, and one expert sits on one seat. Going down the order, an expert is taken if the
//! experts taken so far and this one can all be seated, each on a seat of one of their fields or on a free seat. Sets
//! that can be seated are the independent sets of a transversal matroid, so this greedy walk fills all seats whenever
//! that is possible at all, and gives the earliest panel in the order.

use std::collections::BTreeSet;

use crate::domain::terms::field::Field;

/// Required fields that the experts do not suffice for: fewer experts than fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shortage {
    /// The fields.
    pub(crate) fields: Vec<Field>,
    /// All experts who have one of them, by their place in the order.
    pub(crate) experts: Vec<usize>,
}

/// The places in the order of those who are drawn, in that order, each with the required field whose seat they take.
///
/// # Errors
/// The fields that cannot all be seated. The caller has seen to it that there are experts enough and no more fields than
/// seats.
pub(crate) fn seat(
    order: &[&[Field]],
    size: usize,
    required: &[Field],
) -> Result<Vec<(usize, Option<Field>)>, Shortage> {
    let everybody: Vec<usize> = (0..order.len()).collect();
    if let Some(shortage) = shortage(order, &everybody, required) {
        return Err(shortage);
    }
    let n_free = size.saturating_sub(required.len());
    let mut taken: Vec<usize> = Vec::new();
    for place in everybody {
        if taken.len() == size {
            break;
        }
        taken.push(place);
        let n_seated = Matching::of(order, &taken, required).n_seated();
        if taken.len() - n_seated > n_free {
            taken.pop();
        }
    }
    Ok(assigned(order, taken, required))
}

/// Gives the fields their members: in the order of the fields, each to the earliest drawn expert who leaves the other
/// fields a seating.
fn assigned(order: &[&[Field]], taken: Vec<usize>, required: &[Field]) -> Vec<(usize, Option<Field>)> {
    let mut seats: Vec<(usize, Option<Field>)> = taken.into_iter().map(|place| (place, None)).collect();
    for (done, field) in required.iter().enumerate() {
        let rest = required.get(done + 1..).unwrap_or_default();
        let open = |seats: &[(usize, Option<Field>)]| {
            seats.iter().filter(|(_, seat)| seat.is_none()).map(|(place, _)| *place).collect::<Vec<_>>()
        };
        let fits = |place: usize| {
            let others: Vec<usize> = open(&seats).into_iter().filter(|it| *it != place).collect();
            has(order, place, *field) && Matching::of(order, &others, rest).n_seated() == rest.len()
        };
        let found = open(&seats).into_iter().find(|place| fits(*place));
        if let Some(seat) = seats.iter_mut().find(|(place, _)| Some(*place) == found) {
            seat.1 = Some(*field);
        }
    }
    seats
}

fn has(order: &[&[Field]], place: usize, field: Field) -> bool {
    order.get(place).is_some_and(|fields| fields.contains(&field))
}

/// A set of fields with fewer experts than fields (Hall's condition broken); `None` if all fields can be seated at once.
fn shortage(order: &[&[Field]], places: &[usize], required: &[Field]) -> Option<Shortage> {
    let matching = Matching::of(order, places, required);
    let unseated = required.iter().find(|field| matching.holder(**field).is_none())?;
    let (mut fields, mut experts) = (vec![*unseated], BTreeSet::new());
    let mut next = 0;
    while let Some(field) = fields.get(next).copied() {
        for place in places.iter().copied().filter(|place| has(order, *place, field)) {
            experts.insert(place);
            let held = matching.seats.iter().find(|(_, holder)| *holder == place).map(|(field, _)| *field);
            if let Some(held) = held.filter(|held| !fields.contains(held)) {
                fields.push(held);
            }
        }
        next += 1;
    }
    fields.sort_unstable();
    Some(Shortage { fields, experts: experts.into_iter().collect() })
}

/// As many fields as possible on different experts (augmenting paths; at most ten fields).
struct Matching<'a> {
    order: &'a [&'a [Field]],
    seats: Vec<(Field, usize)>,
}

impl<'a> Matching<'a> {
    fn of(order: &'a [&'a [Field]], places: &[usize], required: &[Field]) -> Self {
        let mut matching = Self { order, seats: Vec::new() };
        for field in required {
            matching.seat(*field, places, &mut BTreeSet::new());
        }
        matching
    }

    fn n_seated(&self) -> usize {
        self.seats.len()
    }

    fn holder(&self, field: Field) -> Option<usize> {
        self.seats.iter().find(|(it, _)| *it == field).map(|(_, place)| *place)
    }

    /// Finds a member for a field, moving others to another of their fields where that helps.
    fn seat(&mut self, field: Field, places: &[usize], tried: &mut BTreeSet<usize>) -> bool {
        for place in places.iter().copied().filter(|place| has(self.order, *place, field)) {
            if !tried.insert(place) {
                continue;
            }
            let held = self.seats.iter().find(|(_, holder)| *holder == place).map(|(field, _)| *field);
            if held.is_none_or(|held| self.seat(held, places, tried)) {
                self.seats.retain(|(it, _)| *it != field);
                self.seats.push((field, place));
                return true;
            }
        }
        false
    }
}
