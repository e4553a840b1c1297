//! The words of agreement: statistics with their names, and what it means when they differ.

use crate::{
    domain::{
        agreement::{Agreement, Divergence, Pair, Severity},
        terms::lang::Lang,
    },
    words::undefined,
};

/// A statistic to three decimals; what rounds to zero has no sign.
#[must_use]
pub fn statistic(value: Option<f64>, lang: Lang) -> String {
    let Some(value) = value else { return undefined(lang).to_owned() };
    let text = format!("{value:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text }
}

/// The statistics a reader is shown, with their names.
#[must_use]
pub fn statistics(agreement: &Agreement, lang: Lang) -> Vec<(String, String)> {
    [
        (
            lang.pick("一致率（成员两两相同的比例）", "Percent agreement of pairs"),
            agreement.percent_agreement,
        ),
        (lang.pick("全体一致率", "Share of unanimous clauses"), agreement.all_equal),
        (lang.pick("Gwet AC2（二次权重）", "Gwet AC2, quadratic"), agreement.gwet_ac2_quadratic),
        (lang.pick("Krippendorff α（有序）", "Krippendorff α, ordinal"), agreement.alpha_ordinal),
        (lang.pick("Gwet AC1", "Gwet AC1"), agreement.gwet_ac1),
        (lang.pick("Krippendorff α（名义）", "Krippendorff α, nominal"), agreement.alpha_nominal),
        (lang.pick("Fleiss κ", "Fleiss' κ"), agreement.fleiss_kappa),
        (lang.pick("两两 κ 的均值（线性权重）", "Mean κ of pairs, linear"), agreement.light_kappa_linear),
    ]
    .map(|(name, value)| (name.to_owned(), statistic(value, lang)))
    .to_vec()
}

/// The leading statistics in one line, with the number of clauses they rest on.
#[must_use]
pub fn agreement_in_brief(agreement: &Agreement, lang: Lang) -> String {
    let told = [
        (lang.pick("可比条款", "comparable clauses"), agreement.n_pairable.to_string()),
        (lang.pick("一致率", "pairs agree"), statistic(agreement.percent_agreement, lang)),
        (lang.pick("全体一致", "unanimous"), statistic(agreement.all_equal, lang)),
        ("AC2", statistic(agreement.gwet_ac2_quadratic, lang)),
        (lang.pick("α 有序", "α ordinal"), statistic(agreement.alpha_ordinal, lang)),
    ];
    told.map(|(name, value)| format!("{name} {value}")).join(" · ")
}

/// A rater against the others: mean difference from their median and from their mean; below zero is stricter.
#[must_use]
pub fn severity(rater: &Severity, lang: Lang) -> String {
    format!(
        "{} {} · {} {} · {} {}",
        lang.pick("与中位之差", "from the median"),
        statistic(rater.severity, lang),
        lang.pick("与均值之差", "from the mean"),
        statistic(rater.bias, lang),
        lang.pick("共同条款", "shared clauses"),
        rater.n_shared,
    )
}

/// Two raters.
#[must_use]
pub fn pair(pair: &Pair, lang: Lang) -> String {
    format!(
        "n {} · {} {} · {} {}",
        pair.n,
        lang.pick("κ 线性", "κ linear"),
        statistic(pair.kappa_linear, lang),
        lang.pick("κ 二次", "κ quadratic"),
        statistic(pair.kappa_quadratic, lang),
    )
}

/// What it means that the measures differ.
#[must_use]
pub const fn divergence(divergence: Divergence, lang: Lang) -> &'static str {
    match divergence {
        Divergence::Uniform => lang.pick(
            "全部评分是同一档，α 和 κ 没有差异可比而无法计算，并不表示不一致；请看一致率。（提示条件为本程序默认，非官方）",
            "Every vote is the same grade, so α and κ have no variation to work with and cannot be computed; that is no disagreement. Read the percent agreement. (When this is said is our own default, not official.)",
        ),
        Divergence::Prevalence => lang.pick(
            "一致率高而 α 低：几乎所有评分都是同一档，偶然一致的期望也很高，少数不同就把 α 压低；请同时看 AC2，并逐条看有分歧的条款。（提示条件为本程序默认，非官方）",
            "Agreement is high and α low: nearly all votes are one grade, so chance alone would agree often, and a few differences pull α down. Read AC2 beside it, and the clauses in dispute one by one. (When this is said is our own default, not official.)",
        ),
        Divergence::NearMisses => lang.pick(
            "完全相同的不多而加权系数高：多数分歧只差一档；请看差两档以上和跨及格线的条款。（提示条件为本程序默认，非官方）",
            "Few votes are equal, but weighted measures are high: most differences are of one grade. Look at the clauses two grades apart or across the pass line. (When this is said is our own default, not official.)",
        ),
    }
}
