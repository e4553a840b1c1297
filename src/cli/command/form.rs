//! `hecha form`: papers to sign, seal or post, and drafts of the rules that a bureau keeps.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        failure::Failure,
        home::Home,
        report::{
            forms::{FormKind, FormRequest},
            rule_papers::{RulePaper, write_rule_paper},
        },
    },
    cli::{help::Help, output::Output, reading::Looking, usage::wrong_usage},
    domain::terms::lang::Text,
};

/// The word that names the kinds instead of writing one.
const LIST: &str = "list";

/// The years that may be asked for.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2999;

#[derive(Debug, Args)]
pub(crate) struct FormArgs {
    #[arg(value_name = "KIND|list")]
    kind: String,
    #[arg(value_name = "FILE|PROFILE")]
    file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[arg(long, value_name = "YYYY")]
    year: Option<String>,
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "生成表单（docx）；hecha form list 列出有哪些",
        "Write a form (docx); hecha form list names them",
    ))
    .argument(
        "kind",
        Text::new(
            "recommendation 推荐表、declaration 声明与回避表、notice 结果公示、closure 整改销号单；制度文件草稿：workflow 工作流程、recusal 回避制度、recheck 抽查复核制度、pool 专家库管理办法；list 列出",
            "recommendation, declaration, notice, closure; drafts of rules: workflow, recusal, recheck, pool; list names them",
        ),
    )
    .argument(
        "file",
        Text::new(
            "共享文件；制度文件草稿也可以给方案编号，如 township",
            "Shared file; for a draft of rules the id of a profile will do, e.g. township",
        ),
    )
    .argument("out", Text::new("输出文件夹", "Folder to write to"))
    .argument(
        "year",
        Text::new(
            "诊疗人次数和出院人数的年度（默认按机构基本情况，没有则为核查日期的上一年）",
            "Year of visits and discharges (default: that of the profile, else the year before the visit)",
        ),
    )
    .looking()
    .argument("json", Text::new("list 以 JSON 输出", "Print the list as JSON"))
}

pub(crate) fn run(args: FormArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    if args.kind == LIST {
        list(args.json, out);
        return Ok(());
    }
    if let Some(kind) = RulePaper::parse(&args.kind) {
        return draft(kind, &args, home, out);
    }
    let kind = FormKind::parse(&args.kind).ok_or_else(|| {
        let rules = RulePaper::ALL.iter().map(|kind| kind.key());
        let known: Vec<&str> = FormKind::ALL.iter().map(|kind| kind.key()).chain(rules).collect();
        wrong_usage(Text::new(
            format!("没有这种表单；有 {}。", known.join("、")),
            format!("There is no such form; there are {}.", known.join(", ")),
        ))
    })?;
    let Some(file) = &args.file else {
        return Err(wrong_usage(Text::new("没有给共享文件。", "The shared file is missing.")));
    };
    let year = args.year.as_deref().map(read_year).transpose()?;
    let session = args.looking.open(home, file, out)?;
    let written = session.write_form(FormRequest { kind, lang: out.lang(), year }, &args.out)?;
    out.line(written.path.display().to_string());
    written.notes.iter().for_each(|note| out.note(note));
    Ok(())
}

/// A draft of rules, from a profile or from what a visit was founded with.
fn draft(kind: RulePaper, args: &FormArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let Some(from) = args.file.as_ref().and_then(|path| path.to_str()) else {
        return Err(wrong_usage(Text::new(
            "没有给方案编号或共享文件。",
            "The profile or shared file is missing.",
        )));
    };
    if args.year.is_some() {
        return Err(wrong_usage(Text::new("制度文件不用 --year。", "A draft of rules takes no --year.")));
    }
    let path = write_rule_paper(home, kind, from, out.lang(), &args.out)?;
    out.line(path.display().to_string());
    out.note(&Text::new(
        "这是草稿，文字为本项目自拟，不是官方文本；请修改、审定后使用。",
        "This is a draft in our own wording and no official text: change and adopt it before use.",
    ));
    Ok(())
}

fn read_year(text: &str) -> Result<u16, Failure> {
    let year = text.parse::<u16>().ok().filter(|year| text.len() == 4 && YEARS.contains(year));
    year.ok_or_else(|| {
        wrong_usage(Text::new("--year 应是四位年份，如 2025。", "--year should be a year, e.g. 2025."))
    })
}

fn list(as_json: bool, out: &mut Output) {
    let lang = out.lang();
    let forms = FormKind::ALL.iter().map(|kind| (kind.key(), kind.name(lang), kind.about(lang)));
    let rules = RulePaper::ALL.iter().map(|kind| (kind.key(), kind.name(lang), kind.about(lang)));
    let kinds: Vec<_> = forms.chain(rules).collect();
    if as_json {
        let kinds = kinds.into_iter();
        let kinds = kinds.map(|(key, title, about)| json!({"kind": key, "title": title, "about": about}));
        out.json(&Value::from(kinds.collect::<Vec<_>>()));
        return;
    }
    for (key, title, about) in kinds {
        out.line(format!("{key}  {title}{}{about}", lang.pick("：", ": ")));
    }
}
