//! The calculator of a share: what was met out of what was sampled.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        checklist::{Clause, Measure, Point},
        edit::{
            Edit,
            finding::{Finding, Fraction},
        },
        terms::id::{ClauseId, PointId},
    },
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::{
            earlier::Size,
            finding::{point_of, rule, stored},
            words as say,
        },
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, put},
            text::{cut, width, wrap},
        },
    },
    words::{finding, measure},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct RatioDialog {
    clause: ClauseId,
    point: PointId,
    fields: [Field; 2],
    focus: usize,
    /// The size of the sample where it is known; it stands for a denominator that was left empty.
    size: Option<Size>,
}

impl RatioDialog {
    /// Opens the calculator with what is recorded.
    pub(super) fn new(clause: &Clause, point: &Point, now: Option<&Finding>, size: Option<Size>) -> Self {
        let fields = match now {
            Some(Finding::Ratio(fraction)) => {
                [fraction.numerator(), fraction.denominator()].map(|n| Field::with(&n.to_string()))
            }
            _ => Default::default(),
        };
        Self { clause: clause.id.clone(), point: point.id.clone(), fields, focus: 0, size }
    }

    /// The same, with the digit that opened it.
    pub(super) fn typed(self, digit: char) -> Self {
        Self { fields: [Field::with(digit.encode_utf8(&mut [0; 4])), Field::default()], ..self }
    }

    fn numbers(&self) -> Option<(u64, u64)> {
        let [numerator, denominator] = &self.fields;
        let read = |field: &Field| field.folded().parse().ok();
        let known = self.size.as_ref().filter(|_| denominator.is_blank()).map(|size| size.n);
        Some((read(numerator)?, known.or_else(|| read(denominator))?))
    }

    fn is_blank(&self, at: usize) -> bool {
        self.fields.get(at).is_none_or(Field::is_blank)
    }

    /// Whether there is something to judge; the size of the sample need not be typed.
    fn is_complete(&self) -> bool {
        !self.is_blank(0) && (!self.is_blank(1) || self.size.is_some())
    }

    /// Whether Enter stores. As many as the checklist asks for is no count: somebody has to have gone over it. What was counted
    /// for the same sample is one.
    fn is_confirmed(&self) -> bool {
        self.focus == 1
            || !self.is_blank(1)
            || self.size.as_ref().is_some_and(|size| size.counted_at.is_some())
    }

    fn store(&self, cx: &Cx) -> Vec<Go> {
        let Some((numerator, denominator)) = self.numbers() else {
            return vec![Go::Say(say::whole_number(cx.lang).to_owned())];
        };
        let fraction = match Fraction::new(numerator, denominator) {
            Ok(fraction) => fraction,
            Err(error) => return vec![Go::Say(say::finding_error(cx.lang, &error))],
        };
        let edit = Edit::Finding {
            clause: self.clause.clone(),
            point: self.point.clone(),
            value: Some(Finding::Ratio(fraction)),
        };
        stored(edit, &self.clause, &self.point, cx)
    }

    fn verdict(&self, cx: &Cx, point: &Point, min_sample: Option<u64>) -> (String, Style) {
        let lang = cx.lang;
        if !self.is_complete() {
            return (String::new(), Style::new());
        }
        let Some((numerator, denominator)) = self.numbers() else {
            return (say::whole_number(lang).to_owned(), cx.theme.bad());
        };
        match Fraction::new(numerator, denominator) {
            Err(error) => (say::finding_error(lang, &error), cx.theme.bad()),
            Ok(fraction) => {
                let met = Finding::Ratio(fraction).meets(&point.measure, None);
                let share = measure::percent(numerator, denominator);
                let mut text = format!("{numerator}/{denominator} {share} {}", finding::met(met, lang));
                if let Some(least) = min_sample.filter(|least| denominator < *least) {
                    text.push_str(&format!("  ! {} {least}", say::small_sample(lang)));
                }
                (text, cx.theme.title())
            }
        }
    }
}

impl Dialog for RatioDialog {
    fn context(&self) -> Context {
        Context::Calculator
    }

    /// Types, moves between the two numbers, stores.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) if !self.is_confirmed() => self.focus = 1,
            (Some(Action::Confirm), _) => return self.store(cx),
            (Some(Action::NextPane | Action::PrevPane | Action::Up | Action::Down), _) => {
                self.focus = 1 - self.focus;
            }
            (Some(_), _) => {}
            (None, input) => {
                if let Some(field) = self.fields.get_mut(self.focus) {
                    match input {
                        Input::Key(key) if key.folded().typed() == Some('/') => self.focus = 1,
                        Input::Key(key) => {
                            field.key(*key);
                        }
                        Input::Paste(text) => match text.split_once(['/', '／']) {
                            Some((part, whole)) => {
                                self.fields = [part, whole].map(|text| Field::with(text.trim()));
                                self.focus = 1;
                            }
                            None => field.insert(text),
                        },
                    }
                }
            }
        }
        Vec::new()
    }

    /// Draws it, with the result or what is wrong below the numbers.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let Some(point) = point_of(cx, &self.clause, &self.point) else { return };
        let Measure::Ratio { numerator, denominator, min_sample, .. } = &point.measure else { return };
        let name = |given: &crate::domain::terms::lang::Text, default: &'static str| {
            if given.is_empty() { default.to_owned() } else { given.get(lang).to_owned() }
        };
        let size = self.size.as_ref().map(|it| say::size_of_sample(lang, it.n, it.counted_at.as_ref()));
        let sampled = name(denominator, say::denominator(lang)) + &size.unwrap_or_default();
        let names = [name(numerator, say::numerator(lang)), sampled];
        let inner = open(frame, cx, 60, 9, &format!("{} {}", self.clause, self.point));
        let cells = usize::from(inner.width);
        for (row, line) in wrap(point.text.get(lang), cells).into_iter().take(2).enumerate() {
            put(frame, inner, row, Line::raw(line));
        }
        put(frame, inner, 2, Line::styled(rule(lang, point).unwrap_or_default(), cx.theme.faint()));
        let label = names.iter().map(|name| width(name)).max().unwrap_or(0).min(cells / 2);
        for (index, (name, field)) in names.iter().zip(&self.fields).enumerate() {
            FieldRow { name, label, field, focused: index == self.focus }.view(cx, frame, inner, 4 + index);
        }
        let (text, style) = self.verdict(cx, point, *min_sample);
        put(frame, inner, 7, Line::styled(cut(&text, cells), style));
        put(frame, inner, 8, Line::styled(cut(say::ratio_help(lang), cells), cx.theme.faint()));
    }
}
