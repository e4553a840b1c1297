//! The agenda in words: what is left to settle, where members differ on a point, who dissents and why. The same lines on
//! screen and in commands.

use crate::{
    domain::{
        agenda::{
            AgendaCounts,
            dissenters::Dissenter,
            point_votes::{PointCounts, PointVote, PointVotes},
        },
        ballot::Position,
        checklist::Measure,
        edit::{
            Stand,
            dissent::{Cause, Dissent},
            finding::{Finding, Met},
        },
        terms::{clean::clean_line, id::MemberName, lang::Lang},
    },
    words,
};

/// How many clauses are on the agenda and how far they are settled; no full stop.
#[must_use]
pub fn agenda_counts(counts: AgendaCounts, lang: Lang) -> String {
    let AgendaCounts { disagreed, undecided, by_lead, .. } = counts;
    let mut text = match lang {
        Lang::Zh => format!("分歧 {disagreed} 条，未定 {undecided} 条"),
        Lang::En => {
            format!("{}, {undecided} open", words::counted(disagreed, "disagreement", "disagreements"))
        }
    };
    if by_lead > 0 {
        text.push_str(&match lang {
            Lang::Zh => format!("，组长已定 {by_lead} 条"),
            Lang::En => format!(", {by_lead} decided"),
        });
    }
    text
}

/// What is folded away below the agenda, in a few words; empty if nothing is.
#[must_use]
pub fn rest_counts(counts: AgendaCounts, lang: Lang) -> String {
    let AgendaCounts { agreed, waiting, withheld, .. } = counts;
    let parts = match lang {
        Lang::Zh => [
            (agreed, format!("其余 {agreed} 条意见一致")),
            (waiting, format!("{waiting} 条等其他人的评分")),
            (withheld, format!("{withheld} 条因本人回避不列")),
        ],
        Lang::En => [
            (
                agreed,
                format!("{} on which all agree", words::counted(agreed, "other clause", "other clauses")),
            ),
            (waiting, format!("{waiting} wait for votes")),
            (withheld, format!("{withheld} left out, you are recused")),
        ],
    };
    let told: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, text)| text).collect();
    told.join(lang.pick("；", "; "))
}

/// A point with how many say what, and the values measured: `B2: 3 是 (9/10, 10/10, 19/20) / 2 否 (7/10, 8/10)`.
#[must_use]
pub fn point_line(votes: &PointVotes, lang: Lang) -> String {
    let PointCounts { yes, no, not_applicable, open } = votes.counts();
    let parts = [
        (yes, Some(Met::Yes)),
        (no, Some(Met::No)),
        (not_applicable, Some(Met::NotApplicable)),
        (open, None),
    ];
    let told = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, met)| {
        let values: Vec<String> = votes.who(met).filter_map(|vote| value(votes, vote)).collect();
        let values = if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
        format!("{n} {}{values}", answer(met, lang))
    });
    format!("{}: {}", votes.point.id, told.collect::<Vec<_>>().join(" / "))
}

