//! Agreement statistics of a visit, or of any matrix in a table.

mod matrix;

use serde_json::Value;

use crate::{
    app::{failure::Failure, merge::statistics::matrix::Brought, session::Session, visit::info},
    domain::{
        agreement::{Agreement, Divergence, Pair, panel::pairs},
        terms::{
            clean::clean_line,
            id::AreaId,
            lang::{Lang, Text},
        },
    },
    report, words,
};

pub use matrix::RowsAre;

/// Statistics with the names of the raters.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Over everything.
    pub agreement: Agreement,
    /// Raters in order.
    pub names: Vec<String>,
    /// Each two raters.
    pub pairs: Vec<Pair>,
    /// How a matrix was read, or that not all votes of a visit are open.
    pub told: Vec<Text>,
    /// The statistics of a visit's parts; `None` for a matrix.
    parts: Option<Parts>,
}

/// The parts of a visit.
#[derive(Debug, Clone)]
struct Parts {
    /// Id and titles of each area, with its statistics.
    areas: Vec<(String, Text, Agreement)>,
    core: Agreement,
}

impl Statistics {
    /// Of the sealed first votes of the members whose votes this laptop may show.
    ///
    /// # Errors
    /// If they are not public yet and this laptop has not joined.
    pub fn of_visit(session: &Session) -> Result<Self, Failure> {
        session.may_report()?;
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
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| words::outcome::sealed(session.visit(), lang));
        let told = zh.zip(en).map(|(zh, en)| Text::new(zh, en)).into_iter().collect();
        Ok(Self { agreement: found.overall, names, pairs: found.pairs, told, parts: Some(parts) })
    }

    /// Of a matrix, CSV or workbook: rows are members (name first) and columns clauses, or the other way round if `rows`, the cell
    /// where the names meet, or the names themselves say so. A first row names the columns; one of nothing but grades names
    /// nothing. Cells are A–D (only with four categories) or 1…q, 1 the lowest; an empty one, `NA` and the like are missing.
    ///
    /// # Errors
    /// Every cell that is neither.
    pub fn of_csv(bytes: &[u8], categories: u8, rows: Option<RowsAre>) -> Result<Self, Failure> {
        let Brought { matrix, names, told } = matrix::read(bytes, categories, rows)?;
        Ok(Self { agreement: Agreement::of(&matrix), names, pairs: pairs(&matrix), parts: None, told })
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
