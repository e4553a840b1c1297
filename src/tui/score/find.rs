//! Finding a clause by characters, id or pinyin initials, and by what its points, hint, place and one's own notes say.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::terms::lang::Lang,
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::{route_words, words as say},
        widget::{
            field::Field,
            list::moved,
            popup::{below, open, put, row_of},
            search::{Needles, Query},
            text::{cut, fit, width},
            window::window,
        },
    },
    words::label,
};

/// Where something was found: in this order, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FoundIn {
    /// The id or title of the clause.
    Title,
    /// Where it is looked at.
    Place,
    /// A point of it.
    Point(usize),
    /// Its hint.
    Hint,
    /// One's own note.
    Note,
    /// One's own reason.
    Reason,
}

impl FoundIn {
    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Title => "",
            Self::Place => say::place(lang),
            Self::Point(_) => route_words::point(lang),
            Self::Hint => say::hint(lang),
            Self::Note => say::note(lang),
            Self::Reason => label::reason(lang),
        }
    }
}

/// A text that is looked through.
#[derive(Debug)]
struct Entry {
    clause: usize,
    found_in: FoundIn,
    text: String,
    needles: Needles,
}

/// Something found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hit {
    clause: usize,
    found_in: FoundIn,
    /// Which entry, and at which of its letters; none before anything is typed.
    entry: Option<(usize, usize)>,
}

/// The dialog.
#[derive(Debug)]
pub(crate) struct FindDialog {
    field: Field,
    selected: usize,
    entries: Vec<Entry>,
    hits: Vec<Hit>,
}

impl FindDialog {
    /// A search over the clauses of a visit that one is not recused from.
    pub(crate) fn new(desk: &Desk) -> Self {
        let mut entries = Vec::new();
        for index in (0..desk.clauses.len()).filter(|&index| desk.is_shown(index)) {
            entries.extend(entries_of(desk, index));
        }
        let mut dialog = Self { field: Field::default(), selected: 0, entries, hits: Vec::new() };
        dialog.search();
        dialog
    }

    fn search(&mut self) {
        let query = Query::new(&self.field.raw());
        let is_telling = query.is_telling();
        let mut found: Vec<(FoundIn, usize, Hit)> = Vec::new();
        for (number, entry) in self.entries.iter().enumerate() {
            if entry.found_in != FoundIn::Title && !is_telling {
                continue;
            }
            let Some(at) = entry.needles.find(&query) else { continue };
            let hit = Hit { clause: entry.clause, found_in: entry.found_in, entry: Some((number, at)) };
            // In both languages is found once.
            if !found.iter().any(|(_, _, it)| (it.clause, it.found_in) == (hit.clause, hit.found_in)) {
                let rank = if entry.found_in == FoundIn::Title { at } else { 0 };
                found.push((kind(entry.found_in), rank, hit));
            }
        }
        found.sort_by_key(|(kind, rank, hit)| (*kind, *rank, hit.clause, hit.found_in));
        self.hits = found.into_iter().map(|(_, _, hit)| hit).collect();
        self.selected = 0;
    }

    /// A hit of a title in one row; of anything else in a row with the words around, below the title unless that stands there.
    fn lines(
        &self,
        hit: Hit,
        chosen: bool,
        follows: bool,
        desk: &Desk,
        cx: &Cx,
        cells: usize,
    ) -> Vec<Line<'static>> {
        let Some(clause) = desk.clause(hit.clause) else { return Vec::new() };
        let mark = if chosen { ">" } else { " " };
        let base = if chosen { cx.theme.selected() } else { Style::new() };
        let title = format!("{} {}", clause.id, clause.title.get(cx.lang));
        let entry = hit.entry.filter(|_| hit.found_in != FoundIn::Title);
        let Some((entry, at)) = entry.and_then(|(number, at)| Some((self.entries.get(number)?, at))) else {
            return vec![Line::styled(fit(&format!("{mark} {title}"), cells), base)];
        };
        let mut name = format!("{mark}   {}", hit.found_in.name(cx.lang));
        if let FoundIn::Point(point) = hit.found_in
            && let Some(point) = clause.points.get(point)
        {
            name.push_str(&format!(" {}", point.id));
        }
        name.push_str("  ");
        let room = cells.saturating_sub(width(&name));
        let around = fit(&around(&entry.text, at, room), room);
        let found =
            Line::from(vec![Span::styled(name, base.patch(cx.theme.faint())), Span::styled(around, base)]);
        let title = (!follows).then(|| Line::raw(cut(&format!("  {title}"), cells)));
        title.into_iter().chain([found]).collect()
    }
}

