//! Checklists that were read already in this process: a visit is read anew after every sync, and most visits of a laptop were
//! founded with the same content.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{checklist::content::ContentError, domain::checklist::Checklist};

/// Most that are kept, those used last: a text takes a third of a megabyte.
const MOST: usize = 2;

/// Those of this process.
pub(super) static KNOWN: Known = Known(Mutex::new(Vec::new()));

/// Texts with the checklists that they stand for, last used first.
pub(super) struct Known(Mutex<Vec<(Box<str>, Arc<Checklist>)>>);

impl Known {
    /// The checklist of a text: the same one as before, or as it is read now. Compared byte for byte, so that a text is nobody's
    /// word for another one.
    ///
    /// # Errors
    /// What reading it gives.
    pub(super) fn of(
        &self,
        text: &str,
        read: impl FnOnce(&str) -> Result<Checklist, ContentError>,
    ) -> Result<Arc<Checklist>, ContentError> {
        // Held while it is read, so that threads which open one visit at once read it once. What a panic left is whole.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().position(|(it, _)| **it == *text);
        let entry = match found {
            Some(at) => known.remove(at),
            None => (text.into(), Arc::new(read(text)?)),
        };
        let checklist = Arc::clone(&entry.1);
        known.insert(0, entry);
        known.truncate(MOST);
        Ok(checklist)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{
        Sources,
        content::{decode, encode},
        load_profile,
    };

    #[test]
    fn a_text_is_read_once_until_others_take_its_place() {
        let text = |id| encode(&load_profile(id, &Sources::built_in()).unwrap().0);
        let texts = ["township", "village", "community"].map(text);
        let known = Known(Mutex::new(Vec::new()));
        let mut n_read = 0;
        let mut of = |text: &str| {
            let read = |text: &str| {
                n_read += 1;
                decode(text)
            };
            known.of(text, read)
        };
        let first = of(&texts[0]).unwrap();
        for _ in 0..10 {
            assert!(Arc::ptr_eq(&first, &of(&texts[0]).unwrap()));
            of(&texts[1]).unwrap();
        }
        assert!(of("{}").is_err() && of("{}").is_err(), "what does not read is not kept");
        of(&texts[2]).unwrap();
        let again = of(&texts[0]).unwrap();
        assert!(again == first && !Arc::ptr_eq(&first, &again), "it had made room");
        assert_eq!(n_read, 2 + 2 + 2);
    }
}
