//! `hecha visit …`: founding, joining, declaring, and what a visit is.

use serde_json::{Value, json};

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        pool::draw,
        session::Session,
        sync,
        visit::{
            drawn,
            founding::{FoundingRequest, found, parse_recusal},
            info,
            membership::Keeps,
            passphrase::Lock,
            roster::parse_member,
        },
    },
    cli::{
        args::{CreateArgs, VisitCommand},
        command::{facility, membership, panel, passphrase},
        output::Output,
        wrong_usage,
    },
    domain::{
        facility::Stage,
        panel::{PanelLack, lacks},
        terms::{
            date::Date,
            id::MemberName,
            lang::{Lang, Text},
        },
        visit::{Identity, MemberState},
    },
};

pub(crate) fn run(command: VisitCommand, home: &Home, out: &mut Output) -> Result<(), Failure> {
    match command {
        VisitCommand::Create(args) => create(&args, home, out),
        VisitCommand::Join(args) => membership::join(args, home, out),
        VisitCommand::Code { file } => membership::code(&Session::open(home, &file)?, out),
        VisitCommand::Admit { file, code } => membership::admit(Session::open(home, &file)?, &code, out),
        VisitCommand::Deputy { file, name } => {
            Session::open(home, &file)?.perform(Deed::Deputy(MemberName::new(&name)))?;
            out.say(format!("已指定副组长：{name}。"), format!("Named deputy: {name}."));
            Ok(())
        }
        VisitCommand::Retire { file, device, from_start } => {
            let keeps = if from_start { Keeps::Nothing } else { Keeps::Synced };
            let deed = Deed::Retire(device.clone(), keeps);
            let Done::Retired(name) = Session::open(home, &file)?.perform(deed)? else {
                return Err(Done::mistaken());
            };
            out.say(
                format!("已停用 {name} 的电脑 {device}。"),
                format!("Retired the laptop {device} of {name}."),
            );
            Ok(())
        }
        VisitCommand::Passphrase(args) => passphrase::set(&args, home, out),
        VisitCommand::Reopen { file, name, reason } => {
            Session::open(home, &file)?.perform(Deed::Reopen(MemberName::new(&name), reason))?;
            out.say(
                format!("{name} 可以重新评分；请同步，让对方收到。"),
                format!("{name} may score again; sync, so that it reaches them."),
            );
            Ok(())
        }
        VisitCommand::Recovery { file } => membership::recovery(&Session::open(home, &file)?, out),
        VisitCommand::Declare { file, text, recusals } => panel::declare(&file, &text, &recusals, home, out),
        VisitCommand::Recuse(args) => panel::recuse(&args, home, out),
        VisitCommand::Assign(args) => panel::assign(&args, home, out),
        VisitCommand::Facility(args) => facility::run(&args, home, out),
        VisitCommand::Info { file, json } => show(&Session::open(home, &file)?, json, out),
    }
}

fn create(args: &CreateArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let stage = Stage::parse(&args.stage).ok_or_else(|| {
        let known: Vec<&str> = Stage::ALL.iter().map(|stage| stage.key()).collect();
        let known = known.join("、");
        wrong_usage(&format!("--stage 应是 {known} 之一。"), &format!("--stage should be one of {known}."))
    })?;
    let date: Date = args
        .date
        .parse()
        .map_err(|()| wrong_usage("--date 应写成 2026-11-21。", "--date should read 2026-11-21."))?;
    let day = |text: &String| text.parse::<Date>();
    let lookback = args.lookback_from.as_ref().map(day).transpose().map_err(|()| {
        wrong_usage("--lookback-from 应写成 2026-11-21。", "--lookback-from should read 2026-11-21.")
    })?;
    let record = args.draw.as_deref().map(draw::read_record).transpose()?;
    let (lead, members) = match &record {
        Some(record) => drawn::seat(record, args.lead.as_deref(), &args.members)?,
        None => {
            let members = args.members.iter().map(|text| parse_member(text)).collect::<Result<_, _>>()?;
            (parse_member(args.lead.as_deref().unwrap_or_default())?, members)
        }
    };
    let passphrase = passphrase::given(args.passphrase_file.as_deref())?;
    let session = found(
        home,
        FoundingRequest {
            file: args.file.clone(),
            facility: args.facility.clone(),
            profile: args.profile.clone(),
            stage,
            date,
            lookback,
            lead,
            members,
            recusals: args.recusals.iter().map(|text| parse_recusal(text)).collect::<Result<_, _>>()?,
            draw: record,
        },
        passphrase.as_deref(),
    )?;
    let founding = &session.visit().founding;
    let n = founding.checklist.n_clauses();
    out.say(
        format!("已建立核查：{}（{} 条）", founding.facility, n),
        format!("Founded the visit: {} ({n} clauses)", founding.facility),
    );
    if let (Some(_), Some(lead)) = (&founding.draw, founding.lead()) {
        let lead = &lead.name;
        out.say(format!("本机是组长 {lead} 的电脑"), format!("This laptop is that of the lead, {lead}"));
    }
    out.line(session.file().display().to_string());
    out.note(&Text::new(
        "请打印恢复单，电脑丢失时用它接续：hecha visit recovery FILE",
        "Print the recovery sheet, which goes on if this laptop is lost: hecha visit recovery FILE",
    ));
    say_lacks(&session, out);
    Ok(())
}

