//! A visit in a folder of its own, founded by the laptop that its only session belongs to.

use std::path::Path;

use crate::{
    app::{
        deed::Deed,
        home::Home,
        session::Session,
        visit::{founding, founding::FoundingRequest, mandate::MandateRequest, roster::parse_member},
    },
    domain::{edit::declaration::Declaration, facility::Stage},
};

/// Founds a visit of a village post whose lead has declared and may score.
pub(crate) fn founded(folder: &Path) -> Session {
    let person = |name: &str| parse_member(&format!("{name}:医疗:主任医师")).unwrap();
    let request = FoundingRequest {
        file: folder.join("visit.hecha"),
        facility: "青禾村卫生室".to_owned(),
        profile: "village".to_owned(),
        stage: Stage::County,
        date: "2026-11-30".parse().unwrap(),
        lookback: None,
        lead: person("林若安"),
        members: ["陈思齐", "周宁", "何敏", "沈嘉"].map(person).into(),
        recusals: Vec::new(),
        draw: None,
        mandate: MandateRequest::default(),
    };
    let home = Home::choose(Some(folder.join("home"))).unwrap();
    let mut session = founding::found(&home, request, None).unwrap();
    session.perform(Deed::Declare(Declaration::default())).unwrap();
    session
}
