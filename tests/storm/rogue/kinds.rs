//! The kinds of edits that adversaries write. One that is forgotten here does not compile, and one that is never written fails the
//! storm.

use hecha::{
    domain::edit::{Edit, waiver::Finalisation},
    share::{code::json::Json, wire::decode_edit},
};
use serde_json::Value;

/// What each kind of edit is called.
macro_rules! kinds {
    ($($edit:pat => $name:literal,)*) => {
        /// All kinds.
        pub(crate) const KINDS: &[&str] = &[$($name),*];

        const fn kind_of(edit: &Edit) -> &'static str {
            match edit { $($edit => $name),* }
        }
    };
}

kinds! {
    // A founding edit is one of an unknown kind anywhere but in the founding commit.
    Edit::Found(_) | Edit::Unknown { .. } => "unknown",
    Edit::Join { .. } => "join",
    Edit::Blind { .. } => "blind",
    Edit::Admit { .. } => "admit",
    Edit::Deputy { .. } => "deputy",
    Edit::JoinOffice => "join office",
    Edit::Office { .. } => "office",
    Edit::Device { .. } => "device",
    Edit::Retire { .. } => "retire",
    Edit::Declare(_) => "declare",
    Edit::Recuse { .. } => "recuse",
    Edit::Absent { .. } => "absent",
    Edit::Plan(_) => "plan",
    Edit::Finding { .. } => "finding",
    Edit::Vote { .. } => "vote",
    Edit::Note { .. } => "note",
    Edit::Evidence { .. } => "evidence",
    Edit::Submit { .. } => "submit",
    Edit::Unseal => "unseal",
    Edit::Offer(_) => "shares",
    Edit::Release(_) => "share",
    Edit::Key { .. } => "key",
    Edit::Close { .. } => "close",
    Edit::ClearVote { .. } => "clear",
    Edit::Verdict { .. } => "verdict",
    Edit::Gate { .. } => "gate",
    Edit::Dissent { .. } => "dissent",
    Edit::Objection { .. } => "objection",
    Edit::Facility { .. } => "facility",
    Edit::Sign { .. } => "sign",
    Edit::Receipt { .. } => "receipt",
    Edit::Final(Finalisation { revises: None, .. }) => "final",
    Edit::Final(Finalisation { revises: Some(_), .. }) => "revision",
    Edit::Rectify { .. } => "rectify",
    Edit::Slot(_) => "slot",
}

/// The kind of an edit as it was written.
pub(crate) fn kind_in(json: &Value) -> &'static str {
    kind_of(&decode_edit(&Json::parse(&json.to_string()).unwrap()))
}
