//! `hecha checklist list`: the profiles and areas there are.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{checklist::sources, failure::Failure, home::Home},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("列出方案和领域", "List profiles and areas")).json()
}

pub(crate) fn run(args: ListArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let (profiles, areas) = (sources::profiles(home)?, sources::areas(home)?);
    let lang = out.lang();
    if args.json {
        let profiles: Vec<Value> = profiles
            .iter()
            .map(|it| json!({"id": it.id.as_str(), "title": it.title.zh, "title_en": it.title.en, "facility": it.facility.key()}))
            .collect();
        let areas: Vec<&str> = areas.iter().map(|area| area.as_str()).collect();
        out.json(&json!({"profiles": profiles, "areas": areas}));
        return Ok(());
    }
    out.say(&Text::new("方案：", "Profiles:"));
    for profile in profiles {
        out.line(format!("  {:<20} {}", profile.id, profile.title.get(lang)));
    }
    out.say(&Text::new("领域：", "Areas:"));
    for area in areas {
        out.line(format!("  {area}"));
    }
    Ok(())
}
