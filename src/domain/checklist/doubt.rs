//! What may be doubted about a point as it is written. The author of a checklist can say that it is meant so.

use crate::domain::terms::{field::words, lang::Lang};

words! {
    /// A doubt about a point.
    Doubt {
        /// It seems to ask two things, of which one may be so and the other not.
        TwoChecks = "two-checks", "一点两查", "two checks";
        /// Its source stands behind points of another level.
        LevelClash = "level-clash", "同源异级", "level clash";
        /// Another point asks the same.
        Twice = "twice", "重复提问", "asked twice";
    }
}
