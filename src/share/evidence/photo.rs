//! Photos without what they tell beside the picture: place, time, device, author, previews. Pixels are never touched.
//!
//! Each format keeps what a picture needs to look right and drops everything else, so that metadata nobody thought of
//! goes too. What cannot be walked through is refused rather than passed on with its place in it.

mod jpeg;
mod png;
mod webp;

use crate::domain::edit::evidence::MediaType;

/// What became of a file's metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stripped {
    /// The same picture without metadata.
    Clean(Vec<u8>),
    /// Not a format this program takes metadata out of; the bytes stay as they were.
    NotAPhoto,
    /// A photo format that has to be encoded anew to lose its metadata.
    CannotStrip,
    /// Said to be a photo by its first bytes, and is none, or is cut short.
    Malformed,
}

/// What bytes are, by their beginning; names are not asked.
#[must_use]
pub fn media_type(bytes: &[u8]) -> MediaType {
    let at = |from: usize, wanted: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(wanted));
    if at(0, b"\xFF\xD8\xFF") {
        MediaType::Jpeg
    } else if at(0, png::SIGNATURE) {
        MediaType::Png
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        MediaType::Webp
    } else if at(4, b"ftyp") && STILL_BRANDS.iter().any(|brand| at(8, brand)) {
        MediaType::Heic
    } else if at(0, b"%PDF-") {
        MediaType::Pdf
    } else {
        MediaType::Other
    }
}

/// Brands of photos in the container that HEIC, HEIF and AVIF share with films.
const STILL_BRANDS: [&[u8]; 12] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"avif",
    b"avis",
];

/// Takes metadata out of a photo.
#[must_use]
pub fn strip(bytes: &[u8]) -> Stripped {
    let clean = match media_type(bytes) {
        MediaType::Jpeg => jpeg::strip(bytes),
        MediaType::Png => png::strip(bytes),
        MediaType::Webp => webp::strip(bytes),
        MediaType::Heic => return Stripped::CannotStrip,
        MediaType::Pdf | MediaType::Other => return Stripped::NotAPhoto,
    };
    clean.map_or(Stripped::Malformed, Stripped::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STARTS: [&[u8]; 5] =
        [b"\xFF\xD8\xFF", png::SIGNATURE, b"RIFF\x40\0\0\0WEBPVP8X", b"\0\0\0\x18ftypheic", b"%PDF-1.7"];

    #[test]
    fn the_beginning_tells_what_it_is_and_a_film_is_no_photo() {
        use MediaType::{Heic, Jpeg, Other, Pdf, Png, Webp};
        assert_eq!(STARTS.map(media_type), [Jpeg, Png, Webp, Heic, Pdf]);
        assert_eq!(media_type(b"\0\0\0\x18ftypisom"), Other);
        assert_eq!(media_type(b""), Other);
    }

    proptest! {
        #[test]
        fn garbage_is_never_more_than_refused(
            start in 0_usize..5, rest in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let bytes = [STARTS[start], &rest].concat();
            if let Stripped::Clean(clean) = strip(&bytes) {
                // An orientation may be written anew; nothing else is ever added.
                prop_assert!(clean.len() <= bytes.len() + 40);
                prop_assert_eq!(strip(&clean), Stripped::Clean(clean));
            }
        }
    }
}