/// The same for all points: their clauses stand in the order of the checklist.
const fn kind(found_in: FoundIn) -> FoundIn {
    match found_in {
        FoundIn::Point(_) => FoundIn::Point(0),
        other => other,
    }
}

fn entries_of(desk: &Desk, index: usize) -> Vec<Entry> {
    let (Some(clause), Some(vote)) = (desk.clause(index), desk.vote(index)) else { return Vec::new() };
    let mut entries = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        let mut add = |found_in, text: &str, with_initials: bool| {
            if !text.is_empty() {
                let needles = if with_initials { Needles::new(text) } else { Needles::literal(text) };
                entries.push(Entry { clause: index, found_in, text: text.replace('\n', " "), needles });
            }
        };
        add(FoundIn::Title, &format!("{}{}", clause.id, clause.title.get(lang)), true);
        add(FoundIn::Place, clause.place.get(lang), true);
        for (at, point) in clause.points.iter().enumerate() {
            add(FoundIn::Point(at), point.text.get(lang), false);
        }
        add(FoundIn::Hint, clause.hint.get(lang), false);
    }
    let mut own = |found_in, text: &str| {
        let (text, needles) = (text.replace('\n', " "), Needles::literal(text));
        entries.extend((!text.is_empty()).then_some(Entry { clause: index, found_in, text, needles }));
    };
    own(FoundIn::Note, &vote.note);
    own(FoundIn::Reason, &vote.reason);
    entries
}

/// The text in so many cells, with the letter that was found in view.
fn around(text: &str, letter: usize, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let found = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).nth(letter);
    let at = found.map_or(0, |(at, _)| at);
    // A third of the room for what stands before.
    let mut from = 0;
    while width(text.get(from..at).unwrap_or_default()) > cells / 3 {
        from += text.get(from..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    let rest = text.get(from..).unwrap_or_default();
    if from == 0 { cut(rest, cells) } else { format!("..{}", cut(rest, cells.saturating_sub(2))) }
}

impl Dialog for FindDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types, moves, and goes to the chosen clause, and there to the point that was found.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) => {
                let Some(hit) = self.hits.get(self.selected) else { return Vec::new() };
                let mut wishes = vec![Go::Close, Go::Jump(hit.clause)];
                if let FoundIn::Point(point) = hit.found_in {
                    wishes.push(Go::Point(point));
                }
                return wishes;
            }
            (Some(action), _) => {
                if let Some(to) = moved(self.selected, self.hits.len(), cx.page, action) {
                    self.selected = to;
                }
                return Vec::new();
            }
            (None, input) => {
                if !self.field.input(input) {
                    return Vec::new();
                }
            }
        }
        self.search();
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let (lang, Some(desk)) = (cx.lang, cx.desk) else { return };
        let inner = open(frame, cx, 84, body.height.saturating_sub(2), say::find_title(lang));
        let cells = usize::from(inner.width);
        put(frame, inner, 1, Line::styled(cut(say::find_help(lang), cells), cx.theme.faint()));
        let list = below(inner, 3);
        let mut rows: Vec<(usize, Line<'static>)> = Vec::new();
        let mut before = None;
        for (at, hit) in self.hits.iter().enumerate() {
            let follows = before == Some(hit.clause) && hit.found_in != FoundIn::Title;
            let lines = self.lines(*hit, at == self.selected, follows, desk, cx, cells);
            rows.extend(lines.into_iter().map(|line| (at, line)));
            before = Some(hit.clause);
        }
        let begin = rows.iter().position(|(at, _)| *at == self.selected).unwrap_or(0);
        let end = rows.iter().rposition(|(at, _)| *at == self.selected).map_or(begin, |last| last + 1);
        let shown = window(rows.len(), usize::from(list.height), &(begin..end));
        let list = shown.draw_marks("", cx, frame, list);
        for (line, (_, row)) in rows.into_iter().skip(shown.rows.start).take(shown.rows.len()).enumerate() {
            put(frame, list, line, row);
        }
        if self.hits.is_empty() {
            put(frame, list, 0, Line::styled(frame::words::nothing_found(lang), cx.theme.faint()));
        }
        if let Some(row) = row_of(inner, 0) {
            self.field.view(lang, frame, row, Style::new(), true);
        }
    }
}
