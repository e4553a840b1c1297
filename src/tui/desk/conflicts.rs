//! Two laptops of one person that recorded different things: finding such clauses, naming the devices, settling them.

use crate::{
    domain::{
        ballot::{Conflict, Position},
        edit::Edit,
        terms::{id::FeedId, lang::Lang, written::Note},
    },
    tui::desk::{Desk, words as say},
};

impl Desk {
    /// The clauses on which one's own laptops differ, by place.
    pub(crate) fn conflicts(&self) -> impl Iterator<Item = usize> {
        let differs =
            |index: &usize| self.votes.get(*index).is_some_and(|it| it.position == Position::Conflict);
        (0..self.votes.len()).filter(differs)
    }

    /// The next such clause after `from`, going round; `from` itself comes last.
    pub(crate) fn next_conflict(&self, from: usize) -> Option<usize> {
        let mut all = self.conflicts();
        let first = all.next()?;
        if first > from {
            return Some(first);
        }
        Some(all.find(|index| *index > from).unwrap_or(first))
    }

    /// What a clause's cells hold on each laptop where they differ.
    pub(crate) fn conflicting(&self, clause: &str) -> Vec<Conflict<'_>> {
        self.seat().map(|seat| seat.ballot.conflicting(clause)).unwrap_or_default()
    }

    /// Edits together with what they settle. A new grade, points or absence settles its clause as a whole: findings on
    /// which the laptops differ are taken back, because the person has just said what counts, and differing notes are put
    /// one below the other, so that nothing written is lost.
    pub(crate) fn settling(&self, mut edits: Vec<Edit>) -> Vec<Edit> {
        let graded = edits.iter().filter_map(|edit| match edit {
            Edit::Vote { clause, value: Some(_) } => Some(clause.clone()),
            _ => None,
        });
        for clause in graded.collect::<Vec<_>>() {
            let settled =
                self.conflicting(clause.as_str()).into_iter().filter_map(|conflict| match conflict {
                    Conflict::Stand(_) => None,
                    Conflict::Finding(point, _) => {
                        Some(Edit::Finding { clause: clause.clone(), point: point.clone(), value: None })
                    }
                    Conflict::Note(values) => {
                        let texts: Vec<&str> = values.into_iter().map(|(_, text)| text).collect();
                        // Too long for one note, they go on differing: the person shortens what nobody may cut.
                        let text = Note::trimmed(&texts.join("\n")).ok()?;
                        Some(Edit::Note { clause: clause.clone(), text })
                    }
                });
            edits.extend(settled);
        }
        edits
    }

    /// What a device is called beside a value: this laptop, the other one, or the n-th other one.
    pub(crate) fn device_name(&self, lang: Lang, feeds: &[&FeedId], at: usize) -> String {
        let is_other = |feed: &&&FeedId| ***feed != self.feed;
        if feeds.get(at).is_some_and(|feed| **feed == self.feed) {
            return say::here(lang).to_owned();
        }
        if feeds.iter().filter(is_other).count() < 2 {
            return say::there(lang).to_owned();
        }
        let n = feeds.iter().take(at + 1).filter(is_other).count();
        format!("{} {n}", say::there(lang))
    }
}
