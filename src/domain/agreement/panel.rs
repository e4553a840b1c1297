//! The agreement of one panel: over all clauses, by area, over the core clauses, and of each pair of members.

use crate::domain::{
    agreement::{Agreement, Matrix, Weights, cohen::Table},
    ballot::Position,
    checklist::Clause,
    terms::id::AreaId,
    visit::{MemberState, Visit},
};

/// How alike the members of one visit scored.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelAgreement {
    /// Over all clauses that are graded.
    pub overall: Agreement,
    /// Over the clauses of each area that has any, in checklist order.
    pub areas: Vec<(AreaId, Agreement)>,
    /// Over the core clauses.
    pub core: Agreement,
    /// Each two members, in column order.
    pub pairs: Vec<Pair>,
}

/// Two raters, over the units both graded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Column of the first, from 0.
    pub first: usize,
    /// Column of the second.
    pub second: usize,
    /// Units both graded.
    pub n: usize,
    /// Cohen's κ.
    pub kappa: Option<f64>,
    /// Linear weights.
    pub kappa_linear: Option<f64>,
    /// Quadratic weights.
    pub kappa_quadratic: Option<f64>,
}

impl PanelAgreement {
    /// The statistics over the members given, one column each in that order, and the clauses that `wanted` accepts.
    ///
    /// They rest on sealed first votes: as each member submitted them the first time, before anything was talked over. Of
    /// a member who has submitted nothing no vote is counted; recusals and other absences are missing votes. Grades only.
    pub fn of_visit(visit: &Visit, members: &[&MemberState], wanted: impl Fn(&Clause) -> bool) -> Self {
        let rank = |state: &MemberState, clause: &Clause| match visit.first_vote(state, clause)?.position {
            Position::Grade(grade) => Some(grade.rank()),
            _ => None,
        };
        let graded = visit.clauses().filter(|clause| clause.scale.is_none() && wanted(clause));
        let rows: Vec<(&Clause, Vec<Option<u8>>)> = graded
            .map(|clause| (clause.as_ref(), members.iter().map(|state| rank(state, clause)).collect()))
            .collect();
        let matrix = |wanted: &dyn Fn(&Clause) -> bool| {
            let chosen = rows.iter().filter(|(clause, _)| wanted(clause)).map(|(_, row)| row.clone());
            Matrix::of_grades(members.len(), chosen.collect())
        };
        let areas = visit.founding.checklist.areas.iter().map(|area| &area.id);
        let areas = areas.filter(|area| rows.iter().any(|(clause, _)| clause.area == **area));
        let all = matrix(&|_| true);
        Self {
            overall: Agreement::of(&all),
            areas: areas
                .map(|area| (area.clone(), Agreement::of(&matrix(&|clause| clause.area == *area))))
                .collect(),
            core: Agreement::of(&matrix(&|clause| clause.core)),
            pairs: pairs(&all),
        }
    }
}

/// Every two raters of a matrix.
#[must_use]
pub fn pairs(matrix: &Matrix) -> Vec<Pair> {
    let n = matrix.n_raters();
    let places = (0..n).flat_map(|first| (first + 1..n).map(move |second| (first, second)));
    places
        .map(|(first, second)| {
            let table = Table::of_pairs(matrix.q(), matrix.pairs(first, second));
            Pair {
                first,
                second,
                n: table.n(),
                kappa: table.kappa(Weights::Identity),
                kappa_linear: table.kappa(Weights::Linear),
                kappa_quadratic: table.kappa(Weights::Quadratic),
            }
        })
        .collect()
}
