//! `hecha panel`, and the commands about who votes on what: declarations, recusals, the division of work.

use std::{collections::BTreeSet, path::Path};

use serde_json::{Value, json};

use crate::{
    app::{
        deed::Deed,
        failure::Failure,
        home::Home,
        session::Session,
        visit::panel_state::{PanelState, assignment_words},
    },
    cli::{
        args::{AssignArgs, RecuseArgs},
        output::Output,
        wrong_usage,
    },
    domain::{
        edit::{assignment::Assignment, declaration::Declaration},
        panel::coverage::Concern,
        terms::{
            id::{ClauseId, MemberName},
            lang::Lang,
        },
    },
};

/// A clause as typed; `*` is all of them.
pub(crate) fn clause_or_all(text: &str) -> Option<ClauseId> {
    (text != "*").then(|| ClauseId::new(text))
}

pub(crate) fn declare(
    file: &Path,
    text: &str,
    recusals: &[String],
    home: &Home,
    out: &mut Output,
) -> Result<(), Failure> {
    let recusals: BTreeSet<Option<ClauseId>> = recusals.iter().map(|text| clause_or_all(text)).collect();
    let n = recusals.len();
    let declaration = Declaration { text: text.to_owned(), recusals };
    Session::open(home, file)?.perform(Deed::Declare(declaration))?;
    if n == 0 {
        out.say("已记录利益申报。", "Declaration recorded.");
    } else {
        out.say(
            format!("已记录利益申报，回避 {n} 项。"),
            format!("Declaration recorded, with {n} recusals."),
        );
    }
    Ok(())
}

pub(crate) fn recuse(args: &RecuseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let clause = clause_or_all(&args.clause);
    let reason = args.reason.as_deref().filter(|_| !args.lift);
    let member = MemberName::new(&args.name);
    session.perform(Deed::Recuse(member, clause.clone(), reason.map(str::to_owned)))?;
    let (name, what) = (&args.name, &args.clause);
    if args.lift {
        out.say(format!("已解除回避：{name} {what}"), format!("Recusal lifted: {name} {what}"));
        return Ok(());
    }
    out.say(format!("已登记回避：{name} {what}"), format!("Recusal recorded: {name} {what}"));
    if clause.is_none() {
        say_substitutes(&session, name, out);
    }
    Ok(())
}

pub(crate) fn assign(args: &AssignArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let assignment = match args.by.as_str() {
        "all" if args.overlap.is_some() || args.core_by_field => {
            return Err(wrong_usage(
                "--overlap 和 --core-by-field 只用于 field。",
                "--overlap and --core-by-field go with field only.",
            ));
        }
        "all" => Assignment::All,
        _ => Assignment::ByField {
            overlap: args.overlap.unwrap_or(Assignment::DEFAULT_OVERLAP),
            core_by_all: !args.core_by_field,
        },
    };
    let mut session = Session::open(home, &args.file)?;
    session.perform(Deed::Assign(assignment))?;
    say_assignment(assignment, out);
    Ok(())
}

pub(crate) fn run(file: &Path, as_json: bool, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = Session::open(home, file)?;
    let panel = PanelState::of(&session);
    if as_json {
        out.json(&to_json(&session, &panel));
        return Ok(());
    }
    let lang = out.lang();
    say_assignment(panel.assignment, out);
    for (member, owed) in &panel.owed {
        let done = owed.n_scored.map_or_else(|| lang.pick("未公开", "hidden").to_owned(), |n| n.to_string());
        out.line(format!("  {member}  {done}/{}", owed.n_owed));
    }
    for recusal in &session.visit().recusals {
        let clause = recusal.clause.as_ref().map_or("*", ClauseId::as_str);
        let by = if recusal.declared {
            lang.pick("本人申报", "declared")
        } else {
            lang.pick("组长登记", "by the lead")
        };
        out.line(format!(
            "{} {} {clause} {}（{by}）",
            lang.pick("回避", "Recused:"),
            recusal.name,
            recusal.reason
        ));
    }
    if panel.counted() {
        out.say("各条款有效票（已全部公开）", "Valid votes per clause (all ballots shown)");
    } else {
        out.say(
            "各条款应评人数（尚有评分包未公开）",
            "Members due per clause (some ballots are not shown yet)",
        );
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
        out.exit_with(crate::app::failure::Exit::NeedsPerson as u8);
    }
    Ok(())
}

fn concerns(concerns: &[Concern], lang: Lang) -> String {
    let said: Vec<&str> = concerns.iter().map(|concern| concern.name(lang)).collect();
    if said.is_empty() { String::new() } else { format!("  ! {}", said.join(lang.pick("、", ", "))) }
}

fn to_json(session: &Session, panel: &PanelState) -> Value {
    let visit = session.visit();
    let assignment = match visit.assignment() {
        Assignment::All => json!({"by": "all"}),
        Assignment::ByField { overlap, core_by_all } => {
            json!({"by": "field", "overlap": overlap, "core_by_all": core_by_all})
        }
    };
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
        "assignment": assignment,
        "counted": panel.counted(),
        "members": members.collect::<Vec<_>>(),
        "recusals": visit.recusals.iter().map(|it| json!({
            "member": it.name.as_str(), "clause": it.clause.as_ref().map(ClauseId::as_str),
            "reason": it.reason, "declared": it.declared,
        })).collect::<Vec<_>>(),
        "clauses": clauses.collect::<Vec<_>>(),
    })
}

fn say_assignment(assignment: Assignment, out: &mut Output) {
    let words = assignment_words(assignment, out.lang());
    out.line(format!("{}{words}", out.lang().pick("分工：", "Division of work: ")));
}

/// How many substitutes of the draw are named.
const N_NAMED: usize = 3;

/// Who could take the seat.
fn say_substitutes(session: &Session, name: &str, out: &mut Output) {
    let next = session.visit().substitutes_for(name).into_iter().take(N_NAMED);
    let names: Vec<String> = next.map(|it| it.person.shown(out.lang())).collect();
    if !names.is_empty() {
        let (zh, en) = (names.join("、"), names.join(", "));
        out.say(
            format!("抽取时排出的同专业替补，按顺序：{zh}。"),
            format!("Substitutes of the field from the draw, in their order: {en}."),
        );
    }
    out.say(
        "请补一名同专业的专家：对方加入时写明专业（visit join --field），由组长核准。",
        "Seat another expert of the field: they join with --field and the lead admits them.",
    );
}
