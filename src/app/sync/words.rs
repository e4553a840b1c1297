//! The words of a sync, a restore and a copy: notes, and failures that name where own edits are.

use std::path::Path;

use crate::{
    app::{
        failure::{Exit, Failure, system_words::said, wording},
        session::{SyncState, room::Beyond},
        sync::report::{SyncReport, Writing},
    },
    domain::terms::{clean::clean_line, lang::Text},
    share::{error::ShareError, folder::lock::Holder, limits::FILE_LIMIT},
    words::counted,
};

/// Where own edits are, as one line.
#[must_use]
pub fn state(state: SyncState) -> Text {
    let SyncState { pending, in_file, receipted } = state;
    Text::new(
        format!("本机待同步 {pending} · 已写入共享文件 {in_file} · 组长已收到 {receipted}"),
        format!("on this laptop {pending} · in the shared file {in_file} · seen by the lead {receipted}"),
    )
}

/// What a sync did, in a sentence.
#[must_use]
pub fn done(report: &SyncReport) -> Text {
    let state = state(report.state);
    let (zh, en) = match report.evidence {
        (_, 0) => (String::new(), String::new()),
        (have, known) => (format!(" · 照片 {have}/{known}"), format!(" · evidence {have}/{known}")),
    };
    let wait = files_waiting(report.n_files_waiting);
    Text::new(
        format!("同步完成：收到 {} 个新提交；{}{zh}{}", report.imported, state.zh, wait.zh),
        format!("Synced: {} new commits; {}{en}{}", report.imported, state.en, wait.en),
    )
}

/// That what was done before a sync is not undone by its failure.
#[must_use]
pub fn kept_here(failure: &Failure) -> Text {
    Text::new(
        format!("这已在本机，但还没有写入共享文件：{}", failure.why.zh),
        format!("This is on this laptop, not yet in the shared file: {}", failure.why.en),
    )
}

pub(crate) fn bad_lines(n: usize, path: &Path) -> Text {
    let name = name_of(path);
    Text::new(
        format!("{name} 里有 {n} 行无法验证，已隔离保存，没有采用。"),
        format!("{n} lines of {name} do not verify; they are set aside and not used."),
    )
}

/// Devices that are nobody's brought more than is taken in of such.
pub(crate) fn beyond(beyond: &Beyond) -> Text {
    let Beyond { n_commits, n_devices, .. } = beyond;
    Text::new(
        format!(
            "共享文件里有 {n_devices} 台电脑的 {n_commits} 条记录没有取入：没有核准的电脑只取入有限的记录。其中若有组员的电脑，请组长照其屏幕输入加入码核准。"
        ),
        format!(
            "{n_commits} records of {n_devices} laptops in the shared file are not taken in: of laptops that nobody admitted only so much is. If a member's is among them, the lead admits it by the join code on its screen."
        ),
    )
}

/// Files beside the shared one that no sync looks at, if there are any.
pub(crate) fn left_out(n: usize) -> Option<Text> {
    let note = Text::new(
        format!(
            "共享文件旁边的文件太多，有 {n} 个名称不像副本的没有看；改了名的副本可能漏掉，请把共享文件放在单独的文件夹里。"
        ),
        format!(
            "There are too many files beside the shared one: {n} that are not named like a copy were not looked at, so a renamed copy may be missed; keep the shared file in a folder of its own."
        ),
    );
    (n > 0).then_some(note)
}

pub(crate) fn overtaken() -> Text {
    Text::new(
        "共享文件没有收下本机的改动（有人同时在写，或磁盘没有真正写入）；它们都在本机，请稍后再同步。",
        "The shared file did not take this laptop's changes (others kept writing, or the disk did not write); all are on this laptop, sync again later.",
    )
}

pub(crate) fn side_file(side: &Path) -> Text {
    let name = name_of(side);
    Text::new(
        format!("本机的数据另存在旁边的 {name}，下一位同步的人会带上它；请不要删除。"),
        format!(
            "This laptop's data lies beside it as {name}; whoever syncs next picks it up, so do not delete it."
        ),
    )
}

pub(crate) fn healed() -> Text {
    Text::new(
        "共享文件有损坏，已用本机数据修复；损坏的原文件已留底。",
        "The shared file was damaged; it was repaired from this laptop, and the damaged bytes were kept.",
    )
}

pub(crate) fn waited(holder: &Holder) -> Text {
    let (user, host) = (clean_line(&holder.user), clean_line(&holder.host));
    Text::new(
        format!("{user}（{host}）一直占着共享文件，等了 20 秒后没有再等。"),
        format!("{user} ({host}) kept the shared file busy; this sync waited 20 s and went on."),
    )
}

pub(crate) fn no_generation(error: &ShareError) -> Text {
    Text::new(
        format!("共享文件的上一版没有留底（系统说：{}）；评分不受影响，请检查本机磁盘空间。", said(error)),
        format!(
            "The file's earlier bytes were not kept (the system says: {error}); no score depends on them, but check this laptop's disk space."
        ),
    )
}

/// The damaged file could not be kept, so it was not healed.
pub(crate) fn not_set_aside(error: &ShareError) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("损坏的共享文件没有修复。", "The damaged shared file was not repaired."),
        Text::new(
            format!("修复前要先留底，但没有写成；系统说：{}。", said(error)),
            format!("It must be kept before it is repaired, and that failed; the system says: {error}."),
        ),
        Text::new(
            "请检查本机的磁盘空间后再同步；所有评分都在本机。",
            "Check this laptop's disk space and sync again; all scores are on this laptop.",
        ),
    )
}

