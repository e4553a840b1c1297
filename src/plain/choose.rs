//! Which visit: those that this laptop knows, by number.

use std::path::PathBuf;

use crate::{
    app::{
        failure::Failure,
        home::Home,
        laptop::overview::{VisitSummary, list_visits},
    },
    domain::terms::lang::Lang,
    plain::{
        talk::{Stop, Talk},
        words as say,
    },
};

/// The file of a visit of this laptop.
pub(crate) fn choose(home: &Home, talk: &mut Talk) -> Result<Result<PathBuf, Stop>, Failure> {
    let visits = list_visits(home)?;
    Ok(ask(&visits, talk))
}

fn ask(visits: &[VisitSummary], talk: &mut Talk) -> Result<PathBuf, Stop> {
    let lang = talk.lang;
    if visits.is_empty() {
        talk.say(say::no_visits(lang))?;
        return Err(Stop::Leave);
    }
    loop {
        for (at, visit) in visits.iter().enumerate() {
            talk.say(format!("{} {}", at + 1, row(visit, lang)))?;
        }
        let typed = talk.ask(say::which_visit(lang), say::menu_help(lang))?;
        let chosen =
            typed.command.parse::<usize>().ok().and_then(|number| visits.get(number.checked_sub(1)?));
        match chosen {
            Some(visit) => return Ok(visit.file.clone()),
            None => talk.misheard()?,
        }
    }
}

fn row(visit: &VisitSummary, lang: Lang) -> String {
    let comma = lang.pick("，", ", ");
    let when =
        visit.when.map(|(stage, day)| format!("{comma}{}{comma}{day}", stage.name(lang))).unwrap_or_default();
    let scored = format!("{}/{}", visit.n_scored, visit.n_owed);
    format!("{}{when}{comma}{}{scored}", visit.facility, lang.pick("已评 ", "scored "))
}
