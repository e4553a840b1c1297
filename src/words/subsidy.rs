//! How the subsidy tier of a facility reads.

use crate::domain::{
    subsidy::Subsidy,
    terms::{citation::cite, clean::clean_line, lang::Lang},
};

/// What the line is about.
#[must_use]
pub const fn title(lang: Lang) -> &'static str {
    lang.pick("补助档", "Subsidy tier")
}

/// The tier with what it rests on, or what is missing to say it; without the title.
#[must_use]
pub fn told(subsidy: &Subsidy, lang: Lang) -> String {
    let Some(population) = subsidy.population else {
        return lang
            .pick(
                "机构基本情况没有填服务（常住）人口数，不能对应补助档",
                "the facility profile has no population served, so no tier can be told",
            )
            .to_owned();
    };
    let Some(tier) = &subsidy.tier else {
        return match lang {
            Lang::Zh => format!("服务人口 {population} 人，低于最低一档"),
            Lang::En => format!("a population of {population} is below the lowest tier"),
        };
    };
    let (amount, from) = (tier.amount_wan_yuan, tier.population_from);
    let source = clean_line(&cite(tier.source.as_str(), lang));
    let rests = match subsidy.met {
        Some(true) => lang
            .pick("推荐标准达到，以主管部门审定为准", "the recommended standard is met; the bureau decides"),
        Some(false) => lang
            .pick("推荐标准未达到，不能按此补助", "the recommended standard is not met, so it is not paid"),
        None => {
            lang.pick("须达到推荐标准，目前待定", "it takes the recommended standard, which is still open")
        }
    };
    match lang {
        Lang::Zh => {
            format!(
                "服务人口 {population} 人，对应 {amount} 万元（{from} 人及以上；来源：{source}）；{rests}"
            )
        }
        Lang::En => format!(
            "{amount} × 10,000 yuan for a population of {population} (from {from} persons; source: {source}); {rests}"
        ),
    }
}
