//! Words for a shared file that cannot be opened, taken or written.

use std::path::Path;

use crate::{
    app::failure::{Exit, Failure, Trouble, system_words::system_says, wording::shown},
    domain::terms::lang::Text,
    share::error::ShareError,
};

pub(crate) fn not_joined(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(
            format!("这台电脑还没有加入 {path} 的核查"),
            format!("This laptop has not joined the visit of {path}"),
        ),
        Text::new("加入之后才能评分和同步。", "Scoring and syncing need a name on the panel."),
        Text::new("请运行：hecha visit join FILE --name 姓名", "Run: hecha visit join FILE --name NAME"),
    )
}

/// A final record is asked for by a number that none has: 0 is the first, and then come the revisions.
pub(crate) fn no_such_revision(number: usize, n_there: usize) -> Failure {
    let why = match n_there.checked_sub(1) {
        None => Text::new("核查还没有定稿。", "The visit is not final."),
        Some(0) => Text::new("定稿以后没有修订过。", "It was not revised since it was made final."),
        Some(n) => Text::new(format!("定稿以后修订过 {n} 次。"), format!("It was revised {n} times.")),
    };
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有第 {number} 次修订"), format!("There is no revision {number}")),
        why,
        Text::new(
            "不加 --revision 是现行的定稿，--revision 0 是第一次定稿。",
            "Without --revision it is the record in force; --revision 0 is the first.",
        ),
    )
}

/// Somebody who has not joined wants names.
pub(crate) fn names_inside_only() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有生成署名的文件。", "No paper with names was made."),
        Text::new(
            "这台电脑没有加入这次核查：只能看到不署名的结果。",
            "This laptop has not joined this visit: it sees the result without names.",
        ),
        Text::new(
            "请要不署名的（不加 --names），或请专家组成员生成。",
            "Ask for it without names (without --names), or ask a member of the panel.",
        ),
    )
}

/// Somebody who has not joined wants what only a final visit shows.
pub(crate) fn not_public_yet() -> Failure {
    Failure::new(
        Exit::NeedsPerson,
        Text::new("还没有可以公开的结果。", "There is no result for everybody yet."),
        Text::new(
            "核查还没有定稿，没有加入的电脑看不到评分和结论。",
            "The visit is not final, and a laptop that has not joined sees no votes and no verdicts.",
        ),
        Text::new(
            "请等组长定稿；进度见 hecha visit info FILE。",
            "Wait until the lead makes it final; hecha visit info FILE tells how far it is.",
        ),
    )
}

pub(crate) fn other_visit(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("{path} 属于另一次核查"), format!("{path} belongs to another visit")),
        Text::new(
            "这个位置原来是本机已加入的核查的文件，现在被换成了别的。",
            "The file of the visit this laptop joined was replaced by another one here.",
        ),
        Text::new(
            "请找回正确的文件，或把另一次核查放到别处再加入；本机数据没有改动。",
            "Put the right file back, or move the other visit elsewhere and join it; nothing on this laptop was changed.",
        ),
    )
}

pub(crate) fn empty_file(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Damaged,
        Text::new(format!("{path} 是空文件"), format!("{path} is empty")),
        Text::new("0 字节是损坏，不是没有人评分。", "Zero bytes are damage, not a panel without scores."),
        Text::new(
            "请让任何一位组员再同步一次，文件会自动修复。",
            "Let any member sync again; that repairs the file.",
        ),
    )
}

pub(crate) fn foreign_file(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Damaged,
        Text::new(
            format!("{path} 不是共享文件，或已损坏"),
            format!("{path} is not a shared file, or is damaged"),
        ),
        Text::new("文件开头不是 HECHA1。", "It does not begin with HECHA1."),
        Text::new(
            "请检查是否选错了文件；文件没有改动。",
            "Check whether it is the right file; it was not changed.",
        ),
    )
}

pub(crate) fn damaged_file(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Damaged,
        Text::new(format!("{path} 已损坏"), format!("{path} is damaged")),
        Text::new("文件不完整，或有几行无法验证。", "It is cut short, or lines of it do not verify."),
        Text::new(
            "请让已加入的组员同步一次修复它，然后再试。",
            "Let a member who has joined sync to repair it, then try again.",
        ),
    )
}

pub(crate) fn newer_file(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("读不了 {path}"), format!("Cannot read {path}")),
        Text::new("它由更新的程序写成。", "A newer program wrote it."),
        Text::new("请使用新版本的 hecha；文件没有改动。", "Use the newer hecha; the file was not changed."),
    )
}

pub(crate) fn share(error: &ShareError) -> Failure {
    let what = match error {
        ShareError::Io { path, .. } | ShareError::ReadBack { path } => shown(path),
    };
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有写入共享文件（{what}）"), format!("The shared file was not written ({what})")),
        system_says(error),
        Text::new(
            "所有评分都在本机；请检查 U 盘或共享（空间、只读、是否已拔出）后再同步。",
            "All scores are on this laptop; check the stick or share (space, read-only, unplugged) and sync again.",
        ),
    )
    .in_short(match error {
        ShareError::Io { source, .. } => Trouble::of(source),
        ShareError::ReadBack { .. } => Trouble::NeedsPerson,
    })
}
