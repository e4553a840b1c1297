//! The words of an outcome: how firm a standard is, what was counted, what is left out, and what does not fit together.
//! Screens use them as well, so they hold no character whose width terminals disagree on.

use crate::{
    domain::{
        checklist::profile::{Condition, Profile, Standard, UseWhen},
        outcome::{ConditionResult, NaEffect, Outcome, StandardResult, contradicted::Contradicted},
        terms::{amount::Amount, citation::cite, clean::clean_line, id::GateId, lang::Lang},
        visit::Visit,
    },
    words::{self, aside, counted, met, revision},
};

/// That ballots that count are not open, and nothing is concluded meanwhile; `None` if all is open.
#[must_use]
pub fn sealed(visit: &Visit, lang: Lang) -> Option<String> {
    if visit.is_opened() {
        return None;
    }
    let n = visit.voting().filter(|state| visit.awaits(state)).count();
    Some(match (lang, visit.closed) {
        (Lang::Zh, true) => format!("还有 {n} 个计票的评分包没有打开：结论未定。"),
        (Lang::En, true) => {
            format!(
                "{} not open yet: nothing is concluded.",
                counted(n, "ballot that counts is", "ballots that count are")
            )
        }
        (Lang::Zh, false) => format!("评分还没有结束，{n} 人的评分包未公开：结论未定。"),
        (Lang::En, false) => {
            format!(
                "Scoring is not closed; {} sealed: nothing is concluded.",
                counted(n, "ballot is", "ballots are")
            )
        }
    })
}

/// What must be known wherever a result is shown: that ballots that count are not open, and how many clauses the lead decided
/// without enough votes or against a majority (invariant 11), or one expert judged alone.
#[must_use]
pub fn remarks(visit: &Visit, outcome: &Outcome, lang: Lang) -> Vec<String> {
    let mut remarks = revision::remarks(visit, lang);
    remarks.extend(sealed(visit, lang));
    let n_absent = visit.absentees().count();
    if n_absent > 0 {
        remarks.push(match lang {
            Lang::Zh => format!("{n_absent} 名组员缺席，没有参加评分。"),
            Lang::En => {
                format!("{} absent and did not vote.", counted(n_absent, "member was", "members were"))
            }
        });
    }
    let against: Vec<&str> = outcome.against_votes().map(|result| result.id.as_str()).collect();
    if !against.is_empty() {
        let (n, ids) = (against.len(), against.join(lang.pick("、", ", ")));
        remarks.push(match lang {
            Lang::Zh => format!("{n} 条条款由组长在票数不足或与多数票不一致时裁定：{ids}。"),
            Lang::En => format!(
                "{} decided by the lead without enough votes or against the majority: {ids}.",
                counted(n, "clause was", "clauses were")
            ),
        });
    }
    let n_alone = outcome.judged_alone().count();
    if n_alone > 0 {
        remarks.push(match lang {
            Lang::Zh => format!("{n_alone} 条条款按分工由一名专家单独评定。"),
            Lang::En => format!(
                "{} judged by one expert alone, as planned.",
                counted(n_alone, "clause was", "clauses were")
            ),
        });
    }
    remarks
}

/// Whether a standard is met, or that it is for other facilities.
#[must_use]
pub const fn told(result: &StandardResult, lang: Lang) -> &'static str {
    match result.in_use {
        Some(false) => words::not_in_use(lang),
        _ => met(result.met, lang),
    }
}

/// Whom a standard is for, where that is not this facility or is not known; empty where it is.
fn of_use(result: &StandardResult, profile: &Profile, lang: Lang) -> String {
    let standard = profile.standards.iter().find(|standard| standard.id == result.id);
    let Some(use_when) = standard.and_then(|it| it.use_when).filter(|_| result.in_use != Some(true)) else {
        return String::new();
    };
    let whom = facilities(use_when, lang);
    match (result.in_use, lang) {
        (Some(_), Lang::Zh) => format!("只用于{whom}的机构，本机构不在此列"),
        (Some(_), Lang::En) => format!("only for facilities with {whom}; this is none"),
        (None, Lang::Zh) => format!("只用于{whom}的机构；机构概况没有填全这些数，未判定"),
        (None, Lang::En) => {
            format!(
                "only for facilities with {whom}; the facility's profile lacks these figures, so nothing is concluded"
            )
        }
    }
}

/// Which facilities a standard is for, e.g. `卫生技术人员少于 10 人、服务人口少于 10000 人`.
#[must_use]
pub fn facilities(use_when: UseWhen, lang: Lang) -> String {
    let below = |limit: Option<u64>, zh: &str, en: &str| {
        limit.map(|n| match lang {
            Lang::Zh => format!("{zh}少于 {n} 人"),
            Lang::En => format!("fewer than {n} {en}"),
        })
    };
    let limits = [
        below(use_when.staff_below, "卫生技术人员", "health technicians"),
        below(use_when.population_below, "服务人口", "persons served"),
    ];
    limits.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("、", " and "))
}

