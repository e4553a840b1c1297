//! The columns of a pool file or table as an expert, with everything that is wrong with a row.

use crate::domain::{
    pool::{Column, Person, PoolExpert, Tie, comparable, draw::Ground},
    terms::{
        clean::{LINE_LIMIT, clean_line, is_clean_line},
        field::Field,
        lang::{Lang, Text},
        written::Line,
    },
};

/// What stands between the fields or ties of one cell.
const BETWEEN_FIELDS: [char; 8] = ['、', ',', '，', ';', '；', '/', '\n', '\r'];
const BETWEEN_TIES: [char; 4] = [';', '；', '\n', '\r'];

/// Other headers that people write over a column.
const OTHER_HEADERS: [(&str, Column); 23] = [
    ("专家姓名", Column::Name),
    ("工作单位", Column::Unit),
    ("所在单位", Column::Unit),
    ("现工作单位", Column::Unit),
    ("单位名称", Column::Unit),
    ("技术职称", Column::Title),
    ("职称名称", Column::Title),
    ("专业技术职称", Column::Title),
    ("专业技术职务", Column::Title),
    ("专业类别", Column::Fields),
    ("从事专业", Column::Fields),
    ("擅长专业", Column::Fields),
    ("field", Column::Fields),
    ("培训情况", Column::Training),
    ("回避关系", Column::Ties),
    ("利益关系", Column::Ties),
    ("所在医共体", Column::Alliance),
    ("所属医共体", Column::Alliance),
    ("县", Column::County),
    ("区县", Column::County),
    ("县(区)", Column::County),
    ("所在县区", Column::County),
    ("例外", Column::Exception),
];

/// Other words that people write for the ground of a tie.
const OTHER_GROUNDS: [(&str, Ground); 10] = [
    ("任职", Ground::OwnUnit),
    ("曾任职", Ground::OwnUnit),
    ("兼职", Ground::OwnUnit),
    ("指导", Ground::Coaching),
    ("带教", Ground::Coaching),
    ("指导团队", Ground::Coaching),
    ("亲属关系", Ground::Kinship),
    ("近亲属", Ground::Kinship),
    ("经济关系", Ground::Dealings),
    ("利益往来", Ground::Dealings),
];

/// Something wrong with a cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The column.
    pub column: Column,
    /// What is wrong.
    pub what: Text,
}

impl Column {
    /// The column that a header names: its key, its Chinese name, or another usual word. A header in both languages is two.
    #[must_use]
    pub fn of_header(header: &str) -> Option<Self> {
        let text = comparable(header);
        let known = Self::ALL.iter().copied().find(|column| {
            let names = [column.key(), column.name(Lang::Zh)];
            names.iter().any(|name| comparable(name) == text)
        });
        known.or_else(|| OTHER_HEADERS.iter().find(|(other, _)| *other == text).map(|(_, it)| *it))
    }

    /// Whether a file cannot do without the column.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Name | Self::Unit | Self::Title | Self::Fields)
    }
}

impl PoolExpert {
    /// An expert from the cells of a row; an empty text is a blank cell.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn from_cells(cell: impl Fn(Column) -> String) -> Result<Self, Vec<RowProblem>> {
        let mut problems = Vec::new();
        for column in Column::ALL.iter().copied() {
            if cell(column).chars().count() > LINE_LIMIT {
                let what = Text::new(
                    format!("超过 {LINE_LIMIT} 个字"),
                    format!("longer than {LINE_LIMIT} characters"),
                );
                problems.push(RowProblem { column, what });
            }
        }
        let person = Person::new(&cell(Column::Name), &cell(Column::Unit));
        for (column, text) in [(Column::Name, &person.name), (Column::Unit, &person.unit)] {
            if text.is_empty() {
                problems.push(RowProblem { column, what: Text::new("是空的", "empty") });
            }
        }
        // The roster of a visit writes an expert as NAME:FIELD:TITLE, a recusal as NAME@UNIT:KIND:REASON.
        if person.name.contains([':', '：', '@', '＠']) {
            let what = Text::new("姓名里不能有冒号或 @", "a name holds no colon and no @");
            problems.push(RowProblem { column: Column::Name, what });
        }
        let fields = keep(Column::Fields, read_fields(&cell(Column::Fields)), &mut problems);
        let ties = keep(Column::Ties, read_ties(&cell(Column::Ties)), &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            person,
            // One that is too long was found above.
            title: Line::new(&cell(Column::Title)).unwrap_or_default(),
            fields,
            training: clean_line(&cell(Column::Training)),
            ties,
            alliance: clean_line(&cell(Column::Alliance)),
            county: clean_line(&cell(Column::County)),
            exception: clean_line(&cell(Column::Exception)),
        })
    }
}

