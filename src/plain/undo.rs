//! Undo: takes the last own change back and says what stands now.

use std::sync::Arc;

use crate::{
    app::deed::{Deed, Done},
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
        self.talk.say(format!("{}{told}", say::undone(lang)))
    }
}
