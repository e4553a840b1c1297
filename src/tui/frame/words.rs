//! Texts of header, status line and dialogs that every screen shares.

use crate::{
    app::{deed::Deed, failure::Failure},
    domain::{
        permit::Refusal,
        terms::{
            lang::{Lang, Text},
            written::TooLong,
        },
    },
    tui::frame::screen_name::ScreenName,
    words::{counted, sayings},
};

sayings! {
    program = "核查", "hecha";
    too_small = "窗口太小(至少 60x16)", "Window too small (at least 60x16)";
    keys_wait = "按键不起作用；按两次 Ctrl-c 离开", "No key acts; Ctrl-c twice leaves";
    saved = "已存", "saved";
    saving = "保存中", "saving";
    help_hint = "帮助", "help";
    palette_hint = "命令", "menu";
    help = "帮助", "Help";
    palette = "命令", "Commands";
    nothing_found = "没有找到", "Nothing found";
    nothing_to_undo = "没有可撤销的", "Nothing to undo";
    nothing_to_redo = "没有可重做的", "Nothing to redo";
    press_again = "再按一次 Ctrl-c 离开；一切已存", "Press Ctrl-c again to leave; everything is saved";
    paste_ignored = "已忽略粘贴：这里没有可填的栏", "Paste ignored: no field here";
    unbound = "此处不用这个键，? 看帮助", "That key does nothing here; ? for help";
    unbound_here = "此处不用这个键，可用的在最下一行", "That key does nothing here; the last row has those that do";
    too_fast = "连着来的键只取第一个，请一个一个按", "Of keys that came at once only the first was taken: one at a time";
    no_visit = "先打开一次核查", "Open a visit first";
    lead_only = "只有组长或副组长可以这样做", "Only the lead or a deputy can do this";
    recorded = "已记录", "Recorded";
    failure = "没有办成", "That did not work";
    why = "原因", "Why";
    next_step = "怎么办", "What to do";
    opening = "正在打开...", "Opening...";
    is_final = "核查已定稿", "The visit is final";
    recused_from = "回避", "Recused from";
    i_wait = "等待组长核准，评分先保存、不计入", "Waiting for the lead: your votes are kept and not counted";
    i_am_too_late = "评分结束前没有核准本机：评分不计入", "Scoring was closed before this laptop was admitted: its votes do not count";
    i_am_retired = "组长已停用本机，之后的评分不计入", "The lead has retired this laptop: what you record does not count";
    absent_yet = "您被登记为缺席：评分不计入，提交后照算", "You are recorded absent: your votes count once you submit";
    absent_for_good = "您被登记为缺席，没有提交：评分和表决不计入", "Recorded absent, nothing submitted: no vote of yours counts";
    left_out = "您的评分没有封存，不计入；合议表决照计", "Your ballot was not sealed and does not count; votes in the clear do";
    see_codes = "看加入码", "join code";
    passphrase_missing = "共享文件设了口令，本机还没有给过，不能同步", "No syncing: the passphrase is missing here";
    give_passphrase = "输入口令", "give it";
    ask_for_passphrase = "向组长要口令，然后按", "Ask the lead for the passphrase, then press";
}

pub(crate) const fn screen_name(lang: Lang, screen: ScreenName) -> &'static str {
    match screen {
        ScreenName::Home => lang.pick("首页", "Home"),
        ScreenName::Score => lang.pick("评分", "Score"),
        ScreenName::Panel => lang.pick("专家组", "Panel"),
        ScreenName::Merge => lang.pick("合议", "Merge"),
        ScreenName::Outcome => lang.pick("结论", "Outcome"),
        ScreenName::Ledger => lang.pick("整改", "Rectify"),
        ScreenName::Report => lang.pick("报告", "Report"),
    }
}

/// What a deed has done, as it is said once it is in the shared file or known to wait for it.
pub(crate) const fn done(lang: Lang, deed: &Deed) -> Option<&'static str> {
    Some(match deed {
        Deed::Submit => lang.pick("已提交并封存", "Submitted and sealed"),
        Deed::Unseal => lang.pick("提交已撤回，可以接着评分", "Taken back: score on"),
        Deed::Sign(_) => lang.pick("已签字", "Signed"),
        Deed::Finalize(_) => lang.pick("已定稿", "Final"),
        Deed::Decide(..) | Deed::DecideGate(..) => lang.pick("结论已记录", "Decision recorded"),
        _ => return None,
    })
}

pub(crate) fn left(lang: Lang, n_unscored: usize, n: usize, n_owed: usize) -> String {
    let owed = Text::new(format!("缺理由 {n_owed}"), format!("reasons owed {n_owed}")).said(lang);
    format!("{}  {owed}", left_in_short(lang, n_unscored, n))
}

pub(crate) fn left_in_short(lang: Lang, n_unscored: usize, n: usize) -> String {
    Text::new(format!("未评 {n_unscored}/{n}"), format!("unscored {n_unscored}/{n}")).said(lang)
}

pub(crate) fn undone(lang: Lang, what: &str) -> String {
    Text::new(format!("已撤销：{what}"), format!("Undone: {what}")).said(lang)
}

pub(crate) fn redone(lang: Lang, what: &str) -> String {
    Text::new(format!("已重做：{what}"), format!("Done again: {what}")).said(lang)
}

