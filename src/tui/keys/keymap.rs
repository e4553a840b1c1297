//! Looking up the key table: which action a key means in a context, and which keys an action has.

use crate::{
    domain::terms::lang::Lang,
    tui::keys::{Key, action::Action, bindings::BINDINGS},
};

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Context {
    /// Every screen.
    Global,
    /// Every list on a screen.
    List,
    /// Home.
    Home,
    /// Every screen of an open visit.
    Visit,
    /// Both panes of the score screen.
    Score,
    /// The clauses of the score screen.
    Clauses,
    /// The points of the score screen.
    Points,
    /// Panel.
    Panel,
    /// Panel, for those who may do the lead's work.
    Chair,
    /// Merge.
    Merge,
    /// Outcome.
    Outcome,
    /// The rectification ledger.
    Ledger,
    /// Report.
    Report,
    /// A dialog with a list.
    Choice,
    /// A dialog with text fields.
    Fields,
    /// The note box.
    NoteBox,
    /// The inventory calculator.
    Inventory,
    /// The count calculator.
    Count,
    /// What is attached to a clause.
    Evidence,
    /// Founding a visit.
    Founding,
    /// The question before submitting.
    Submitting,
    /// The question before scoring is closed.
    Closing,
    /// Under which name to join.
    Joining,
    /// One's own codes.
    Codes,
    /// The question before a deputy is named or a laptop retired.
    Seat,
    /// The same, where one must say what of the laptop still counts.
    Retiring,
    /// A failure that the passphrase of the shared file would mend.
    Locked,
    /// The passphrase of a shared file.
    Passphrase,
    /// Signatures, open matters, objections.
    Ending,
    /// The feedback for the exit meeting.
    Feedback,
}

impl Context {
    /// All contexts.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 30] = [
        Self::Global,
        Self::List,
        Self::Home,
        Self::Visit,
        Self::Score,
        Self::Clauses,
        Self::Points,
        Self::Panel,
        Self::Chair,
        Self::Merge,
        Self::Outcome,
        Self::Ledger,
        Self::Report,
        Self::Choice,
        Self::Fields,
        Self::NoteBox,
        Self::Inventory,
        Self::Count,
        Self::Evidence,
        Self::Founding,
        Self::Submitting,
        Self::Closing,
        Self::Joining,
        Self::Codes,
        Self::Seat,
        Self::Retiring,
        Self::Locked,
        Self::Passphrase,
        Self::Ending,
        Self::Feedback,
    ];

    /// The contexts that apply here, nearest first.
    pub(crate) const fn chain(self) -> &'static [Self] {
        match self {
            Self::Home => &[Self::Home, Self::List, Self::Global],
            Self::Clauses => &[Self::Clauses, Self::Score, Self::Visit, Self::List, Self::Global],
            Self::Points => &[Self::Points, Self::Score, Self::Visit, Self::List, Self::Global],
            Self::Score => &[Self::Score, Self::Visit, Self::List, Self::Global],
            Self::Panel => &[Self::Panel, Self::Visit, Self::List, Self::Global],
            Self::Chair => &[Self::Chair, Self::Panel, Self::Visit, Self::List, Self::Global],
            Self::Merge => &[Self::Merge, Self::Visit, Self::List, Self::Global],
            Self::Outcome => &[Self::Outcome, Self::Visit, Self::List, Self::Global],
            Self::Ledger => &[Self::Ledger, Self::Visit, Self::List, Self::Global],
            Self::Report => &[Self::Report, Self::Visit, Self::List, Self::Global],
            Self::Visit => &[Self::Visit, Self::List, Self::Global],
            Self::Inventory => &[Self::Inventory, Self::Choice],
            Self::Count => &[Self::Count, Self::Choice],
            Self::Evidence => &[Self::Evidence, Self::Fields],
            Self::Submitting => &[Self::Submitting, Self::Choice],
            Self::Closing => &[Self::Closing, Self::Choice],
            Self::Joining => &[Self::Joining, Self::Choice],
            Self::Codes => &[Self::Codes, Self::Choice],
            Self::Seat => &[Self::Seat, Self::Choice],
            Self::Retiring => &[Self::Retiring, Self::Seat, Self::Choice],
            Self::Locked => &[Self::Locked, Self::Choice],
            Self::Passphrase => &[Self::Passphrase, Self::Fields],
            Self::Ending => &[Self::Ending, Self::Choice],
            Self::Feedback => &[Self::Feedback, Self::Choice],
            Self::Founding => &[Self::Founding, Self::Fields],
            Self::Global => &[Self::Global],
            Self::List => &[Self::List],
            Self::Choice => &[Self::Choice],
            Self::Fields => &[Self::Fields],
            Self::NoteBox => &[Self::NoteBox],
        }
    }

    /// Whether characters are typed here rather than commanded.
    pub(crate) fn is_text(self) -> bool {
        self.chain().iter().any(|context| matches!(context, Self::Fields | Self::NoteBox))
    }

    /// The heading of the context's keys.
    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Global => lang.pick("到处可用", "Everywhere"),
            Self::List => lang.pick("移动", "Moving"),
            Self::Home => lang.pick("首页", "Home"),
            Self::Visit => lang.pick("核查内", "In a visit"),
            Self::Score => lang.pick("评分", "Scoring"),
            Self::Clauses => lang.pick("条款栏", "Clause pane"),
            Self::Points => lang.pick("要点栏", "Point pane"),
            Self::Panel => lang.pick("专家组", "Panel"),
            Self::Chair => lang.pick("专家组(组长)", "Panel (lead)"),
            Self::Merge => lang.pick("合议", "Merge"),
            Self::Outcome => lang.pick("结论", "Outcome"),
            Self::Ledger => lang.pick("整改台账", "Rectification"),
            Self::Report => lang.pick("报告", "Report"),
            Self::Choice => lang.pick("选择框", "Choices"),
            Self::Fields => lang.pick("填写框", "Fields"),
            Self::NoteBox => lang.pick("备注框", "Note box"),
            Self::Inventory => lang.pick("清点", "Inventory"),
            Self::Count => lang.pick("计数", "Count"),
            Self::Evidence => lang.pick("附件", "Photos and files"),
            Self::Founding => lang.pick("新建核查", "Founding a visit"),
            Self::Submitting => lang.pick("提交", "Submitting"),
            Self::Closing => lang.pick("关闭评分", "Closing"),
            Self::Joining => lang.pick("加入", "Joining"),
            Self::Codes => lang.pick("加入码与恢复码", "Codes"),
            Self::Seat => lang.pick("核对", "Checking"),
            Self::Locked => lang.pick("打不开", "Locked"),
            Self::Passphrase => lang.pick("口令", "Passphrase"),
            Self::Feedback => lang.pick("现场反馈", "Feedback"),
            Self::Ending => lang.pick("签字与定稿", "Signing and finalising"),
            Self::Retiring => lang.pick("停用电脑", "Retiring a laptop"),
        }
    }
}

