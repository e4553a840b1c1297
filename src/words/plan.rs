//! How the work is divided, what does not fit into the day, and what would.

use crate::domain::{
    edit::plan::Plan,
    plan::{
        lack::{Lack, Offer, Way},
        summary::PlanSummary,
    },
    terms::{amount::Amount, id::ClauseId, lang::Lang},
};

/// Clauses that are named; of more, how many there are.
const NAMED: usize = 5;

/// A plan in a line; `None` = there is none.
#[must_use]
pub fn summary(plan: Option<PlanSummary>, lang: Lang) -> String {
    let Some(plan) = plan else {
        return lang.pick("每人评全部条款", "everybody scores every clause").to_owned();
    };
    let votes = |(fewest, most): (usize, usize)| {
        if fewest == most { fewest.to_string() } else { format!("{fewest}–{most}") }
    };
    let mut parts = Vec::new();
    if let Some(core) = plan.core {
        let n = votes(core);
        parts.push(match lang {
            Lang::Zh => format!("核心条款每条 {n} 人"),
            Lang::En => format!("{n} on each core clause"),
        });
    }
    if let Some(others) = plan.others {
        let n = votes(others);
        parts.push(match lang {
            Lang::Zh => format!("其余每条 {n} 人"),
            Lang::En => format!("{n} on each other"),
        });
    }
    for (n, zh, en) in [
        (plan.n_alone, "条由一人评", "clauses by one member alone"),
        (plan.n_nobody, "条没有人评", "clauses by nobody"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {}", lang.pick(zh, en)));
        }
    }
    parts.join(lang.pick("，", ", "))
}

/// A plan as the log tells it.
#[must_use]
pub fn told(plan: Option<&Plan>, lang: Lang) -> String {
    let Some(plan) = plan else { return summary(None, lang) };
    let (n, n_alone) =
        (plan.clauses().count(), plan.clauses().filter(|(_, voters)| voters.len() == 1).count());
    match lang {
        Lang::Zh => format!("{n} 条，其中 {n_alone} 条由一人评"),
        Lang::En => format!("{n} clauses, {n_alone} of them by one member alone"),
    }
}

/// Whole minutes, rounded up: nobody is told to have less to do than there is.
#[must_use]
pub fn whole_minutes(minutes: Amount) -> u64 {
    let one = Amount::ONE.ten_thousandths().unsigned_abs();
    minutes.ten_thousandths().unsigned_abs().div_ceil(one)
}

/// Minutes as hours and minutes.
#[must_use]
pub fn duration(minutes: Amount, lang: Lang) -> String {
    let minutes = whole_minutes(minutes);
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, lang) {
        (0, Lang::Zh) => format!("{rest} 分钟"),
        (0, Lang::En) => format!("{rest} min"),
        (_, Lang::Zh) => format!("{hours} 小时 {rest:02} 分"),
        (_, Lang::En) => format!("{hours} h {rest:02} min"),
    }
}

/// What does not fit.
#[must_use]
pub fn lack(lack: &Lack, lang: Lang) -> String {
    match lack {
        Lack::Site { name, minutes } => {
            let over = duration(*minutes, lang);
            match lang {
                Lang::Zh => format!("现场：{name} 超出 {over}"),
                Lang::En => format!("On site: {name} has {over} too much"),
            }
        }
        Lack::Documents { name, minutes } => {
            let over = duration(*minutes, lang);
            match lang {
                Lang::Zh => format!("资料：{name} 超出 {over}"),
                Lang::En => format!("Documents: {name} has {over} too much"),
            }
        }
        Lack::Votes { clauses } => {
            let n = clauses.len();
            let named = named(clauses, lang);
            match lang {
                Lang::Zh => format!("{n} 条凑不够票数（回避、缺席或要奇数）：{named}"),
                Lang::En => {
                    format!("{n} clauses get fewer votes than asked for (recusals, absence, odd): {named}")
                }
            }
        }
    }
}

fn named(clauses: &[ClauseId], lang: Lang) -> String {
    let named: Vec<&str> = clauses.iter().take(NAMED).map(ClauseId::as_str).collect();
    let more = if clauses.len() > NAMED { lang.pick(" 等", " …") } else { "" };
    format!("{}{more}", named.join(lang.pick("、", ", ")))
}

/// What would fit, or come nearer.
#[must_use]
pub fn offer(offer: &Offer, lang: Lang) -> String {
    let way = match offer.way {
        Way::FewerVotes(n) => match lang {
            Lang::Zh => format!("其余条款每条 {n} 票"),
            Lang::En => format!("{n} votes on the other clauses"),
        },
        Way::FewerCoreVotes(n) => match lang {
            Lang::Zh => format!("核心条款每条 {n} 票"),
            Lang::En => format!("{n} votes on core clauses"),
        },
        Way::DocumentsBefore(hours) => match lang {
            Lang::Zh => format!("资料提前看（每人 {hours} 小时）"),
            Lang::En => format!("documents before the visit ({hours} h each)"),
        },
        Way::CoreWithoutA => lang.pick("核心条款只看 C、B 两级", "core clauses at C and B only").to_owned(),
        Way::OneMore(field) => match lang {
            Lang::Zh => format!("再加一名{}专家", field.name(lang)),
            Lang::En => format!("one more expert of {}", field.name(lang)),
        },
    };
    let most = duration(offer.most.0, lang);
    let papers = duration(offer.most.1, lang);
    let fits = if offer.fits {
        lang.pick("，排得下", ", fits")
    } else {
        lang.pick("，仍排不下", ", not yet")
    };
    match lang {
        Lang::Zh => format!("{way}：最忙的人现场 {most}、资料 {papers}{fits}"),
        Lang::En => format!("{way}: at most {most} on site, {papers} of documents{fits}"),
    }
}