fn keep<T: Default>(column: Column, read: Result<T, Text>, problems: &mut Vec<RowProblem>) -> T {
    read.unwrap_or_else(|what| {
        problems.push(RowProblem { column, what });
        T::default()
    })
}

fn read_fields(text: &str) -> Result<Vec<Field>, Text> {
    let mut fields = Vec::new();
    for word in text.split(BETWEEN_FIELDS).map(clean_line).filter(|word| !word.is_empty()) {
        let field = Field::named(&word).ok_or_else(|| Field::unknown(&word))?;
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    if fields.is_empty() { Err(Text::new("没有专业", "no field")) } else { Ok(fields) }
}

fn read_ties(text: &str) -> Result<Vec<Tie>, Text> {
    let mut ties = Vec::new();
    let parts = text.split(BETWEEN_TIES).map(clean_line).filter(|part| !part.is_empty());
    for part in parts {
        let (kind, with) = part.split_once([':', '：']).unwrap_or((&part, ""));
        let (kind, with) = (clean_line(kind), clean_line(with));
        let Some(ground) = ground_of(&kind).filter(|ground| Ground::TIES.contains(ground)) else {
            let all: Vec<&str> = Ground::TIES.iter().map(|it| it.name(Lang::Zh)).collect();
            let keys: Vec<&str> = Ground::TIES.iter().map(|it| it.key()).collect();
            return Err(Text::new(
                format!("“{kind}”不是 {} 之一", all.join("、")),
                format!("“{kind}” is none of {}", keys.join(", ")),
            ));
        };
        if with.is_empty() || !is_clean_line(&with) {
            return Err(Text::new(
                format!("“{part}”要写成 {kind}：机构名称"),
                format!("“{part}” must read {kind}: name of the facility"),
            ));
        }
        let tie = Tie { ground, with };
        if !ties.contains(&tie) {
            ties.push(tie);
        }
    }
    Ok(ties)
}

fn ground_of(word: &str) -> Option<Ground> {
    Ground::parse(word).or_else(|| OTHER_GROUNDS.iter().find(|(other, _)| *other == word).map(|(_, it)| *it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(Column, &str)]) -> Result<PoolExpert, Vec<RowProblem>> {
        PoolExpert::from_cells(|column| {
            cells.iter().find(|(it, _)| *it == column).map_or("", |(_, text)| text).to_owned()
        })
    }

    #[test]
    fn what_is_written_reads_the_same_again() {
        let expert = row(&[
            (Column::Name, "张 三"),
            (Column::Unit, " 县医院 "),
            (Column::Title, "主治医师"),
            (Column::Fields, "护理，临床医学/护理部\n卫生（计生）监督"),
            (Column::Ties, "亲属：青禾镇卫生院；带教:东山卫生院\nkinship：青禾镇卫生院"),
            (Column::Exception, "紧缺专业"),
        ])
        .unwrap();
        assert_eq!(expert.fields, [Field::Nursing, Field::Medicine, Field::Inspection]);
        let kin = Tie { ground: Ground::Kinship, with: "青禾镇卫生院".to_owned() };
        let coach = Tie { ground: Ground::Coaching, with: "东山卫生院".to_owned() };
        assert_eq!(expert.ties, [kin, coach]);
        assert_eq!(PoolExpert::from_cells(|column| expert.text(column)), Ok(expert));
    }

    #[test]
    fn every_problem_of_a_row_is_told_with_its_column() {
        let long = "长".repeat(LINE_LIMIT + 1);
        let problems = row(&[
            (Column::Name, "甲:乙"),
            (Column::Fields, "外科"),
            (Column::Ties, "同学：某院"),
            (Column::Training, &long),
        ])
        .unwrap_err();
        let columns: Vec<Column> = problems.iter().map(|it| it.column).collect();
        assert_eq!(columns, [Column::Training, Column::Unit, Column::Name, Column::Fields, Column::Ties]);
        assert!(row(&[(Column::Ties, "亲属")]).is_err());
    }

    #[test]
    fn headers_are_known_in_both_languages() {
        for (header, column) in [
            ("姓名", Column::Name),
            (" Name ", Column::Name),
            ("县（区）", Column::County),
            ("工作单位", Column::Unit),
            ("Field", Column::Fields),
            ("既往关系", Column::Ties),
        ] {
            assert_eq!(Column::of_header(header), Some(column), "{header}");
        }
        assert_eq!(Column::of_header("电话"), None);
        assert_eq!(Column::of_header(""), None);
    }
}
