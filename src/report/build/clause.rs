//! One clause of the report: verdict, counted votes, what was said, and what is attached.

use crate::{
    domain::{
        ballot::{Position, Vote},
        checklist::Clause,
        edit::evidence::clean_file_name,
        outcome::ClauseResult,
        terms::{absence::Absence, clean::clean_line},
        visit::{MemberState, Visit},
    },
    report::{
        Options,
        build::points,
        layout::{ClauseLine, EvidenceLine, UnmetLine, Voice, VoteCounts},
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
    let votes: Vec<(&MemberState, Vote)> = told
        .iter()
        .filter(|state| !visit.stands_aside(state, clause))
        .map(|state| (*state, visit.vote(state, clause)))
        .collect();
    let mut counts = VoteCounts::default();
    votes.iter().for_each(|(_, vote)| counts.add(vote));
    let merged_points = result.merged_points.as_ref();
    let points = points::lines(visit, clause, &votes, options);
    ClauseLine {
        id: clean_line(clause.id.as_str()),
        title: clean_line(clause.title.get(lang)),
        core: clause.core,
        focus: clause.focus,
        full_points: result.full_points,
        verdict: result.verdict,
        basis: result.basis,
        reason: clean_line(&result.reason),
        odd: !counts.n_valid().is_multiple_of(2),
        quorum: merged_points.map_or(result.merged.quorum, |points| points.quorum),
        spread: result.merged.spread,
        split: merged_points.map_or(result.merged.split, |points| points.split),
        pass_line_split: result.merged.pass_line_split,
        points_range: merged_points.and_then(|points| points.range),
        fields_missing: match result.field_covered {
            Some(false) => clause.fields.clone(),
            _ => Vec::new(),
        },
        voices: voices(&votes, options.names),
        clear: clear(visit, clause, told, options.names),
        unmet: points.iter().filter_map(UnmetLine::of).collect(),
        points,
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
            note: if vote.position == RECUSED { String::new() } else { vote.note.to_string() },
        })
        .collect();
    if !names {
        sort(&mut voices);
    }
    voices
}

/// What was voted in the clear, by those whose votes are told here.
fn clear(visit: &Visit, clause: &Clause, told: &[&MemberState], names: bool) -> Vec<Voice> {
    if told.is_empty() {
        return Vec::new();
    }
    let votes = visit.clear_votes(clause.id.as_str()).map(|(member, stand)| Voice {
        member: names.then(|| clean_line(member.as_str())),
        position: stand.choice.into(),
        direct: false,
        reason: stand.reason.to_string(),
        note: String::new(),
    });
    let mut votes: Vec<Voice> = votes.collect();
    if !names {
        sort(&mut votes);
    }
    votes
}

/// By what was said, so that the order does not tell who said it.
fn sort(voices: &mut [Voice]) {
    voices.sort_by(|a, b| {
        let key = |voice: &Voice| (place(voice.position), voice.direct);
        key(a).cmp(&key(b)).then_with(|| (&a.reason, &a.note).cmp(&(&b.reason, &b.note)))
    });
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
            caption: item.caption.to_string(),
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
        Position::Aside(choice) => (5, place(choice.into()).1),
    }
}
