//! The rectification ledger as plain lines: for lists, JSON, the workbook that goes to the facility and back, and the
//! closure form.

use serde_json::{Value, json};

use crate::domain::{
    ledger::{LedgerItem, Progress},
    pool::comparable,
    terms::{
        clean::{clean_line, clean_note},
        date::Date,
        field::words,
        grade::Level,
        lang::Lang,
    },
    visit::Visit,
};

/// The ledger of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerReport {
    /// Language of words; texts of the visit stay as they were written.
    pub lang: Lang,
    /// Facility.
    pub facility: String,
    /// Stage, in words.
    pub stage: &'static str,
    /// Day of the visit.
    pub date: Date,
    /// The items.
    pub lines: Vec<LedgerLine>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// Id.
    pub id: String,
    /// Title of the area; empty outside the checklist.
    pub area: String,
    /// Clause id; empty outside the checklist.
    pub clause: String,
    /// Title of the clause.
    pub title: String,
    /// Whether the clause is core.
    pub core: bool,
    /// Point id; empty if it is about none.
    pub point: String,
    /// Level of the point.
    pub level: Option<Level>,
    /// What is to be mended.
    pub problem: String,
    /// What is to be reached; empty = what the point requires.
    pub goal: String,
    /// Who answers for it; may be empty.
    pub person: String,
    /// Until when.
    pub deadline: Option<Date>,
    /// How far it is.
    pub progress: Progress,
    /// Whether the deadline has passed with nothing handed in.
    pub overdue: bool,
    /// Whether a revision decided the clause otherwise, so that it is no longer asked for.
    pub no_longer_required: bool,
    /// Why it was handed back, reopened or struck; may be empty.
    pub reason: String,
    /// What was done, as handed in last; empty = nothing yet.
    pub done: String,
    /// Who did it.
    pub by: String,
    /// When, as was said.
    pub on: Option<Date>,
    /// Names of the files handed in.
    pub proof: Vec<String>,
    /// Who closed it; empty = nobody.
    pub closed_by: String,
    /// When it was closed.
    pub closed_on: Option<Date>,
    /// What the second person saw.
    pub remark: String,
}

words! {
    /// A column of the ledger's workbook. The headers are these words, by which it is read again.
    LedgerColumn {
        /// Id.
        Id = "id", "编号", "Item";
        /// Area.
        Area = "area", "领域", "Area";
        /// Clause, id and title.
        Clause = "clause", "条款", "Clause";
        /// Level of the point.
        Level = "level", "级别", "Level";
        /// Core clause.
        Core = "core", "核心", "Core";
        /// Problem.
        Problem = "problem", "问题", "Problem";
        /// Goal.
        Goal = "goal", "整改目标", "Goal";
        /// Person.
        Person = "person", "责任人", "Person";
        /// Deadline.
        Deadline = "deadline", "完成时限", "Deadline";
        /// Progress.
        Progress = "progress", "进展", "Progress";
        /// What was done.
        Done = "done", "整改情况", "What was done";
        /// Who did it.
        By = "by", "整改人", "Done by";
        /// When.
        On = "on", "完成日期", "Done on";
        /// Files.
        Proof = "proof", "附件", "Files";
        /// Who closed it.
        ClosedBy = "closed-by", "复核人", "Closed by";
        /// When it was closed.
        ClosedOn = "closed-on", "复核日期", "Closed on";
        /// What was seen, or why it came back.
        Remark = "remark", "复核意见", "Remark";
    }
}

