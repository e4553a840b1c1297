//! Names that look alike: what one reads as one member must not be two.

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

use crate::{
    app::failure::{Exit, Failure},
    domain::{
        terms::{id::MemberName, lang::Text},
        visit::Visit,
    },
};

/// Refuses a name that is not on the roster and looks like one that is, when somebody joins under it and when the lead admits it.
///
/// # Errors
/// If it does; says which one.
pub(in crate::app) fn check(name: &MemberName, visit: &Visit) -> Result<(), Failure> {
    if visit.member(name.as_str()).is_some() {
        return Ok(());
    }
    let roster = visit.members.iter().map(|state| &state.member.name);
    like(name, roster).map_or(Ok(()), |other| Err(looks_like(name, other)))
}

/// The first of these names that looks like the given one and is another.
pub(in crate::app) fn like<'a>(
    name: &MemberName,
    mut others: impl Iterator<Item = &'a MemberName>,
) -> Option<&'a MemberName> {
    let shape = shape(name.as_str());
    others.find(|other| *other != name && self::shape(other.as_str()) == shape)
}

/// What is left of a name once full-width forms, spaces, dots between its parts, and signs that look the same (Unicode's
/// technical standard 39, "skeleton") make no difference. A name of nothing but such signs keeps them.
fn shape(name: &str) -> String {
    let folded: String = name.nfkc().filter(|c| c.is_alphanumeric()).collect();
    let text = if folded.is_empty() { name } else { &folded };
    skeleton(text).flat_map(char::to_lowercase).collect()
}

fn looks_like(name: &MemberName, other: &MemberName) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new(format!("不能用“{name}”这个姓名。"), format!("The name “{name}” cannot be used.")),
        Text::new(
            format!("名单上的“{other}”看起来和它一样，字却不同。"),
            format!("“{other}” on the roster looks the same and is written with other characters."),
        ),
        Text::new(
            format!("是同一个人，就照名单写“{other}”加入；是另一个人，请在姓名后写明单位再加入。"),
            format!(
                "If it is the same person, join as “{other}”; if it is another, join with the institution behind the name."
            ),
        ),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn are_alike(a: &str, b: &str) -> bool {
        let (a, b) = (MemberName::new(a), MemberName::new(b));
        like(&a, [&b].into_iter()).is_some()
    }

    #[test]
    fn tricks_with_width_spaces_dots_and_marks_are_seen_through() {
        for (name, trick) in [
            ("陈思齐", "陈 思齐"),
            ("陈思齐", "陈\u{3000}思齐"),
            ("陈思齐", "陈思齐\u{fe00}"),
            ("陈思齐", "陈\u{34f}思齐"),
            ("阿依古丽·买买提", "阿依古丽买买提"),
            ("阿依古丽·买买提", "阿依古丽・买买提"),
            ("阿依古丽·买买提", "阿依古丽•买买提"),
            ("阿依古丽·买买提", "阿依古丽．买买提"),
            ("Anna Li", "Ａｎｎａ　Ｌｉ"),
            ("Anna Li", "Аnnа Li"),
            ("Anna Li", "anna li"),
            ("户部", "戶部"),
            ("吴一", "吳一"),
            ("金龙", "⾦龙"),
            ("李·", "李"),
        ] {
            assert!(are_alike(name, trick) && are_alike(trick, name), "{name} {trick}");
        }
        for (a, b) in [
            ("陈思齐", "陈思琪"),
            ("王芳", "王芳（县医院）"),
            ("王芳", "王方"),
            ("Li", "Lu"),
            ("···", "。。。"),
        ] {
            assert!(!are_alike(a, b), "{a} {b}");
        }
        assert!(!are_alike("陈思齐", "陈思齐"), "the same name is no other");
    }

    proptest! {
        #[test]
        fn to_look_alike_goes_both_ways_and_survives_spacing(a in "[\\p{Han}a-zA-Z·]{1,6}", b in "[\\p{Han}a-zA-Z·]{1,6}") {
            prop_assert_eq!(are_alike(&a, &b), are_alike(&b, &a));
            let spaced: String = a.chars().flat_map(|c| [c, ' ']).collect();
            prop_assert!(!a.chars().any(char::is_alphanumeric) || are_alike(&a, &spaced));
        }
    }
}
