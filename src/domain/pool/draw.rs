//! Draws a panel from the pool by a published seed, so that anybody who has the record can draw it again (seed S3·F13).
//!
//! Pure: no clock, no chance. Each expert who may sit gets a ticket, the SHA-256 of the algorithm's name, the seed, the
//! facility, the day of the visit and who they are; the order of the tickets is the order of the draw, and `seats` takes the
//! first who cover the required fields.
//! The steps, for a reader with `sha256sum`, stand in `docs/decisions/0014-the-draw.md`.

mod check;
mod error;
mod ground;
mod seats;

use std::collections::BTreeSet;

use crate::domain::{
    pool::{Person, Pool, Rank, comparable},
    terms::{clean::clean_line, date::Date, digest::Digest, field::Field, written::Line},
};

pub use check::Disagreement;
pub use error::DrawError;
pub use ground::Ground;

/// The name of these rules, in every record and every ticket.
pub const ALGORITHM: &str = "hecha-draw-2";
/// The rules before them, whose records are still checked: neither facility nor day was part of the ticket.
pub const FIRST_ALGORITHM: &str = "hecha-draw-1";
/// Most seats of a panel. Our own bound.
pub const MOST_SEATS: usize = 99;
/// Substitutes a record names for each field, in their order; those after them follow from the record too. Our own number.
pub const N_SUBSTITUTES: usize = 3;

/// SHA-256 of a text, which the caller lends: this layer has no crates.
pub type Hash<'a> = &'a dyn Fn(&str) -> Digest;

/// What is drawn, and under which rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRequest {
    /// Name of the facility to be reviewed.
    pub facility: String,
    /// Id of the profile whose rule was asked for; empty = none, the rule was given.
    pub profile: String,
    /// Day of the visit; `None` = not said.
    pub visit_on: Option<Date>,
    /// Its medical alliance; empty = alliances do not matter.
    pub alliance: String,
    /// The published seed, one clean line.
    pub seed: String,
    /// Seats: odd where the rule says so, at least `min`.
    pub size: usize,
    /// Least number of seats (seed S3·F13: 5).
    pub min: usize,
    /// Whether the number must be odd (seed S3·F13: yes).
    pub odd: bool,
    /// Fields that must each have a member; distinct.
    pub fields: Vec<Field>,
    /// Least title (seed S3·F15); `None` = any.
    pub least: Option<Rank>,
    /// Units of which nobody is drawn.
    pub left_out: Vec<String>,
    /// Recusals that are not in the pool.
    pub recusals: Vec<Exclusion>,
    /// Grounds that do not keep anybody from this panel.
    pub allowed: BTreeSet<Ground>,
    /// Day of the draw, as it is printed; decides nothing.
    pub drawn_on: Date,
}

/// A ground that stands against an expert.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exclusion {
    /// Who.
    pub person: Person,
    /// The ground.
    pub ground: Ground,
    /// The fact it rests on: the unit, the facility of a tie, the alliance, the title, or the reason that was given.
    pub reason: String,
}

/// An expert who may be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligible {
    /// Who.
    pub person: Person,
    /// Professional title.
    pub title: Line,
    /// Fields, the main one first.
    pub fields: Vec<Field>,
    /// The reason for an exception from the least title; empty where the title needs none.
    pub exception: String,
    /// Grounds that stand against them and are allowed in this draw, with the facts they rest on.
    pub allowed: Vec<(Ground, String)>,
    /// The first eight bytes of the ticket, as a number with the first byte the highest.
    pub ticket: u64,
}

/// Who sits, and for which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub person: Person,
    /// Professional title.
    pub title: Line,
    /// The field they sit for: the required one, or on a free seat their main field.
    pub field: Field,
    /// Whether the seat is that of a required field.
    pub required: bool,
}

/// Who steps in for a field, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitutes {
    /// The field.
    pub field: Field,
    /// The first [`N_SUBSTITUTES`] who are not on the panel.
    pub persons: Vec<Person>,
}

/// A draw with all that is needed to do it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRecord {
    /// Name of the rules; other than [`ALGORITHM`] if a later program drew.
    pub algorithm: String,
    /// What was asked for.
    pub request: DrawRequest,
    /// Experts of the pool.
    pub n_pool: usize,
    /// SHA-256 of the pool as `hecha pool export` writes it to CSV.
    pub pool_digest: Digest,
    /// Who might have been drawn, in the order of their tickets.
    pub eligible: Vec<Eligible>,
    /// Who might not, and why; somebody with two grounds stands twice. By name and unit.
    pub excluded: Vec<Exclusion>,
    /// The panel, in the order of the draw.
    pub panel: Vec<Seat>,
    /// Substitutes for each field of the panel, in the order of the fields.
    pub substitutes: Vec<Substitutes>,
}

/// Draws a panel. The same pool and request give the same record on every machine, whatever order the pool was read in.
///
/// # Errors
/// What the request lacks, or which fields the pool cannot cover.
pub fn draw(
    pool: &Pool,
    pool_digest: Digest,
    request: DrawRequest,
    hash: Hash<'_>,
) -> Result<DrawRecord, DrawError> {
    draw_by(ALGORITHM, pool, pool_digest, request, hash)
}

