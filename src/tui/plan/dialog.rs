//! The plan as the lead makes it: proposed by the program, changed by hand, applied or left.

use std::sync::Arc;

use ratatui::{Frame, layout::Rect};

use crate::{
    app::deed::Deed,
    domain::{
        edit::{Edit, plan::Plan},
        plan::{
            lack::Offer,
            proposal::Proposal,
            task::{Task, Wishes},
        },
        terms::{amount::Amount, date::Date},
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame::notice,
        keys::{action::Action, context::Context, input::Input},
        plan::{
            view::{self, Shown},
            words as say,
        },
        widget::list::moved,
    },
};

/// Votes on a core clause that can be asked for here; others on the command line.
const CORE_VOTES: [usize; 4] = [3, 5, 7, 9];
/// The same of the others.
const VOTES: [usize; 3] = [1, 3, 5];
/// The step of the hours, in ten-thousandths: half an hour.
const STEP: i64 = 5_000;

/// The dialog.
#[derive(Debug)]
pub(crate) struct PlanDialog {
    proposal: Proposal,
    /// What would help, if it does not fit.
    offers: Vec<Offer>,
    /// The clause under the cursor, by place.
    selected: usize,
    /// The day of the documents, which is said on the command line.
    documents_on: Option<Date>,
    /// The plan in force when it was opened.
    before: Option<Plan>,
    /// Whether leaving it unapplied was told already.
    warned: bool,
}

impl PlanDialog {
    /// The plan in force, or a proposal where there is none.
    pub(crate) fn new(desk: &Desk) -> Self {
        let before = desk.visit.plan().cloned();
        let mut wishes = Wishes::default();
        let proposal = match &before {
            Some(plan) => {
                wishes.hours = plan.hours;
                wishes.document_hours = plan.documents.map(|it| it.hours);
                Proposal::of_plan(Task::of_visit(&desk.visit, &wishes), wishes, plan)
            }
            None => Proposal::make(Task::of_visit(&desk.visit, &wishes), wishes),
        };
        let documents_on = before.as_ref().and_then(|plan| plan.documents?.on);
        let mut dialog =
            Self { proposal, offers: Vec::new(), selected: 0, documents_on, before, warned: false };
        dialog.find_offers(desk);
        dialog
    }

    /// Divides anew by other wishes.
    fn anew(&mut self, desk: &Desk, change: impl FnOnce(&mut Wishes)) {
        let mut wishes = self.proposal.wishes.clone();
        change(&mut wishes);
        self.proposal = Proposal::make(Task::of_visit(&desk.visit, &wishes), wishes);
        self.find_offers(desk);
    }

    /// Divides only what those who are gone leave behind; whether there is a plan to begin with.
    fn again(&mut self, desk: &Desk) -> bool {
        let Some(plan) = desk.visit.plan() else { return false };
        let wishes = self.proposal.wishes.clone();
        self.proposal = Proposal::make(Task::again(&desk.visit, plan, &wishes), wishes);
        self.find_offers(desk);
        true
    }

    fn find_offers(&mut self, desk: &Desk) {
        self.offers = if self.proposal.fits() {
            Vec::new()
        } else {
            let again = |wishes: &Wishes, member| Task::of_visit_and(&desk.visit, wishes, member);
            self.proposal.offers(desk.checklist(), again)
        };
    }

    /// The hours at the facility, more or fewer by a step.
    fn step_hours(&mut self, desk: &Desk, step: i64) {
        let hours = Amount::from_ten_thousandths(self.proposal.wishes.hours.ten_thousandths() + step);
        if let Some(hours) = hours.filter(|hours| Plan::are_hours(*hours)) {
            self.proposal.wishes.hours = hours;
            self.find_offers(desk);
        }
    }

    fn plan(&self) -> Plan {
        self.proposal.plan(self.documents_on)
    }

    /// Leaves; what was changed and not applied is told once.
    fn leave(&mut self, cx: &Cx) -> Vec<Go> {
        let is_changed = self.before.as_ref().is_some_and(|before| *before != self.plan());
        if is_changed && !self.warned {
            self.warned = true;
            return vec![Go::Say(say::not_applied(cx.lang).to_owned())];
        }
        vec![Go::Close]
    }
}

/// The next of some numbers, round and round.
fn next(of: &[usize], now: usize) -> usize {
    let at = of.iter().position(|n| *n == now).map_or(0, |at| at + 1);
    of.get(at % of.len().max(1)).copied().unwrap_or(now)
}

impl Dialog for PlanDialog {
    fn context(&self) -> Context {
        Context::Planning
    }

    /// A digit lets the member with that number vote on the selected clause, or no longer.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let (Some(action), Some(desk)) = (action, cx.desk) else { return Vec::new() };
        if let Some(to) = moved(self.selected, self.proposal.task.jobs.len(), cx.page, action) {
            self.selected = to;
            return Vec::new();
        }
        match action {
            Action::Cancel => return self.leave(cx),
            Action::Confirm => return vec![Go::Say(say::how_to_apply(cx.lang).to_owned())],
            Action::Submit => {
                let plan = self.plan();
                return match desk.may(&Edit::Plan(Some(Arc::new(plan.clone())))) {
                    Ok(()) => {
                        vec![Go::Close, Go::Do(Effect::Do(Deed::Plan(Some(plan)))), Go::Do(Effect::Sync)]
                    }
                    Err(refused) => vec![Go::Say(notice::barrier(cx.lang, desk, refused).to_owned())],
                };
            }
            Action::Set(digit) => {
                let member = usize::from(digit).saturating_sub(1);
                if member >= self.proposal.task.members.len() {
                    return vec![Go::Say(say::no_such_member(cx.lang).to_owned())];
                }
                if !self.proposal.toggle(self.selected, member) {
                    return vec![Go::Say(say::may_not_vote(cx.lang).to_owned())];
                }
                self.find_offers(desk);
            }
            Action::Left => self.step_hours(desk, -STEP),
            Action::Right => self.step_hours(desk, STEP),
            Action::CoreVotes => self.anew(desk, |it| it.core_votes = next(&CORE_VOTES, it.core_votes)),
            Action::OtherVotes => self.anew(desk, |it| it.votes = next(&VOTES, it.votes)),
            Action::DocumentsApart => self.anew(desk, |it| {
                it.document_hours = match it.document_hours {
                    Some(_) => None,
                    None => Wishes::default().document_hours,
                };
            }),
            Action::PlanAnew => self.anew(desk, |_| {}),
            Action::PlanAgain if !self.again(desk) => {
                return vec![Go::Say(say::no_plan_yet(cx.lang).to_owned())];
            }
            _ => {}
        }
        self.warned = false;
        Vec::new()
    }

    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let Self { proposal, offers, selected, .. } = self;
        view::draw(&Shown { proposal, offers, selected: *selected }, cx, frame, body);
    }
}
