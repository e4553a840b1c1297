//! What is not settled in a visit, or must be known before anyone signs, in words.

use crate::{
    domain::{
        edit::waiver::Waiver,
        ending::readiness::{self, Detail, Matter},
        outcome::Outcome,
        terms::{clean::clean_line, digest::Digest, lang::Lang},
        visit::{MemberState, Visit},
    },
    report::layout::OpenMatter,
    words::{self, outcome},
};

/// All open matters, the gravest kinds first.
pub(crate) fn matters(
    visit: &Visit,
    outcome: &Outcome,
    shown: &[&MemberState],
    record: Option<&Digest>,
    lang: Lang,
) -> Vec<OpenMatter> {
    let found = readiness::matters(visit, outcome, shown, record);
    let told =
        found.iter().map(|matter| OpenMatter { waived: waived(visit, matter), ..in_words(matter, lang) });
    told.collect()
}

/// Why a matter was let pass when the visit was made final, if it was.
fn waived(visit: &Visit, matter: &Matter) -> Option<String> {
    let waivers = visit.finalised.iter().flat_map(|end| &end.waivers);
    let is_about = |waiver: &Waiver| {
        waiver.about.is_empty()
            || matter.about.is_empty()
            || waiver.about.iter().any(|about| matter.about.contains(about))
    };
    let of_it = waivers.filter(|waiver| waiver.kind == Some(matter.kind) && is_about(waiver));
    let mut reasons: Vec<String> = of_it.map(|waiver| waiver.reason.to_string()).collect();
    reasons.dedup();
    (!reasons.is_empty()).then(|| reasons.join(" / "))
}

/// One matter in words.
#[must_use]
pub fn in_words(matter: &Matter, lang: Lang) -> OpenMatter {
    let text = match &matter.detail {
        Detail::None => String::new(),
        Detail::Count(n) => n.to_string(),
        Detail::Member(name) => clean_line(name.as_str()),
        Detail::Lack(lack) => words::lack(lack, lang),
        Detail::Excused(lack, reason) => words::excused(&words::lack(lack, lang), reason, lang),
        Detail::EvenPanel(reason) => {
            words::excused(lang.pick("专家组为双数", "the panel is even"), reason, lang)
        }
        Detail::Reason(reason) => clean_line(reason),
        Detail::Contradiction(found) => outcome::contradiction(found, lang),
        Detail::Signatures { n, of } => match lang {
            Lang::Zh => format!("已签 {n}/{of} 人，定稿须过半数"),
            Lang::En => format!("{n} of {of} signed; the end takes more than half"),
        },
    };
    OpenMatter {
        kind: matter.kind,
        about: matter.about.iter().map(|it| clean_line(it)).collect(),
        text,
        waived: None,
    }
}
