//! What the operating system answered, in words: it often speaks English only.

use std::{error::Error, io};

use crate::{
    domain::terms::lang::Text,
    share::{error::ShareError, folder::disk::regular::NotRegular},
};

/// The answer of the system as a sentence.
pub(crate) fn system_says(error: &(dyn Error + 'static)) -> Text {
    Text::new(format!("系统说：{}。", said(error)), format!("The system says: {error}."))
}

/// The answer in Chinese, with the system's own words behind it; without a full stop.
pub(crate) fn said(error: &(dyn Error + 'static)) -> String {
    let meaning = match error.downcast_ref() {
        Some(ShareError::ReadBack { .. }) => Some("写入后读回来不一样"),
        _ => io_error(error).and_then(|error| match NotRegular::of(error) {
            Some(what) => Some(not_regular(what)),
            None => meaning(error.kind()),
        }),
    };
    meaning.map_or_else(|| error.to_string(), |meaning| format!("{meaning}（{error}）"))
}

/// The answer of the system that an error was caused by.
fn io_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    let mut error = error;
    loop {
        match error.downcast_ref() {
            Some(found) => return Some(found),
            None => error = error.source()?,
        }
    }
}

/// What lies there instead of a file, in Chinese.
const fn not_regular(what: NotRegular) -> &'static str {
    match what {
        NotRegular::Link => "这是指向别处的链接，这里不跟随链接",
        NotRegular::Folder => "这是文件夹",
        NotRegular::Special => "这是管道、设备或套接字，不是文件",
    }
}

/// What the usual answers mean, in Chinese.
fn meaning(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    Some(match kind {
        Kind::NotFound => "没有这个文件或文件夹",
        Kind::PermissionDenied => "没有权限，或正被别的程序占用",
        Kind::AlreadyExists => "已经有同名的文件",
        Kind::StorageFull | Kind::QuotaExceeded => "空间已满",
        Kind::ReadOnlyFilesystem => "只读，不能写入",
        Kind::IsADirectory => "这是文件夹",
        Kind::NotADirectory => "路径中间的一段不是文件夹",
        Kind::InvalidFilename | Kind::InvalidInput => "名称不能用",
        Kind::FileTooLarge => "文件太大",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "正被别的程序占用",
        Kind::TimedOut => "等了太久没有回应",
        Kind::NotConnected
        | Kind::HostUnreachable
        | Kind::NetworkUnreachable
        | Kind::NetworkDown
        | Kind::StaleNetworkFileHandle => "共享已断开",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_answers_are_told_in_chinese_too() {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let told = system_says(&missing());
        assert_eq!(told.zh, format!("系统说：没有这个文件或文件夹（{}）。", missing()));
        assert_eq!(told.en, format!("The system says: {}.", missing()));
        let inside = ShareError::Io { action: "write", path: "a.hecha".into(), source: missing() };
        assert!(system_says(&inside).zh.contains("没有这个文件或文件夹（"), "{:?}", system_says(&inside));
        let changed = ShareError::ReadBack { path: "a.hecha".into() };
        assert!(said(&changed).starts_with("写入后读回来不一样（a.hecha"), "{}", said(&changed));
        for what in [NotRegular::Link, NotRegular::Folder, NotRegular::Special] {
            let told = system_says(&io::Error::from(what));
            assert_eq!(told.zh, format!("系统说：{}（{what}）。", not_regular(what)));
        }
        assert_eq!(system_says(&io::Error::other("x")).zh, "系统说：x。");
    }
}
