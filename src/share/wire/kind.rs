//! The kinds of edits as they are named in a commit. Every edit has one, and every kind is read: a forgotten arm in either
//! direction does not compile.

use crate::domain::edit::Edit;

/// What `k` says, with what it stands for.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)*) => {
        /// The kind of an edit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// Reads what `k` says.
            pub(super) fn parse(text: &str) -> Option<Self> {
                match text { $($key => Some(Self::$name),)* _ => None }
            }

            /// What `k` says.
            pub(super) const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

kinds! {
    Found = "found";
    /// A claim of a name, or the first word of an office.
    Join = "join";
    Blind = "blind";
    /// An admission, or the naming of a deputy or an office.
    Admit = "admit";
    Device = "device";
    Retire = "retire";
    Declare = "declare";
    Recuse = "recuse";
    Absent = "absent";
    Plan = "plan";
    Finding = "finding";
    /// A vote or a note.
    Vote = "vote";
    Evidence = "evidence";
    Submit = "submit";
    Unseal = "unseal";
    Offer = "shares";
    Release = "share";
    Key = "key";
    Close = "close";
    ClearVote = "clear";
    /// A verdict on a clause or on a gate.
    Verdict = "verdict";
    Dissent = "dissent";
    Objection = "objection";
    Facility = "facility";
    Sign = "sign";
    Receipt = "receipt";
    Final = "final";
    Rectify = "rectify";
    Slot = "slot";
}

impl Kind {
    /// The kind of an edit; `None` for one of a newer program, which keeps its own word.
    pub(super) const fn of(edit: &Edit) -> Option<Self> {
        Some(match edit {
            Edit::Found(_) => Self::Found,
            Edit::Join { .. } | Edit::JoinOffice => Self::Join,
            Edit::Blind { .. } => Self::Blind,
            Edit::Admit { .. } | Edit::Deputy { .. } | Edit::Office { .. } => Self::Admit,
            Edit::Device { .. } => Self::Device,
            Edit::Retire { .. } => Self::Retire,
            Edit::Declare(_) => Self::Declare,
            Edit::Recuse { .. } => Self::Recuse,
            Edit::Absent { .. } => Self::Absent,
            Edit::Plan(_) => Self::Plan,
            Edit::Finding { .. } => Self::Finding,
            Edit::Vote { .. } | Edit::Note { .. } => Self::Vote,
            Edit::Evidence { .. } => Self::Evidence,
            Edit::Submit { .. } => Self::Submit,
            Edit::Unseal => Self::Unseal,
            Edit::Offer(_) => Self::Offer,
            Edit::Release(_) => Self::Release,
            Edit::Key { .. } => Self::Key,
            Edit::Close { .. } => Self::Close,
            Edit::ClearVote { .. } => Self::ClearVote,
            Edit::Verdict { .. } | Edit::Gate { .. } => Self::Verdict,
            Edit::Dissent { .. } => Self::Dissent,
            Edit::Objection { .. } => Self::Objection,
            Edit::Facility { .. } => Self::Facility,
            Edit::Sign { .. } => Self::Sign,
            Edit::Receipt { .. } => Self::Receipt,
            Edit::Final(_) => Self::Final,
            Edit::Rectify { .. } => Self::Rectify,
            Edit::Slot(_) => Self::Slot,
            Edit::Unknown { .. } => return None,
        })
    }
}