/// Other headers that people write over a column.
const OTHER_HEADERS: [(&str, LedgerColumn); 22] = [
    ("整改编号", LedgerColumn::Id),
    ("问题编号", LedgerColumn::Id),
    ("要点编号", LedgerColumn::Id),
    ("目标", LedgerColumn::Goal),
    ("整改责任人", LedgerColumn::Person),
    ("时限", LedgerColumn::Deadline),
    ("整改时限", LedgerColumn::Deadline),
    ("整改期限", LedgerColumn::Deadline),
    ("完成期限", LedgerColumn::Deadline),
    ("整改完成情况", LedgerColumn::Done),
    ("整改落实情况", LedgerColumn::Done),
    ("整改结果", LedgerColumn::Done),
    ("完成情况", LedgerColumn::Done),
    ("落实情况", LedgerColumn::Done),
    ("整改人员", LedgerColumn::By),
    ("整改人姓名", LedgerColumn::By),
    ("完成人", LedgerColumn::By),
    ("整改日期", LedgerColumn::On),
    ("整改时间", LedgerColumn::On),
    ("完成时间", LedgerColumn::On),
    ("整改完成日期", LedgerColumn::On),
    ("整改完成时间", LedgerColumn::On),
];

impl LedgerColumn {
    /// The column that a header names: its key, its name in either language, or another usual word.
    #[must_use]
    pub fn of_header(header: &str) -> Option<Self> {
        let text = comparable(header);
        let known = Self::ALL.iter().copied().find(|column| {
            let names = [column.key(), column.name(Lang::Zh), column.name(Lang::En)];
            names.iter().any(|name| comparable(name) == text)
        });
        known.or_else(|| OTHER_HEADERS.iter().find(|(other, _)| *other == text).map(|(_, it)| *it))
    }
}

impl LedgerReport {
    /// The ledger as it stands; `today` tells what is overdue.
    #[must_use]
    pub fn of(visit: &Visit, today: Option<Date>, lang: Lang) -> Self {
        let gone = visit.no_longer_required();
        let ledger = visit.ledger();
        let lines = ledger.iter().map(|item| {
            let (line, is_gone) = (LedgerLine::of(visit, item, today, lang), gone.contains(item.id));
            LedgerLine { no_longer_required: is_gone, overdue: line.overdue && !is_gone, ..line }
        });
        let lines = lines.collect();
        Self {
            lang,
            facility: visit.founding.facility.to_string(),
            stage: visit.founding.stage.name(lang),
            date: visit.founding.date,
            lines,
        }
    }

    /// Number of items with that progress.
    #[must_use]
    pub fn n(&self, progress: Progress) -> usize {
        self.lines.iter().filter(|line| line.progress == progress).count()
    }

    /// Number of items that are overdue.
    #[must_use]
    pub fn n_overdue(&self) -> usize {
        self.lines.iter().filter(|line| line.overdue).count()
    }

    /// `hecha rectify FILE list --json`: these lines, with the counts of all.
    #[must_use]
    pub fn json(&self, listed: &[&LedgerLine]) -> Value {
        let counts =
            Progress::ALL.iter().map(|progress| (progress.key().to_owned(), self.n(*progress).into()));
        let overdue = ("overdue".to_owned(), self.n_overdue().into());
        let counts: serde_json::Map<String, Value> = counts.chain([overdue]).collect();
        json!({
            "facility": self.facility, "date": self.date.to_string(), "counts": counts,
            "items": listed.iter().map(|line| line.json()).collect::<Vec<_>>(),
        })
    }
}

/// What is to be mended.
fn problem(item: &LedgerItem<'_>, lang: Lang) -> String {
    let point = item.point.filter(|_| item.problem.text.is_empty());
    point.map_or_else(|| item.text(lang).to_owned(), |point| crate::words::problem(point, lang))
}

