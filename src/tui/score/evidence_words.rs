//! Texts of the dialog in which photos and files are attached.

use crate::{
    domain::terms::lang::{Lang, Text},
    words::{counted, sayings},
};

sayings! {
    title = "照片和文件", "Photos and files";
    path = "路径", "Path";
    help = "粘贴或拖入路径，或按上下选文件：空格勾选，回车附上，Del 取下", "Paste or drop a path, or choose: Space marks, Enter attaches, Del removes";
    attaching = "正在附上...", "Attaching...";
    reading = "正在读取...", "reading...";
    attached = "已附", "attached";
    nothing_chosen = "先粘贴路径，或勾选文件", "Paste a path or mark files first";
    attached_part = "附件", "Attached";
}

pub(crate) fn folder(lang: Lang, folder: &str) -> String {
    Text::new(format!("文件夹 {folder}"), format!("Folder {folder}")).said(lang)
}

/// The number of things attached, in few cells.
pub(crate) fn count(lang: Lang, n: usize) -> String {
    Text::new(format!("附{n}"), format!("+{n}")).said(lang)
}

pub(crate) fn taken_back(lang: Lang, name: &str) -> String {
    Text::new(format!("已取下 {name}(可撤销)"), format!("Taken back: {name} (can be undone)")).said(lang)
}

pub(crate) fn done(lang: Lang, clause: &str, n: usize) -> String {
    Text::new(
        format!("{clause} 已附上 {n} 个文件"),
        format!("{} attached to {clause}", counted(n, "file", "files")),
    )
    .said(lang)
}
