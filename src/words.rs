//! How the ideas of the domain read in both languages: verdicts, votes, conditions, lacks, measures. Papers, commands and
//! screens take their words from here, so that one thing is never worded twice.

mod agreement;
pub mod change;
mod clear_votes;
pub mod facility;
pub mod finding;
pub(crate) mod irrevocable;
pub mod label;
mod listed;
pub mod log;
pub mod mandate;
pub mod measure;
pub mod next_step;
pub mod outcome;
pub mod plan;
pub mod revision;
pub mod subsidy;
mod title;
pub(crate) mod wrap;

pub use agreement::{agreement_in_brief, divergence, pair, severity, statistic, statistics};
pub use clear_votes::clear_votes;
pub use listed::listed;
pub use title::title_lack;

use crate::{
    domain::{
        agreement::severity::IN_THE_MIDDLE,
        ballot::{Position, ReasonOwed, seal::BallotState},
        checklist::{Checklist, Point, profile::Condition},
        edit::verdict::{Decision, GateState},
        merge::basis::Basis,
        panel::PanelLack,
        terms::{clean::clean_line, date::Date, field::Field, lang::Lang, written::Line},
        visit::{Identity, MemberState},
    },
    words::measure::threshold_text,
};

/// Named sayings: a table of `name = "中文", "English";` makes a function of each.
macro_rules! sayings {
    ($($name:ident = $zh:literal, $en:literal;)*) => {$(
        pub(crate) const fn $name(lang: Lang) -> &'static str {
            lang.pick($zh, $en)
        }
    )*};
}
pub(crate) use sayings;

/// `N word` with the word's plural; Chinese has none.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What stands where there is nothing to compute from (invariant 10).
#[must_use]
pub const fn undefined(lang: Lang) -> &'static str {
    lang.pick("无法计算", "cannot be computed")
}

/// Yes or no.
#[must_use]
pub const fn yes_no(yes: bool, lang: Lang) -> &'static str {
    if yes { lang.pick("是", "yes") } else { lang.pick("否", "no") }
}

/// A verdict; `None` is undecided.
#[must_use]
pub fn verdict(verdict: Option<Decision>, lang: Lang) -> String {
    match verdict {
        Some(Decision::Grade(grade)) => grade.to_string(),
        Some(Decision::Points(points)) => format!("{points}{}", lang.pick(" 分", " points")),
        Some(Decision::NotApplicable) => lang.pick("不适用", "Not applicable").to_owned(),
        None => lang.pick("未决", "undecided").to_owned(),
    }
}

/// A vote.
#[must_use]
pub fn position(position: Position, lang: Lang) -> String {
    match position {
        Position::Unscored => lang.pick("未评", "Not scored").to_owned(),
        Position::Grade(grade) => grade.to_string(),
        Position::Points(points) => format!("{points}{}", lang.pick(" 分", " points")),
        Position::Absent(kind) => kind.name(lang).to_owned(),
        Position::Conflict => lang.pick("记录冲突", "Conflicting records").to_owned(),
        Position::Aside(choice) => {
            format!("{}{}", self::position(choice.into(), lang), aside(off_plan(lang), lang))
        }
    }
}

/// The mark of what somebody says of a clause that is not theirs by the plan.
#[must_use]
pub const fn off_plan(lang: Lang) -> &'static str {
    lang.pick("分工外，不计", "off the plan, not counted")
}

/// How a member's ballot stands. One that was sealed only after the closing waits for another closing record.
#[must_use]
pub fn ballot_state(member: &MemberState, lang: Lang) -> &'static str {
    match member.ballot_state {
        BallotState::LeftOut if member.seals.stands() => lang.pick("迟到，未补入", "sealed late, not added"),
        state => state.name(lang),
    }
}

/// A verdict where there is little room; `None` is undecided.
#[must_use]
pub fn verdict_in_brief(verdict: Option<Decision>, lang: Lang) -> String {
    match verdict {
        Some(Decision::Grade(grade)) => grade.to_string(),
        Some(Decision::Points(points)) => points.to_string(),
        Some(Decision::NotApplicable) => lang.pick("不适用", "n/a").to_owned(),
        None => lang.pick("未定", "open").to_owned(),
    }
}

/// A vote where there is little room.
#[must_use]
pub fn position_in_brief(position: Position, lang: Lang) -> String {
    match position {
        Position::Grade(grade) => grade.to_string(),
        Position::Points(points) => points.to_string(),
        Position::Absent(kind) => kind.name(lang).to_owned(),
        Position::Unscored => "-".to_owned(),
        Position::Conflict => lang.pick("冲突", "conflict").to_owned(),
        Position::Aside(choice) => format!("({})", position_in_brief(choice.into(), lang)),
    }
}

/// A vote, marked where the grade was given directly rather than derived from points.
#[must_use]
pub fn said(said: Position, direct: bool, lang: Lang) -> String {
    let mark = if direct { aside(given_directly(lang), lang) } else { String::new() };
    format!("{}{mark}", position(said, lang))
}

