//! Headers as forms write them: with a star for what must be filled in, and hints in brackets.

/// What opens a hint, and what closes it.
const BRACKETS: [(char, char); 9] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('〔', '〕'),
    ('《', '》'),
    ('「', '」'),
    ('<', '>'),
];

/// A header without the marks around it and the hints in brackets, such as `*姓名（必填）：`; as it is where nothing else stands.
#[must_use]
pub fn bare(header: &str) -> String {
    let mut plain = String::new();
    let mut rest = header;
    while let Some(c) = rest.chars().next() {
        let close = BRACKETS.iter().find(|(open, _)| *open == c).map(|(_, close)| *close);
        match close.and_then(|close| rest.split_once(close)) {
            Some((_, behind)) => rest = behind,
            None => {
                plain.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    let is_mark = |c: char| c.is_whitespace() || "*＊★☆●○▲△※#＃:：".contains(c);
    let plain = plain.trim_matches(is_mark);
    if plain.is_empty() { header.to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_hints_go_and_names_stay() {
        for (header, name) in [
            ("姓名*", "姓名"),
            ("＊工作单位（全称）", "工作单位"),
            ("整改情况\n（必填）", "整改情况"),
            ("【必填】专业(可多选)：", "专业"),
            ("★ 职称", "职称"),
            ("（必填）", "（必填）"),
            ("a(b", "a(b"),
            ("单位", "单位"),
        ] {
            assert_eq!(bare(header), name, "{header}");
        }
    }
}
