//! Texts about the shared file: where own edits are, how the file is, and what syncs brought.

use crate::{
    app::{
        failure::Trouble,
        session::SyncState,
        sync::{report::SyncReport, words::files_waiting},
    },
    domain::terms::lang::{Lang, Text},
    tui::desk::share::Share,
    words::{counted, sayings},
};

sayings! {
    syncing = "同步中", "syncing";
    nothing = "无待同步", "nothing to sync";
    auto = "自动同步", "auto sync";
    off = "自动同步关", "auto sync off";
    away = "共享文件不在", "no file";
    busy = "共享文件被占用", "file busy";
    silent = "共享无反应", "no answer";
    locked = "须给口令 Ctrl-x", "passphrase: Ctrl-x";
    needs_person = "同步须处理 Ctrl-s", "sync: Ctrl-s";
    unread = "有同步说明 Ctrl-g", "notes: Ctrl-g";
    switched_on = "自动同步：开", "Syncing by itself: on";
    switched_off = "自动同步：关；按 Ctrl-s 同步", "Syncing by itself: off; Ctrl-s syncs";
    kept_here = "插上共享文件就写入", "waits for the shared file";
    log = "同步记录", "Sync log";
    log_empty = "还没有同步带来什么", "No sync has brought anything yet";
    last = "上次同步", "Last sync";
    never = "打开以来还没有同步成功", "none has worked since the visit was opened";
}

/// Where own edits are: only on this laptop, in the shared file, received by the lead; each with its number.
pub(crate) fn deliveries(lang: Lang, state: SyncState, lead: bool) -> String {
    // The lead receives nothing from oneself.
    let received = if lead { 0 } else { state.receipted.min(state.in_file) };
    let parts = [
        (state.pending, "仅本机", "local"),
        (state.in_file - received, "已写入", "in file"),
        (received, "组长已收", "received"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, zh, en)| Text::new(format!("{zh} {n}"), format!("{n} {en}")).said(lang))
        .collect();
    if said.is_empty() { nothing(lang).to_owned() } else { said.join(lang.pick("  ", ", ")) }
}

/// The one thing to know about syncing just now.
pub(crate) const fn share(
    lang: Lang,
    on: bool,
    share: Share,
    trouble: Option<Trouble>,
    unread: bool,
) -> &'static str {
    match (share, trouble) {
        (Share::Silent, _) => silent(lang),
        (Share::Away, _) | (_, Some(Trouble::Away)) => away(lang),
        (_, Some(Trouble::Busy)) => busy(lang),
        (_, Some(Trouble::Locked)) => locked(lang),
        (_, Some(Trouble::NeedsPerson)) => needs_person(lang),
        (Share::Unknown | Share::There, None) if unread => self::unread(lang),
        (Share::Unknown | Share::There, None) if on => auto(lang),
        (Share::Unknown | Share::There, None) => off(lang),
    }
}

/// How long ago the last sync that worked was.
pub(crate) fn ago(lang: Lang, minutes: Option<u64>) -> String {
    match minutes {
        None => never(lang).to_owned(),
        Some(0) => lang.pick("不到 1 分钟前", "less than a minute ago").to_owned(),
        Some(n @ 1..60) => {
            Text::new(format!("{n} 分钟前"), format!("{} ago", counted(small(n), "minute", "minutes")))
                .said(lang)
        }
        Some(n) => Text::new(
            format!("{} 小时前", n / 60),
            format!("{} ago", counted(small(n / 60), "hour", "hours")),
        )
        .said(lang),
    }
}

fn small(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

pub(crate) const fn asked(lang: Lang, by_hand: bool) -> &'static str {
    if by_hand { lang.pick("手动", "by hand") } else { lang.pick("自动", "by itself") }
}

pub(crate) fn times(lang: Lang, n: usize) -> String {
    Text::new(format!("，连续 {n} 次"), format!(", {n} times in a row")).said(lang)
}

pub(crate) fn synced(lang: Lang, report: &SyncReport) -> String {
    let imported = report.imported;
    let (zh, en) = match (imported, report.written) {
        (0, false) => ("没有新内容".to_owned(), "nothing new".to_owned()),
        (0, true) => ("已写入共享文件".to_owned(), "shared file written".to_owned()),
        (n, written) => (
            format!("收到 {n} 条记录{}", if written { "，已写入" } else { "" }),
            format!("{} received{}", counted(n, "record", "records"), if written { ", written" } else { "" }),
        ),
    };
    let (files_zh, files_en) = match report.evidence {
        (_, 0) => (String::new(), String::new()),
        (have, known) => (format!("，照片 {have}/{known}"), format!(", evidence {have}/{known}")),
    };
    let wait = files_waiting(report.n_files_waiting);
    let zh = format!("已同步：{zh}{files_zh}{}", wait.zh);
    Text::new(zh, format!("Synced: {en}{files_en}{}", wait.en)).said(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edit_is_told_once_and_a_lead_waits_for_no_receipt() {
        let state = SyncState { pending: 2, in_file: 65, receipted: 60 };
        assert_eq!(deliveries(Lang::Zh, state, false), "仅本机 2  已写入 5  组长已收 60");
        assert_eq!(deliveries(Lang::En, state, true), "2 local, 65 in file");
        assert_eq!(deliveries(Lang::En, SyncState::default(), false), "nothing to sync");
    }

    #[test]
    fn what_needs_attention_is_said_before_what_is_well() {
        let say = |now, trouble, unread| share(Lang::Zh, true, now, trouble, unread);
        assert_eq!(say(Share::Silent, Some(Trouble::Busy), true), "共享无反应");
        assert_eq!(say(Share::There, Some(Trouble::Busy), true), "共享文件被占用");
        assert_eq!(say(Share::There, None, true), "有同步说明 Ctrl-g");
        assert_eq!(say(Share::There, None, false), "自动同步");
        assert_eq!(share(Lang::Zh, false, Share::Unknown, None, false), "自动同步关");
    }

    #[test]
    fn time_is_told_in_minutes_then_in_hours() {
        let said: Vec<String> = [None, Some(0), Some(1), Some(59), Some(60), Some(150)]
            .into_iter()
            .map(|minutes| ago(Lang::En, minutes))
            .collect();
        assert_eq!(said[2..], ["1 minute ago", "59 minutes ago", "1 hour ago", "2 hours ago"]);
    }
}
