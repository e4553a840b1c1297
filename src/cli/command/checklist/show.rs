//! `hecha checklist show`: a checklist on 80 columns, as JSON, or as scoring sheets on paper.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        checklist::{
            paper::write_sheets,
            show::{By, Group, Named, find},
        },
        failure::Failure,
        home::Home,
    },
    cli::{help::Help, output::Output, usage::wrong_usage},
    domain::{
        checklist::{
            Clause, ClauseKind, Phase, Point,
            contradiction::{GradeBound, VerdictRange},
        },
        terms::{
            citation::cite,
            field::{Field, Method},
            grade::Level,
            lang::{Lang, Text},
        },
    },
    words::wrap::{COLUMNS, cell, hang},
    words::{
        label,
        measure::{measure_text, sample_text},
    },
};

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(value_name = "AREA|PROFILE|FILE")]
    name: String,
    #[arg(long, value_name = "area|clause|field|place")]
    by: Option<String>,
    #[arg(long, value_name = "ID")]
    clause: Option<String>,
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[arg(long, value_name = "docx")]
    format: Option<String>,
    #[arg(long, value_name = "DIR", requires = "format")]
    out: Option<PathBuf>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("查看领域、方案或某次核查的清单", "Show an area, a profile, or a visit's checklist"))
        .argument("name", Text::new("领域、方案或共享文件", "Area, profile or shared file"))
        .argument(
            "by",
            Text::new(
                "排列：area 领域、clause 条款（每条一行）、field 专业、place 地点",
                "Arranged by area, clause (a line each), expert field or place",
            ),
        )
        .argument(
            "clause",
            Text::new("只看一条，连同清单、依据和提示", "One clause only, with lists, basis and hint"),
        )
        .json()
        .argument(
            "format",
            Text::new(
                "docx：打印用评分表，配合 --by field 或 place 每个专业或地点一份",
                "docx: scoring sheets to print, one a field or place with --by",
            ),
        )
        .argument("out", Text::new("评分表的输出文件夹", "Folder for the sheets"))
}

pub(crate) fn run(args: ShowArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let by = args.by.as_deref().map(parse_by).transpose()?;
    let named = find(home, &args.name, args.clause.as_deref())?;
    let lang = out.lang();
    match args.format.as_deref() {
        Some("docx") => {
            let dir = args.out.clone().unwrap_or_else(|| PathBuf::from("."));
            for path in write_sheets(&named, by, lang, &dir)? {
                out.line(path.display().to_string());
            }
            return Ok(());
        }
        Some(_) => return Err(wrong_usage(Text::new("--format 只有 docx。", "--format knows docx only."))),
        None => {}
    }
    if args.json {
        out.json(&named.json(by));
        return Ok(());
    }
    let title = format!("{}  {}  {}", named.title.get(lang), named.edition, named.hash);
    lines(hang("", &title, COLUMNS), out);
    if by == Some(By::Clause) && args.clause.is_none() {
        outline(&named, lang, out);
        return Ok(());
    }
    for group in named.groups(by.unwrap_or(By::Area)) {
        head(&group, by.unwrap_or(By::Area), lang, out);
        for clause in &group.clauses {
            show_clause(clause, &named, args.clause.is_some(), lang, out);
        }
    }
    Ok(())
}

fn parse_by(text: &str) -> Result<By, Failure> {
    By::parse(text).ok_or_else(|| {
        wrong_usage(Text::new(
            "--by 应是 area、clause、field、place 之一。",
            "--by is one of area, clause, field, place.",
        ))
    })
}

fn head(group: &Group, by: By, lang: Lang, out: &mut Output) {
    let n = group.clauses.len();
    let title = group.title.get(lang);
    let by = by.name(lang);
    let text = match title {
        "" => Text::new(format!("{n} 条"), format!("{n} clauses")),
        title => Text::new(format!("{by}：{title}（{n} 条）"), format!("{by}: {title} ({n} clauses)")),
    };
    out.line("");
    lines(hang("# ", text.get(lang), COLUMNS), out);
}

/// One line a clause: id, core mark, title, points a level, place.
fn outline(named: &Named, lang: Lang, out: &mut Output) {
    for clause in named.clauses() {
        let levels = Level::ALL.map(|level| {
            let n = clause.points.iter().filter(|point| point.level == level).count();
            if n == 0 { String::new() } else { format!("{level}{n}") }
        });
        let core = if clause.core { "★" } else { "" };
        out.line(
            format!(
                "{} {} {} {} {}",
                cell(clause.id.as_str(), 7),
                cell(core, 2),
                cell(clause.title.get(lang), 42),
                cell(&levels.join(" "), 9),
                cell(clause.place.get(lang), 16)
            )
            .trim_end(),
        );
    }
}

