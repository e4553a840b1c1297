//! `hecha feedback`: strengths, problems and what to mend at once, for the exit meeting.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        ending::feedback::{Feedback, feedback_json, write_page},
        failure::Failure,
        home::Home,
    },
    cli::{help::Help, output::Output, reading::Looking},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct FeedbackArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, conflicts_with = "html")]
    json: bool,
    #[arg(long, value_name = "PATH")]
    html: Option<PathBuf>,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "现场反馈：优势、问题、立即整改，不含姓名和评分",
        "For the exit meeting: strengths, problems, what to fix now; no names, no votes",
    ))
    .file()
    .json()
    .looking()
    .argument("html", Text::new("生成大字网页，供投影", "Write a page in large type, for a projector"))
}

pub(crate) fn run(args: FeedbackArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let feedback = args.looking.open(home, &args.file, out)?.feedback(out.lang())?;
    if let Some(path) = &args.html {
        write_page(&feedback, path)?;
        let path = path.display();
        out.say(&Text::new(format!("已生成：{path}"), format!("Written: {path}")));
    } else if args.json {
        out.json(&feedback_json(&feedback));
    } else {
        print(&feedback, out);
    }
    Ok(())
}

fn print(feedback: &Feedback, out: &mut Output) {
    let lang = out.lang();
    out.line(feedback.title());
    out.line(feedback.about());
    for mark in &feedback.marks {
        out.line(format!("! {mark}"));
    }
    for part in &feedback.parts {
        out.line("");
        out.line(format!("== {} ==", part.kind.title(lang)));
        if part.groups.is_empty() {
            out.line(part.kind.nothing(lang));
        }
        for group in &part.groups {
            out.line("");
            out.line(&group.title);
            for item in &group.items {
                out.line(format!("  {}", item.heading(lang)));
                part.lines(item, lang).iter().for_each(|line| out.line(format!("    - {line}")));
            }
        }
    }
}
