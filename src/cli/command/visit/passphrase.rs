//! `hecha visit passphrase`: sets or changes the passphrase of the shared file.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session, visit::passphrase::Lock},
    cli::{command::sync, help::Help, output::Output, passphrase, usage::wrong_usage},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct PassphraseArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    passphrase_file: Option<PathBuf>,
    #[arg(long, conflicts_with = "passphrase_file")]
    forget: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "设置或更换共享文件的口令（组长）；首次设置后文件即加密",
        "Set or change the passphrase of the shared file (lead); the first one encrypts it",
    ))
    .file()
    .argument(
        "passphrase_file",
        Text::new(
            "新口令所在的文件（第一行），- 为标准输入",
            "File with the new passphrase (first line), - is standard input",
        ),
    )
    .argument(
        "forget",
        Text::new(
            "本机在等口令，而组长说没有设过口令时：忘记见过加密文件",
            "When this laptop waits for a passphrase and the lead says there is none: forget the encrypted file it saw",
        ),
    )
}

/// Sets or changes the passphrase, and syncs.
pub(crate) fn run(args: PassphraseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    if args.forget {
        session.perform(Deed::ForgetLock)?;
        out.say(&Text::new(
            "已忘记：本机不再等口令。",
            "Forgotten: this laptop no longer waits for a passphrase.",
        ));
        return Ok(());
    }
    let Some(passphrase) = passphrase::given(args.passphrase_file.as_deref())? else {
        return Err(wrong_usage(Text::new(
            "请用 --passphrase-file 给出新口令。",
            "Give the new passphrase with --passphrase-file.",
        )));
    };
    let was = session.lock();
    session.perform(Deed::SetPassphrase(passphrase))?;
    if was == Lock::Held {
        out.say(&Text::new(
            "口令已更换；已加入的组员不受影响。",
            "Passphrase changed; members who joined notice nothing.",
        ));
    } else {
        out.say(&Text::new(
            "口令已设置，共享文件从此加密；已加入的组员下次同步时要给一次口令。",
            "Passphrase set; the shared file is encrypted from now on. Members who joined give it once at their next sync.",
        ));
        out.note(&Text::new(
            "以前的明文副本（网盘旧版本、备份、U 盘上的其他文件）请自行删除。",
            "Delete earlier plain copies yourself: old versions of a cloud folder, backups, other files on the stick.",
        ));
    }
    sync::deliver(&mut session, out);
    Ok(())
}