/// What the panel lacks is said at every step (invariant 7), to standard error.
fn say_lacks(session: &Session, out: &Output) {
    let visit = session.visit();
    let sitting: Vec<_> = visit.voting().map(|state| &state.member).collect();
    for lack in lacks(&sitting, &visit.founding.checklist.profile.panel) {
        out.note(&match lack {
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
        });
    }
}

fn show(session: &Session, as_json: bool, out: &mut Output) -> Result<(), Failure> {
    let state = session.sync_state()?;
    if as_json {
        let mut value = info::visit_json(session);
        let sync = json!({"pending": state.pending, "in_file": state.in_file, "receipted": state.receipted});
        if let Some(members) = value.as_object_mut() {
            members.insert("sync".to_owned(), sync);
            members.insert("encrypted".to_owned(), Value::from(session.lock() != Lock::Open));
            members.insert("key_held".to_owned(), Value::from(session.lock() == Lock::Held));
            members.insert("me".to_owned(), Value::from(session.me().map(|me| me.as_str())));
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
    out.say(
        format!("清单 {} 条，内容校验码 {}", founding.checklist.n_clauses(), founding.checklist_hash),
        format!(
            "Checklist of {} clauses, content hash {}",
            founding.checklist.n_clauses(),
            founding.checklist_hash
        ),
    );
    if let Some(day) = founding.lookback {
        out.say(format!("门槛回溯起算日 {day}"), format!("Gates look back from {day}"));
    } else if founding.checklist.profile.gates.iter().any(|gate| founding.lacks_lookback(gate)) {
        out.say("回溯起算日未定", "The day to look back from is not settled");
    }
    if let Some(record) = &founding.draw {
        let (day, seed) = (record.request.drawn_on, &record.request.seed);
        let n = record.n_pool;
        out.say(
            format!("专家组 {day} 由 {n} 名专家的专家库抽取，种子 {seed}（复核：hecha pool redraw FILE）"),
            format!("Panel drawn on {day} from a pool of {n}, seed {seed} (check: hecha pool redraw FILE)"),
        );
    }
    for (index, member) in visit.members.iter().enumerate() {
        out.line(member_line(session, member, index == 0, lang));
    }
    membership::list_devices(session, out);
    out.line(sync::words::state(state).get(lang));
    match session.lock() {
        Lock::Open => out.say("共享文件没有加密", "The shared file is not encrypted"),
        Lock::Held => {
            out.say("共享文件已加密，密钥在本机", "The shared file is encrypted; this laptop holds the key")
        }
        Lock::Asks => out.say(
            "共享文件已加密，本机还没有密钥：同步时要给一次口令",
            "The shared file is encrypted; this laptop needs the passphrase once, at a sync",
        ),
    }
    say_lacks(session, out);
    Ok(())
}

fn member_line(session: &Session, state: &MemberState, lead: bool, lang: Lang) -> String {
    let role = match lead {
        true => lang.pick("组长", "lead"),
        false if session.visit().deputies.contains(&state.member.name) => lang.pick("副组长", "deputy"),
        false => lang.pick("组员", "member"),
    };
    let progress = match (state.identity, state.is_submitted()) {
        _ if session.visit().is_recused(state.member.name.as_str()) => {
            lang.pick("回避", "recused").to_owned()
        }
        (Identity::Absent, _) => lang.pick("未加入", "not joined").to_owned(),
        (_, true) => lang.pick("已提交", "submitted").to_owned(),
        (_, false) if session.me() == Some(&state.member.name) => {
            let gaps = session.gaps();
            format!("{} {}/{}", lang.pick("评分中", "scoring"), gaps.n_scored, gaps.n_owed)
        }
        (_, false) => lang.pick("评分中", "scoring").to_owned(),
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
