//! Votes as rows: one from the command line, or many from a CSV file. All rows are checked before any is recorded.

use csv::{ReaderBuilder, StringRecord};

use crate::{
    app::{
        ballot::points::parse_finding,
        failure::{Exit, Failure, wording},
        files::rows::LineCount,
        session::Session,
    },
    domain::{
        ballot::{ReasonOwed, reason_owed, scoring::derive},
        checklist::Clause,
        edit::{Choice, Edit, Stand},
        terms::{
            absence::Absence,
            clean::{clean_line, clean_note},
            id::PointId,
            lang::Text,
        },
    },
};

/// Largest votes file, in bytes.
const FILE_LIMIT: usize = 16 << 20;
/// The columns of a votes file; only `clause` must be there.
const COLUMNS: [&str; 6] = ["clause", "grade", "points", "absent", "reason", "note"];

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

impl Session {
    /// Records one vote.
    ///
    /// # Errors
    /// Everything that does not hold, at once; then nothing was recorded.
    pub(crate) fn score(&mut self, request: &VoteRequest) -> Result<(), Failure> {
        self.open_ballot()?;
        let edits = self.edits_of(request).map_err(wording::bad_votes)?;
        self.record(edits)
    }

    /// Records the votes of a CSV file with the columns `clause,grade,points,absent,reason,note`; returns how many.
    ///
    /// # Errors
    /// Every bad row, at once; then nothing was recorded.
    pub(crate) fn import_votes(&mut self, bytes: &[u8]) -> Result<usize, Failure> {
        self.open_ballot()?;
        let rows = read_rows(bytes)?;
        let mut edits = Vec::new();
        let mut bad = Vec::new();
        for (line, row) in &rows {
            match row.as_ref().map_err(|problem| vec![problem.clone()]).and_then(|row| self.edits_of(row)) {
                Ok(more) => edits.extend(more),
                Err(problems) => bad.extend(problems.into_iter().map(|problem| at_line(*line, &problem))),
            }
        }
        if !bad.is_empty() {
            return Err(wording::bad_votes(bad));
        }
        self.record(edits)?;
        Ok(rows.len())
    }

    /// The edits of one vote, or all that is wrong with it.
    fn edits_of(&self, request: &VoteRequest) -> Result<Vec<Edit>, Vec<Text>> {
        let unknown = |failure: Failure| {
            let (what, next) = (failure.what, failure.next);
            vec![Text::new(format!("{}。{}", what.zh, next.zh), format!("{}. {}", what.en, next.en))]
        };
        let clause = self.clause(request.clause.trim()).map_err(unknown)?;
        if let Err(failure) = self.open_clause(&clause.id) {
            let id = &clause.id;
            return Err(vec![Text::new(
                format!("{id}：{}", failure.why.zh),
                format!("{id}: {}", failure.why.en),
            )]);
        }
        let mut bad = Vec::new();
        let mut edits = self.finding_edits(clause, request, &mut bad);
        match stand_of(clause, request) {
            Ok(stand) => {
                if let Some(problem) = self.missing_reason(clause, &edits, stand.as_ref()) {
                    bad.push(problem);
                }
                let leaves_absence = stand.is_none() && !edits.is_empty() && self.is_absent(clause);
                if stand.is_some() || leaves_absence {
                    edits.push(Edit::Vote { clause: clause.id.clone(), value: stand });
                }
            }
            Err(problem) => bad.push(problem),
        }
        if let Some(note) = &request.note {
            edits.push(Edit::Note { clause: clause.id.clone(), text: clean_note(note) });
        }
        if edits.is_empty() && bad.is_empty() {
            bad.push(Text::new(
                format!("{}：没有要记录的内容。", clause.id),
                format!("{}: nothing to record", clause.id),
            ));
        }
        if bad.is_empty() { Ok(edits) } else { Err(bad) }
    }

