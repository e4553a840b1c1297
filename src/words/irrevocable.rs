//! What it means to do what cannot be undone: said before it is done, by commands and screens.

use crate::{
    domain::terms::lang::{Lang, Text},
    words::sayings,
};

sayings! {
    submitting = "提交后封存；组长结束评分之前可以撤回，之后不能再改。", "Submitting seals the ballot; until the lead closes scoring it can be taken back, and never after.";
    closing = "结束后谁都不能再评分，已提交的评分包再插上几台组员的电脑就公开；没提交的不计票，补交的永远标为补入。", "After closing nobody scores; sealed ballots open when a few more members' laptops have synced. Who has not submitted does not count, and what is added later is marked late for ever.";
    signing = "签字不能收回；记录有改动要重新签字。", "A signature cannot be taken back; a changed record must be signed again.";
    finalising = "定稿后评分和结论都不再改；机构异议后经合议表决、多数签字的修订另成一份。", "Once final, votes and verdicts stay; what the facility objects to may end in a revision, which a majority signs.";
    absence = "缺席的不计入应评人数和法定票数；他若提交了评分，照算，不再算缺席。", "Who is absent counts towards no quorum; if they submit all the same, the ballot counts and they are no longer absent.";
    all_submitted = "组员都已提交", "All members have submitted";
    not_submitted = "尚未提交", "Not submitted";
    not_admitted = "等待核准，结束后不再计入", "Waiting to be admitted; will never count after the closing";
    not_signed = "没有签这份记录", "Have not signed this record";
}

/// A saying in both languages.
pub(crate) fn both(saying: fn(Lang) -> &'static str) -> Text {
    Text::new(saying(Lang::Zh), saying(Lang::En))
}
