//! What is not settled in a visit, or must be known before anyone signs, in words.

use crate::{
    domain::{
        ending::readiness::{self, Detail, Matter},
        outcome::Outcome,
        terms::{clean::clean_line, lang::Lang},
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
    lang: Lang,
) -> Vec<OpenMatter> {
    readiness::matters(visit, outcome, shown).iter().map(|matter| in_words(matter, lang)).collect()
}

/// One matter in words.
#[must_use]
pub fn in_words(matter: &Matter, lang: Lang) -> OpenMatter {
    let text = match &matter.detail {
        Detail::None => String::new(),
        Detail::Count(n) => n.to_string(),
        Detail::Member(name) => clean_line(name.as_str()),
        Detail::Lack(lack) => words::lack(*lack, lang),
        Detail::Contradiction(found) => outcome::contradiction(found, lang),
    };
    OpenMatter { kind: matter.kind, about: matter.about.iter().map(|it| clean_line(it)).collect(), text }
}
