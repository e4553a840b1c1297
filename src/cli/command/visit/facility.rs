//! `hecha visit facility`: the facility's profile, shown and filled in.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        files,
        home::Home,
        session::Session,
        visit::facility::template,
    },
    cli::{help::Help, output::Output},
    domain::{
        facility::profile::{ProfileField, ProfileKind, written_length},
        terms::lang::{Lang, Text},
    },
    words::facility::{contested, name},
};

#[derive(Debug, Args)]
pub(crate) struct FacilityArgs {
    #[arg(value_name = "FILE", required_unless_present = "template")]
    file: Option<PathBuf>,
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    set: Vec<String>,
    #[arg(long, value_name = "TOML", conflicts_with = "set")]
    import: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["set", "import", "json"])]
    template: bool,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "机构基本情况：查看；组长或副组长填写，用于报告和表单",
        "The facility's profile: show it; lead and deputies fill it in, for reports and forms",
    ))
    .file()
    .argument(
        "set",
        Text::new(
            "填一项，如 population=1.5万人；等号后留空则清空；可重复",
            "Fill in a field, e.g. population=1.5 (ten thousands); empty after the sign empties it; repeatable",
        ),
    )
    .argument(
        "import",
        Text::new(
            "从 TOML 文件导入（字段 = 值）；有一行不对就全不导入；留空的字段不变",
            "Import a TOML file of field = value; nothing if any row is bad; empty ones change nothing",
        ),
    )
    .argument(
        "template",
        Text::new(
            "输出带说明的空白 TOML，填好后导入",
            "Print an empty TOML with comments, to fill in and import",
        ),
    )
    .json()
}

pub(crate) fn run(args: FacilityArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let Some(file) = args.file.as_deref().filter(|_| !args.template) else {
        out.raw(&template(out.lang()));
        return Ok(());
    };
    let mut session = Session::open(home, file)?;
    let changed = match &args.import {
        Some(path) => Some(session.perform(Deed::ImportFacility(files::read(path)?))?),
        None if args.set.is_empty() => None,
        None => Some(session.perform(Deed::FillIn(args.set))?),
    };
    if args.json {
        out.json(&session.facility_json(out.lang()));
        return Ok(());
    }
    match changed {
        Some(Done::Recorded(0)) => out.say(&Text::new("没有变化。", "Nothing changed.")),
        Some(Done::Recorded(n)) => {
            out.say(&Text::new(format!("已记录 {n} 项。"), format!("Recorded {n} fields.")))
        }
        Some(_) => return Err(Done::mistaken()),
        None => show(&session, out),
    }
    warn(&session, out);
    Ok(())
}

fn show(session: &Session, out: &mut Output) {
    let lang = out.lang();
    let profile = session.visit().facility_profile();
    if profile.is_empty() {
        out.say(&Text::new("机构基本情况未填写。", "The facility profile was not filled in."));
        return;
    }
    let long = |text: &str| {
        let n = written_length(text);
        let n = Text::new(format!("（{n} 字）"), format!("({n} characters)"));
        format!("{}\n{text}", n.get(lang))
    };
    for field in ProfileField::ALL {
        let told = match (profile.contest_of(*field), profile.get(*field)) {
            (Some(values), _) => contested(*field, values, lang),
            (None, Some(value)) if field.kind() == ProfileKind::Text => long(&value.written(*field)),
            (None, Some(value)) => value.told(*field, lang),
            (None, None) => continue,
        };
        let name = name(*field, profile.year(), lang);
        out.line(format!("{}  {name}{}{told}", field.key(), lang.pick("：", ": ")));
    }
    let missing: Vec<&str> = profile.missing().into_iter().map(ProfileField::key).collect();
    if !missing.is_empty() {
        out.say(&Text::new(
            format!("未填：{}", missing.join("、")),
            format!("not filled in: {}", missing.join(", ")),
        ));
    }
}

/// What to look at again, to standard error.
fn warn(session: &Session, out: &Output) {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| session.facility(lang).warnings);
    for ((field, zh), (_, en)) in zh.into_iter().zip(en) {
        out.note(&Text::new(
            format!("{}：{zh}", field.name(Lang::Zh)),
            format!("{}: {en}", field.name(Lang::En)),
        ));
    }
}
