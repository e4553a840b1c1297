//! The template of reports: the one named, else the user's `report.toml`, else the program's own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use crate::report::template::{DEFAULT, TemplateMark};
use crate::{
    app::{
        checklist::sources::Checked,
        failure::{Exit, Failure},
        files,
        home::Home,
    },
    domain::terms::{
        clean::clean_line,
        lang::{Lang, Text},
    },
    located::{Problem, render},
    report::template::Template,
};

/// Which template a report is made with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TemplateChoice {
    /// The user's, if there is one, else the program's.
    #[default]
    Installed,
    /// The program's.
    BuiltIn,
    /// A file.
    File(PathBuf),
}

impl TemplateChoice {
    /// The word for the program's template where a path can be given.
    pub const BUILT_IN: &str = "builtin";

    /// What was given on the command line.
    #[must_use]
    pub fn given(path: Option<&Path>) -> Self {
        match path {
            None => Self::Installed,
            Some(path) if path == Path::new(Self::BUILT_IN) => Self::BuiltIn,
            Some(path) => Self::File(path.to_path_buf()),
        }
    }
}

/// The template that is chosen.
///
/// # Errors
/// If its file cannot be read or has errors, with all of them.
pub(crate) fn load(home: &Home, choice: &TemplateChoice) -> Result<Arc<Template>, Failure> {
    let path = match choice {
        TemplateChoice::BuiltIn => return Ok(Template::built_in()),
        TemplateChoice::File(path) => path.clone(),
        TemplateChoice::Installed => home.report_template(),
    };
    if *choice == TemplateChoice::Installed && !files::is_there(&path) {
        return Ok(Template::built_in());
    }
    let name = path.display().to_string();
    let loaded = Template::load(&name, &files::read(&path)?);
    loaded.map(|(template, _)| Arc::new(template)).map_err(|problems| refused(&name, &problems))
}

/// By which the template that reports are made with on this laptop is known; `None` = the program's own.
///
/// # Errors
/// If it cannot be used.
pub fn installed(home: &Home) -> Result<Option<TemplateMark>, Failure> {
    Ok(load(home, &TemplateChoice::Installed)?.mark().cloned())
}

/// Everything wrong with a template file.
///
/// # Errors
/// If it cannot be read.
pub fn check(path: &Path) -> Result<Checked, Failure> {
    let problems = match Template::load(&path.display().to_string(), &files::read(path)?) {
        Ok((_, problems)) | Err(problems) => problems,
    };
    let n_errors = problems.iter().filter(|problem| problem.is_error()).count();
    Ok(Checked { problems, n_errors })
}

fn refused(name: &str, problems: &[Problem]) -> Failure {
    let name = clean_line(name);
    let listed = Text::new(render(problems, Lang::Zh), render(problems, Lang::En));
    Failure::new(
        Exit::Fixable,
        Text::new(
            format!("报告模板 {name} 不能使用"),
            format!("The report template {name} cannot be used"),
        ),
        Text::new("模板里有错误，全部列在下面。", "It has errors, all listed below."),
        Text::new(
            "请改好后用 hecha report --check-template 检查；急用时加 --template builtin，按程序自带的模板导出。",
            "Mend them and check with hecha report --check-template; in a hurry, --template builtin uses the program's own.",
        ),
    )
    .with_details(vec![listed])
}
