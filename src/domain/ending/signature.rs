//! How a member stands to a record of the visit.

use crate::domain::{
    terms::{digest::Digest, field::words, lang::Lang},
    visit::MemberState,
};

words! {
    /// How a member stands to a record.
    Signature {
        /// No signature.
        None = "none", "未签字", "not signed";
        /// Signed an earlier or another state of the record.
        Other = "other", "签的是另一版", "signed another record";
        /// Signed this record.
        Valid = "valid", "已签字", "signed";
    }
}

impl Signature {
    /// How a member stands to a record.
    #[must_use]
    pub fn of(state: &MemberState, record: &Digest) -> Self {
        if state.signed.contains_key(record) {
            Self::Valid
        } else if state.signed.is_empty() {
            Self::None
        } else {
            Self::Other
        }
    }
}
