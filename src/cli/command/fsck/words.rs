//! The sentences of `hecha fsck`: what each finding means and what to do about it.

use crate::{
    app::{
        failure::damage::Fate,
        fsck::{
            BadLineReport, Class, ClockHint, ClockKind, Database, Fault, Finding, Footer, Fsck, Health,
            Standing, Whereabouts,
        },
    },
    domain::terms::{id::MemberName, lang::Text},
};

/// The first line.
pub(crate) fn verdict(report: &Fsck) -> Text {
    let name = report.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let said = match report.health() {
        Health::Clean => Text::new("完好：没有发现问题", "clean: nothing is wrong"),
        Health::Repairable => {
            Text::new("可修复：下一次同步就会修好", "repairable: the next sync puts it right")
        }
        Health::NeedsPerson => Text::new("需要人处理", "needs a person"),
        Health::Tampered => Text::new("有内容被改动或丢失", "content was changed or lost"),
    };
    Text::new(format!("{name}：{}", said.zh), format!("{name}: {}", said.en))
}

pub(crate) fn finding(finding: Finding) -> Text {
    match finding {
        Finding::Changed(n) => changed(n),
        Finding::Away => Text::new("文件不在这里。", "The file is not there."),
        Finding::Emptied { .. } => Text::new(
            "文件是空的，或只剩零和文件头：这是损坏，不是没有人评分。",
            "It is empty, or holds only zeros or part of its header: damage, not a panel without scores.",
        ),
        Finding::Foreign => {
            Text::new("不是共享文件，或文件头已损坏。", "It is no shared file, or its header is damaged.")
        }
        Finding::TooBig => Text::new(
            "超过 256 MiB，不是本程序写的文件，没有逐行查看。",
            "It is larger than 256 MiB: no program wrote that; its lines were not looked at.",
        ),
        Finding::Newer => Text::new("由更新的程序写成。", "A newer program wrote it."),
        Finding::Encrypted => Text::new("文件已加密。", "It is encrypted."),
        Finding::Swapped => {
            Text::new("这个位置原来是另一次核查的文件。", "Another visit's file was at this place before.")
        }
        Finding::NoFounding => Text::new(
            "没有建立核查的那个提交，或它的清单与校验码不符。",
            "The founding commit is missing, or its checklist is not the one it claims.",
        ),
        Finding::Footer => Text::new(
            "结尾一行缺失或不符：文件被截断或改动过。",
            "The last line is missing or wrong: the file was cut or changed.",
        ),
        Finding::Spelling => Text::new(
            "内容完整，但行的顺序或写法不是本程序的。",
            "All content is there, but the order or spelling of its lines is not the program's.",
        ),
        Finding::LinesLost(n) => Text::new(
            format!("{n} 行损坏或无法验证，原件在本机和副本里都没有。"),
            format!(
                "Damaged or unverifiable lines without an intact copy on this laptop or beside the file: {n}."
            ),
        ),
        Finding::LinesAtHand(n) => Text::new(
            format!("{n} 行损坏，原件都有。"),
            format!("Damaged lines with an intact copy at hand: {n}."),
        ),
        Finding::Strangers(n) => {
            Text::new(format!("{n} 行属于另一次核查。"), format!("Lines of another visit: {n}."))
        }
        Finding::CommitsLost(n) => Text::new(
            format!("提交链里有 {n} 个提交找不到。"),
            format!("Commits of the chains that are nowhere to be found: {n}."),
        ),
        Finding::CommitsAtHand(n) => Text::new(
            format!("有 {n} 个提交在本机或副本里，文件里没有。"),
            format!("Commits on this laptop or in a copy that the file lacks: {n}."),
        ),
        Finding::Forks(n) => Text::new(
            format!("{n} 处分叉：同一编号有两个提交，同一台电脑的数据被复制过，或恢复了旧备份。"),
            format!(
                "Numbers with two commits (forks): {n}. A laptop's data was copied, or an old backup restored."
            ),
        ),
        Finding::Conflicts(n) => Text::new(
            format!("{n} 处冲突，要由本人定夺。"),
            format!("Conflicts that their authors must settle: {n}."),
        ),
        Finding::Pending(n) => Text::new(
            format!("{n} 台电脑用了名单上已有人用或没有的姓名，等组长确认。"),
            format!(
                "Laptops that claim a name that is taken or not on the roster: {n}; the lead must decide."
            ),
        ),
        Finding::Store(damage) => damage.text(),
        Finding::Flood(n) => flood(n),
        Finding::DatabaseDamaged => Text::new("本机数据库有损坏。", "The local database is damaged."),
        Finding::DatabaseUnusable => Text::new("本机数据库打不开。", "The local database cannot be opened."),
    }
}

