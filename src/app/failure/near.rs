//! Which known word was meant by an unknown one.

/// The known word that differs least, if it differs little.
#[must_use]
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    crate::located::near::nearest(word, known)
}
