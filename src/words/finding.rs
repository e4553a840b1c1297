//! What a finding amounts to, in words.

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
