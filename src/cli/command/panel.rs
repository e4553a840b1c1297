//! `hecha panel`: who votes on what, who is recused, and how well each clause is covered.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        session::Session,
        visit::panel_state::PanelState,
    },
    cli::{command::visit::plan::say_plan, help::Help, output::Output, reading::Looking},
    domain::{
        panel::coverage::Concern,
        terms::{
            id::ClauseId,
            lang::{Lang, Text},
        },
    },
    words::{aside, label},
};

#[derive(Debug, Args)]
pub(crate) struct PanelArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "专家组：分工、回避、各条款票数与专业覆盖",
        "The panel: work, recusals, votes and fields of each clause",
    ))
    .file()
    .argument("json", Text::new("以 JSON 输出", "As JSON"))
    .looking()
}

pub(crate) fn run(args: PanelArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = args.looking.open(home, &args.file, out)?;
    let panel = PanelState::of(&session);
    if args.json {
        out.json(&to_json(&session, &panel));
        return Ok(());
    }
    let lang = out.lang();
    say_plan(panel.plan, out);
    for (member, owed) in &panel.owed {
        let done = owed.n_scored.map_or_else(|| lang.pick("未公开", "hidden").to_owned(), |n| n.to_string());
        out.line(format!("  {member}  {done}/{}", owed.n_owed));
    }
    for recusal in &session.visit().recusals {
        let clause = recusal.clause.as_ref().map_or("*", ClauseId::as_str);
        let by =
            if recusal.declared { label::declared(lang) } else { lang.pick("组长登记", "by the lead") };
        out.line(format!(
            "{} {} {clause} {}（{by}）",
            lang.pick("回避", "Recused:"),
            recusal.name,
            recusal.reason
        ));
    }
    for it in session.visit().recorded_absent() {
        let came = if it.has_sealed { aside(label::came_all_the_same(lang), lang) } else { String::new() };
        out.line(format!("{} {} {}{came}", lang.pick("缺席", "Absent:"), it.name, it.reason));
    }
    if panel.counted() {
        out.say(&Text::new("各条款有效票（已全部公开）", "Valid votes per clause (all ballots shown)"));
    } else {
        out.say(&Text::new(
            "各条款应评人数（尚有评分包未公开）",
            "Members due per clause (some ballots are not shown yet)",
        ));
    }
    let mut covers = session.visit().clauses().zip(&panel.covers);
    for area in &session.visit().founding.checklist.areas {
        out.line(area.title.get(lang));
        for (clause, cover) in covers.by_ref().take(area.clauses.len()) {
            let n = if cover.counted { cover.n_valid } else { cover.n_due };
            let concerns = concerns(&cover.concerns, lang);
            let settled = if cover.by_lead { lang.pick(" 组长已定", " decided by the lead") } else { "" };
            out.line(format!("  {}  {n}{settled}{concerns}", clause.id));
        }
    }
    if panel.covers.iter().any(|cover| !cover.concerns.is_empty()) {
        out.exit_with(Exit::NeedsPerson as u8);
    }
    Ok(())
}

fn concerns(concerns: &[Concern], lang: Lang) -> String {
    let said: Vec<&str> = concerns.iter().map(|concern| concern.name(lang)).collect();
    if said.is_empty() { String::new() } else { format!("  ! {}", said.join(lang.pick("、", ", "))) }
}

fn to_json(session: &Session, panel: &PanelState) -> Value {
    let visit = session.visit();
    let members = panel
        .owed
        .iter()
        .map(|(name, owed)| json!({"name": name.as_str(), "owed": owed.n_owed, "scored": owed.n_scored}));
    let clauses = visit.clauses().zip(&panel.covers).map(|(clause, cover)| {
        let concerns: Vec<&str> = cover.concerns.iter().map(|concern| concern.key()).collect();
        json!({"id": clause.id.as_str(), "due": cover.n_due, "valid": cover.n_valid,
            "recused": cover.n_recused, "by_lead": cover.by_lead, "concerns": concerns})
    });
    json!({
        "plan": panel.plan_json(),
        "counted": panel.counted(),
        "members": members.collect::<Vec<_>>(),
        "recusals": visit.recusals.iter().map(|it| json!({
            "member": it.name.as_str(), "clause": it.clause.as_ref().map(ClauseId::as_str),
            "reason": it.reason, "declared": it.declared,
        })).collect::<Vec<_>>(),
        "absent": visit.recorded_absent().map(|it| json!({
            "member": it.name.as_str(), "reason": it.reason, "sealed": it.has_sealed,
        })).collect::<Vec<_>>(),
        "clauses": clauses.collect::<Vec<_>>(),
    })
}
