//! The draw behind a panel: its record in a file or in a visit, and the roster seated from it.

use std::path::Path;

use crate::{
    app::{
        failure::Failure,
        files,
        home::Home,
        pool::draw::{parse_record, season::DrawnVisit, wording},
        system,
        visit::{joining::look, roster::parse_member},
    },
    domain::{edit::Member, pool::draw::DrawRecord, terms::date::Date},
};

/// What a shared file begins with.
const SHARED_FILE: &[u8] = b"HECHA";

/// The record in a file of its own, or the one of the visit in a shared file.
///
/// # Errors
/// If there is none.
pub fn record_at(home: &Home, path: &Path) -> Result<DrawRecord, Failure> {
    drawn_at(home, path).map(|(record, _)| record)
}

/// Who was drawn for which visit and day, from a draw record or a shared file.
///
/// # Errors
/// If there is no draw, or the record says no day.
pub fn visit_at(home: &Home, path: &Path) -> Result<DrawnVisit, Failure> {
    let (record, day) = drawn_at(home, path)?;
    let day = day.or(record.request.visit_on).ok_or_else(|| wording::no_day(path))?;
    let persons = record.panel.into_iter().map(|seat| seat.person).collect();
    Ok(DrawnVisit { day, facility: record.request.facility, persons })
}

/// The record, with the day of the visit where it is that of a shared file.
fn drawn_at(home: &Home, path: &Path) -> Result<(DrawRecord, Option<Date>), Failure> {
    let bytes = files::read(path)?;
    if !bytes.starts_with(SHARED_FILE) {
        return Ok((parse_record(&bytes, path)?, None));
    }
    let session = look(home, path, system::passphrase_from_environment().as_deref())?;
    let founding = &session.visit().founding;
    let record = founding.draw.clone().ok_or_else(|| wording::not_by_draw(path))?;
    Ok((record, Some(founding.date)))
}

/// The roster of a drawn panel, the lead first. Without a lead it is the first drawn. Members that are named must be those
/// of the record.
///
/// # Errors
/// If the lead or a member is not on the drawn panel, or sits there for another field or with another title.
pub fn seat(
    record: &DrawRecord,
    lead: Option<&str>,
    members: &[String],
) -> Result<(Member, Vec<Member>), Failure> {
    let mut roster: Vec<Member> = record.roster().into_iter().map(|seated| seated.member).collect();
    for text in members {
        find(&roster, text)?;
    }
    let lead = lead.map_or(Ok(0), |text| find(&roster, text))?;
    if lead >= roster.len() {
        return Err(Failure::bug("an empty drawn panel"));
    }
    let lead = roster.remove(lead);
    Ok((lead, roster))
}

/// The place of the member that `NAME` or `NAME:FIELD[:TITLE]` names.
fn find(roster: &[Member], text: &str) -> Result<usize, Failure> {
    let wanted = if text.contains([':', '：']) { Some(parse_member(text)?) } else { None };
    let name = wanted.as_ref().map_or(text.trim(), |member| member.name.as_str());
    let agrees = |member: &Member| {
        wanted.as_ref().is_none_or(|wanted| {
            wanted.field == member.field && (wanted.title.is_empty() || wanted.title == member.title)
        })
    };
    let found = roster.iter().position(|member| member.name.as_str() == name && agrees(member));
    found.ok_or_else(|| wording::not_drawn(text, roster))
}
