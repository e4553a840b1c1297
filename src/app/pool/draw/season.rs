//! The other visits of a day: whoever was drawn for one of them is not drawn for another. Known are the draws that this
//! laptop kept a record of, and the records and visits that are named.

use std::collections::BTreeSet;

use crate::{
    app::{
        failure::{Failure, wording as failure_wording},
        home::Home,
        pool::draw::wording,
    },
    domain::{
        pool::{
            Person, Pool, comparable,
            draw::{DrawRecord, Exclusion, Ground},
        },
        terms::{date::Date, lang::Text},
    },
};

/// A visit of which the panel was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnVisit {
    /// Its day.
    pub day: Date,
    /// The facility.
    pub facility: String,
    /// Who was drawn.
    pub persons: Vec<Person>,
}

/// The visits of which this laptop keeps the panel, by day and facility.
///
/// # Errors
/// If the store fails.
pub fn draws(home: &Home) -> Result<Vec<DrawnVisit>, Failure> {
    let rows = home.store()?.draws().map_err(|error| failure_wording::store(&error, &home.database()))?;
    let mut visits: Vec<DrawnVisit> = Vec::new();
    for row in rows {
        match visits.last_mut().filter(|it| it.day == row.day && it.facility == row.facility) {
            Some(visit) => visit.persons.push(row.person),
            None => {
                visits.push(DrawnVisit { day: row.day, facility: row.facility, persons: vec![row.person] })
            }
        }
    }
    Ok(visits)
}

/// Keeps the panel of a record for the draws that follow; one without a day is of no day and is not kept.
///
/// # Errors
/// If the store fails.
pub(crate) fn keep(home: &Home, record: &DrawRecord, day: Option<Date>) -> Result<(), Failure> {
    let Some(day) = day.or(record.request.visit_on) else { return Ok(()) };
    put(home, day, &record.request.facility, record.panel.iter().map(|seat| &seat.person))
}

/// No longer keeps the panel of a facility on a day: the visit was called off, or is on another day.
///
/// # Errors
/// If nothing is kept of it, or the store fails.
pub fn forget(home: &Home, facility: &str, day: Date) -> Result<(), Failure> {
    if same(home, day, facility)?.is_empty() {
        return Err(wording::not_kept(facility, day));
    }
    put(home, day, facility, [])
}

fn put<'a>(
    home: &Home,
    day: Date,
    facility: &str,
    persons: impl IntoIterator<Item = &'a Person>,
) -> Result<(), Failure> {
    let earlier = same(home, day, facility)?;
    home.store()?
        .keep_draw(day, (facility, &earlier), persons)
        .map_err(|error| failure_wording::store(&error, &home.database()))
}

/// The names under which a facility is kept on a day.
fn same(home: &Home, day: Date, facility: &str) -> Result<Vec<String>, Failure> {
    let wanted = comparable(facility);
    let visits = draws(home)?.into_iter().filter(|it| it.day == day && comparable(&it.facility) == wanted);
    Ok(visits.map(|it| it.facility).collect())
}

/// Who of the pool sits elsewhere on the day, with the day and the facility as the fact it rests on.
///
/// # Errors
/// If the store fails.
pub(super) fn busy(
    home: &Home,
    pool: &Pool,
    (facility, day): (&str, Date),
    beside: &[DrawnVisit],
) -> Result<BTreeSet<Exclusion>, Failure> {
    let kept = draws(home)?;
    let own = comparable(facility);
    let others = kept.iter().chain(beside).filter(|it| it.day == day && comparable(&it.facility) != own);
    let exclusions = others.flat_map(|visit| {
        let reason = format!("{day} {}", visit.facility);
        let of_pool = visit.persons.iter().filter(|person| pool.get(person).is_some());
        of_pool.map(move |person| Exclusion {
            person: person.clone(),
            ground: Ground::SameDay,
            reason: reason.clone(),
        })
    });
    Ok(exclusions.collect())
}

/// What a draw that knows no day could not look at.
pub(super) fn not_looked_at() -> Text {
    Text::new(
        "没有写核查日期（--visit-date）：没有核对专家同一天是否另有核查。",
        "No day of the visit was given (--visit-date): whether an expert sits elsewhere that day was not looked at.",
    )
}
