//! Reads `[[contradiction]]`: verdicts of two clauses that can hardly both be right.

use std::ops::Range;

use toml::Spanned;

use crate::{
    checklist::{
        document::Document,
        near,
        table::{Need, TableReader},
    },
    domain::{
        checklist::contradiction::{Contradiction, GradeBound, VerdictRange},
        terms::{grade::Grade, id::ClauseId, lang::Text, source::Source},
    },
};

/// A rule with the places of its two clauses.
pub(super) struct PlacedContradiction {
    /// The rule, with the place of its id.
    pub(super) rule: Spanned<Contradiction>,
    when_at: Range<usize>,
    but_at: Range<usize>,
}

/// Reads all rules of a file.
pub(super) fn read_all(root: &TableReader<'_>) -> Vec<PlacedContradiction> {
    let mut rules: Vec<PlacedContradiction> = Vec::new();
    for placed in root.tables("contradiction", Need::May).iter().filter_map(read) {
        let id = &placed.rule.get_ref().id;
        if rules.iter().any(|known| &known.rule.get_ref().id == id) {
            let what = Text::new(format!("矛盾规则编号 {id} 重复"), format!("the rule id {id} is repeated"));
            root.document().error(&placed.rule.span(), what, None);
        }
        rules.push(placed);
    }
    rules
}

/// Notes clauses that the file's reader does not know, and those that award points instead of a grade.
pub(super) fn check<'c>(
    rules: &[PlacedContradiction],
    document: &Document<'_>,
    clauses: impl Iterator<Item = (&'c ClauseId, bool)> + Clone,
    place: (&str, &str),
) {
    for placed in rules {
        let rule = placed.rule.get_ref();
        for (range, at) in [(&rule.when, &placed.when_at), (&rule.but, &placed.but_at)] {
            match clauses.clone().find(|(id, _)| **id == range.clause) {
                Some((_, true)) => {}
                Some((id, false)) => {
                    let what = Text::new(
                        format!("条款 {id} 按分值评，没有档次"),
                        format!("clause {id} awards points and has no grade"),
                    );
                    document.error(at, what, None);
                }
                None => {
                    let what = Text::new(
                        format!("{}没有这个条款", place.0),
                        format!("{} has no such clause", place.1),
                    );
                    let known = clauses.clone().map(|(id, _)| id.as_str());
                    document.error(at, what, near::suggest(range.clause.as_str(), known));
                }
            }
        }
    }
}

impl PlacedContradiction {
    /// The rule with every place moved to one.
    pub(super) fn placed_at(self, at: &Range<usize>) -> Self {
        Self {
            rule: Spanned::new(at.clone(), self.rule.into_inner()),
            when_at: at.clone(),
            but_at: at.clone(),
        }
    }
}

fn read(reader: &TableReader<'_>) -> Option<PlacedContradiction> {
    let id = reader.id("id", Need::Must);
    let when = reader.table("when", Need::Must).and_then(|when| read_range(&when));
    let but = reader.table("but", Need::Must).and_then(|but| read_range(&but));
    let text = reader.bilingual("text", "text_en", Need::Must);
    let source = reader.source("source", Need::Must);
    reader.finish(("矛盾规则", "the contradiction"), |_| None);
    let ((when, when_at), (but, but_at)) = (when?, but?);
    if when.clause == but.clause {
        let what = Text::new("两边是同一个条款", "both sides are the same clause");
        reader.document().error(&but_at, what, None);
    }
    let id = id?;
    let rule = Contradiction {
        id: (*id.get_ref()).into(),
        when,
        but,
        text,
        source: source.unwrap_or_else(Source::own_default),
    };
    Some(PlacedContradiction { rule: Spanned::new(id.span(), rule), when_at, but_at })
}

fn read_range(reader: &TableReader<'_>) -> Option<(VerdictRange, Range<usize>)> {
    let clause = reader.id("clause", Need::Must);
    // At least a D, or at most an A, is any verdict at all.
    let above_d = |text: &str| text.parse().ok().filter(|grade| *grade > Grade::D);
    let below_a = |text: &str| text.parse().ok().filter(|grade| *grade < Grade::A);
    let at_least = reader.word("at_least", Need::May, above_d, &["A", "B", "C"]);
    let at_most = reader.word("at_most", Need::May, below_a, &["B", "C", "D"]);
    reader.finish(("矛盾规则的一边", "a side of the contradiction"), |_| None);
    let bound = match (at_least, at_most) {
        (Some(least), None) => GradeBound::AtLeast(least),
        (None, Some(most)) => GradeBound::AtMost(most),
        _ => {
            // A misspelt key is one slip, and told already.
            if reader.has("at_least") == reader.has("at_most") && !reader.has_unknown() {
                let what = Text::new(
                    "at_least 和 at_most 要写一个，也只写一个",
                    "give at_least or at_most, and only one of them",
                );
                reader.document().error(reader.span(), what, None);
            }
            return None;
        }
    };
    let clause = clause?;
    Some((VerdictRange { clause: (*clause.get_ref()).into(), bound }, clause.span()))
}
