//! Draws the panel of the visit again for the report, so that a changed record is told.

use sha2::{Digest as _, Sha256};

use crate::{
    domain::{terms::digest::Digest, visit::Visit},
    report::layout::DrawSection,
};

/// The draw of a visit; `None` if its roster was named.
#[must_use]
pub(crate) fn draw(visit: &Visit) -> Option<DrawSection> {
    let record = visit.founding.draw.clone()?;
    let disagreements = record.disagreements(&|text| Digest(Sha256::digest(text.as_bytes()).into()));
    Some(DrawSection { record, disagreements })
}
