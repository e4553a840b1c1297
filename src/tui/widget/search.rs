//! Finding by Chinese, by id, by English words or by pinyin initials; a character with two readings matches either.

use pinyin::ToPinyinMulti;

use crate::tui::keys::Key;

/// A text prepared for searching.
#[derive(Debug, Clone)]
pub(crate) struct Needles {
    /// Lower-case text, letter by letter, with the initials each may be typed as (bit 0 = a).
    letters: Vec<(char, u32)>,
}

impl Needles {
    /// Prepares a text; spaces and punctuation are left out, so `jjsb` runs on across them.
    pub(crate) fn new(text: &str) -> Self {
        let letters = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
        Self { letters: letters.map(|c| (c, initials(c))).collect() }
    }

    /// Prepares a long text: only its own characters match. The initials of a page of text match almost anything.
    pub(crate) fn literal(text: &str) -> Self {
        let letters = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
        Self { letters: letters.map(|c| (c, 0)).collect() }
    }

    /// Where a query matches, if it does: the place of its first letter. Every letter of the query must match the text's
    /// own letter or one of its initials, side by side.
    pub(crate) fn find(&self, query: &Query) -> Option<usize> {
        let wanted = &query.0;
        if wanted.is_empty() {
            return Some(0);
        }
        self.letters.windows(wanted.len()).position(|window| {
            window.iter().zip(wanted).all(|((letter, initials), typed)| {
                letter == typed || bit(*typed).is_some_and(|bit| initials & bit != 0)
            })
        })
    }
}

/// What was typed into a search, folded like the texts.
#[derive(Debug, Clone)]
pub(crate) struct Query(Vec<char>);

impl Query {
    /// A query from what was typed, full-width letters included.
    pub(crate) fn new(text: &str) -> Self {
        let folded = text.chars().filter_map(|c| Key::ch(c).folded().typed());
        Self(folded.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect())
    }

    /// Whether it says enough to be looked for in long texts: two characters, or three Latin letters.
    pub(crate) fn is_telling(&self) -> bool {
        let least = if self.0.iter().all(char::is_ascii) { 3 } else { 2 };
        self.0.len() >= least
    }
}

fn initials(c: char) -> u32 {
    let readings = c.to_pinyin_multi().into_iter().flatten();
    readings
        .filter_map(|reading| reading.first_letter().chars().next())
        .filter_map(bit)
        .fold(0, |all, one| all | one)
}

fn bit(c: char) -> Option<u32> {
    c.is_ascii_lowercase().then(|| 1 << (u32::from(c) - u32::from('a')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(text: &str, query: &str) -> bool {
        Needles::new(text).find(&Query::new(query)).is_some()
    }

    #[test]
    fn initials_ids_characters_and_mixtures_all_find() {
        for query in ["jjsb", "急救", "em-02", "EM02", "jj设备", "ＪＪＳＢ", ""] {
            assert!(finds("EM-02 急救设备配备与完好", query), "{query}");
        }
        assert!(!finds("EM-02 急救设备配备与完好", "jjyp"));
        assert!(finds("Emergency equipment", "equip"));
    }

    #[test]
    fn both_readings_of_a_heteronym_find() {
        assert!(finds("重点专科", "zdzk") && finds("重庆路", "cql"));
        assert!(finds("重庆路", "zql"));
    }
}