/// Said wherever a laptop that has not joined wants to change something.
pub(crate) const fn only_looking(lang: Lang) -> &'static str {
    lang.pick("这台电脑没有加入这次核查：只能查看", "This laptop has not joined this visit: it can only look")
}

/// The same of an office's laptop.
pub(crate) const fn office_looks(lang: Lang) -> &'static str {
    lang.pick(
        "整改办公室的电脑：可提交整改、销号、重新打开，其他只能查看",
        "The office's laptop: it hands in, closes and reopens, and else only looks",
    )
}

pub(crate) const fn join_there(lang: Lang) -> &'static str {
    lang.pick("加入", "joins")
}

/// Said before the clauses that the facility objects to, while a final visit is revised.
pub(crate) const fn revising(lang: Lang) -> &'static str {
    lang.pick("修订稿（现行定稿不变）；机构异议：", "A draft of a revision; objected to: ")
}

/// Said while votes and verdicts are left out for somebody who has not joined.
pub(crate) const fn nothing_public(lang: Lang) -> &'static str {
    lang.pick("没有定稿，评分和结论不公开", "Not final: votes and verdicts are not public")
}

pub(crate) const fn barrier(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Sealed => lang.pick(
            "评分包已提交封存，Ctrl-z 撤回",
            "The ballot is submitted and sealed; Ctrl-z takes it back",
        ),
        Refusal::NotSealed => lang.pick("请先提交自己的评分包", "Submit your own ballot first"),
        Refusal::NothingSealed => lang.pick("还没有提交", "Nothing is submitted"),
        Refusal::Closed => lang.pick(
            "评分已结束；要再表决，到合议(F7)按 6",
            "Scoring is closed; vote in the clear in the merge (F7) with 6",
        ),
        Refusal::NotClosed => lang.pick("评分还没有结束", "Scoring is not closed"),
        Refusal::NotSigned => lang.pick("签字的专家没有过半数", "No majority has signed"),
        Refusal::Final => is_final(lang),
        Refusal::NotObjected => lang.pick(
            "已定稿；机构提出异议的条款才能再表决",
            "Final; only what the facility objects to is voted on again",
        ),
        Refusal::PlanFrozen => lang.pick(
            "已有人封存，分工不再改；有人离开的，先登记缺席，再用 F7 补派",
            "A ballot is sealed; where somebody left, record the absence and refill with F7",
        ),
        Refusal::NotFinal => lang.pick("核查还没有定稿", "The visit is not final"),
        Refusal::Recused => lang.pick("您在此条款回避", "You are recused here"),
        Refusal::NotTheLead | Refusal::NotTheLeadsOwn => lead_only(lang),
        Refusal::Outside => only_looking(lang),
        Refusal::NotTheOffices => lang.pick(
            "整改办公室只能提交整改情况、销号和重新打开",
            "The office may only hand in, close and reopen",
        ),
        Refusal::Waiting => {
            lang.pick("等待组长核准，核准后才能这样做", "You can do this once the lead has admitted you")
        }
        Refusal::TooLate => i_am_too_late(lang),
        Refusal::HasSealed => lang.pick(
            "他已提交评分：提交了就算到场，评分照算",
            "They have submitted: whoever did was there, and the ballot counts",
        ),
        Refusal::OwnAbsence => lang.pick(
            "不能登记自己缺席：请副组长登记(专家组 F6)",
            "Nobody records themselves absent: a deputy does (panel, F6)",
        ),
        Refusal::Absent => lang.pick(
            "您被登记为缺席，没有提交评分：表决不计入",
            "You are recorded absent and submitted nothing: no vote counts",
        ),
        Refusal::NotOpened => lang.pick(
            "还有计入的评分包没有打开，都打开后再表决",
            "Ballots that count are still shut; vote once all are open",
        ),
        Refusal::NotAMember => {
            lang.pick("您还没有加入这次核查，不能评分", "You have not joined this visit and cannot score")
        }
    }
}

pub(crate) fn n_waiting(lang: Lang, n: usize) -> String {
    Text::new(format!("{n} 台电脑等待核准"), format!("{} to admit", counted(n, "laptop", "laptops")))
        .said(lang)
}

/// What devices that nobody admitted wrote beyond what is taken in of such.
pub(crate) fn beyond(lang: Lang, (n_commits, n_devices): (usize, usize)) -> String {
    Text::new(
        format!("另有 {n_devices} 台没核准的电脑，{n_commits} 条记录没有取入"),
        format!(
            "{} of {} left out",
            counted(n_commits, "record", "records"),
            counted(n_devices, "unknown laptop", "unknown laptops")
        ),
    )
    .said(lang)
}

pub(crate) fn n_conflicts(lang: Lang, n: usize) -> String {
    Text::new(
        format!("两台电脑记得不同：冲突 {n} 条"),
        format!("Your two laptops differ on {}", counted(n, "clause", "clauses")),
    )
    .said(lang)
}

pub(crate) fn next_conflict(lang: Lang, key: &str) -> String {
    Text::new(format!("{key} 到下一条"), format!("{key} goes there")).said(lang)
}

/// That a text is longer than may be recorded.
pub(crate) fn too_long(lang: Lang, error: TooLong) -> String {
    Failure::from(error).why.get(lang).to_owned()
}
