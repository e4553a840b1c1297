//! Forms: papers beside the report that are prefilled from a visit, then signed, sealed or filled in by hand.
//!
//! A new kind is a variant of [`FormKind`], a file below `form/` and an arm in [`FormKind::page`].

mod closure;
mod declaration;
mod notice;
mod recommendation;

use crate::{
    domain::terms::{field::words, lang::Lang},
    report::{Report, ledger::LedgerReport, page::Page},
};

words! {
    /// Which form.
    FormKind {
        /// 优质服务基层行推荐标准建设单位推荐表 of Qinghai (seed S0·F80).
        Recommendation = "recommendation", "推荐表", "Recommendation form";
        /// Each member's declaration of interests and recusals, to sign.
        Declaration = "declaration", "声明与回避表", "Declarations and recusals";
        /// The result of a visit, to be posted.
        Notice = "notice", "结果公示", "Notice of results";
        /// What was found, mended and checked, to sign (seed S3·F32).
        Closure = "closure", "整改销号单", "Rectification and closure";
    }
}

/// What a form is filled in from.
#[derive(Debug, Clone, Copy)]
pub struct FormFacts<'a> {
    /// The report of the visit: forms tell nothing that a report would not.
    pub report: &'a Report,
    /// The rectification ledger as it stands; empty until the visit is final.
    pub ledger: &'a LedgerReport,
    /// The year that visits and discharges are asked of.
    pub year: u16,
    /// Whether the figures of the profile are of that year; otherwise they are left blank.
    pub has_figures: bool,
}

impl FormKind {
    /// What it is for, in a sentence.
    #[must_use]
    pub const fn about(self, lang: Lang) -> &'static str {
        match self {
            Self::Recommendation => lang.pick(
                "青海省推荐表（2022）：由机构基本情况填写，留出机构、县级、市州盖章处",
                "Qinghai's recommendation form (2022): filled in from the facility's profile, with room for the seals",
            ),
            Self::Declaration => lang.pick(
                "每名专家一页：申报的利益关系、回避、签名",
                "A page a member: interests declared, recusals, signature",
            ),
            Self::Notice => lang.pick(
                "各标准是否达到，公示期和联系方式留空；定稿前标为草稿",
                "Which standards are met, with period and contact left blank; a draft until the visit is final",
            ),
            Self::Closure => lang.pick(
                "整改台账逐项的问题、整改情况和复核意见，留出签字盖章处；定稿后才有",
                "Each item of the ledger: problem, what was done, what was seen, with room to sign; once the visit is final",
            ),
        }
    }

    /// What stands at the top of every page: where the layout comes from.
    #[must_use]
    pub const fn running(self, lang: Lang) -> &'static str {
        match self {
            Self::Recommendation => lang.pick(
                "样式依据青海省推荐表（2022年9月1日印发），以当地通知为准",
                "After Qinghai's recommendation form of 1 September 2022; local notices take precedence",
            ),
            Self::Declaration | Self::Notice | Self::Closure => {
                lang.pick("文字为自拟，非官方样式", "Our own wording, not an official form")
            }
        }
    }

    /// The form, ready for a document format.
    #[must_use]
    pub fn page(self, facts: &FormFacts<'_>) -> Page {
        match self {
            Self::Recommendation => recommendation::page(facts),
            Self::Declaration => declaration::page(facts.report),
            Self::Notice => notice::page(facts.report),
            Self::Closure => closure::page(facts.ledger),
        }
    }
}

/// Where a day is written by hand.
pub(in crate::report) const fn blank_day(lang: Lang) -> &'static str {
    lang.pick("日期：      年    月    日", "Date: ____-____-____")
}