fn flood(n: usize) -> Text {
    Text::new(
        format!("没有核准的电脑写了 {n} 条记录，超过取入的上限；超出的没有采用。"),
        format!(
            "Laptops that nobody admitted wrote {n} records, more than are taken in; the others are not used."
        ),
    )
}

fn changed(n: usize) -> Text {
    Text::new(
        format!("{n} 行的内容与签名不符：签名之后被改动过（极少数情况是存储介质坏了一个字节）。没有采用。"),
        format!(
            "Lines that are not what was signed: {n}. Changed afterwards (or, rarely, a byte of the medium broke); not used."
        ),
    )
}

pub(crate) fn class(class: Class) -> Text {
    match class {
        Class::Sound => Text::new("共享文件", "shared file"),
        Class::Damaged => Text::new("共享文件，有损坏", "shared file, damaged"),
        Class::Empty => Text::new("空文件", "empty"),
        Class::Foreign => Text::new("不是共享文件", "no shared file"),
        Class::Newer => Text::new("由更新的程序写成", "written by a newer program"),
        Class::Encrypted => Text::new("已加密", "encrypted"),
        Class::TooBig => Text::new("过大", "too large"),
        Class::OtherVisit => Text::new("另一次核查", "another visit"),
        Class::Away => Text::new("不在", "not there"),
        Class::Unavailable => Text::new("读不到", "cannot be read"),
    }
}

pub(crate) fn footer(footer: Footer) -> Text {
    match footer {
        Footer::Right => Text::new("结尾正确", "footer right"),
        Footer::Wrong => Text::new("结尾不符", "footer wrong"),
        Footer::Missing => Text::new("没有结尾", "no footer"),
    }
}

pub(crate) fn fault(fault: Fault) -> Text {
    match fault {
        Fault::Changed => Text::new("内容被改动", "content changed"),
        Fault::Signature => Text::new("签名损坏，内容完好", "signature damaged, content intact"),
        Fault::Damaged => Text::new("损坏", "damaged"),
        Fault::TooLong => Text::new("过长", "too long"),
        Fault::UnknownKey => Text::new("无法验证", "unverifiable"),
        Fault::OtherVisit => Text::new("属于另一次核查", "belongs to another visit"),
    }
}

/// Where the intact commit of a bad line is, and how far the line is from it.
pub(crate) fn at_hand(line: &BadLineReport) -> Text {
    let mut told = match &line.at_hand {
        None if line.fault == Fault::OtherVisit => Text::new("", ""),
        None => Text::new("没有原件", "no intact copy"),
        Some(Whereabouts::Store) => Text::new("原件在本机", "intact on this laptop"),
        Some(Whereabouts::File) => Text::new("原件在另一行", "intact on another line"),
        Some(Whereabouts::Copy(name)) => Text::new(format!("原件在 {name}"), format!("intact in {name}")),
        Some(Whereabouts::Presumed) => {
            Text::new("原件应在现有的提交里", "probably among the commits at hand")
        }
    };
    if let Some(n) = line.n_differing.filter(|n| *n > 0) {
        told.zh.push_str(&format!("（差 {n} 字节）"));
        told.en.push_str(&format!(" ({n} bytes differ)"));
    }
    told
}

pub(crate) fn standing(standing: Standing) -> Text {
    match standing {
        Standing::Lead => Text::new("组长", "lead"),
        Standing::Admitted => Text::new("已确认", "admitted"),
        Standing::Office => Text::new("整改办公室", "the office"),
        Standing::Provisional => Text::new("身份未核对", "identity not checked"),
        Standing::Pending => Text::new("待组长确认", "waits for the lead"),
        Standing::Unknown => Text::new("没有姓名", "no name"),
    }
}

