//! Undo: takes the last own change back and says what stands now.

use std::sync::Arc;

use crate::{
    app::deed::{Deed, Done},
    domain::edit::Edit,
    plain::{sitting::Sitting, talk::Stop, words as say},
};

impl Sitting<'_> {
    /// Takes the last own change back.
    pub(crate) fn undo(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let Some(Done::Stepped(edit)) = self.perform(Deed::Undo)? else { return Ok(()) };
        let Some(edit) = edit else { return self.talk.say(say::nothing_to_undo(lang)) };
        let about = match &edit {
            Edit::Finding { clause, point, .. } => format!("{clause} {point}"),
            Edit::Vote { clause, .. }
            | Edit::Note { clause, .. }
            | Edit::Verdict { clause, .. }
            | Edit::ClearVote { clause, .. }
            | Edit::Dissent { clause, .. }
            | Edit::Evidence { clause, .. } => clause.to_string(),
            Edit::Gate { gate, .. } => gate.to_string(),
            // The lead's records of others; that a step was taken back is said of every other kind all the same.
            _ => String::new(),
        };
        self.talk.say(format!("{} {about}", say::undone(lang)).trim_end())?;
        self.say_what_stands(&edit)
    }

    fn say_what_stands(&mut self, edit: &Edit) -> Result<(), Stop> {
        let (Edit::Finding { clause, .. } | Edit::Vote { clause, .. } | Edit::Note { clause, .. }) = edit
        else {
            return Ok(());
        };
        let Some(clause) = self.session.visit().founding.checklist.clause(clause.as_str()).map(Arc::clone)
        else {
            return Ok(());
        };
        if let Edit::Finding { point, .. } = edit
            && let Some(point) = clause.point(point.as_str())
        {
            let told = self.finding_told(&clause, point);
            let now = self.lang().pick("现在：", "now: ");
            return self.talk.say(format!("{} {} {now}{told}", clause.id, point.id));
        }
        self.say_vote(&clause)
    }
}
