//! Words for damage in the database of this laptop: what it is, what is lost by it, what is put right, what to do.

use std::path::Path;

use crate::{
    app::failure::{
        Exit, Failure,
        damage::{Damage, Fate, Part},
        wording::shown,
    },
    domain::terms::{clean::clean_line, lang::Text},
};

/// Clauses that are named.
const MOST_CLAUSES: usize = 20;

impl Damage {
    /// What is damaged, what becomes of it, and what is lost. One or two sentences.
    #[must_use]
    pub fn text(self) -> Text {
        let what = what(self.part, self.n);
        let fate = fate(self.part, self.fate);
        Text::new(format!("{}{}", what.zh, fate.zh), format!("{} {}", what.en, fate.en))
    }

    /// What to do about it.
    #[must_use]
    pub fn next(self) -> Text {
        match (self.part, self.fate) {
            (_, Fate::Mended) => Text::new(
                "打开这次核查或运行 hecha sync FILE，就会修好。",
                "Open this visit or run hecha sync FILE: that puts it right.",
            ),
            (_, Fate::Awaited) => Text::new(
                "运行 hecha sync FILE，从共享文件取回；共享文件里也没有的，请其作者用自己的电脑同步一次。",
                "Run hecha sync FILE to bring it from the shared file; what is not there either comes when its author syncs.",
            ),
            (Part::RecoveryCode, Fate::Lost | Fate::Fatal) => Text::new(
                "已抄下的恢复码仍然有效，请保管好；把它给 hecha visit join FILE --name NAME --recovery CODE，本机就重新记住它。",
                "The code that was copied down still holds; keep it. Give it to hecha visit join FILE --name NAME --recovery CODE and this laptop has it again.",
            ),
            (Part::Waivers, Fate::Lost) => Text::new(
                "不用做什么；定稿时程序会再问一次理由。",
                "Nothing; on finalising the reasons are asked for once more.",
            ),
            (_, Fate::Lost) => Text::new(
                "打开这次核查，核对自己的评分，缺的重新评一次，再同步。",
                "Open this visit, look through your own votes, score again what is missing, and sync.",
            ),
            (Part::Founding, Fate::Fatal) => Text::new(
                "插上有共享文件（或它的副本）的 U 盘，再试一次。",
                "Plug in the stick with the shared file or a copy of it, and try again.",
            ),
            (Part::BallotKey, Fate::Fatal) => Text::new(
                "用加入时抄下的恢复码运行 hecha visit join FILE --name NAME --recovery CODE。",
                "Run hecha visit join FILE --name NAME --recovery CODE with the code that was copied down on joining.",
            ),
            (_, Fate::Fatal) => Text::new(
                "插上有共享文件（或它的副本）的 U 盘再试一次；仍然不行时，先复制一份数据文件夹，再用 --home 另选一个，运行 hecha visit join FILE --name NAME --recovery CODE，由组长确认。",
                "Plug in the stick with the shared file or a copy and try again. If that does not do, copy the data folder, choose another with --home and run hecha visit join FILE --name NAME --recovery CODE there; the lead admits it.",
            ),
        }
    }
}

fn what(part: Part, n: usize) -> Text {
    match part {
        Part::Founding => Text::new(
            "本机数据库里建立核查的记录和存入时不同，或已缺失。",
            "The record that founded the visit is gone from the local database or is not what was stored.",
        ),
        Part::OwnCommits => Text::new(
            format!("本机数据库里有 {n} 条您自己的记录和存入时不同，或已缺失。"),
            format!("{n} of your own records in the local database are gone or are not what was stored."),
        ),
        Part::Commits => Text::new(
            format!("本机数据库里有 {n} 条记录和存入时不同（磁盘损坏或被改动）；没有采用，也不会传给别人。"),
            format!(
                "{n} records in the local database are not what was stored (a broken disk, or an edit); they are not used and not passed on."
            ),
        ),
        Part::OpenEdits => Text::new(
            format!("本机数据库里有 {n} 条还没同步的评分或改动和存入时不同。"),
            format!("{n} of your changes that were not synced yet are not what was stored."),
        ),
        Part::EditsGone => Text::new(
            format!("本机数据库里少了 {n} 条您的改动。"),
            format!("{n} of your changes are gone from the local database."),
        ),
        Part::UndoHistory => Text::new(
            format!("本机数据库的撤销记录里有 {n} 条和存入时不同。"),
            format!("{n} entries of the undo history are not what was stored."),
        ),
        Part::EditNumbers => Text::new(
            format!("本机数据库里有 {n} 条改动的同步标记和存入时不同。"),
            format!("The sync marks of {n} of your changes are not what was stored."),
        ),
        Part::Name => Text::new(
            "本机数据库里您的姓名和加入时不同。",
            "Your name in the local database is not the one you joined under.",
        ),
        Part::DeviceKey => Text::new(
            "本机签名用的密钥损坏、缺失，或不是加入时的那一个。",
            "The key this laptop signs with is damaged, gone, or not the one it joined with.",
        ),
        Part::BallotKey => Text::new(
            "本机封存评分用的密钥损坏、缺失，或不是加入时的那一个。",
            "The key that seals your ballot is damaged, gone, or not the one this laptop joined with.",
        ),
        Part::RecoveryCode => Text::new(
            "本机存的恢复码损坏、缺失，或不是这台电脑的。",
            "The recovery code stored here is damaged, gone, or not this laptop's.",
        ),
        Part::VisitKey => Text::new(
            "本机存的共享文件密钥损坏，或不是组长设的那一个。",
            "The key of the encrypted file stored here is damaged, or not the one the lead set.",
        ),
        Part::Notes => Text::new(
            "本机数据库里关于文件位置和同步进度的标记和存入时不同。",
            "Notes in the local database on where the file is and how far it is synced are not what was stored.",
        ),
        Part::Waivers => Text::new(
            format!("本机数据库里有 {n} 条豁免理由和写下时不同。"),
            format!("{n} of the reasons for letting something pass are not what was written."),
        ),
        Part::Index => Text::new(
            "本机数据库的索引和数据对不上。",
            "An index of the local database does not match its table.",
        ),
    }
}

