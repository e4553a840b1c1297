//! The numbers a measure is held against, with their places, and whether they make sense.

use std::collections::HashSet;

use toml::Spanned;

use crate::{
    checklist::{
        document::Document,
        table::{Need, TableReader},
    },
    domain::{
        checklist::ItemList,
        terms::{amount::Amount, lang::Text},
    },
};

/// The threshold keys as written in a measure or an override.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// Least share.
    pub(super) at_least: Option<Spanned<Amount>>,
    /// Greatest share.
    pub(super) at_most: Option<Spanned<Amount>>,
    /// Least sample.
    pub(super) min_sample: Option<Spanned<u64>>,
    /// Least value.
    pub(super) min: Option<Spanned<Amount>>,
    /// Greatest value.
    pub(super) max: Option<Spanned<Amount>>,
    /// Least number of things.
    pub(super) items: Option<Spanned<u64>>,
    /// Least number of categories.
    pub(super) categories: Option<Spanned<u64>>,
}

impl Limits {
    /// Reads the threshold keys of a kind; others stay unknown to the reader.
    pub(super) fn read(reader: &TableReader<'_>, keys: &[&str]) -> Self {
        let share = |key| keys.contains(&key).then(|| reader.amount(key, Need::May)).flatten();
        let count = |key| keys.contains(&key).then(|| reader.count(key, Need::May)).flatten();
        Self {
            at_least: share("at_least"),
            at_most: share("at_most"),
            min_sample: count("min_sample"),
            min: share("min"),
            max: share("max"),
            items: count("items"),
            categories: count("categories"),
        }
    }

    /// Whether no number is given.
    pub(super) const fn is_empty(&self) -> bool {
        self.at_least.is_none()
            && self.at_most.is_none()
            && self.min_sample.is_none()
            && self.min.is_none()
            && self.max.is_none()
            && self.items.is_none()
            && self.categories.is_none()
    }

    /// Notes shares outside 0..=1 and bounds that contradict each other.
    pub(super) fn check(&self, document: &Document<'_>) {
        for share in [&self.at_least, &self.at_most].into_iter().flatten() {
            check_share(document, share);
        }
        if let (Some(_), Some(at_most)) = (&self.at_least, &self.at_most) {
            let what =
                Text::new("at_least 和 at_most 只能写一个", "give either at_least or at_most, not both");
            document.error(&at_most.span(), what, None);
        }
        if let (Some(min), Some(max)) = (&self.min, &self.max)
            && min.get_ref() > max.get_ref()
        {
            let what = Text::new(
                format!("下限 {} 大于上限 {}", min.get_ref(), max.get_ref()),
                format!("min {} is above max {}", min.get_ref(), max.get_ref()),
            );
            document.error(&min.span(), what, None);
        }
    }

    /// Notes a count that its list can never reach, and says whether all counts can be reached.
    pub(super) fn check_countable(&self, document: &Document<'_>, list: &ItemList) -> bool {
        // A category without a thing of it can never be counted.
        let categories: HashSet<_> = list.items.iter().filter_map(|item| item.category.as_ref()).collect();
        let asked = [
            (&self.items, list.items.len(), "项", "items"),
            (&self.categories, categories.len(), "类", "categories"),
        ];
        let mut reachable = true;
        for (asked, there, zh, en) in asked {
            if let Some(asked) = asked
                && usize::try_from(*asked.get_ref()).is_ok_and(|n| n > there)
            {
                let n = asked.get_ref();
                let what = Text::new(
                    format!("要求 {n} {zh}，清单 {} 只有 {there} {zh}", list.id),
                    format!("asks for {n} {en}, but list {} has only {there}", list.id),
                );
                document.error(&asked.span(), what, None);
                reachable = false;
            }
        }
        reachable
    }
}

/// Notes a share outside 0..=1.
pub(super) fn check_share(document: &Document<'_>, share: &Spanned<Amount>) {
    let value = *share.get_ref();
    if (Amount::ZERO..=Amount::ONE).contains(&value) {
        return;
    }
    let what = Text::new(
        format!("比例 {value} 不在 0 到 1 之间"),
        format!("the share {value} is not between 0 and 1"),
    );
    let looks_like_percent = (20_000..=1_000_000).contains(&value.ten_thousandths());
    let suggestion = Amount::from_ten_thousandths(value.ten_thousandths() / 100)
        .filter(|_| looks_like_percent)
        .map(|share| Text::new(format!("{value}% 要写成 {share}"), format!("write {value}% as {share}")));
    document.error(&share.span(), what, suggestion);
}
