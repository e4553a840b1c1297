//! The shape of `hecha finalize FILE --check --json` (`design.md` §6).

use serde_json::{Value, json};

use crate::{
    domain::{ending::readiness::Matter, terms::lang::Lang},
    report::open,
};

/// What stands in the way of the end, and what is only to be known.
#[must_use]
pub fn matters_json(matters: &[Matter], lang: Lang) -> Value {
    let of = |blocks: bool| -> Value {
        let wanted = matters.iter().filter(|matter| matter.blocks() == blocks);
        let lines = wanted.map(|matter| open::in_words(matter, lang));
        let lines = lines.map(|line| {
            let said = [line.kind.name(lang), &line.text];
            let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
            json!({ "kind": line.kind.key(), "about": line.about, "text": said.join(lang.pick("：", ": ")) })
        });
        lines.collect()
    };
    json!({ "blocking": of(true), "known": of(false) })
}
