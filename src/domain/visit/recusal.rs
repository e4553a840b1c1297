//! Recusals: a member does not vote on a clause, or on the whole visit, and is asked nothing about it.

use crate::domain::{
    edit::Edit,
    terms::{
        id::{ClauseId, MemberName},
        written::{Line, TooLong},
    },
    visit::Visit,
};

/// A member does not vote on a clause, or on the whole visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// The member.
    pub name: MemberName,
    /// The clause; `None` = all.
    pub clause: Option<ClauseId>,
    /// Why.
    pub reason: String,
    /// Whether the member declared it; otherwise the lead recorded it.
    pub declared: bool,
}

impl Recusal {
    /// The edit with which the lead records it.
    ///
    /// # Errors
    /// If the reason is too long for one line.
    pub fn into_edit(self) -> Result<Edit, TooLong> {
        let reason = Some(Line::new(&self.reason)?);
        Ok(Edit::Recuse { name: self.name, clause: self.clause, reason })
    }
}

impl Visit {
    /// What the lead recorded comes before what the member declared, since its reason was looked at by two.
    pub(super) fn find_recusals(&mut self) {
        let ruled = self.rulings.recusals().map(|(name, clause, reason)| Recusal {
            name: name.clone(),
            clause: clause.cloned(),
            reason: reason.to_owned(),
            declared: false,
        });
        let mut found: Vec<Recusal> = ruled.collect();
        for state in &self.members {
            let Some(declaration) = state.declared_in_time() else { continue };
            for clause in declaration.recusals {
                let name = &state.member.name;
                if !found.iter().any(|it| &it.name == name && it.clause == clause) {
                    let reason = declaration.text.clone();
                    found.push(Recusal { name: name.clone(), clause, reason, declared: true });
                }
            }
        }
        let seat = |name: &MemberName| self.members.iter().position(|state| &state.member.name == name);
        found.sort_by_cached_key(|it| (seat(&it.name), it.name.clone(), it.clause.clone()));
        self.afterwards = self.found_out_since(&found);
        self.recusals = found;
    }

    /// Recusals that were recorded or declared when scoring was closed already, but for those that stand.
    fn found_out_since(&self, standing: &[Recusal]) -> Vec<Recusal> {
        let ruled = self.rulings.late_recusals().map(|(name, clause, reason)| Recusal {
            name: name.clone(),
            clause: clause.cloned(),
            reason: reason.to_owned(),
            declared: false,
        });
        let declared = self.members.iter().flat_map(|state| {
            let since = state.declared_afterwards().unwrap_or_default();
            since.recusals.into_iter().map(move |clause| Recusal {
                name: state.member.name.clone(),
                clause,
                reason: since.text.to_string(),
                declared: true,
            })
        });
        let mut found: Vec<Recusal> = Vec::new();
        for recusal in ruled.chain(declared) {
            let same = |it: &Recusal| it.name == recusal.name && it.clause == recusal.clause;
            if !standing.iter().chain(&found).any(same) {
                found.push(recusal);
            }
        }
        found
    }
}
