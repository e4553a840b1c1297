//! The declaration of interests, asked for before the first vote.

use std::collections::BTreeSet;

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::{
        edit::declaration::Declaration,
        terms::{id::ClauseId, written::Note},
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::words as say,
        widget::{
            form::{Filled, Form, clause_or_all},
            popup::{open, put},
            text::wrap,
            words::no_clause,
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 66;

/// The dialog.
#[derive(Debug)]
pub(crate) struct DeclareDialog {
    form: Form,
    problem: Option<String>,
}

impl DeclareDialog {
    /// Asks, beginning with what was declared before.
    pub(crate) fn new(desk: &Desk) -> Self {
        let before = desk.seat().and_then(|seat| seat.declaration()).unwrap_or_default();
        let clauses: Vec<&str> =
            before.recusals.iter().map(|clause| clause.as_ref().map_or("*", ClauseId::as_str)).collect();
        Self { form: Form::new(&[&before.text, &clauses.join(" ")]), problem: None }
    }

    /// What was typed, or the field that is not right and why.
    fn read(&self, desk: &Desk, cx: &Cx) -> Result<Declaration, (usize, String)> {
        let text = self.form.text(0);
        let mut recusals = BTreeSet::new();
        for word in clause_words(&self.form.text(1)) {
            let clause = clause_or_all(desk, &word).ok_or_else(|| (1, no_clause(cx.lang, &word)))?;
            recusals.insert(clause);
        }
        if !recusals.is_empty() && text.is_empty() {
            return Err((0, say::need_ties(cx.lang).to_owned()));
        }
        let text = Note::new(&text).map_err(|error| (0, frame::words::too_long(cx.lang, error)))?;
        Ok(Declaration { text, recusals })
    }
}

impl Dialog for DeclareDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types; the last Enter declares.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match self.form.input(action, input) {
            Filled::Left => return vec![Go::Close],
            Filled::Stays => {}
            Filled::Done => match self.read(desk, cx) {
                Ok(declaration) => {
                    let said = Go::Say(say::declared(cx.lang).to_owned());
                    return vec![Go::Close, Go::Do(Effect::Do(Deed::Declare(declaration))), said];
                }
                Err((at, problem)) => {
                    self.form.go_to(at);
                    self.problem = Some(problem);
                }
            },
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let why = wrap(say::declare_why(lang), usize::from(CELLS));
        let help = wrap(say::declare_help(lang), usize::from(CELLS));
        let height = why.len() + help.len() + 5;
        let inner =
            open(frame, cx, CELLS, u16::try_from(height).unwrap_or(u16::MAX), say::declare_title(lang));
        let n_why = why.len();
        for (row, line) in why.into_iter().enumerate() {
            put(frame, inner, row, Line::raw(line));
        }
        let below = n_why + 4;
        if let Some(problem) = &self.problem {
            put(frame, inner, n_why + 3, Line::styled(format!("! {problem}"), cx.theme.bad()));
        }
        for (row, line) in help.into_iter().enumerate() {
            put(frame, inner, below + row, Line::styled(line, cx.theme.faint()));
        }
        self.form.view(cx, frame, inner, n_why + 1, &[say::ties(lang), frame::words::recused_from(lang)]);
    }
}

/// The ids in a text, however they are separated.
fn clause_words(text: &str) -> Vec<String> {
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    text.split(separates).filter(|word| !word.is_empty()).map(str::to_uppercase).collect()
}
