//! `hecha visit join`: joins under a name on the roster.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        home::Home,
        session::Session,
        visit::joining::{self, JoinRequest},
    },
    cli::{
        command::{
            sync,
            visit::{code::say_code, info::title_stated, recovery::say_recovery},
        },
        help::Help,
        output::Output,
        passphrase, typed,
    },
    domain::{
        edit::Expert,
        terms::{clean::clean_line, id::MemberName, lang::Text, written::Line},
        visit::Identity,
    },
};

#[derive(Debug, Args)]
pub(crate) struct JoinArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "NAME", required_unless_present = "office")]
    name: Option<String>,
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    #[arg(long, value_name = "TITLE", requires = "field")]
    title: Option<String>,
    #[arg(long, value_name = "CODE")]
    recovery: Option<String>,
    #[arg(long, conflicts_with_all = ["name", "field", "title", "recovery"])]
    office: bool,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    passphrase_file: Option<PathBuf>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("以名单上的姓名加入", "Join under a name on the roster"))
        .file()
        .argument("name", Text::new("名单上的姓名", "Name on the roster"))
        .argument(
            "office",
            Text::new(
                "作为整改办公室加入：没有姓名，只能提交整改、销号和重新打开",
                "Join as an office: no name; it may hand in, close and reopen what is on the ledger",
            ),
        )
        .argument(
            "passphrase_file",
            Text::new(
                "共享文件加密时，口令所在的文件（第一行），- 为标准输入；只需一次",
                "File with the passphrase of an encrypted shared file (first line), - is standard input; needed once",
            ),
        )
        .argument(
            "field",
            Text::new(
                "专业，姓名不在名单上时写明，由组长核准",
                "Field of an expert who is not on the roster; the lead admits",
            ),
        )
        .argument("title", Text::new("职称", "Professional title"))
        .argument(
            "recovery",
            Text::new(
                "先前电脑的恢复码：找回它封存的评分；组长凭它接续",
                "Recovery code of an earlier laptop: opens what it sealed; the lead goes on with it",
            ),
        )
}

pub(crate) fn run(args: JoinArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    if args.office {
        return as_office(&args, home, out);
    }
    let expert = args.field.as_deref().map(|field| {
        let title = Line::new(args.title.as_deref().unwrap_or_default())?;
        typed::field(field).map(|field| Expert { field, title })
    });
    let passphrase = passphrase::given(args.passphrase_file.as_deref())?;
    let request = JoinRequest {
        name: args.name.unwrap_or_default(),
        expert: expert.transpose()?,
        recovery: args.recovery,
        passphrase,
    };
    let session = joining::join(home, &args.file, &request)?;
    let name = clean_line(&request.name);
    out.say(&Text::new(
        format!("已加入：{}，{name}。", session.visit().founding.facility),
        format!("Joined: {}, {name}.", session.visit().founding.facility),
    ));
    passphrase::note_unused(&session, request.passphrase.as_deref(), out);
    if session.waits_for_admission() {
        out.note(&Text::new(
            "这个姓名已有另一台电脑，或不在名单上：组长核准之前，本机的评分先保存、不计入。",
            "The name has another laptop or is not on the roster: until the lead admits this one, its votes are kept and not counted.",
        ));
    }
    say_title(&session, request.expert.as_ref().map(|expert| (request.name.as_str(), expert)), out);
    let is_checked = session.my_state().is_some_and(|state| state.identity == Identity::Admitted);
    if let Some(code) = session.join_code()?.filter(|_| !is_checked) {
        say_code(&code, out);
    }
    say_recovery(&session, out);
    sync::say_next(&session, out)
}

/// Tells that the joining member's title is below the rule.
fn say_title(session: &Session, outsider: Option<(&str, &Expert)>, out: &Output) {
    let rule = &session.visit().founding.checklist.profile.panel;
    let lack = match (outsider, session.my_state()) {
        (_, Some(state)) => session.visit().title_lack(&state.member),
        (Some((name, expert)), None) => rule.title_lack(&MemberName::new(clean_line(name)), &expert.title),
        (None, None) => None,
    };
    if let Some(lack) = lack {
        out.note(&title_stated(&lack));
    }
}

fn as_office(args: &JoinArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let passphrase = passphrase::given(args.passphrase_file.as_deref())?;
    let session = joining::join_as_office(home, &args.file, passphrase.as_deref(), out.lang())?;
    let facility = &session.visit().founding.facility;
    out.say(&Text::new(
        format!("已作为整改办公室加入：{facility}。"),
        format!("Joined as an office: {facility}."),
    ));
    passphrase::note_unused(&session, passphrase.as_deref(), out);
    if !session.is_office() {
        let number = session.feed();
        out.note(&Text::new(
            format!("这台电脑还没有被指定。请组长运行：hecha visit office FILE {number}，然后在这里同步。"),
            format!("This laptop was not named yet. The lead runs: hecha visit office FILE {number}; then sync here."),
        ));
    }
    Ok(())
}
