//! What is attached in a visit, as far as this laptop may show it.

use crate::{
    app::session::Session,
    domain::{
        edit::evidence::EvidenceItem,
        terms::{
            digest::Digest,
            id::{ClauseId, MemberName},
        },
    },
    share::{
        evidence::{self, folder},
        folder::disk::RealDisk,
    },
};

/// One thing attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The clause.
    pub clause: ClauseId,
    /// Who attached it.
    pub member: MemberName,
    /// Whether that is the user.
    pub own: bool,
    /// Its number among what the member attached to the clause, from 1.
    pub n: usize,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// What it is.
    pub item: EvidenceItem,
    /// Whether its bytes are on this laptop or beside the shared file. They are compared with their name when opened.
    pub here: bool,
}

impl Session {
    /// What may be seen here, in checklist and roster order.
    #[must_use]
    pub fn evidence(&self) -> Vec<Listed> {
        let mut here = Vec::new();
        let mut folders = vec![evidence::folder_beside(&self.file)];
        if let Ok((own, others)) = self.home.evidence(self.row.id.as_str()) {
            folders.extend([own, others]);
        }
        here.extend(folders.iter().filter_map(|folder| folder::list(&RealDisk, folder).ok()));
        let me = self.my_state().map(|state| &state.member.name);
        let mut listed = Vec::new();
        for clause in self.visit.clauses().filter(|clause| !self.is_withheld(clause)) {
            for state in self.visit.members.iter().filter(|state| self.may_see(state)) {
                let attached = self.visit.evidence(state, clause.id.as_str());
                listed.extend((1..).zip(attached).map(|(n, (digest, item))| Listed {
                    clause: clause.id.clone(),
                    member: state.member.name.clone(),
                    own: me == Some(&state.member.name),
                    n,
                    digest,
                    item: item.clone(),
                    here: here.iter().any(|folder| folder.contains_key(&item.sealed)),
                }));
            }
        }
        listed
    }
}
