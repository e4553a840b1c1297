//! JPEG: keeps frames, tables and scans byte for byte, the JFIF header, colour profile and Adobe marker, and the orientation.
//!
//! Gone are Exif and XMP (APP1), Photoshop and IPTC (APP13), comments, every other application segment, and what follows
//! the end of the image: phones put whole second pictures there, with a place of their own.

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const COMMENT: u8 = 0xFE;
const EXIF: &[u8] = b"Exif\0\0";
/// The tag that says how the camera was held.
const ORIENTATION: u16 = 0x0112;
/// The type of a 16-bit number in a directory.
const SHORT: u16 = 3;

/// The image without metadata; `None` if its segments cannot be walked through.
pub(crate) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xFF, SOI])?;
    let mut clean = vec![0xFF, SOI];
    let mut oriented = false;
    loop {
        let marker;
        (marker, rest) = next_marker(rest)?;
        match marker {
            EOI => {
                clean.extend([0xFF, EOI]);
                return Some(clean);
            }
            0x00 | SOI | 0xFF => return None,
            // Markers without a segment.
            0x01 | 0xD0..=0xD7 => clean.extend([0xFF, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes(rest.first_chunk().copied()?));
                let (segment, after) = rest.split_at_checked(length)?;
                let content = segment.get(2..)?;
                rest = after;
                if is_kept(marker, content) {
                    clean.extend([0xFF, marker]);
                    clean.extend(segment);
                } else if let Some(turned) = orientation(content).filter(|_| !oriented) {
                    oriented = true;
                    clean.extend(oriented_exif(turned));
                }
                if marker == SOS {
                    let scan = scan_length(rest);
                    let (data, after) = rest.split_at_checked(scan)?;
                    clean.extend(data);
                    rest = after;
                    // A picture cut off while it was saved still shows its upper part.
                    if rest.is_empty() {
                        return Some(clean);
                    }
                }
            }
        }
    }
}

/// The next marker, after any fill bytes.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let rest = bytes.strip_prefix(&[0xFF])?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    let (marker, rest) = rest.get(fill..)?.split_first()?;
    Some((*marker, rest))
}

/// What a decoder needs to show the picture as it is.
fn is_kept(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xE0 => content.starts_with(b"JFIF\0"),
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe"),
        0xE1 | 0xE3..=0xEF | COMMENT => false,
        // Frames, tables, scans, restart intervals. Others are reserved or extensions that no camera writes.
        0xC0..=0xDF => true,
        _ => false,
    }
}

/// Bytes of a scan: up to the next marker that is neither a stuffed zero nor a restart.
fn scan_length(bytes: &[u8]) -> usize {
    let pairs = bytes.windows(2);
    let is_end = |pair: &[u8]| matches!(pair, [0xFF, next] if !matches!(next, 0x00 | 0xD0..=0xD7 | 0xFF));
    pairs.into_iter().position(is_end).unwrap_or(bytes.len())
}

