//! What a visit may be founded with beyond facility, day and roster, as it was typed, and what it comes to.

use std::{collections::BTreeSet, path::PathBuf};

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        visit::{followed::followed, interests::check_clause},
    },
    domain::{
        checklist::Checklist,
        edit::{
            Member,
            mandate::{Followed, Mandate},
        },
        facility::{Applied, Tier},
        terms::{
            clean::clean_line,
            id::{ClauseId, FeedId, MemberName},
            lang::Text,
            written::Line,
        },
    },
};

/// Characters of a device's number.
const FEED_LENGTH: usize = 12;

/// All of it may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MandateRequest {
    /// Whose visit it is, if the stage does not say it.
    pub by: Option<Tier>,
    /// What the facility is known by beyond its name.
    pub facility_id: String,
    /// Shared files of the final visits that this one answers.
    pub follows: Vec<PathBuf>,
    /// The standard that the facility applied for.
    pub applied: Option<Applied>,
    /// The clauses that are looked at; none = all.
    pub scope: Vec<ClauseId>,
    /// Who carries it out.
    pub organiser: String,
    /// The number of the office's device, as `hecha doctor` shows it there; blank = none.
    pub office: String,
    /// The member who is deputy from the start; blank = none.
    pub deputy: String,
    /// Why the roster has fewer members than the rule asks for, or an even number; blank = not given.
    pub panel_reason: String,
}

/// Clauses as they are typed: ids between commas or blanks.
#[must_use]
pub fn read_scope(text: &str) -> Vec<ClauseId> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    parts.filter(|part| !part.is_empty()).map(ClauseId::new).collect()
}

impl MandateRequest {
    /// The mandate, checked against checklist and roster. The scope comes in the order of the checklist, each clause once.
    pub(super) fn resolve(
        &self,
        home: &Home,
        checklist: &Checklist,
        roster: &[Member],
    ) -> Result<Mandate, Failure> {
        self.scope.iter().try_for_each(|clause| check_clause(checklist, clause))?;
        let in_scope = checklist.clauses().filter(|clause| self.scope.contains(&clause.id));
        let follows = self.follows.iter().map(|file| followed(home, file)).collect::<Result<Vec<_>, _>>()?;
        let distinct: BTreeSet<_> = follows.iter().map(|it: &Followed| &it.visit).collect();
        if distinct.len() < follows.len() {
            return Err(refused(
                Text::new("同一次前次核查给了两遍。", "An earlier visit was given twice."),
                Text::new("--follows 每次核查只写一遍。", "Give --follows once for each visit."),
            ));
        }
        Ok(Mandate {
            by: self.by,
            facility_id: Line::new(&self.facility_id)?,
            follows,
            applied: self.applied,
            scope: in_scope.map(|clause| clause.id.clone()).collect(),
            organiser: Line::new(&self.organiser)?,
            office: Some(self.office.trim()).filter(|typed| !typed.is_empty()).map(office).transpose()?,
            deputy: deputy(self.deputy.trim(), roster)?,
            panel_reason: panel_reason(&self.panel_reason, checklist, roster)?,
        })
    }
}

fn office(typed: &str) -> Result<FeedId, Failure> {
    device_number(typed).map_err(|(why, next)| refused(why, next))
}

/// The number of a device as it was typed; else why it is none, and what to do.
pub(super) fn device_number(typed: &str) -> Result<FeedId, (Text, Text)> {
    let plain = typed.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if plain && typed.len() == FEED_LENGTH {
        Ok(FeedId::new(typed))
    } else {
        let typed = clean_line(typed);
        Err((
            Text::new(
                format!("“{typed}”不是电脑的编号：它有 {FEED_LENGTH} 个字母、数字或 - _。"),
                format!("“{typed}” is not a device's number: {FEED_LENGTH} letters, digits, - or _."),
            ),
            Text::new(
                "在办公室的电脑上运行 hecha doctor，抄下“本机编号”，注意大小写。",
                "Run hecha doctor on the office's laptop and copy “This device”; capitals matter.",
            ),
        ))
    }
}

fn deputy(name: &str, roster: &[Member]) -> Result<Option<MemberName>, Failure> {
    let at = roster.iter().position(|member| member.name.as_str() == name);
    match at {
        None if name.is_empty() => Ok(None),
        Some(1..) => Ok(Some(MemberName::new(name))),
        Some(_) => Err(refused(
            Text::new("组长不能同时是副组长。", "The lead cannot be the deputy too."),
            Text::new("请写一名组员的姓名。", "Name a member."),
        )),
        None => {
            let name = clean_line(name);
            Err(refused(
                Text::new(format!("名单里没有“{name}”。"), format!("“{name}” is not on the roster.")),
                Text::new("副组长应是名单里的组员。", "The deputy is a member of the roster."),
            ))
        }
    }
}

/// A reason where there is nothing to give one for would stand in every report.
fn panel_reason(typed: &str, checklist: &Checklist, roster: &[Member]) -> Result<Line, Failure> {
    let reason = Line::new(typed)?;
    if reason.is_empty() || checklist.profile.panel.lacks_members(roster.len()) {
        return Ok(reason);
    }
    let n = roster.len();
    Err(refused(
        Text::new(
            format!("名单有 {n} 人，人数合乎规则，不用说明。"),
            format!("The roster has {n} members, as the rule asks: there is nothing to give a reason for."),
        ),
        Text::new("请去掉 --panel-reason，或核对名单。", "Leave --panel-reason out, or check the roster."),
    ))
}

fn refused(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("核查没有建立。", "The visit was not founded."), why, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_as_people_write_lists() {
        let read = read_scope(" TM-01,TM-02，TM-03、 TM-04;;TM-05 ");
        let ids: Vec<&str> = read.iter().map(ClauseId::as_str).collect();
        assert_eq!(ids, ["TM-01", "TM-02", "TM-03", "TM-04", "TM-05"]);
        assert!(read_scope(" ,").is_empty());
    }
}
