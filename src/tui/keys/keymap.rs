//! Looking up the key table: which action a key means in a context, and which keys an action has.

use crate::{
    domain::terms::lang::Lang,
    tui::keys::{
        Key,
        action::Action,
        bindings::{BINDINGS, Binding},
        context::Context,
    },
};

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
            // Where digits are numbers, a grade has its letter there and its digit in the other pane.
            let others = BINDINGS.iter().filter(|it| it.action == binding.action);
            let mut keys =
                others.filter(|it| it.context == binding.context || binding.context == Context::Measured);
            assert!(keys.any(|it| it.keys.iter().any(passes)), "{:?} has letters only", binding.action);
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
