//! Why an expert is not drawn. The source asks for a recusal system and gives no list (seed S3·F16): these grounds are our
//! own suggestion, and each can be allowed for a draw.

use std::collections::BTreeSet;

use crate::domain::{
    pool::{
        PoolExpert, comparable,
        draw::{DrawRequest, Exclusion},
    },
    terms::{field::words, lang::Lang},
};

words! {
    /// A ground on which an expert is not drawn (回避事由).
    Ground {
        /// Works, or worked, at the facility.
        OwnUnit = "own-unit", "本单位", "own unit";
        /// Was in the team that coached or trained the facility (seed S3·F18).
        Coaching = "coaching", "指导带教", "coaching";
        /// A relative works there.
        Kinship = "kinship", "亲属", "kinship";
        /// Dealings with the facility or its head.
        Dealings = "dealings", "经济往来", "dealings";
        /// Of the facility's medical alliance.
        Alliance = "alliance", "医共体", "alliance";
        /// Asked to be left out.
        Request = "self", "自行申请", "own request";
        /// Sits on the panel of another visit of the same day; our own rule, since nobody is in two places.
        SameDay = "same-day", "同日另有核查", "another visit that day";
        /// Of a unit that was left out by name.
        Unit = "unit", "指定单位", "unit left out";
        /// The title is below the least one, or its level is not known, and there is no reason for an exception
        /// (seed S3·F15).
        Title = "title", "职称", "title";
    }
}

impl Ground {
    /// The grounds that a tie of the pool can have.
    pub const TIES: [Self; 4] = [Self::OwnUnit, Self::Coaching, Self::Kinship, Self::Dealings];
    /// The grounds that can be given for one expert and one draw.
    pub const GIVEN: [Self; 6] =
        [Self::OwnUnit, Self::Coaching, Self::Kinship, Self::Dealings, Self::Alliance, Self::Request];
}

/// Every ground that stands against an expert, allowed or not, sorted; the reason is the fact it rests on.
pub(crate) fn against(expert: &PoolExpert, request: &DrawRequest) -> BTreeSet<Exclusion> {
    let facility = comparable(&request.facility);
    let unit = comparable(&expert.person.unit);
    let mut found = BTreeSet::new();
    let mut add = |ground: Ground, reason: &str| {
        found.insert(Exclusion { person: expert.person.clone(), ground, reason: reason.to_owned() });
    };
    if unit == facility {
        add(Ground::OwnUnit, &expert.person.unit);
    }
    for tie in expert.ties.iter().filter(|tie| comparable(&tie.with) == facility) {
        add(tie.ground, &tie.with);
    }
    let alliance = comparable(&request.alliance);
    if !alliance.is_empty() && comparable(&expert.alliance) == alliance {
        add(Ground::Alliance, &expert.alliance);
    }
    if request.left_out.iter().any(|left_out| comparable(left_out) == unit) {
        add(Ground::Unit, &expert.person.unit);
    }
    for given in request.recusals.iter().filter(|given| given.person == expert.person) {
        add(given.ground, &given.reason);
    }
    let is_fit = request.least.is_none_or(|least| expert.rank().is_some_and(|rank| rank >= least));
    if !is_fit && expert.exception.is_empty() {
        add(Ground::Title, &expert.title);
    }
    found
}
