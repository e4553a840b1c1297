//! Votes as rows: one from the command line, or many from a table. All rows are checked before any is recorded.

mod rows;

use crate::{
    app::{
        ballot::{
            import_votes::rows::{FirstRows, VoteColumn, Wrong, bad_rows, header_of, request_of, unreadable},
            points::parse_finding,
        },
        failure::{Failure, wording},
        session::Session,
        table,
    },
    checklist::xlsx::fold,
    domain::{
        ballot::{ReasonOwed, reason_owed, scoring::derive},
        checklist::Clause,
        edit::{Choice, Edit, Stand},
        terms::{
            absence::Absence,
            clean::clean_line,
            id::{ClauseId, PointId},
            lang::Text,
            written::{Line, Note, TooLong},
        },
    },
};

/// Most rows of a votes file: no checklist has as many clauses.
const ROW_LIMIT: usize = 20_000;

/// One vote as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoteRequest {
    /// Clause id.
    pub clause: String,
    /// Point id and value.
    pub points: Vec<(String, String)>,
    /// A direct grade, or points on a points-scale clause.
    pub grade: Option<String>,
    /// A kind of absence.
    pub absent: Option<String>,
    /// Reason.
    pub reason: String,
    /// Note.
    pub note: Option<String>,
}

/// What was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VotesImported {
    /// How many votes.
    pub n: usize,
    /// How the file was read, and what of it was not.
    pub told: Vec<Text>,
}

impl Session {
    /// Records one vote.
    ///
    /// # Errors
    /// Everything that does not hold, at once; then nothing was recorded.
    pub(in crate::app) fn score(&mut self, request: &VoteRequest) -> Result<(), Failure> {
        self.open_ballot()?;
        let edits = self
            .edits_of(request)
            .map_err(|wrong| wording::bad_votes(wrong.into_iter().map(|(_, problem)| problem).collect()))?;
        self.record(edits)
    }

    /// Records the votes of a CSV file or workbook with the columns `clause,grade,points,absent,reason,note`.
    ///
    /// # Errors
    /// Every bad cell, at once; then nothing was recorded.
    pub(in crate::app) fn import_votes(&mut self, bytes: &[u8]) -> Result<VotesImported, Failure> {
        self.open_ballot()?;
        let tables = table::read(bytes, ROW_LIMIT).map_err(unreadable)?;
        let (table, header) = header_of(&tables)?;
        let mut bad = header.problems(table);
        let (mut edits, mut n, mut first_rows) = (Vec::new(), 0, FirstRows::default());
        for (row, cells) in header.rows(table) {
            n += 1;
            let taken = request_of(&header, cells).and_then(|mut request| {
                let mut wrong = Vec::new();
                if let Some(id) = self.clause_typed(&request.clause) {
                    wrong.extend(first_rows.take(&id, row).err());
                    request.clause = id.to_string();
                }
                match self.edits_of(&request) {
                    Ok(edits) if wrong.is_empty() => Ok(edits),
                    Ok(_) => Err(wrong),
                    Err(more) => Err(wrong.into_iter().chain(more).collect()),
                }
            });
            match taken {
                Ok(more) => edits.extend(more),
                Err(problems) => bad.extend(problems.into_iter().map(|(column, problem)| {
                    table.place(row, header.columns.get(&column).copied()).tell(&problem)
                })),
            }
        }
        if !bad.is_empty() {
            return Err(bad_rows(bad));
        }
        self.record(edits)?;
        Ok(VotesImported { n, told: header.told(table) })
    }

    /// The edits of one vote, or all that is wrong with it.
    fn edits_of(&self, request: &VoteRequest) -> Result<Vec<Edit>, Vec<Wrong>> {
        let unknown = |failure: Failure| {
            let (what, next) = (failure.what, failure.next);
            let what = Text::new(format!("{}。{}", what.zh, next.zh), format!("{}. {}", what.en, next.en));
            vec![(VoteColumn::Clause, what)]
        };
        let clause = self.clause(request.clause.trim()).map_err(unknown)?;
        if let Err(failure) = self.open_clause(&clause.id) {
            let id = &clause.id;
            let why = Text::new(format!("{id}：{}", failure.why.zh), format!("{id}: {}", failure.why.en));
            return Err(vec![(VoteColumn::Clause, why)]);
        }
        let mut bad = Vec::new();
        let mut edits = self.finding_edits(clause, request, &mut bad);
        match stand_of(clause, request) {
            Ok(stand) => {
                if let Some(problem) = self.missing_reason(clause, &edits, stand.as_ref()) {
                    bad.push((VoteColumn::Reason, problem));
                }
                let leaves_absence = stand.is_none() && !edits.is_empty() && self.is_absent(clause);
                if stand.is_some() || leaves_absence {
                    edits.push(Edit::Vote { clause: clause.id.clone(), value: stand });
                }
            }
            Err(problem) => bad.push(problem),
        }
        if let Some(note) = &request.note {
            match Note::new(note) {
                Ok(text) => edits.push(Edit::Note { clause: clause.id.clone(), text }),
                Err(error) => bad.push((VoteColumn::Note, too_long(&clause.id, error))),
            }
        }
        if edits.is_empty() && bad.is_empty() {
            let what = Text::new(
                format!("{}：没有要记录的内容。", clause.id),
                format!("{}: nothing to record", clause.id),
            );
            bad.push((VoteColumn::Clause, what));
        }
        if bad.is_empty() { Ok(edits) } else { Err(bad) }
    }

