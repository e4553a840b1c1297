//! How the share of the open visit is.

/// What is known of the share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Share {
    /// Nothing yet, or nobody looks.
    #[default]
    Unknown,
    /// The file is there.
    There,
    /// The file is not there.
    Away,
    /// The share does not answer.
    Silent,
}
