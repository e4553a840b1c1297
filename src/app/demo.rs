//! A sample visit of a fictitious facility, made through the same steps as a real one: five laptops, one shared file.

pub mod findings;

use std::path::{Path, PathBuf};

use crate::{
    app::{
        deed::Deed,
        demo::findings::{Dice, finding_for},
        failure::{Exit, Failure, wording},
        files,
        home::Home,
        session::Session,
        system,
        visit::{
            founding::{FoundingRequest, found},
            joining::{JoinRequest, join},
        },
    },
    domain::{
        checklist::Clause,
        edit::{
            Choice, Edit, Member, Stand,
            declaration::Declaration,
            verdict::{GateDecision, GateState},
        },
        facility::Stage,
        terms::{
            absence::Absence,
            date::Date,
            field::Field,
            grade::{Grade, Level},
            id::{ClauseId, GateId, MemberName},
            lang::Text,
            written::{Line, Note, TooLong},
        },
        visit::recusal::Recusal,
    },
};

/// The sample visit as made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoMade {
    /// The shared file.
    pub file: PathBuf,
    /// The members' data folders; the first is the lead's.
    pub homes: Vec<PathBuf>,
}

const FACILITY: &str = "青禾镇中心卫生院（虚构）";
const PANEL: [(&str, Field, &str); 5] = [
    ("林若安", Field::Medicine, "主任医师"),
    ("陈思齐", Field::Management, "副研究员"),
    ("马文博", Field::Tcm, "副主任中医师"),
    ("周静怡", Field::InfectionControl, "副主任护师"),
    ("赵一鸣", Field::PublicHealth, "副主任医师"),
];
/// The clause from which a member is recused.
const RECUSED: (&str, &str) = ("TM-13", "近三年在该机构带教，自行申请回避");
/// How many of the last clauses each member has left open; members with none have submitted.
const LEFT_OPEN: [usize; 5] = [6, 0, 0, 0, 9];

/// Makes the sample visit: `DIR/demo.hecha` and `DIR/home-1` … `DIR/home-5`. A sample that is there already is kept; then the
/// members' laptops sync once.
///
/// # Errors
/// If the folder cannot be written, or holds something else under these names.
pub fn demo(dir: &Path) -> Result<DemoMade, Failure> {
    let dir = std::path::absolute(dir).map_err(|error| wording::path(dir, &error))?;
    let file = dir.join("demo.hecha");
    let homes: Vec<PathBuf> = (1..=PANEL.len()).map(|n| dir.join(format!("home-{n}"))).collect();
    if files::is_there(&file) || homes.iter().any(|home| files::is_there(home)) {
        let complete =
            files::is_there(&file) && homes.iter().all(|home| files::is_there(&home.join("hecha.db")));
        return if complete { visited(DemoMade { file, homes }) } else { Err(in_the_way(&dir)) };
    }
    files::make_folder(&dir).map_err(|error| wording::home_folder(&dir, &error))?;
    let laptops: Vec<Home> =
        homes.iter().map(|home| Home::choose(Some(home.clone()))).collect::<Result<_, _>>()?;
    let mut sessions = Vec::with_capacity(laptops.len());
    for (index, laptop) in laptops.iter().enumerate() {
        sessions.push(match index {
            0 => found(laptop, request(&file)?, None)?,
            _ => join(laptop, &file, &JoinRequest::named(PANEL.get(index).map_or("", |it| it.0)))?,
        });
    }
    admit(&mut sessions)?;
    for (index, session) in sessions.iter_mut().enumerate() {
        let left_open = LEFT_OPEN.get(index).copied().unwrap_or(0);
        score(session, index, left_open)?;
        if left_open == 0 {
            session.perform(Deed::Submit)?;
        }
        session.sync()?;
    }
    if let Some(lead) = sessions.first_mut() {
        answer_gates(lead)?;
        lead.sync()?;
    }
    Ok(DemoMade { file, homes })
}

/// A sample that was there before: the other laptops come by and sync, as they would in a room. So ballots open once the lead
/// has closed scoring, without anybody playing the members.
fn visited(made: DemoMade) -> Result<DemoMade, Failure> {
    for home in made.homes.iter().skip(1) {
        Session::open(&Home::choose(Some(home.clone()))?, &made.file)?.sync()?;
    }
    Ok(made)
}

/// The lead compares the codes of all the others, so that their keys are shared out when they seal.
fn admit(sessions: &mut [Session]) -> Result<(), Failure> {
    let Some((lead, members)) = sessions.split_first_mut() else { return Ok(()) };
    lead.sync()?;
    for member in members.iter() {
        let code = member.join_code()?.ok_or_else(|| Failure::bug("a sample member without a code"))?;
        lead.perform(Deed::Admit(code.typed()))?;
    }
    lead.sync()?;
    members.iter_mut().try_for_each(|member| member.sync().map(drop))
}

