//! What it means to do what cannot be undone: said before it is done, by commands and screens.

use crate::{
    domain::terms::lang::{Lang, Text},
    words::sayings,
};

sayings! {
    submitting = "提交后评分不能再改。", "A submitted ballot cannot be changed.";
    closing = "关闭后谁都不能再评分或提交。", "After closing nobody can score or submit.";
    signing = "签字不能收回；记录有改动要重新签字。", "A signature cannot be taken back; a changed record must be signed again.";
    finalising = "定稿后谁都不能再改评分和结论。", "Once final, nobody can change votes or verdicts.";
    all_submitted = "组员都已提交", "All members have submitted";
    not_submitted = "尚未提交", "Not submitted";
    not_signed = "没有签这份记录", "Have not signed this record";
}

/// A saying in both languages.
pub(crate) fn both(saying: fn(Lang) -> &'static str) -> Text {
    Text::new(saying(Lang::Zh), saying(Lang::En))
}
