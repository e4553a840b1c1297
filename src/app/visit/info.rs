//! What a session shows of its visit as data, over the votes this laptop may see.

use serde_json::Value;

use crate::{
    app::session::Session,
    domain::{agreement::PanelAgreement, terms::lang::Lang, visit::MemberState},
    report,
};

/// `hecha visit info --json`, without `sync`.
#[must_use]
pub fn visit_json(session: &Session) -> Value {
    report::info_json(session.visit(), &shown(session))
}

/// `hecha result --json`.
#[must_use]
pub fn result_json(session: &Session, lang: Lang) -> Value {
    report::result_json(session.visit(), &session.outcome(), &shown(session), lang)
}

/// `hecha finalize --check --json`.
#[must_use]
pub fn matters_json(session: &Session, lang: Lang) -> Value {
    report::matters_json(&session.matters(), lang)
}

/// `hecha merge --json`.
#[must_use]
pub fn merge_json(session: &Session) -> Value {
    report::merge_json(session.visit(), &session.outcome(), &shown(session))
}

/// The members whose votes this laptop may show.
#[must_use]
pub fn shown(session: &Session) -> Vec<&MemberState> {
    session.visit().members.iter().filter(|state| session.may_see(state)).collect()
}

/// How alike those members scored, without the clauses that are withheld here.
#[must_use]
pub fn agreement(session: &Session) -> PanelAgreement {
    PanelAgreement::of_visit(session.visit(), &shown(session), |clause| !session.is_withheld(clause))
}
