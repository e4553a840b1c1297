//! What a finding amounts to, in words. How it reads itself is in [`measure`](crate::words::measure).

use crate::domain::{edit::finding::Met, terms::lang::Lang};

/// Whether what was recorded meets the point; `None` = not all of it was looked at.
#[must_use]
pub const fn met(met: Option<Met>, lang: Lang) -> &'static str {
    match met {
        Some(Met::Yes) => lang.pick("达到", "met"),
        Some(Met::No) => lang.pick("未达到", "not met"),
        Some(Met::NotApplicable) => lang.pick("不适用", "not applicable"),
        None => lang.pick("未看全", "not complete"),
    }
}

/// What a member says of a point: as [`met`], as an answer; `None` = it was not looked at.
#[must_use]
pub const fn answer(met: Option<Met>, lang: Lang) -> &'static str {
    match met {
        Some(Met::Yes) => lang.pick("是", "yes"),
        Some(Met::No) => lang.pick("否", "no"),
        Some(Met::NotApplicable) => lang.pick("不适用", "n/a"),
        None => lang.pick("未看", "not seen"),
    }
}
