//! Recording: checks an edit against the rules, puts it on the disk, and only then lets it be seen as saved.

use crate::{
    app::{
        failure::{Failure, wording},
        session::Session,
    },
    domain::{
        ballot::history::Mark,
        checklist::Clause,
        edit::{Choice, Edit, Stand},
        permit::permit_scoring,
        terms::{absence::Absence, id::ClauseId, lang::Text},
    },
    share::wire::{Extra, encode_edit},
};

impl Session {
    /// Records edits of the member's own ballot, votes in the clear, or the lead's verdicts and gates. All are on the disk when this
    /// returns, or none is.
    ///
    /// # Errors
    /// If a rule forbids one of them or the store fails; then nothing was recorded.
    pub(in crate::app) fn record(&mut self, edits: Vec<Edit>) -> Result<(), Failure> {
        let edits: Vec<Edit> = edits.into_iter().map(|edit| self.checked(edit)).collect::<Result<_, _>>()?;
        self.write(edits.into_iter().map(|edit| (edit, Some(Mark::Do))).collect())?;
        self.own_log.bind();
        Ok(())
    }

    /// Appends edits to the store and takes them in.
    pub(in crate::app) fn write(&mut self, edits: Vec<(Edit, Option<Mark>)>) -> Result<(), Failure> {
        let rows: Vec<_> =
            edits.iter().map(|(edit, mark)| (encode_edit(edit, Extra::None).to_string(), *mark)).collect();
        let numbers = self.store.append(&self.row.id, &rows).map_err(|error| self.store_failure(&error))?;
        for (edit, _) in edits {
            self.absorb(&edit);
        }
        self.own_log.wrote(&numbers);
        Ok(())
    }

    /// The edit, if the rules allow it.
    pub(in crate::app) fn checked(&self, edit: Edit) -> Result<Edit, Failure> {
        self.may(&edit)?;
        match edit {
            Edit::Finding { clause, point, value } => {
                let asked = self.clause(clause.as_str())?;
                let Some(point_asked) = asked.point(point.as_str()) else {
                    return Err(wording::unknown("要点", "point", point.as_str(), None));
                };
                if let Some(finding) = &value {
                    let list = point_asked
                        .measure
                        .list()
                        .and_then(|id| self.visit.founding.checklist.list(id.as_str()));
                    finding.check(point_asked, list).map_err(|error| {
                        wording::bad_votes(vec![wording::finding(clause.as_str(), point.as_str(), &error)])
                    })?;
                }
                Ok(Edit::Finding { clause, point, value })
            }
            Edit::Vote { clause, value } => {
                let asked = self.clause(clause.as_str())?;
                let value = value.map(|stand| checked_stand(asked, stand)).transpose()?;
                Ok(Edit::Vote { clause, value })
            }
            Edit::Note { clause, text } => {
                self.clause(clause.as_str())?;
                Ok(Edit::Note { clause, text })
            }
            Edit::Evidence { clause, digest, value } => self.checked_evidence(clause, digest, value),
            Edit::ClearVote { clause, value } => {
                let asked = self.clause(clause.as_str())?;
                let value =
                    value.map(|stand| checked_stand(asked, stand)).transpose().map_err(|failure| {
                        let what = Text::new("表决没有记录。", "The vote in the clear was not recorded.");
                        Failure { what, ..failure }
                    })?;
                Ok(Edit::ClearVote { clause, value })
            }
            Edit::Verdict { .. } | Edit::Gate { .. } => self.checked_decision(edit),
            Edit::Recuse { .. } => self.checked_recusal(edit),
            Edit::Dissent { .. } | Edit::Objection { .. } => self.checked_opinion(edit),
            Edit::Facility { .. } => self.checked_facility(edit),
            _ => Err(Failure::bug("an edit that is not recorded this way")),
        }
    }

    /// Whether this member may record anything in the own ballot now.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn open_ballot(&self) -> Result<(), Failure> {
        permit_scoring(&self.visit, self.seated()).map_err(wording::not_scored)
    }

    /// The clause, if it is in the checklist and this member may vote on it now.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn open_clause(&self, id: &ClauseId) -> Result<&Clause, Failure> {
        let clause = self.clause(id.as_str())?;
        self.may(&Edit::Vote { clause: clause.id.clone(), value: None })?;
        Ok(clause)
    }

    /// A clause of the visit's checklist.
    pub(in crate::app) fn clause(&self, id: &str) -> Result<&Clause, Failure> {
        let checklist = &self.visit.founding.checklist;
        checklist.clause(id).map(AsRef::as_ref).ok_or_else(|| {
            let folded = id.to_uppercase();
            let near = checklist.clause(&folded).map(|clause| clause.id.as_str());
            wording::unknown("条款", "clause", id, near)
        })
    }
}

fn checked_stand(clause: &Clause, stand: Stand) -> Result<Stand, Failure> {
    let id = &clause.id;
    let refuse = |zh: String, en: String| Err(wording::bad_votes(vec![Text::new(zh, en)]));
    match (stand.choice, clause.scale) {
        (Choice::Grade(_), Some(scale)) => refuse(
            format!("{id}：这个条款打分（0–{}），不评档次。", scale.points),
            format!("{id}: this clause awards points (0–{}), not a grade", scale.points),
        ),
        (Choice::Points(_), None) => {
            refuse(format!("{id}：这个条款评 A/B/C/D。"), format!("{id}: this clause takes A/B/C/D"))
        }
        (Choice::Points(points), Some(scale)) if !scale.admits(points) => refuse(
            format!("{id}：{points} 不在 0–{} 之内，或不是 {} 的倍数。", scale.points, scale.step),
            format!("{id}: {points} is not within 0–{}, or no multiple of {}", scale.points, scale.step),
        ),
        (Choice::Absent(Absence::Recused), _) => {
            refuse(format!("{id}：回避由组长登记。"), format!("{id}: a recusal is recorded by the lead"))
        }
        (Choice::Absent(Absence::NotApplicable), _) if clause.must_apply => refuse(
            format!("{id}：这个条款不能记为不适用。"),
            format!("{id}: this clause may not be marked not applicable"),
        ),
        _ => Ok(stand),
    }
}
