//! `hecha pool draw`: a panel by a published seed.

mod season;

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        home::Home,
        pool::draw::{self, DrawOrder},
    },
    cli::{
        command::pool::draw::season::{SeasonArgs, described},
        help::Help,
        output::Output,
    },
    domain::{
        pool::draw::{DrawRecord, Exclusion},
        terms::lang::{Lang, Text},
    },
    words::{
        label,
        wrap::{COLUMNS, cell, hang},
    },
};

#[derive(Debug, Args)]
pub(crate) struct DrawArgs {
    #[arg(long, value_name = "NAME")]
    facility: String,
    #[arg(long, value_name = "N")]
    size: Option<usize>,
    #[arg(long, value_name = "TEXT")]
    seed: String,
    #[arg(long, value_name = "ID")]
    profile: Option<String>,
    #[arg(long = "field", value_name = "FIELD")]
    fields: Vec<String>,
    #[arg(long = "exclude-unit", value_name = "UNIT")]
    left_out: Vec<String>,
    #[arg(long = "recuse", value_name = "NAME[@UNIT]:KIND:REASON")]
    recusals: Vec<String>,
    #[arg(long, value_name = "ALLIANCE", default_value = "")]
    alliance: String,
    #[arg(long = "allow", value_name = "KIND")]
    allowed: Vec<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    #[arg(long, value_name = "JSON")]
    out: Option<PathBuf>,
    #[arg(long)]
    json: bool,
    // Boxed, so that one command does not make all of them large.
    #[command(flatten)]
    season: Box<SeasonArgs>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    described(Help::of(Text::new(
        "抽取专家组：同一专家库、同一种子，在任何电脑上结果都相同",
        "Draw a panel: the same pool and seed give the same panel on every machine",
    )))
    .argument("facility", Text::new("被核查的机构，全称", "Facility to be reviewed, its full name"))
    .argument(
        "size",
        Text::new(
            "人数，单数；不给则取方案的最少人数（没有方案时 5 人）",
            "Seats, an odd number; without it the least of the profile (5 without one)",
        ),
    )
    .argument(
        "seed",
        Text::new(
            "种子：事先公布来源、事后才知道的一行文字，如开奖号码",
            "Seed: a line that nobody can know before a moment announced beforehand, e.g. lottery numbers",
        ),
    )
    .argument(
        "profile",
        Text::new(
            "按这个方案的人数、职称和专业要求",
            "Take seats, titles and fields from this profile's rule",
        ),
    )
    .argument(
        "fields",
        Text::new(
            "必须覆盖的专业，可重复；代替方案的",
            "Field that must be covered, repeatable; instead of the profile's",
        ),
    )
    .argument("left_out", Text::new("这个单位的人一律不抽，可重复", "Draw nobody of this unit, repeatable"))
    .argument(
        "recusals",
        Text::new(
            "专家库里没有写的回避，可重复；事由：own-unit 本单位、coaching 指导带教、kinship 亲属、dealings 经济往来、alliance 医共体、self 自行申请",
            "A recusal that is not in the pool, repeatable; kinds: own-unit, coaching, kinship, dealings, alliance, self",
        ),
    )
    .argument(
        "alliance",
        Text::new(
            "机构所在的医共体；给了就不抽同一医共体的人",
            "The facility's medical alliance; nobody of it is drawn",
        ),
    )
    .argument(
        "allowed",
        Text::new(
            "不因这个事由排除，可重复（另有 unit 指定单位、title 职称、same-day 同日另有核查）；印在记录上",
            "Exclude nobody on this ground, repeatable (also unit, title, same-day); the record tells",
        ),
    )
    .argument(
        "date",
        Text::new(
            "抽取日期，默认今天；只是印在记录上",
            "Day of the draw, today by default; only printed in the record",
        ),
    )
    .argument(
        "out",
        Text::new(
            "把抽取记录写入这个文件，建立核查时用 --draw；本机记着抽中的人",
            "Write the record to this file, for visit create --draw; this laptop keeps who was drawn",
        ),
    )
    .argument("json", Text::new("输出抽取记录", "Print the record"))
}