/// The mark of a grade that no recorded points stand behind.
#[must_use]
pub const fn given_directly(lang: Lang) -> &'static str {
    lang.pick("直接评档", "given directly")
}

/// Why a vote still wants a reason.
#[must_use]
pub const fn reason_owed(owed: ReasonOwed, lang: Lang) -> &'static str {
    match owed {
        ReasonOwed::AgainstPoints => {
            lang.pick("与要点得出的档次不同，请写理由", "Differs from what the points say: why?")
        }
        ReasonOwed::DirectD => lang.pick("直接评 D,请写哪一点未达到", "A direct D: which point is unmet?"),
        ReasonOwed::NotApplicable => lang.pick("不适用，请写理由", "Not applicable: why?"),
    }
}

/// Whether a standard is met.
#[must_use]
pub const fn met(met: Option<bool>, lang: Lang) -> &'static str {
    match met {
        Some(true) => lang.pick("达到", "met"),
        Some(false) => lang.pick("未达到", "not met"),
        None => lang.pick("待定", "open"),
    }
}

/// How a verdict came about.
#[must_use]
pub const fn by(basis: Option<Basis>, lang: Lang) -> &'static str {
    match basis {
        Some(basis) => basis.name(lang),
        None => "—",
    }
}

/// The same beside a verdict in a few cells: nothing by rule, and an exclamation mark where the votes do not bear it.
#[must_use]
pub const fn by_in_brief(basis: Option<Basis>, lang: Lang) -> &'static str {
    match basis {
        Some(Basis::Lead) => lang.pick(" 组长", " lead"),
        Some(Basis::Overruled | Basis::NoQuorum) => lang.pick(" 组长!", " lead!"),
        Some(Basis::Rule) | None => "",
    }
}

/// The answer to a gate.
#[must_use]
pub const fn gate(state: Option<GateState>, lang: Lang) -> &'static str {
    match state {
        Some(state) => state.name(lang),
        None => lang.pick("未核实", "not answered"),
    }
}

/// The day gates look back from. The source does not say which day it is, so it is never assumed.
#[must_use]
pub fn lookback(day: Option<Date>, lang: Lang) -> String {
    day.map_or_else(|| lang.pick("未定", "not settled").to_owned(), |day| day.to_string())
}

/// How a device came to its name.
#[must_use]
pub const fn identity(identity: Identity, lang: Lang) -> &'static str {
    match identity {
        Identity::Absent => label::not_joined(lang),
        Identity::Provisional => lang.pick("身份未核对", "identity not compared"),
        Identity::Admitted => lang.pick("已核对", "compared"),
        Identity::Waiting => label::waits(lang),
    }
}

/// The clauses that a share is asked of: `“急诊急救”的条款`, `基本条款`; `None` = all.
#[must_use]
pub fn share_of(condition: &Condition, checklist: &Checklist, lang: Lang) -> Option<String> {
    let Condition::Share { area, clauses, .. } = condition else { return None };
    let kind = clauses.map(|kind| match lang {
        Lang::Zh => kind.name(lang).to_owned(),
        Lang::En => format!("the {} clauses", kind.name(lang)),
    });
    let Some(id) = area else { return kind };
    let title = clean_line(checklist.area(id.as_str()).map_or(id.as_str(), |area| area.title.get(lang)));
    Some(match (lang, kind) {
        (Lang::Zh, kind) => format!("“{title}”的{}", kind.as_deref().unwrap_or("条款")),
        (Lang::En, kind) => format!("{} of “{title}”", kind.as_deref().unwrap_or("the clauses")),
    })
}

/// That a standard is for other facilities.
#[must_use]
pub const fn not_in_use(lang: Lang) -> &'static str {
    lang.pick("不适用于本机构", "not for this facility")
}

/// A condition of a standard.
#[must_use]
pub fn condition(condition: &Condition, checklist: &Checklist, lang: Lang) -> String {
    match condition {
        Condition::Share { grade, share, .. } => {
            let share = share.percent();
            match (lang, share_of(condition, checklist, lang)) {
                (Lang::Zh, None) => format!("{grade} 档及以上的条款不少于 {share}"),
                (Lang::Zh, Some(part)) => format!("{part}中 {grade} 档及以上的不少于 {share}"),
                (Lang::En, None) => format!("at least {share} of the clauses at {grade} or better"),
                (Lang::En, Some(part)) => format!("at least {share} of {part} at {grade} or better"),
            }
        }
        Condition::Core { grade } => match lang {
            Lang::Zh => format!("核心条款全部达到 {grade} 档及以上"),
            Lang::En => format!("every core clause at {grade} or better"),
        },
        Condition::Gates => lang.pick("否决情形均未发生", "no gate tripped").to_owned(),
        Condition::Points { share } => match lang {
            Lang::Zh => format!("得分不少于总分的 {}", share.percent()),
            Lang::En => format!("at least {} of the points", share.percent()),
        },
    }
}

