//! The feedback for the exit meeting, over the whole screen for a projector: one area a page, no names, no votes.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    app::ending::feedback::{Feedback, Group, NotYet, Part, feedback},
    domain::terms::lang::Lang,
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        ending::feedback_words as say,
        keys::{action::Action, context::Context, input::Input, keymap::applicable},
        theme::Theme,
        widget::{
            popup::{clear_wide, park, put},
            text::{cut, width, wrap},
        },
    },
};

/// Rows that are not for items: one above the heading, heading, rule, one below it, the area, one below that, and two for
/// the foot.
const FRAME: usize = 8;

/// With that many rows for items, a blank one stands before every point.
const ROOMY: usize = 20;

/// The dialog. Holds both languages: what it shows is the state of the moment it was opened, whatever syncs bring.
#[derive(Debug)]
pub(crate) struct FeedbackDialog {
    zh: Result<Feedback, NotYet>,
    en: Result<Feedback, NotYet>,
    page: usize,
}

/// A page: heading, what it is about, rows.
struct Page {
    heading: String,
    about: String,
    rows: Vec<Row>,
}

/// A row; text is cut to size already.
#[derive(Clone)]
struct Row {
    text: String,
    kind: RowKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Title,
    Text,
    Mark,
    Blank,
}

impl Row {
    const BLANK: Self = Self { text: String::new(), kind: RowKind::Blank };

    fn new(text: impl Into<String>, kind: RowKind) -> Self {
        Self { text: text.into(), kind }
    }

    fn style(&self, theme: Theme) -> Style {
        match self.kind {
            RowKind::Title => theme.title(),
            RowKind::Mark => theme.warn(),
            RowKind::Text | RowKind::Blank => Style::new(),
        }
    }
}

impl FeedbackDialog {
    /// The feedback of the open visit as whoever sits here may see it.
    pub(crate) fn new(desk: &Desk) -> Self {
        let of = |lang| feedback(&desk.visit, desk.me.as_ref(), lang);
        Self { zh: of(Lang::Zh), en: of(Lang::En), page: 0 }
    }

    fn view_foot(&self, cx: &Cx, frame: &mut Frame, inner: Rect, (number, of): (usize, usize)) {
        let cells = usize::from(inner.width);
        let facility = match self.of(cx.lang) {
            Ok(feedback) => feedback.title(),
            Err(_) => say::title(cx.lang).to_owned(),
        };
        let keys =
            [Action::Right, Action::Left, Action::Cancel].map(|action| hint(action, cx.lang)).join("  ");
        let right = format!("{keys}   {}", say::pages(number, of));
        let left = cut(&facility, cells.saturating_sub(width(&right) + 2));
        let gap = " ".repeat(cells.saturating_sub(width(&left) + width(&right)));
        let foot = Line::from(vec![
            Span::styled(left, cx.theme.faint()),
            Span::raw(gap),
            Span::styled(right, cx.theme.faint()),
        ]);
        put(frame, inner, usize::from(inner.height).saturating_sub(1), foot);
    }

    const fn of(&self, lang: Lang) -> &Result<Feedback, NotYet> {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// All pages at a size of the screen.
    fn pages(&self, lang: Lang, (columns, rows): (u16, u16)) -> Vec<Page> {
        let cells = usize::from(columns.saturating_sub(2 * margin(columns)));
        let room = usize::from(rows).saturating_sub(FRAME).max(1);
        match self.of(lang) {
            Err(not_yet) => {
                let rows = [&not_yet.why, &not_yet.next].map(|text| wrapped(text.get(lang), cells));
                let rows = rows.join(&Row::BLANK);
                vec![Page { heading: say::not_yet(lang).to_owned(), about: String::new(), rows }]
            }
            Ok(feedback) => {
                let mut pages = vec![cover(feedback, cells)];
                for part in &feedback.parts {
                    pages.extend(pages_of(part, lang, cells, room));
                }
                pages
            }
        }
    }
}

impl Dialog for FeedbackDialog {
    fn context(&self) -> Context {
        Context::Feedback
    }

    /// Turns pages and closes.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let last = self.pages(cx.lang, cx.size).len().saturating_sub(1);
        let to = match action {
            Some(Action::Cancel) => return vec![Go::Close],
            Some(Action::Up | Action::Left | Action::PageUp) => self.page.saturating_sub(1),
            Some(Action::Down | Action::Right | Action::PageDown | Action::Confirm) => self.page + 1,
            Some(Action::First) => 0,
            Some(Action::Last) => last,
            _ => return Vec::new(),
        };
        self.page = to.min(last);
        Vec::new()
    }

