//! Base64url without padding, the only binary text of the format.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// Bytes as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Text as bytes; `None` if it is not canonical base64url.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}

/// Text as exactly `N` bytes.
#[must_use]
pub fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode(text)?.try_into().ok()
}

/// SHA-256 over several pieces.
#[must_use]
pub fn sha256(pieces: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update(piece);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_text_and_no_other_is_read() {
        assert_eq!(encode(&[0xFB, 0xFF, 0xFE, 0x01]), "-__-AQ", "hyphen and underscore, no padding");
        let bytes: Vec<u8> = (0..=255).collect();
        for length in 0..bytes.len() {
            assert_eq!(decode(&encode(&bytes[..length])).as_deref(), Some(&bytes[..length]));
        }
        for wrong in
            ["-__-AQ==", "-__-AQ=", "-__-AR", "-__-A", "+//+AQ", "-__-AQ\n", " -__-AQ", "-__-\nAQ", "é"]
        {
            assert_eq!(decode(wrong), None, "{wrong:?}");
        }
        assert_eq!(decode_array("-__-AQ"), Some([0xFB, 0xFF, 0xFE, 0x01]));
        assert_eq!(decode_array::<3>("-__-AQ"), None);
        assert_eq!(decode_array::<5>("-__-AQ"), None);
    }
}