/// What a panel lacks.
#[must_use]
pub fn lack(lack: &PanelLack, lang: Lang) -> String {
    match (lack, lang) {
        (PanelLack::TooFew { n, min }, Lang::Zh) => format!("专家组 {n} 人，少于 {min} 人"),
        (PanelLack::TooFew { n, min }, Lang::En) => format!("{n} members, fewer than {min}"),
        (PanelLack::Even { n }, Lang::Zh) => format!("专家组 {n} 人，不是奇数"),
        (PanelLack::Even { n }, Lang::En) => format!("{n} members, not an odd number"),
        (PanelLack::Field(field), Lang::Zh) => format!("缺少“{}”专业专家", field.name(lang)),
        (PanelLack::Field(field), Lang::En) => format!("no expert of the field {}", field.name(lang)),
        (PanelLack::Title(lack), _) => title_lack(lack).said(lang),
    }
}

/// What a panel lacks, with the reason that the founding gives for it.
#[must_use]
pub fn excused(lack: &str, reason: &str, lang: Lang) -> String {
    let said = lang.pick("建立时说明：", "the founding says: ");
    format!("{lack}{}", aside(&format!("{said}{}", clean_line(reason)), lang))
}

/// All that a panel lacks, each with the reason that the founding gives for it, if it gives one.
pub fn lacks(lacks: &[(PanelLack, Option<Line>)], lang: Lang) -> impl Iterator<Item = String> {
    lacks.iter().map(move |(it, reason)| match reason {
        Some(reason) => excused(&lack(it, lang), reason, lang),
        None => lack(it, lang),
    })
}

/// An aside in brackets.
#[must_use]
pub fn aside(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{text}）"),
        Lang::En => format!(" ({text})"),
    }
}

/// What a point requires, with what its share or number must come to.
#[must_use]
pub fn requirement(point: &Point, lang: Lang) -> String {
    let text = point.text.get(lang);
    match threshold_text(&point.measure, lang).as_str() {
        "" => text.to_owned(),
        threshold => format!("{text}{}", aside(threshold, lang)),
    }
}

/// What is wrong where a point is not met: in the checklist's own words, or that the requirement is not met.
#[must_use]
pub fn problem(point: &Point, lang: Lang) -> String {
    if !point.unmet.get(lang).is_empty() {
        return point.unmet.get(lang).to_owned();
    }
    let requirement = requirement(point, lang);
    match lang {
        Lang::Zh => format!("未达到：{requirement}"),
        Lang::En => format!("not met: {requirement}"),
    }
}

/// The status of an area: `unofficial` in words, anything else as it was written.
#[must_use]
pub fn area_status(status: &str, lang: Lang) -> &str {
    match status {
        "unofficial" => lang.pick("非官方", "unofficial"),
        "official" => lang.pick("官方", "official"),
        other => other,
    }
}

/// Fields, in one phrase.
#[must_use]
pub fn fields(fields: &[Field], lang: Lang) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.name(lang)).collect();
    names.join(lang.pick("、", ", "))
}

/// A part of a whole with its share to one decimal, rounded half up; nothing to divide is said so.
#[must_use]
pub fn share(part: usize, whole: usize, lang: Lang) -> String {
    if whole == 0 {
        return undefined(lang).to_owned();
    }
    let tenths = (part * 2_000 + whole) / (whole * 2);
    format!("{part}/{whole} ({}.{}%)", tenths / 10, tenths % 10)
}

/// A difference to two decimals, with its sign; what rounds to zero has none.
#[must_use]
pub fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    if text.trim_start_matches(['+', '-']).chars().all(|c| matches!(c, '0' | '.')) {
        "0.00".to_owned()
    } else {
        text
    }
}

/// What a severity means: below zero is stricter than the others; what is told as [`IN_THE_MIDDLE`] or less is neither.
#[must_use]
pub fn strictness(severity: f64, lang: Lang) -> &'static str {
    let told = signed(severity);
    let is_even = told.parse().is_ok_and(|told: f64| told.abs() <= IN_THE_MIDDLE);
    match told.as_bytes().first() {
        Some(b'-') if !is_even => lang.pick("偏严", "stricter"),
        Some(b'+') if !is_even => lang.pick("偏宽", "more lenient"),
        _ => lang.pick("居中", "in the middle"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_a_grade_is_neither_strict_nor_lenient() {
        for (severity, told) in [
            (0.0, "居中"),
            (0.1, "居中"),
            (-0.1, "居中"),
            (0.104, "居中"),
            (0.106, "偏宽"),
            (-0.11, "偏严"),
            (1.25, "偏宽"),
        ] {
            assert_eq!(strictness(severity, Lang::Zh), told, "{severity}");
        }
    }
}
