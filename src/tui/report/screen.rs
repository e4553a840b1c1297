//! Report: which formats and forms, into which folder, with or without names, and how far each is.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::{
        failure::Failure,
        report::{
            export::{ExportOptions, ExportStep, Format, Written},
            forms::{FormKind, FormRequest, WrittenForm},
            template::{TemplateChoice, TemplateMark},
        },
    },
    domain::terms::{clean::clean_line, lang::Lang},
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::Go,
        keys::{action::Action, context::Context, keymap::key_of},
        report::words as say,
        widget::{
            list::moved,
            path::{PathDialog, PathQuestion},
            popup::{park, put},
            text::{fit, wrap},
            words::path_help,
        },
    },
};

/// The question where reports go.
const FOLDER: PathQuestion =
    PathQuestion { title: say::folder_title, help: path_help, then: |folder, _| vec![Go::Folder(folder)] };

/// Cells for the name of a format.
const NAME_CELLS: usize = 30;

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct ReportScreen {
    /// The selected format, or after the formats the selected form.
    pub(crate) selected: usize,
    /// Where to write; `None` = beside the shared file.
    pub(crate) folder: Option<PathBuf>,
    /// Whether votes are shown with names.
    pub(crate) names: bool,
    /// The template of this laptop, once it was looked at; `None` in it = it has none of its own.
    pub(crate) installed: Option<Result<Option<TemplateMark>, Failure>>,
    /// Whether the program's template is wanted all the same.
    built_in: bool,
    /// Whether an export is running.
    pub(crate) running: bool,
    /// How far each format of the last export is.
    progress: Vec<(Format, Progress)>,
    /// What became of the last form.
    form: Option<Result<WrittenForm, Failure>>,
}

/// How far a format is.
#[derive(Debug)]
enum Progress {
    /// Others come first.
    Waiting,
    /// It is being written.
    Writing,
    /// The file.
    Written(PathBuf),
    /// Why there is none.
    Failed(Failure),
}

impl ReportScreen {
    /// Takes in how an export goes on. One of a visit that was left meanwhile is not told here.
    pub(crate) fn take(&mut self, step: ExportStep) {
        let (format, now) = match step {
            ExportStep::Started(format) => (format, Progress::Writing),
            ExportStep::Ended(Written { format, outcome: Ok(path) }) => (format, Progress::Written(path)),
            ExportStep::Ended(Written { format, outcome: Err(failure) }) => {
                (format, Progress::Failed(failure))
            }
        };
        if let Some((_, progress)) = self.progress.iter_mut().find(|(it, _)| *it == format) {
            *progress = now;
        }
    }

    /// Nothing more comes. What did not begin is not told as waiting.
    pub(crate) fn end(&mut self) {
        self.running = false;
        self.progress.retain(|(_, it)| !matches!(it, Progress::Waiting | Progress::Writing));
    }

    /// Takes in what became of a form.
    pub(crate) fn form_written(&mut self, result: Result<WrittenForm, Failure>) {
        self.running = false;
        self.form = Some(result);
    }

    fn folder(&self, desk: &Desk) -> PathBuf {
        self.folder
            .clone()
            .unwrap_or_else(|| desk.file.parent().map(std::path::Path::to_path_buf).unwrap_or_default())
    }

    /// Which template is in use, in words, and whether it can be used.
    fn template(&self, lang: Lang) -> (String, bool) {
        match &self.installed {
            _ if self.built_in => (say::template_chosen(lang).to_owned(), true),
            None => (say::template_unread(lang).to_owned(), true),
            Some(Ok(None)) => (say::template_built_in(lang).to_owned(), true),
            Some(Ok(Some(mark))) => (mark.shown(lang), true),
            Some(Err(failure)) => (format!("{} {}", failure.what.get(lang), say::template_bad(lang)), false),
        }
    }

