//! The words of failures, in one place, so that CLI and TUI say the same.

use std::{io, path::Path};

use crate::{
    app::{
        failure::{Exit, Failure, Trouble, system_words::system_says},
        home::Home,
    },
    domain::{edit::finding::FindingError, terms::lang::Text, visit::Barrier},
    share::{error::ShareError, folder::name::is_portable},
    store::error::StoreError,
};

fn text(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}

fn shown(path: &Path) -> String {
    crate::domain::terms::clean::clean_line(&path.display().to_string())
}

/// A path as text, which the store needs.
pub(crate) fn path_text(path: &Path) -> Result<String, Failure> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let path = shown(path);
        Failure::new(
            Exit::Fixable,
            Text::new(format!("路径无法使用：{path}"), format!("The path cannot be used: {path}")),
            text("路径里有不是 Unicode 的字符。", "It holds characters that are not Unicode."),
            text("请把文件放到普通名称的文件夹里。", "Put the file into a folder with an ordinary name."),
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
    let name = crate::domain::terms::clean::clean_line(&name);
    Some(Text::new(
        format!(
            "文件名“{name}”不是每台电脑都能用：不能含有 \\ : * ? \" < > |，不能以点或空格结尾，不能是 CON、NUL 等设备名。"
        ),
        format!(
            "Not every laptop takes the name “{name}”: it must not hold \\ : * ? \" < > |, end with a dot or space, or be that of a device such as CON or NUL."
        ),
    ))
}

pub(crate) fn no_home() -> Failure {
    Failure::new(
        Exit::Fixable,
        text("找不到数据文件夹。", "There is no data folder."),
        text("系统没有给出用户目录。", "The system names no home folder."),
        text("请用 --home DIR 或 HECHA_HOME 指定一个。", "Name one with --home DIR or HECHA_HOME."),
    )
}

pub(crate) fn home_folder(folder: &Path, error: &io::Error) -> Failure {
    let folder = shown(folder);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("不能使用数据文件夹 {folder}"), format!("The data folder {folder} cannot be used")),
        system_says(error),
        text(
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
            text("请使用新版本的 hecha。数据没有改动。", "Use the newer hecha. Nothing was changed."),
        ),
        StoreError::Damaged { .. } => Failure::new(
            Exit::Damaged,
            Text::new(format!("本机数据库 {path} 有损坏"), format!("The local database {path} is damaged")),
            Text::new(format!("{error}。"), format!("{error}.")),
            text(
                "请不要删除它，先复制一份，再联系技术支持。",
                "Do not delete it; copy it first, then ask for support.",
            ),
        ),
        other => {
            let exit = if other.is_disk_trouble() { Exit::Fixable } else { Exit::Damaged };
            Failure::new(
                exit,
                Text::new(
                    format!("没有写入本机数据库 {path}"),
                    format!("Nothing was written to the local database {path}"),
                ),
                Text::new(format!("数据库说：{other}。"), format!("The database says: {other}.")),
                text(
                    "请检查磁盘空间和文件夹权限后重试；以前保存的都在。",
                    "Check disk space and folder permissions and try again; everything saved before is there.",
                ),
            )
        }
    }
}

pub(crate) fn damaged_store(home: &Home) -> Failure {
    store(&StoreError::Damaged { what: "commit" }, &home.database())
}

pub(crate) fn path(path: &Path, error: &io::Error) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("打不开 {path}"), format!("Cannot open {path}")),
        system_says(error),
        text(
            "请检查路径，U 盘或共享是否已连接。",
            "Check the path, and whether the stick or share is connected.",
        ),
    )
    .in_short(Trouble::of(error))
}

pub(crate) fn not_joined(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(
            format!("这台电脑还没有加入 {path} 的核查"),
            format!("This laptop has not joined the visit of {path}"),
        ),
        text("加入之后才能评分和同步。", "Scoring and syncing need a name on the panel."),
        text("请运行：hecha visit join FILE --name 姓名", "Run: hecha visit join FILE --name NAME"),
    )
}

