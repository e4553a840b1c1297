//! One clause: what it is, and how it is scored.

use std::sync::Arc;

use crate::{
    app::deed::Deed,
    domain::{
        ballot::Vote,
        checklist::Clause,
        edit::{Choice, Edit},
        terms::{grade::Grade, lang::Lang},
    },
    plain::{
        sitting::{Onward, Sitting},
        talk::{Stop, Typed},
        words as say,
    },
    words::{self, label},
};

impl Sitting<'_> {
    /// Asks how a clause is scored until it has a vote or the user goes on.
    pub(crate) fn clause(&mut self, id: &str, (nth, n): (usize, usize)) -> Result<Onward, Stop> {
        let Some(clause) = self.session.visit().founding.checklist.clause(id).map(Arc::clone) else {
            return Ok(Onward::Next);
        };
        let may = self.session.open_clause(&clause.id).map(|_| ());
        if !self.allowed(may)? {
            return Ok(Onward::Next);
        }
        self.introduce(&clause, nth, n)?;
        let lang = self.lang();
        let help = format!("{}\n{}{}", say::clause_help(lang), say::hint(lang), clause.hint.get(lang));
        loop {
            let question = self.clause_question(&clause);
            let typed = self.talk.ask(&question, &help)?;
            let done = match typed.command.as_str() {
                "1" => match self.points(&clause)? {
                    Some(onward) => return Ok(onward),
                    None => false,
                },
                "2" => self.held(|it| it.grade(&clause))?,
                "3" => self.held(|it| it.absence(&clause))?,
                "4" => {
                    self.held(|it| it.note(&clause))?;
                    false
                }
                "5" if self.has_stand(&clause) => {
                    let taken = Edit::Vote { clause: clause.id.clone(), value: None };
                    if self.perform(Deed::Record(vec![taken]))?.is_some() {
                        self.say_vote(&clause)?;
                    }
                    false
                }
                _ => match self.elsewhere(&typed)? {
                    Some(onward) => return Ok(onward),
                    None => self.graded_at_once(&clause, &typed)?,
                },
            };
            if done {
                return Ok(Onward::Next);
            }
        }
    }

    /// What is answered at every clause and point alike; `None` = it was none of these, or there is nowhere to go.
    pub(crate) fn elsewhere(&mut self, typed: &Typed) -> Result<Option<Onward>, Stop> {
        if typed.is(&["+", "下", "下一条", "next"]) {
            return Ok(Some(Onward::Next));
        }
        if typed.is(&["-", "上", "上一条", "previous"]) {
            return Ok(Some(Onward::Previous));
        }
        Ok(self.clause_typed(&typed.command).map(Onward::To))
    }

    /// Progress and undo; whether it was one of them.
    pub(crate) fn aside(&mut self, typed: &Typed) -> Result<bool, Stop> {
        if typed.is(&["=", "进度", "progress"]) {
            self.what_is_left()?;
        } else if typed.is(&["u", "撤销", "undo"]) {
            self.undo()?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// A grade that was typed without asking for the question; whether the clause has a vote by it.
    fn graded_at_once(&mut self, clause: &Clause, typed: &Typed) -> Result<bool, Stop> {
        if self.aside(typed)? {
            return Ok(false);
        }
        match typed.command.parse::<Grade>() {
            Ok(grade) if clause.scale.is_none() => self.held(|it| it.stand(clause, Choice::Grade(grade))),
            _ => {
                self.talk.misheard()?;
                Ok(false)
            }
        }
    }

    /// A conversation below this one, from which one comes back here.
    fn held(&mut self, talk: impl FnOnce(&mut Self) -> Result<bool, Stop>) -> Result<bool, Stop> {
        match talk(self) {
            Err(Stop::Back) => Ok(false),
            other => other,
        }
    }

    fn introduce(&mut self, clause: &Clause, nth: usize, n: usize) -> Result<(), Stop> {
        let lang = self.lang();
        let called = self.called(clause);
        self.talk.say(match lang {
            Lang::Zh => format!("第 {nth} 条，共 {n} 条：{called}"),
            Lang::En => format!("{nth} of {n}: {called}"),
        })?;
        if !clause.place.is_empty() {
            self.talk.say(format!("{}{}", say::place(lang), clause.place.get(lang)))?;
        }
        self.say_vote(clause)
    }

    /// Says what the own vote for a clause is.
    pub(crate) fn say_vote(&mut self, clause: &Clause) -> Result<(), Stop> {
        let lang = self.lang();
        let Some(vote) = self.vote_of(clause) else { return Ok(()) };
        if self.me().is_some_and(|me| me.ballot.conflicts(clause.id.as_str())) {
            return self.talk.say(say::conflict(lang));
        }
        let said = words::said(vote.position, vote.direct, lang);
        let (now, colon, stop) = (lang.pick("现在", "now"), lang.pick("：", ": "), lang.pick("；", "; "));
        let mut text = format!("{} {now}{colon}{said}", clause.id);
        if let Some(owed) = vote.owes_reason() {
            text.push_str(&format!("{stop}{}", words::reason_owed(owed, lang)));
        } else if !vote.reason.is_empty() {
            text.push_str(&format!("{stop}{}{colon}{}", label::reason(lang), vote.reason));
        }
        if !vote.note.is_empty() {
            text.push_str(&format!("{stop}{}{colon}{}", say::write_note(lang), vote.note.replace('\n', " ")));
        }
        self.talk.say(text)
    }

    /// The own vote for a clause.
    pub(crate) fn vote_of(&self, clause: &Clause) -> Option<Vote> {
        self.me().map(|me| self.session.visit().vote(me, clause))
    }

    fn has_stand(&self, clause: &Clause) -> bool {
        self.me().is_some_and(|me| me.ballot.stand(clause.id.as_str()).is_some())
    }

    fn clause_question(&self, clause: &Clause) -> String {
        let lang = self.lang();
        let has = |point: &&crate::domain::checklist::Point| self.finding(clause, point).is_some();
        let (n_said, n) = (clause.points.iter().filter(has).count(), clause.points.len());
        let points = format!("{}{}", say::one_by_one(lang), words::aside(&format!("{n_said}/{n}"), lang));
        let direct = if clause.scale.is_some() { say::give_points(lang) } else { say::give_grade(lang) };
        let mut ways = vec![
            format!("1 {points}"),
            format!("2 {direct}"),
            format!("3 {}", say::give_absence(lang)),
            format!("4 {}", say::write_note(lang)),
        ];
        if self.has_stand(clause) {
            ways.push(format!("5 {}", say::take_back(lang)));
        }
        let ways = ways.join(lang.pick("，", ", "));
        format!("{} {}{ways}{}", clause.id, say::how_scored(lang), say::or_on(lang))
    }
}