/// A run of commit numbers.
pub(crate) fn run((from, to): (u64, u64)) -> String {
    if from == to { format!("#{from}") } else { format!("#{from}–{to}") }
}

pub(crate) fn clock(hint: &ClockHint, name: &str) -> Text {
    let minutes = hint.minutes;
    let Text { zh, en } = match minutes {
        0..180 => Text::new(format!("{minutes} 分钟"), format!("{minutes} minutes")),
        180..4_320 => Text::new(format!("{} 小时", minutes / 60), format!("{} hours", minutes / 60)),
        _ => Text::new(format!("{} 天", minutes / 1_440), format!("{} days", minutes / 1_440)),
    };
    match hint.kind {
        ClockKind::SetBack => Text::new(
            format!("{name} 的时钟往回拨过至少 {zh}（不影响评分）"),
            format!("the clock of {name} went back by at least {en} (no vote depends on it)"),
        ),
        ClockKind::Behind => Text::new(
            format!("{name} 的时钟比组长的慢至少 {zh}（不影响评分）"),
            format!("the clock of {name} is at least {en} behind the lead's (no vote depends on it)"),
        ),
        ClockKind::Ahead => Text::new(
            format!("{name} 的时钟比组长的快至少 {zh}（不影响评分）"),
            format!("the clock of {name} is at least {en} ahead of the lead's (no vote depends on it)"),
        ),
    }
}

/// Why a sync set a line aside. The store keeps the sentence of `LineError`.
pub(crate) fn reason(reason: &str) -> Text {
    let zh = match reason {
        "not a commit" => "不是提交",
        "line too long" => "过长",
        "not the JSON of a commit" => "不是提交的 JSON",
        "belongs to another visit" => "属于另一次核查",
        "signature does not verify" => "签名不符",
        "signed by an unknown key" => "公钥不明",
        "changed in the store" => "本机数据库里和存入时不同的记录",
        "own edit changed in the store" => "本机数据库里和存入时不同的改动",
        other => other,
    };
    Text::new(zh, reason)
}

/// What this laptop is to the file: joined or not, its database, its backups.
pub(crate) fn laptop(report: &Fsck) -> Text {
    let me = report.me.as_ref().map(MemberName::as_str);
    let joined = me.map_or_else(
        || Text::new("没有加入这次核查", "has not joined this visit"),
        |me| Text::new(format!("已加入（{me}）"), format!("joined as {me}")),
    );
    let database = match &report.database {
        Database::Absent => Text::new("没有数据库", "no database"),
        Database::Sound => Text::new("数据库正常", "database sound"),
        Database::Damaged(why) => {
            Text::new(format!("数据库有损坏：{}", why.zh), format!("database damaged: {}", why.en))
        }
        Database::Unusable(why) => {
            Text::new(format!("数据库打不开：{}", why.zh), format!("database cannot be opened: {}", why.en))
        }
    };
    let mut told = Text::new(
        format!("{} · {} · 旧版本留底 {} 份", joined.zh, database.zh, report.n_backups),
        format!("{} · {} · earlier versions kept: {}", joined.en, database.en, report.n_backups),
    );
    if report.n_unsynced > 0 {
        told.zh.push_str(&format!(" · 还没同步的改动 {}", report.n_unsynced));
        told.en.push_str(&format!(" · changes not synced yet: {}", report.n_unsynced));
    }
    told
}

