//! Evidence: photos and files attached to a clause, named by their content. The bytes lie beside the shared file.

use crate::domain::terms::{
    clean::{clean_line, is_clean_line},
    digest::Digest,
    field::words,
    id::PointId,
    lang::Lang,
    written::Line,
};

/// Largest file that can be evidence, in bytes.
pub const EVIDENCE_LIMIT: u64 = 64 << 20;
/// Most items one member may attach to one clause.
pub const ITEMS_PER_CLAUSE: usize = 99;
/// Longest file name that is kept, in characters.
pub const FILE_NAME_LIMIT: usize = 120;
/// What a name becomes of which nothing is left.
const NAMELESS: &str = "file";

/// One thing attached to a clause. Which one it is says the SHA-256 of its bytes, which stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceItem {
    /// File name as it was attached, without folders; for reading only, never a path.
    pub name: String,
    /// What it is a photo of; may be empty.
    pub caption: Line,
    /// The point it is about; `None` = the whole clause.
    pub point: Option<PointId>,
    /// Bytes.
    pub size: u64,
    /// What its bytes are.
    pub media: MediaType,
    /// SHA-256 of the sealed bytes, which is their name in every folder.
    pub sealed: Digest,
}

words! {
    /// What the bytes of a file are, by their beginning.
    MediaType {
        /// JPEG.
        Jpeg = "jpeg", "JPEG 照片", "JPEG photo";
        /// PNG.
        Png = "png", "PNG 图片", "PNG image";
        /// WebP.
        Webp = "webp", "WebP 图片", "WebP image";
        /// HEIC, HEIF or AVIF.
        Heic = "heic", "HEIC 照片", "HEIC photo";
        /// PDF.
        Pdf = "pdf", "PDF 文件", "PDF document";
        /// Anything else.
        Other = "other", "其他文件", "Other file";
    }
}

/// A number of bytes as people read it: `830 kB`, `4.2 MB`. Rounded up, so that nothing has no size.
#[must_use]
pub fn size_text(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1_000));
    }
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// A file name that is safe to show and to keep: no folders, no control or reserved characters, no device names, not
/// too long. Cleaning twice changes nothing.
#[must_use]
pub fn clean_file_name(text: &str) -> String {
    if is_clean_file_name(text) {
        return text.to_owned();
    }
    let base = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = clean_line(base).chars().filter(|c| !is_reserved(*c)).collect();
    let (stem, extension) = match kept.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() < 16 => (stem, format!(".{extension}")),
        _ => (kept.as_str(), String::new()),
    };
    let room = FILE_NAME_LIMIT - 1 - extension.chars().count();
    let short: String = stem.chars().take(room).collect();
    let trimmed = format!("{short}{extension}").trim_matches([' ', '.']).to_owned();
    let trimmed = clean_line(&trimmed);
    match trimmed.as_str() {
        "" => NAMELESS.to_owned(),
        name if is_device(name) => format!("_{name}"),
        _ => trimmed,
    }
}

fn is_clean_file_name(text: &str) -> bool {
    !text.is_empty()
        && is_clean_line(text)
        && text.chars().count() <= FILE_NAME_LIMIT
        && !text.chars().any(is_reserved)
        && !text.starts_with([' ', '.'])
        && !text.ends_with([' ', '.'])
        && !is_device(text)
}

/// Characters that some system takes for a path, a drive, a pattern or a stream.
const fn is_reserved(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Names that Windows takes for a device, whatever their extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|n| {
            matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

impl MediaType {
    /// The extension of an exported file. Of other files only those keep theirs that no system runs when opened.
    #[must_use]
    pub fn extension(self, name: &str) -> String {
        const HARMLESS: [&str; 24] = [
            "avi", "bmp", "csv", "doc", "docx", "gif", "m4a", "md", "mov", "mp3", "mp4", "odp", "ods", "odt",
            "ofd", "ppt", "pptx", "tif", "tiff", "txt", "wav", "wps", "xls", "xlsx",
        ];
        match self {
            Self::Jpeg => "jpg".to_owned(),
            Self::Png | Self::Webp | Self::Heic | Self::Pdf => self.key().to_owned(),
            Self::Other => {
                let given = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
                given.filter(|it| HARMLESS.contains(&it.as_str())).unwrap_or_else(|| "bin".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_names_are_harmless() {
        for (text, safe) in [
            ("../../x", "x"),
            ("..\\..\\evil.exe", "evil.exe"),
            ("C:\\Windows\\a.jpg", "a.jpg"),
            ("/etc/passwd", "passwd"),
            ("a/", "file"),
            ("..", "file"),
            ("CON", "_CON"),
            ("con.jpg", "_con.jpg"),
            ("lpt1 .txt", "_lpt1 .txt"),
            ("a:b*?\"<>|.jpg", "ab.jpg"),
            ("\u{1b}[31m抢救车\u{202e}gpj.exe", "抢救车gpj.exe"),
            ("照片 1.jpg", "照片 1.jpg"),
            (".hidden", "hidden"),
            ("x. . ", "x"),
        ] {
            assert_eq!(clean_file_name(text), safe, "{text:?}");
        }
        let long = clean_file_name(&format!("{}.jpeg", "长".repeat(300)));
        assert!(long.chars().count() <= FILE_NAME_LIMIT && long.ends_with(".jpeg"), "{long}");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(
            [1, 999_999, 1_000_000, 4_210_000].map(size_text),
            ["1 kB", "1000 kB", "1.0 MB", "4.3 MB"]
        );
    }

    #[test]
    fn an_exported_file_is_never_a_program() {
        assert_eq!(MediaType::Other.extension("a.exe"), "bin");
        assert_eq!(MediaType::Other.extension("a.jpg.lnk"), "bin");
        assert_eq!(MediaType::Other.extension("表.XLSX"), "xlsx");
        assert_eq!(MediaType::Jpeg.extension("a.exe"), "jpg");
    }

    proptest! {
        #[test]
        fn a_cleaned_name_stays_as_it_is_and_is_no_path(text in "[a-z./\\\\: \\x00-\\x1f\u{202e}照CON1]{0,200}") {
            let name = clean_file_name(&text);
            prop_assert_eq!(clean_file_name(&name), name.clone());
            prop_assert!(!name.is_empty() && name.chars().count() <= FILE_NAME_LIMIT);
            prop_assert!(!name.contains(['/', '\\', ':']) && name != "." && name != "..");
        }
    }
}