fn fate(part: Part, fate: Fate) -> Text {
    match (part, fate) {
        (Part::UndoHistory, Fate::Mended) => Text::new(
            "评分本身都在记录里，没有丢；这几步不能再撤销。",
            "The votes themselves stand in the records and are not lost; these steps cannot be undone any more.",
        ),
        (Part::VisitKey, Fate::Mended) => Text::new(
            "没有丢评分；下次打开要输入一次口令。",
            "No vote is lost; the next opening asks for the passphrase once.",
        ),
        (Part::OwnCommits, Fate::Mended) => Text::new(
            "没有丢：共享文件、副本、旧版本或本机另有一份。",
            "Nothing is lost: the shared file, a copy, an earlier version or another place here has it.",
        ),
        (_, Fate::Mended) => Text::new("没有丢，能修好。", "Nothing is lost; it can be put right."),
        (_, Fate::Awaited) => Text::new("共享文件会再带来。", "The shared file brings them again."),
        (Part::RecoveryCode, Fate::Lost | Fate::Fatal) => Text::new("评分没有丢。", "No vote is lost."),
        (Part::EditsGone, Fate::Lost) => {
            Text::new("已经同步的都在；没同步的丢了。", "What was synced is there; what was not is lost.")
        }
        (Part::Waivers, Fate::Lost) => {
            Text::new("没有采用，评分没有丢。", "They are not used, and no vote is lost.")
        }
        (_, Fate::Lost) => Text::new(
            "它们不会传给别人；已经同步的都在。",
            "They go to nobody; everything that was synced is there.",
        ),
        (Part::Founding, Fate::Fatal) => Text::new(
            "手头的共享文件和副本里也没有；找到以前这次核查打不开，评分都还在。",
            "The shared file and copies at hand do not have it either; the visit does not open until one does. The votes are still there.",
        ),
        (Part::OwnCommits, Fate::Fatal) => Text::new(
            "手头的共享文件和副本里也没有；为了不接着错的地方往下写，这次核查不打开。已写入共享文件的不会丢。",
            "The shared file and copies at hand do not have them either; the visit does not open, so that nothing goes on from a wrong place. What is in the shared file is not lost.",
        ),
        (_, Fate::Fatal) => Text::new(
            "没有它就不能以您的身份继续，这次核查不打开。已写入共享文件的不会丢。",
            "Without it nothing can go on in your name, and the visit does not open. What is in the shared file is not lost.",
        ),
    }
}

/// Damage without which a visit does not open.
pub(crate) fn damage(damages: &[Damage], file: &Path, database: &Path) -> Failure {
    let fatal: Vec<&Damage> = damages.iter().filter(|it| it.fate == Fate::Fatal).collect();
    let path = shown(database);
    let file = shown(file);
    let failure = Failure::new(
        Exit::Damaged,
        Text::new(
            format!("本机数据库 {path} 有损坏，{file} 没有打开"),
            format!("The local database {path} is damaged; {file} was not opened"),
        ),
        fatal.first().map_or_else(|| Text::new("", ""), |it| it.text()),
        fatal.first().map_or_else(|| Text::new("", ""), |it| it.next()),
    );
    failure.with_details(fatal.iter().skip(1).map(|it| it.text()).collect())
}

/// Own edits that were not synced and do not hold any more: told once, and then the visit opens without them.
pub(crate) fn edits_set_aside(damages: &[Damage], edits: &[String], database: &Path) -> Failure {
    let path = shown(database);
    let lost: Vec<&Damage> = damages.iter().filter(|it| it.is_of_votes()).collect();
    let mut clauses: Vec<String> = edits.iter().filter_map(|json| clause_of(json)).collect();
    clauses.sort();
    clauses.dedup();
    clauses.truncate(MOST_CLAUSES);
    let failure = Failure::new(
        Exit::Damaged,
        Text::new(
            format!("本机数据库 {path} 有损坏，这一次没有执行"),
            format!("The local database {path} is damaged; this time nothing was done"),
        ),
        lost.first().map_or_else(|| Text::new("", ""), |it| it.text()),
        Text::new(
            "它们已移到一边，再运行一次就能继续；请核对自己的评分，缺的重新评一次，再同步。",
            "They were set aside, and the next run goes on. Look through your own votes, score again what is missing, and sync.",
        ),
    );
    let about = (!clauses.is_empty()).then(|| {
        Text::new(
            format!("可能涉及的条款：{}", clauses.join("、")),
            format!("Clauses that may be concerned: {}", clauses.join(", ")),
        )
    });
    failure.with_details(lost.iter().skip(1).map(|it| it.text()).chain(about).collect())
}

/// The clause that a changed edit still names.
fn clause_of(json: &str) -> Option<String> {
    let (_, rest) = json.split_once("\"c\":\"")?;
    let (clause, _) = rest.split_once('"')?;
    Some(clean_line(&clause.chars().take(20).collect::<String>())).filter(|clause| !clause.is_empty())
}