/// What keeps a standard from being met, or may: that it is for other facilities, the disqualifiers found, or those not looked
/// into yet; empty if there is none of these.
#[must_use]
pub fn barred(result: &StandardResult, profile: &Profile, lang: Lang) -> String {
    let of_use = of_use(result, profile, lang);
    if !of_use.is_empty() {
        return of_use;
    }
    let named = |ids: &[GateId]| -> String {
        let gates = ids.iter().filter_map(|id| profile.gates.iter().find(|gate| &gate.id == id));
        let named = gates
            .map(|gate| format!("{}{}", clean_line(gate.title.get(lang)), aside(gate.id.as_str(), lang)));
        named.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    match (result.barred_by.as_slice(), result.unanswered.as_slice()) {
        ([], []) => String::new(),
        ([], open) => {
            format!("{}{}", lang.pick("否决情形待核实：", "disqualifiers not looked into: "), named(open))
        }
        (by, _) => format!("{}{}", lang.pick("否决：", "barred by: "), named(by)),
    }
}

/// A standard under the strictest, the merged and the most lenient votes.
#[must_use]
pub fn range(result: &StandardResult, lang: Lang) -> String {
    [
        (lang.pick("从严", "strictest"), result.worst),
        (lang.pick("合议", "merged"), result.met),
        (lang.pick("从宽", "most lenient"), result.best),
    ]
    .map(|(name, answer)| format!("{name} {}", met(answer, lang)))
    .join(" | ")
}

/// How many clauses, and votes, would have to come out differently for the opposite answer; empty if none can.
#[must_use]
pub fn to_flip(clauses: Option<usize>, votes: Option<usize>, lang: Lang) -> String {
    let Some(n) = clauses else { return String::new() };
    match (lang, votes) {
        (Lang::Zh, Some(votes)) => format!("反转至少要改 {n} 条条款、{votes} 票"),
        (Lang::En, Some(votes)) => {
            format!(
                "to flip: {} at least, {} at least",
                words::counted(n, "clause", "clauses"),
                words::counted(votes, "vote", "votes")
            )
        }
        // The lead's verdicts, and clauses below the quorum, do not move by votes.
        (Lang::Zh, None) => format!("反转至少要改 {n} 条条款，只改票做不到"),
        (Lang::En, None) => {
            format!("to flip: {} at least, not by votes alone", words::counted(n, "clause", "clauses"))
        }
    }
}

/// What a condition counted, with what is left out of the denominator; empty for gates.
#[must_use]
pub fn of_condition(condition: &Condition, result: &ConditionResult, lang: Lang) -> String {
    // The domain counts points in ten-thousandths and everything else in ones.
    let number = |n: u64| match condition {
        Condition::Points { .. } => {
            let points = i64::try_from(n).ok().and_then(Amount::from_ten_thousandths);
            points.map_or_else(|| n.to_string(), |points| points.to_string())
        }
        _ => n.to_string(),
    };
    if *condition == Condition::Gates {
        return String::new();
    }
    let (have, of, need) = (number(result.have), number(result.of), number(result.need));
    let open = match result.open {
        0 => String::new(),
        n => format!("{}{}", lang.pick("，待定 ", ", open "), number(n)),
    };
    let mut text = match lang {
        Lang::Zh => format!("有 {have}/{of}{open}，须 {need}"),
        Lang::En => format!("have {have}/{of}{open}, need {need}"),
    };
    if result.not_applicable > 0 {
        let all = number(result.of.saturating_add(result.not_applicable));
        let out = number(result.not_applicable);
        text.push_str(&match lang {
            Lang::Zh => format!("；分母 {of} = {all} - {out} 不适用"),
            Lang::En => format!("; {of} = {all} - {out} not applicable"),
        });
    }
    text
}

/// What a clause that is left out would change.
#[must_use]
pub fn na_effect(effect: &NaEffect, standards: &[Standard], lang: Lang) -> String {
    let standard = standards.iter().find(|it| it.id == effect.standard);
    let title = clean_line(standard.map_or(effect.standard.as_str(), |it| it.title.get(lang)));
    let (now, low, high) = (met(effect.met, lang), met(effect.as_lowest, lang), met(effect.as_highest, lang));
    match lang {
        Lang::Zh => format!("{}：{title}现为 {now}；若按最低计，{low}；按最高计，{high}", effect.clause),
        Lang::En => {
            format!("{}: {title} is {now}; counted as the lowest {low}, as the highest {high}", effect.clause)
        }
    }
}

/// Two verdicts that can hardly both be right. The rule's source is told: it is seldom an official one.
#[must_use]
pub fn contradiction(found: &Contradicted, lang: Lang) -> String {
    let (when, but) = (&found.rule.when.clause, &found.rule.but.clause);
    let source = aside(
        &format!("{}{}", lang.pick("来源 ", "source "), cite(&clean_line(found.rule.source.as_str()), lang)),
        lang,
    );
    let text = clean_line(found.rule.text.get(lang));
    match lang {
        Lang::Zh => format!("{when} 为 {}，{but} 为 {}：{text}{source}", found.when, found.but),
        Lang::En => format!("{when} is {}, {but} is {}: {text}{source}", found.when, found.but),
    }
}
