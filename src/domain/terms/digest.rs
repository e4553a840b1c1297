//! The SHA-256 by which contents are named: checklists, commits, photos and files.

/// The signs of Crockford's base 32.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Bytes of a digest that its code tells.
const CODE_BYTES: usize = 10;

/// SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// As 64 lowercase hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What of it is read out and compared: 16 signs of Crockford's base 32 in groups of four.
    #[must_use]
    pub fn code(&self) -> String {
        let mut code = String::new();
        let (mut bits, mut n_bits) = (0_u32, 0);
        for byte in self.0.iter().take(CODE_BYTES) {
            (bits, n_bits) = (bits << 8 | u32::from(*byte), n_bits + 8);
            while n_bits >= 5 {
                n_bits -= 5;
                let sign = usize::try_from(bits >> n_bits & 31).unwrap_or(0);
                if code.len() % 5 == 4 {
                    code.push('-');
                }
                code.push(char::from(SIGNS.get(sign).copied().unwrap_or(b'?')));
            }
        }
        code
    }

    /// From exactly 64 lowercase hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let plain = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate().filter(|_| plain) {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        plain.then_some(Self(bytes))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}
