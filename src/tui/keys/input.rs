//! What reaches a dialog: a key, or pasted text.

use crate::tui::keys::Key;

/// What reaches a dialog.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
}
