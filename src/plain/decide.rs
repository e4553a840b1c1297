//! The lead decides what the rule leaves open: clauses, and gates.

use crate::{
    app::{
        deed::Deed,
        merge::{agenda_text::agenda_counts, decide::parse_decision},
    },
    domain::{
        agenda::Agenda,
        checklist::profile::Gate,
        edit::verdict::GateState,
        terms::{id::GateId, lang::Lang},
    },
    plain::{
        sitting::{Onward, Sitting},
        talk::{Stop, Typed},
        votes::{choice_typed, choices},
        words as say,
    },
    words::{self, label, outcome::sealed},
};

impl Sitting<'_> {
    /// Says what is undecided and asks for verdicts, one after the other or by id, until the user goes back.
    pub(crate) fn decide(&mut self) -> Result<(), Stop> {
        let may = self.session.as_lead();
        if !self.allowed(may)? {
            return Ok(());
        }
        let ended = self.decide_on();
        if ended == Err(Stop::Back) {
            // The others sign the record with these verdicts in it.
            self.deliver()?;
        }
        ended
    }

    fn decide_on(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        loop {
            let (counts, open) = self.undecided();
            if let Some(told) = sealed(self.session.visit(), lang) {
                self.talk.say(told)?;
            }
            self.talk.say(counts)?;
            let question =
                if open.is_empty() { say::nothing_open(lang).to_owned() } else { which_subject(&open, lang) };
            let typed = self.talk.ask(&question, say::decide_help(lang))?;
            let subjects = match (typed.command.as_str(), self.subject_typed(&typed)) {
                ("1", None) => open,
                (_, Some(subject)) => vec![subject],
                (_, None) => {
                    self.talk.misheard()?;
                    continue;
                }
            };
            match self.decide_each(&subjects) {
                Ok(()) => self.talk.say(say::no_more(lang))?,
                Err(Stop::Back) => {}
                Err(Stop::Leave) => return Err(Stop::Leave),
            }
        }
    }

    /// How much is on the agenda, and the ids of clauses and gates without a verdict: the largest effect first.
    fn undecided(&self) -> (String, Vec<String>) {
        let visit = self.session.visit();
        let outcome = self.session.outcome();
        let more_to_come = visit.voting().any(|state| !self.session.may_see(state) && visit.awaits(state));
        let agenda = Agenda::of(visit, &outcome, more_to_come);
        let clauses = agenda.items.iter().filter_map(|item| outcome.clauses.get(item.index));
        let clauses = clauses.filter(|it| it.verdict.is_none() && !it.withheld).map(|it| it.id.to_string());
        let gates = outcome.gates.iter().filter(|(_, state)| state.is_none()).map(|(id, _)| id.to_string());
        let counts = agenda_counts(agenda.counts(), self.lang());
        (format!("{counts}{}", self.lang().pick("。", ".")), clauses.chain(gates).collect())
    }

    fn gate_typed(&self, command: &str) -> Option<&Gate> {
        let gates = &self.session.visit().founding.checklist.profile.gates;
        gates.iter().find(|gate| gate.id.as_str().eq_ignore_ascii_case(command))
    }

    fn subject_typed(&self, typed: &Typed) -> Option<String> {
        let gate = || self.gate_typed(&typed.command).map(|gate| gate.id.to_string());
        self.clause_typed(&typed.command).or_else(gate)
    }

    fn decide_each(&mut self, subjects: &[String]) -> Result<(), Stop> {
        let mut at = 0;
        while let Some(id) = subjects.get(at) {
            let onward = match self.gate_typed(id).cloned() {
                Some(gate) => self.decide_gate(&gate)?,
                None => self.decide_clause(id)?,
            };
            match onward {
                Onward::Next => at += 1,
                Onward::Previous => at = at.saturating_sub(1),
                Onward::To(wanted) => at = subjects.iter().position(|it| *it == wanted).unwrap_or(at),
            }
        }
        Ok(())
    }

    fn decide_clause(&mut self, id: &str) -> Result<Onward, Stop> {
        let lang = self.lang();
        let Some(clause) = self.clause_of(id) else { return Ok(Onward::Next) };
        let outcome = self.session.outcome();
        self.say_votes(&clause, &outcome)?;
        let asked = format!("{} {}{}", clause.id, say::which_verdict(lang), choices(&clause, lang));
        loop {
            let typed = self.talk.ask(&format!("{asked}{}", say::or_on(lang)), say::decide_help(lang))?;
            if let Some(onward) = self.elsewhere(&typed)? {
                return Ok(onward);
            }
            let Some(decision) = parse_decision(&choice_typed(&typed)) else {
                self.talk.misheard()?;
                continue;
            };
            let Some(reason) = self.lead_reason()? else { continue };
            let deed = Deed::Decide(clause.id.clone(), Some(decision), reason);
            if self.perform(deed)?.is_some() {
                let told = words::verdict(Some(decision), lang);
                self.talk.say(format!("{} {}{told}", clause.id, lang.pick("已记录：", "recorded: ")))?;
                if let Some(told) = self.session.unborne(clause.id.as_str()) {
                    self.talk.tell(&told)?;
                }
                return Ok(Onward::Next);
            }
        }
    }

    fn decide_gate(&mut self, gate: &Gate) -> Result<Onward, Stop> {
        let lang = self.lang();
        let colon = lang.pick("：", ": ");
        let text = gate.text.get(lang);
        self.talk.say(format!("{} {} {}{colon}{text}", label::gate(lang), gate.id, gate.title.get(lang)))?;
        let now = self.session.visit().gate_decision(gate.id.as_str()).map(|it| it.state);
        self.talk.say(format!("{}{}", lang.pick("现在：", "Now: "), words::gate(now, lang)))?;
        let states: Vec<String> =
            GateState::ALL.iter().zip(1..).map(|(state, n)| format!("{n} {}", state.name(lang))).collect();
        let asked = format!("{} {}{}", gate.id, states.join(lang.pick("，", ", ")), say::or_on(lang));
        loop {
            let typed = self.talk.ask(&asked, say::decide_help(lang))?;
            if let Some(onward) = self.elsewhere(&typed)? {
                return Ok(onward);
            }
            let numbered = GateState::ALL.iter().zip(1_usize..).find(|(_, n)| typed.command == n.to_string());
            let state = numbered.map(|(state, _)| *state).or_else(|| GateState::parse(&typed.command));
            let Some(state) = state else {
                self.talk.misheard()?;
                continue;
            };
            let Some(reason) = self.lead_reason()? else { continue };
            let deed = Deed::DecideGate(GateId::new(gate.id.as_str()), Some(state), reason);
            if self.perform(deed)?.is_some() {
                let recorded = lang.pick("已记录：", "recorded: ");
                self.talk.say(format!("{} {recorded}{}", gate.id, state.name(lang)))?;
                return Ok(Onward::Next);
            }
        }
    }

    /// The reason of a verdict; `None` = the user went back, and nothing is recorded without one.
    fn lead_reason(&mut self) -> Result<Option<String>, Stop> {
        let lang = self.lang();
        match self.talk.ask(say::lead_reason(lang), say::lead_reason(lang)) {
            Ok(typed) => Ok(Some(typed.text)),
            Err(Stop::Back) => {
                self.talk.say(say::no_reason(lang))?;
                Ok(None)
            }
            Err(Stop::Leave) => Err(Stop::Leave),
        }
    }
}

fn which_subject(open: &[String], lang: Lang) -> String {
    let (n, ids) = (open.len(), open.join(lang.pick("、", ", ")));
    match lang {
        Lang::Zh => format!("还没有结论的 {n} 项：{ids}。写 1 逐一定，或写编号"),
        Lang::En => format!("Without a verdict, {n}: {ids}. Type 1 to go through them, or an id"),
    }
}