/// The orientation an Exif segment tells, if it is not the usual one.
fn orientation(content: &[u8]) -> Option<u8> {
    let tiff = content.strip_prefix(EXIF)?;
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let word = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset = *tiff.get(4..)?.first_chunk()?;
    let offset = if little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let first = usize::try_from(offset).ok()?;
    let count = usize::from(word(first)?);
    let entries = (0..count).map_while(|index| first.checked_add(2 + 12 * index));
    let value = entries
        .filter(|entry| word(*entry) == Some(ORIENTATION) && word(entry.saturating_add(2)) == Some(SHORT))
        .find_map(|entry| word(entry.checked_add(8)?))?;
    u8::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// The smallest Exif segment: one directory with the orientation.
fn oriented_exif(orientation: u8) -> Vec<u8> {
    let mut segment = vec![0xFF, 0xE1, 0, 34];
    segment.extend(EXIF);
    // Big-endian TIFF with its directory at 8, one entry: orientation, one 16-bit number; no further directory.
    segment.extend(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend([orientation, 0, 0, 0, 0, 0, 0]);
    segment
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCAN: &[u8] = b"\x12\xFF\x00\x34\xFF\xD0\x56\xFF\xFF\x00\x78";

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    }

    /// An Exif segment with the orientation and a place.
    fn exif(orientation: u8, little: bool) -> Vec<u8> {
        let two = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let four = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut content = b"Exif\0\0".to_vec();
        content.extend(if little { b"II*\0" } else { b"MM\0*" });
        content.extend(four(8));
        content.extend(two(2));
        content.extend([two(0x8825), two(4)].concat());
        content.extend([four(1), four(38)].concat());
        content.extend([two(0x0112), two(3)].concat());
        content.extend(four(1));
        content.extend([two(u16::from(orientation)), two(0)].concat());
        content.extend(four(0));
        content.extend(b"GPS 31.2304N 121.4737E");
        segment(0xE1, &content)
    }

    fn frame() -> Vec<u8> {
        [segment(0xDB, &[1; 65]), segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0])].concat()
    }

    fn scan() -> Vec<u8> {
        [segment(0xC4, &[2; 20]), segment(0xDA, &[1, 1, 0, 0, 63, 0]), SCAN.to_vec()].concat()
    }

    #[test]
    fn place_time_and_author_are_gone_and_the_picture_is_the_same() {
        let jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let icc = segment(0xE2, b"ICC_PROFILE\0\x01\x01profile");
        let adobe = segment(0xEE, b"Adobe\0d\0\0\0\0\x01");
        let noise = [
            exif(1, true),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS"),
            segment(0xED, b"Photoshop 3.0\0GPS"),
            segment(0xE2, b"MPF\0GPS"),
            segment(0xFE, b"GPS comment"),
        ]
        .concat();
        let trailer = [&[0xFF, 0xD8][..], &exif(1, false), b"GPS second picture"].concat();
        let full = [
            &[0xFF, 0xD8][..],
            &jfif,
            &noise,
            &icc,
            &adobe,
            &frame(),
            &noise,
            &scan(),
            b"\xFF",
            &scan(),
            b"\xFF\xD9",
            &trailer,
        ];
        let wanted =
            [&[0xFF, 0xD8][..], &jfif, &icc, &adobe, &frame(), &scan(), b"\xFF", &scan(), b"\xFF\xD9"];
        assert_eq!(strip(&full.concat()).unwrap(), wanted.concat());
    }

    #[test]
    fn the_orientation_stays_in_either_byte_order() {
        for (little, turned) in [(true, 6), (false, 8), (true, 1), (false, 0), (true, 9)] {
            let full = [&[0xFF, 0xD8][..], &exif(turned, little), &frame(), &scan(), b"\xFF\xD9"].concat();
            let clean = strip(&full).unwrap();
            assert!(!clean.windows(3).any(|it| it == b"GPS"));
            let content = clean.get(6..).unwrap();
            let told = orientation(content);
            assert_eq!(told, (2..=8).contains(&turned).then_some(turned), "{little} {turned}");
            assert_eq!(strip(&clean).unwrap(), clean);
        }
    }

    proptest! {
        #[test]
        fn a_photo_that_went_bad_is_refused_or_cleaned_for_good(
            flips in prop::collection::vec((0_usize..400, any::<u8>()), 0..4), cut in 2_usize..400,
        ) {
            let mut bytes = [&[0xFF, 0xD8][..], &exif(6, true), &frame(), &scan(), b"\xFF\xD9"].concat();
            for (at, byte) in flips {
                if let Some(hit) = bytes.get_mut(at) {
                    *hit = byte;
                }
            }
            bytes.truncate(cut);
            if let Some(clean) = strip(&bytes) {
                prop_assert!(clean.len() <= bytes.len() + 40);
                prop_assert_eq!(strip(&clean), Some(clean));
            }
        }
    }

    #[test]
    fn what_cannot_be_walked_through_is_refused_and_a_cut_scan_is_kept() {
        let full = [&[0xFF, 0xD8][..], &frame(), &scan()].concat();
        assert_eq!(strip(&full).unwrap(), full);
        for broken in [
            &b"\xFF\xD8\xFF"[..],
            b"\xFF\xD8\xFF\xE1\0",
            b"\xFF\xD8\xFF\xE1\0\0",
            b"\xFF\xD8\xFF\xE1\0\x01",
            b"\xFF\xD8\xFF\xE1\xFF\xFFshort",
            b"\xFF\xD8\xFF\xD8\xFF\xD9",
            b"\xFF\xD8\0\0",
        ] {
            assert_eq!(strip(broken), None, "{broken:?}");
        }
    }
}
