//! The panel: who sits on it, how laptops join and are admitted, recusals, the division of work, the end of scoring, the facility's profile.

pub(crate) mod admit;
pub(crate) mod close;
pub(crate) mod codes;
pub(crate) mod facility;
#[cfg(test)]
mod facility_tests;
pub(crate) mod facility_text;
pub(crate) mod facility_words;
pub(crate) mod join;
pub(crate) mod join_form;
#[cfg(test)]
mod membership_tests;
pub(crate) mod membership_words;
#[cfg(test)]
mod next_step_tests;
pub(crate) mod roster;
pub(crate) mod screen;
pub(crate) mod seat;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_laptops_tests;
mod with_reason;
pub(crate) mod words;
