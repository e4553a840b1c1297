//! Reports to files: each format by itself, written whole or not at all.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        files::{self, stem::file_stem},
        report::template::{self, TemplateChoice},
        session::Session,
        system,
    },
    domain::{
        terms::{
            clean::clean_line,
            lang::{Lang, Text},
        },
        visit::MemberState,
    },
    report::{
        Options,
        csv::csv,
        docx::{Look, docx},
        html::html,
        json::json,
        layout::Report,
        md::md,
        page::Page,
        workbook::xlsx,
    },
    words::revision,
};

/// A report format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The site-visit report as a document, for signing.
    Docx,
    /// A workbook: overview, clauses, points, problems, votes.
    Xlsx,
    /// One web page that needs no network.
    Html,
    /// Markdown.
    Md,
    /// CSV, one row a clause.
    Csv,
    /// JSON, `docs/REPORT-JSON.md`.
    Json,
}

impl Format {
    /// All formats, those that people read first.
    pub const ALL: [Self; 6] = [Self::Docx, Self::Xlsx, Self::Html, Self::Md, Self::Csv, Self::Json];

    /// The word in commands, and the file's extension.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Md => "md",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// What became of one format: the file written, or why not.
#[derive(Debug, Clone)]
pub struct Written {
    /// The format.
    pub format: Format,
    /// The file, or the failure.
    pub outcome: Result<PathBuf, Failure>,
}

/// How far an export is.
#[derive(Debug, Clone)]
pub enum ExportStep {
    /// This format is being written.
    Started(Format),
    /// This one is done with.
    Ended(Written),
}

/// How reports are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOptions {
    /// Language.
    pub lang: Lang,
    /// Whether votes are shown with names.
    pub names: bool,
    /// Whether CSV begins with a byte order mark, which Excel needs to see Chinese.
    pub bom: bool,
    /// Which template.
    pub template: TemplateChoice,
}

/// Reads `docx,xlsx,md`.
///
/// # Errors
/// The formats that are not known.
pub fn parse_formats(text: &str) -> Result<Vec<Format>, Failure> {
    text.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| {
            Format::ALL.into_iter().find(|format| format.key() == word).ok_or_else(|| unknown_format(word))
        })
        .collect()
}

impl Session {
    /// Writes reports into a folder, which is made if needed, and tells each step. A format that fails does not keep the
    /// others back. A final visit gives the same bytes again: the time of making is told only before.
    ///
    /// # Errors
    /// If this laptop has not joined and names are wanted or the visit is not final, the template cannot be used, or the folder cannot be made; failures of single formats are told with the format.
    pub fn export(
        &self,
        formats: &[Format],
        dir: &Path,
        options: ExportOptions,
        tell: &mut dyn FnMut(ExportStep),
    ) -> Result<(), Failure> {
        self.may_report()?;
        self.may_name(options.names)?;
        let template = template::load(&self.home, &options.template)?;
        let dir = std::path::absolute(dir).map_err(|error| wording::path(dir, &error))?;
        files::make_folder(&dir).map_err(|error| wording::report_folder(&dir, &error))?;
        let report = Report { template, ..self.report(options.lang, options.names) };
        for format in formats {
            tell(ExportStep::Started(*format));
            let outcome = self.write_format(&report, *format, &dir, &options);
            tell(ExportStep::Ended(Written { format: *format, outcome }));
        }
        Ok(())
    }

    /// The report as this laptop may make it.
    pub(in crate::app) fn report(&self, lang: Lang, names: bool) -> Report {
        let shown: Vec<&MemberState> =
            self.visit.members.iter().filter(|state| self.may_see(state)).collect();
        let options = Options {
            lang,
            names,
            generated: self.visit.finalised.is_none().then(system::now_text).flatten(),
            record: Some(self.record_digest()),
        };
        Report::of(&self.visit, &self.outcome(), &shown, &options)
    }

    fn write_format(
        &self,
        report: &Report,
        format: Format,
        dir: &Path,
        options: &ExportOptions,
    ) -> Result<PathBuf, Failure> {
        let bytes = match format {
            Format::Docx => docx(&Page::of(report), &Look::report(report.lang, report.date))
                .map_err(|_| Failure::bug("cannot write docx"))?,
            Format::Xlsx => {
                system::check_clock_for_workbooks()?;
                xlsx(report).map_err(|_| Failure::bug("cannot write xlsx"))?
            }
            Format::Html => html(report).into_bytes(),
            Format::Md => md(report).into_bytes(),
            Format::Json => json(report).into_bytes(),
            Format::Csv => csv(report, options.bom).map_err(|_| Failure::bug("cannot write CSV"))?,
        };
        let founding = &self.visit.founding;
        let stem = file_stem(&format!(
            "{}-{}-{}{}",
            founding.facility,
            founding.stage.name(options.lang),
            founding.date,
            revision::suffix(&self.visit, options.lang)
        ));
        let path = dir.join(format!("{stem}.{}", format.key()));
        files::write_whole(&path, &bytes)?;
        Ok(path)
    }
}

fn unknown_format(word: &str) -> Failure {
    let word = clean_line(word);
    let known: Vec<&str> = Format::ALL.into_iter().map(Format::key).collect();
    let known = known.join(", ");
    Failure::new(
        Exit::Usage,
        Text::new("没有导出报告。", "No report was made."),
        Text::new(format!("不认识格式“{word}”。"), format!("There is no format “{word}”.")),
        Text::new(format!("可用：{known}"), format!("Known: {known}")),
    )
}
