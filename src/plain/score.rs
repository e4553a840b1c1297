//! Scoring: which clauses, and the walk through them.

use crate::{
    domain::{ballot::Position, terms::lang::Lang},
    plain::{
        sitting::{Onward, Sitting},
        talk::Stop,
        words as say,
    },
};

impl Sitting<'_> {
    /// Asks for clauses until the user goes back, and walks through them.
    pub(crate) fn score(&mut self) -> Result<(), Stop> {
        let may = self.session.open_ballot();
        if !self.allowed(may)? {
            return Ok(());
        }
        self.declare_first()?;
        loop {
            let [unscored, due, all] = self.lists();
            let question = which_clauses(unscored.len(), due.len(), all.len(), self.lang());
            let typed = self.talk.ask(&question, say::walk_help(self.lang()))?;
            let chosen = match typed.command.as_str() {
                "1" => unscored,
                "2" => due,
                "3" => all,
                id => match self.clause_typed(id) {
                    // From there on through all of them.
                    Some(id) if all.contains(&id) => all.into_iter().skip_while(|it| *it != id).collect(),
                    // The gate says why it is not among them.
                    Some(id) => vec![id],
                    None => {
                        self.talk.misheard()?;
                        continue;
                    }
                },
            };
            if chosen.is_empty() {
                self.talk.say(say::nothing_there(self.lang()))?;
                continue;
            }
            match self.walk(chosen) {
                Ok(()) => self.talk.say(say::no_more(self.lang()))?,
                Err(Stop::Back) => {}
                Err(Stop::Leave) => return Err(Stop::Leave),
            }
        }
    }

    fn walk(&mut self, mut ids: Vec<String>) -> Result<(), Stop> {
        let mut at = 0;
        while let Some(id) = ids.get(at).cloned() {
            match self.clause(&id, (at + 1, ids.len()))? {
                Onward::Next => at += 1,
                Onward::Previous => at = at.saturating_sub(1),
                Onward::To(wanted) => match ids.iter().position(|it| *it == wanted) {
                    Some(there) => at = there,
                    None => ids.insert(at, wanted),
                },
            }
        }
        Ok(())
    }

    /// The clauses without a vote, those one is to score, and all; without those one is recused from.
    fn lists(&self) -> [Vec<String>; 3] {
        let visit = self.session.visit();
        let Some(me) = self.me() else { return [const { Vec::new() }; 3] };
        let mut lists = [const { Vec::new() }; 3];
        for clause in visit.clauses() {
            if visit.recusal(me.member.name.as_str(), clause.id.as_str()).is_some() {
                continue;
            }
            let id = clause.id.to_string();
            if visit.owing(clause).contains(&me.member.name) {
                if matches!(visit.vote(me, clause).position, Position::Unscored | Position::Conflict) {
                    lists[0].push(id.clone());
                }
                lists[1].push(id.clone());
            }
            lists[2].push(id);
        }
        lists
    }
}

fn which_clauses(unscored: usize, due: usize, all: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "评哪些条款？1 还没评的 {unscored} 条，2 应评的 {due} 条，3 全部 {all} 条，或写条款编号从那里起"
        ),
        Lang::En => format!(
            "Which clauses? 1 the {unscored} not scored yet, 2 the {due} you owe, 3 all {all}, or a clause id to begin there"
        ),
    }
}