/// A row of the key table.
#[derive(Debug)]
pub(crate) struct Binding {
    /// Where.
    pub(crate) context: Context,
    /// Which keys; the first is the one shown.
    pub(crate) keys: &'static [Key],
    /// What it does.
    pub(crate) action: Action,
    /// What it does, in words: Chinese, English.
    pub(crate) help: (&'static str, &'static str),
    /// A short form for the footer: Chinese, English; empty = not in the footer.
    pub(crate) hint: (&'static str, &'static str),
}

impl Binding {
    /// The help text.
    pub(crate) const fn help(&self, lang: Lang) -> &'static str {
        lang.pick(self.help.0, self.help.1)
    }

    /// The footer text.
    pub(crate) const fn hint(&self, lang: Lang) -> &'static str {
        lang.pick(self.hint.0, self.hint.1)
    }

    /// All its keys, as shown.
    pub(crate) fn keys_label(&self, lang: Lang) -> String {
        self.keys.iter().map(|key| key.label(lang)).collect::<Vec<_>>().join(" ")
    }
}

/// What a key means in a context. Where characters are typed only the key itself counts, not its folded form.
pub(crate) fn lookup(context: Context, key: Key) -> Option<Action> {
    let key = if context.is_text() { key } else { key.folded() };
    context.chain().iter().find_map(|context| {
        BINDINGS
            .iter()
            .find(|binding| binding.context == *context && binding.keys.contains(&key))
            .map(|binding| binding.action)
    })
}

/// The rows that apply in a context, nearest context first.
pub(crate) fn applicable(context: Context) -> impl Iterator<Item = &'static Binding> {
    context
        .chain()
        .iter()
        .flat_map(|context| BINDINGS.iter().filter(move |binding| binding.context == *context))
}

/// The first key of an action in a context, for texts that name a key.
pub(crate) fn key_of(context: Context, action: Action, lang: Lang) -> String {
    applicable(context)
        .find(|binding| binding.action == action)
        .and_then(|binding| binding.keys.first())
        .map(|key| key.label(lang))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in Context::ALL {
            let mut seen: HashMap<Key, &Binding> = HashMap::new();
            for binding in applicable(context) {
                for key in binding.keys {
                    if let Some(other) = seen.insert(*key, binding) {
                        panic!("{context:?}: {key:?} is both {:?} and {:?}", other.action, binding.action);
                    }
                }
            }
        }
    }

    #[test]
    fn every_row_has_a_key_and_words_in_both_languages() {
        for binding in BINDINGS {
            assert!(!binding.keys.is_empty(), "{:?}", binding.action);
            assert!(!binding.help.0.is_empty() && !binding.help.1.is_empty(), "{:?}", binding.action);
            assert_eq!(binding.hint.0.is_empty(), binding.hint.1.is_empty(), "{:?}", binding.action);
        }
    }

    #[test]
    fn every_command_has_a_key_that_an_idle_input_method_lets_through() {
        let passes = |key: &Key| key.ctrl || key.typed().is_none_or(|c| !c.is_ascii_alphabetic());
        for binding in BINDINGS {
            assert!(binding.keys.iter().any(passes), "{:?} has letters only", binding.action);
        }
    }

    #[test]
    fn full_width_forms_are_commands_on_screens_and_text_in_fields() {
        assert_eq!(lookup(Context::Clauses, Key::ch('：')), Some(Action::Palette));
        assert_eq!(lookup(Context::Clauses, Key::ch('ｊ')), Some(Action::Down));
        assert_eq!(lookup(Context::Fields, Key::ch('：')), None);
        assert_eq!(lookup(Context::NoteBox, Key::of(crossterm::event::KeyCode::Enter)), None);
    }
}
