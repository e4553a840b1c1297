//! The feedback as one page in large type for a projector: no script, no network, light or dark as the system is, a part a
//! sheet on paper.

use std::fmt::Write;

use crate::report::{
    feedback::{Feedback, Part},
    html::hash,
    markup::Escaped,
};

const STYLE: &str = include_str!("style.css");

/// The page. The same feedback gives the same text. Writing into a string cannot fail, so results of `write!` are dropped.
#[must_use]
pub fn html(feedback: &Feedback) -> String {
    let lang = feedback.lang;
    let title = feedback.title();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; base-uri 'none'; \
         form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        lang.pick("zh-CN", "en"),
        hash(STYLE),
        Escaped(&title)
    );
    let _ = writeln!(out, "<header>\n<h1>{}</h1>\n<p>{}</p>", Escaped(&title), Escaped(&feedback.about()));
    for mark in &feedback.marks {
        let _ = writeln!(out, "<p class=\"mark\" role=\"note\">{}</p>", Escaped(mark));
    }
    out.push_str("</header>\n<main>\n");
    for part in &feedback.parts {
        write_part(&mut out, part, feedback);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_part(out: &mut String, part: &Part, feedback: &Feedback) {
    let lang = feedback.lang;
    let key = part.kind.key().replace('_', "-");
    let _ = writeln!(out, "<section class=\"{key}\">\n<h2>{}</h2>", part.kind.title(lang));
    if part.groups.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", part.kind.nothing(lang));
    }
    for group in &part.groups {
        let _ = writeln!(out, "<h3>{}</h3>", Escaped(&group.title));
        for item in &group.items {
            let _ = writeln!(out, "<article>\n<h4>{}</h4>", Escaped(&item.heading(lang)));
            let lines = part.lines(item, lang);
            if !lines.is_empty() {
                out.push_str("<ul>\n");
                lines.iter().for_each(|line| {
                    let _ = writeln!(out, "<li>{}</li>", Escaped(line));
                });
                out.push_str("</ul>\n");
            }
            out.push_str("</article>\n");
        }
    }
    out.push_str("</section>\n");
}