    fn finding_edits(&self, clause: &Clause, request: &VoteRequest, bad: &mut Vec<Text>) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (id, value) in &request.points {
            let id = id.trim();
            let Some(point) = clause.point(id).or_else(|| clause.point(&id.to_uppercase())) else {
                let known: Vec<&str> = clause.points.iter().map(|point| point.id.as_str()).collect();
                let (clause, id, known) = (&clause.id, clean_line(id), known.join("、"));
                bad.push(Text::new(
                    format!("{clause} 没有要点 {id}；有 {known}。"),
                    format!("{clause} has no point {id}; it has {known}"),
                ));
                continue;
            };
            let list =
                point.measure.list().and_then(|list| self.visit.founding.checklist.list(list.as_str()));
            match parse_finding(value, point, list) {
                Ok(finding) => edits.push(Edit::Finding {
                    clause: clause.id.clone(),
                    point: point.id.clone(),
                    value: Some(finding),
                }),
                Err(error) => bad.push(wording::finding(clause.id.as_str(), id, &error)),
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

fn stand_of(clause: &Clause, request: &VoteRequest) -> Result<Option<Stand>, Text> {
    let id = &clause.id;
    let reason = clean_line(&request.reason);
    let choice = match (&request.grade, &request.absent) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(Text::new(
                format!("{id}：不能同时给档次和缺席。"),
                format!("{id}: a grade and an absence exclude each other"),
            ));
        }
        (Some(grade), None) if clause.scale.is_some() => {
            let points = grade.trim().parse().map_err(|_| {
                Text::new(format!("{id}：这个条款要填分值。"), format!("{id}: this clause takes points"))
            })?;
            Choice::Points(points)
        }
        (Some(grade), None) => Choice::Grade(grade.trim().parse().map_err(|()| {
            let given = clean_line(grade);
            Text::new(
                format!("{id}：档次“{given}”不是 A/B/C/D。"),
                format!("{id}: grade “{given}” is not A/B/C/D"),
            )
        })?),
        (None, Some(kind)) => {
            let known = Absence::parse(kind.trim()).filter(|kind| *kind != Absence::Recused);
            Choice::Absent(known.ok_or_else(|| {
                let given = clean_line(kind);
                Text::new(
                    format!("{id}：缺席“{given}”不是 not-applicable、not-seen、not-provided 之一。"),
                    format!("{id}: absence “{given}” is none of not-applicable, not-seen, not-provided"),
                )
            })?)
        }
    };
    Ok(Some(Stand { choice, reason }))
}

/// The rows with their line numbers, each a vote or what is wrong with it, so that all bad rows are told at once.
/// A row with its line number: a vote, or what is wrong with it.
type Row = (u64, Result<VoteRequest, Text>);

fn read_rows(bytes: &[u8]) -> Result<Vec<Row>, Failure> {
    if bytes.len() > FILE_LIMIT {
        return Err(unreadable(Text::new("文件超过 16 MB。", "It is larger than 16 MB.")));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| unreadable(Text::new("不是 UTF-8 编码。", "It is not UTF-8.")))?;
    let mut reader = ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| unreadable(Text::new(format!("{error}"), format!("{error}")));
    let headers = reader.headers().map_err(broken)?.clone();
    check_headers(&headers)?;
    let mut rows = Vec::new();
    let mut lines = LineCount::of(text);
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        rows.extend(request_of(&headers, &record).transpose().map(|row| (line, row)));
    }
    Ok(rows)
}

fn check_headers(headers: &StringRecord) -> Result<(), Failure> {
    let unknown: Vec<&str> = headers.iter().filter(|name| !COLUMNS.contains(name)).collect();
    if headers.iter().any(|name| name == "clause") && unknown.is_empty() {
        return Ok(());
    }
    let (all, unknown) = (COLUMNS.join(","), clean_line(&unknown.join(",")));
    Err(unreadable(Text::new(
        format!("第一行应是列名 {all}（不认识：{unknown}）。"),
        format!("The first line should name the columns {all} (unknown: {unknown})."),
    )))
}

fn request_of(headers: &StringRecord, record: &StringRecord) -> Result<Option<VoteRequest>, Text> {
    let cell = |name: &str| {
        let index = headers.iter().position(|header| header == name)?;
        record.get(index).filter(|cell| !cell.is_empty()).map(str::to_owned)
    };
    if record.iter().all(str::is_empty) {
        return Ok(None);
    }
    let Some(clause) = cell("clause") else {
        return Err(Text::new("没有条款编号。", "no clause id"));
    };
    let mut points = Vec::new();
    for part in
        cell("points").unwrap_or_default().split([';', '；']).map(str::trim).filter(|part| !part.is_empty())
    {
        let Some((id, value)) = part.split_once(['=', '＝']) else {
            let part = clean_line(part);
            return Err(Text::new(
                format!("要点“{part}”要写成 C1=yes。"),
                format!("point “{part}” must read C1=yes"),
            ));
        };
        points.push((id.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(Some(VoteRequest {
        clause,
        points,
        grade: cell("grade"),
        absent: cell("absent"),
        reason: cell("reason").unwrap_or_default(),
        note: cell("note"),
    }))
}

fn at_line(line: u64, problem: &Text) -> Text {
    Text::new(format!("第 {line} 行：{}", problem.zh), format!("line {line}: {}", problem.en))
}

fn unreadable(why: Text) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有导入评分。", "No votes were imported."),
        why,
        Text::new("请另存为 UTF-8 的 CSV 后重试。", "Save it as UTF-8 CSV and try again."),
    )
}
