//! The visit and who takes part in it: founding, joining, admission, devices, recusals, passphrase; and what is
//! known of the facility.

pub mod absence;
pub(crate) mod devices;
pub mod drawn;
pub mod facility;
mod followed;
pub mod founding;
pub mod info;
pub mod interests;
pub mod joining;
pub(crate) mod lookalike;
pub mod mandate;
pub mod membership;
pub mod panel_state;
pub mod passphrase;
pub mod reading;
pub mod recovery_sheet;
pub mod roster;
