//! Prints problems with the line they are about and a mark under the place.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::{
    domain::terms::{clean::clean_line, lang::Lang},
    located::problem::{Problem, Severity},
};

/// Columns the printed lines may take.
const WIDTH: usize = 100;

/// All problems as plain text, errors and warnings in the order given, with a last line that counts them.
#[must_use]
pub fn render(problems: &[Problem], lang: Lang) -> String {
    let renderer = Renderer::plain().term_width(WIDTH);
    let mut printed = String::new();
    for problem in problems {
        printed.push_str(&renderer.render(&[group(problem, lang)]));
        printed.push_str("\n\n");
    }
    let n_errors = problems.iter().filter(|problem| problem.is_error()).count();
    let n_warnings = problems.len() - n_errors;
    printed.push_str(&match lang {
        Lang::Zh => format!("共 {n_errors} 处错误，{n_warnings} 处提醒\n"),
        Lang::En => format!("{n_errors} errors, {n_warnings} warnings\n"),
    });
    printed
}

fn group(problem: &Problem, lang: Lang) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR.with_name(lang.pick("错误", "error")),
        Severity::Warning => Level::WARNING.with_name(lang.pick("提醒", "warning")),
    };
    let mut group = Group::with_title(level.primary_title(problem.what.get(lang)));
    let file = clean_line(&problem.file);
    let annotation = AnnotationKind::Primary.span(problem.underline.clone());
    let snippet = Snippet::source(&problem.snippet).line_start(problem.line).annotation(annotation);
    let before = problem.snippet.get(..problem.underline.start).map_or(0, |before| before.chars().count());
    group = if problem.line == 0 {
        group.element(Element::from(Origin::path(file)))
    } else if before + 1 == problem.column {
        group.element(snippet.path(file))
    } else {
        // The line was cut in front, so its columns are not those of the file.
        let origin = Origin::path(file).line(problem.line).char_column(problem.column);
        group.element(Element::from(origin)).element(snippet)
    };
    match &problem.suggestion {
        Some(suggestion) => group.element(
            Level::HELP.with_name(lang.pick("建议", "help")).message(suggestion.get(lang).to_owned()),
        ),
        None => group,
    }
}
