//! `hecha visit facility`: the facility's profile, shown and filled in.

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        files,
        home::Home,
        session::Session,
        visit::{
            facility::template,
            facility_words::{contested, name},
        },
    },
    cli::{args::facility::FacilityArgs, output::Output},
    domain::{
        facility::profile::{ProfileField, ProfileKind, written_length},
        terms::lang::{Lang, Text},
    },
};

pub(crate) fn run(args: &FacilityArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let Some(file) = args.file.as_deref().filter(|_| !args.template) else {
        out.raw(&template(out.lang()));
        return Ok(());
    };
    let mut session = Session::open(home, file)?;
    let changed = match &args.import {
        Some(path) => Some(session.perform(Deed::ImportFacility(files::read(path)?))?),
        None if args.set.is_empty() => None,
        None => Some(session.perform(Deed::FillIn(args.set.clone()))?),
    };
    if args.json {
        out.json(&session.facility_json(out.lang()));
        return Ok(());
    }
    match changed {
        Some(Done::Recorded(0)) => out.say("没有变化。", "Nothing changed."),
        Some(Done::Recorded(n)) => out.say(format!("已记录 {n} 项。"), format!("Recorded {n} fields.")),
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
        out.say("机构基本情况未填写。", "The facility profile was not filled in.");
        return;
    }
    let long = |text: &str| {
        let n = written_length(text);
        match lang {
            Lang::Zh => format!("（{n} 字）\n{text}"),
            Lang::En => format!("({n} characters)\n{text}"),
        }
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
        out.say(format!("未填：{}", missing.join("、")), format!("not filled in: {}", missing.join(", ")));
    }
}

/// What to look at again, to standard error.
pub(crate) fn warn(session: &Session, out: &Output) {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| session.facility(lang).warnings);
    for ((field, zh), (_, en)) in zh.into_iter().zip(en) {
        out.note(&Text::new(
            format!("{}：{zh}", field.name(Lang::Zh)),
            format!("{}: {en}", field.name(Lang::En)),
        ));
    }
}