fn request(file: &Path) -> Result<FoundingRequest, Failure> {
    let mut panel = PANEL.into_iter().map(|(name, field, title)| -> Result<Member, TooLong> {
        Ok(Member { name: MemberName::new(name), field, title: Line::new(title)? })
    });
    let lead = panel.next().ok_or_else(|| Failure::bug("an empty sample panel"))??;
    let members: Vec<Member> = panel.collect::<Result<_, _>>()?;
    let recused = PANEL.get(2).map_or("", |it| it.0);
    let date = system::today().or_else(|| Date::new(2026, 1, 1)).ok_or_else(|| Failure::bug("no date"))?;
    Ok(FoundingRequest {
        file: file.to_owned(),
        facility: FACILITY.to_owned(),
        profile: "township".to_owned(),
        stage: Stage::County,
        date,
        lookback: Some(date),
        lead,
        members,
        recusals: vec![Recusal {
            declared: false,
            name: MemberName::new(recused),
            clause: Some(ClauseId::new(RECUSED.0)),
            reason: RECUSED.1.to_owned(),
        }],
        draw: None,
    })
}

/// Scores all clauses but the last few, the same on every run.
fn score(session: &mut Session, member: usize, left_open: usize) -> Result<(), Failure> {
    session.perform(Deed::Declare(Declaration::default()))?;
    let name = session.me().cloned().ok_or_else(|| Failure::bug("a sample member without a name"))?;
    let visit = session.visit();
    let owed: Vec<&Clause> = visit
        .clauses()
        .map(AsRef::as_ref)
        .filter(|clause| visit.recusal(name.as_str(), clause.id.as_str()).is_none())
        .collect();
    let scored = owed.len().saturating_sub(left_open);
    let mut edits = Vec::new();
    for clause in owed.into_iter().take(scored) {
        clause_edits(session, clause, member, &mut edits)?;
    }
    session.perform(Deed::Record(edits)).map(drop)
}

fn clause_edits(
    session: &Session,
    clause: &Clause,
    member: usize,
    edits: &mut Vec<Edit>,
) -> Result<(), TooLong> {
    let facts = Dice::of(&[clause.id.as_str()]);
    let mut dice = Dice::of(&[clause.id.as_str(), PANEL.get(member).map_or("", |it| it.0)]);
    let agreed = match facts.share() {
        0..=5 => Grade::D,
        6..=24 => Grade::C,
        25..=66 => Grade::B,
        _ => Grade::A,
    };
    let own = match dice.roll(100) {
        0..=9 => Grade::from_rank(agreed.rank() + 1).unwrap_or(agreed),
        10..=19 => Grade::from_rank(agreed.rank() - 1).unwrap_or(agreed),
        _ => agreed,
    };
    if !clause.must_apply && !clause.core && dice.roll(100) == 0 {
        let stand =
            Stand { choice: Choice::Absent(Absence::NotSeen), reason: Line::new("当日该处未开放")? };
        edits.push(Edit::Vote { clause: clause.id.clone(), value: Some(stand) });
        return Ok(());
    }
    let checklist = &session.visit().founding.checklist;
    for level in Level::ALL {
        let fails = level.grade_below() == own;
        let mut failed = false;
        for point in clause.points.iter().filter(|point| point.level == level) {
            let list = point.measure.list().and_then(|list| checklist.list(list.as_str()));
            let unmet =
                (fails && !failed).then(|| finding_for(&point.measure, list, false, &mut dice)).flatten();
            failed |= unmet.is_some();
            let value = unmet.or_else(|| finding_for(&point.measure, list, true, &mut dice));
            edits.push(Edit::Finding { clause: clause.id.clone(), point: point.id.clone(), value });
        }
        if failed {
            break;
        }
    }
    if own == Grade::D {
        let text = Note::new("现场已向机构指出，机构表示立即整改。")?;
        edits.push(Edit::Note { clause: clause.id.clone(), text });
    }
    Ok(())
}

fn answer_gates(lead: &mut Session) -> Result<(), Failure> {
    let gates: Vec<GateId> =
        lead.visit().founding.checklist.profile.gates.iter().map(|gate| gate.id.clone()).collect();
    let decision =
        GateDecision { state: GateState::Clear, reason: Line::new("县级部门书面证明（示例）")? };
    let edits = gates.into_iter().map(|gate| Edit::Gate { gate, value: Some(decision.clone()) });
    lead.perform(Deed::Record(edits.collect())).map(drop)
}

fn in_the_way(dir: &Path) -> Failure {
    let dir = crate::domain::terms::clean::clean_line(&dir.display().to_string());
    Failure::new(
        Exit::Fixable,
        Text::new("示例没有建立。", "The sample was not made."),
        Text::new(
            format!("{dir} 里已有同名的文件，不会覆盖。"),
            format!("{dir} already holds files under these names; they are not overwritten."),
        ),
        Text::new("请换一个文件夹：hecha demo DIR", "Choose another folder: hecha demo DIR"),
    )
}
