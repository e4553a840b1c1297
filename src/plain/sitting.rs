//! The open visit with somebody who talks about it, and what every conversation needs of both.

use std::path::Path;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
    },
    domain::{checklist::Clause, terms::lang::Lang, visit::MemberState},
    plain::{
        talk::{Stop, Talk},
        words as say,
    },
    words::label,
};

/// An open visit and a talk about it.
pub(crate) struct Sitting<'a> {
    pub(crate) session: Session,
    pub(crate) talk: Talk<'a>,
    pub(crate) home: Home,
}

/// Where a walk goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Onward {
    /// To the next one.
    Next,
    /// To the one before.
    Previous,
    /// To the one of this id.
    To(String),
}

impl<'a> Sitting<'a> {
    /// Opens the visit of a file, as a member.
    pub(crate) fn open(home: Home, file: &Path, talk: Talk<'a>) -> Result<Self, Failure> {
        let session = Session::open(&home, file)?;
        Ok(Self { session, talk, home })
    }

    /// The language.
    pub(crate) const fn lang(&self) -> Lang {
        self.talk.lang
    }

    /// Whose visit it is, and who sits here.
    pub(crate) fn greet(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let founding = &self.session.visit().founding;
        let (facility, stage, day) = (&founding.facility, founding.stage.name(lang), founding.date);
        let role = if self.session.is_lead() {
            label::lead(lang)
        } else if self.session.leads() {
            label::deputy(lang)
        } else {
            label::member_role(lang)
        };
        let me = self.session.me().map(|me| me.as_str()).unwrap_or_default();
        let greeting = match lang {
            Lang::Zh => format!("{facility}，{stage}，{day}。您是{role} {me}。"),
            Lang::En => format!("{facility}, {stage}, {day}. You are {me}, {role}."),
        };
        self.talk.say(greeting)?;
        self.talk.say(say::how(lang))
    }

    /// Says goodbye; nobody may be there to hear it.
    pub(crate) fn farewell(&mut self) {
        let _gone = self.talk.say(say::farewell(self.lang()));
    }

    /// Does something, or says why not; `None` = it was not done.
    pub(crate) fn perform(&mut self, deed: Deed) -> Result<Option<Done>, Stop> {
        match self.session.perform(deed) {
            Ok(done) => Ok(Some(done)),
            Err(failure) => {
                self.talk.refuse(&failure)?;
                Ok(None)
            }
        }
    }

    /// Whether something may be done; says why not.
    pub(crate) fn allowed(&mut self, may: Result<(), Failure>) -> Result<bool, Stop> {
        match may {
            Ok(()) => Ok(true),
            Err(failure) => {
                self.talk.refuse(&failure)?;
                Ok(false)
            }
        }
    }

    /// The own state; a laptop that is retired meanwhile has none.
    pub(crate) fn me(&self) -> Option<&MemberState> {
        self.session.my_state()
    }

    /// A clause by its id as typed, in any width and case.
    pub(crate) fn clause_typed(&self, command: &str) -> Option<String> {
        let checklist = &self.session.visit().founding.checklist;
        let id = command.to_uppercase();
        checklist.clause(&id).or_else(|| checklist.clause(command)).map(|clause| clause.id.to_string())
    }

    /// What a clause is called, with its id.
    pub(crate) fn called(&self, clause: &Clause) -> String {
        let lang = self.lang();
        let core = if clause.core {
            format!("{}{}", lang.pick("，", ", "), label::core(lang))
        } else {
            String::new()
        };
        format!("{} {}{core}", clause.id, clause.title.get(lang))
    }
}
