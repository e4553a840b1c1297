//! What the panel tells the facility at the exit meeting: strengths, problems, what to mend at once, advice. No names, no votes, no
//! notes, no grades: only titles and texts of the checklist, in an order that tells nothing about who found what.

mod derive;
pub mod html;
pub mod json;

use crate::{
    domain::{
        facility::Stage,
        terms::{date::Date, lang::Lang},
    },
    report::{Report, layout::State},
    words::{self, label},
};

/// The feedback of a visit. Every text in it has been through `domain::terms::clean`; escaping is left to each format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// Language of headings and words.
    pub lang: Lang,
    /// Id of the visit.
    pub visit: String,
    /// Name of the facility.
    pub facility: String,
    /// Stage.
    pub stage: Stage,
    /// Day of the visit.
    pub date: Date,
    /// How far the visit is.
    pub state: State,
    /// What is not official, not final or not complete (invariant 9).
    pub marks: Vec<String>,
    /// Strengths, problems, what to mend at once, advice: in the order in which they are told.
    pub parts: [Part; 4],
}

/// What a part of the feedback is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// What is good.
    Strengths,
    /// What is not as the standard applied for requires.
    Problems,
    /// What cannot wait.
    FixNow,
    /// What could be better and is not required.
    Advice,
}

/// A part of the feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub kind: PartKind,
    /// By area, or for what cannot wait by how grave it is; none of them is empty.
    pub groups: Vec<Group>,
}

/// What is told together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Title.
    pub title: String,
    /// Clauses or gates.
    pub items: Vec<Item>,
}

/// A clause or a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is a core clause.
    pub core: bool,
    /// The points in question; none = the clause as a whole.
    pub points: Vec<PointText>,
}

/// A point of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointText {
    /// Id inside the clause.
    pub id: String,
    /// What should be, or is, so, with what must be said beside its number (invariant 9).
    pub text: String,
}

impl Feedback {
    /// The feedback that a report amounts to. What its reader may not see is in neither.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self {
            lang: report.lang,
            visit: report.visit.clone(),
            facility: report.facility.clone(),
            stage: report.stage,
            date: report.date,
            state: report.state,
            marks: derive::marks(report),
            parts: [
                derive::strengths(report),
                derive::problems(report),
                derive::fix_now(report),
                derive::advice(report),
            ],
        }
    }

    /// Title.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}{}", self.facility, self.lang.pick("现场反馈", ": Feedback"))
    }

    /// Stage and day.
    #[must_use]
    pub fn about(&self) -> String {
        format!("{} · {}", self.stage.name(self.lang), self.date)
    }
}

impl PartKind {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Strengths => "strengths",
            Self::Problems => "problems",
            Self::FixNow => "fix_now",
            Self::Advice => "advice",
        }
    }

    /// Title.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Strengths => lang.pick("优势", "Strengths"),
            Self::Problems => lang.pick("问题", "Problems"),
            Self::FixNow => lang.pick("立即整改", "Fix now"),
            Self::Advice => lang.pick("建议（申报的标准不要求）", "Advice (not required)"),
        }
    }

    /// What it says when there is nothing.
    #[must_use]
    pub const fn nothing(self, lang: Lang) -> &'static str {
        match self {
            Self::Strengths => lang.pick("没有列出。", "None listed."),
            Self::Problems => lang.pick("没有发现问题。", "No problem was found."),
            Self::FixNow => lang.pick("没有须立即整改的。", "Nothing that cannot wait."),
            Self::Advice => lang.pick("没有其他建议。", "Nothing further."),
        }
    }
}

impl Part {
    /// What is said below the title of an item: its points; that none was named, where one would ask which.
    #[must_use]
    pub fn lines(&self, item: &Item, lang: Lang) -> Vec<String> {
        if item.points.is_empty() && self.kind != PartKind::Strengths {
            return vec![lang.pick("未列明具体要点", "no single point was named").to_owned()];
        }
        item.points.iter().map(|point| point.text.clone()).collect()
    }
}

impl Item {
    /// Id, title, and whether it is a core clause.
    #[must_use]
    pub fn heading(&self, lang: Lang) -> String {
        let core = if self.core { words::aside(label::core(lang), lang) } else { String::new() };
        format!("{} {}{core}", self.id, self.title)
    }
}
