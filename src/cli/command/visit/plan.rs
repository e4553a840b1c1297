//! `hecha visit plan`: the lead divides the work, so that it fits into the day.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::Deed,
        failure::{Exit, Failure},
        home::Home,
        session::Session,
    },
    cli::{command::sync, help::Help, output::Output, usage::wrong_usage},
    domain::{
        checklist::Checklist,
        edit::plan::Plan,
        panel::coverage::Concern,
        plan::{proposal::Proposal, summary::PlanSummary, task::Wishes},
        terms::{amount::Amount, date::Date, id::MemberName, lang::Text},
    },
    words::plan as words,
};

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "N")]
    hours: Option<String>,
    #[arg(long = "document-hours", value_name = "N")]
    document_hours: Option<String>,
    #[arg(long = "document-date", value_name = "DATE")]
    document_date: Option<String>,
    #[arg(long = "core-votes", value_name = "N")]
    core_votes: Option<usize>,
    #[arg(long, value_name = "N")]
    votes: Option<usize>,
    #[arg(long)]
    replan: bool,
    #[arg(long, conflicts_with = "replan")]
    everybody: bool,
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    sheets: Option<PathBuf>,
    #[arg(long)]
    json: bool,
    #[arg(long)]
    apply: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "排分工：谁评哪些条款，一天排得下；--apply 才生效",
        "Plan the day: who scores what, so that it fits; takes effect with --apply",
    ))
    .file()
    .argument(
        "hours",
        Text::new(
            "每人现场评分几小时，不含走路、开会、吃饭（默认 7）",
            "Hours of scoring on site for each, without walking, meetings, meals (default 7)",
        ),
    )
    .argument(
        "document_hours",
        Text::new(
            "每人提前看资料几小时（默认 4）；0 为资料也在当天看",
            "Hours for documents before the visit (default 4); 0: they are read on the day",
        ),
    )
    .argument("document_date", Text::new("看资料的日期", "Day of the documents"))
    .argument(
        "core_votes",
        Text::new(
            "核心条款每条几票，单数，至少 3（默认 3）",
            "Votes on a core clause, odd, at least 3 (default 3)",
        ),
    )
    .argument(
        "votes",
        Text::new("其余条款每条几票，单数（默认 1）", "Votes on any other clause, odd (default 1)"),
    )
    .argument(
        "replan",
        Text::new(
            "有人离开后重排：已派给其他人的不动，只派出空下的",
            "After somebody left: what others have stays theirs, only what is left behind is divided",
        ),
    )
    .argument("everybody", Text::new("不分工，人人评全部", "No plan: everybody scores everything"))
    .argument(
        "sheets",
        Text::new(
            "按现行分工给每人写一份走查路线单（docx）",
            "Write each member's route sheet by the plan in force (docx)",
        ),
    )
    .argument(
        "apply",
        Text::new("按此分工并同步（第一人封存前）", "Make it the plan and sync (before the first seal)"),
    )
    .json()
}

pub(crate) fn run(args: PlanArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    if args.everybody {
        return everybody(&mut session, args.apply, out);
    }
    let before = session.visit().plan().cloned();
    if args.replan && before.is_none() {
        return Err(wrong_usage(Text::new(
            "还没有分工方案，没有可重排的；去掉 --replan。",
            "There is no plan to plan again; leave --replan out.",
        )));
    }
    let wishes = wishes(&args, before.as_ref().filter(|_| args.replan))?;
    let day = args.document_date.as_deref().map(read_day).transpose()?;
    let day = day.or_else(|| before.as_ref().and_then(|plan| plan.documents?.on));
    let proposal = session.propose(wishes, args.replan);
    let fits = proposal.fits();
    let offers = if fits { Vec::new() } else { session.offers(&proposal) };
    if args.apply {
        session.perform(Deed::Plan(Some(proposal.plan(day))))?;
    }
    let checklist = &session.visit().founding.checklist;
    if args.json {
        out.json(&session.proposal_json(&proposal, &offers, out.lang()));
    } else {
        say(&proposal, checklist, day, out);
        for lack in proposal.lacks() {
            out.line(format!("! {}", words::lack(&lack, out.lang())));
        }
        for offer in &offers {
            out.line(format!(
                "  {} {}",
                out.lang().pick("可以：", "could be:"),
                words::offer(offer, out.lang())
            ));
        }
        let (zh, en) = match (args.apply, fits) {
            (true, _) => {
                ("已按此分工。第一人封存后不再改。", "This is the plan. It stands from the first seal on.")
            }
            (false, true) => ("排得下。加 --apply 生效。", "It fits. Add --apply to make it the plan."),
            (false, false) => (
                "排不下。仍要照此分工，加 --apply。",
                "It does not fit. To have it all the same, add --apply.",
            ),
        };
        out.note(&Text::new(zh, en));
    }
    if let Some(dir) = &args.sheets {
        for path in session.write_route_sheets(out.lang(), dir)? {
            out.line(path.display().to_string());
        }
    }
    if args.apply {
        sync::deliver(&mut session, out);
    } else if !fits {
        out.exit_with(Exit::NeedsPerson as u8);
    }
    Ok(())
}