    /// Draws it over everything: header and status line would show who sits here.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let area = frame.area();
        clear_wide(frame.buffer_mut(), area);
        let pages = self.pages(cx.lang, (area.width, area.height));
        let at = self.page.min(pages.len().saturating_sub(1));
        let margin = margin(area.width);
        let inner = Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area };
        if let Some(page) = pages.get(at) {
            view_page(page, cx, frame, inner);
        }
        self.view_foot(cx, frame, inner, (at + 1, pages.len()));
    }
}

/// A key and what it does, as in the footers of other screens.
fn hint(action: Action, lang: Lang) -> String {
    let binding = applicable(Context::Feedback).find(|binding| binding.action == action);
    let shown = binding.and_then(|it| Some(format!("{} {}", it.keys.first()?.label(lang), it.hint(lang))));
    shown.unwrap_or_default()
}

/// Columns that are left free on either side, more on a wide screen.
const fn margin(columns: u16) -> u16 {
    if columns >= 100 { columns / 10 } else { 4 }
}

/// What the feedback is about, and what must be known first.
fn cover(feedback: &Feedback, cells: usize) -> Page {
    let mut rows = vec![Row::BLANK];
    for mark in &feedback.marks {
        rows.extend(wrap(mark, cells).into_iter().map(|line| Row::new(line, RowKind::Mark)));
        rows.push(Row::BLANK);
    }
    let about = format!("{}  {}  {}", feedback.facility, feedback.stage.name(feedback.lang), feedback.date);
    Page { heading: say::title(feedback.lang).to_owned(), about, rows }
}

/// The pages of a part: an area begins a page, and goes on on the next if it is long.
fn pages_of(part: &Part, lang: Lang, cells: usize, room: usize) -> Vec<Page> {
    let heading = part.kind.title(lang);
    if part.groups.is_empty() {
        let rows = wrapped(part.kind.nothing(lang), cells);
        return vec![Page { heading: heading.to_owned(), about: String::new(), rows }];
    }
    let mut pages = Vec::new();
    for group in &part.groups {
        for (n, rows) in chunks(part, group, lang, cells, room).into_iter().enumerate() {
            let goes_on = if n == 0 { "" } else { say::goes_on(lang) };
            let about = format!("{} {goes_on}", group.title);
            pages.push(Page { heading: heading.to_owned(), about, rows });
        }
    }
    pages
}

/// The items of a group in pages of at most `room` rows. An item is not torn apart unless it is longer than a page.
fn chunks(part: &Part, group: &Group, lang: Lang, cells: usize, room: usize) -> Vec<Vec<Row>> {
    let mut pages: Vec<Vec<Row>> = vec![Vec::new()];
    for item in &group.items {
        let rows = rows_of(&item.heading(lang), &part.lines(item, lang), cells, room);
        for piece in rows.chunks(room) {
            let fits = |page: &&mut Vec<Row>| page.is_empty() || page.len() + 1 + rows.len() <= room;
            match pages.last_mut().filter(fits) {
                Some(page) => {
                    if !page.is_empty() {
                        page.push(Row::BLANK);
                    }
                    page.extend_from_slice(piece);
                }
                None => pages.push(piece.to_vec()),
            }
        }
    }
    pages
}

fn rows_of(heading: &str, points: &[String], cells: usize, room: usize) -> Vec<Row> {
    let mut rows: Vec<Row> =
        wrap(heading, cells).into_iter().map(|line| Row::new(line, RowKind::Title)).collect();
    for point in points {
        if room >= ROOMY {
            rows.push(Row::BLANK);
        }
        for (n, line) in wrap(point, cells.saturating_sub(4)).into_iter().enumerate() {
            let lead_in = if n == 0 { "  - " } else { "    " };
            rows.push(Row::new(format!("{lead_in}{line}"), RowKind::Text));
        }
    }
    rows
}

fn wrapped(text: &str, cells: usize) -> Vec<Row> {
    wrap(text, cells).into_iter().map(|line| Row::new(line, RowKind::Text)).collect()
}

/// Letters set apart, as in a heading on a wall; as it is where that is too wide.
fn spaced(text: &str, cells: usize) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    let spaced = letters.join(" ");
    if width(&spaced) <= cells { spaced } else { cut(text, cells) }
}

fn view_page(page: &Page, cx: &Cx, frame: &mut Frame, inner: Rect) {
    let cells = usize::from(inner.width);
    put(frame, inner, 1, Line::styled(spaced(&page.heading, cells), cx.theme.title()));
    park(frame, inner, 1);
    put(frame, inner, 2, Line::styled(cx.theme.rule(cells), cx.theme.faint()));
    put(frame, inner, 4, Line::styled(cut(page.about.trim_end(), cells), cx.theme.title()));
    for (n, row) in page.rows.iter().enumerate() {
        put(frame, inner, FRAME - 2 + n, Line::styled(row.text.clone(), row.style(cx.theme)));
    }
}