fn show_clause(clause: &Clause, named: &Named, whole: bool, lang: Lang, out: &mut Output) {
    let separator = lang.pick("、", ", ");
    let core = if clause.core { lang.pick("  ★核心", "  ★ core") } else { "" };
    let focus = if clause.focus { lang.pick("  ◆重点", "  ◆ focus") } else { "" };
    out.line("");
    let first = format!("{}  ", clause.id);
    let kind = match clause.kind {
        ClauseKind::Basic => String::new(),
        ClauseKind::Recommended => format!("  {}", clause.kind.name(lang)),
    };
    lines(hang(&first, &format!("{}{core}{kind}{focus}", clause.title.get(lang)), COLUMNS), out);
    let fields: Vec<&str> = clause.fields.iter().map(|it| Field::name(*it, lang)).collect();
    let methods: Vec<&str> = clause.methods.iter().map(|it| Method::name(*it, lang)).collect();
    let facts = [clause.place.get(lang).to_owned(), fields.join(separator), methods.join(separator)];
    lines(hang("    ", &facts.join(" · "), COLUMNS), out);
    if let Some(scale) = clause.scale {
        let text = Text::new(
            format!("满分 {}，步长 {}", scale.points, scale.step),
            format!("{} points in steps of {}", scale.points, scale.step),
        );
        lines(hang("    ", text.get(lang), COLUMNS), out);
    }
    for point in &clause.points {
        show_point(point, lang, out);
    }
    if whole {
        details(clause, named, lang, out);
    }
}

fn show_point(point: &Point, lang: Lang, out: &mut Output) {
    lines(
        hang(&cell(point.id.as_str(), 4), point.text.get(lang), COLUMNS - 2)
            .iter()
            .map(|it| format!("  {it}")),
        out,
    );
    let mut parts = vec![measure_text(&point.measure, lang)];
    parts.extend(sample_text(&point.measure, lang));
    if point.phase == Phase::Documents {
        parts.push(label::documents_phase(lang).to_owned());
    }
    // A local number says so, and whose it is (invariant 9).
    if let Some(source) = &point.overridden_by {
        parts.push(format!("{}{}", lang.pick("本地数值：", "local number: "), cite(source.as_str(), lang)));
    }
    parts.push(format!("〔{}〕", cite(point.source.as_str(), lang)));
    if !point.na_when.is_empty() {
        parts.push(format!("{}{}", lang.pick("不适用：", "n/a: "), point.na_when.get(lang)));
    }
    parts.retain(|part| !part.is_empty());
    lines(hang("      ", &parts.join("  "), COLUMNS), out);
}

/// What one clause alone has room for: lists, basis, hint.
fn details(clause: &Clause, named: &Named, lang: Lang, out: &mut Output) {
    let mut printed: Vec<&str> = Vec::new();
    for list in clause.points.iter().filter_map(|point| named.list(point.measure.list()?.as_str())) {
        if printed.contains(&list.id.as_str()) {
            continue;
        }
        printed.push(list.id.as_str());
        out.line("");
        let title = format!("{} {} 〔{}〕", list.id, list.title.get(lang), cite(list.source.as_str(), lang));
        lines(hang("  ", &title, COLUMNS), out);
        if !list.evidence.is_empty() {
            lines(hang("    ", list.evidence.get(lang), COLUMNS), out);
        }
        for item in &list.items {
            let category = item.category.as_ref().map_or_else(String::new, |id| format!("[{id}] "));
            let needed =
                if clause.needs(&list.id, &item.id) { lang.pick("（必备）", " (must)") } else { "" };
            let text = format!("{category}{}{needed}  {}", item.title.get(lang), item.id);
            lines(hang("    · ", &text, COLUMNS), out);
        }
    }
    for rule in &named.contradictions {
        let bound = |range: &VerdictRange| match range.bound {
            GradeBound::AtLeast(grade) => format!("{} ≥ {grade}", range.clause),
            GradeBound::AtMost(grade) => format!("{} ≤ {grade}", range.clause),
        };
        let sides = format!("{}, {}", bound(&rule.when), bound(&rule.but));
        out.line("");
        let text = format!("{sides}  {} 〔{}〕", rule.text.get(lang), cite(rule.source.as_str(), lang));
        lines(hang(lang.pick("  矛盾 ", "  contradiction "), &text, COLUMNS), out);
    }
    if !clause.core_reason.is_empty() {
        out.line("");
        lines(hang(lang.pick("  核心 ", "  core "), clause.core_reason.get(lang), COLUMNS), out);
    }
    if !clause.basis.is_empty() {
        out.line("");
        for basis in &clause.basis {
            lines(hang(lang.pick("  依据 ", "  basis "), &cite(basis, lang), COLUMNS), out);
        }
    }
    if !clause.hint.is_empty() {
        out.line("");
        lines(hang(lang.pick("  提示 ", "  hint "), clause.hint.get(lang), COLUMNS), out);
    }
}

fn lines(lines: impl IntoIterator<Item = String>, out: &mut Output) {
    for line in lines {
        out.line(line);
    }
}