pub(crate) fn other_visit(path: &Path) -> Failure {
    let path = shown(path);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("{path} 属于另一次核查"), format!("{path} belongs to another visit")),
        text(
            "这个位置原来是本机已加入的核查的文件，现在被换成了别的。",
            "The file of the visit this laptop joined was replaced by another one here.",
        ),
        text(
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
        text("0 字节是损坏，不是没有人评分。", "Zero bytes are damage, not a panel without scores."),
        text(
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
        text("文件开头不是 HECHA1。", "It does not begin with HECHA1."),
        text(
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
        text("文件不完整，或有几行无法验证。", "It is cut short, or lines of it do not verify."),
        text(
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
        text("它由更新的程序写成。", "A newer program wrote it."),
        text("请使用新版本的 hecha；文件没有改动。", "Use the newer hecha; the file was not changed."),
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
        text(
            "所有评分都在本机；请检查 U 盘或共享（空间、只读、是否已拔出）后再同步。",
            "All scores are on this laptop; check the stick or share (space, read-only, unplugged) and sync again.",
        ),
    )
    .in_short(match error {
        ShareError::Io { source, .. } => Trouble::of(source),
        ShareError::ReadBack { .. } => Trouble::NeedsPerson,
    })
}

pub(crate) fn export(error: &ShareError) -> Failure {
    let what = match error {
        ShareError::Io { path, .. } | ShareError::ReadBack { path } => shown(path),
    };
    Failure::new(
        Exit::Fixable,
        Text::new(format!("报告没有写入（{what}）"), format!("The report was not written ({what})")),
        system_says(error),
        text(
            "请关闭正在打开它的程序，检查空间和权限，或换一个文件夹。",
            "Close the program that has it open, check space and permissions, or choose another folder.",
        ),
    )
}

/// A file to be attached could not be kept in the data folder.
pub(crate) fn evidence_not_kept(error: &ShareError) -> Failure {
    Failure::new(
        Exit::Fixable,
        text("没有附上。", "Nothing was attached."),
        system_says(error),
        text(
            "请检查本机磁盘空间和数据文件夹的权限后重试。",
            "Check disk space and the permissions of the data folder, then try again.",
        ),
    )
}

pub(crate) fn report_folder(folder: &Path, error: &io::Error) -> Failure {
    let folder = shown(folder);
    Failure::new(
        Exit::Fixable,
        Text::new(format!("报告不能放在 {folder}"), format!("Reports cannot be put into {folder}")),
        system_says(error),
        text("请用 --out 换一个文件夹。", "Choose another folder with --out."),
    )
}

pub(crate) fn checklist_problems(id: &str, listed: Text) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new(format!("清单 {id} 不能使用"), format!("The checklist {id} cannot be used")),
        text("清单里有错误，全部列在下面。", "It has errors, all listed below."),
        text("请改好后用 hecha checklist check 检查。", "Mend them and check with hecha checklist check."),
    )
    .with_details(vec![listed])
}

pub(crate) fn barrier(barrier: Barrier) -> Failure {
    let (exit, why, next) = match barrier {
        Barrier::Submitted => (
            Exit::Fixable,
            text("您的评分已经提交，提交后不能再改。", "Your ballot is submitted and sealed for good."),
            text("如确需更改，请组长记录合议结论。", "If something must change, the lead records a verdict."),
        ),
        Barrier::Closed => (
            Exit::Fixable,
            text("组长已关闭评分。", "The lead has closed scoring."),
            text("请与组长联系。", "Ask the lead."),
        ),
        Barrier::Final => (
            Exit::Fixable,
            text("核查已定稿。", "The visit is final."),
            text("定稿后不再更改。", "Nothing changes after that."),
        ),
        Barrier::Recused => (
            Exit::Fixable,
            text("您对这个条款回避。", "You are recused from this clause."),
            text("请跳过它。", "Leave it out."),
        ),
        Barrier::NotAMember => (
            Exit::NeedsPerson,
            text(
                "这台电脑不在专家组名单上，或尚未被组长确认。",
                "This laptop is not on the roster, or the lead has not admitted it.",
            ),
            text("请组长确认您的设备。", "Ask the lead to admit it."),
        ),
    };
    Failure::new(exit, text("评分没有记录。", "The vote was not recorded."), why, next)
}

