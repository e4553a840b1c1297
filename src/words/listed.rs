//! Names or clauses in a line: the first of them, and how many there are.

use crate::domain::terms::lang::{Lang, Text};

/// So many are listed one by one.
const SHOWN: usize = 12;

/// What something is about, and a list of it.
#[must_use]
pub fn listed(what: &Text, names: &[&str]) -> Text {
    let more = names.len().saturating_sub(SHOWN);
    let joined = |lang: Lang| {
        let shown: Vec<&str> = names.iter().take(SHOWN).copied().collect();
        let shown = shown.join(lang.pick("、", ", "));
        match (more, lang) {
            (0, Lang::Zh | Lang::En) => shown,
            (_, Lang::Zh) => format!("{shown} 等 {} 项", names.len()),
            (_, Lang::En) => format!("{shown} and {more} more"),
        }
    };
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| what.get(lang));
    Text::new(format!("{zh}：{}", joined(Lang::Zh)), format!("{en}: {}", joined(Lang::En)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_says_how_many_there_are() {
        let names = ["甲"; SHOWN + 2];
        let what = Text::new("未提交", "Not submitted");
        let all = listed(&what, &names[..2]);
        assert_eq!((all.get(Lang::Zh), all.get(Lang::En)), ("未提交：甲、甲", "Not submitted: 甲, 甲"));
        let cut = listed(&what, &names);
        assert!(cut.get(Lang::Zh).ends_with(" 等 14 项") && cut.get(Lang::En).ends_with(" and 2 more"));
    }
}
