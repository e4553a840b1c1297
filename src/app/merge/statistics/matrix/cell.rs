//! A cell of a matrix as a rank: a grade, a number, or one of the words for what is missing.

use crate::{
    checklist::xlsx::fold,
    domain::terms::{absence::Absence, grade::Grade},
};

/// What people and programs write where a grade is missing, in small half-width letters.
const MISSING: [&str; 20] = [
    "na", "n/a", "#n/a", "n.a.", "nan", "null", "none", "nil", "missing", ".", "-", "--", "/", "缺", "缺失",
    "缺席", "缺考", "未评", "空", "无",
];

/// The rank of a cell; `None` = missing.
///
/// # Errors
/// If it is none of these.
pub(super) fn rank(cell: &str, categories: u8) -> Result<Option<u8>, ()> {
    let text = fold(cell);
    let small = text.to_lowercase();
    if text.is_empty() || MISSING.contains(&small.as_str()) || Absence::parse(&text).is_some() {
        return Ok(None);
    }
    let grade = text.strip_suffix(['级', '档']).unwrap_or(&text).trim();
    if let Some(grade) = grade.parse::<Grade>().ok().filter(|_| categories == 4) {
        return Ok(Some(grade.rank()));
    }
    // Statistics programs write whole numbers as 3.0.
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text.as_str(),
    };
    whole.parse::<u8>().ok().filter(|rank| (1..=categories).contains(rank)).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_numbers_and_missing_ones_are_read_as_people_write_them() {
        for (cell, expected) in [
            ("A", Some(4)),
            ("Ｂ", Some(3)),
            ("c级", Some(2)),
            ("D 档", Some(1)),
            ("3.0", Some(3)),
            ("３", Some(3)),
            ("NA", None),
            ("NaN", None),
            (".", None),
            ("—", None),
            ("未看", None),
            ("Not applicable", None),
            ("  ", None),
        ] {
            assert_eq!(rank(cell, 4), Ok(expected), "{cell}");
        }
        for cell in ["好", "3.5", "0", "5", "3.", "A/B", "-1", "300", "AA"] {
            assert_eq!(rank(cell, 4), Err(()), "{cell}");
        }
        assert_eq!((rank("A", 5), rank("5.00", 5)), (Err(()), Ok(Some(5))));
    }
}
