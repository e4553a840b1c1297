//! `hecha merge`: the agenda. Members × clauses in the order of the merge screen, with the points on which they differ.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        home::Home,
        merge::agenda_text::{self, agenda_counts, other_points, point_line, point_voices, rest_counts},
        session::Session,
        visit::info,
    },
    cli::{help::Help, output::Output, reading::Looking},
    domain::{
        agenda::{
            Agenda, AgendaItem,
            dissenters::{dissenters_of, dissents},
            point_votes::PointVotes,
        },
        ballot::Position,
        checklist::Clause,
        outcome::ClauseResult,
        terms::lang::{Lang, Text},
        visit::MemberState,
    },
    words::{
        self,
        wrap::{COLUMNS, cell, hang},
    },
};

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
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
        "合议：分歧按对结论的影响排列",
        "What the panel disagrees about, by its effect on the outcome",
    ))
    .file()
    .json()
    .looking()
}

pub(crate) fn run(args: MergeArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = args.looking.open_draft(home, &args.file, out)?;
    session.may_report()?;
    if args.json {
        out.json(&info::merge_json(&session));
        return Ok(());
    }
    let lang = out.lang();
    let shown = info::shown(&session);
    let visit = session.visit();
    let names: Vec<&str> = shown.iter().map(|state| state.member.name.as_str()).collect();
    say(out, lang.pick("评分依次为：", "votes of: "), &names.join(lang.pick("、", ", ")));
    if let Some(sealed) = words::outcome::sealed(visit, lang) {
        out.line(sealed);
    }
    let outcome = session.outcome();
    let more_to_come = visit.voting().any(|state| !session.may_see(state) && visit.awaits(state));
    let agenda = Agenda::of(visit, &outcome, more_to_come);
    let counts = agenda.counts();
    let stop = lang.pick("。", ".");
    out.line(format!("{}{stop}", agenda_counts(counts, lang)));
    for item in agenda.disagreed() {
        let Some(result) = outcome.clauses.get(item.index) else { continue };
        let Some(clause) = visit.founding.checklist.clause(result.id.as_str()) else { continue };
        let row = Row { session: &session, shown: &shown, clause, result, item };
        row.say(out);
    }
    let rest = rest_counts(counts, lang);
    if !rest.is_empty() {
        out.line(format!("{rest}{stop}"));
    }
    Ok(())
}

/// One clause of the agenda.
struct Row<'a> {
    session: &'a Session,
    shown: &'a [&'a MemberState],
    clause: &'a Clause,
    result: &'a ClauseResult,
    item: &'a AgendaItem,
}

/// What belongs to a clause stands below it, this far in.
const INDENT: &str = "    ";
const VERDICT: usize = 10;
const EFFECT: usize = 11;

impl Row<'_> {
    fn say(&self, out: &mut Output) {
        let lang = out.lang();
        let (visit, id) = (self.session.visit(), self.clause.id.as_str());
        let said: Vec<String> = self
            .shown
            .iter()
            .map(|state| match visit.stands_aside(state, self.clause) {
                true => " ".to_owned(),
                false => letter(visit.vote(state, self.clause).position),
            })
            .collect();
        let core = if self.clause.core { "*" } else { " " };
        let head = format!(
            "{core}{id}  {}  {} {} ",
            said.join(" "),
            cell(&verdict(self.result, lang), VERDICT),
            cell(self.item.effect.name(lang), EFFECT)
        );
        say(out, &head, self.clause.title.get(lang));
        if let Some(verdict) = visit.lead_verdict(id) {
            say(out, &format!("{INDENT}{}", lang.pick("组长：", "lead: ")), &verdict.reason);
            let dissenters = dissenters_of(visit, self.clause, verdict, self.shown);
            say(out, INDENT, &agenda_text::dissenters(&dissenters, lang));
        }
        let points = PointVotes::of_clause(visit, self.clause, self.shown);
        for votes in points.iter().filter(|votes| votes.differs()) {
            let text = votes.point.text.get(lang);
            say(out, INDENT, &format!("{} | {text}", point_line(votes, lang)));
            say(out, &format!("{INDENT}  "), &point_voices(votes, lang));
        }
        if let Some(others) = other_points(&points, lang) {
            say(out, INDENT, &others);
        }
        let clear = crate::words::clear_votes(visit.clear_votes(id), lang);
        if !clear.is_empty() {
            say(out, INDENT, &clear);
        }
        for (member, dissent) in dissents(visit, id, self.shown) {
            say(out, INDENT, &agenda_text::dissent(member, dissent, lang));
        }
    }
}

/// A text after `first`, in lines that every terminal has room for.
fn say(out: &mut Output, first: &str, text: &str) {
    for line in hang(first, text, COLUMNS) {
        out.line(line.trim_end());
    }
}

fn letter(said: Position) -> String {
    match said {
        Position::Absent(_) => "-".to_owned(),
        Position::Unscored => ".".to_owned(),
        Position::Conflict => "?".to_owned(),
        said => words::position_in_brief(said, Lang::En),
    }
}

fn verdict(result: &ClauseResult, lang: Lang) -> String {
    let said = words::verdict_in_brief(result.verdict, lang);
    match result.basis {
        Some(basis) => format!("{said} ({})", basis.name(lang)),
        None => said,
    }
}
