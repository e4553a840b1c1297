//! `hecha visit join`, `code`, `admit`, `recovery`: membership without a network, in words.

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
        visit::{
            joining::{self, JoinRequest},
            membership::JoinCode,
        },
    },
    cli::{args::JoinArgs, command::passphrase, output::Output, wrong_usage},
    domain::{
        edit::Expert,
        terms::{clean::clean_line, field::Field, lang::Text},
        visit::Identity,
    },
};

pub(crate) fn join(args: JoinArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let expert = args.field.as_deref().map(|field| {
        let title = clean_line(args.title.as_deref().unwrap_or_default());
        Field::parse(field).map(|field| Expert { field, title }).ok_or_else(|| {
            let all: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
            let all = all.join("、");
            wrong_usage(&format!("--field 应是 {all} 之一。"), &format!("--field should be one of {all}."))
        })
    });
    let passphrase = passphrase::given(args.passphrase_file.as_deref())?;
    let request =
        JoinRequest { name: args.name, expert: expert.transpose()?, recovery: args.recovery, passphrase };
    let session = joining::join(home, &args.file, &request)?;
    let name = clean_line(&request.name);
    out.say(
        format!("已加入：{}，{name}。", session.visit().founding.facility),
        format!("Joined: {}, {name}.", session.visit().founding.facility),
    );
    passphrase::note_unused(&session, request.passphrase.as_deref(), out);
    if session.waits_for_admission() {
        out.note(&Text::new(
            "这个姓名已有另一台电脑，或不在名单上：组长核准之前，本机的评分先保存、不计入。",
            "The name has another laptop or is not on the roster: until the lead admits this one, its votes are kept and not counted.",
        ));
    }
    let is_checked = session.my_state().is_some_and(|state| state.identity == Identity::Admitted);
    if let Some(code) = session.join_code()?.filter(|_| !is_checked) {
        say_code(&code, out);
    }
    say_recovery(&session, out);
    Ok(())
}

pub(crate) fn code(session: &Session, out: &mut Output) -> Result<(), Failure> {
    let Some(code) = session.join_code()? else {
        out.say("本机还没有加入。", "This laptop has not joined.");
        return Ok(());
    };
    say_code(&code, out);
    Ok(())
}

pub(crate) fn admit(mut session: Session, typed: &str, out: &mut Output) -> Result<(), Failure> {
    let Done::Admitted(admission) = session.perform(Deed::Admit(typed.to_owned()))? else {
        return Err(Done::mistaken());
    };
    let (name, last) = (&admission.name, admission.code.compared());
    out.say(
        format!("已核准 {name}。请对方核对末 4 位：{last}；不一致就停用这台电脑（hecha visit retire）。"),
        format!(
            "Admitted {name}. Ask them to compare the last 4 signs: {last}; if they differ, retire it (hecha visit retire)."
        ),
    );
    Ok(())
}

pub(crate) fn recovery(session: &Session, out: &mut Output) -> Result<(), Failure> {
    if !say_recovery(session, out) {
        out.say("本机没有恢复码。", "This laptop has no recovery code.");
    }
    Ok(())
}

/// The devices that nobody checked, that wait, or that were retired.
pub(crate) fn list_devices(session: &Session, out: &mut Output) {
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
    for claim in &visit.pending {
        let waits = lang.pick("等待组长核准", "waits for the lead");
        out.line(format!("  {} {} {waits}", claim.name, short(claim.feed.as_str())));
    }
}

fn say_code(code: &JoinCode, out: &mut Output) {
    let (typed, last) = (code.typed(), code.compared());
    out.say(
        format!("加入码：{typed}（请组长输入），末 4 位 {last}（与组长屏幕核对）"),
        format!(
            "Join code: {typed} (the lead types it), last 4 signs {last} (compare with the lead's screen)"
        ),
    );
}

/// Whether there was one to say.
fn say_recovery(session: &Session, out: &mut Output) -> bool {
    let Some(sheet) = session.recovery_sheet(out.lang()) else { return false };
    for line in sheet {
        out.line(line);
    }
    true
}