    /// The clause that an id in a table means, also in full width or small letters.
    fn clause_typed(&self, typed: &str) -> Option<ClauseId> {
        let known = [fold(typed), fold(typed).to_uppercase()];
        let checklist = &self.visit.founding.checklist;
        known.iter().find_map(|id| checklist.clause(id)).map(|clause| clause.id.clone())
    }

    fn finding_edits(&self, clause: &Clause, request: &VoteRequest, bad: &mut Vec<Wrong>) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        for (id, value) in &request.points {
            let id = fold(id);
            let id = id.as_str();
            let Some(point) = clause.point(id).or_else(|| clause.point(&id.to_uppercase())) else {
                let known: Vec<&str> = clause.points.iter().map(|point| point.id.as_str()).collect();
                let (clause, id, known) = (&clause.id, clean_line(id), known.join("、"));
                let what = Text::new(
                    format!("{clause} 没有要点 {id}；有 {known}。"),
                    format!("{clause} has no point {id}; it has {known}"),
                );
                bad.push((VoteColumn::Points, what));
                continue;
            };
            let is_it =
                |edit: &Edit| matches!(edit, Edit::Finding { point: known, .. } if *known == point.id);
            if edits.iter().any(is_it) {
                let (clause, id) = (&clause.id, &point.id);
                let what = Text::new(
                    format!("{clause} 的要点 {id} 写了两次"),
                    format!("point {id} of {clause} stands twice"),
                );
                bad.push((VoteColumn::Points, what));
                continue;
            }
            let list =
                point.measure.list().and_then(|list| self.visit.founding.checklist.list(list.as_str()));
            match parse_finding(value, point, list) {
                Ok(finding) => edits.push(Edit::Finding {
                    clause: clause.id.clone(),
                    point: point.id.clone(),
                    value: Some(finding),
                }),
                Err(error) => {
                    bad.push((VoteColumn::Points, wording::finding(clause.id.as_str(), id, &error)));
                }
            }
        }
        edits
    }

    /// A reason that the vote would owe with these findings.
    fn missing_reason(&self, clause: &Clause, edits: &[Edit], stand: Option<&Stand>) -> Option<Text> {
        let stand = stand.filter(|stand| stand.reason.is_empty())?;
        let ballot = &self.my_state()?.ballot;
        let new = |id: &PointId| {
            edits.iter().find_map(|edit| match edit {
                Edit::Finding { point, value, .. } if point == id => value.as_ref(),
                _ => None,
            })
        };
        let derived = derive(clause, &self.visit.founding.checklist, |id| {
            new(id).or_else(|| ballot.finding(clause.id.as_str(), id.as_str()))
        });
        let id = &clause.id;
        Some(match reason_owed(stand.choice, &derived)? {
            ReasonOwed::AgainstPoints => {
                let said = derived.grade.map(|grade| grade.to_string()).unwrap_or_default();
                Text::new(
                    format!("{id}：直接给的档次与要点得出的 {said} 不同，必须写理由。"),
                    format!(
                        "{id}: the direct grade differs from {said}, which the points say; a reason is required"
                    ),
                )
            }
            ReasonOwed::DirectD => {
                Text::new(format!("{id}：评 D 必须写理由。"), format!("{id}: a D needs a reason"))
            }
            ReasonOwed::NotApplicable => {
                Text::new(format!("{id}：不适用必须写理由。"), format!("{id}: not applicable needs a reason"))
            }
        })
    }

    fn is_absent(&self, clause: &Clause) -> bool {
        let stand = self.my_state().and_then(|state| state.ballot.stand(clause.id.as_str()));
        matches!(stand, Some(Stand { choice: Choice::Absent(_), .. }))
    }
}

fn too_long(clause: &ClauseId, error: TooLong) -> Text {
    let why = Failure::from(error).why;
    Text::new(format!("{clause}：{}", why.zh), format!("{clause}: {}", why.en))
}

fn stand_of(clause: &Clause, request: &VoteRequest) -> Result<Option<Stand>, Wrong> {
    let id = &clause.id;
    let reason = Line::new(&request.reason).map_err(|error| (VoteColumn::Reason, too_long(id, error)))?;
    let choice = match (&request.grade, &request.absent) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            let what = Text::new(
                format!("{id}：不能同时给档次和缺席。"),
                format!("{id}: a grade and an absence exclude each other"),
            );
            return Err((VoteColumn::Absent, what));
        }
        (Some(grade), None) if clause.scale.is_some() => {
            let points = fold(grade).parse().map_err(|_| {
                let what =
                    Text::new(format!("{id}：这个条款要填分值。"), format!("{id}: this clause takes points"));
                (VoteColumn::Grade, what)
            })?;
            Choice::Points(points)
        }
        (Some(grade), None) => Choice::Grade(fold(grade).parse().map_err(|()| {
            let given = clean_line(grade);
            let what = Text::new(
                format!("{id}：档次“{given}”不是 A/B/C/D。"),
                format!("{id}: grade “{given}” is not A/B/C/D"),
            );
            (VoteColumn::Grade, what)
        })?),
        (None, Some(kind)) => {
            let known = Absence::parse(&fold(kind)).filter(|kind| *kind != Absence::Recused);
            Choice::Absent(known.ok_or_else(|| {
                let given = clean_line(kind);
                let what = Text::new(
                    format!("{id}：缺席“{given}”不是 not-applicable、not-seen、not-provided 之一。"),
                    format!("{id}: absence “{given}” is none of not-applicable, not-seen, not-provided"),
                );
                (VoteColumn::Absent, what)
            })?)
        }
    };
    Ok(Some(Stand { choice, reason }))
}
