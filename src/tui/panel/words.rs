//! Texts of the panel: who sits on it, recusals, the division of work, the end of scoring.

use crate::{
    domain::{
        panel::{PanelLack, coverage::Concern},
        terms::lang::{Lang, Text},
        visit::Identity,
    },
    words::{label, sayings, title_lack},
};

sayings! {
    recuse_title = "回避", "Recusal";
    recuse_help = "写条款编号，* 是全程回避。理由留空则解除组长登记过的这一项。", "A clause id, or * for the whole visit. Without a reason a recusal that the lead recorded is lifted.";
    absence_help = "缺席的不计入应评人数和法定票数。他若提交了评分，照算，不再算缺席。理由留空则撤回。", "Who is absent counts towards no quorum. If they submit all the same, the ballot counts and they are no longer absent. Without a reason it is taken back.";
    absences = "缺席", "Absent";
    not_admitted = "等待核准，结束后不再计入", "Waiting; will never count";
    substitutes = "可替补(抽取记录中的同专业)", "Substitutes (same field, from the draw)";
    plan_title = "分工", "Division of work";
    due_per_clause = "逐条款应评人数", "Members due per clause";
    votes_per_clause = "逐条款有效票", "Valid votes per clause";
    cover_legend = "!=双数  ?=不足法定票数  @=无本专业  +=组长已定", "! = even  ? = below quorum  @ = no expert of the field  + = decided by the lead";
    cover_sound = "各条款都是单数、够票、有本专业", "Every clause is odd, at quorum, and has an expert of its field";
    member = "成员", "Member";
    me = "本人", "me";
    progress = "进度", "Progress";
    hidden = "未公开", "hidden";
    recused_all = "全程回避", "recused";
    panel_complete = "专家组人数和专业符合规则", "The panel meets the rule";
    recusals = "回避", "Recusals";
    close_title = "结束评分", "Close scoring";
    close_sure = "确定结束评分？", "Close scoring?";
    close_without_them = "他们不计票，确定不等他们？", "They will not count: close without them?";
    left_out = "没有封存，不计票", "Not sealed, will not count";
    all_sealed = "评分包都已封存", "All ballots are sealed";
    closed = "评分已结束", "Scoring is closed";
    submit_first = "先提交自己的评分(F12)，再结束评分", "Submit your own ballot first (F12), then close scoring";
    late_title = "补入迟到的封存", "Count late seals";
    late_text = "结束评分后才到的封存，补入后计票，报告标明补入。不补入就一直不计票。", "These seals came after the closing. Once added they count, marked as late in the report; otherwise they never do.";
    late_sure = "确定补入？", "Count them as late?";
    sealed_late = "补入", "Counted late";
}

/// One sign for what is not right about the votes of a clause.
pub(crate) const fn concern_sign(concern: Concern) -> char {
    match concern {
        Concern::Quorum => '?',
        Concern::Parity => '!',
        Concern::Field => '@',
    }
}

pub(crate) fn lack(lang: Lang, lack: &PanelLack) -> String {
    match lack {
        PanelLack::TooFew { n, min } => {
            Text::new(format!("只有 {n} 人，至少 {min} 人"), format!("{n} members, at least {min} needed"))
                .said(lang)
        }
        PanelLack::Even { n } => {
            Text::new(format!("{n} 人是双数，应为单数"), format!("{n} members is even, must be odd"))
                .said(lang)
        }
        PanelLack::Field(field) => {
            Text::new(format!("缺专业：{}", field.name(lang)), format!("no member for {}", field.name(lang)))
                .said(lang)
        }
        PanelLack::Title(lack) => title_lack(lack).said(lang),
    }
}

pub(crate) const fn identity(lang: Lang, identity: Identity) -> &'static str {
    match identity {
        Identity::Absent => label::not_joined(lang),
        Identity::Provisional => lang.pick("身份未核对", "not verified"),
        Identity::Admitted => lang.pick("已加入", "joined"),
        Identity::Waiting => label::waits(lang),
    }
}

/// Seals that no closing record names yet, and the key that adds them.
pub(crate) fn late_seals(lang: Lang, names: &str, key: &str) -> String {
    Text::new(
        format!("迟到的封存：{names}（组长按 {key} 补入，否则不计票）"),
        format!("Sealed after the closing: {names} (the lead counts them with {key}, or they do not count)"),
    )
    .said(lang)
}
