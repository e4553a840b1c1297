//! Words for what somebody may not do, or not now.

use crate::{
    app::failure::{Exit, Failure},
    domain::{terms::lang::Text, visit::Barrier},
};

pub(crate) fn barrier(barrier: Barrier) -> Failure {
    let (exit, why, next) = match barrier {
        Barrier::Submitted => (
            Exit::Fixable,
            Text::new("您的评分已经提交，评分包已封存。", "Your ballot is submitted and sealed."),
            Text::new(
                "要改请先撤回（hecha unseal），改完再提交；组长结束评分后不能撤回。",
                "To change it take it back first (hecha unseal), then submit again; after the closing it stays.",
            ),
        ),
        Barrier::Closed => (
            Exit::Fixable,
            Text::new(
                "组长已结束评分，各人的评分已公开，谁也不能再评。",
                "The lead has closed scoring and the votes are open; nobody votes any more.",
            ),
            Text::new(
                "讨论后意见有变的，用合议表决（hecha vote）。",
                "What the discussion changed goes into a vote in the clear (hecha vote).",
            ),
        ),
        Barrier::Final => (
            Exit::Fixable,
            Text::new("核查已定稿。", "The visit is final."),
            Text::new("定稿后不再更改。", "Nothing changes after that."),
        ),
        Barrier::Recused => (
            Exit::Fixable,
            Text::new("您对这个条款回避。", "You are recused from this clause."),
            Text::new("请跳过它。", "Leave it out."),
        ),
        Barrier::NotAMember => (
            Exit::NeedsPerson,
            Text::new(
                "这台电脑不在专家组名单上，或尚未被组长确认。",
                "This laptop is not on the roster, or the lead has not admitted it.",
            ),
            Text::new("请组长确认您的设备。", "Ask the lead to admit it."),
        ),
    };
    Failure::new(exit, Text::new("评分没有记录。", "The vote was not recorded."), why, next)
}

pub(crate) fn sign_after_closing() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有签字。", "Nothing was signed."),
        Text::new("评分还没有结束，没有结论可签。", "Scoring is not closed; there are no verdicts to sign."),
        Text::new(
            "请等组长结束评分，核对结论后再签字。",
            "Wait until the lead closes scoring, look at the verdicts, then sign.",
        ),
    )
}

pub(crate) fn lead_only() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有执行。", "Nothing was done."),
        Text::new("只有组长的电脑可以这样做。", "Only the lead's laptop may do this."),
        Text::new("请在组长的电脑上操作。", "Do it on the lead's laptop."),
    )
}
