//! The shape of `hecha visit info FILE --json` (`design.md` §6), without `sync`, which the caller adds.

use serde_json::{Value, json};

use crate::{
    domain::{
        terms::{clean::clean_line, id::FeedId},
        visit::{MemberState, Visit},
    },
    report::{
        build::{draw, is_shown, state, status},
        json::{mandate::mandate_json, value::identity_key},
    },
};

/// What a visit is and how far it is.
///
/// `scored` counts clauses with a grade, points or absence, recusals aside; `owed` counts clauses that still want one,
/// or a reason. Both are null for members who are not `shown`: their ballots cannot be read yet, and that is not zero.
#[must_use]
pub fn info_json(visit: &Visit, shown: &[&MemberState]) -> Value {
    let founding = &visit.founding;
    let conflicts = visit.conflicts().into_iter().filter(|(name, subject)| {
        let of = visit.member(name.as_str());
        !subject.is_ballot() || of.is_none_or(|of| is_shown(of, shown))
    });
    let mut info = json!({
        "visit": clean_line(visit.id.as_str()),
        "facility": founding.facility.as_str(),
        "profile": clean_line(founding.checklist.profile.id.as_str()),
        "stage": founding.stage.key(),
        "date": founding.date.to_string(),
        "lookback": founding.lookback.map(|day| day.to_string()),
        "checklist_hash": clean_line(&founding.checklist_hash),
        "lead": founding.lead().map(|lead| clean_line(lead.name.as_str())),
        "draw": draw(visit).as_ref().map(crate::report::json::draw::summary),
        "members": visit.members.iter().map(|it| member(visit, it, shown)).collect::<Vec<_>>(),
        "conflicts": conflicts
            .map(|(name, subject)| json!({ "member": clean_line(name.as_str()), "about": clean_line(&subject.to_string()) }))
            .collect::<Vec<_>>(),
        "waiting": visit.pending
            .iter()
            .map(|claim| json!({ "name": clean_line(claim.name.as_str()), "device": clean_line(claim.feed.as_str()) }))
            .collect::<Vec<_>>(),
        "offices": visit.offices.iter().filter(|feed| visit.is_office(feed)).map(|feed| clean_line(feed.as_str())).collect::<Vec<_>>(),
        "absent": visit.recorded_absent()
            .map(|it| json!({
                "member": clean_line(it.name.as_str()), "reason": clean_line(it.reason), "sealed": it.has_sealed,
            }))
            .collect::<Vec<_>>(),
        "state": state(visit).key(),
    });
    if let Some(members) = info.as_object_mut() {
        members.extend(mandate_json(founding.by(), &founding.mandate));
    }
    info
}

fn member(visit: &Visit, state: &MemberState, shown: &[&MemberState]) -> Value {
    let name = state.member.name.as_str();
    let progress = (is_shown(state, shown) || visit.is_recused(name)).then(|| {
        let own = visit.clauses().filter(|clause| visit.recusal(name, clause.id.as_str()).is_none());
        own.map(|clause| visit.vote(state, clause)).fold((0_usize, 0_usize), |(scored, owed), vote| {
            let done = vote.is_scored();
            let owes = !done || vote.owes_reason().is_some();
            (scored + usize::from(done), owed + usize::from(owes))
        })
    });
    json!({
        "name": clean_line(name),
        "field": state.member.field.key(),
        "status": status(visit, state).key(),
        "scored": progress.map(|(scored, _)| scored),
        "owed": progress.map(|(_, owed)| owed),
        "identity": identity_key(state.identity),
        "deputy": visit.deputies.contains(&state.member.name),
        "devices": state.feeds.iter().map(|feed| device(visit, feed)).collect::<Vec<_>>(),
        "late": state.n_late,
        "ballot": state.ballot_state.key(),
        "seals": state.seals.standing().count(),
    })
}

/// A device of a member: whether it counts, and whether its feed is forked.
fn device(visit: &Visit, feed: &FeedId) -> Value {
    json!({
        "device": clean_line(feed.as_str()),
        "retired": visit.retired.contains_key(feed),
        "forked": visit.forks.contains(feed),
    })
}
