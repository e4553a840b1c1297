//! Words for an encrypted shared file and its passphrase.

use std::path::Path;

use crate::{
    app::failure::{Exit, Failure, Trouble},
    domain::terms::{clean::clean_line, lang::Text},
};

fn not_opened(path: &Path, why: Text, next: Text) -> Failure {
    let path = clean_line(&path.display().to_string());
    let what = Text::new(format!("打不开加密的 {path}"), format!("Cannot open the encrypted {path}"));
    Failure::new(Exit::Fixable, what, why, next)
}

/// The key is not on this laptop and no passphrase was given.
pub(crate) fn asks(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new(
            "它设了口令，这台电脑还没有用口令打开过；本机的评分都在，没有写入共享文件。",
            "It has a passphrase that this laptop was never given; all scores are on this laptop, none went to the file.",
        ),
        Text::new(
            "请向组长要口令，给一次即可：已加入用 hecha sync FILE --passphrase-file 文件，未加入用 hecha visit join FILE --name 姓名 --passphrase-file 文件，只查看就在命令后加 --passphrase-file 文件",
            "Ask the lead for it; once is enough: hecha sync FILE --passphrase-file PATH, before joining hecha visit join FILE --name NAME --passphrase-file PATH, or only to look --passphrase-file PATH with the command",
        ),
    )
    .in_short(Trouble::Locked)
}

/// The key of this laptop does not open the file.
pub(crate) fn other_key(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new(
            "它不是用本机的密钥加密的，或开头已损坏；文件没有改动。",
            "It is encrypted with another key than this laptop's, or its beginning is damaged; it was not changed.",
        ),
        Text::new(
            "请让组长同步一次；如果组长重新设过口令，请运行 hecha sync FILE --passphrase-file 文件",
            "Let the lead sync; if the lead set a passphrase anew, run hecha sync FILE --passphrase-file PATH",
        ),
    )
    .in_short(Trouble::Locked)
}

pub(crate) fn wrong(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new("口令不对；没有任何改动。", "The passphrase is wrong; nothing was changed."),
        Text::new(
            "请向组长核对现在的口令（大小写、空格、全角半角）。",
            "Check the present passphrase with the lead (case, spaces, full-width characters).",
        ),
    )
}

pub(crate) fn unsound(path: &Path) -> Failure {
    not_opened(
        path,
        Text::new(
            "文件开头的口令信息已损坏，或不是本程序写的。",
            "What it says about its passphrase is damaged, or not written by this program.",
        ),
        Text::new(
            "请让已加入的组员同步一次，然后再试。",
            "Let a member who has joined sync, then try again.",
        ),
    )
}

pub(crate) fn unusable() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有读到口令。", "There is no passphrase to use."),
        Text::new(
            "口令是第一行的 UTF-8 文字，不能是空的，也不能太长。",
            "It is the first line, UTF-8 text, neither empty nor very long.",
        ),
        Text::new("请检查口令文件。", "Check the passphrase file."),
    )
}

pub(crate) fn unfit() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("口令没有设置。", "The passphrase was not set."),
        Text::new(
            "口令太短或太长：至少 4 个汉字或 12 个字母。",
            "It is too short or too long: at least 12 letters or 4 Chinese characters.",
        ),
        Text::new(
            "请换一个口令，比如几个互不相干的词。",
            "Choose another one, for instance a few unrelated words.",
        ),
    )
}

pub(crate) fn nothing_to_forget() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有执行。", "Nothing was done."),
        Text::new(
            "这台电脑没有在等口令，或组长确实设过口令。",
            "This laptop is not waiting for a passphrase, or the lead did set one.",
        ),
        Text::new("请用 hecha visit info FILE 查看。", "See hecha visit info FILE."),
    )
}
