//! One self-contained web page from a report: prints, filters, needs no network and works without its script.
//!
//! Everything that came from people is written through [`Escaped`]; the policy in the page's head allows this style and
//! this script by their hashes and nothing else, so that even a hole in the escaping could run nothing.

mod blocks;
mod chart;
mod filter;

use std::fmt::Write;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::report::{
    Report,
    markup::Escaped,
    page::{Page, numeral},
};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/filter.js");

/// The page. The same report gives the same text.
#[must_use]
pub fn html(report: &Report) -> String {
    let page = Page::of(report);
    let lang = report.lang;
    let mut out = head(report, &page.title);
    let _ = write!(
        out,
        "<body>\n<a class=\"skip\" href=\"#main\">{}</a>\n<header>\n<h1>{}</h1>\n",
        lang.pick("跳到正文", "Skip to the text"),
        Escaped(&page.title)
    );
    for mark in &page.marks {
        let _ = writeln!(out, "<p class=\"mark\" role=\"note\">{}</p>", Escaped(mark));
    }
    out.push_str("</header>\n");
    contents(&mut out, &page, report);
    filter::form(&mut out, report);
    out.push_str("<main id=\"main\" tabindex=\"-1\">\n");
    let blocks = blocks::Writer::new(report);
    for (n, section) in (1..).zip(&page.sections) {
        blocks.section(&mut out, n, section);
    }
    let _ = write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn head(report: &Report, title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
         base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n",
        report.lang.pick("zh-CN", "en"),
        hash(STYLE),
        hash(SCRIPT),
        Escaped(title)
    )
}

/// How a policy names an inline style or script: by what it is.
pub(in crate::report) fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text.as_bytes())))
}

fn contents(out: &mut String, page: &Page, report: &Report) {
    let _ = writeln!(out, "<nav aria-label=\"{}\">\n<ul>", report.lang.pick("目录", "Contents"));
    for (n, section) in (1..).zip(&page.sections) {
        let title = format!("{}{}", numeral(n, report.lang), section.title);
        let _ = writeln!(out, "<li><a href=\"#s{n}\">{}</a></li>", Escaped(&title));
    }
    out.push_str("</ul>\n</nav>\n");
}
