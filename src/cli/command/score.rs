//! `hecha score`: one vote from the shell, or many from a table.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        ballot::import_votes::VoteRequest,
        deed::{Deed, Done},
        failure::Failure,
        files,
        home::Home,
        session::Session,
    },
    cli::{help::Help, output::Output, usage::wrong_usage, waiting::say_waits},
    domain::{
        ballot::Position,
        edit::Choice,
        terms::{
            id::MemberName,
            lang::{Lang, Text},
        },
    },
    words::{aside, off_plan},
};

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE", required_unless_present = "import")]
    clause: Option<String>,
    #[arg(long = "point", value_name = "ID=VALUE", conflicts_with = "import")]
    points: Vec<String>,
    #[arg(long, value_name = "A-D", conflicts_with_all = ["import", "absent"])]
    grade: Option<String>,
    #[arg(long, value_name = "KIND", conflicts_with = "import")]
    absent: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "import")]
    reason: Option<String>,
    #[arg(long, value_name = "TEXT", conflicts_with = "import")]
    note: Option<String>,
    #[arg(long, value_name = "CSV", conflicts_with = "clause")]
    import: Option<PathBuf>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("记录评分：一条，或用 --import 导入多条", "Record one vote, or many with --import"))
        .file()
        .argument("clause", Text::new("条款编号，如 EM-02", "Clause id, e.g. EM-02"))
        .argument(
            "points",
            Text::new(
                "要点，可重复：C1=yes、C2=9/10、B1=37.5、C3=defibrillator:ok,monitor:faulty、C4=T-01,T-07、A1=na",
                "A point, repeatable: C1=yes, C2=9/10, B1=37.5, C3=defibrillator:ok,monitor:faulty, C4=T-01,T-07, A1=na",
            ),
        )
        .argument(
            "grade",
            Text::new("直接评档 A–D（打分条款填分值）", "Direct grade A–D (points on a points-scale clause)"),
        )
        .argument(
            "absent",
            Text::new(
                "缺席：not-applicable 不适用、not-seen 未看、not-provided 资料未提供",
                "Absence: not-applicable, not-seen, not-provided",
            ),
        )
        .argument(
            "reason",
            Text::new(
                "理由（直接评档与要点不符、评 D、不适用时必填）",
                "Reason (required for a grade against the points, a D, not applicable)",
            ),
        )
        .argument("note", Text::new("备注", "Note"))
        .argument(
            "import",
            Text::new(
                "从 CSV 或工作簿导入，列名：条款、档次、要点、缺席、理由、备注（或 clause,grade,points,absent,reason,note）",
                "Import a CSV or workbook: clause,grade,points,absent,reason,note",
            ),
        )
}

pub(crate) fn run(args: ScoreArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    say_declaration(&session, out);
    if let Some(csv) = args.import {
        let deed = Deed::ImportVotes(files::read(&csv)?);
        let Done::VotesImported(done) = session.perform(deed)? else { return Err(Done::mistaken()) };
        let n = done.n;
        out.say(&Text::new(format!("已存 {n} 条评分。"), format!("Saved {n} votes.")));
        done.told.iter().for_each(|told| out.note(told));
        say_waits(&session, out);
        return Ok(());
    }
    let clause = args.clause.unwrap_or_default();
    let points = args
        .points
        .iter()
        .flat_map(|text| text.split([';', '；']))
        .map(|text| {
            let pair = text.split_once(['=', '＝']);
            pair.map(|(id, value)| (id.to_owned(), value.to_owned())).ok_or_else(|| {
                wrong_usage(Text::new("--point 要写成 C1=yes。", "--point should read C1=yes."))
            })
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
    let said = said(&session, clause.trim(), out.lang());
    out.say(&Text::new(
        format!("已存：{} {said}", clause.trim()),
        format!("Saved: {} {said}", clause.trim()),
    ));
    say_waits(&session, out);
    Ok(())
}

/// What the member's vote for the clause is now.
fn said(session: &Session, clause: &str, lang: Lang) -> String {
    let visit = session.visit();
    let state = visit.member(session.me().map_or("", MemberName::as_str));
    let (Some(state), Some(clause)) = (state, visit.founding.checklist.clause(clause)) else {
        return String::new();
    };
    let told = |choice: Choice| match choice {
        Choice::Grade(grade) => grade.to_string(),
        Choice::Points(points) => points.to_string(),
        Choice::Absent(kind) => kind.key().to_owned(),
    };
    match visit.vote(state, clause).position {
        Position::Unscored => "…".to_owned(),
        Position::Conflict => "?".to_owned(),
        Position::Aside(choice) => format!("{}{}", told(choice), aside(off_plan(lang), lang)),
        position => position.choice().map(told).unwrap_or_default(),
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
