//! The outermost question: what to do now.

use crate::{
    domain::visit::Visit,
    plain::{sitting::Sitting, talk::Stop, words as say},
};

/// What can be done. The numbers stay the same, whatever is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Score,
    Declare,
    Submit,
    Unseal,
    Sync,
    Where,
    Undo,
    Close,
    Decide,
    Vote,
    Sign,
    Finalise,
    Report,
}

/// In the order of their numbers, from 1.
const ITEMS: [(Item, &str, &str); 13] = [
    (Item::Score, "评分", "score"),
    (Item::Declare, "利益申报", "declare interests"),
    (Item::Submit, "提交", "submit"),
    (Item::Unseal, "撤回提交", "unseal"),
    (Item::Sync, "同步", "sync"),
    (Item::Where, "进度", "progress"),
    (Item::Undo, "撤销", "undo"),
    (Item::Close, "结束评分", "close scoring"),
    (Item::Decide, "合议结论", "decide"),
    (Item::Vote, "合议表决", "vote in the clear"),
    (Item::Sign, "签字", "sign"),
    (Item::Finalise, "定稿", "make final"),
    (Item::Report, "报告", "report"),
];

impl Sitting<'_> {
    /// Asks what to do, does it, and asks again.
    pub(crate) fn menu(&mut self) -> Result<(), Stop> {
        self.greet()?;
        self.where_now()?;
        loop {
            // Another window of this laptop may have written meanwhile.
            if let Err(failure) = self.session.reload() {
                self.talk.refuse(&failure)?;
            }
            let question = self.menu_question();
            let typed = self.talk.ask(&question, say::menu_help(self.lang()))?;
            let Some(item) = Item::typed(&typed.command) else {
                self.talk.misheard()?;
                continue;
            };
            match self.turn_to(item) {
                Ok(()) | Err(Stop::Back) => {}
                Err(Stop::Leave) => return Err(Stop::Leave),
            }
        }
    }

    fn turn_to(&mut self, item: Item) -> Result<(), Stop> {
        match item {
            Item::Score => self.score(),
            Item::Declare => self.declare(),
            Item::Submit => self.submit(),
            Item::Unseal => self.unseal(),
            Item::Sync => self.sync(),
            Item::Where => self.where_now(),
            Item::Undo => self.undo(),
            Item::Close => self.close(),
            Item::Decide => self.decide(),
            Item::Vote => self.vote(),
            Item::Sign => self.sign(),
            Item::Finalise => self.finalise(),
            Item::Report => self.report(),
        }
    }

    fn menu_question(&self) -> String {
        let lang = self.lang();
        let visit = self.session.visit();
        let is_sealed = self.me().is_some_and(|me| me.is_submitted());
        let leads = self.session.leads();
        let numbered = ITEMS.iter().zip(1..);
        let offered = numbered.filter(|((item, ..), _)| item.is_offered(visit, is_sealed, leads));
        let offered: Vec<String> =
            offered.map(|((_, zh, en), n)| format!("{n} {}", lang.pick(zh, en))).collect();
        format!("{}{}", say::what_now(lang), offered.join(lang.pick("，", ", ")))
    }
}

impl Item {
    /// By number or name.
    fn typed(command: &str) -> Option<Self> {
        let is_it = |n: usize, zh: &str, en: &str| [n.to_string().as_str(), zh, en].contains(&command);
        ITEMS.iter().zip(1..).find(|((_, zh, en), n)| is_it(*n, zh, en)).map(|((item, ..), _)| *item)
    }

    /// Whether it makes sense now. What does not is not said, and refused by the gate where it is asked for all the same.
    fn is_offered(self, visit: &Visit, is_sealed: bool, leads: bool) -> bool {
        let is_open = !visit.closed;
        let is_discussed = visit.closed && !visit.is_over();
        match self {
            Self::Score => is_open && !is_sealed,
            Self::Submit => !is_sealed && visit.finalised.is_none(),
            Self::Unseal => is_open && is_sealed,
            Self::Close => leads && (is_open || visit.late_seals().next().is_some()),
            Self::Decide | Self::Finalise => leads && is_discussed,
            Self::Vote => is_discussed,
            Self::Sign => visit.closed,
            Self::Declare | Self::Undo => !visit.is_over(),
            Self::Sync | Self::Where | Self::Report => true,
        }
    }
}