/// Who says what of a point: `是：赵敏 9/10、钱立；否：李阳 7/10`.
#[must_use]
pub fn point_voices(votes: &PointVotes, lang: Lang) -> String {
    let parts = [Some(Met::Yes), Some(Met::No), Some(Met::NotApplicable), None].into_iter();
    let told = parts.filter_map(|met| {
        let names: Vec<String> = votes
            .who(met)
            .map(|vote| {
                let value = value(votes, vote).map(|value| format!(" {value}")).unwrap_or_default();
                format!("{}{value}", name(vote.member))
            })
            .collect();
        let names = names.join(lang.pick("、", ", "));
        (!names.is_empty()).then(|| format!("{}{}{names}", answer(met, lang), lang.pick("：", ": ")))
    });
    told.collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// What is to be said of the points on which nobody differs; `None` if there are none.
#[must_use]
pub fn other_points(points: &[PointVotes], lang: Lang) -> Option<String> {
    let n = points.iter().filter(|votes| !votes.differs()).count();
    let is_recorded = points.iter().any(|votes| votes.said.iter().any(|vote| vote.finding.is_some()));
    let text = match (n, lang) {
        (0, _) => return None,
        (_, Lang::Zh) if !is_recorded => "要点都没有记录".to_owned(),
        (_, Lang::En) if !is_recorded => "no point is recorded".to_owned(),
        (n, Lang::Zh) if n == points.len() => format!("{n} 个要点都没有分歧"),
        (n, Lang::En) if n == points.len() => {
            format!("no difference on {}", words::counted(n, "point", "points"))
        }
        (n, Lang::Zh) => format!("其余 {n} 个要点没有分歧"),
        (n, Lang::En) => format!("no difference on the other {}", words::counted(n, "point", "points")),
    };
    Some(text)
}

/// Who dissents from a verdict, with what they say.
#[must_use]
pub fn dissenters(dissenters: &[Dissenter], lang: Lang) -> String {
    let names = dissenters.iter().map(|it| format!("{} {}", name(it.member), position(it.said, lang)));
    let names = names.collect::<Vec<_>>().join(lang.pick("、", ", "));
    match dissenters {
        [] => lang.pick("没有不同意见", "nobody dissents").to_owned(),
        _ => format!("{}{names}", lang.pick("不同意见：", "dissenting: ")),
    }
}

/// Why a member's vote differs, in the member's words.
#[must_use]
pub fn dissent(member: &MemberName, dissent: &Dissent, lang: Lang) -> String {
    let kind = match dissent.minority {
        true => lang.pick("少数意见", "minority opinion"),
        false => lang.pick("说明", "says why"),
    };
    let cause = dissent.cause.map(|cause| Cause::name(cause, lang).to_owned());
    let text = dissent.text.replace('\n', " ");
    let said: Vec<String> = cause.into_iter().chain(Some(text)).filter(|it| !it.is_empty()).collect();
    let colon = lang.pick("：", ": ");
    match lang {
        Lang::Zh => format!("{}{kind}{colon}{}", name(member), said.join("，")),
        Lang::En => format!("{}, {kind}{colon}{}", name(member), said.join("; ")),
    }
}

/// What a member voted in the clear, marked as that, with the reason if one was given.
#[must_use]
pub fn clear_vote(member: &MemberName, stand: &Stand, lang: Lang) -> String {
    let said = position(stand.choice.into(), lang);
    let reason = stand.reason.as_str();
    let reason =
        if reason.is_empty() { String::new() } else { format!("{}{reason}", lang.pick("，", "; ")) };
    match lang {
        Lang::Zh => format!("{} 合议表决：{said}{reason}", name(member)),
        Lang::En => format!("{}, vote in the clear: {said}{reason}", name(member)),
    }
}

/// Who voted what in the clear; `None` if nobody did.
#[must_use]
pub fn clear_votes<'a>(
    votes: impl Iterator<Item = (&'a MemberName, &'a Stand)>,
    lang: Lang,
) -> Option<String> {
    let said =
        votes.map(|(member, stand)| format!("{} {}", name(member), position(stand.choice.into(), lang)));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(lang.pick("、", ", ")))
}

/// What a member says about a clause, in a word.
#[must_use]
pub fn position(position: Position, lang: Lang) -> String {
    match position {
        Position::Grade(grade) => grade.to_string(),
        Position::Points(points) => points.to_string(),
        Position::Absent(kind) => kind.name(lang).to_owned(),
        Position::Unscored => "-".to_owned(),
        Position::Conflict => lang.pick("冲突", "conflict").to_owned(),
    }
}

fn name(member: &MemberName) -> String {
    clean_line(member.as_str())
}

const fn answer(met: Option<Met>, lang: Lang) -> &'static str {
    match met {
        Some(Met::Yes) => lang.pick("是", "yes"),
        Some(Met::No) => lang.pick("否", "no"),
        Some(Met::NotApplicable) => lang.pick("不适用", "n/a"),
        None => lang.pick("未看", "not seen"),
    }
}

/// What was measured; nothing for ticks and for what was not looked at. Of an inventory how much of the list is so, of a
/// count how much was found.
fn value(votes: &PointVotes, vote: &PointVote) -> Option<String> {
    match (vote.finding?, &votes.point.measure) {
        (Finding::Ratio(fraction), _) => Some(format!("{}/{}", fraction.numerator(), fraction.denominator())),
        (Finding::Number(amount), _) => Some(amount.to_string()),
        (Finding::Inventory(states), Measure::Inventory { aspect, .. }) => {
            let good = states.values().filter(|state| state.has(*aspect)).count();
            Some(format!("{good}/{}", votes.list?.items.len()))
        }
        (Finding::Count(items), _) => Some(items.len().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_holds_a_character_of_ambiguous_width() {
        use unicode_width::UnicodeWidthStr;
        for line in include_str!("agenda_text.rs").lines() {
            assert_eq!(line.width(), line.width_cjk(), "{line}");
        }
    }

    #[test]
    fn only_what_there_is_is_counted() {
        let counts = AgendaCounts { disagreed: 3, undecided: 1, agreed: 58, ..AgendaCounts::default() };
        assert_eq!(agenda_counts(counts, Lang::Zh), "分歧 3 条，未定 1 条");
        assert_eq!(
            agenda_counts(AgendaCounts { by_lead: 2, ..counts }, Lang::En),
            "3 disagreements, 1 open, 2 decided"
        );
        assert_eq!(rest_counts(counts, Lang::Zh), "其余 58 条意见一致");
        assert_eq!(
            rest_counts(AgendaCounts { agreed: 0, withheld: 1, ..counts }, Lang::Zh),
            "1 条因本人回避不列"
        );
    }
}
