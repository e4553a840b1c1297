//! `hecha checklist …`: what there is, what it says, and whether it holds.

pub(crate) mod diff;
pub(crate) mod show;

use serde_json::{Value, json};

use crate::{
    app::{
        checklist::{
            sources,
            workbook::{self, Written},
        },
        failure::{Exit, Failure},
        files::existing::Existing,
        home::Home,
    },
    cli::{
        args::ChecklistCommand,
        command::checklist::{diff::diff, show::show},
        output::Output,
    },
};

pub(crate) fn run(command: ChecklistCommand, home: &Home, out: &mut Output) -> Result<(), Failure> {
    match command {
        ChecklistCommand::List { json } => list(json, home, out),
        ChecklistCommand::Show(args) => show(&args, home, out),
        ChecklistCommand::Diff { before, after, json } => diff(&before, &after, json, home, out),
        ChecklistCommand::Check { paths, json } => {
            let checked = sources::check(home, &paths)?;
            if checked.n_errors > 0 {
                out.exit_with(Exit::Fixable as u8);
            }
            let n_warnings = checked.problems.len() - checked.n_errors;
            if json {
                let problems: Vec<Value> = checked.problems.iter().map(problem_json).collect();
                out.json(&json!({"errors": checked.n_errors, "warnings": n_warnings, "problems": problems}));
                return Ok(());
            }
            out.raw(&checked.render(out.lang()));
            Ok(())
        }
        ChecklistCommand::Export { name, out: path, replace } => {
            workbook::export(home, &name, &path, existing(replace), out.lang())?;
            let path = path.display();
            out.say(format!("已导出：{path}"), format!("Exported: {path}"));
            Ok(())
        }
        ChecklistCommand::Import { workbook, out: folder, replace } => {
            let imported = workbook::import(home, &workbook, folder, existing(replace))?;
            for (path, written) in &imported.files {
                let path = path.display();
                match written {
                    Written::New => out.say(format!("已写入：{path}"), format!("Written: {path}")),
                    Written::Replaced => out.say(format!("已覆盖：{path}"), format!("Replaced: {path}")),
                    Written::Unchanged => out.say(format!("没有变化：{path}"), format!("Unchanged: {path}")),
                }
            }
            for warning in &imported.warnings {
                out.note(&warning.text());
            }
            Ok(())
        }
    }
}

const fn existing(replace: bool) -> Existing {
    if replace { Existing::Replace } else { Existing::Keep }
}

fn problem_json(problem: &crate::app::checklist::sources::Problem) -> Value {
    json!({
        "severity": if problem.is_error() { "error" } else { "warning" },
        "file": problem.file, "line": problem.line, "column": problem.column, "text": problem.offending(),
        "what": {"zh": problem.what.zh, "en": problem.what.en},
        "suggestion": problem.suggestion.as_ref().map(|it| json!({"zh": it.zh, "en": it.en})),
    })
}

fn list(as_json: bool, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let (profiles, areas) = (sources::profiles(home)?, sources::areas(home)?);
    let lang = out.lang();
    if as_json {
        let profiles: Vec<Value> = profiles
            .iter()
            .map(|it| json!({"id": it.id.as_str(), "title": it.title.zh, "title_en": it.title.en, "facility": it.facility.key()}))
            .collect();
        let areas: Vec<&str> = areas.iter().map(|area| area.as_str()).collect();
        out.json(&json!({"profiles": profiles, "areas": areas}));
        return Ok(());
    }
    out.say("方案：", "Profiles:");
    for profile in profiles {
        out.line(format!("  {:<20} {}", profile.id, profile.title.get(lang)));
    }
    out.say("领域：", "Areas:");
    for area in areas {
        out.line(format!("  {area}"));
    }
    Ok(())
}