/// As [`draw`], by the rules of a name; those of another name than the two known ones are taken for the newest.
///
/// # Errors
/// As [`draw`].
pub fn draw_by(
    algorithm: &str,
    pool: &Pool,
    pool_digest: Digest,
    request: DrawRequest,
    hash: Hash<'_>,
) -> Result<DrawRecord, DrawError> {
    request.check()?;
    let (mut eligible, mut excluded) = (Vec::new(), Vec::new());
    for expert in pool.experts() {
        let (allowed, barred): (Vec<Exclusion>, Vec<Exclusion>) = ground::against(expert, &request)
            .into_iter()
            .partition(|it| request.allowed.contains(&it.ground));
        if !barred.is_empty() {
            excluded.extend(barred);
            continue;
        }
        let is_exception = request.least.is_some_and(|least| expert.rank().is_none_or(|rank| rank < least));
        eligible.push(Eligible {
            person: expert.person.clone(),
            title: expert.title.clone(),
            fields: expert.fields.clone(),
            exception: if is_exception { expert.exception.clone() } else { String::new() },
            allowed: allowed.into_iter().map(|it| (it.ground, it.reason)).collect(),
            ticket: 0,
        });
    }
    sort_by_ticket(&mut eligible, algorithm, &request, hash);
    let panel = panel_of(&eligible, &request).map_err(|error| with_excluded(error, pool, &excluded))?;
    let substitutes = substitutes_of(&eligible, &panel);
    let (n_pool, algorithm) = (pool.len(), algorithm.to_owned());
    Ok(DrawRecord { algorithm, request, n_pool, pool_digest, eligible, excluded, panel, substitutes })
}

/// The text whose SHA-256 is the ticket. No part holds a line break, so no two experts, seeds or visits share a text.
/// The facility stands as names are compared, so that blanks, widths and letter case do not change a draw.
#[must_use]
pub fn ticket_text(algorithm: &str, request: &DrawRequest, person: &Person) -> String {
    let seed = &request.seed;
    let visit = if algorithm == FIRST_ALGORITHM {
        String::new()
    } else {
        let day = request.visit_on.map(|day| day.to_string()).unwrap_or_default();
        format!("{}\n{day}\n", comparable(&request.facility))
    };
    format!("{algorithm}\n{seed}\n{visit}{}\n{}\n", person.name, person.unit)
}

impl DrawRequest {
    fn check(&self) -> Result<(), DrawError> {
        if self.seed.is_empty() || clean_line(&self.seed) != self.seed {
            return Err(DrawError::NoSeed);
        }
        if self.facility.is_empty() {
            return Err(DrawError::NoFacility);
        }
        let (size, n_fields) = (self.size, self.fields.len());
        if size < self.min.max(1) || size > MOST_SEATS {
            return Err(DrawError::Size { size, min: self.min.max(1) });
        }
        if self.odd && size.is_multiple_of(2) {
            return Err(DrawError::Even { size });
        }
        if n_fields > size {
            return Err(DrawError::TooManyFields { n_fields, size });
        }
        Ok(())
    }
}

fn sort_by_ticket(eligible: &mut Vec<Eligible>, algorithm: &str, request: &DrawRequest, hash: Hash<'_>) {
    let mut tickets: Vec<(Digest, Eligible)> = eligible
        .drain(..)
        .map(|mut it| {
            let digest = hash(&ticket_text(algorithm, request, &it.person));
            it.ticket = digest.0.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
            (digest, it)
        })
        .collect();
    tickets.sort_by(|(a, left), (b, right)| (a, &left.person).cmp(&(b, &right.person)));
    eligible.extend(tickets.into_iter().map(|(_, it)| it));
}

/// The panel from the ordered experts; the error names nobody who is excluded.
fn panel_of(eligible: &[Eligible], request: &DrawRequest) -> Result<Vec<Seat>, DrawError> {
    let order: Vec<&[Field]> = eligible.iter().map(|it| it.fields.as_slice()).collect();
    if order.len() < request.size {
        let (n_eligible, size) = (order.len(), request.size);
        return Err(DrawError::TooFew { n_eligible, size, excluded: Vec::new() });
    }
    let seats = seats::seat(&order, request.size, &request.fields).map_err(|shortage| {
        let persons = shortage.experts.iter().filter_map(|place| eligible.get(*place));
        let experts = persons.map(|it| it.person.clone()).collect();
        DrawError::Uncovered { fields: shortage.fields, experts, excluded: Vec::new() }
    })?;
    let seated = seats.into_iter().filter_map(|(place, seat)| {
        let it = eligible.get(place)?;
        let field = seat.or_else(|| it.fields.first().copied())?;
        Some(Seat { person: it.person.clone(), title: it.title.clone(), field, required: seat.is_some() })
    });
    Ok(seated.collect())
}

/// Adds to an error who would have helped but is excluded.
fn with_excluded(error: DrawError, pool: &Pool, all: &[Exclusion]) -> DrawError {
    match error {
        DrawError::TooFew { n_eligible, size, .. } => {
            DrawError::TooFew { n_eligible, size, excluded: all.to_vec() }
        }
        DrawError::Uncovered { fields, experts, .. } => {
            let has_one = |it: &&Exclusion| {
                let expert = pool.get(&it.person);
                expert.is_some_and(|expert| expert.fields.iter().any(|field| fields.contains(field)))
            };
            let excluded = all.iter().filter(has_one).cloned().collect();
            DrawError::Uncovered { fields, experts, excluded }
        }
        other => other,
    }
}

fn substitutes_of(eligible: &[Eligible], panel: &[Seat]) -> Vec<Substitutes> {
    let fields: BTreeSet<Field> = panel.iter().map(|seat| seat.field).collect();
    let is_free = |it: &&Eligible| panel.iter().all(|seat| seat.person != it.person);
    let persons = |field: Field| {
        let next = eligible.iter().filter(is_free).filter(move |it| it.fields.contains(&field));
        next.map(|it| it.person.clone()).take(N_SUBSTITUTES).collect()
    };
    fields.into_iter().map(|field| Substitutes { field, persons: persons(field) }).collect()
}
