//! What is attached to a clause, and attaching more: a path typed, pasted or dropped, or files marked in a folder.

use std::{collections::BTreeSet, path::PathBuf};

use ratatui::{
    Frame,
    layout::Rect,
    style::{Modifier, Style},
    text::Line,
};

use crate::{
    app::{
        deed::Deed,
        evidence::AttachRequest,
        files::{FolderListing, dropped_paths::dropped_paths},
    },
    domain::{
        checklist::Clause,
        edit::{
            Edit,
            evidence::{EvidenceItem, size_text},
        },
        terms::{clean::clean_line, digest::Digest, id::ClauseId},
    },
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go, Heard, News},
        keys::{action::Action, context::Context, input::Input},
        score::evidence_words as say,
        widget::{
            field::Field,
            list::{first_row, moved},
            popup::{below, open, park, put, row_of},
            text::{cut, fit, width},
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct EvidenceDialog {
    clause: ClauseId,
    field: Field,
    /// Paths of earlier lines of a paste.
    waiting: Vec<PathBuf>,
    /// The folder shown; `None` until it is read.
    listing: Option<FolderListing>,
    marked: BTreeSet<PathBuf>,
    /// The chosen row; `None` = the path being typed.
    selected: Option<usize>,
    /// Whether files are being attached.
    busy: bool,
}

/// A row below the path.
enum Row<'a> {
    Attached(usize, Digest, &'a EvidenceItem),
    Waiting(usize),
    Folder(usize),
    File(usize),
}

impl EvidenceDialog {
    /// Opens what is attached to a clause.
    pub(crate) fn new(clause: &Clause) -> Self {
        Self {
            clause: clause.id.clone(),
            field: Field::default(),
            waiting: Vec::new(),
            listing: None,
            marked: BTreeSet::new(),
            selected: None,
            busy: false,
        }
    }

    /// Takes in a folder that was read.
    fn show(&mut self, listing: FolderListing) {
        self.busy = false;
        self.field = Field::default();
        self.marked.clear();
        self.selected = None;
        self.listing = Some(listing);
    }

    /// Files were attached, or could not be; what was chosen is kept if they could not.
    fn settle(&mut self, attached: bool) {
        self.busy = false;
        if attached {
            self.waiting.clear();
            self.marked.clear();
            self.field = Field::default();
            self.selected = None;
        }
    }

    fn rows<'a>(&self, cx: &Cx<'a>) -> Vec<Row<'a>> {
        let attached = cx.desk.map(|desk| desk.evidence(self.clause.as_str())).unwrap_or_default();
        let attached = attached.into_iter().enumerate();
        let mut rows: Vec<Row<'a>> =
            attached.map(|(index, (digest, item))| Row::Attached(index + 1, digest, item)).collect();
        rows.extend((0..self.waiting.len()).map(Row::Waiting));
        if let Some(listing) = &self.listing {
            rows.extend((0..listing.folders.len()).map(Row::Folder));
            rows.extend((0..listing.files.len()).map(Row::File));
        }
        rows
    }

    /// Complete lines become paths at once; the last one stays in the field to be looked at.
    fn paste(&mut self, text: &str) {
        self.selected = None;
        let Some((lines, last)) = text.rsplit_once(['\n', '\r']) else { return self.field.insert(text) };
        self.waiting.extend(dropped_paths(&format!("{}{lines}", self.field.raw())));
        self.field = Field::default();
        self.field.insert(last);
    }

    fn mark(&mut self, chosen: Option<&Row>) {
        match chosen {
            Some(Row::File(index)) => {
                if let Some(path) = self.listing.as_ref().and_then(|it| it.path_of_file(*index))
                    && !self.marked.remove(&path)
                {
                    self.marked.insert(path);
                }
            }
            Some(Row::Waiting(index)) => {
                self.waiting.remove(*index);
            }
            _ => {}
        }
    }

    fn take_back(&mut self, chosen: Option<&Row>, cx: &Cx) -> Vec<Go> {
        if let Some(Row::Attached(_, digest, item)) = chosen {
            let edit = Edit::Evidence { clause: self.clause.clone(), digest: *digest, value: None };
            let said = say::taken_back(cx.lang, &item.name);
            return vec![Go::Record(vec![edit]), Go::Say(said)];
        }
        if let Some(Row::Waiting(_)) = chosen {
            self.mark(chosen);
        }
        Vec::new()
    }

    /// A chosen folder is opened; otherwise all that is typed, waiting or marked is attached, or else the chosen file.
    fn take(&mut self, chosen: Option<&Row>, cx: &Cx) -> Vec<Go> {
        if self.busy {
            return Vec::new();
        }
        if let (Some(Row::Folder(index)), Some(listing)) = (chosen, &self.listing) {
            let folder = listing.path_of_folder(*index);
            return folder.map(|it| Go::Do(Effect::ListFolder(Some(it)))).into_iter().collect();
        }
        let mut paths = self.waiting.clone();
        paths.extend(dropped_paths(&self.field.raw()));
        paths.extend(self.marked.iter().cloned());
        if let (true, Some(Row::File(index)), Some(listing)) = (paths.is_empty(), chosen, &self.listing) {
            paths.extend(listing.path_of_file(*index));
        }
        if paths.is_empty() {
            return vec![Go::Say(say::nothing_chosen(cx.lang).to_owned())];
        }
        self.busy = true;
        vec![Go::Do(Effect::Do(Deed::Attach(AttachRequest {
            clause: self.clause.clone(),
            point: None,
            paths,
            caption: String::new(),
            keep_metadata: false,
        })))]
    }

    fn row_text(&self, cx: &Cx, row: &Row, chosen: bool, cells: usize) -> String {
        let mark = if chosen { ">" } else { " " };
        let (left, right) = match row {
            Row::Attached(n, _, item) => {
                (format!("{} {n} {}", say::attached(cx.lang), item.name), size_text(item.size))
            }
            Row::Waiting(index) => {
                let path = self.waiting.get(*index).map(|it| it.display().to_string()).unwrap_or_default();
                (format!("[x] {}", clean_line(&path)), String::new())
            }
            Row::Folder(index) => {
                let name = self.listing.as_ref().and_then(|it| it.folders.get(*index));
                (format!("    {}/", name.map(|it| clean_line(it)).unwrap_or_default()), String::new())
            }
            Row::File(index) => {
                let Some(listing) = &self.listing else { return String::new() };
                let Some(file) = listing.files.get(*index) else { return String::new() };
                let path = listing.path_of_file(*index);
                let sign = if path.is_some_and(|it| self.marked.contains(&it)) { "[x]" } else { "[ ]" };
                let size = size_text(file.size);
                (format!("{sign} {}", clean_line(&file.name)), format!("{size}  {}", file.modified))
            }
        };
        let room = cells.saturating_sub(width(&right) + 3);
        format!("{mark} {} {right}", fit(&left, room))
    }
}

