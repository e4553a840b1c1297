//! Charts as inline SVG. Parts bear letters and numbers, so that no colour has to be told from another.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use crate::{
    domain::terms::lang::Lang,
    report::{
        markup::Escaped,
        page::{Chart, GradeBar, SeverityBar, severity_scale},
    },
    words,
};

/// Width of a drawing, in its own units; the page scales it.
const WIDTH: usize = 720;
/// Room for the name of a bar, in units and in cells of text.
const NAMES: usize = 190;
const NAME_CELLS: usize = 26;
const ROW: usize = 28;
const BAR: usize = 20;
/// Room above the bars for the legend.
const LEGEND: usize = 30;
/// Room for the value beside a bar of severity.
const VALUES: usize = 130;

/// A chart with its title.
pub(super) fn figure(out: &mut String, chart: &Chart, lang: Lang) {
    let title = Escaped(chart.title(lang));
    let rows = match chart {
        Chart::Grades(bars) => bars.len(),
        Chart::Severity(bars) => bars.len(),
    };
    if rows == 0 {
        return;
    }
    let height = LEGEND + rows * ROW;
    let _ = write!(
        out,
        "<figure>\n<figcaption>{title}</figcaption>\n\
         <svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}\">\n"
    );
    match chart {
        Chart::Grades(bars) => grades(out, bars, lang),
        Chart::Severity(bars) => severity(out, bars, lang),
    }
    out.push_str("</svg>\n</figure>\n");
}

fn grades(out: &mut String, bars: &[GradeBar], lang: Lang) {
    let names = Chart::parts(lang);
    let mut x = NAMES;
    for (part, name) in names.iter().enumerate() {
        let _ = writeln!(
            out,
            "<rect class=\"p{part}\" x=\"{x}\" y=\"6\" width=\"14\" height=\"14\"/><text x=\"{}\" y=\"18\">{name}</text>",
            x + 19
        );
        x += 36 + name.chars().filter_map(char::width).sum::<usize>() * 8;
    }
    let most = bars.iter().map(|bar| bar.parts.iter().sum::<usize>()).max().unwrap_or(0).max(1);
    for (row, bar) in bars.iter().enumerate() {
        let top = LEGEND + row * ROW;
        name(out, &bar.title, top);
        let mut before = 0;
        for (part, n) in bar.parts.iter().enumerate().filter(|(_, n)| **n > 0) {
            let at = |n: usize| n * (WIDTH - NAMES) / most;
            let (x, end) = (NAMES + at(before), NAMES + at(before + n));
            let part_name = names.get(part).copied().unwrap_or_default();
            let _ = write!(
                out,
                "<rect class=\"p{part}\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{BAR}\"><title>{} {part_name}: {n}</title></rect>",
                top + 4,
                end - x,
                Escaped(&bar.title)
            );
            // A letter needs ten units, and so does a digit; words never fit.
            let label = if part < 4 { format!("{part_name}{n}") } else { n.to_string() };
            if label.len() * 10 <= end - x {
                let _ = write!(
                    out,
                    "<text class=\"on{part}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
                    usize::midpoint(x, end),
                    top + 19
                );
            }
            out.push('\n');
            before += n;
        }
    }
}

/// Bars to the left of the axis are stricter than the others.
fn severity(out: &mut String, bars: &[SeverityBar], lang: Lang) {
    let scale = severity_scale(bars);
    let half = units(WIDTH - NAMES - VALUES) / 2.0;
    let axis = units(NAMES) + half;
    let bottom = LEGEND + bars.len() * ROW;
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"18\" text-anchor=\"end\">← {}</text><text x=\"{:.1}\" y=\"18\">{} →</text>\
         <line class=\"axis\" x1=\"{axis:.1}\" y1=\"{LEGEND}\" x2=\"{axis:.1}\" y2=\"{bottom}\"/>",
        axis - 8.0,
        lang.pick("偏严", "stricter"),
        axis + 8.0,
        lang.pick("偏宽", "more lenient")
    );
    for (row, bar) in bars.iter().enumerate() {
        let top = LEGEND + row * ROW;
        name(out, &bar.title, top);
        let length = half * bar.severity.abs() / scale;
        let (x, class) = if bar.severity < 0.0 { (axis - length, "strict") } else { (axis, "lenient") };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{}\" width=\"{length:.1}\" height=\"{BAR}\"/>\
             <text x=\"{}\" y=\"{}\">{} {}</text>",
            top + 4,
            WIDTH - VALUES + 10,
            top + 19,
            words::signed(bar.severity),
            words::strictness(bar.severity, lang)
        );
    }
}

/// The name of a bar, cut to its room; the whole of it shows when pointed at.
fn name(out: &mut String, title: &str, top: usize) {
    let (mut cells, mut short) = (0, String::new());
    for c in title.chars() {
        cells += c.width().unwrap_or(0);
        if cells > NAME_CELLS {
            short.push('…');
            break;
        }
        short.push(c);
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}<title>{}</title></text>",
        NAMES - 10,
        top + 19,
        Escaped(&short),
        Escaped(title)
    );
}

/// Small lengths as floats, exactly.
fn units(n: usize) -> f64 {
    u32::try_from(n).map_or(0.0, f64::from)
}
