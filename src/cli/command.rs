//! The commands, one file each.

pub(crate) mod agreement;
pub(crate) mod checklist;
pub(crate) mod decide;
pub(crate) mod demo;
pub(crate) mod dissent;
pub(crate) mod doctor;
pub(crate) mod ending;
pub(crate) mod evidence;
pub(crate) mod facility;
pub(crate) mod feedback;
pub(crate) mod form;
pub(crate) mod fsck;
pub(crate) mod membership;
pub(crate) mod merge;
pub(crate) mod panel;
pub(crate) mod passphrase;
pub(crate) mod pool;
pub(crate) mod rectify;
pub(crate) mod restore;
pub(crate) mod result;
pub(crate) mod score;
pub(crate) mod sync;
pub(crate) mod visit;
