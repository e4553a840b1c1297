//! Which disqualifiers bar a standard, whatever the grades.

use crate::domain::{
    checklist::profile::{Profile, Standard},
    edit::verdict::GateState,
    terms::id::GateId,
};

/// Each gate with its answer; `None` = not answered.
pub(super) type Answers = [(GateId, Option<GateState>)];

/// The gates that are tripped and bar this standard, in the order of the profile.
pub(super) fn barred_by(profile: &Profile, standard: &Standard, answers: &Answers) -> Vec<GateId> {
    let barring = profile.gates.iter().filter(|gate| gate.bars(&standard.id));
    let tripped = barring.filter(|gate| answers.contains(&(gate.id.clone(), Some(GateState::Tripped))));
    tripped.map(|gate| gate.id.clone()).collect()
}

/// The gates that may bar this standard and have no answer. One that a local rule may leave out holds no answer open.
pub(super) fn unanswered(profile: &Profile, standard: &Standard, answers: &Answers) -> Vec<GateId> {
    let barring = profile.gates.iter().filter(|gate| gate.bars(&standard.id) && !gate.optional);
    let open = barring.filter(|gate| !answers.iter().any(|(id, state)| id == &gate.id && state.is_some()));
    open.map(|gate| gate.id.clone()).collect()
}

/// Whether a gate without an answer, optional or not, may yet come to bar this standard.
pub(super) fn may_come(profile: &Profile, standard: &Standard, answers: &Answers) -> bool {
    let is_answered = |id: &GateId| answers.iter().any(|(it, state)| it == id && state.is_some());
    profile.gates.iter().any(|gate| gate.bars(&standard.id) && !is_answered(&gate.id))
}

/// Whether none of them bars this standard; `None` while one of them has no answer.
pub(super) fn is_clear(profile: &Profile, standard: &Standard, answers: &Answers) -> Option<bool> {
    if !barred_by(profile, standard, answers).is_empty() {
        return Some(false);
    }
    unanswered(profile, standard, answers).is_empty().then_some(true)
}
