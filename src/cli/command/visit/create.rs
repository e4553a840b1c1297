//! `hecha visit create`: founds a visit and makes its shared file.

mod mandate;

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        home::Home,
        pool::draw,
        visit::{
            drawn,
            founding::{FoundingRequest, found, parse_recusal},
            roster::parse_member,
        },
    },
    cli::{
        command::{
            sync,
            visit::{
                create::mandate::{MandateArgs, described},
                info::say_lacks,
            },
        },
        help::Help,
        output::Output,
        passphrase,
        usage::wrong_usage,
    },
    domain::{
        facility::Stage,
        terms::{date::Date, lang::Text},
    },
};

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "NAME")]
    facility: String,
    #[arg(long, value_name = "ID")]
    profile: String,
    #[arg(long, value_name = "STAGE")]
    stage: String,
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: String,
    #[arg(long = "lookback-from", value_name = "YYYY-MM-DD")]
    lookback_from: Option<String>,
    #[arg(long, value_name = "NAME:FIELD:TITLE", required_unless_present = "draw")]
    lead: Option<String>,
    #[arg(long = "member", value_name = "NAME:FIELD:TITLE")]
    members: Vec<String>,
    #[arg(long, value_name = "JSON")]
    draw: Option<PathBuf>,
    #[arg(long = "recuse", value_name = "NAME:CLAUSE|*:REASON")]
    recusals: Vec<String>,
    #[arg(long = "passphrase-file", value_name = "PATH|-")]
    passphrase_file: Option<PathBuf>,
    // Boxed, so that one command does not make all of them large.
    #[command(flatten)]
    mandate: Box<MandateArgs>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    described(Help::of(Text::new(
        "建立核查，生成共享文件；本机为组长",
        "Found a visit and make its shared file; this laptop is the lead's",
    )))
    .argument("file", Text::new("要生成的共享文件", "Shared file to make"))
    .argument("facility", Text::new("机构名称", "Name of the facility"))
    .argument(
        "profile",
        Text::new(
            "方案：township、community、community-hospital、village",
            "Profile: township, community, community-hospital, village",
        ),
    )
    .argument(
        "stage",
        Text::new(
            "层级：self、county、city、province、spot-check、look-back、calibration",
            "Stage: self, county, city, province, spot-check, look-back, calibration",
        ),
    )
    .argument("date", Text::new("核查日期", "Day of the visit"))
    .argument(
        "lookback_from",
        Text::new(
            "否决情形从哪天往前回溯（核查日或申报日，由组织核查的部门定）；不给则显示“回溯起算日未定”",
            "Day that gates look back from (of the visit or the application, as the bureau says); without it they say so",
        ),
    )
    .argument("lead", Text::new("组长（本人）：姓名:专业:职称", "The lead (you): NAME:FIELD:TITLE"))
    .argument("members", Text::new("组员，可重复：姓名:专业:职称", "A member, repeatable: NAME:FIELD:TITLE"))
    .argument(
        "draw",
        Text::new(
            "抽取记录（pool draw --out 生成）：名单取自记录，--lead 写姓名即可，不写则第一名为组长",
            "Draw record (of pool draw --out): the roster is the drawn panel; --lead takes a name, by default the first drawn",
        ),
    )
    .argument(
        "recusals",
        Text::new("回避，可重复：姓名:条款或*:理由", "A recusal, repeatable: NAME:CLAUSE or *:REASON"),
    )
    .argument(
        "passphrase_file",
        Text::new(
            "用口令加密共享文件：口令在这个文件的第一行，- 为标准输入；也可用环境变量 HECHA_PASSPHRASE",
            "Encrypt the shared file: the passphrase is the first line of this file, - is standard input; or HECHA_PASSPHRASE",
        ),
    )
}

pub(crate) fn run(args: CreateArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let stage = Stage::parse(&args.stage).ok_or_else(|| {
        let known: Vec<&str> = Stage::ALL.iter().map(|stage| stage.key()).collect();
        let known = known.join("、");
        wrong_usage(Text::new(
            format!("--stage 应是 {known} 之一。"),
            format!("--stage should be one of {known}."),
        ))
    })?;
    let date: Date = args.date.parse().map_err(|()| {
        wrong_usage(Text::new("--date 应写成 2026-11-21。", "--date should read 2026-11-21."))
    })?;
    let day = |text: &String| text.parse::<Date>();
    let lookback = args.lookback_from.as_ref().map(day).transpose().map_err(|()| {
        wrong_usage(Text::new(
            "--lookback-from 应写成 2026-11-21。",
            "--lookback-from should read 2026-11-21.",
        ))
    })?;
    let record = args.draw.as_deref().map(draw::read_record).transpose()?;
    let (lead, members) = match &record {
        Some(record) => drawn::seat(record, args.lead.as_deref(), &args.members)?,
        None => {
            let members = args.members.iter().map(|text| parse_member(text)).collect::<Result<_, _>>()?;
            (parse_member(args.lead.as_deref().unwrap_or_default())?, members)
        }
    };
    let mandate = args.mandate.request()?;
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
            mandate,
        },
        passphrase.as_deref(),
    )?;
    let founding = &session.visit().founding;
    for remark in founding.draw.iter().flat_map(|it| draw::founding_remarks(it, &args.profile, founding.date))
    {
        out.note(&remark);
    }
    let n = founding.checklist.n_clauses();
    out.say(&Text::new(
        format!("已建立核查：{}（{} 条）", founding.facility, n),
        format!("Founded the visit: {} ({n} clauses)", founding.facility),
    ));
    if let (Some(_), Some(lead)) = (&founding.draw, founding.lead()) {
        let lead = &lead.name;
        out.say(&Text::new(
            format!("本机是组长 {lead} 的电脑"),
            format!("This laptop is that of the lead, {lead}"),
        ));
    }
    out.line(session.file().display().to_string());
    out.note(&Text::new(
        "请打印恢复单，电脑丢失时用它接续：hecha visit recovery FILE",
        "Print the recovery sheet, which goes on if this laptop is lost: hecha visit recovery FILE",
    ));
    say_lacks(&session, out);
    sync::say_next(&session, out)
}