fn everybody(session: &mut Session, apply: bool, out: &mut Output) -> Result<(), Failure> {
    if apply {
        session.perform(Deed::Plan(None))?;
    }
    say_plan(None, out);
    if apply {
        sync::deliver(session, out);
    }
    Ok(())
}

/// Says how the work is divided.
pub(crate) fn say_plan(plan: Option<PlanSummary>, out: &mut Output) {
    let words = words::summary(plan, out.lang());
    out.line(format!("{}{words}", out.lang().pick("分工：", "Division of work: ")));
}

fn say(proposal: &Proposal, checklist: &Checklist, day: Option<Date>, out: &mut Output) {
    let lang = out.lang();
    let plan = proposal.plan(day);
    say_plan(Some(PlanSummary::of(checklist, &plan)), out);
    for load in proposal.loads() {
        let site = words::duration(load.minutes, lang);
        let documents = match proposal.wishes.document_hours {
            Some(_) => {
                format!("  {} {}", lang.pick("资料", "documents"), words::duration(load.documents, lang))
            }
            None => String::new(),
        };
        out.line(format!(
            "  {}（{}）  {} {site}{documents}  {} {}",
            load.name,
            load.field.name(lang),
            lang.pick("现场", "on site"),
            load.clauses.len(),
            lang.pick("条", "clauses"),
        ));
    }
    let bound = words::duration(proposal.lower_bound, lang);
    out.say(&Text::new(
        format!("怎么排，最忙的人现场也不少于 {bound}"),
        format!("However it is divided, somebody has at least {bound} on site"),
    ));
    for it in proposal.clauses(checklist) {
        let voters = plan.voters(&it.clause);
        let names = proposal.task.members.iter().map(|member| &member.name);
        let names: Vec<&str> = names.filter(|name| voters.contains(name)).map(MemberName::as_str).collect();
        let core = if it.core { lang.pick(" 核心", " core") } else { "" };
        let concern =
            if it.field_covered { String::new() } else { format!("  ! {}", Concern::Field.name(lang)) };
        out.line(format!(
            "  {}{core}  {}  {}{concern}",
            it.clause,
            words::duration(it.minutes, lang),
            names.join(lang.pick("、", ", ")),
        ));
    }
}

/// What is asked for; when work is divided again, what the plan in force was made for, unless it is said.
fn wishes(args: &PlanArgs, before: Option<&Plan>) -> Result<Wishes, Failure> {
    let mut wishes = Wishes::default();
    if let Some(plan) = before {
        wishes.hours = plan.hours;
        wishes.document_hours = plan.documents.map(|it| it.hours);
    }
    if let Some(hours) = &args.hours {
        wishes.hours = read_hours("--hours", hours)?;
    }
    if let Some(hours) = &args.document_hours {
        let none = hours.parse() == Ok(Amount::ZERO);
        wishes.document_hours = if none { None } else { Some(read_hours("--document-hours", hours)?) };
    }
    wishes.core_votes = odd("--core-votes", args.core_votes.unwrap_or(wishes.core_votes), 3)?;
    wishes.votes = odd("--votes", args.votes.unwrap_or(wishes.votes), 1)?;
    Ok(wishes)
}

fn read_hours(key: &str, text: &str) -> Result<Amount, Failure> {
    let hours = text.parse::<Amount>().ok().filter(|hours| Plan::are_hours(*hours));
    hours.ok_or_else(|| {
        wrong_usage(Text::new(
            format!("{key} 应是大于 0、不超过 24 的小时数，如 7 或 6.5。"),
            format!("{key} should be hours above 0 and at most 24, e.g. 7 or 6.5."),
        ))
    })
}

fn odd(key: &str, n: usize, least: usize) -> Result<usize, Failure> {
    let is_sound = n >= least && !n.is_multiple_of(2);
    is_sound.then_some(n).ok_or_else(|| {
        wrong_usage(Text::new(
            format!("{key} 应是单数，至少 {least}：双数会打平。"),
            format!("{key} should be odd and at least {least}: an even number can be split."),
        ))
    })
}

fn read_day(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| {
        wrong_usage(Text::new(
            "--document-date 应是日期，如 2026-05-20。",
            "--document-date should be a date, e.g. 2026-05-20.",
        ))
    })
}
