//! The next step of the exchange in one sentence.

use crate::{
    domain::{
        ending::next_step::{NextStep, ShutBallot, Why},
        terms::{clean::clean_line, id::MemberName, lang::Lang},
    },
    words::counted,
};

/// Whose laptop must see the shared file next, and why. Who reads it is spoken to.
#[must_use]
pub fn next_step(step: &NextStep, own: Option<&MemberName>, lang: Lang) -> String {
    let who = match step.why {
        Why::Admit(_) | Why::Close | Why::Decide(_) | Why::Finalize => one_of(&step.who, own, lang),
        Why::Sync | Why::Seal | Why::Open(_) | Why::Sign | Why::Nothing => listed(&step.who, own, lang),
    };
    let text = match (&step.why, lang) {
        (Why::Sync, Lang::Zh) => "本机同步，本机的记录还没有写入共享文件".to_owned(),
        (Why::Sync, Lang::En) => "sync this laptop: what it holds is not in the shared file".to_owned(),
        (Why::Admit(claimed), Lang::Zh) => format!("{who}核准 {}的电脑", listed(claimed, own, lang)),
        (Why::Admit(claimed), Lang::En) => {
            format!("{who} to admit the laptop of {}", listed(claimed, own, lang))
        }
        (Why::Seal, Lang::Zh) => format!("{who}提交并同步（还没有封存，或封存没有到本机）"),
        (Why::Seal, Lang::En) => format!("{who} to submit and sync (not sealed, or no seal has come here)"),
        (Why::Close, Lang::Zh) => format!("{who}同步后结束评分（评分包都已封存）"),
        (Why::Close, Lang::En) => format!("{who} to sync and close scoring (all ballots are sealed)"),
        (Why::Open(shut), _) => opening(shut, own, lang),
        (Why::Decide(n), Lang::Zh) => format!("{who}作结论，未定 {n} 项（有争议的可先合议表决）"),
        (Why::Decide(n), Lang::En) => {
            let open = counted(*n, "clause or gate", "clauses and gates");
            format!("{who} to decide {open} (disputed ones: vote in the clear)")
        }
        (Why::Sign, Lang::Zh) => format!("{who}签字并同步"),
        (Why::Sign, Lang::En) => format!("{who} to sign and sync"),
        (Why::Finalize, Lang::Zh) => format!("{who}定稿（都已签字）"),
        (Why::Finalize, Lang::En) => format!("{who} to make the visit final (all have signed)"),
        (Why::Nothing, Lang::Zh) => return "已定稿，都已签字".to_owned(),
        (Why::Nothing, Lang::En) => return "Final and signed by all".to_owned(),
    };
    format!("{}{text}", lang.pick("下一步：", "Next: "))
}

/// Which laptops open which ballots. Ballots that want the same are told together; of several kinds the first, and how many
/// more there are.
fn opening(shut: &[ShutBallot], own: Option<&MemberName>, lang: Lang) -> String {
    let Some(first) = shut.first() else { return String::new() };
    let is_alike = |it: &&ShutBallot| {
        (it.need, it.lacks_records, it.n_missing, &it.givers)
            == (first.need, first.lacks_records, first.n_missing, &first.givers)
    };
    let (alike, others): (Vec<_>, Vec<_>) = shut.iter().partition(is_alike);
    let owners: Vec<MemberName> = alike.iter().map(|it| it.of.clone()).collect();
    let (owners, givers) = (listed(&owners, own, lang), listed(&first.givers, own, lang));
    let n = first.n_missing;
    // With fewer givers than shares are missing only the members themselves open them.
    let by_shares = first.need.filter(|_| first.givers.len() >= n);
    let mut text = match (by_shares, lang) {
        (Some(need), Lang::Zh) => {
            format!("再有 {n} 台电脑同步（{givers}中任意），打开 {owners}的评分（须 {need} 席）")
        }
        (Some(need), Lang::En) => format!(
            "{} more to sync, any of {givers}, to open the ballots of {owners} ({need} seats open them)",
            counted(n, "laptop", "laptops")
        ),
        (None, Lang::Zh) if first.lacks_records => format!("{owners}同步，评分的记录没有到齐"),
        (None, Lang::En) if first.lacks_records => {
            format!("{owners} to sync: not all records of the ballot have come")
        }
        (None, Lang::Zh) => format!("{owners}本人同步，评分只有本人的电脑能打开"),
        (None, Lang::En) => format!("{owners} to sync: only the own laptop opens the ballot"),
    };
    if !others.is_empty() {
        let n = others.len();
        text.push_str(&match lang {
            Lang::Zh => format!("；另有 {n} 份未打开"),
            Lang::En => format!("; {} shut", counted(n, "more ballot is", "more ballots are")),
        });
    }
    text
}

/// Any one of them: the lead, or a deputy.
fn one_of(names: &[MemberName], own: Option<&MemberName>, lang: Lang) -> String {
    joined(names, own, lang, lang.pick("或", " or "))
}

/// Names in a row, whoever reads them first.
fn listed(names: &[MemberName], own: Option<&MemberName>, lang: Lang) -> String {
    joined(names, own, lang, lang.pick("、", ", "))
}

fn joined(names: &[MemberName], own: Option<&MemberName>, lang: Lang, between: &str) -> String {
    let is_own = |name: &&MemberName| own == Some(*name);
    let you = names.iter().find(is_own).map(|_| lang.pick("您", "you").to_owned());
    let others = names.iter().filter(|name| !is_own(name)).map(|name| clean_line(name.as_str()));
    let all: Vec<String> = you.into_iter().chain(others).collect();
    match (lang, all.as_slice()) {
        (Lang::Zh, [only]) if only == "您" => only.clone(),
        // A name that is not set apart runs into the words beside it.
        (Lang::Zh, all) => format!("{} ", all.join(between)),
        (Lang::En, all) => all.join(between),
    }
}
