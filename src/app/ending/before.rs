//! What members should know before they sign, and the lead before the visit is made final.

use crate::{
    app::{
        ending::{finalize::matter_line, signing::record_code},
        failure::Failure,
        session::Session,
    },
    domain::{
        edit::waiver::{MatterKind, Waiving},
        ending::readiness::Matter,
        terms::{
            id::MemberName,
            lang::{Lang, Text},
        },
    },
    words::aside,
};

impl Session {
    /// Which record is signed, and what is open in it.
    #[must_use]
    pub fn before_signing(&self) -> Vec<Text> {
        let matters = self.matters();
        let open = matters.iter().filter(|matter| is_open(matter));
        std::iter::once(self.record_told()).chain(open.map(told)).collect()
    }

    /// Whether anything is to be settled before the end, apart from the signatures that are just being given.
    #[must_use]
    pub fn is_something_open(&self) -> bool {
        self.matters().iter().any(is_open)
    }

    /// That the own signature counts towards no majority, where it does not.
    #[must_use]
    pub fn signs_beside(&self) -> Option<Text> {
        let votes = |name: &MemberName| self.visit.voting().any(|state| &state.member.name == name);
        (!self.me().is_some_and(votes)).then(|| {
            Text::new(
                "您不在应评专家之列（回避、缺席，或结束评分后才核准）：签字留着，不计入过半数。",
                "You are not among those who vote (recused, absent, or admitted after the closing): the signature stays and counts towards no majority.",
            )
        })
    }

    /// Which record is made final, what is let pass, who has not signed, and what the report will say.
    ///
    /// # Errors
    /// If something holds the visit up.
    pub fn before_finalising(&self, reasons: &[Waiving]) -> Result<Vec<Text>, Failure> {
        let waivers = self.may_finalize(reasons)?;
        let mut known = vec![self.record_told()];
        known.extend(waivers.iter().filter_map(|waiver| {
            let (kind, reason) = (waiver.kind?, &waiver.reason);
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| kind.name(lang));
            let about = waiver.about.join("、");
            let aside = |lang| if about.is_empty() { String::new() } else { aside(&about, lang) };
            Some(Text::new(
                format!("豁免“{zh}”{}：{reason}", aside(Lang::Zh)),
                format!("Waived, {en}{}: {reason}", aside(Lang::En)),
            ))
        }));
        let matters = self.matters();
        known.extend(matters.iter().filter(|matter| !matter.blocks()).map(told));
        Ok(known)
    }

    fn record_told(&self) -> Text {
        let code = record_code(&self.record_digest());
        Text::new(format!("核查记录 {code}"), format!("Record {code}"))
    }
}

fn told(matter: &Matter) -> Text {
    Text::new(matter_line(matter, Lang::Zh), matter_line(matter, Lang::En))
}

fn is_open(matter: &Matter) -> bool {
    matter.blocks() && matter.kind != MatterKind::Unsigned
}
