//! The expert pool: who may be drawn for a panel (seed S3·F13–F16). A pool may be shared between a city and its counties.
//!
//! `rank` knows the level of a title, `field_name` what people call a field, `row` turns the columns of a file or table into an expert, `join` joins two pools,
//! `draw` draws a panel from one.

pub mod draw;
mod field_name;
pub(crate) mod join;
mod rank;
mod row;

use std::collections::BTreeMap;

use crate::domain::{
    pool::draw::Ground,
    terms::{
        clean::clean_line,
        field::{Field, words},
        lang::Lang,
        written::Line,
    },
};

pub use crate::domain::pool::join::{Difference, Joined, Policy};
pub use rank::Rank;
pub use row::RowProblem;

/// Most experts of a pool: a whole draw must fit into the first commit of a visit. Our own bound.
pub const POOL_LIMIT: usize = 3_000;

/// Who an expert is: two experts of one name are told apart by their units.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person {
    /// Name, one clean line.
    pub name: String,
    /// Unit (单位), one clean line.
    pub unit: String,
}

impl Person {
    /// A person from the texts of a file. Blanks inside a Chinese name only fill up a column, so 王　芳 is 王芳.
    #[must_use]
    pub fn new(name: &str, unit: &str) -> Self {
        let name = clean_line(name);
        let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '·');
        let is_padded = name.chars().all(|c| is_han(c) || c.is_whitespace());
        let name = if is_padded { name.split_whitespace().collect() } else { name };
        Self { name, unit: clean_line(unit) }
    }

    /// Name and unit, as shown to a reader.
    #[must_use]
    pub fn shown(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}（{}）", self.name, self.unit),
            Lang::En => format!("{} ({})", self.name, self.unit),
        }
    }
}

/// An expert of the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolExpert {
    /// Who.
    pub person: Person,
    /// Professional title (职称), as written.
    pub title: Line,
    /// Fields; distinct, at least one, the main field first.
    pub fields: Vec<Field>,
    /// Training: free text or a date; may be empty.
    pub training: String,
    /// What binds the expert to facilities.
    pub ties: Vec<Tie>,
    /// Medical alliance (医共体) of the unit; empty = none.
    pub alliance: String,
    /// County; may be empty.
    pub county: String,
    /// Why the expert may sit below the least title (seed S3·F15, “原则上”); empty = no exception.
    pub exception: String,
}

impl PoolExpert {
    /// The level of the title; `None` = not known.
    #[must_use]
    pub fn rank(&self) -> Option<Rank> {
        Rank::of_title(&self.title)
    }

    /// What a column holds, as it is written to a file.
    #[must_use]
    pub fn text(&self, column: Column) -> String {
        match column {
            Column::Name => self.person.name.clone(),
            Column::Unit => self.person.unit.clone(),
            Column::Title => self.title.to_string(),
            Column::Fields => self.fields.iter().map(|field| field.key()).collect::<Vec<_>>().join("、"),
            Column::Training => self.training.clone(),
            Column::Ties => self.ties.iter().map(Tie::to_text).collect::<Vec<_>>().join("；"),
            Column::Alliance => self.alliance.clone(),
            Column::County => self.county.clone(),
            Column::Exception => self.exception.clone(),
        }
    }
}

/// Something that binds an expert to a facility or unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// Of which kind; one of [`Ground::TIES`].
    pub ground: Ground,
    /// The facility or unit.
    pub with: String,
}

impl Tie {
    /// As written to a file, e.g. `亲属：青禾镇卫生院`.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}：{}", self.ground.name(Lang::Zh), self.with)
    }
}

words! {
    /// The columns of a pool file, in their order.
    Column {
        /// 姓名
        Name = "name", "姓名", "Name";
        /// 单位
        Unit = "unit", "单位", "Unit";
        /// 职称
        Title = "title", "职称", "Title";
        /// 专业
        Fields = "fields", "专业", "Fields";
        /// 培训
        Training = "training", "培训", "Training";
        /// 既往关系
        Ties = "ties", "既往关系", "Ties";
        /// 医共体
        Alliance = "alliance", "医共体", "Alliance";
        /// 县区
        County = "county", "县区", "County";
        /// 例外理由
        Exception = "exception", "例外理由", "Exception";
    }
}

/// A pool: experts sorted by name and unit, nobody twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pool {
    experts: BTreeMap<Person, PoolExpert>,
}

impl Pool {
    /// Adds an expert; the earlier one of the same name and unit, if any, is given back.
    pub fn put(&mut self, expert: PoolExpert) -> Option<PoolExpert> {
        self.experts.insert(expert.person.clone(), expert)
    }

    /// The experts, by name and unit.
    pub fn experts(&self) -> impl Iterator<Item = &PoolExpert> {
        self.experts.values()
    }

    /// An expert.
    #[must_use]
    pub fn get(&self, person: &Person) -> Option<&PoolExpert> {
        self.experts.get(person)
    }

    /// Those of a name, by unit.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&PoolExpert> {
        self.experts().filter(|expert| expert.person.name == name).collect()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.experts.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.experts.is_empty()
    }
}

/// A text as units, alliances and headers are compared: without blanks, full-width signs as plain ones, in small letters.
#[must_use]
pub fn comparable(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(plain).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_padded_with_blanks_is_the_same_name() {
        assert_eq!(Person::new(" 王　芳 ", "县医院"), Person::new("王芳", "县医院"));
        assert_eq!(Person::new("Li  Wei", "x").name, "Li  Wei");
        assert_eq!(Person::new("阿依·古丽", "x").name, "阿依·古丽");
        assert_ne!(Person::new("王芳", "县医院"), Person::new("王芳", "市医院"));
    }

    #[test]
    fn names_of_units_are_compared_without_blanks_and_widths() {
        assert_eq!(comparable(" 青禾镇 卫生院（Ａ区）"), comparable("青禾镇卫生院(a区)"));
        assert_ne!(comparable("青禾镇卫生院"), comparable("青禾镇中心卫生院"));
    }
}
