//! One clause of the report: verdict, counted votes, what was said, and the points found unmet.

use crate::{
    domain::{
        absence::Absence,
        ballot::{Position, Vote},
        checklist::{Clause, Point},
        clean::{clean_line, clean_note},
        evidence::clean_file_name,
        finding::Met,
        outcome::ClauseResult,
        visit::{MemberState, Visit},
    },
    report::{
        Options,
        layout::{ClauseLine, EvidenceLine, NumberMark, UnmetLine, Voice, VoteCounts},
    },
};

const RECUSED: Position = Position::Absent(Absence::Recused);

pub(super) fn line(
    visit: &Visit,
    clause: &Clause,
    result: &ClauseResult,
    told: &[&MemberState],
    options: &Options,
) -> ClauseLine {
    let lang = options.lang;
    let votes: Vec<(&MemberState, Vote)> =
        told.iter().map(|state| (*state, visit.vote(state, clause))).collect();
    let mut counts = VoteCounts::default();
    votes.iter().for_each(|(_, vote)| counts.add(vote));
    let points = result.merged_points.as_ref();
    ClauseLine {
        id: clean_line(clause.id.as_str()),
        title: clean_line(clause.title.get(lang)),
        core: clause.core,
        focus: clause.focus,
        full_points: result.full_points,
        verdict: result.verdict,
        by_lead: result.by_lead,
        reason: clean_line(&result.reason),
        odd: !counts.n_valid().is_multiple_of(2),
        quorum: points.map_or(result.merged.quorum, |points| points.quorum),
        spread: result.merged.spread,
        split: points.map_or(result.merged.split, |points| points.split),
        pass_line_split: result.merged.pass_line_split,
        points_range: points.and_then(|points| points.range),
        fields_missing: match result.field_covered {
            Some(false) => clause.fields.clone(),
            _ => Vec::new(),
        },
        voices: voices(&votes, options.names),
        unmet: clause
            .points
            .iter()
            .filter_map(|point| unmet(visit, clause, point, &votes, options))
            .collect(),
        evidence: evidence(visit, clause, told, options.names),
        votes: counts,
    }
}

/// With names in roster order. Without, sorted by what was said, so that the order does not tell who said it, and
/// without the recused, whose reasons stand beside the panel.
fn voices(votes: &[(&MemberState, Vote)], names: bool) -> Vec<Voice> {
    let said = votes
        .iter()
        .filter(|(_, vote)| names || (vote.position != RECUSED && vote.position != Position::Unscored));
    let mut voices: Vec<Voice> = said
        .map(|(state, vote)| Voice {
            member: names.then(|| clean_line(state.member.name.as_str())),
            position: vote.position,
            direct: vote.direct,
            reason: clean_line(&vote.reason),
            // A recused member may have written before the recusal; that is no part of the review.
            note: if vote.position == RECUSED { String::new() } else { clean_note(&vote.note) },
        })
        .collect();
    if !names {
        voices.sort_by(|a, b| {
            (place(a.position), a.direct, &a.reason, &a.note).cmp(&(
                place(b.position),
                b.direct,
                &b.reason,
                &b.note,
            ))
        });
    }
    voices
}

/// Without names sorted by what it is, so that the order does not tell who attached it.
fn evidence(visit: &Visit, clause: &Clause, told: &[&MemberState], names: bool) -> Vec<EvidenceLine> {
    let attached = told.iter().flat_map(|state| {
        let items = visit.evidence(state, clause.id.as_str()).into_iter();
        items.map(|(digest, item)| EvidenceLine {
            member: names.then(|| clean_line(state.member.name.as_str())),
            point: item.point.as_ref().map(|point| clean_line(point.as_str())),
            name: clean_file_name(&item.name),
            media: item.media,
            size: item.size,
            caption: clean_line(&item.caption),
            sha256: digest.to_hex(),
        })
    });
    let mut lines: Vec<EvidenceLine> = attached.collect();
    if !names {
        lines.sort_by(|a, b| (&a.name, &a.sha256, &a.caption).cmp(&(&b.name, &b.sha256, &b.caption)));
    }
    lines
}

/// Highest first, then absences, then what says nothing.
fn place(position: Position) -> (u8, i64) {
    match position {
        Position::Grade(grade) => (0, -i64::from(grade.rank())),
        Position::Points(points) => (1, -points.ten_thousandths()),
        Position::Absent(kind) => {
            let index = Absence::ALL.iter().position(|it| *it == kind).unwrap_or_default();
            (2, i64::try_from(index).unwrap_or_default())
        }
        Position::Conflict => (3, 0),
        Position::Unscored => (4, 0),
    }
}

/// Absent members' findings do not count, however many they recorded before.
fn unmet(
    visit: &Visit,
    clause: &Clause,
    point: &Point,
    votes: &[(&MemberState, Vote)],
    options: &Options,
) -> Option<UnmetLine> {
    let list = point.measure.list().and_then(|list| visit.founding.checklist.list(list.as_str()));
    let present = votes.iter().filter(|(_, vote)| !matches!(vote.position, Position::Absent(_)));
    let recorded: Vec<Met> = present
        .filter_map(|(state, _)| {
            state.ballot.finding(clause.id.as_str(), point.id.as_str())?.meets(&point.measure, list)
        })
        .filter(|met| *met != Met::NotApplicable)
        .collect();
    let n_unmet = recorded.iter().filter(|met| **met == Met::No).count();
    (n_unmet > 0).then(|| UnmetLine {
        point: clean_line(point.id.as_str()),
        level: point.level,
        text: clean_line(point.text.get(options.lang)),
        source: clean_line(point.overridden_by.as_ref().unwrap_or(&point.source).as_str()),
        mark: mark(point),
        n_unmet,
        n_recorded: recorded.len(),
    })
}

/// What must be said beside the point's number (invariant 9).
fn mark(point: &Point) -> Option<NumberMark> {
    let number = point.measure.number_source();
    if point.overridden_by.is_some() {
        Some(NumberMark::Local)
    } else if number.is_some_and(|source| source.is_unconfirmed()) || point.source.is_unconfirmed() {
        Some(NumberMark::Unconfirmed)
    } else {
        None
    }
}