/// What to do next, the most urgent first, each once.
pub(crate) fn next(report: &Fsck) -> Vec<Text> {
    let mut steps: Vec<Text> = Vec::new();
    for finding in &report.findings {
        let step = step(*finding, report);
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    if steps.is_empty() {
        steps.push(Text::new("不用做什么。", "nothing."));
    }
    steps
}

fn step(finding: Finding, report: &Fsck) -> Text {
    match finding {
        Finding::Changed(_) => Text::new(
            "先把这个文件复制一份留作证据，请组长查问谁经手过；然后同步，文件会恢复成原来签名的内容。",
            "Keep a copy of this file as evidence and let the lead ask who had it; then sync, which restores what was signed.",
        ),
        Finding::LinesLost(_)
        | Finding::CommitsLost(_)
        | Finding::NoFounding
        | Finding::Emptied { known: false } => bring_back(report),
        Finding::Foreign | Finding::TooBig | Finding::Swapped => Text::new(
            "检查是否选错了文件；如果别的文件占了这个位置，请把它移开，再运行 hecha sync FILE。",
            "Check whether it is the right file; if another file took its place, move it away and run hecha sync FILE.",
        ),
        Finding::Newer => Text::new("请使用新版本的 hecha。", "Use the newer hecha."),
        Finding::Encrypted => Text::new(
            "请用已加入这次核查的电脑打开它，或使用能解密的新版本。",
            "Open it on a laptop that joined this visit, or with a version that can decrypt it.",
        ),
        Finding::Forks(_) => {
            let forked = report.feeds.iter().filter(|feed| !feed.forks.is_empty() && !feed.left);
            let names: Vec<String> = forked.map(|feed| report.name_of(&feed.feed)).collect();
            Text::new(
                format!("请 {} 今后只用一台电脑，并核对自己的评分；两边的提交都保留着。", names.join("、")),
                format!(
                    "Ask {} to use one laptop only and to check their votes; both branches are kept.",
                    names.join(", ")
                ),
            )
        }
        Finding::Conflicts(_) => {
            let mut names: Vec<&str> = report.conflicts.iter().map(|(name, _)| name.as_str()).collect();
            names.dedup();
            Text::new(
                format!("请 {} 在自己的电脑上把有冲突的条款重评一次，再同步。", names.join("、")),
                format!(
                    "Ask {} to score the conflicting clauses again on their own laptop and sync.",
                    names.join(", ")
                ),
            )
        }
        Finding::Pending(_) => Text::new(
            "请组长核对待确认的电脑是谁的，再决定是否采用。",
            "The lead checks whose the waiting laptops are and decides.",
        ),
        Finding::Flood(_) => Text::new(
            "请组长照组员屏幕上的加入码核准其电脑；其余的不用管。",
            "The lead admits members' laptops by the join codes on their screens; the others need nothing.",
        ),
        Finding::DatabaseDamaged | Finding::DatabaseUnusable => Text::new(
            "不要删除本机数据库，先复制一份，再运行 hecha doctor 并联系技术支持。",
            "Do not delete the local database; copy it first, then run hecha doctor and ask for support.",
        ),
        Finding::Store(damage) if damage.fate != Fate::Mended => damage.next(),
        _ if report.me.is_some() => Text::new(
            "运行 hecha sync FILE（或在界面里按 Ctrl-S）；现在的文件会先在本机留底。",
            "Run hecha sync FILE (or press Ctrl-S on screen); the present file is kept on this laptop first.",
        ),
        _ => Text::new("请任何一位已加入的组员同步一次。", "Let any member who has joined sync once."),
    }
}

/// Who can bring lost commits back: their authors have them.
fn bring_back(report: &Fsck) -> Text {
    let lines =
        report.bad_lines.iter().filter(|line| line.at_hand.is_none()).filter_map(|line| line.feed.as_ref());
    let chains = report.feeds.iter().filter(|feed| feed.n_lost > 0).map(|feed| &feed.feed);
    let mut names: Vec<String> = lines.chain(chains).map(|feed| report.name_of(feed)).collect();
    names.sort();
    names.dedup();
    names.truncate(10);
    if names.is_empty() {
        return Text::new(
            "请每位组员用自己的电脑同步一次：各人的提交都在各人的电脑上。",
            "Let every member sync from their own laptop: everybody's commits are on their own laptop.",
        );
    }
    Text::new(
        format!("请 {} 用自己的电脑同步一次（各人的提交都在各人的电脑上），再检查一遍。", names.join("、")),
        format!(
            "Ask {} to sync from their own laptop (which has their commits), then check again.",
            names.join(", ")
        ),
    )
}
