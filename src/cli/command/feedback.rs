//! `hecha feedback`: strengths, problems and what to mend at once, for the exit meeting.

use crate::{
    app::{
        ending::feedback::{Feedback, feedback_json, write_page},
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{args::FeedbackArgs, output::Output},
};

pub(crate) fn run(args: &FeedbackArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let feedback = Session::open(home, &args.file)?.feedback(out.lang())?;
    if let Some(path) = &args.html {
        write_page(&feedback, path)?;
        let path = path.display();
        out.say(format!("已生成：{path}"), format!("Written: {path}"));
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
