//! How the visit ends: the record and who signed it, what is still open, what the facility objects to.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::ending::{finalize::matter_words, signing::record_code},
    domain::{
        edit::{Edit, objection::Objection, waiver::MatterKind},
        ending::{readiness::Matter, signature::Signature},
        permit::Refusal,
        terms::id::ClauseId,
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        ending::{
            finalize::FinalizeDialog, object::ObjectDialog, sign::SignDialog, waive::WaiveDialog,
            words as say,
        },
        frame::{self, notice},
        keys::{action::Action, context::Context, input::Input},
        widget::{
            list::{first_row, moved},
            popup::{open, park, put},
            text::{cut, fit, wrap},
        },
    },
    words::label,
};

/// The dialog.
#[derive(Debug, Default)]
pub(crate) struct EndingDialog {
    selected: usize,
}

/// A row, and what it is about.
struct Row {
    text: String,
    style: Style,
    about: About,
}

enum About {
    Nothing,
    Matter(MatterKind, Option<String>),
    Objection(Option<ClauseId>, Objection),
}

impl Dialog for EndingDialog {
    fn context(&self) -> Context {
        Context::Ending
    }

    /// Signs, waives, records an objection, makes final, or goes to what is open.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        let rows = rows(cx, desk, 60);
        self.selected = self.selected.min(rows.len().saturating_sub(1));
        let about = rows.get(self.selected).map_or(&About::Nothing, |row| &row.about);
        let lang = cx.lang;
        let say_it = |text: &str| vec![Go::Say(text.to_owned())];
        match action {
            Some(Action::Cancel) => vec![Go::Close],
            Some(Action::Sign) => sign(desk, cx),
            Some(_) if desk.visit.is_over() && !is_move(action) && action != Some(Action::Object) => {
                say_it(frame::words::is_final(lang))
            }
            Some(Action::Waive | Action::Object | Action::Finalize) if !desk.chair => {
                say_it(frame::words::lead_only(lang))
            }
            Some(Action::Waive) => match about {
                About::Matter(kind, _) if !kind.can_be_waived() => say_it(say::cannot_waive(lang)),
                About::Matter(kind, _) if kind.blocks() => {
                    let reason = desk.waiver(*kind).unwrap_or_default();
                    vec![Go::Open(Box::new(WaiveDialog::new(*kind, reason)))]
                }
                _ => say_it(say::choose_matter(lang)),
            },
            Some(Action::Object) => vec![Go::Open(Box::new(object(about)))],
            Some(Action::Finalize) if still_open(desk) => say_it(say::still_open(lang)),
            Some(Action::Finalize) => vec![Go::Open(Box::new(FinalizeDialog::default()))],
            Some(Action::Confirm) => match about {
                About::Matter(_, Some(clause)) => jump(desk, clause),
                About::Objection(..) if desk.chair => {
                    vec![Go::Open(Box::new(object(about)))]
                }
                _ => Vec::new(),
            },
            Some(action) => {
                self.selected = moved(self.selected, rows.len(), cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let Some(desk) = cx.desk else { return };
        let cells = body.width.saturating_sub(8).clamp(20, 96);
        let rows = rows(cx, desk, usize::from(cells));
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let inner =
            open(frame, cx, cells, height.min(body.height.saturating_sub(2)), say::ending_title(cx.lang));
        let selected = self.selected.min(rows.len().saturating_sub(1));
        let shown = usize::from(inner.height);
        let first = first_row(selected, rows.len(), shown);
        for (line, (at, row)) in rows.iter().enumerate().skip(first).take(shown).enumerate() {
            let chosen = at == selected;
            let mark = if chosen { ">" } else { " " };
            let style = if chosen { cx.theme.selected() } else { row.style };
            let text = fit(&format!("{mark}{}", row.text), usize::from(inner.width));
            put(frame, inner, line, Line::styled(text, style));
            if chosen {
                park(frame, inner, line);
            }
        }
    }

    fn shows_tally(&self) -> bool {
        true
    }
}

/// Whether the dialog offers an action to who reads it: what they may do now, and what of the lead's work only waits for others.
pub(crate) fn offers(desk: &Desk, action: Action) -> bool {
    match action {
        Action::Sign => {
            let is_signed = desk.seat().is_some_and(|it| Signature::of(it, &desk.record) == Signature::Valid);
            // Who is absent, or recused from everything, signs nothing that counts.
            let votes = desk.visit.voting().any(|it| Some(&it.member.name) == desk.me.as_ref());
            votes && !is_signed && desk.may(&Edit::Sign { record: desk.record, on: None }).is_ok()
        }
        Action::Object => desk.may(&Edit::Objection { clause: None, value: None }).is_ok(),
        Action::Waive | Action::Finalize => desk.chair && !desk.visit.is_over(),
        _ => true,
    }
}

fn is_move(action: Option<Action>) -> bool {
    let moves = [
        Action::Up,
        Action::Down,
        Action::PageUp,
        Action::PageDown,
        Action::First,
        Action::Last,
        Action::Confirm,
    ];
    action.is_some_and(|action| moves.contains(&action))
}

fn sign(desk: &Desk, cx: &Cx) -> Vec<Go> {
    match desk.may(&Edit::Sign { record: desk.record, on: None }) {
        Ok(()) => vec![Go::Open(Box::new(SignDialog::default()))],
        Err(Refusal::NotClosed) => vec![Go::Say(say::sign_after_closing(cx.lang).to_owned())],
        Err(refusal) => vec![Go::Say(notice::barrier(cx.lang, desk, refusal).to_owned())],
    }
}

fn object(about: &About) -> ObjectDialog {
    match about {
        About::Objection(clause, objection) => ObjectDialog::new(clause.as_ref(), Some(objection)),
        _ => ObjectDialog::new(None, None),
    }
}

fn jump(desk: &Desk, clause: &str) -> Vec<Go> {
    let found = desk.index_of(clause).map(Go::ToMerge);
    found.map_or_else(Vec::new, |jump| vec![Go::Close, jump])
}

/// Whether anything holds the visit up that is not waived.
pub(crate) fn still_open(desk: &Desk) -> bool {
    let matters = desk.tally.iter().flat_map(|tally| &tally.matters);
    matters.into_iter().any(|matter| matter.blocks() && desk.waiver(matter.kind).is_none())
}

fn rows(cx: &Cx, desk: &Desk, cells: usize) -> Vec<Row> {
    let lang = cx.lang;
    let plain = |text: String, style: Style| Row { text, style, about: About::Nothing };
    let code = record_code(&desk.record);
    let mut rows = vec![plain(format!(" {} {code}", say::record(lang)), cx.theme.title())];
    rows.extend(
        wrap(say::record_help(lang), cells.saturating_sub(3))
            .into_iter()
            .map(|line| plain(format!("  {line}"), cx.theme.faint())),
    );
    rows.push(plain(format!(" {}", say::signatures(lang)), cx.theme.title()));
    for state in desk.visit.voting() {
        let signature = Signature::of(state, &desk.record);
        let (mark, style) = match signature {
            Signature::Valid => ("[x]", cx.theme.good()),
            Signature::Other => ("[!]", cx.theme.warn()),
            Signature::None => ("[ ]", Style::new()),
        };
        let how = signature.name(lang);
        rows.push(plain(format!("  {mark} {} {how}", fit(state.member.name.as_str(), 12)), style));
    }
    if let Some(tally) = desk.tally.as_ref().filter(|_| !desk.visit.is_over()) {
        let (holding, others): (Vec<&Matter>, Vec<&Matter>) =
            tally.matters.iter().partition(|matter| matter.blocks());
        let title = if holding.is_empty() { say::nothing_open(lang) } else { say::to_settle(lang) };
        rows.push(plain(format!(" {title}"), cx.theme.title()));
        rows.extend(holding.into_iter().map(|matter| matter_row(cx, desk, matter, cells)));
        if !others.is_empty() {
            rows.push(plain(format!(" {}", say::to_know(lang)), cx.theme.title()));
            rows.extend(others.into_iter().map(|matter| matter_row(cx, desk, matter, cells)));
        }
    } else if desk.visit.is_over() {
        rows.push(plain(format!(" {}", frame::words::is_final(lang)), cx.theme.good()));
    }
    let mut objections = desk.visit.objections().peekable();
    if objections.peek().is_some() {
        rows.push(plain(format!(" {}", say::objections(lang)), cx.theme.title()));
    }
    rows.extend(objections.map(|(clause, objection)| objection_row(cx, clause, objection, cells)));
    rows
}

fn matter_row(cx: &Cx, desk: &Desk, matter: &Matter, cells: usize) -> Row {
    let waived = desk.waiver(matter.kind).filter(|_| matter.blocks());
    let (mark, style) = match (matter.blocks(), &waived) {
        (true, None) => ("!", cx.theme.warn()),
        (true, Some(_)) => ("~", Style::new()),
        (false, _) => ("-", cx.theme.faint()),
    };
    let mut text = format!("  {mark} {}", matter_words(matter, cx.lang));
    if let Some(reason) = waived {
        text.push_str(&format!(" ({}: {reason})", say::waived(cx.lang)));
    }
    let about = About::Matter(matter.kind, matter.about.first().cloned());
    Row { text: cut(&text, cells), style, about }
}

fn objection_row(cx: &Cx, clause: Option<&ClauseId>, objection: &Objection, cells: usize) -> Row {
    let subject = clause.map_or(label::whole_report(cx.lang), ClauseId::as_str);
    let (answer, style) = if objection.answer.is_empty() {
        (say::unanswered(cx.lang), cx.theme.warn())
    } else {
        (objection.answer.as_str(), Style::new())
    };
    let text = format!("  {subject}: {} / {answer}", objection.text).replace('\n', " ");
    Row { text: cut(&text, cells), style, about: About::Objection(clause.cloned(), objection.clone()) }
}
