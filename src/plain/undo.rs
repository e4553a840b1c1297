//! Undo: takes the last own change back and says what stands now.

use std::sync::Arc;

use crate::{
    app::deed::{Deed, Done},
    domain::edit::Edit,
    plain::{sitting::Sitting, talk::Stop, words as say},
    words::change,
};

impl Sitting<'_> {
    /// Takes the last own change back.
    pub(crate) fn undo(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let Some(Done::Stepped(change)) = self.perform(Deed::Undo)? else { return Ok(()) };
        let Some(change) = change else { return self.talk.say(say::nothing_to_undo(lang)) };
        let checklist = Arc::clone(&self.session.visit().founding.checklist);
        let told = change.edits.iter().filter_map(|edit| change::told(edit, &checklist, lang));
        let told: Vec<String> = told.map(|told| told.line()).collect();
        let told = told.join(lang.pick("；", "; "));
        self.talk.say(format!("{} {told}", say::undone(lang)).trim_end())?;
        change.edits.iter().try_for_each(|edit| self.say_what_stands(edit))
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