/// The shared file could not be written; says what else there is to do.
pub(crate) fn not_written(error: &ShareError, tried: Writing) -> Failure {
    let mut failure = wording::share(error);
    failure.next = match tried {
        // In place there would be no more room than beside: half a file would be what comes of it.
        Writing::Replace if is_out_of_room(error) => Text::new(
            "所有评分都在本机；U 盘或共享的空间用完了，请腾出空间后再同步，或用 hecha sync FILE --to OTHER.hecha 另存到别处。",
            "All scores are on this laptop; the stick or share has no room left: make room and sync again, or write a copy elsewhere with hecha sync FILE --to OTHER.hecha.",
        ),
        Writing::Replace => Text::new(
            "所有评分都在本机；请检查 U 盘或共享（空间、只读、是否已拔出）后再同步，仍不行可用 hecha sync FILE --in-place 直接覆盖，或 --to OTHER.hecha 另存一份。",
            "All scores are on this laptop; check the stick or share (space, read-only, unplugged) and sync again, else overwrite it with hecha sync FILE --in-place or write a copy with --to OTHER.hecha.",
        ),
        Writing::Overwrite if is_out_of_room(error) => Text::new(
            "所有评分都在本机，共享文件还是原来的样子；空间用完了，请腾出空间后再同步，或用 hecha sync FILE --to OTHER.hecha 另存到别处。",
            "All scores are on this laptop, and the shared file is as it was; there is no room left: make room and sync again, or write a copy elsewhere with hecha sync FILE --to OTHER.hecha.",
        ),
        Writing::Overwrite => Text::new(
            "所有评分都在本机；共享文件可能只写了一半，任何一位组员再同步会修复它。请用 hecha sync FILE --to OTHER.hecha 另存一份。",
            "All scores are on this laptop; the shared file may be half written, and any member's next sync repairs it. Write a copy with hecha sync FILE --to OTHER.hecha.",
        ),
    };
    failure
}

/// Whether the system refused because the disk, the quota or the longest file it allows is full.
fn is_out_of_room(error: &ShareError) -> bool {
    use std::io::ErrorKind as Kind;
    let ShareError::Io { source, .. } = error else { return false };
    matches!(source.kind(), Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge)
}

/// The visit has more records than a shared file may hold.
pub(crate) fn too_large(owner: &str, bytes: u64) -> Failure {
    let (mib, most) = (bytes >> 20, FILE_LIMIT >> 20);
    Failure::new(
        Exit::NeedsPerson,
        Text::new("没有写入共享文件。", "The shared file was not written."),
        Text::new(
            format!("记录超过共享文件的上限 {most} MiB；最多的是 {owner}，{mib} MiB。"),
            format!(
                "There are more records than the {most} MiB that a shared file holds; most are of {owner}, {mib} MiB."
            ),
        ),
        Text::new(
            "所有评分都在本机。请组长停用写入过多的电脑，并联系技术支持。",
            "All scores are on this laptop. The lead retires the laptop that wrote so much; ask for support.",
        ),
    )
}

/// Something else lies where a copy was to be written.
pub(crate) fn copy_in_the_way(path: &Path) -> Failure {
    let name = name_of(path);
    no_copy(Text::new(
        format!("{name} 已经存在，而且不是这次核查的副本；不会覆盖它。"),
        format!("{name} is there already and is no copy of this visit; it is not overwritten."),
    ))
}

/// A copy cannot have the name that was asked for.
pub(crate) fn no_copy(why: Text) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("副本没有写出。", "The copy was not written."),
        why,
        Text::new("请换一个文件名。", "Choose another name."),
    )
}

/// Attached files that wait for the next sync, to be said after how far they are; nothing if none does.
pub(crate) fn files_waiting(n: usize) -> Text {
    match n {
        0 => Text::default(),
        n => Text::new(
            format!("，还有 {n} 个文件等下一次同步"),
            format!(", {} for the next sync", counted(n, "more file waits", "more files wait")),
        ),
    }
}

/// There is no generation of that number, and no such file.
pub(crate) fn no_such_generation(from: &str) -> Failure {
    let from = clean_line(from);
    Failure::new(
        Exit::Fixable,
        Text::new("没有恢复。", "Nothing was restored."),
        Text::new(
            format!("没有第 {from} 个留底。"),
            format!("There is no generation {from} on this laptop."),
        ),
        Text::new(
            "请用 hecha restore FILE 查看有哪些，或给出一个文件。",
            "See which there are with hecha restore FILE, or name a file.",
        ),
    )
}

/// A file to restore from that holds nothing of this visit.
pub(crate) fn nothing_to_restore(path: &Path, why: Text) -> Failure {
    let name = name_of(path);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有从 {name} 恢复。"), format!("Nothing was restored from {name}.")),
        why,
        Text::new(
            "请用 hecha restore FILE 查看本机的留底；本机数据没有改动。",
            "See this laptop's generations with hecha restore FILE; nothing on this laptop was changed.",
        ),
    )
}

fn name_of(path: &Path) -> String {
    clean_line(&path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}
