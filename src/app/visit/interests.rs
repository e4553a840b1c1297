//! Interests: what members declare before scoring, and recusals from a visit or from clauses.

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        session::Session,
    },
    domain::{
        checklist::Checklist,
        edit::{Edit, declaration::Declaration},
        terms::{
            id::{ClauseId, MemberName},
            lang::Text,
            written::{Line, Note},
        },
    },
};

impl Session {
    /// Records the member's declaration of interests, with what the member will not vote on because of it (`None` is the
    /// whole visit); `none` (or 无) declares that there are none. A new declaration replaces the one before.
    ///
    /// # Errors
    /// If this laptop is not a member's, a clause is not known, the reason is missing, the visit is final, or the
    /// store fails. Once scoring is closed it moves no vote: what is found out then is an open matter.
    pub(in crate::app) fn declare(&mut self, declaration: Declaration) -> Result<(), Failure> {
        let Declaration { text, recusals } = declaration;
        self.may(&Edit::Declare(Declaration { text: text.clone(), recusals: recusals.clone() }))?;
        let text = if text.eq_ignore_ascii_case("none") || text == "无" { Note::default() } else { text };
        if !recusals.is_empty() && text.is_empty() {
            return Err(reason_missing());
        }
        for clause in recusals.iter().flatten() {
            check_clause(&self.visit.founding.checklist, clause)?;
        }
        self.write(vec![(Edit::Declare(Declaration { text, recusals }), None)])
    }

    /// Records that a member does not vote on a clause, or on the whole visit (`None`); a reason of `None` lifts what the lead
    /// recorded.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, name or clause are not known, the reason is empty, there is nothing to
    /// lift, or the store fails.
    pub(in crate::app) fn recuse(
        &mut self,
        name: &MemberName,
        clause: Option<ClauseId>,
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        self.record(vec![Edit::Recuse {
            name: MemberName::new(Line::new(name.as_str())?.as_str()),
            clause,
            reason: reason.map(Line::new).transpose()?,
        }])
    }

    /// A recusal edit, if the lead may make it now.
    pub(in crate::app) fn checked_recusal(&self, edit: Edit) -> Result<Edit, Failure> {
        let Edit::Recuse { name, clause, reason } = &edit else {
            return Err(Failure::bug("not a recusal"));
        };
        if self.visit.member(name.as_str()).is_none() {
            return Err(wording::unknown("组员", "member", name.as_str(), None));
        }
        if let Some(clause) = clause {
            check_clause(&self.visit.founding.checklist, clause)?;
        }
        if reason.as_ref().is_some_and(|reason| reason.is_empty()) {
            return Err(reason_missing());
        }
        let same = |it: &&crate::domain::visit::recusal::Recusal| &it.name == name && &it.clause == clause;
        let mut known = self.visit.recusals.iter().chain(&self.visit.afterwards);
        match (reason, known.find(same)) {
            (None, None) => Err(nothing_to_lift()),
            (None, Some(recusal)) if recusal.declared => Err(declared_by_member()),
            _ => Ok(edit),
        }
    }
}

/// Whether a clause is in the checklist.
///
/// # Errors
/// That it is not.
pub(crate) fn check_clause(checklist: &Checklist, clause: &ClauseId) -> Result<(), Failure> {
    let known = checklist.clause(clause.as_str()).map(|_| ());
    known.ok_or_else(|| wording::unknown("条款", "clause", clause.as_str(), None))
}

fn not_recorded(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("回避没有登记。", "The recusal was not recorded."), why, next)
}

fn reason_missing() -> Failure {
    not_recorded(
        Text::new("回避必须写明理由。", "A recusal needs a reason."),
        Text::new("请写明与机构的关系。", "Say what ties there are to the facility."),
    )
}

fn nothing_to_lift() -> Failure {
    not_recorded(
        Text::new("没有这一项回避。", "There is no such recusal."),
        Text::new("hecha visit info FILE 列出现有的回避。", "hecha visit info FILE lists the recusals."),
    )
}

fn declared_by_member() -> Failure {
    not_recorded(
        Text::new(
            "这是组员自己申报的回避，组长不能解除。",
            "The member declared this recusal; the lead cannot lift it.",
        ),
        Text::new("由本人在提交前重新申报。", "The member can declare anew before submitting."),
    )
}
