//! The drawn experts as members of a visit, and who steps in for one of them.

use crate::domain::{
    edit::Member,
    pool::draw::{DrawRecord, Eligible, Seat},
    terms::{id::MemberName, lang::Lang},
    visit::Visit,
};

/// A drawn expert as a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated<'a> {
    /// The seat.
    pub seat: &'a Seat,
    /// As on the roster.
    pub member: Member,
}

impl DrawRecord {
    /// The panel as a roster, in the order of the draw. Names are unique inside a visit, so two drawn experts of one name
    /// carry their units.
    #[must_use]
    pub fn roster(&self) -> Vec<Seated<'_>> {
        let is_twice = |name: &str| self.panel.iter().filter(|seat| seat.person.name == name).count() > 1;
        let seated = self.panel.iter().map(|seat| {
            let name = if is_twice(&seat.person.name) {
                seat.person.shown(Lang::Zh)
            } else {
                seat.person.name.clone()
            };
            let member = Member { name: MemberName::new(name), field: seat.field, title: seat.title.clone() };
            Seated { seat, member }
        });
        seated.collect()
    }
}

impl Visit {
    /// Who may step in for a member who is recused from the whole visit or has left: experts of the draw who have the
    /// member's field and sit neither on the panel nor among those who joined later, in the order of the draw. Empty
    /// without a draw.
    #[must_use]
    pub fn substitutes_for(&self, name: &str) -> Vec<&Eligible> {
        let (Some(record), Some(state)) = (&self.founding.draw, self.member(name)) else { return Vec::new() };
        let sits = |it: &&Eligible| {
            let names = [it.person.name.clone(), it.person.shown(Lang::Zh)];
            let is_drawn = record.panel.iter().any(|seat| seat.person == it.person);
            is_drawn
                || self.members.iter().any(|state| names.iter().any(|it| it == state.member.name.as_str()))
        };
        let of_field = record.eligible.iter().filter(|it| it.fields.contains(&state.member.field));
        of_field.filter(|it| !sits(it)).collect()
    }
}
