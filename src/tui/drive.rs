//! What keeps the front end going: the model with every screen, the pure `update`, the `view`, the loop and its threads. Nobody below names it.

pub(crate) mod answers;
pub(crate) mod backend;
pub(crate) mod burst;
pub(crate) mod follow;
pub(crate) mod model;
#[cfg(test)]
mod outside_tests;
pub(crate) mod run;
pub(crate) mod signals;
#[cfg(test)]
mod small_window_tests;
pub(crate) mod snapshot;
pub(crate) mod syncs;
pub(crate) mod terminal;
pub(crate) mod update;
#[cfg(test)]
mod update_tests;
pub(crate) mod view;
pub(crate) mod watch;
pub(crate) mod worker;
#[cfg(test)]
mod worker_tests;