pub(crate) fn sign_after_submitting() -> Failure {
    Failure::new(
        Exit::Fixable,
        text("没有签字。", "Nothing was signed."),
        text("您自己的评分还没有提交。", "Your own ballot is not submitted."),
        text("请先提交，再核对结论后签字。", "Submit it, look at the verdicts, then sign."),
    )
}

/// Which clause, point or value of a vote is wrong, as one line.
pub(crate) fn finding(clause: &str, point: &str, error: &FindingError) -> Text {
    let (zh, en) = match error {
        FindingError::ZeroDenominator => (
            "分母为 0，不能算作核查结果；没有样本请记为不适用。".to_owned(),
            "a zero denominator is not a finding; without a sample mark it not applicable".to_owned(),
        ),
        FindingError::NumeratorAboveDenominator { numerator, denominator } => (
            format!("分子 {numerator} 大于分母 {denominator}。"),
            format!("the numerator {numerator} is above the denominator {denominator}"),
        ),
        FindingError::WrongKind { measure } => {
            let (zh, en) = expected(measure);
            (format!("这个要点要填{zh}。"), format!("this point takes {en}"))
        }
        FindingError::UnknownItem { item } => {
            (format!("清单里没有 {item}。"), format!("the list has no item {item}"))
        }
        FindingError::AlwaysApplies => {
            ("这个要点不能记为不适用。".to_owned(), "this point may not be marked not applicable".to_owned())
        }
    };
    Text::new(format!("{clause} {point}：{zh}"), format!("{clause} {point}: {en}"))
}

fn expected(measure: &str) -> (&'static str, &'static str) {
    match measure {
        "ratio" => ("“合格数/总数”，如 9/10", "met/sampled, e.g. 9/10"),
        "number" => ("数值，如 37.5", "a number, e.g. 37.5"),
        "inventory" => (
            "“物品:状态”，如 defibrillator:ok,monitor:faulty",
            "item:state, e.g. defibrillator:ok,monitor:faulty",
        ),
        "count" => ("项目编号，如 T-01,T-07", "item ids, e.g. T-01,T-07"),
        _ => ("yes 或 no", "yes or no"),
    }
}

/// Votes that do not hold, each with its line.
pub(crate) fn bad_votes(details: Vec<Text>) -> Failure {
    Failure::new(
        Exit::Fixable,
        text("评分没有记录。", "No vote was recorded."),
        text("下面各处不对：", "These do not hold:"),
        text("请改正后重试；已有的评分没有变动。", "Mend them and try again; earlier votes are unchanged."),
    )
    .with_details(details)
}

pub(crate) fn lead_only() -> Failure {
    Failure::new(
        Exit::Fixable,
        text("没有执行。", "Nothing was done."),
        text("只有组长的电脑可以这样做。", "Only the lead's laptop may do this."),
        text("请在组长的电脑上操作。", "Do it on the lead's laptop."),
    )
}

pub(crate) fn unknown(zh: &str, en: &str, id: &str, near: Option<&str>) -> Failure {
    let id = crate::domain::terms::clean::clean_line(id);
    let next = near.map_or_else(
        || text("请用 hecha checklist show 查看。", "See hecha checklist show."),
        |near| Text::new(format!("是不是 {near}？"), format!("Did you mean {near}?")),
    );
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有这个{zh}：{id}"), format!("There is no {en} {id}")),
        text("编号要与本次核查的清单一致。", "The id must be one of this visit's checklist."),
        next,
    )
}

/// Files that are there already and may not be replaced.
pub(crate) fn in_the_way(paths: &[std::path::PathBuf], zh: &str, en: &str) -> Failure {
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
