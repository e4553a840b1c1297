//! Votes in the clear (合议表决), in words.

use crate::{
    domain::{
        edit::Stand,
        terms::{clean::clean_line, id::MemberName, lang::Lang},
    },
    words::position,
};

/// Who voted what in the clear, with the reasons that were given: `合议表决：林若安 B，陈思齐 C（当日补查）`; empty if nobody did.
pub fn clear_votes<'a>(votes: impl Iterator<Item = (&'a MemberName, &'a Stand)>, lang: Lang) -> String {
    let said: Vec<String> = votes
        .map(|(member, stand)| {
            let vote = format!("{} {}", clean_line(member.as_str()), position(stand.choice.into(), lang));
            match (stand.reason.as_str(), lang) {
                ("", _) => vote,
                (reason, Lang::Zh) => format!("{vote}（{reason}）"),
                (reason, Lang::En) => format!("{vote} ({reason})"),
            }
        })
        .collect();
    if said.is_empty() {
        return String::new();
    }
    format!("{}{}", lang.pick("合议表决：", "voted in the clear: "), said.join(lang.pick("，", ", ")))
}
