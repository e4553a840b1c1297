//! `hecha form`: papers to sign, seal or post.

use serde_json::{Value, json};

use crate::{
    app::{
        failure::Failure,
        home::Home,
        report::forms::{FormKind, FormRequest},
        session::Session,
    },
    cli::{args::facility::FormArgs, output::Output, wrong_usage},
};

/// The word that names the kinds instead of writing one.
const LIST: &str = "list";
/// The years that may be asked for.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2999;

pub(crate) fn run(args: &FormArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    if args.kind == LIST {
        list(args.json, out);
        return Ok(());
    }
    let kind = FormKind::parse(&args.kind).ok_or_else(|| {
        let known: Vec<&str> = FormKind::ALL.iter().map(|kind| kind.key()).collect();
        wrong_usage(
            &format!("没有这种表单；有 {}。", known.join("、")),
            &format!("There is no such form; there are {}.", known.join(", ")),
        )
    })?;
    let Some(file) = &args.file else {
        return Err(wrong_usage("没有给共享文件。", "The shared file is missing."));
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
    year.ok_or_else(|| wrong_usage("--year 应是四位年份，如 2025。", "--year should be a year, e.g. 2025."))
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
