//! Words for the data folder and the database of this laptop.

use std::{io, path::Path};

use crate::{
    app::failure::{Exit, Failure, system_words::system_says, wording::shown},
    domain::terms::lang::Text,
    share::error::ShareError,
    store::error::StoreError,
};

pub(crate) fn no_home() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("找不到数据文件夹。", "There is no data folder."),
        Text::new("系统没有给出用户目录。", "The system names no home folder."),
        Text::new("请用 --home DIR 或 HECHA_HOME 指定一个。", "Name one with --home DIR or HECHA_HOME."),
    )
}

/// What lies in the place of the database, or where it cannot be made.
pub(crate) fn database(path: &Path, error: &io::Error) -> Failure {
    let mut failure = home_folder(path, error);
    let path = shown(path);
    failure.what =
        Text::new(format!("不能打开本机数据库 {path}"), format!("Cannot open the local database {path}"));
    failure
}

/// What needs the day and cannot have it.
pub(crate) fn clock() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有执行：电脑的时钟不对。", "Nothing was done: the clock of this machine is wrong."),
        Text::new("它的日期不在 1970 年到 2999 年之间。", "Its day is not between the years 1970 and 2999."),
        Text::new(
            "请校准系统时间再试；评分和同步不看时钟，不受影响。",
            "Set the clock and try again; scores and syncs do not go by it.",
        ),
    )
}

pub(crate) fn home_folder(folder: &Path, error: &io::Error) -> Failure {
    let folder = shown(folder);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("不能使用数据文件夹 {folder}"), format!("The data folder {folder} cannot be used")),
        system_says(error),
        Text::new(
            "请检查权限和磁盘空间，或用 --home 换一个。",
            "Check permissions and disk space, or choose another with --home.",
        ),
    )
}

pub(crate) fn store(error: &StoreError, database: &Path) -> Failure {
    let path = shown(database);
    match error {
        StoreError::Newer { found, known } => Failure::new(
            Exit::Fixable,
            Text::new(format!("不能打开本机数据库 {path}"), format!("Cannot open the local database {path}")),
            Text::new(
                format!("它由更新的程序写成（版本 {found}，本程序只认到 {known}）。"),
                format!("A newer program wrote it (version {found}; this program knows up to {known})."),
            ),
            Text::new("请使用新版本的 hecha。数据没有改动。", "Use the newer hecha. Nothing was changed."),
        ),
        StoreError::Damaged { .. } => Failure::new(
            Exit::Damaged,
            Text::new(format!("本机数据库 {path} 有损坏"), format!("The local database {path} is damaged")),
            Text::new(format!("{error}。"), format!("{error}.")),
            Text::new(
                "请不要删除它，先复制一份，再联系技术支持。",
                "Do not delete it; copy it first, then ask for support.",
            ),
        ),
        other if !other.is_disk_trouble() => Failure::new(
            Exit::Damaged,
            Text::new(
                format!("本机数据库 {path} 读不出来"),
                format!("The local database {path} cannot be read"),
            ),
            Text::new(format!("数据库说：{other}。"), format!("The database says: {other}.")),
            Text::new(
                "请不要删除它，先复制一份，再运行 hecha doctor 并联系技术支持；已写入共享文件的不会丢。",
                "Do not delete it; copy it first, then run hecha doctor and ask for support; what is in the shared file is not lost.",
            ),
        ),
        other => Failure::new(
            Exit::Fixable,
            Text::new(
                format!("没有写入本机数据库 {path}"),
                format!("Nothing was written to the local database {path}"),
            ),
            Text::new(format!("数据库说：{other}。"), format!("The database says: {other}.")),
            Text::new(
                "请检查磁盘空间和文件夹权限后重试；以前保存的都在。",
                "Check disk space and folder permissions and try again; everything saved before is there.",
            ),
        ),
    }
}

pub(crate) fn damaged_store(database: &Path) -> Failure {
    store(&StoreError::Damaged { what: "commit" }, database)
}

/// A file to be attached could not be kept in the data folder.
pub(crate) fn evidence_not_kept(error: &ShareError) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有附上。", "Nothing was attached."),
        system_says(error),
        Text::new(
            "请检查本机磁盘空间和数据文件夹的权限后重试。",
            "Check disk space and the permissions of the data folder, then try again.",
        ),
    )
}
