//! Where a command takes the passphrase from.

use std::{
    io::{self, Read},
    path::Path,
};

use crate::{
    app::{
        failure::Failure,
        files,
        session::Session,
        system,
        visit::passphrase::{self, Lock},
    },
    cli::{output::Output, usage::wrong_usage},
    domain::terms::lang::Text,
};

/// Most that is read of standard input, in bytes.
const INPUT_LIMIT: u64 = 4_096;

/// What names standard input: by its path it would be refused as a pipe.
const STANDARD_INPUT: [&str; 2] = ["-", "/dev/stdin"];

/// The passphrase of `--passphrase-file` (`-` is standard input), else of `HECHA_PASSPHRASE`.
pub(crate) fn given(source: Option<&Path>) -> Result<Option<String>, Failure> {
    let Some(path) = source else { return Ok(system::passphrase_from_environment()) };
    let bytes = if STANDARD_INPUT.iter().any(|name| path.as_os_str() == *name) {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(INPUT_LIMIT).read_to_end(&mut bytes);
        read.map_err(|_| wrong_usage(Text::new("读不了标准输入。", "Standard input cannot be read.")))?;
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
