//! Keeps the shared file's earlier bytes on this laptop before they are replaced.

use std::path::{Path, PathBuf};

use crate::share::{
    base64::{encode, sha256},
    disk::Disk,
    error::ShareError,
};

/// Generations kept.
const KEPT: usize = 20;

/// Sets bytes aside under `folder` and drops the oldest generations. The same bytes are kept once.
///
/// # Errors
/// [`ShareError::Io`].
pub fn set_aside(disk: &dyn Disk, folder: &Path, bytes: &[u8]) -> Result<Option<PathBuf>, ShareError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let generations = disk.list(folder).map_err(ShareError::io("list", folder))?;
    let [a, b, c, d, e, f, ..] = sha256(&[bytes]);
    let digest = encode(&[a, b, c, d, e, f]);
    if let Some(kept) = generations.iter().find(|path| name(path).ends_with(&format!("-{digest}.hecha"))) {
        return Ok(Some(kept.clone()));
    }
    let last =
        generations.last().and_then(|path| name(path).split('-').next()?.parse::<u64>().ok()).unwrap_or(0);
    let path = folder.join(format!("{:08}-{digest}.hecha", last + 1));
    disk.write_new(&path, bytes).map_err(ShareError::io("write", &path))?;
    let surplus = (generations.len() + 1).saturating_sub(KEPT);
    for old in generations.iter().take(surplus) {
        disk.remove(old).map_err(ShareError::io("remove", old))?;
    }
    Ok(Some(path))
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
