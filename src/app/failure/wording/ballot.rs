//! Words for votes and findings that do not hold.

use crate::{
    app::failure::{Exit, Failure},
    domain::{edit::finding::FindingError, terms::lang::Text},
    words::measure::typed_as,
};

/// Which clause, point or value of a vote is wrong, as one line.
pub(crate) fn finding(clause: &str, point: &str, error: &FindingError) -> Text {
    let (zh, en) = match error {
        FindingError::ZeroDenominator => (
            "分母为 0，不能算作核查结果；没有样本请记为不适用。".to_owned(),
            "a zero denominator is not a finding; without a sample mark it not applicable".to_owned(),
        ),
        FindingError::NumeratorAboveDenominator { numerator, denominator } => (
            format!("分子 {numerator} 大于分母 {denominator}。"),
            format!("the numerator {numerator} is above the denominator {denominator}"),
        ),
        FindingError::WrongKind { measure } => {
            let Text { zh, en } = typed_as(*measure);
            (format!("这个要点要填{zh}。"), format!("this point takes {en}"))
        }
        FindingError::UnknownItem { item } => {
            (format!("清单里没有 {item}。"), format!("the list has no item {item}"))
        }
        FindingError::ItemTwice { item } => {
            (format!("{item} 写了两次。"), format!("item {item} is given twice"))
        }
        FindingError::OnlyPresence { item } => {
            (format!("{item} 只看有无：填 ok 或 missing。"), format!("{item} is there or not: ok or missing"))
        }
        FindingError::AlwaysApplies => {
            ("这个要点不能记为不适用。".to_owned(), "this point may not be marked not applicable".to_owned())
        }
    };
    Text::new(format!("{clause} {point}：{zh}"), format!("{clause} {point}: {en}"))
}

/// Votes that do not hold, each with what is wrong.
pub(crate) fn bad_votes(details: Vec<Text>) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("评分没有记录。", "No vote was recorded."),
        Text::new("下面各处不对：", "These do not hold:"),
        Text::new(
            "请改正后重试；已有的评分没有变动。",
            "Mend them and try again; earlier votes are unchanged.",
        ),
    )
    .with_details(details)
}