    fn progress(&self, format: Format) -> Option<&Progress> {
        self.progress.iter().find(|(it, _)| *it == format).map(|(_, progress)| progress)
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut ReportScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    if let Some(to) = moved(screen.selected, Format::ALL.len() + FormKind::ALL.len(), cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    let formats = match action {
        Action::Folder => {
            let folder = screen.folder(desk);
            let asked = folder.display().to_string();
            let dialog = PathDialog::new(FOLDER, &folder.display().to_string());
            return vec![Go::Open(Box::new(dialog)), Go::Do(Effect::Complete(asked))];
        }
        Action::Toggle => {
            screen.names = !screen.names;
            return Vec::new();
        }
        Action::SwitchTemplate => {
            screen.built_in = !screen.built_in;
            return Vec::new();
        }
        Action::WriteAll => Format::ALL.to_vec(),
        Action::WriteForm(kind) => return write_form(screen, kind, desk, cx.lang),
        Action::Confirm if screen.selected >= Format::ALL.len() => {
            let kind = FormKind::ALL.get(screen.selected - Format::ALL.len());
            return kind.map(|kind| write_form(screen, *kind, desk, cx.lang)).unwrap_or_default();
        }
        Action::Confirm => Format::ALL.get(screen.selected).copied().into_iter().collect(),
        Action::Write(format) => vec![format],
        _ => return Vec::new(),
    };
    if screen.running {
        return Vec::new();
    }
    screen.running = true;
    screen.form = None;
    screen.progress = formats.iter().map(|format| (*format, Progress::Waiting)).collect();
    let template = if screen.built_in { TemplateChoice::BuiltIn } else { TemplateChoice::Installed };
    let options = ExportOptions { lang: cx.lang, names: screen.names, bom: true, template };
    vec![Go::Do(Effect::Export(formats, screen.folder(desk), options))]
}

fn write_form(screen: &mut ReportScreen, kind: FormKind, desk: &Desk, lang: Lang) -> Vec<Go> {
    if screen.running {
        return Vec::new();
    }
    screen.running = true;
    screen.progress.clear();
    screen.form = None;
    vec![Go::Do(Effect::WriteForm(FormRequest { kind, lang, year: None }, screen.folder(desk)))]
}

/// Draws the screen.
pub(crate) fn view(screen: &ReportScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let lang = cx.lang;
    let cells = usize::from(area.width);
    put(frame, area, 0, Line::styled(format!(" {}", say::formats(lang)), cx.theme.title()));
    for (index, format) in Format::ALL.into_iter().enumerate() {
        let chosen = index == screen.selected;
        let mark = if chosen { ">" } else { " " };
        let name = fit(&format!("{mark} {} {}", index + 1, say::format(lang, format)), NAME_CELLS);
        let progress = screen.progress(format);
        let told = progress.map(|progress| told(progress, lang)).unwrap_or_default();
        let style = match progress {
            _ if chosen => cx.theme.selected(),
            Some(Progress::Written(_)) => cx.theme.good(),
            Some(Progress::Failed(_)) => cx.theme.bad(),
            Some(Progress::Writing) => cx.theme.warn(),
            Some(Progress::Waiting) | None => Style::new(),
        };
        put(frame, area, 1 + index, Line::styled(fit(&format!("{name} {told}"), cells), style));
        if chosen {
            park(frame, area, 1 + index);
        }
    }
    forms(screen, cx, frame, area);
    let mut row = 3 + Format::ALL.len() + FormKind::ALL.len();
    let mut say_lines = |text: &str, style: Style| {
        for line in wrap(text, cells.saturating_sub(2)) {
            put(frame, area, row, Line::styled(format!(" {line}"), style));
            row += 1;
        }
    };
    say_lines(say::votes_named(lang), cx.theme.title());
    say_lines(if screen.names { say::named_yes(lang) } else { say::named_no(lang) }, Style::new());
    say_lines("", Style::new());
    say_lines(say::template(lang), cx.theme.title());
    let (template, is_usable) = screen.template(lang);
    say_lines(&template, if is_usable { Style::new() } else { cx.theme.bad() });
    say_lines("", Style::new());
    say_lines(say::folder(lang), cx.theme.title());
    say_lines(&clean_line(&screen.folder(desk).display().to_string()), Style::new());
    say_lines("", Style::new());
    match &screen.form {
        None => {}
        Some(Ok(written)) => {
            let name = written.path.file_name().map(|name| name.display().to_string()).unwrap_or_default();
            say_lines(&format!("[{}] {}", say::written(lang), clean_line(&name)), cx.theme.good());
            written
                .notes
                .iter()
                .for_each(|note| say_lines(&format!("! {}", note.get(lang)), cx.theme.warn()));
        }
        Some(Err(failure)) => {
            let said = [&failure.what, &failure.why, &failure.next].map(|text| text.get(lang));
            say_lines(&said.join(" "), cx.theme.bad());
        }
    }
    for (format, progress) in &screen.progress {
        if let Progress::Failed(failure) = progress {
            let text = format!(
                "{}: {} {} {}",
                say::format(lang, *format),
                failure.what.get(lang),
                failure.why.get(lang),
                failure.next.get(lang)
            );
            say_lines(&text, cx.theme.bad());
        }
    }
}

/// The forms, below the formats.
fn forms(screen: &ReportScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let lang = cx.lang;
    let first = 1 + Format::ALL.len();
    put(frame, area, first, Line::styled(format!(" {}", say::forms(lang)), cx.theme.title()));
    for (index, kind) in FormKind::ALL.iter().enumerate() {
        let at = Format::ALL.len() + index;
        let chosen = at == screen.selected;
        let mark = if chosen { ">" } else { " " };
        let key = key_of(Context::Report, Action::WriteForm(*kind), lang);
        let text = format!("{mark} {key} {} (docx)", kind.name(lang));
        let style = if chosen { cx.theme.selected() } else { Style::new() };
        put(frame, area, first + 1 + index, Line::styled(fit(&text, usize::from(area.width)), style));
        if chosen {
            park(frame, area, first + 1 + index);
        }
    }
}

/// The state of a format in a word, with the file's name: the folder stands below.
fn told(progress: &Progress, lang: Lang) -> String {
    match progress {
        Progress::Waiting => say::waiting(lang).to_owned(),
        Progress::Writing => say::writing(lang).to_owned(),
        Progress::Failed(_) => format!("[{}]", say::not_written(lang)),
        Progress::Written(path) => {
            let name = path.file_name().map(|name| name.display().to_string()).unwrap_or_default();
            format!("[{}] {}", say::written(lang), clean_line(&name))
        }
    }
}
