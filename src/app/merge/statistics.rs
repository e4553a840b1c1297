//! Agreement statistics of a visit, or of any matrix in a CSV file.

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
        visit::info,
    },
    domain::{
        agreement::{Agreement, Divergence, Matrix, Pair, panel::pairs},
        terms::{
            clean::clean_line,
            grade::Grade,
            id::AreaId,
            lang::{Bilingual, Lang, Text},
        },
    },
    report, words,
};

/// Statistics with the names of the raters.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Over everything.
    pub agreement: Agreement,
    /// Raters in order.
    pub names: Vec<String>,
    /// Each two raters.
    pub pairs: Vec<Pair>,
    /// The statistics of a visit's parts; `None` for a matrix.
    parts: Option<Parts>,
}

/// The parts of a visit.
#[derive(Debug, Clone)]
struct Parts {
    /// Id and titles of each area, with its statistics.
    areas: Vec<(String, Bilingual, Agreement)>,
    core: Agreement,
}

impl Statistics {
    /// Of the sealed first votes of the members whose votes this laptop may show.
    #[must_use]
    pub fn of_visit(session: &Session) -> Self {
        let shown = info::shown(session);
        let names = shown.iter().map(|state| clean_line(state.member.name.as_str())).collect();
        let found = info::agreement(session);
        let title = |area: &AreaId| {
            let area = session.visit().founding.checklist.area(area.as_str());
            area.map(|area| area.title.clone()).unwrap_or_default()
        };
        let areas = found.areas.into_iter().map(|(id, agreement)| {
            let title = title(&id);
            (id.to_string(), title, agreement)
        });
        let parts = Parts { areas: areas.collect(), core: found.core };
        Self { agreement: found.overall, names, pairs: found.pairs, parts: Some(parts) }
    }

    /// Of a CSV matrix: rows are members (name first), columns are clauses, an empty cell is missing. A first line
    /// names the columns; where its first cell is `clause`, `unit` or `subject`, rows are clauses instead. A first line
    /// of nothing but grades names nothing. Cells are A–D (only with four categories) or 1…q, 1 the lowest.
    ///
    /// # Errors
    /// Every cell that is neither.
    pub fn of_csv(bytes: &[u8], categories: u8) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
            .map_err(|_| unreadable(vec![Text::new("不是 UTF-8 编码。", "not UTF-8")]))?;
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let lines: Vec<StringRecord> =
            reader.records().collect::<Result<_, _>>().map_err(|error| broken(&error))?;
        let sheet = Sheet::of(&lines, categories);
        let (rows, bad) = sheet.ranks(categories);
        if !bad.is_empty() {
            return Err(unreadable(bad));
        }
        let by_clause = if sheet.rows_are_clauses { rows } else { turned(&rows, sheet.width) };
        let names = if sheet.rows_are_clauses { sheet.column_names } else { sheet.row_names };
        let matrix = Matrix::new(categories, names.len(), by_clause)
            .map_err(|error| unreadable(vec![Text::new(error.to_string(), error.to_string())]))?;
        Ok(Self { agreement: Agreement::of(&matrix), names, pairs: pairs(&matrix), parts: None })
    }

    /// Each statistic with its name, undefined ones as such.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<(String, String)> {
        words::statistics(&self.agreement, lang)
    }

    /// Each rater's severity and bias: mean difference, in grades, from the median and from the mean of the others.
    #[must_use]
    pub fn severities(&self, lang: Lang) -> Vec<(String, String)> {
        let raters = self.agreement.raters.iter().zip(&self.names);
        raters.map(|(rater, name)| (name.clone(), words::severity(rater, lang))).collect()
    }

    /// The parts of a visit, the core clauses first, each in one line.
    #[must_use]
    pub fn parts(&self, lang: Lang) -> Vec<(String, String)> {
        let Some(parts) = &self.parts else { return Vec::new() };
        let core = (lang.pick("核心条款", "core clauses").to_owned(), &parts.core);
        let areas = parts.areas.iter().map(|(_, title, it)| (clean_line(title.get(lang)), it));
        let told = [core].into_iter().chain(areas);
        told.map(|(name, agreement)| (name, words::agreement_in_brief(agreement, lang))).collect()
    }

    /// Each two raters with their weighted κ.
    #[must_use]
    pub fn pairs(&self, lang: Lang) -> Vec<(String, String)> {
        let name = |index: usize| self.names.get(index).map_or("?", String::as_str);
        let pairs = self.pairs.iter();
        pairs
            .map(|pair| {
                let names = format!("{} / {}", name(pair.first), name(pair.second));
                (names, words::pair(pair, lang))
            })
            .collect()
    }

    /// One sentence when the measures tell different stories.
    #[must_use]
    pub fn divergence(&self, lang: Lang) -> Option<&'static str> {
        Divergence::of(&self.agreement).map(|it| words::divergence(it, lang))
    }

    /// The JSON of `design.md` §6.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut value = report::agreement_json(&self.agreement, &self.names);
        if let Value::Object(fields) = &mut value {
            fields.insert("pairs".to_owned(), report::pairs_json(&self.pairs, &self.names));
            if let Some(parts) = &self.parts {
                let areas = parts.areas.iter().map(|(id, title, it)| report::part_json(id, &title.zh, it));
                fields.insert("areas".to_owned(), areas.collect());
                fields.insert("core".to_owned(), report::statistics_json(&parts.core));
            }
        }
        value
    }
}

