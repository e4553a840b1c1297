//! `hecha form`: papers to sign, seal or post.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        failure::Failure,
        home::Home,
        report::forms::{FormKind, FormRequest},
        session::Session,
    },
    cli::{help::Help, output::Output, usage::wrong_usage},
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
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[arg(long, value_name = "YYYY")]
    year: Option<String>,
    #[arg(long)]
    json: bool,
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
            "recommendation 推荐表、declaration 声明与回避表、notice 结果公示；list 列出",
            "recommendation, declaration, notice; list names them",
        ),
    )
    .file()
    .argument("out", Text::new("输出文件夹", "Folder to write to"))
    .argument(
        "year",
        Text::new(
            "诊疗人次数和出院人数的年度（默认按机构基本情况，没有则为核查日期的上一年）",
            "Year of visits and discharges (default: that of the profile, else the year before the visit)",
        ),
    )
    .argument("json", Text::new("list 以 JSON 输出", "Print the list as JSON"))
}

pub(crate) fn run(args: FormArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    if args.kind == LIST {
        list(args.json, out);
        return Ok(());
    }
    let kind = FormKind::parse(&args.kind).ok_or_else(|| {
        let known: Vec<&str> = FormKind::ALL.iter().map(|kind| kind.key()).collect();
        wrong_usage(Text::new(
            format!("没有这种表单；有 {}。", known.join("、")),
            format!("There is no such form; there are {}.", known.join(", ")),
        ))
    })?;
    let Some(file) = &args.file else {
        return Err(wrong_usage(Text::new("没有给共享文件。", "The shared file is missing.")));
    };
    let year = args.year.as_deref().map(read_year).transpose()?;
    let session = Session::open(home, file)?;
    let written = session.write_form(FormRequest { kind, lang: out.lang(), year }, &args.out)?;
    out.line(written.path.display().to_string());
    written.notes.iter().for_each(|note| out.note(note));
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
    if as_json {
        let kinds = FormKind::ALL
            .iter()
            .map(|kind| json!({"kind": kind.key(), "title": kind.name(lang), "about": kind.about(lang)}));
        out.json(&Value::from(kinds.collect::<Vec<_>>()));
        return;
    }
    for kind in FormKind::ALL {
        out.line(format!("{}  {}{}{}", kind.key(), kind.name(lang), lang.pick("：", ": "), kind.about(lang)));
    }
}
