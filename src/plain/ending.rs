//! The end: signing the record, what holds it up, letting matters pass with a reason, the final record.

use crate::{
    app::{
        deed::{Deed, Done},
        ending::{finalize::matter_words, signing::record_code},
        failure::Failure,
    },
    domain::{
        edit::waiver::MatterKind,
        ending::signature::Signature,
        terms::{lang::Lang, written::Line},
    },
    plain::{sitting::Sitting, talk::Stop, words as say},
    words::{irrevocable, label},
};

impl Sitting<'_> {
    /// Takes in what others wrote, says which record it is and what is open in it, asks twice, and signs.
    pub(crate) fn sign(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        // What others wrote meanwhile belongs to what is signed.
        self.deliver()?;
        let may = self.session.may_sign();
        if !self.allowed(may)? {
            return Ok(());
        }
        let shown = self.session.record_digest();
        self.session.before_signing().iter().try_for_each(|told| self.talk.tell(told))?;
        if !self.talk.twice(say::sign_sure(lang), irrevocable::signing(lang))? {
            return Ok(());
        }
        if let Some(Done::Signed(record)) = self.perform(Deed::Sign(shown))? {
            self.talk.say(format!(
                "{}{}",
                lang.pick("已签字。核查记录 ", "Signed. Record "),
                record_code(&record)
            ))?;
            if let Some(told) = self.session.signs_beside() {
                self.talk.tell(&told)?;
            }
            self.deliver()?;
            self.say_signatures()?;
        }
        Ok(())
    }

    fn say_signatures(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let record = self.session.record_digest();
        let told: Vec<String> = self
            .session
            .visit()
            .voting()
            .map(|state| format!("{} {}", state.member.name, Signature::of(state, &record).name(lang)))
            .collect();
        self.talk.say(told.join(lang.pick("，", ", ")))
    }

    /// Says what holds the end up, asks for reasons to let it pass, and where nothing is left asks twice and makes it final.
    pub(crate) fn finalise(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let may = self.session.as_lead();
        if !self.allowed(may)? {
            return Ok(());
        }
        self.deliver()?;
        let waivable = self.check()?;
        for kind in waivable {
            self.waive(kind)?;
        }
        let reasons = match self.session.kept_waivers() {
            Ok(reasons) => reasons,
            Err(failure) => return self.talk.refuse(&failure),
        };
        match self.session.before_finalising(&reasons) {
            Ok(known) => known.iter().try_for_each(|told| self.talk.tell(told))?,
            Err(failure) => return self.talk.refuse(&failure),
        }
        if !self.talk.twice(say::final_sure(lang), irrevocable::finalising(lang))? {
            return Ok(());
        }
        if self.perform(Deed::Finalize(reasons))?.is_some() {
            let code = record_code(&self.session.record_digest());
            self.talk
                .say(format!("{}{code}", lang.pick("已定稿。核查记录 ", "The visit is final. Record ")))?;
            self.deliver()?;
            self.say_signatures()?;
        }
        Ok(())
    }

    /// Says what is open; the kinds that hold the end up and that a reason lets pass.
    fn check(&mut self) -> Result<Vec<MatterKind>, Stop> {
        let lang = self.lang();
        let matters = self.session.matters();
        let (holding, others): (Vec<_>, Vec<_>) = matters.iter().partition(|matter| matter.blocks());
        let head = if holding.is_empty() { label::nothing_holds(lang) } else { label::to_settle(lang) };
        self.talk.say(head)?;
        holding.iter().try_for_each(|matter| self.talk.say(matter_words(matter, lang)))?;
        if !others.is_empty() {
            self.talk.say(label::to_know(lang))?;
            others.iter().try_for_each(|matter| self.talk.say(matter_words(matter, lang)))?;
        }
        let mut kinds: Vec<MatterKind> =
            holding.iter().map(|matter| matter.kind).filter(|kind| kind.can_be_waived()).collect();
        kinds.dedup();
        Ok(kinds)
    }

    fn waive(&mut self, kind: MatterKind) -> Result<(), Stop> {
        let lang = self.lang();
        let name = kind.name(lang);
        let question = match lang {
            Lang::Zh => format!("“{name}”豁免的理由？不豁免写 无"),
            Lang::En => format!("“{name}”: the reason to let it pass? Type none to leave it open"),
        };
        loop {
            let typed = self.talk.ask(&question, say::waive_help(lang))?;
            let reason = if typed.is_none() { Ok(Line::default()) } else { Line::new(&typed.text) };
            match reason {
                Ok(reason) => {
                    if self.perform(Deed::KeepWaiver(kind, reason.clone()))?.is_some() && !reason.is_empty() {
                        self.talk.say(format!(
                            "{name}{}{reason}",
                            lang.pick("，理由已记：", ", reason recorded: ")
                        ))?;
                    }
                    return Ok(());
                }
                Err(error) => self.talk.refuse(&Failure::from(error))?,
            }
        }
    }
}
