//! What the laptops of one person are called beside what they recorded.

use crate::{domain::terms::lang::Lang, words::sayings};

sayings! {
    here = "本机", "here";
    there = "另一台", "other";
}
