//! Evidence as it lies beside the shared file: sealed with the member's key and named by the hash of the sealed bytes.

pub mod folder;
pub mod photo;

use std::path::{Path, PathBuf};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::{
    domain::{
        edit::{BallotKey, evidence::EVIDENCE_LIMIT},
        terms::{digest::Digest, id::VisitId},
    },
    share::{code::base64::sha256, file::seal::subkey},
};

/// What every sealed file begins with.
const MAGIC: &[u8; 8] = b"HECHAE1\n";
/// What a sealed file is bound to, before visit and digest.
const DOMAIN: &str = "hecha-evidence-1\0";
/// What the key of photos and files is derived with.
const SUBKEY: &str = "hecha-sealed-file-1\0";
/// Bytes of a nonce.
const NONCE: usize = 24;
/// Bytes of the tag that the cipher appends.
const TAG: usize = 16;
/// Plain bytes are padded with zeros to a multiple of this, so that a length does not tell which photo it is.
const BLOCK: usize = 64 << 10;
/// Smallest sealed file, in bytes.
pub const SEALED_LEAST: u64 = (MAGIC.len() + NONCE + TAG) as u64;
/// Largest sealed file, in bytes.
pub const SEALED_LIMIT: u64 = EVIDENCE_LIMIT + (MAGIC.len() + NONCE + TAG) as u64;

/// A file sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// SHA-256 of the plain bytes.
    pub digest: Digest,
    /// SHA-256 of the sealed bytes: the name.
    pub name: Digest,
    /// The sealed bytes.
    pub bytes: Vec<u8>,
}

/// SHA-256 of bytes.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> Digest {
    Digest(sha256(&[bytes]))
}

/// Seals bytes for a visit. `None` only if the cipher refuses the size, which [`EVIDENCE_LIMIT`] is far below.
#[must_use]
pub fn seal(key: &BallotKey, nonce: [u8; NONCE], visit: &VisitId, mut plain: Vec<u8>) -> Option<SealedFile> {
    let digest = digest_of(&plain);
    plain.resize(plain.len().next_multiple_of(BLOCK), 0);
    let payload = Payload { msg: &plain, aad: &bound_to(visit, &digest) };
    let cipher_text =
        XChaCha20Poly1305::new(&subkey(key, SUBKEY).into()).encrypt(&XNonce::from(nonce), payload).ok()?;
    let bytes = [MAGIC.as_slice(), &nonce, &cipher_text].concat();
    Some(SealedFile { digest, name: digest_of(&bytes), bytes })
}

/// Opens sealed bytes; `None` unless key, visit, digest and size are the right ones.
#[must_use]
pub fn open(key: &BallotKey, visit: &VisitId, digest: &Digest, size: u64, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, cipher_text) = sealed.strip_prefix(MAGIC)?.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let payload = Payload { msg: cipher_text, aad: &bound_to(visit, digest) };
    let mut plain =
        XChaCha20Poly1305::new(&subkey(key, SUBKEY).into()).decrypt(&XNonce::from(nonce), payload).ok()?;
    let size = usize::try_from(size).ok().filter(|size| *size <= plain.len())?;
    plain.truncate(size);
    (digest_of(&plain) == *digest).then_some(plain)
}

/// Whether bytes are a sealed file and the ones that the name promises.
#[must_use]
pub fn is_whole(name: &Digest, bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && digest_of(bytes) == *name
}

/// The folder beside a shared file where its evidence lies: `visit.hecha` has `visit.files`.
#[must_use]
pub fn folder_beside(main: &Path) -> PathBuf {
    main.with_extension("files")
}

fn bound_to(visit: &VisitId, digest: &Digest) -> Vec<u8> {
    let mut bytes = format!("{DOMAIN}{visit}\0").into_bytes();
    bytes.extend(digest.0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_with_its_key_in_its_visit_as_what_it_is() {
        let (visit, other) = (VisitId::new("v"), VisitId::new("w"));
        let key = BallotKey([7; 32]);
        let sealed = seal(&key, [1; NONCE], &visit, b"photo".to_vec()).unwrap();
        let open = |key, visit, digest, size| open(key, visit, digest, size, &sealed.bytes);
        assert_eq!(open(&key, &visit, &sealed.digest, 5).unwrap(), b"photo");
        assert_eq!(open(&BallotKey([8; 32]), &visit, &sealed.digest, 5), None);
        assert_eq!(open(&key, &other, &sealed.digest, 5), None);
        assert_eq!(open(&key, &visit, &Digest([0; 32]), 5), None);
        assert_eq!(open(&key, &visit, &sealed.digest, 4), None);
        assert_eq!(open(&key, &visit, &sealed.digest, u64::MAX), None);
        assert!(is_whole(&sealed.name, &sealed.bytes) && !is_whole(&sealed.name, &sealed.bytes[1..]));
    }

    #[test]
    fn the_length_tells_only_the_block_and_the_largest_file_fits() {
        let length = |n: usize| {
            let visit = VisitId::new("v");
            seal(&BallotKey([7; 32]), [1; NONCE], &visit, vec![1; n]).unwrap().bytes.len()
        };
        assert_eq!(length(1), length(BLOCK));
        let largest = usize::try_from(EVIDENCE_LIMIT).unwrap();
        assert_eq!(largest % BLOCK, 0);
        assert_eq!(length(BLOCK) - BLOCK, usize::try_from(SEALED_LIMIT - EVIDENCE_LIMIT).unwrap());
    }
}
