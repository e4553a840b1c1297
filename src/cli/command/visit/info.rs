//! `hecha visit info`: the visit, its members, and how far each is.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        ballot::opening::{Gave, Withheld},
        failure::Failure,
        home::Home,
        session::Session,
        sync,
        visit::{info, passphrase::Lock},
    },
    cli::{help::Help, output::Output, reading::Looking},
    domain::{
        ballot::seal::BallotState,
        panel::{PanelLack, TitleLack},
        terms::{
            clean::clean_line,
            lang::{Lang, Text},
        },
        visit::{Identity, MemberState, rectifications::Author},
    },
    words::{
        aside, ballot_state, excused, label, mandate, next_step::next_step, outcome, revision, title_lack,
    },
};

#[derive(Debug, Args)]
pub(crate) struct InfoArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("核查、成员与同步状态", "The visit, its members and sync state"))
        .file()
        .json()
        .looking()
}

pub(crate) fn run(args: InfoArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = &args.looking.open_draft(home, &args.file, out)?;
    let state = session.sync_state()?;
    let next = session.next_step(state);
    if args.json {
        let mut value = info::visit_json(session);
        let sync = json!({"pending": state.pending, "in_file": state.in_file, "receipted": state.receipted});
        if let Some(members) = value.as_object_mut() {
            members.insert("sync".to_owned(), sync);
            members.insert("encrypted".to_owned(), Value::from(session.lock() != Lock::Open));
            members.insert("key_held".to_owned(), Value::from(session.lock() == Lock::Held));
            members.insert("outside".to_owned(), Value::from(session.is_outside()));
            members.insert("me".to_owned(), Value::from(session.me().map(|me| me.as_str())));
            let who: Vec<String> = next.who.iter().map(|name| clean_line(name.as_str())).collect();
            members.insert("shares".to_owned(), session.withheld().iter().map(share_json).collect());
            // Who must decide or sign next is told by what is not public.
            let next = (!session.visit().hides_all()).then(|| json!({"who": who, "why": next.why.key()}));
            members.insert("next".to_owned(), next.into());
        }
        out.json(&value);
        return Ok(());
    }
    let lang = out.lang();
    let visit = session.visit();
    let founding = &visit.founding;
    out.line(format!(
        "{} · {} · {} · {}",
        founding.facility,
        founding.checklist.profile.title.get(lang),
        founding.stage.name(lang),
        founding.date
    ));
    out.say(&Text::new(
        format!("清单 {} 条，内容校验码 {}", founding.checklist.n_clauses(), founding.checklist_hash),
        format!(
            "Checklist of {} clauses, content hash {}",
            founding.checklist.n_clauses(),
            founding.checklist_hash
        ),
    ));
    if let Some(day) = founding.lookback {
        out.say(&Text::new(format!("否决情形回溯起算日 {day}"), format!("Gates look back from {day}")));
    } else if founding.checklist.profile.gates.iter().any(|gate| founding.lacks_lookback(gate)) {
        out.say(&Text::new("回溯起算日未定", "The day to look back from is not settled"));
    }
    for (name, value) in mandate::lines(&founding.mandate, lang) {
        out.line(format!("{name}{}{value}", lang.pick("：", ": ")));
    }
    if let Some(record) = &founding.draw {
        let (day, seed) = (record.request.drawn_on, &record.request.seed);
        let n = record.n_pool;
        out.say(&Text::new(
            format!("专家组 {day} 由 {n} 名专家的专家库抽取，种子 {seed}（复核：hecha pool redraw FILE）"),
            format!("Panel drawn on {day} from a pool of {n}, seed {seed} (check: hecha pool redraw FILE)"),
        ));
    }
    for member in &visit.members {
        out.line(member_line(session, member, founding.leads(&member.member.name), lang));
    }
    list_absences(session, out);
    if let Some(sealed) = outcome::sealed(visit, lang).filter(|_| visit.closed && !visit.hides_all()) {
        out.line(sealed);
    }
    for told in revision::rivals(visit, lang) {
        out.line(told);
    }
    list_devices(session, out);
    list_shares(session, out);
    if session.has_feed() {
        out.line(sync::words::state(state).get(lang));
    }
    say_lock(session, out);
    if !visit.hides_all() {
        out.line(next_step(&next, session.me(), lang));
    }
    say_lacks(session, out);
    Ok(())
}

/// Whether the shared file is encrypted, and who holds the key.
fn say_lock(session: &Session, out: &mut Output) {
    match session.lock() {
        Lock::Held if session.is_outside() && !session.has_feed() => {
            out.say(&Text::new("共享文件已加密", "The shared file is encrypted"));
        }
        Lock::Open => out.say(&Text::new("共享文件没有加密", "The shared file is not encrypted")),
        Lock::Held => out.say(&Text::new(
            "共享文件已加密，密钥在本机",
            "The shared file is encrypted; this laptop holds the key",
        )),
        Lock::Asks => out.say(&Text::new(
            "共享文件已加密，本机还没有密钥：同步时要给一次口令",
            "The shared file is encrypted; this laptop needs the passphrase once, at a sync",
        )),
    }
}

