//! Route sheets on paper, one for each member.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Failure, wording},
        files::{self, stem::file_stem},
        session::Session,
    },
    domain::{plan::route::Route, terms::lang::Lang, visit::MemberState},
    report::{
        docx::{Look, docx},
        route::{RouteSheet, page},
    },
};

impl Session {
    /// Writes a route sheet for each member who votes into a folder, which is made if needed.
    ///
    /// # Errors
    /// If the folder cannot be made or a file cannot be written; sheets written before stay.
    pub(crate) fn write_route_sheets(&self, lang: Lang, dir: &Path) -> Result<Vec<PathBuf>, Failure> {
        let dir = std::path::absolute(dir).map_err(|error| wording::path(dir, &error))?;
        files::make_folder(&dir).map_err(|error| wording::home_folder(&dir, &error))?;
        self.visit.voting().map(|state| self.write_route_sheet(state, lang, &dir)).collect()
    }

    fn write_route_sheet(&self, state: &MemberState, lang: Lang, dir: &Path) -> Result<PathBuf, Failure> {
        let (founding, name) = (&self.visit.founding, &state.member.name);
        let checklist = &founding.checklist;
        let plan = self.visit.plan();
        let own = checklist.clauses().filter(|clause| self.visit.owing(clause).contains(name));
        let documents_before = plan.is_some_and(|plan| plan.documents.is_some());
        let route = Route::through(checklist, own.map(AsRef::as_ref), documents_before);
        let sheet = RouteSheet {
            facility: &founding.facility,
            date: founding.date,
            name: name.as_str(),
            field: state.member.field,
            plan,
            checklist,
            hash: &founding.checklist_hash,
            route: &route,
            unofficial: checklist.areas.iter().any(|area| !area.is_official()),
        };
        let running = format!("{} {} {name}", founding.facility, founding.date);
        let bytes = docx(&page(&sheet, lang), &Look::sheet(lang, running))
            .map_err(|_| Failure::bug("cannot write docx"))?;
        let word = lang.pick("走查路线单", "route-sheet");
        let stem = file_stem(&format!("{word}-{}-{name}", founding.facility));
        let path = dir.join(format!("{stem}.docx"));
        files::write_whole(&path, &bytes)?;
        Ok(path)
    }
}
