//! Names that point at things. Each kind of name is its own type, so a clause id cannot stand where a point id is due.

use std::{borrow::Borrow, fmt, sync::Arc};

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name from its text. Checked where it is read (loader, wire), not here.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            /// The text of the name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    )*};
}

text_id! {
    /// A visit: the id of its founding commit, 43 characters of base64url.
    VisitId;
    /// One installation's stream of commits: first 9 bytes of SHA-256 of its public key, base64url (12 characters).
    FeedId;
    /// A commit: SHA-256 of its bytes, base64url (43 characters).
    CommitId;
    /// An area of a checklist, e.g. `emergency`.
    AreaId;
    /// A clause, e.g. `EM-02`.
    ClauseId;
    /// A point inside its clause, e.g. `C1`.
    PointId;
    /// A list of things to find, e.g. `EQ-1`.
    ListId;
    /// One thing of a list, e.g. `defibrillator`.
    ItemId;
    /// A category of a list, e.g. `ZC`.
    CategoryId;
    /// A disqualifier outside the grades, e.g. `IN-02.G1`.
    GateId;
    /// A rule about verdicts that contradict each other, e.g. `EM-02.X1`.
    ContradictionId;
    /// A standard, e.g. `basic`.
    StandardId;
    /// A profile, e.g. `township`.
    ProfileId;
    /// An item of the rectification ledger: `EM-02.C1`, `EM-02`, or `X-7K3F` for one that was added.
    RectifyId;
    /// What was handed in for an item of the ledger, so that a closure says what it looked at.
    SubmissionId;
    /// A member of the panel, by the name on the roster, unique inside a visit.
    MemberName;
}
