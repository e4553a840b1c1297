//! What is said of a clause beside its points: a direct grade, awarded points, an absence, the reason, a note.

use crate::{
    app::{deed::Deed, failure::Failure},
    domain::{
        checklist::{Clause, Scale},
        edit::{Choice, Edit, Stand},
        terms::{
            absence::Absence,
            amount::Amount,
            grade::Grade,
            lang::Lang,
            written::{Line, Note},
        },
    },
    plain::{sitting::Sitting, talk::Stop, words as say},
    words,
};

/// The absences that members give themselves, in the order of their numbers.
const KINDS: [Absence; 3] = [Absence::NotSeen, Absence::NotApplicable, Absence::NotProvided];

impl Sitting<'_> {
    /// Asks for a direct grade or points; whether it is recorded.
    pub(crate) fn grade(&mut self, clause: &Clause) -> Result<bool, Stop> {
        let lang = self.lang();
        let question =
            clause.scale.map_or_else(|| say::which_grade(lang).to_owned(), |scale| points_asked(scale, lang));
        loop {
            let typed = self.talk.ask(&question, &question)?;
            let choice = match clause.scale {
                None => typed.command.parse::<Grade>().ok().map(Choice::Grade),
                Some(_) => typed.command.parse::<Amount>().ok().map(Choice::Points),
            };
            match choice {
                Some(choice) => return self.stand(clause, choice),
                None => self.talk.misheard()?,
            }
        }
    }

    /// Asks why there is no grade; whether it is recorded.
    pub(crate) fn absence(&mut self, clause: &Clause) -> Result<bool, Stop> {
        let lang = self.lang();
        let kinds: Vec<String> =
            KINDS.iter().zip(1..).map(|(kind, n)| format!("{n} {}", kind.name(lang))).collect();
        let question = format!("{}{}", say::which_absence(lang), kinds.join(lang.pick("，", ", ")));
        loop {
            let typed = self.talk.ask(&question, say::menu_help(lang))?;
            let numbered = KINDS.iter().zip(1_usize..).find(|(_, n)| typed.command == n.to_string());
            let named = || KINDS.iter().find(|kind| Absence::parse(&typed.command) == Some(**kind));
            match numbered.map(|(kind, _)| kind).or_else(named) {
                Some(kind) => return self.stand(clause, Choice::Absent(*kind)),
                None => self.talk.misheard()?,
            }
        }
    }

    /// Records what is said of a clause, then asks for the reason: whoever leaves at that question has not lost the grade.
    pub(crate) fn stand(&mut self, clause: &Clause, choice: Choice) -> Result<bool, Stop> {
        let lang = self.lang();
        let known = self.me().and_then(|me| me.ballot.stand(clause.id.as_str()));
        let reason = known.filter(|stand| stand.choice == choice).map(|stand| stand.reason.clone());
        if !self.record_stand(clause, choice, reason.unwrap_or_default())? {
            return Ok(false);
        }
        let said = words::said(choice.into(), matches!(choice, Choice::Grade(_)), lang);
        self.talk.say(format!("{} {}{said}", clause.id, lang.pick("已评：", "scored: ")))?;
        let owed = self.vote_of(clause).and_then(|vote| vote.owes_reason());
        let question = owed.map_or_else(|| say::reason_or_none(lang), |owed| words::reason_owed(owed, lang));
        loop {
            let typed = match self.talk.ask(question, say::reason_help(lang)) {
                Ok(typed) => typed,
                // The vote stands, and that it owes a reason is told wherever it is read.
                Err(Stop::Back) => return Ok(true),
                Err(Stop::Leave) => return Err(Stop::Leave),
            };
            if typed.is_none() && owed.is_none() {
                return Ok(true);
            }
            match Line::new(&typed.text) {
                Ok(reason) if self.record_stand(clause, choice, reason.clone())? => {
                    let recorded = lang.pick("理由已记：", "reason recorded: ");
                    self.talk.say(format!("{} {recorded}{reason}", clause.id))?;
                    return Ok(true);
                }
                Ok(_) => return Ok(false),
                Err(error) => self.talk.refuse(&Failure::from(error))?,
            }
        }
    }

    fn record_stand(&mut self, clause: &Clause, choice: Choice, reason: Line) -> Result<bool, Stop> {
        let value = Some(Stand { choice, reason });
        let edit = Edit::Vote { clause: clause.id.clone(), value };
        Ok(self.perform(Deed::Record(vec![edit]))?.is_some())
    }

    /// Asks for a line of the note; whether it is recorded.
    pub(crate) fn note(&mut self, clause: &Clause) -> Result<bool, Stop> {
        let lang = self.lang();
        loop {
            let typed = self.talk.ask(say::note_question(lang), say::note_help(lang))?;
            let before =
                self.me().map(|me| me.ballot.note(clause.id.as_str()).to_owned()).unwrap_or_default();
            let text = match typed.is(&["0"]) {
                true => String::new(),
                false if before.is_empty() => typed.text,
                false => format!("{before}\n{}", typed.text),
            };
            match Note::new(&text) {
                Ok(text) => {
                    let told = text.replace('\n', " ");
                    let edit = Edit::Note { clause: clause.id.clone(), text };
                    if self.perform(Deed::Record(vec![edit]))?.is_none() {
                        return Ok(false);
                    }
                    self.talk.say(format!(
                        "{} {}{told}",
                        clause.id,
                        lang.pick("备注已记：", "note recorded: ")
                    ))?;
                    return Ok(true);
                }
                Err(error) => self.talk.refuse(&Failure::from(error))?,
            }
        }
    }
}

fn points_asked(scale: Scale, lang: Lang) -> String {
    let (most, step) = (scale.points, scale.step);
    match lang {
        Lang::Zh => format!("分值？0 至 {most}，步长 {step}"),
        Lang::En => format!("Points? 0 to {most}, in steps of {step}"),
    }
}
