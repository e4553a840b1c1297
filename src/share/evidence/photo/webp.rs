//! WebP: keeps picture, transparency, animation and colour profile, drops Exif, XMP and unknown chunks, and mends the header.

/// Chunks a picture needs to look right.
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The bits of the extended header that announce Exif and XMP.
const EXIF_AND_XMP: u8 = 0x08 | 0x04;
/// Bytes of a chunk's name and length.
const CHUNK_HEAD: usize = 8;

/// The image without metadata; `None` if its chunks cannot be walked through. What follows the end goes.
pub(crate) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let announced = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let mut rest = bytes.get(..announced.checked_add(8)?)?.get(12..)?;
    let mut clean = b"RIFF\0\0\0\0WEBP".to_vec();
    while !rest.is_empty() {
        let kind: &[u8; 4] = rest.first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let padded = length.checked_add(length % 2)?;
        let whole = CHUNK_HEAD.checked_add(padded)?;
        // The last chunk of some writers lacks its padding.
        let whole = if rest.len() + 1 == whole && length % 2 == 1 { rest.len() } else { whole };
        let (chunk, after) = rest.split_at_checked(whole)?;
        rest = after;
        if !KEPT.contains(&kind) {
            continue;
        }
        let from = clean.len();
        clean.extend(chunk);
        if clean.len() % 2 == 1 {
            clean.push(0);
        }
        if kind == b"VP8X" {
            *clean.get_mut(from + CHUNK_HEAD)? &= !EXIF_AND_XMP;
        }
    }
    let length = u32::try_from(clean.len() - CHUNK_HEAD).ok()?.to_le_bytes();
    clean.get_mut(4..8)?.copy_from_slice(&length);
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let pad = vec![0; data.len() % 2];
        [&kind[..], &length, data, &pad].concat()
    }

    fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
        let body = chunks.concat();
        let length = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
        [b"RIFF", &length[..], b"WEBP", &body].concat()
    }

    #[test]
    fn exif_and_xmp_are_gone_and_the_header_no_longer_announces_them() {
        let header = |flags: u8| chunk(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
        let (profile, picture) = (chunk(b"ICCP", b"odd"), chunk(b"VP8L", b"pixel"));
        let noise = [chunk(b"EXIF", b"GPS"), chunk(b"XMP ", b"GPS"), chunk(b"C2PA", b"GPS")].concat();
        let full = riff(&[header(0x2C), profile.clone(), picture.clone(), noise]);
        let wanted = riff(&[header(0x20), profile, picture]);
        assert_eq!(strip(&[full.clone(), b"GPS trailer".to_vec()].concat()).unwrap(), wanted);
        for cut in [0, 8, 11, 15, 21, full.len() - 1] {
            assert_eq!(strip(&full[..cut]), None, "{cut}");
        }
    }
}
