//! `hecha pool draws`: the visits whose drawn panels this laptop keeps, so that nobody is drawn twice for a day.

use clap::Args;
use serde_json::json;

use crate::{
    app::{
        failure::Failure,
        home::Home,
        pool::draw::season::{self, DrawnVisit},
    },
    cli::{help::Help, output::Output, usage::wrong_usage},
    domain::terms::{clean::clean_line, date::Date, lang::Text},
    words::wrap::{COLUMNS, hang},
};

#[derive(Debug, Args)]
pub(crate) struct DrawsArgs {
    #[arg(long, value_name = "FACILITY", requires = "date")]
    forget: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "本机记着的抽取：哪天、哪家机构、抽中谁；同一天的另一次抽取不再抽他们",
        "The draws that this laptop keeps: which day, which facility, who; another draw for that day leaves them out",
    ))
    .argument(
        "forget",
        Text::new(
            "核查取消或改期：不再记着这家机构在 --date 那天的抽取",
            "The visit was called off or moved: keep the draw for this facility on --date no longer",
        ),
    )
    .argument("date", Text::new("只列这一天，或 --forget 的日期", "Only this day, or the day of --forget"))
    .json()
}

pub(crate) fn run(args: DrawsArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let day = args.date.as_deref().map(read_day).transpose()?;
    if let (Some(facility), Some(day)) = (&args.forget, day) {
        season::forget(home, facility, day)?;
        let facility = clean_line(facility);
        out.say(&Text::new(
            format!("不再记着 {day} {facility} 的抽取"),
            format!("The draw for {facility} on {day} is no longer kept"),
        ));
        return Ok(());
    }
    let mut visits = season::draws(home)?;
    visits.retain(|visit| day.is_none_or(|day| visit.day == day));
    if args.json {
        let experts = |visit: &DrawnVisit| -> Vec<_> {
            visit.persons.iter().map(|it| json!({"name": it.name, "unit": it.unit})).collect()
        };
        let visits = visits
            .iter()
            .map(|it| json!({"date": it.day.to_string(), "facility": it.facility, "experts": experts(it)}));
        out.json(&visits.collect());
        return Ok(());
    }
    let lang = out.lang();
    for visit in &visits {
        let who: Vec<String> = visit.persons.iter().map(|person| person.shown(lang)).collect();
        out.line(format!("{} {}", visit.day, visit.facility));
        hang("    ", &who.join(lang.pick("、", ", ")), COLUMNS).into_iter().for_each(|line| out.line(line));
    }
    if visits.is_empty() {
        out.say(&Text::new("没有记着的抽取", "No draw is kept"));
    }
    Ok(())
}

fn read_day(text: &str) -> Result<Date, Failure> {
    text.parse()
        .map_err(|()| wrong_usage(Text::new("--date 应写成 2026-11-21。", "--date should read 2026-11-21.")))
}
