//! Evidence taken out: opened, checked and written into a folder under names that say clause, member and number.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    app::{
        evidence::listing::Listed,
        failure::{Failure, wording},
        files::{self, stem::file_stem},
        session::Session,
    },
    domain::{
        edit::{BallotKey, evidence::EvidenceItem},
        terms::{digest::Digest, id::RectifyId},
    },
    share::{
        evidence::{
            folder::{self, Read},
            folder_beside, open,
        },
        folder::disk::RealDisk,
    },
};

/// What an export did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// Files written.
    pub files: Vec<PathBuf>,
    /// Things whose bytes have not arrived, or do not hold.
    pub missing: Vec<Listed>,
}

impl Session {
    /// Writes everything attached that may be seen here into a folder, which is made if needed. What was exported
    /// before under the same names is replaced.
    ///
    /// # Errors
    /// If the folder or a file cannot be written.
    pub(crate) fn export_evidence(&self, out: &Path) -> Result<Exported, Failure> {
        let out = std::path::absolute(out).map_err(|error| wording::path(out, &error))?;
        files::make_folder(&out).map_err(|error| wording::report_folder(&out, &error))?;
        let mut exported = Exported::default();
        let mut used = BTreeSet::new();
        for listed in self.evidence() {
            let Some(bytes) = self.evidence_bytes(&listed)? else {
                exported.missing.push(listed);
                continue;
            };
            let path = out.join(file_name(&listed, &mut used));
            files::write_whole(&path, &bytes)?;
            exported.files.push(path);
        }
        Ok(exported)
    }

    /// Writes what was handed in for an item of the ledger into a folder, which is made if needed. Gives the files, and the
    /// names of those whose bytes have not arrived or do not hold.
    ///
    /// # Errors
    /// If there is no such item, or the folder or a file cannot be written.
    pub(crate) fn export_proofs(
        &self,
        id: &RectifyId,
        out: &Path,
    ) -> Result<(Vec<PathBuf>, Vec<String>), Failure> {
        let item = self.on_ledger(id)?;
        let out = std::path::absolute(out).map_err(|error| wording::path(out, &error))?;
        files::make_folder(&out).map_err(|error| wording::report_folder(&out, &error))?;
        let (mut written, mut missing) = (Vec::new(), Vec::new());
        let proofs = item.submission.map(|it| it.proof.as_slice()).unwrap_or_default();
        for (n, proof) in (1..).zip(proofs) {
            let Some(bytes) = self.opened(&proof.item, &proof.digest, &[&proof.key])? else {
                missing.push(proof.item.name.clone());
                continue;
            };
            let extension = proof.item.media.extension(&proof.item.name);
            let path = out.join(format!("{}-{n}.{extension}", file_stem(id.as_str())));
            files::write_whole(&path, &bytes)?;
            written.push(path);
        }
        Ok((written, missing))
    }

    /// The bytes of a thing as they were attached; `None` if they are not at hand or are not those that were attached.
    fn evidence_bytes(&self, listed: &Listed) -> Result<Option<Vec<u8>>, Failure> {
        let feeds = self.visit.member(listed.member.as_str()).map(|state| state.feeds.clone());
        let keys: Vec<_> = feeds.iter().flatten().flat_map(|feed| self.keys.all(feed)).collect();
        self.opened(&listed.item, &listed.digest, &keys)
    }

    fn opened(
        &self,
        item: &EvidenceItem,
        digest: &Digest,
        keys: &[&BallotKey],
    ) -> Result<Option<Vec<u8>>, Failure> {
        let (own, others) = self.home.evidence(self.row.id.as_str())?;
        for folder in [own, others, folder_beside(&self.file)] {
            let Ok(Read::Whole(sealed)) = folder::read(&RealDisk, &folder, &item.sealed) else {
                continue;
            };
            let mut opened =
                keys.iter().filter_map(|key| open(key, &self.row.id, digest, item.size, &sealed));
            return Ok(opened.next());
        }
        Ok(None)
    }
}

/// `EM-02-陈思齐-1.jpg`. Nothing of the name comes from the attached file but a harmless extension. Two members whose
/// names differ only in characters that files may not have are told apart by a further number.
fn file_name(listed: &Listed, used: &mut BTreeSet<String>) -> String {
    let part = |text: &str| file_stem(text).chars().take(30).collect::<String>();
    let stem = format!("{}-{}-{}", part(listed.clause.as_str()), part(listed.member.as_str()), listed.n);
    let extension = listed.item.media.extension(&listed.item.name);
    let mut name = format!("{stem}.{extension}");
    let mut again = 2;
    // Some systems take names that differ only in case for the same.
    while !used.insert(name.to_lowercase()) {
        name = format!("{stem}-{again}.{extension}");
        again += 1;
    }
    name
}
