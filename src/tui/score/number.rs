//! The calculator of a measured value, and of points awarded on a clause's scale.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        ballot::{Position, Vote},
        checklist::{Clause, Measure, Point},
        edit::{Choice, Edit, Stand, finding::Finding},
        terms::{
            amount::Amount,
            id::{ClauseId, PointId},
            written,
        },
    },
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::{
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
    words::{finding, label},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct NumberDialog {
    clause: ClauseId,
    /// The point measured; `None` = points on the clause's scale.
    point: Option<PointId>,
    reason: String,
    field: Field,
}

impl NumberDialog {
    /// A measured value for a point.
    pub(crate) fn point(clause: &Clause, point: &Point, now: Option<&Finding>) -> Self {
        let field = match now {
            Some(Finding::Number(value)) => Field::with(&value.to_string()),
            _ => Field::default(),
        };
        Self { clause: clause.id.clone(), point: Some(point.id.clone()), reason: String::new(), field }
    }

    /// The same, with the digit that opened it.
    pub(crate) fn typed(self, digit: char) -> Self {
        Self { field: Field::with(digit.encode_utf8(&mut [0; 4])), ..self }
    }

    /// Points on a clause's scale; `typed` is the digit that opened it.
    pub(crate) fn scale(clause: &Clause, vote: &Vote, typed: Option<char>) -> Self {
        let field = match (typed, vote.position) {
            (Some(digit), _) => Field::with(digit.encode_utf8(&mut [0; 4])),
            (None, Position::Points(points)) => Field::with(&points.to_string()),
            _ => Field::default(),
        };
        let reason =
            if matches!(vote.position, Position::Points(_)) { vote.reason.clone() } else { String::new() };
        Self { clause: clause.id.clone(), point: None, reason, field }
    }

    fn value(&self) -> Option<Amount> {
        self.field.folded().parse().ok()
    }

    fn store(&self, cx: &Cx) -> Vec<Go> {
        let Some(value) = self.value() else { return vec![Go::Say(say::plain_number(cx.lang).to_owned())] };
        if let Some(point) = &self.point {
            let finding = Some(Finding::Number(value));
            let edit = Edit::Finding { clause: self.clause.clone(), point: point.clone(), value: finding };
            return stored(edit, &self.clause, point, cx);
        }
        let admitted =
            self.clause_in(cx).and_then(|clause| clause.scale).is_some_and(|scale| scale.admits(value));
        if !admitted {
            return vec![Go::Say(label::off_scale(cx.lang).to_owned())];
        }
        let reason = match written::Line::new(&self.reason) {
            Ok(reason) => reason,
            Err(error) => return vec![Go::Say(frame::words::too_long(cx.lang, error))],
        };
        let stand = Stand { choice: Choice::Points(value), reason };
        let edit = Edit::Vote { clause: self.clause.clone(), value: Some(stand) };
        vec![Go::Close, Go::Record(vec![edit]), Go::Onward]
    }

    fn clause_in<'a>(&self, cx: &Cx<'a>) -> Option<&'a Clause> {
        cx.desk?.checklist().clause(self.clause.as_str()).map(AsRef::as_ref)
    }
}

impl Dialog for NumberDialog {
    fn context(&self) -> Context {
        Context::Calculator
    }

    /// Types and stores.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => vec![Go::Close],
            (Some(Action::Confirm), _) => self.store(cx),
            (Some(_), _) => Vec::new(),
            (None, Input::Key(key)) => {
                self.field.key(*key);
                Vec::new()
            }
            (None, Input::Paste(text)) => {
                self.field.insert(text);
                Vec::new()
            }
        }
    }

    /// Draws it, with the result or what is wrong below.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let Some(clause) = self.clause_in(cx) else { return };
        let point = self.point.as_ref().and_then(|point| point_of(cx, &self.clause, point));
        let text = point.map_or(clause.title.get(lang), |point| point.text.get(lang));
        let title = match &self.point {
            Some(point) => format!("{} {point}", self.clause),
            None => self.clause.to_string(),
        };
        let inner = open(frame, cx, 60, 7, &title);
        let cells = usize::from(inner.width);
        for (row, line) in wrap(text, cells).into_iter().take(2).enumerate() {
            put(frame, inner, row, Line::raw(line));
        }
        let bounds = match (point, clause.scale) {
            (Some(point), _) => rule(lang, point).unwrap_or_default(),
            (None, Some(scale)) => format!("0..{} / {}", scale.points, scale.step),
            (None, None) => String::new(),
        };
        put(frame, inner, 2, Line::styled(cut(&bounds, cells), cx.theme.faint()));
        let name = match point.map(|point| &point.measure) {
            Some(Measure::Number { unit, .. }) if !unit.is_empty() => {
                format!("{} ({})", say::value(lang), unit.get(lang))
            }
            Some(_) => say::value(lang).to_owned(),
            None => say::points_unit(lang).to_owned(),
        };
        FieldRow { name: &name, label: width(&name).min(cells / 2), field: &self.field, focused: true }
            .view(cx, frame, inner, 4);
        if self.field.is_blank() {
            return;
        }
        let (verdict, style) = match (self.value(), point, clause.scale) {
            (None, ..) => (say::plain_number(lang).to_owned(), cx.theme.bad()),
            (Some(value), Some(point), _) => (
                finding::met(Finding::Number(value).meets(&point.measure, None), lang).to_owned(),
                cx.theme.title(),
            ),
            (Some(value), None, Some(scale)) if !scale.admits(value) => {
                (label::off_scale(lang).to_owned(), cx.theme.bad())
            }
            _ => (String::new(), Style::new()),
        };
        put(frame, inner, 6, Line::styled(cut(&verdict, cells), style));
    }
}
