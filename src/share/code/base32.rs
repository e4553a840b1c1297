//! Crockford's base 32 for codes that people read aloud and type: no I, L, O or U, and the usual slips are forgiven.

use data_encoding::Encoding;
use data_encoding_macro::new_encoding;

/// The 32 signs, five bits each; what is over is filled with zero bits.
const CROCKFORD: Encoding = new_encoding! {
    symbols: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
};

/// Bytes as signs.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    CROCKFORD.encode(bytes)
}

/// Typed signs as bytes. `None` for a sign that is none, and for signs that [`encode`] gives for no bytes: a number of
/// them that ends inside a byte, or spare bits that are not zero.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    CROCKFORD.decode(fold(text).as_bytes()).ok()
}

/// A typed code as it is meant: capitals, without hyphens and spaces, full-width signs narrowed, I and L read as 1, O as 0.
#[must_use]
pub fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars()
        .map(narrow)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—' | '–'))
        .map(|c| match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect()
}

/// A code in groups of four, for the screen.
#[must_use]
pub fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_however_it_was_typed() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in 0..bytes.len() {
            assert_eq!(decode(&encode(&bytes[..length])).as_deref(), Some(&bytes[..length]));
        }
        assert_eq!(encode(b"hello"), "D1JPRV3F", "as other programs write it");
        assert_eq!(encode(&[0xFF, 0x01]), "ZW0G", "what is over is filled with zero bits");
        let code = "ZW0R88810G";
        for typed in ["zw0r-888l-0g", " ZWOR 888I OG ", "ＺＷ０Ｒ８８８１０Ｇ", "zwor－8881－0g"]
        {
            assert_eq!(fold(typed), code, "{typed}");
        }
        assert_eq!(grouped("ZW0R88810G"), "ZW0R-8881-0G");
    }

    #[test]
    fn only_what_encode_gives_is_read() {
        assert_eq!(decode("ZW0G"), Some(vec![0xFF, 0x01]));
        for wrong in ["ZU", "ZW0H", "ZW0GGG", "Z", "ZW0", "ZW0G====", "ZW0G=", "ZW0*", "ZW0é"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
