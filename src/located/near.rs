//! Guesses which known word was meant by an unknown one.

use crate::domain::terms::lang::Text;

/// Words longer than this are not compared: the work grows with the square of the length.
const LONGEST: usize = 48;
/// Up to this many known words are listed when none is near.
const MOST_LISTED: usize = 12;

/// The suggestion for an unknown word: the nearest known one, else all of them if they are few.
pub(crate) fn suggest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<Text> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(word, known.iter().copied()) {
        return Some(Text::new(format!("是不是“{near}”？"), format!("did you mean “{near}”?")));
    }
    let listable = !known.is_empty() && known.len() <= MOST_LISTED;
    listable.then(|| Text::new(format!("可用：{}", known.join("、")), format!("known: {}", known.join(", "))))
}

/// The known word that differs least, if it differs little.
pub(crate) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let wanted: Vec<char> = word.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect();
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let measured = known.into_iter().filter_map(|candidate| {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).take(LONGEST).collect();
        let allowed = wanted.len().max(letters.len()).div_ceil(3).min(4);
        if letters.len().abs_diff(wanted.len()) > allowed {
            return None;
        }
        let distance = distance(&wanted, &letters);
        (distance <= allowed && distance < wanted.len()).then_some((distance, candidate))
    });
    measured.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Edits between two words: insert, delete, replace, or swap two neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&row, j) + usize::from(letter != other);
            let mut best = replaced.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["title", "title_en", "applies_to", "医疗机构管理", "EM-02", "EM-12"];
        for (word, meant) in [
            ("titel", Some("title")),
            ("aplies_to", Some("applies_to")),
            ("医疗机构", Some("医疗机构管理")),
            ("em-02", Some("EM-02")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
        assert_eq!(suggest("zzz", ["a", "b"]).unwrap().zh, "可用：a、b");
    }
}
