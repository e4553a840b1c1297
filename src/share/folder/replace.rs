//! Replaces a file so that a reader sees the old bytes or the new ones, never a mixture, and a lying disk is noticed.

use std::{io, path::Path};

use crate::share::{error::ShareError, folder::disk::Disk, limits::FILE_LIMIT};

/// First and last pause between tries when another program holds the file, in milliseconds.
const FIRST_PAUSE: u64 = 10;
const LAST_PAUSE: u64 = 1_600;

/// Writes `bytes` beside `target` under a short temporary name, reads them back, and renames them over `target`.
///
/// # Errors
/// [`ShareError::Io`] or [`ShareError::ReadBack`]; then `target` is as it was, and the temporary file is removed if
/// the system lets us.
pub fn replace(disk: &dyn Disk, target: &Path, bytes: &[u8], token: &str) -> Result<(), ShareError> {
    replace_by(disk, target, bytes, token, |temporary| disk.write_new(temporary, bytes))
}

/// As [`replace`], for what only the user of this laptop may read.
///
/// # Errors
/// As [`replace`].
pub fn replace_private(disk: &dyn Disk, target: &Path, bytes: &[u8], token: &str) -> Result<(), ShareError> {
    replace_by(disk, target, bytes, token, |temporary| disk.write_private(temporary, bytes))
}

fn replace_by(
    disk: &dyn Disk,
    target: &Path,
    bytes: &[u8],
    token: &str,
    write: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), ShareError> {
    let temporary = target.with_file_name(format!("~${token}.tmp"));
    let written = write(&temporary)
        .map_err(ShareError::io("write", &temporary))
        .and_then(|()| check(disk, &temporary, bytes))
        .and_then(|()| {
            patiently(disk, || disk.rename(&temporary, target)).map_err(ShareError::io("replace", target))
        });
    if written.is_err() {
        let _ = disk.remove(&temporary);
    }
    written
}

/// Gives `target` the bytes in place, for disks that refuse to rename, and reads them back.
///
/// # Errors
/// [`ShareError::Io`] or [`ShareError::ReadBack`]; then `target` may be a mixture of old and new.
pub fn overwrite(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> Result<(), ShareError> {
    disk.write_over(target, bytes).map_err(ShareError::io("write", target))?;
    check(disk, target, bytes)
}

/// Compares what comes back with what was written: some disks claim to have written when they are full.
fn check(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), ShareError> {
    let back = patiently(disk, || disk.read(path, FILE_LIMIT)).map_err(ShareError::io("read", path))?;
    if back == bytes { Ok(()) } else { Err(ShareError::ReadBack { path: path.to_owned() }) }
}

/// Does something with a file, again and again for 2.5 s while another program holds it.
pub(crate) fn patiently<T>(disk: &dyn Disk, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let mut pause = FIRST_PAUSE;
    loop {
        match act() {
            Err(error) if is_held(&error) && pause <= LAST_PAUSE => {
                disk.pause(pause);
                pause *= 2;
            }
            done => return done,
        }
    }
}

/// Virus scanners and readers hold files for moments on Windows; a file that is being deleted is held too. Error 5 may
/// also mean that something is not allowed: no way to tell.
pub(crate) fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}