fn member_line(session: &Session, state: &MemberState, lead: bool, lang: Lang) -> String {
    let role = match lead {
        true => label::lead(lang),
        false if session.visit().deputies.contains(&state.member.name) => label::deputy(lang),
        false => label::member_role(lang),
    };
    let progress = match (state.identity, state.ballot_state) {
        _ if session.visit().is_recused(state.member.name.as_str()) => {
            lang.pick("回避", "recused").to_owned()
        }
        _ if session.visit().is_absent(state.member.name.as_str()) => label::absent(lang).to_owned(),
        _ if session.visit().latecomers.contains(&state.member.name) => label::too_late(lang).to_owned(),
        (Identity::Absent, _) => lang.pick("未加入", "not joined").to_owned(),
        (_, BallotState::Open) if session.me() == Some(&state.member.name) => {
            let gaps = session.gaps();
            format!("{} {}/{}", BallotState::Open.name(lang), gaps.n_scored, gaps.n_owed)
        }
        _ => ballot_state(state, lang).to_owned(),
    };
    let unchecked = match state.identity {
        Identity::Provisional => lang.pick("（身份未核对）", " (identity not checked)"),
        Identity::Waiting => lang.pick("（等待组长核准）", " (waits for the lead)"),
        Identity::Absent | Identity::Admitted => "",
    };
    let missing =
        if state.n_missing > 0 { lang.pick("（有记录缺失）", " (records are missing)") } else { "" };
    format!(
        "{role} {} {} {} {progress}{unchecked}{missing}",
        state.member.name,
        state.member.field.name(lang),
        state.member.title
    )
}

/// What was recorded of members who are not there, also where a seal says otherwise.
fn list_absences(session: &Session, out: &mut Output) {
    let lang = out.lang();
    for it in session.visit().recorded_absent() {
        let came = if it.has_sealed { aside(label::came_all_the_same(lang), lang) } else { String::new() };
        let colon = lang.pick("：", ": ");
        out.line(format!("{} {}{colon}{}{came}", label::absent(lang), it.name, it.reason));
    }
}

/// The devices that nobody checked, that wait, or that were retired.
fn list_devices(session: &Session, out: &mut Output) {
    let lang = out.lang();
    let short = |feed: &str| feed.chars().take(6).collect::<String>();
    let visit = session.visit();
    for state in
        visit.members.iter().filter(|state| state.feeds.len() > 1 || state.identity == Identity::Provisional)
    {
        for feed in &state.feeds {
            let note = match (visit.retired.contains_key(feed), visit.forks.contains(feed)) {
                (true, _) => lang.pick("已停用", "retired"),
                (false, true) => {
                    lang.pick("分叉（克隆或恢复的备份）", "forked (a clone or a restored backup)")
                }
                (false, false) => "",
            };
            out.line(format!("  {} {} {note}", state.member.name, short(feed.as_str())).trim_end());
        }
    }
    for feed in &visit.offices {
        let counts = if visit.is_office(feed) { "" } else { lang.pick("已停用", "retired") };
        let office = Author::Office.shown(lang);
        out.line(format!("  {office} {} {counts}", short(feed.as_str())).trim_end());
    }
    for claim in &visit.pending {
        let waits = lang.pick("等待组长核准", "waits for the lead");
        out.line(format!("  {} {} {waits}", claim.name, short(claim.feed.as_str())));
    }
}

fn share_json(it: &Withheld) -> Value {
    json!({"ballot": clean_line(it.ballot.as_str()), "seat": clean_line(it.seat.as_str()), "gave": it.gave.key()})
}

/// Who gave something else than a share. Whose is merely missing stands in the next step.
fn list_shares(session: &Session, out: &mut Output) {
    for Withheld { ballot, seat, gave } in &session.withheld() {
        let (ballot, seat) = (clean_line(ballot.as_str()), clean_line(seat.as_str()));
        match gave {
            Gave::Share | Gave::Nothing => {}
            Gave::Garbage => out.say(&Text::new(
                format!("  {seat} 的电脑交出的不是 {ballot} 评分包的密钥份额：用的不是本程序"),
                format!("  The laptop of {seat} gave no share of {ballot}'s key: it runs another program"),
            )),
            Gave::BadBox => out.say(&Text::new(
                format!("  {seat} 的电脑说 {ballot} 评分包给它的密钥份额是坏的：两人中有一人用的不是本程序"),
                format!("  The laptop of {seat} says that its share of {ballot}'s key is broken: one of the two runs another program"),
            )),
        }
    }
}

/// What the panel lacks is said at every step (invariant 7), to standard error.
pub(crate) fn say_lacks(session: &Session, out: &Output) {
    for lack in session.visit().panel_lacks() {
        let excuse = session.visit().excuse(&lack);
        let Text { zh, en } = stated(lack);
        out.note(&match excuse {
            Some(reason) => Text::new(excused(&zh, reason, Lang::Zh), excused(&en, reason, Lang::En)),
            None => Text::new(zh, en),
        });
    }
}

/// What the panel lacks, as a sentence.
fn stated(lack: PanelLack) -> Text {
    match lack {
        PanelLack::Title(lack) => title_stated(&lack),
        PanelLack::TooFew { n, min } => Text::new(
            format!("专家组只有 {n} 人，至少要 {min} 人。"),
            format!("The panel has {n} members; it needs at least {min}."),
        ),
        PanelLack::Even { n } => Text::new(
            format!("专家组 {n} 人是双数，应为单数。"),
            format!("The panel has an even number of members ({n}); it should be odd."),
        ),
        PanelLack::Field(field) => Text::new(
            format!("专家组没有“{}”专业的专家。", field.name(Lang::Zh)),
            format!("The panel has no expert of {}.", field.name(Lang::En)),
        ),
    }
}

/// A title below the rule, as a sentence, with what settles it (seed S3·F15 says “in principle”).
pub(crate) fn title_stated(lack: &TitleLack) -> Text {
    let Text { zh, en } = title_lack(lack);
    Text::new(
        format!("{zh}；确需参加的，定稿时写明理由。"),
        format!("{en}. If they are to sit all the same, the reason is given when the visit is made final."),
    )
}
