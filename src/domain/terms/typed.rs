//! What an input method that was left on makes of letters, digits and signs, read as what was meant.

/// The plain character behind a full-width one.
#[must_use]
pub const fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(plain) => plain,
            None => c,
        },
        _ => c,
    }
}

/// The same where a command is typed, and no text: Chinese punctuation stands for the key it lies on.
#[must_use]
pub const fn as_command(c: char) -> char {
    match c {
        '、' => '/',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '《' => '<',
        _ => half_width(c),
    }
}
