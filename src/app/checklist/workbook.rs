//! Checklists out to a workbook and back: which checklist is meant, and which files may be written.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        checklist::sources::{refused, sources},
        failure::{Exit, Failure, wording},
        files::{self, existing::Existing, private},
        home::Home,
        session::Session,
        system,
    },
    checklist::{
        Sources, list_areas, list_profiles, own_areas,
        xlsx::{self, ExportError, ImportedFile, SheetProblem},
    },
    domain::terms::{
        clean::clean_line,
        lang::{Lang, Text},
    },
};

pub use crate::checklist::AreaFate;

/// What an import did with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was not there before.
    New,
    /// It replaced another.
    Replaced,
    /// It was there with the same text.
    Unchanged,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct ImportedFiles {
    /// The files, in the order of the workbook.
    pub files: Vec<(PathBuf, Written)>,
    /// What became of the areas that other profiles use or that were there already.
    pub fates: Vec<AreaFate>,
    /// What somebody should look at, by sheet, row and column.
    pub warnings: Vec<SheetProblem>,
}

/// Writes a profile, an area, or the checklist of a visit by its file as a workbook.
///
/// # Errors
/// If there is none of that name, it has errors, `out` is not named as a workbook, exists and may not be replaced, or it cannot
/// be written.
pub fn export(home: &Home, name: &str, out: &Path, existing: Existing, lang: Lang) -> Result<(), Failure> {
    if out.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::new(
            Exit::Usage,
            Text::new("没有导出。", "Nothing was exported."),
            Text::new(
                "清单只能导出为工作簿，文件名要以 .xlsx 结尾。",
                "A checklist is exported as a workbook, whose name ends with .xlsx.",
            ),
            Text::new("例如：--out 模板.xlsx", "For instance: --out template.xlsx"),
        ));
    }
    if files::is_there(out) && existing == Existing::Keep {
        return Err(wording::in_the_way(&[out.to_owned()], "导出", "exported"));
    }
    system::check_clock_for_workbooks()?;
    let bytes = workbook(home, name, lang)?;
    files::write_whole(&absolute(out)?, &bytes)
}

/// Reads a workbook and writes its areas and profile as checklist files: all of them, or none when anything is wrong.
/// Without `out` they go to the user's own checklists.
///
/// # Errors
/// Every problem of the workbook, or the files that are in the way.
pub fn import(
    home: &Home,
    workbook: &Path,
    out: Option<PathBuf>,
    existing: Existing,
) -> Result<ImportedFiles, Failure> {
    let bytes = files::read(workbook)?;
    let there = sources(home)?;
    let imported = xlsx::import(&bytes, &there).map_err(|problems| wrong(workbook, &problems))?;
    let is_own = out.is_none();
    let folder = out.unwrap_or_else(|| home.checklists());
    let (own, fates) = own_areas(imported.files, &there, !is_own);
    let planned: Vec<(PathBuf, &ImportedFile, Written)> =
        own.iter().map(|file| plan(&folder, file)).collect();
    let replaced = planned.iter().filter(|(_, _, written)| *written == Written::Replaced);
    let in_way: Vec<PathBuf> = replaced.map(|(path, _, _)| path.clone()).collect();
    if !in_way.is_empty() && existing == Existing::Keep {
        return Err(wording::in_the_way(&in_way, "导入", "imported"));
    }
    let mut files = Vec::new();
    for (path, file, written) in planned {
        if written != Written::Unchanged {
            let inner = folder.join(file.kind.folder());
            let made = if is_own { private::make_folder(&inner) } else { files::make_folder(&inner) };
            made.map_err(|error| wording::home_folder(&inner, &error))?;
            let path = absolute(&path)?;
            let write = if is_own { files::write_own } else { files::write_whole };
            write(&path, file.text.as_bytes())?;
        }
        files.push((path, written));
    }
    Ok(ImportedFiles { files, fates, warnings: imported.warnings })
}

fn workbook(home: &Home, name: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
    let sources: Sources = sources(home)?;
    let made = if list_profiles(&sources).iter().any(|profile| profile.id.as_str() == name) {
        xlsx::export_profile(name, &sources, lang)
    } else if list_areas(&sources).iter().any(|area| area.as_str() == name) {
        xlsx::export_area(name, &sources, lang)
    } else if files::is_there(Path::new(name)) {
        let session = Session::open(home, Path::new(name))?;
        xlsx::export_checklist(&session.visit.founding.checklist, lang)
    } else {
        return Err(wording::unknown("清单", "checklist", name, None));
    };
    made.map_err(|error| match error {
        ExportError::Checklist(problems) => refused(name, &problems),
        ExportError::Workbook(why) => Failure::bug(&why),
    })
}

/// Where a file goes, and what is there.
fn plan<'f>(folder: &Path, file: &'f ImportedFile) -> (PathBuf, &'f ImportedFile, Written) {
    let path = folder.join(file.kind.folder()).join(format!("{}.toml", file.id));
    let written = match files::read(&path) {
        Ok(bytes) if bytes == file.text.as_bytes() => Written::Unchanged,
        // Unreadable is not absent: what cannot be looked at is in the way too.
        _ if files::is_named(&path) => Written::Replaced,
        _ => Written::New,
    };
    (path, file, written)
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| wording::path(path, &error))
}

fn wrong(workbook: &Path, problems: &[SheetProblem]) -> Failure {
    let shown = clean_line(&workbook.display().to_string());
    let n = problems.iter().filter(|problem| problem.is_error()).count();
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有导入 {shown}"), format!("{shown} was not imported")),
        Text::new(format!("工作簿里有 {n} 处错误，列在下面。"), format!("It has {n} errors, listed below.")),
        Text::new("请在表格里改好后再导入。", "Mend them in the workbook and import it again."),
    )
    .with_details(problems.iter().map(SheetProblem::text).collect())
}
