//! Which way round a matrix is: whether its rows are the members or the clauses.

use crate::domain::{pool::comparable, terms::lang::Text};

/// What the rows of a matrix are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsAre {
    /// A row a member.
    Members,
    /// A row a clause.
    Clauses,
}

/// What stands above names of clauses, and of members; without a plural's s.
const CLAUSES: [&str; 20] = [
    "clause",
    "unit",
    "subject",
    "item",
    "case",
    "id",
    "clauseid",
    "question",
    "条款",
    "条款编号",
    "编号",
    "项目",
    "指标",
    "题号",
    "题目",
    "单元",
    "对象",
    "样本",
    "案例",
    "病例",
];
const MEMBERS: [&str; 15] = [
    "rater",
    "member",
    "observer",
    "coder",
    "judge",
    "expert",
    "reviewer",
    "name",
    "组员",
    "专家",
    "评委",
    "评分人",
    "评分者",
    "评审",
    "姓名",
];

impl RowsAre {
    /// What the corner says, or else what the names of columns or rows are called.
    pub(super) fn guess(corner: &str, columns: &[String], rows: &[String]) -> Self {
        let corner = comparable(corner);
        let singular = corner.strip_suffix('s').unwrap_or(&corner);
        let is_corner = |words: &[&str]| words.contains(&singular) || words.contains(&corner.as_str());
        let looks_turned = || {
            columns.iter().all(|name| is_numbered(name, &MEMBERS))
                || rows.iter().all(|name| is_numbered(name, &CLAUSES))
        };
        if is_corner(&CLAUSES) || (!is_corner(&MEMBERS) && looks_turned()) {
            Self::Clauses
        } else {
            Self::Members
        }
    }

    /// Which way it was read, and what to do if that is wrong.
    pub(super) fn words(self) -> Text {
        match self {
            Self::Members => Text::new(
                "按一行一名组员、一列一个条款读取；如果相反，请加 --rows clauses。",
                "Read as a row a member and a column a clause; if it is the other way round, add --rows clauses.",
            ),
            Self::Clauses => Text::new(
                "按一行一个条款、一列一名组员读取；如果相反，请加 --rows members。",
                "Read as a row a clause and a column a member; if it is the other way round, add --rows members.",
            ),
        }
    }
}

/// Whether a name is one of these words with a number, such as `Rater 1` or 专家3.
fn is_numbered(name: &str, words: &[&str]) -> bool {
    let name = comparable(name);
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || "_-.#".contains(c));
    word.len() < name.len() && words.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corner_tells_or_else_the_names() {
        let names = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        for (corner, columns, rows, expected) in [
            ("Units", &["r1"][..], &["1"][..], RowsAre::Clauses),
            ("item", &["x"], &["y"], RowsAre::Clauses),
            ("编 号", &["x"], &["y"], RowsAre::Clauses),
            ("组员", &["Rater 1"], &["y"], RowsAre::Members),
            ("", &["Rater 1", "Rater_2"], &["y"], RowsAre::Clauses),
            ("", &["EM-01"], &["条款1", "条款 2"], RowsAre::Clauses),
            ("x", &["EM-01"], &["专家1"], RowsAre::Members),
        ] {
            let found = RowsAre::guess(corner, &names(columns), &names(rows));
            assert_eq!(found, expected, "{corner} {columns:?} {rows:?}");
        }
    }
}
