//! How a source mark is told to a reader: its kind in words, and the title of a policy document instead of its code alone.

use crate::domain::terms::{
    lang::{Lang, Text},
    source::Source,
};

/// The policy documents that the shipped checklists quote, by the code that a `seed` mark names. A checklist of others may
/// use codes of its own: these are told as they are written. All codes are explained in `docs/SOURCES.md`.
const DOCUMENTS: [(&str, &str, &str); 5] = [
    ("S0", "青海省实施方案（2022）", "Qinghai plan of 2022"),
    ("S1", "津卫基层〔2022〕381号", "Tianjin, 津卫基层〔2022〕381号"),
    ("S2", "泗政办字〔2021〕39号", "Sishui county, 泗政办字〔2021〕39号"),
    ("S3", "创建方案汇编（转载）", "sample plans (reposted)"),
    ("S4", "吉卫联发〔2024〕17号", "Jilin, 吉卫联发〔2024〕17号"),
];

/// A mark for readers, e.g. `文件 津卫基层〔2022〕381号 S1·F62`; several marks stand between `；`. What is no mark stays as it is.
#[must_use]
pub fn cite(mark: &str, lang: Lang) -> String {
    let told: Vec<String> = mark.split('；').map(|mark| cite_one(mark, lang)).collect();
    told.join("；")
}

fn cite_one(mark: &str, lang: Lang) -> String {
    let Some(source) = Source::parse(mark) else { return mark.to_owned() };
    let kind = source.kind();
    let rest = mark.strip_prefix(kind.prefix()).unwrap_or_default();
    let title = document(rest).map_or_else(String::new, |title| format!(" {}", title.get(lang)));
    format!("{}{title}{rest}", kind.name(lang))
}

/// The title of the document whose code a mark names after its kind.
fn document(rest: &str) -> Option<Text> {
    let code = rest.trim_start().split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    DOCUMENTS.iter().find(|(known, ..)| *known == code).map(|(_, zh, en)| Text::new(*zh, *en))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_told_in_words_with_the_title_of_its_document() {
        for (mark, zh, en) in [
            ("default", "程序默认", "our default"),
            ("law 药品管理法 第98条", "法律法规 药品管理法 第98条", "law 药品管理法 第98条"),
            (
                "seed S1·F62（2022年要求）",
                "文件 津卫基层〔2022〕381号 S1·F62（2022年要求）",
                "document Tianjin, 津卫基层〔2022〕381号 S1·F62（2022年要求）",
            ),
            (
                "seed S4·F20；second-hand V2-TRIAGE",
                "文件 吉卫联发〔2024〕17号 S4·F20；二手资料 V2-TRIAGE",
                "document Jilin, 吉卫联发〔2024〕17号 S4·F20；second-hand V2-TRIAGE",
            ),
            ("local 县卫健局〔2026〕1号", "本地规定 县卫健局〔2026〕1号", "local rule 县卫健局〔2026〕1号"),
            ("seed S17·F1", "文件 S17·F1", "document S17·F1"),
            ("不是标记", "不是标记", "不是标记"),
            ("", "", ""),
        ] {
            assert_eq!([cite(mark, Lang::Zh), cite(mark, Lang::En)], [zh, en]);
        }
    }
}
