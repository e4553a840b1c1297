//! `hecha score`: one vote from the shell, or many from a CSV file.

use std::path::Path;

use crate::{
    app::{
        ballot::import_votes::VoteRequest,
        deed::{Deed, Done},
        failure::Failure,
        files,
        home::Home,
        session::Session,
    },
    cli::{args::ScoreArgs, output::Output, wrong_usage},
    domain::{
        ballot::Position,
        terms::{id::MemberName, lang::Text},
    },
};

pub(crate) fn run(args: ScoreArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    say_declaration(&session, out);
    if let Some(csv) = args.import {
        let Done::Recorded(n) = session.perform(Deed::ImportVotes(read_file(&csv)?))? else {
            return Err(Done::mistaken());
        };
        out.say(format!("已存 {n} 条评分。"), format!("Saved {n} votes."));
        return Ok(());
    }
    let clause = args.clause.unwrap_or_default();
    let points = args
        .points
        .iter()
        .flat_map(|text| text.split([';', '；']))
        .map(|text| {
            let pair = text.split_once(['=', '＝']);
            pair.map(|(id, value)| (id.to_owned(), value.to_owned()))
                .ok_or_else(|| wrong_usage("--point 要写成 C1=yes。", "--point should read C1=yes."))
        })
        .collect::<Result<_, _>>()?;
    session.perform(Deed::Score(VoteRequest {
        clause: clause.clone(),
        points,
        grade: args.grade,
        absent: args.absent,
        reason: args.reason.unwrap_or_default(),
        note: args.note,
    }))?;
    let said = said(&session, clause.trim());
    out.say(format!("已存：{} {said}", clause.trim()), format!("Saved: {} {said}", clause.trim()));
    Ok(())
}

/// Reads a file named on the command line.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    files::read(path)
}

/// What the member's vote for the clause is now.
fn said(session: &Session, clause: &str) -> String {
    let visit = session.visit();
    let state = visit.member(session.me().map_or("", MemberName::as_str));
    let (Some(state), Some(clause)) = (state, visit.founding.checklist.clause(clause)) else {
        return String::new();
    };
    match visit.vote(state, clause).position {
        Position::Grade(grade) => grade.to_string(),
        Position::Points(points) => points.to_string(),
        Position::Absent(kind) => kind.key().to_owned(),
        Position::Unscored => "…".to_owned(),
        Position::Conflict => "?".to_owned(),
    }
}

/// Interests should be declared before the first vote.
fn say_declaration(session: &Session, out: &Output) {
    if session.my_state().is_some_and(|state| state.declaration().is_none()) {
        out.note(&Text::new(
            "您还没有申报利益关系：hecha visit declare FILE none",
            "You have not declared interests yet: hecha visit declare FILE none",
        ));
    }
}