/// A matrix as written, its names apart.
struct Sheet<'a> {
    rows_are_clauses: bool,
    column_names: Vec<String>,
    row_names: Vec<String>,
    width: usize,
    cells: Vec<(u64, Vec<&'a str>)>,
}

impl<'a> Sheet<'a> {
    fn of(lines: &'a [StringRecord], categories: u8) -> Self {
        let bare = lines.first().is_some_and(|first| first.iter().all(|cell| rank(cell, categories).is_ok()));
        let named = usize::from(!bare);
        let width = lines.iter().map(StringRecord::len).max().unwrap_or(0).saturating_sub(named);
        let corner = lines.first().and_then(|first| first.get(0)).unwrap_or_default().to_lowercase();
        let header = lines.first().filter(|_| !bare);
        let body = lines.iter().skip(named).filter(|line| line.iter().any(|cell| !cell.is_empty()));
        let column = |index: usize| match header.and_then(|line| line.get(index + 1)) {
            Some(name) => clean_line(name),
            None => (index + 1).to_string(),
        };
        let row = |(index, line): (usize, &StringRecord)| match line.get(0).filter(|_| !bare) {
            Some(name) => clean_line(name),
            None => (index + 1).to_string(),
        };
        let cells = |line: &'a StringRecord| {
            let number = line.position().map_or(0, csv::Position::line);
            (number, (0..width).map(|index| line.get(index + named).unwrap_or_default()).collect())
        };
        Self {
            rows_are_clauses: !bare && matches!(corner.as_str(), "clause" | "unit" | "subject" | "条款"),
            column_names: (0..width).map(column).collect(),
            row_names: body.clone().enumerate().map(row).collect(),
            width,
            cells: body.map(cells).collect(),
        }
    }

    fn ranks(&self, categories: u8) -> (Vec<Vec<Option<u8>>>, Vec<Text>) {
        let mut bad = Vec::new();
        let mut read = |line: u64, cell: &str| {
            rank(cell, categories).unwrap_or_else(|()| {
                let cell = clean_line(cell);
                bad.push(Text::new(
                    format!("第 {line} 行：“{cell}”不是档次。"),
                    format!("line {line}: “{cell}” is not a grade"),
                ));
                None
            })
        };
        let rows =
            self.cells.iter().map(|(line, cells)| cells.iter().map(|cell| read(*line, cell)).collect());
        let rows = rows.collect();
        (rows, bad)
    }
}

fn turned(rows: &[Vec<Option<u8>>], width: usize) -> Vec<Vec<Option<u8>>> {
    (0..width).map(|column| rows.iter().map(|row| row.get(column).copied().flatten()).collect()).collect()
}

fn rank(cell: &str, categories: u8) -> Result<Option<u8>, ()> {
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(grade) = cell.parse::<Grade>().ok().filter(|_| categories == 4) {
        return Ok(Some(grade.rank()));
    }
    cell.parse::<u8>().ok().filter(|rank| (1..=categories).contains(rank)).map(Some).ok_or(())
}

fn broken(error: &csv::Error) -> Failure {
    unreadable(vec![Text::new(error.to_string(), error.to_string())])
}

fn unreadable(details: Vec<Text>) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有计算一致性。", "Agreement was not computed."),
        Text::new("矩阵里有读不懂的内容：", "The matrix holds what cannot be read:"),
        Text::new(
            "行为组员、列为条款，格子里填 A–D 或 1…q，空格表示缺失。",
            "Rows are members, columns clauses; cells A–D or 1…q, empty for missing.",
        ),
    )
    .with_details(details)
}
