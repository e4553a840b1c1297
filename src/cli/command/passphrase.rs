//! Where a command takes the passphrase from, and `hecha visit passphrase`.

use std::{
    io::{self, Read},
    path::Path,
};

use crate::{
    app::{
        deed::Deed,
        failure::Failure,
        files,
        home::Home,
        session::Session,
        system,
        visit::passphrase::{self, Lock},
    },
    cli::{args::PassphraseArgs, command::sync, output::Output, wrong_usage},
    domain::terms::lang::Text,
};

/// Most that is read of standard input, in bytes.
const INPUT_LIMIT: u64 = 4_096;

/// The passphrase of `--passphrase-file` (`-` is standard input), else of `HECHA_PASSPHRASE`.
pub(crate) fn given(source: Option<&Path>) -> Result<Option<String>, Failure> {
    let Some(path) = source else { return Ok(system::passphrase_from_environment()) };
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(INPUT_LIMIT).read_to_end(&mut bytes);
        read.map_err(|_| wrong_usage("读不了标准输入。", "Standard input cannot be read."))?;
        bytes
    } else {
        files::read(path)?
    };
    passphrase::from_bytes(&bytes).map(Some)
}

/// Says so if a passphrase was given and the file has none: it may not be the file the user thinks it is.
pub(crate) fn note_unused(session: &Session, given: Option<&str>, out: &Output) {
    if given.is_some() && session.lock() == Lock::Open {
        out.note(&Text::new(
            "共享文件没有加密，口令没有用到。",
            "The shared file is not encrypted; the passphrase was not used.",
        ));
    }
}

/// Sets or changes the passphrase, and syncs.
pub(crate) fn set(args: &PassphraseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    if args.forget {
        session.perform(Deed::ForgetLock)?;
        out.say("已忘记：本机不再等口令。", "Forgotten: this laptop no longer waits for a passphrase.");
        return Ok(());
    }
    let Some(passphrase) = given(args.passphrase_file.as_deref())? else {
        return Err(wrong_usage(
            "请用 --passphrase-file 给出新口令。",
            "Give the new passphrase with --passphrase-file.",
        ));
    };
    let was = session.lock();
    session.perform(Deed::SetPassphrase(passphrase))?;
    if was == Lock::Held {
        out.say(
            "口令已更换；已加入的组员不受影响。",
            "Passphrase changed; members who joined notice nothing.",
        );
    } else {
        out.say(
            "口令已设置，共享文件从此加密；已加入的组员下次同步时要给一次口令。",
            "Passphrase set; the shared file is encrypted from now on. Members who joined give it once at their next sync.",
        );
        out.note(&Text::new(
            "以前的明文副本（网盘旧版本、备份、U 盘上的其他文件）请自行删除。",
            "Delete earlier plain copies yourself: old versions of a cloud folder, backups, other files on the stick.",
        ));
    }
    sync::deliver(&mut session, out);
    Ok(())
}
