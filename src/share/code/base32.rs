//! Crockford's base 32 for codes that people read aloud and type: no I, L, O or U, and the usual slips are forgiven.

/// The 32 signs.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bytes as signs, five bits each; what is over is filled with zero bits.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut bits, mut n_bits) = (0_u32, 0);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        n_bits += 8;
        while n_bits >= 5 {
            n_bits -= 5;
            text.push(sign(bits >> n_bits));
        }
    }
    if n_bits > 0 {
        text.push(sign(bits << (5 - n_bits)));
    }
    text
}

/// Signs as bytes; bits that fill no byte are dropped. `None` for a sign that is none.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut n_bits) = (0_u32, 0);
    for c in fold(text).bytes() {
        let value = SIGNS.iter().position(|sign| *sign == c)?;
        bits = (bits << 5) | u32::try_from(value).ok()?;
        n_bits += 5;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push(u8::try_from((bits >> n_bits) & 0xFF).ok()?);
        }
    }
    Some(bytes)
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

fn sign(bits: u32) -> char {
    usize::try_from(bits & 31).ok().and_then(|index| SIGNS.get(index)).map_or('0', |sign| char::from(*sign))
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
        let code = "ZW0R88810G";
        for typed in ["zw0r-888l-0g", " ZWOR 888I OG ", "ＺＷ０Ｒ８８８１０Ｇ", "zwor－8881－0g"]
        {
            assert_eq!(fold(typed), code, "{typed}");
        }
        assert_eq!(decode("ZU"), None);
        assert_eq!(grouped("ZW0R88810G"), "ZW0R-8881-0G");
    }
}
