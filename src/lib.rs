//! hecha（核查）: scoring, merging and reporting for expert panels.

pub mod domain;
pub mod report;
