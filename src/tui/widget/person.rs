//! A member as people write one in a form: name, field and title on one line.

use crate::domain::{
    edit::Member,
    pool::Rank,
    terms::{field::Field as Expertise, id::MemberName, lang::Lang, written::Line},
};

/// `name field title`, separated by blanks, commas or colons in either width. English field names may hold blanks, so
/// the longest field that fits is taken.
pub(crate) fn read_member(text: &str) -> Option<Member> {
    let separator = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，' | '、');
    let (name, rest) = text.split_once(separator)?;
    let rest = rest.trim_start_matches(separator);
    let fits = |field: &&Expertise| {
        [field.name(Lang::Zh), field.name(Lang::En)].iter().any(|word| starts_as(rest, word).is_some())
    };
    let cost = |field: &&Expertise| {
        [field.name(Lang::Zh), field.name(Lang::En)].iter().filter_map(|word| starts_as(rest, word)).max()
    };
    let (field, cost) = match Expertise::ALL.iter().filter(fits).max_by_key(cost) {
        Some(field) => (*field, cost(&field)?),
        // Another name for a field is one word.
        None => {
            let word = rest.split(separator).next().unwrap_or_default();
            (Expertise::named(word)?, word.len())
        }
    };
    let (word, title) = (rest.get(..cost)?, rest.get(cost..)?.trim_matches(separator));
    // A title that says the field is the title all the same.
    let title = if title.is_empty() && Rank::of_title(word).is_some() { word } else { title };
    Some(Member { name: MemberName::new(name), field, title: Line::new(title).ok()? })
}

/// The length of `word` if the text begins with it as a whole word, in any letter case.
fn starts_as(text: &str, word: &str) -> Option<usize> {
    let start = text.get(..word.len())?;
    let ends = text.get(word.len()..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (start.eq_ignore_ascii_case(word) && ends).then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_as_people_write_it() {
        let read =
            |text: &str| read_member(text).map(|it| (it.name.to_string(), it.field, it.title.into_string()));
        let expected = Some(("赵敏".to_owned(), Expertise::Medicine, "主任医师".to_owned()));
        for text in
            ["赵敏 医疗 主任医师", "赵敏：医疗：主任医师", "赵敏,医疗,主任医师", "赵敏   Medicine  主任医师"]
        {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("钱 医疗机构管理"), Some(("钱".to_owned(), Expertise::Management, String::new())));
        assert_eq!(
            read("Li Public health MD"),
            Some(("Li".to_owned(), Expertise::PublicHealth, "MD".to_owned()))
        );
        let pharmacist = Some(("钱".to_owned(), Expertise::Pharmacy, "主任药师".to_owned()));
        for text in ["钱 临床药学 主任药师", "钱 药学 主任药师", "钱 主任药师", "钱 药学部，主任药师"]
        {
            assert_eq!(read(text), pharmacist, "{text}");
        }
        assert_eq!(read("赵敏 外科 主任"), None);
        assert_eq!(read("赵敏"), None);
    }
}
