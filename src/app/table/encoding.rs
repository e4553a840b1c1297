//! The encoding of a CSV file, decided so that no text is ever garbled: where two readings are possible, it is refused.

use encoding_rs::{DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::domain::terms::lang::Text;

/// How a CSV file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// With a byte order mark, as Excel saves “Unicode text”.
    Utf16Le,
    /// With a byte order mark.
    Utf16Be,
    /// What a Chinese Excel saves as plain CSV; GBK and GB 2312 are parts of it.
    Gb18030,
}

/// Why a file is no text that can be read, and after how much of it that shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Undecided {
    /// What stands before, as well as it can be read.
    pub(super) before: String,
    /// Why.
    pub(super) why: Text,
}

impl Encoding {
    /// Whether it needs no telling.
    pub(super) const fn is_usual(self) -> bool {
        matches!(self, Self::Utf8)
    }

    /// Its name, in both languages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// The text of a file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Without its byte order mark.
    pub(super) text: String,
    /// What it was read as.
    pub(super) encoding: Encoding,
    /// Whether another reading makes sense too, though much less.
    pub(super) is_doubtful: bool,
}

/// The text of a file.
///
/// # Errors
/// If it is in no encoding, or may as well be in another.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Undecided> {
    for (mark, encoding, decoder) in [
        (&b"\xEF\xBB\xBF"[..], Encoding::Utf8, UTF_8),
        (&b"\xFF\xFE"[..], Encoding::Utf16Le, UTF_16LE),
        (&b"\xFE\xFF"[..], Encoding::Utf16Be, UTF_16BE),
    ] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let name = encoding.name();
            let text = decode_as(decoder, rest).map_err(|before| Undecided {
                before,
                why: Text::new(
                    format!("从这里起不是 {name} 编码，而文件开头说是"),
                    format!("from here on it is not {name}, which the file begins with"),
                ),
            })?;
            return checked(text, encoding);
        }
    }
    unmarked(bytes)
}

/// The text of a file without a byte order mark.
fn unmarked(bytes: &[u8]) -> Result<Decoded, Undecided> {
    match (decode_as(UTF_8, bytes), decode_as(GB18030, bytes)) {
        (Ok(text), Ok(other)) if !text.is_ascii() && is_likely(&other) => {
            if is_common(&text) {
                let decoded = checked(text, Encoding::Utf8)?;
                return Ok(Decoded { is_doubtful: true, ..decoded });
            }
            let before: String = text.chars().take_while(char::is_ascii).collect();
            let rest = |text: &str| {
                text.chars().skip_while(char::is_ascii).take_while(|c| !c.is_ascii()).take(8).collect()
            };
            let (utf8, gb): (String, String) = (rest(&text), rest(&other));
            let why = Text::new(
                format!("按 UTF-8 是“{utf8}”，按 GB18030 是“{gb}”，分不清是哪种编码"),
                format!("“{utf8}” in UTF-8 or “{gb}” in GB18030: the encoding cannot be told"),
            );
            Err(Undecided { before, why })
        }
        (Ok(text), _) => checked(text, Encoding::Utf8),
        (Err(_), Ok(text)) if is_likely(&text) => checked(text, Encoding::Gb18030),
        (Err(before), Ok(_)) => Err(neither(before)),
        // What can be read further tells better where the file breaks.
        (Err(utf8), Err(gb)) => Err(neither(if gb.len() > utf8.len() && is_likely(&gb) { gb } else { utf8 })),
    }
}

fn neither(before: String) -> Undecided {
    let why =
        Text::new("这里既不是 UTF-8 编码，也不是 GB18030（GBK）", "neither UTF-8 nor GB18030 (GBK) here");
    Undecided { before, why }
}

/// The text, or what of it comes before the first byte that is none.
fn decode_as(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(most);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true).0 {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull | DecoderResult::Malformed(..) => Err(text),
    }
}

/// Text has no zero bytes: what has is another encoding or no text at all.
fn checked(text: String, encoding: Encoding) -> Result<Decoded, Undecided> {
    let Some(at) = text.find('\0') else { return Ok(Decoded { text, encoding, is_doubtful: false }) };
    let why = Text::new(
        "这里不是文字：这个文件不是表格，或者是没有标记的 UTF-16",
        "no text here; the file is not a table, or UTF-16 without its mark",
    );
    Err(Undecided { before: text.get(..at).unwrap_or_default().to_owned(), why })
}

/// Whether text is Chinese of common characters only, those of the first level of GB 2312. A few bytes of GB18030 may read as
/// UTF-8 by accident, such as “ȱ” for 缺, but hardly ever as such characters.
fn is_common(utf8: &str) -> bool {
    let mut other = utf8.chars().filter(|c| !c.is_ascii());
    other.all(|c| matches!(gb2312(c), Some((0xA1..=0xA3 | 0xB0..=0xD7, _))))
}

/// Whether what was decoded as GB18030 is Chinese: that encoding gives nearly any bytes a meaning, but text that people write
/// nearly always stays within GB 2312, whose bytes are both above 0xA0.
fn is_likely(text: &str) -> bool {
    let (mut n, mut n_likely) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        n += 1;
        n_likely += usize::from(gb2312(c).is_some());
    }
    n_likely * 4 >= n * 3
}

/// The two bytes of a character in GB 2312, if it is one of those.
fn gb2312(c: char) -> Option<(u8, u8)> {
    let mut buffer = [0; 4];
    match *GB18030.encode(c.encode_utf8(&mut buffer)).0 {
        [row @ (0xA1..=0xA9 | 0xB0..=0xF7), cell @ 0xA1..=0xFE] => Some((row, cell)),
        _ => None,
    }
}
