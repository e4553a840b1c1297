//! Texts of the feedback for the exit meeting.

use crate::{domain::terms::lang::Lang, words::sayings};

sayings! {
    title = "现场反馈", "Feedback";
    not_yet = "现在还不能看现场反馈", "There is no feedback yet";
    goes_on = "(续)", "(continued)";
}

/// Which page of how many.
pub(crate) fn pages(number: usize, of: usize) -> String {
    format!("{number}/{of}")
}