pub(crate) fn run(args: DrawArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let order = DrawOrder {
        facility: args.facility,
        size: args.size,
        seed: args.seed,
        fields: args.fields,
        profile: args.profile,
        left_out: args.left_out,
        recusals: args.recusals,
        allowed: args.allowed,
        alliance: args.alliance,
        date: args.date,
        beside: args.season.beside(home)?,
        visit_on: args.season.visit_on,
    };
    let drawn = draw::draw(home, &order)?;
    if let Some(path) = &args.out {
        draw::keep_record(home, path, &drawn.record)?;
    }
    for remark in &drawn.remarks {
        out.note(remark);
    }
    if args.json {
        out.raw(&draw::to_text(&drawn.record));
        return Ok(());
    }
    print(&drawn.record, out);
    if let Some(path) = &args.out {
        let path = path.display();
        out.say(&Text::new(format!("抽取记录：{path}"), format!("Draw record: {path}")));
    }
    Ok(())
}

/// A record of a draw in lines.
pub(crate) fn print(record: &DrawRecord, out: &mut Output) {
    let (lang, request) = (out.lang(), &record.request);
    let mut line = |text: String| hang("", &text, COLUMNS).into_iter().for_each(|line| out.line(line));
    line(format!("{} · {} · {}", request.facility, request.drawn_on, record.algorithm));
    if let Some(day) = request.visit_on {
        line(format!("{}{day}", lang.pick("核查日期：", "Day of the visit: ")));
    }
    if !request.profile.is_empty() {
        line(format!("{}{}", lang.pick("方案：", "Profile: "), request.profile));
    }
    line(format!("{}{}", lang.pick("种子：", "Seed: "), request.seed));
    let (n_pool, n_eligible, n_excluded) = (record.n_pool, record.eligible.len(), record.n_excluded());
    let counts = Text::new(
        format!("专家库 {n_pool} 名，可抽取 {n_eligible} 名，排除 {n_excluded} 名"),
        format!("Pool of {n_pool} experts: {n_eligible} may be drawn, {n_excluded} may not"),
    );
    line(counts.get(lang).to_owned());
    line(format!("{}{}", lang.pick("专家库校验码：", "SHA-256 of the pool: "), record.pool_digest.to_hex()));
    line(lang.pick("专家组：", "Panel:").to_owned());
    for (n, seat) in (1..).zip(&record.panel) {
        let free = if seat.required { "" } else { lang.pick("（机动席）", " (free seat)") };
        line(format!(
            "{n:>3} {} {} {} {}{free}",
            cell(&seat.person.name, 10),
            cell(&seat.person.unit, 24),
            cell(&seat.title, 16),
            seat.field.name(lang)
        ));
    }
    // The longest name of a field.
    let field_width = if lang == Lang::Zh { 12 } else { 22 };
    line(lang.pick("替补（按顺序）：", "Substitutes, in their order:").to_owned());
    for substitutes in &record.substitutes {
        let names: Vec<String> = substitutes.persons.iter().map(|it| it.shown(lang)).collect();
        let names =
            if names.is_empty() { label::none(lang).to_owned() } else { names.join(lang.pick("、", ", ")) };
        let head = format!("    {} ", cell(substitutes.field.name(lang), field_width));
        hang(&head, &names, COLUMNS).into_iter().for_each(&mut line);
    }
    if !record.excluded.is_empty() {
        line(lang.pick("排除：", "Excluded:").to_owned());
    }
    for it in &record.excluded {
        line(format!("    {}", excluded(it, lang)));
    }
    for it in record.eligible.iter().filter(|it| !it.exception.is_empty()) {
        let (who, reason) = (it.person.shown(lang), &it.exception);
        line(format!(
            "{}{who}{}{reason}",
            lang.pick("职称例外：", "Exception from the title rule: "),
            lang.pick("：", ": ")
        ));
    }
}

fn excluded(it: &Exclusion, lang: Lang) -> String {
    let reason = if it.reason.is_empty() { lang.pick("空", "empty") } else { &it.reason };
    format!(
        "{}{}{}{}{reason}",
        it.person.shown(lang),
        lang.pick("：", ": "),
        it.ground.name(lang),
        lang.pick("，", ", ")
    )
}
