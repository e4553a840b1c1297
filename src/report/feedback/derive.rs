//! What is a strength, a problem, and what cannot wait.

use crate::{
    domain::{
        edit::{
            verdict::{Decision, GateState},
            waiver::MatterKind,
        },
        terms::grade::{Grade, Level},
    },
    report::{
        Report,
        feedback::{Group, Item, Part, PartKind, PointText},
        layout::{AreaLine, ClauseLine, NumberMark, PointLine, RectificationLine},
        page,
    },
    words::{self, label},
};

/// As on a report; and if clauses are left out for the reader's recusal, that not all is here.
pub(super) fn marks(report: &Report) -> Vec<String> {
    let mut marks = page::marks(report);
    if report.open.iter().any(|matter| matter.kind == MatterKind::Withheld) {
        let mark = report.lang.pick("部分条款未列入。", "Some clauses are not included.");
        marks.push(mark.to_owned());
    }
    marks
}

/// Clauses that came out at A or with full points, and points at level A that nobody doubts of clauses below.
pub(super) fn strengths(report: &Report) -> Part {
    let item = |clause: &ClauseLine| match clause.verdict? {
        Decision::Grade(Grade::A) => Some(item(clause, Vec::new())),
        Decision::Points(points) => (clause.full_points == Some(points)).then(|| item(clause, Vec::new())),
        Decision::Grade(_) => {
            let agreed = clause.points.iter().filter(|point| is_agreed_at_a(clause, point));
            let points: Vec<PointText> = agreed.map(|point| point_text(point, report)).collect();
            (!points.is_empty()).then(|| self::item(clause, points))
        }
        Decision::NotApplicable => None,
    };
    by_area(report, PartKind::Strengths, item)
}

/// What goes on the ledger: the same clauses and points.
pub(super) fn problems(report: &Report) -> Part {
    by_area(report, PartKind::Problems, |clause| listed(report, clause, &report.rectification))
}

/// What was found unmet and is not required.
pub(super) fn advice(report: &Report) -> Part {
    by_area(report, PartKind::Advice, |clause| listed(report, clause, &report.advice))
}

/// A clause with the points of a list that are its own; none if the list has nothing of it, or it is not decided.
fn listed(report: &Report, clause: &ClauseLine, lines: &[RectificationLine]) -> Option<Item> {
    clause.verdict?;
    let own: Vec<&RectificationLine> = lines.iter().filter(|line| line.clause == clause.id).collect();
    let points = clause.points.iter().filter(|point| own.iter().any(|line| line.point == point.point));
    (!own.is_empty()).then(|| item(clause, points.map(|point| problem_text(point, report)).collect()))
}

/// Tripped gates, then core clauses below C, then other clauses at D; of their unmet points those that C asks for.
pub(super) fn fix_now(report: &Report) -> Part {
    let lang = report.lang;
    let gates = report.gates.iter().filter(|gate| gate.state == Some(GateState::Tripped));
    let gates = gates.map(|gate| Item {
        id: gate.id.clone(),
        title: gate.title.clone(),
        core: false,
        points: vec![PointText { id: String::new(), text: gate.text.clone() }],
    });
    let below = |core: bool| {
        let clauses = report.areas.iter().flat_map(|area| &area.clauses);
        let clauses = clauses
            .filter(move |it| it.core == core && it.verdict == Some(Decision::Grade(Grade::D)))
            .map(|clause| item(clause, urgent(clause, report)));
        clauses.collect::<Vec<Item>>()
    };
    let groups = [
        (lang.pick("否决情形", "Gates"), gates.collect()),
        (label::core_clauses(lang), below(true)),
        (lang.pick("其他条款", "Other clauses"), below(false)),
    ];
    let groups = groups.map(|(title, items): (&str, Vec<Item>)| Group { title: title.to_owned(), items });
    Part { kind: PartKind::FixNow, groups: groups.into_iter().filter(|it| !it.items.is_empty()).collect() }
}

/// The items of each area, core clauses first, otherwise in checklist order.
fn by_area(report: &Report, kind: PartKind, item: impl Fn(&ClauseLine) -> Option<Item>) -> Part {
    let group = |area: &AreaLine| {
        let mut items: Vec<Item> = area.clauses.iter().filter_map(&item).collect();
        items.sort_by_key(|item| !item.core);
        (!items.is_empty()).then(|| Group { title: area.title.clone(), items })
    };
    Part { kind, groups: report.areas.iter().filter_map(group).collect() }
}

fn item(clause: &ClauseLine, points: Vec<PointText>) -> Item {
    Item { id: clause.id.clone(), title: clause.title.clone(), core: clause.core, points }
}

/// Everybody who voted on the clause recorded that the point is met.
fn is_agreed_at_a(clause: &ClauseLine, point: &PointLine) -> bool {
    let voted = clause.votes.n_valid();
    point.level == Level::A
        && !point.record_only
        && point.n_unmet == 0
        && point.n_not_applicable == 0
        && voted > 0
        && point.n_met >= voted
}

/// Without unmet points at level C, a D was given directly: then whatever was found.
fn urgent(clause: &ClauseLine, report: &Report) -> Vec<PointText> {
    let unmet: Vec<&PointLine> = clause.points.iter().filter(|point| point.n_unmet > 0).collect();
    let is_needed = |point: &&&PointLine| point.level == Level::C;
    let needed: Vec<&PointLine> = unmet.iter().filter(is_needed).copied().collect();
    let points = if needed.is_empty() { unmet } else { needed };
    points.into_iter().map(|point| problem_text(point, report)).collect()
}

fn problem_text(point: &PointLine, report: &Report) -> PointText {
    // A threshold that is not official ends with its own mark.
    let is_marked = point.problem_worded || point.threshold.ends_with(']');
    let mark = point.mark.filter(|_| !is_marked);
    let beside = mark.map_or_else(String::new, |mark| words::aside(mark.name(report.lang), report.lang));
    PointText { id: point.point.clone(), text: format!("{}{beside}", point.problem) }
}

fn point_text(point: &PointLine, report: &Report) -> PointText {
    let lang = report.lang;
    // A threshold that is not official ends with its own mark.
    let is_marked = point.threshold.ends_with(']');
    let mark = point.mark.filter(|_| !is_marked).map_or("", |mark: NumberMark| mark.name(lang));
    let beside: Vec<&str> =
        [point.threshold.as_str(), mark].into_iter().filter(|it| !it.is_empty()).collect();
    let beside = match beside.as_slice() {
        [] => String::new(),
        parts => words::aside(&parts.join(lang.pick("，", ", ")), lang),
    };
    PointText { id: point.point.clone(), text: format!("{}{beside}", point.text) }
}
