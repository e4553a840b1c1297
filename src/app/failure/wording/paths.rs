//! Words for files and folders that the user names.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    app::failure::{Exit, Failure, Trouble, system_words::system_says, wording::shown},
    domain::terms::{clean::clean_line, lang::Text},
    share::{error::ShareError, folder::name::is_portable},
};

/// A path as text, which the store needs.
pub(crate) fn path_text(path: &Path) -> Result<String, Failure> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let path = shown(path);
        Failure::new(
            Exit::Fixable,
            Text::new(format!("路径无法使用：{path}"), format!("The path cannot be used: {path}")),
            Text::new("路径里有不是 Unicode 的字符。", "It holds characters that are not Unicode."),
            Text::new(
                "请把文件放到普通名称的文件夹里。",
                "Put the file into a folder with an ordinary name.",
            ),
        )
    })
}

/// Why a shared file cannot have this name, because it goes from laptop to laptop. To be asked of the path as typed: Windows
/// reads the name of a device as the device, wherever it stands.
pub(crate) fn unportable(file: &Path) -> Option<Text> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if is_portable(&name) {
        return None;
    }
    let name = clean_line(&name);
    Some(Text::new(
        format!(
            "文件名“{name}”不是每台电脑都能用：不能含有 \\ : * ? \" < > |，不能以点或空格结尾，不能是 CON、NUL 等设备名。"
        ),
        format!(
            "Not every laptop takes the name “{name}”: it must not hold \\ : * ? \" < > |, end with a dot or space, or be that of a device such as CON or NUL."
        ),
    ))
}

pub(crate) fn path(path: &Path, error: &io::Error) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("打不开 {path}"), format!("Cannot open {path}")),
        system_says(error),
        Text::new(
            "请检查路径，U 盘或共享是否已连接。",
            "Check the path, and whether the stick or share is connected.",
        ),
    )
    .in_short(Trouble::of(error))
}

/// Files that are there already and may not be replaced.
pub(crate) fn in_the_way(paths: &[PathBuf], zh: &str, en: &str) -> Failure {
    let listed = paths.iter().map(|path| Text::new(shown(path), shown(path)));
    Failure::new(
        Exit::Fixable,
        Text::new(
            format!("没有{zh}，也没有改动任何文件"),
            format!("Nothing was {en}, and no file was changed"),
        ),
        Text::new("这些文件已经有了。", "These files exist already."),
        Text::new(
            "要覆盖就加 --replace，或换一个地方。",
            "Add --replace to replace them, or choose another place.",
        ),
    )
    .with_details(listed.collect())
}

pub(crate) fn export(error: &ShareError) -> Failure {
    let what = match error {
        ShareError::Io { path, .. } | ShareError::ReadBack { path } => shown(path),
    };
    Failure::new(
        Exit::Fixable,
        Text::new(format!("报告没有写入（{what}）"), format!("The report was not written ({what})")),
        system_says(error),
        Text::new(
            "请关闭正在打开它的程序，检查空间和权限，或换一个文件夹。",
            "Close the program that has it open, check space and permissions, or choose another folder.",
        ),
    )
}

pub(crate) fn report_folder(folder: &Path, error: &io::Error) -> Failure {
    let folder = shown(folder);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("报告不能放在 {folder}"), format!("Reports cannot be put into {folder}")),
        system_says(error),
        Text::new("请用 --out 换一个文件夹。", "Choose another folder with --out."),
    )
}
