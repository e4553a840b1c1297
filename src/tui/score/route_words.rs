//! Texts of the way through the clauses: order, filters, what is left, where something was found.

use crate::{
    domain::terms::{
        amount::Amount,
        lang::{Lang, Text},
    },
    tui::score::{filter::Filter, route::Order},
    words::sayings,
};

sayings! {
    point = "要点", "Point";
    none_such = "没有这样的条款；7 换筛选", "No such clause; 7 changes the filter";
    not_mine = "不在您的分工里，记下的只作说明", "not yours by the plan: a note at most";
    left_title = "还有什么没做", "What is left";
    nothing_left = "都做完了，按 F12 提交", "Nothing is left: submit with F12";
    only_own = "只算自己的；别人评到哪里，结束评分前是封存的", "Your own only: how far others are is sealed until scoring is closed";
    owed = "缺理由", "Reasons owed";
    partly = "只记了部分要点", "Partly recorded";
    cannot_change = "已不影响档次", "can no longer change the grade";
    direct_grade = "档次是直接评的", "the grade was given directly";
    by_area = "按领域", "By area";
    by_place = "按地点", "By place";
    columns = "已评/应评  未评", "scored  left";
    to_guide = "（右键看全）", " (Right scrolls)";
}

/// Which order and filter are in force, and how many clauses that are.
pub(crate) fn in_force(lang: Lang, order: Order, filter: Filter, n: usize) -> String {
    format!("{}  {} {n}", order.name(lang), filter.name(lang))
}

/// That everything of a filter is scored, but not everything.
pub(crate) fn scored_here(lang: Lang, filter: Filter, n_elsewhere: usize) -> String {
    let name = filter.name(lang);
    Text::new(
        format!("{name}：都已评；此外未评 {n_elsewhere} 条，7 换筛选"),
        format!("All of {name} is scored; {n_elsewhere} more elsewhere, 7 changes the filter"),
    )
    .said(lang)
}

/// That everything is scored, and what is to be done then.
pub(crate) fn all_scored(lang: Lang, n_owed: usize) -> String {
    if n_owed == 0 {
        return Text::new(
            "所有条款都已评：按 F12 提交".to_owned(),
            "Every clause is scored: submit with F12".to_owned(),
        )
        .said(lang);
    }
    Text::new(
        format!("所有条款都已评；补上 {n_owed} 条缺的理由（8 查看），再按 F12 提交"),
        format!(
            "Every clause is scored; give the {n_owed} reasons owed (8 lists them), then submit with F12"
        ),
    )
    .said(lang)
}

/// The heading of points that were not looked at in scored clauses, and what that means.
pub(crate) fn skipped(lang: Lang, meaning: &str) -> String {
    Text::new(
        format!("已评条款里没看的要点（{meaning}）"),
        format!("Not looked at in scored clauses ({meaning})"),
    )
    .said(lang)
}

/// That no point of a clause was looked at.
pub(crate) fn all_points(lang: Lang, n: usize) -> String {
    Text::new(format!("全部 {n} 个"), format!("all {n}")).said(lang)
}

/// How many ballots are sealed, of those that vote.
pub(crate) fn n_sealed(lang: Lang, n_sealed: usize, n: usize) -> String {
    Text::new(format!("全组已封存 {n_sealed}/{n} 份"), format!("{n_sealed} of {n} ballots sealed")).said(lang)
}

/// Minutes that what is left takes at the facility and at a desk, and when it would be done.
pub(crate) fn time_left(lang: Lang, site: Amount, documents: Amount, now: Option<u16>) -> String {
    let whole = |minutes: Amount| (minutes.ten_thousandths() + 5_000) / 10_000;
    let (site, documents) = (whole(site), whole(documents));
    let mut text = Text::new(format!("现场约 {site} 分"), format!("about {site} min on site")).said(lang);
    if documents > 0 {
        text.push_str(
            &Text::new(format!("，资料约 {documents} 分"), format!(", {documents} min of documents"))
                .said(lang),
        );
    }
    if let Some(now) = now {
        let end = i64::from(now) + site + documents;
        let clock = |minutes: i64| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
        let (now, end) = (clock(i64::from(now)), clock(end));
        text.push_str(&Text::new(format!("  {now} 起到 {end}"), format!("  {now} to {end}")).said(lang));
    }
    text
}
