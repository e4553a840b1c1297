//! `hecha result`: the outcome, how firm it is, and what each condition counted.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, session::Session, visit::info},
    cli::{help::Help, output::Output, reading::Looking},
    domain::{
        checklist::profile::{Standard, StandardStatus},
        edit::verdict::GateState,
        outcome::{Counts, Outcome, StandardResult},
        terms::{
            grade::Grade,
            lang::{Lang, Text},
        },
    },
    words::{self, label, outcome, subsidy},
};

#[derive(Debug, Args)]
pub(crate) struct ResultArgs {
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
        "结论：档次分布、核心条款、否决情形、各标准",
        "Outcome: grades, core clauses, gates, standards",
    ))
    .file()
    .json()
    .looking()
}

pub(crate) fn run(args: ResultArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = args.looking.open(home, &args.file, out)?;
    let lang = out.lang();
    if args.json {
        out.json(&info::result_json(&session, lang));
        return Ok(());
    }
    if session.visit().hides_all() {
        say_sealed(&session, out);
        return Ok(());
    }
    let outcome = session.outcome();
    let profile = &session.visit().founding.checklist.profile;
    outcome::remarks(session.visit(), &outcome, lang).into_iter().for_each(|remark| out.line(remark));
    out.line(format!("{} {}", label::all_clauses(lang), counts(&outcome.counts(|_| true), lang)));
    out.line(format!(
        "{} {}",
        lang.pick("核心条款", "core clauses"),
        counts(&outcome.counts(|it| it.core), lang)
    ));
    gates(&session, &outcome, out);
    for (standard, result) in profile.standards.iter().zip(&outcome.standards) {
        say_standard(&session, standard, result, out);
    }
    if let Some(found) = session.visit().subsidy(&outcome) {
        out.line(format!("{} {}", subsidy::title(lang), subsidy::told(&found, lang)));
    }
    let effects = outcome.na_effects.iter().map(|it| outcome::na_effect(it, &profile.standards, lang));
    list(lang.pick("不适用条款的影响", "what clauses left out would change"), effects.collect(), out);
    let found = outcome.contradictions.iter().map(|it| outcome::contradiction(it, lang));
    list(lang.pick("互相矛盾的结论", "verdicts that contradict each other"), found.collect(), out);
    say_withheld(&outcome, out);
    Ok(())
}

/// How far the ballots are, for somebody who may see nothing of them.
fn say_sealed(session: &Session, out: &mut Output) {
    let voting: Vec<_> = session.visit().voting().collect();
    let n_sealed = voting.iter().filter(|state| state.ballot_state.is_sealed()).count();
    let n = voting.len();
    out.say(&Text::new(
        format!("还没有可以公开的结论：评分 {n_sealed}/{n} 人已封存，核查还没有定稿。"),
        format!("No result for everybody yet: {n_sealed} of {n} ballots are sealed, the visit is not final."),
    ));
}

fn gates(session: &Session, outcome: &Outcome, out: &mut Output) {
    let lang = out.lang();
    let founding = &session.visit().founding;
    for (gate, (_, state)) in founding.checklist.profile.gates.iter().zip(&outcome.gates) {
        let state = match state {
            Some(GateState::Clear) => lang.pick("未发生", "clear"),
            Some(GateState::Tripped) => lang.pick("已发生！", "TRIPPED"),
            None => lang.pick("未核实", "not answered"),
        };
        let period = match founding.lookback_period(gate) {
            Some((from, until)) => format!(" ({from} – {until})"),
            None if founding.lacks_lookback(gate) => {
                lang.pick("（回溯起算日未定）", " (day to look back from not settled)").to_owned()
            }
            None => String::new(),
        };
        out.line(format!("{} {} {state}{period}", gate.id, gate.title.get(lang)));
    }
}

/// The answer, how firm it is, and what each condition counted.
fn say_standard(session: &Session, standard: &Standard, result: &StandardResult, out: &mut Output) {
    let lang = out.lang();
    let mark = match standard.status {
        StandardStatus::Example => lang.pick("（示例规则，非官方）", " (example rule, not official)"),
        StandardStatus::Confirmed => "",
    };
    out.line(format!("{}{mark} {}", standard.title.get(lang), outcome::told(result, lang)));
    let checklist = &session.visit().founding.checklist;
    let barred = outcome::barred(result, &checklist.profile, lang);
    if !barred.is_empty() {
        out.line(format!("  {barred}"));
    }
    out.line(format!("  {}", outcome::range(result, lang)));
    let to_flip = outcome::to_flip(result.clauses_to_flip, result.votes_to_flip, lang);
    if !to_flip.is_empty() {
        out.line(format!("  {to_flip}"));
    }
    for (condition, counted) in standard.conditions.iter().zip(&result.conditions) {
        let text = words::condition(condition, checklist, lang);
        let numbers = outcome::of_condition(condition, counted, lang);
        let numbers = match numbers.as_str() {
            "" => String::new(),
            numbers => Text::new(format!("（{numbers}）"), format!(" ({numbers})")).get(lang).to_owned(),
        };
        out.line(format!("  [{}] {text}{numbers}", words::met(counted.met, lang)));
    }
}

fn list(title: &str, lines: Vec<String>, out: &mut Output) {
    if !lines.is_empty() {
        out.line(title);
        lines.iter().for_each(|line| out.line(format!("  {line}")));
    }
}

/// Which clauses are left out because this laptop's member is recused from them.
fn say_withheld(outcome: &Outcome, out: &mut Output) {
    let ids: Vec<&str> = outcome.withheld().map(|it| it.id.as_str()).collect();
    if !ids.is_empty() {
        out.say(&Text::new(
            format!("因回避未列出：{}（定稿前按未形成结论计）", ids.join("、")),
            format!(
                "left out for your recusal: {} (counted as undecided until the visit is final)",
                ids.join(", ")
            ),
        ));
    }
}

fn counts(counts: &Counts, lang: Lang) -> String {
    let grades: Vec<String> =
        Grade::ALL.iter().map(|grade| format!("{grade} {}", counts.of(*grade))).collect();
    format!(
        "{} · {} {} · {} {}",
        grades.join(" · "),
        lang.pick("不适用", "not applicable"),
        counts.not_applicable,
        lang.pick("待定", "undecided"),
        counts.undecided
    )
}