impl LedgerLine {
    /// One item.
    #[must_use]
    pub fn of(visit: &Visit, item: &LedgerItem<'_>, today: Option<Date>, lang: Lang) -> Self {
        let area = item.clause.and_then(|clause| visit.founding.checklist.area(clause.area.as_str()));
        let text = |text: &str| clean_line(text);
        let closure = item.closure;
        Self {
            id: text(item.id.as_str()),
            area: area.map(|area| text(area.title.get(lang))).unwrap_or_default(),
            clause: item.clause.map(|clause| text(clause.id.as_str())).unwrap_or_default(),
            title: item.clause.map(|clause| text(clause.title.get(lang))).unwrap_or_default(),
            core: item.clause.is_some_and(|clause| clause.core),
            point: item.point.map(|point| text(point.id.as_str())).unwrap_or_default(),
            level: item.point.map(|point| point.level),
            problem: clean_note(&problem(item, lang)),
            goal: item.plan.goal.to_string(),
            person: item.plan.person.to_string(),
            deadline: item.plan.deadline,
            progress: item.progress,
            overdue: today.is_some_and(|today| item.is_overdue(today)),
            no_longer_required: false,
            reason: item.reason.to_owned(),
            done: item.submission.map(|it| it.text.to_string()).unwrap_or_default(),
            by: item.submission.map(|it| it.by.to_string()).unwrap_or_default(),
            on: item.submission.map(|it| it.date),
            proof: item.submission.iter().flat_map(|it| &it.proof).map(|it| text(&it.item.name)).collect(),
            closed_by: closure.map(|(by, _)| text(by.shown(lang))).unwrap_or_default(),
            closed_on: closure.map(|(_, closure)| closure.date),
            remark: closure.map(|(_, closure)| closure.remark.to_string()).unwrap_or_default(),
        }
    }

    /// What stands in a column of the workbook.
    #[must_use]
    pub fn cell(&self, column: LedgerColumn, lang: Lang) -> String {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        match column {
            LedgerColumn::Id => self.id.clone(),
            LedgerColumn::Area => self.area.clone(),
            LedgerColumn::Clause => format!("{} {}", self.clause, self.title).trim().to_owned(),
            LedgerColumn::Level => self.level.map(|level| level.to_string()).unwrap_or_default(),
            LedgerColumn::Core if self.core => crate::words::yes_no(true, lang).to_owned(),
            LedgerColumn::Core => String::new(),
            LedgerColumn::Problem => self.problem.clone(),
            LedgerColumn::Goal => self.goal.clone(),
            LedgerColumn::Person => self.person.clone(),
            LedgerColumn::Deadline => day(self.deadline),
            LedgerColumn::Progress => self.progress_text(lang),
            LedgerColumn::Done => self.done.clone(),
            LedgerColumn::By => self.by.clone(),
            LedgerColumn::On => day(self.on),
            LedgerColumn::Proof => self.proof.join("\n"),
            LedgerColumn::ClosedBy => self.closed_by.clone(),
            LedgerColumn::ClosedOn => day(self.closed_on),
            LedgerColumn::Remark if self.remark.is_empty() => self.reason.clone(),
            LedgerColumn::Remark => self.remark.clone(),
        }
    }

    /// How far it is, and whether it is late.
    #[must_use]
    pub fn progress_text(&self, lang: Lang) -> String {
        let late = if self.overdue { lang.pick("（逾期）", " (overdue)") } else { "" };
        let gone = if self.no_longer_required {
            lang.pick("（修订后不再要求）", " (no longer asked for since the revision)")
        } else {
            ""
        };
        format!("{}{late}{gone}", self.progress.name(lang))
    }

    fn json(&self) -> Value {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        json!({
            "id": self.id, "area": given(&self.area), "clause": given(&self.clause), "title": given(&self.title),
            "core": self.core, "point": given(&self.point), "level": self.level.map(|level| level.to_string()),
            "problem": self.problem, "goal": given(&self.goal), "person": given(&self.person),
            "deadline": day(self.deadline), "progress": self.progress.key(), "overdue": self.overdue,
            "no_longer_required": self.no_longer_required,
            "reason": given(&self.reason), "done": given(&self.done), "by": given(&self.by), "on": day(self.on),
            "files": self.proof, "closed_by": given(&self.closed_by), "closed_on": day(self.closed_on),
            "remark": given(&self.remark),
        })
    }
}