impl Dialog for EvidenceDialog {
    fn context(&self) -> Context {
        Context::Evidence
    }

    /// Types, chooses, marks, attaches and takes back.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let rows = self.rows(cx);
        // Rows come and go: things are attached, taken back, read anew.
        self.selected = self.selected.filter(|_| !rows.is_empty()).map(|at| at.min(rows.len() - 1));
        let chosen = self.selected.and_then(|at| rows.get(at));
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) => return self.take(chosen, cx),
            (Some(Action::Toggle), _) if chosen.is_some() => {
                self.mark(chosen);
                self.selected = moved(self.selected.unwrap_or(0), rows.len(), cx.page, Action::Down);
            }
            (Some(Action::Clear), _) if chosen.is_some() => return self.take_back(chosen, cx),
            (Some(Action::Toggle | Action::Clear) | None, Input::Key(key)) => {
                self.selected = None;
                self.field.key(*key);
            }
            (_, Input::Paste(text)) => self.paste(text),
            (Some(action), _) => {
                self.selected = match (self.selected, action) {
                    (None, Action::Down | Action::NextPane) if !rows.is_empty() => Some(0),
                    (Some(0), Action::Up) | (Some(_), Action::PrevPane | Action::NextPane) => None,
                    (Some(at), action) => moved(at, rows.len(), cx.page, action),
                    (None, _) => None,
                };
            }
        }
        Vec::new()
    }

    /// Draws it: the path, what is attached, what waits, the folder.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let title = format!("{} {}", self.clause, say::title(lang));
        let inner = open(frame, cx, 76, body.height.saturating_sub(4).min(24), &title);
        let cells = usize::from(inner.width);
        let label = format!("{}: ", say::path(lang));
        put(frame, inner, 0, Line::styled(label.clone(), cx.theme.title()));
        let help = if self.busy { say::attaching(lang) } else { say::help(lang) };
        put(frame, inner, 1, Line::styled(cut(help, cells), cx.theme.faint()));
        let place = self.listing.as_ref().map(|it| clean_line(&it.folder.display().to_string()));
        let place = place.unwrap_or_else(|| say::reading(lang).to_owned());
        put(frame, inner, 2, Line::styled(cut(&say::folder(lang, &place), cells), cx.theme.faint()));
        let list = below(inner, 3);
        let rows = self.rows(cx);
        let height = usize::from(list.height);
        let first = first_row(self.selected.unwrap_or(0), rows.len(), height);
        for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = self.selected == Some(at);
            let style = match (chosen, row) {
                (true, _) => cx.theme.selected(),
                (_, Row::Attached(..)) => cx.theme.good(),
                _ => Style::new(),
            };
            put(frame, list, line, Line::styled(self.row_text(cx, row, chosen, cells), style));
            if chosen {
                park(frame, list, line);
            }
        }
        if let Some(row) = row_of(inner, 0) {
            let used = u16::try_from(width(&label)).unwrap_or(0).min(row.width);
            let area = Rect { x: row.x + used, width: row.width - used, ..row };
            self.field.view(
                cx.lang,
                frame,
                area,
                Style::new().add_modifier(Modifier::UNDERLINED),
                self.selected.is_none(),
            );
        }
    }

    fn hear(&mut self, news: &News) -> Heard {
        match news {
            News::Attached(attached) => self.settle(*attached),
            News::Folder(listing) => self.show((*listing).clone()),
            News::NoFolder => self.settle(false),
            _ => return Heard::Nothing,
        }
        Heard::Taken
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{
        app::{evidence::Attached, failure::Failure},
        domain::ballot::history::CellKey,
        tui::{
            desk::effect::Msg,
            drive::{model::Model, update::update},
            fixture::{folder, fresh_visit, opened, photo, press},
        },
    };

    fn fresh() -> Model {
        opened(fresh_visit(), 1)
    }

    fn attached_paths(effects: &[Effect]) -> Vec<String> {
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Do(Deed::Attach(request)) => {
                // A folder and a name are joined by the sign of the system.
                Some(request.paths.iter().map(|path| path.display().to_string().replace('\\', "/")).collect())
            }
            _ => None,
        });
        asked.unwrap_or_default()
    }

    #[test]
    fn files_are_attached_by_path_by_paste_and_from_a_folder() {
        let mut model = fresh();
        let effects = press(&mut model, "e");
        assert!(matches!(&effects[..], [Effect::ListFolder(None)]), "{effects:?}");
        update(&mut model, Msg::Folder(Ok(folder())));
        assert_eq!(attached_paths(&press(&mut model, "<Enter>")), [""; 0], "nothing is chosen");
        assert_eq!(attached_paths(&press(&mut model, "/a b.jpg<Enter>")), ["/a b.jpg"]);
        assert!(press(&mut model, "<Enter>").is_empty(), "one at a time");
        update(&mut model, Msg::Attached(Err(Failure::bug("x"))));
        press(&mut model, "<Esc>");
        // The path is still there; lines of a paste wait above the folder; a mark adds to them.
        update(&mut model, Msg::Paste("\n'/c.png' '/d.png'\n".to_owned()));
        let effects = press(&mut model, "<Down><Down><Down><Down><Down><Down><Space><Enter>");
        assert_eq!(attached_paths(&effects), ["/a b.jpg", "/c.png", "/d.png", "/photos/抢救车.jpg"]);
        let done = Attached { clause: "EM-01".into(), names: vec!["x".to_owned()], notes: Vec::new() };
        let effects = update(&mut model, Msg::Attached(Ok(done)));
        assert!(matches!(&effects[..], [Effect::Reload]) && model.toast.contains("EM-01"));
        assert_eq!(
            attached_paths(&press(&mut model, "<Down><Down><Down><Down><Enter>")),
            ["/photos/值班表 1.png"]
        );
    }

    #[test]
    fn a_folder_of_the_list_is_opened_and_remembered() {
        let mut model = fresh();
        press(&mut model, "<F3>");
        update(&mut model, Msg::Folder(Ok(folder())));
        let effects = press(&mut model, "<Down><Down><Enter>");
        assert!(
            matches!(&effects[..], [Effect::ListFolder(Some(it))] if it == Path::new("/photos/青禾")),
            "{effects:?}"
        );
        let effects = press(&mut model, "<Esc><F3>");
        assert!(
            matches!(&effects[..], [Effect::ListFolder(Some(it))] if it == Path::new("/photos")),
            "{effects:?}"
        );
    }

    #[test]
    fn what_is_attached_is_taken_back_with_delete_and_only_when_it_is_chosen() {
        let mut model = fresh();
        model.desk.as_mut().unwrap().apply(&photo("EM-01", "a.jpg"));
        let n = |model: &Model| model.desk.as_ref().unwrap().evidence("EM-01").len();
        assert!(!press(&mut model, "<F3>x<Home><Del>").iter().any(|it| matches!(it, Effect::Record(..))));
        assert_eq!(n(&model), 1, "Delete in the path deletes a character");
        let effects = press(&mut model, "<Down><Del>");
        let undone = vec![CellKey::of(&photo("EM-01", "")).unwrap().cleared()];
        assert!(matches!(&effects[..], [Effect::Record(_, edits)] if *edits == undone));
        assert_eq!(n(&model), 0);
    }
}
