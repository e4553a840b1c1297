//! `hecha checklist diff`: what one checklist adds to another, removes and changes.

use clap::Args;

use crate::{
    app::{
        checklist::{
            diff::{Compared, clause_value, compare, point_value},
            show::Named,
        },
        failure::Failure,
        home::Home,
    },
    cli::{help::Help, output::Output},
    domain::{
        checklist::{Clause, Point, difference::ClauseChange},
        terms::{
            id::ListId,
            lang::{Lang, Text},
        },
    },
    words::{
        measure::measure_text,
        wrap::{COLUMNS, hang},
    },
};

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    #[arg(value_name = "A")]
    before: String,
    #[arg(value_name = "B")]
    after: String,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "比较两份清单：新增、删除、改动的条款和要点",
        "Compare two checklists: clauses and points added, removed, changed",
    ))
    .argument(
        "before",
        Text::new(
            "旧：方案、领域或共享文件；builtin:名称 为随程序带来的",
            "The earlier: profile, area or shared file; builtin:NAME is the one the program brought",
        ),
    )
    .argument("after", Text::new("新：同上", "The later: the same"))
    .json()
}

pub(crate) fn run(args: DiffArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let compared = compare(home, &args.before, &args.after)?;
    let lang = out.lang();
    if args.json {
        out.json(&compared.json(lang));
    } else {
        print(&compared, lang, out);
    }
    Ok(())
}

fn print(compared: &Compared, lang: Lang, out: &mut Output) {
    let difference = &compared.difference;
    let side = |it: &Named| format!("{}  {}  {}", it.title.get(lang), it.edition, it.hash);
    say(out, "--- ", &side(&compared.before));
    say(out, "+++ ", &side(&compared.after));
    if difference.is_empty() {
        out.say(&Text::new("没有差别。", "No difference."));
        return;
    }
    let clause = |sign: &str, it: &Clause, out: &mut Output| {
        say(out, sign, &format!("{}  {}", it.id, it.title.get(lang)))
    };
    for removed in &difference.removed {
        clause("- ", removed, out);
    }
    for added in &difference.added {
        clause("+ ", added, out);
    }
    for changed in &difference.changed {
        clause("~ ", &changed.after, out);
        print_change(changed, lang, out);
    }
    if !difference.lists.is_empty() {
        let ids: Vec<&str> = difference.lists.iter().map(ListId::as_str).collect();
        say(out, lang.pick("~ 清单 ", "~ lists "), &ids.join(", "));
    }
    if !difference.rules.is_empty() {
        let rules: Vec<&str> = difference.rules.iter().map(|part| part.name(lang)).collect();
        say(out, lang.pick("~ 方案 ", "~ rules "), &rules.join(lang.pick("、", ", ")));
    }
    out.say(&Text::new(
        format!(
            "条款：新增 {}，删除 {}，改动 {}",
            difference.added.len(),
            difference.removed.len(),
            difference.changed.len()
        ),
        format!(
            "clauses: {} added, {} removed, {} changed",
            difference.added.len(),
            difference.removed.len(),
            difference.changed.len()
        ),
    ));
}

fn print_change(change: &ClauseChange, lang: Lang, out: &mut Output) {
    for part in &change.parts {
        say(out, "    ", part.name(lang));
        say(out, "    - ", &clause_value(&change.before, *part, lang));
        say(out, "    + ", &clause_value(&change.after, *part, lang));
    }
    let point = |sign: &str, it: &Point, out: &mut Output| {
        say(out, sign, &format!("{} {}  {}", it.id, it.text.get(lang), measure_text(&it.measure, lang)));
    };
    for removed in &change.removed {
        point("  - ", removed, out);
    }
    for added in &change.added {
        point("  + ", added, out);
    }
    for (before, after, parts) in &change.changed {
        for part in parts {
            say(out, "  ~ ", &format!("{} {}", after.id, part.name(lang)));
            let (was, is) = (point_value(before, *part, lang), point_value(after, *part, lang));
            if was != is {
                say(out, "    - ", &was);
                say(out, "    + ", &is);
            }
        }
    }
}

fn say(out: &mut Output, first: &str, text: &str) {
    for line in hang(first, text, COLUMNS) {
        out.line(line);
    }
}
