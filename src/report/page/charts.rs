//! Charts as data: every number in them also stands in a table, so that no format has to draw.

use crate::{
    domain::{
        agreement::severity::IN_THE_MIDDLE,
        outcome::Counts,
        terms::{grade::Grade, lang::Lang},
    },
    report::{Report, page::Table},
    words::{self, label},
};

/// A chart. How it is drawn is each format's.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// How many clauses came out at each grade, one stacked bar an area.
    Grades(Vec<GradeBar>),
    /// How strictly each member scored, one bar a member to either side of zero.
    Severity(Vec<SeverityBar>),
}

/// The verdicts of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeBar {
    /// The area.
    pub title: String,
    /// How many clauses: A, B, C, D, not applicable, undecided, in the order of [`Chart::parts`].
    pub parts: [usize; 6],
}

/// One member beside the others.
#[derive(Debug, Clone, PartialEq)]
pub struct SeverityBar {
    /// The member; where names are off the number that the panel has here, or where the panel has names a number in the order of
    /// severity, which tells nothing about who.
    pub title: String,
    /// Mean of own grade minus the median of the others, in grades; below zero is stricter.
    pub severity: f64,
    /// Clauses it is taken over; `None` where names are off, since recusals would tell whose it is.
    pub n_shared: Option<usize>,
}

impl Chart {
    /// The names of the parts of a [`GradeBar`].
    #[must_use]
    pub const fn parts(lang: Lang) -> [&'static str; 6] {
        ["A", "B", "C", "D", lang.pick("不适用", "N/A"), lang.pick("未决", "Undecided")]
    }

    /// Its title.
    #[must_use]
    pub const fn title(&self, lang: Lang) -> &'static str {
        match self {
            Self::Grades(_) => lang.pick("各领域档次分布（条款数）", "Grades by area (clauses)"),
            Self::Severity(_) => lang.pick(
                "组员评分宽严（与其他组员中位数之差，档）",
                "Strict and lenient members (grades from the median of the others)",
            ),
        }
    }
}

pub(super) fn grades(report: &Report) -> Chart {
    let bar = |title: &str, counts: &Counts| {
        let [a, b, c, d] = Grade::ALL.map(|grade| counts.of(grade));
        GradeBar { title: title.to_owned(), parts: [a, b, c, d, counts.not_applicable, counts.undecided] }
    };
    let areas = report.areas.iter().map(|area| bar(&area.title, &area.counts));
    Chart::Grades(areas.collect())
}

/// Members whose severity is defined: with names in roster order, without in the order of severity.
pub(in crate::report) fn severity(report: &Report) -> Vec<SeverityBar> {
    let lang = report.lang;
    let raters = report.agreement.overall.raters.iter().enumerate();
    let mut bars: Vec<SeverityBar> = raters
        .filter_map(|(index, rater)| {
            let title = report.raters.get(index).cloned().unwrap_or_default();
            let n_shared = report.names.then_some(rater.n_shared);
            Some(SeverityBar { title, severity: rater.severity?, n_shared })
        })
        .collect();
    // Whoever is numbered in the panel has that number here too: there is one numbering in a report.
    if report.raters.is_empty() {
        bars.sort_by(|a, b| a.severity.total_cmp(&b.severity));
        for (n, bar) in (1..).zip(&mut bars) {
            bar.title = format!("{} {n}", label::expert(lang));
        }
    }
    bars
}

/// Both ends of the scale that bars are drawn on, in whole halves of a grade: small differences shall look small.
pub(in crate::report) fn severity_scale(bars: &[SeverityBar]) -> f64 {
    let most = bars.iter().map(|bar| bar.severity.abs()).fold(0.0, f64::max);
    (most * 2.0).ceil().max(1.0) / 2.0
}

/// The same as a table; `None` without members to compare.
pub(super) fn severity_table(bars: &[SeverityBar], lang: Lang) -> Option<Table> {
    let mut columns = vec![
        (label::member(lang), 3),
        (lang.pick("与其他组员中位数之差（档）", "Grades from the median of the others"), 4),
        (lang.pick("宽严", "Reading"), 3),
    ];
    // Without names it is said of nobody.
    let is_counted = bars.iter().any(|bar| bar.n_shared.is_some());
    columns.extend(is_counted.then(|| (lang.pick("可比条款", "Clauses"), 2)));
    let mut table = Table::new(&columns);
    table.rows.extend(bars.iter().map(|bar| {
        let strictness = words::strictness(bar.severity, lang).to_owned();
        let mut row = vec![bar.title.clone(), words::signed(bar.severity), strictness];
        row.extend(is_counted.then(|| bar.n_shared.map_or_else(|| "—".to_owned(), |n| n.to_string())));
        row
    }));
    (!table.rows.is_empty()).then_some(table)
}

/// From what difference on a member is called strict or lenient; without names also that the numbers are not those of a list.
pub(super) fn severity_note(report: &Report) -> String {
    let lang = report.lang;
    let even = format!("{IN_THE_MIDDLE:.1}");
    let mut note = match lang {
        Lang::Zh => format!("相差不超过 {even} 档的记为居中（程序默认，非官方）。"),
        Lang::En => {
            format!("Up to {even} of a grade counts as in the middle (our own default, not official).")
        }
    };
    if report.raters.is_empty() {
        note.push_str(lang.pick(
            "本表的专家编号按宽严排列，与专家组名单的顺序无关。",
            " Experts are numbered here by how strict they are, not by the order of the panel.",
        ));
    }
    note
}
