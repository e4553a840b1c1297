//! Reads `[effort]`: minutes by what is done.

use crate::{
    checklist::table::{Need, TableReader},
    domain::{
        checklist::effort::Effort,
        terms::{lang::Text, source::Source},
    },
};

/// The minutes of a profile; `None` if it gives none. What is left out is our own default.
pub(super) fn read(root: &TableReader<'_>) -> Option<Effort> {
    let reader = root.table("effort", Need::May)?;
    let source = reader.source("source", Need::Must).unwrap_or_else(Source::own_default);
    let minutes = Effort::own_default().parts().map(|(key, default)| {
        let Some(given) = reader.amount(key, Need::May) else { return default };
        if Effort::is_possible(*given.get_ref()) {
            return given.into_inner();
        }
        let what = Text::new("用时按分钟写，大于 0，不超过一天", "minutes: above 0, at most a day");
        reader.document().error(&given.span(), what, None);
        default
    });
    reader.finish(("[effort]", "[effort]"), |_| None);
    Some(Effort::of_parts(minutes, source))
}
