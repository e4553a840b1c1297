//! PNG: keeps the chunks that make the picture and its colours, byte for byte, and drops texts, times, Exif and the rest.

/// What every PNG begins with.
pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks a picture, also a moving one, needs to look right.
const KEPT: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD",
    b"pHYs", b"hIST", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

/// The image without metadata; `None` if its chunks cannot be walked through to the end. What follows the end goes.
pub(crate) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut clean = SIGNATURE.to_vec();
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let kind: &[u8; 4] = rest.get(4..)?.first_chunk()?;
        // Length, kind and checksum.
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        if KEPT.contains(&kind) {
            clean.extend(chunk);
        }
        if kind == b"IEND" {
            return Some(clean);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, b"csum"].concat()
    }

    #[test]
    fn texts_times_and_exif_are_gone_and_the_picture_is_the_same() {
        let noise = [
            chunk(b"eXIf", b"GPS"),
            chunk(b"tEXt", b"Author\0GPS"),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0GPS"),
            chunk(b"zTXt", b"GPS"),
            chunk(b"tIME", b"GPS"),
            chunk(b"caBX", b"GPS"),
        ]
        .concat();
        let (head, end) = (chunk(b"IHDR", &[1; 13]), chunk(b"IEND", b""));
        let picture = [chunk(b"gAMA", b"0000"), chunk(b"iCCP", b"p"), chunk(b"IDAT", b"pixels")].concat();
        let full = [SIGNATURE, &head, &noise, &picture, &noise, &end, b"GPS"].concat();
        assert_eq!(strip(&full).unwrap(), [SIGNATURE, &head, &picture, &end].concat());
        for cut in [8, 12, 20, 40, full.len() - 20] {
            assert_eq!(strip(&full[..cut]), None, "{cut}");
        }
        let huge = [SIGNATURE, b"\xFF\xFF\xFF\xFFIDAT"].concat();
        assert_eq!(strip(&huge), None);
    }
}
