//! `hecha pool list`: the experts of the pool.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{failure::Failure, home::Home, pool},
    cli::{help::Help, output::Output, typed, usage::wrong_usage},
    domain::{
        pool::{Column, Pool, PoolExpert, Rank, comparable},
        terms::lang::{Lang, Text},
    },
    words::wrap::{COLUMNS, cell, hang},
};

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "LEVEL")]
    title: Option<String>,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("列出专家", "List the experts"))
        .argument("field", Text::new("只列这个专业", "Only this field"))
        .argument("unit", Text::new("只列这个单位", "Only this unit"))
        .argument(
            "title",
            Text::new(
                "只列这个级别及以上：初级、中级、副高、正高",
                "This level of titles or above: junior, intermediate, \"associate senior\", senior",
            ),
        )
        .json()
}

pub(crate) fn run(args: ListArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let field = args.field.as_deref().map(typed::field);
    let level = args.title.as_deref().map(|text| {
        Rank::parse(text).ok_or_else(|| {
            wrong_usage(Text::new(
                "--title 应是 初级、中级、副高、正高 之一。",
                "--title should be one of junior, intermediate, associate senior, senior.",
            ))
        })
    });
    let (field, level) = (field.transpose()?, level.transpose()?);
    let pool = pool::pool(home)?;
    let is_wanted = |expert: &&PoolExpert| {
        field.is_none_or(|field| expert.fields.contains(&field))
            && args.unit.as_ref().is_none_or(|unit| comparable(unit) == comparable(&expert.person.unit))
            && level.is_none_or(|level| expert.rank().is_some_and(|rank| rank >= level))
    };
    let shown: Vec<&PoolExpert> = pool.experts().filter(is_wanted).collect();
    if args.json {
        let experts: Vec<Value> = shown.iter().map(|expert| expert_json(expert)).collect();
        out.json(&json!({"n_pool": pool.len(), "sha256": pool::digest(&pool)?.to_hex(), "experts": experts}));
        return Ok(());
    }
    print(&pool, &shown, out);
    Ok(())
}

fn print(pool: &Pool, shown: &[&PoolExpert], out: &mut Output) {
    let lang = out.lang();
    for expert in shown {
        let level =
            expert.rank().map_or(lang.pick("级别不明", "level not known"), |rank| rank.name(lang));
        let fields: Vec<&str> = expert.fields.iter().map(|field| field.name(lang)).collect();
        out.line(format!(
            "{} {} {} {} {}",
            cell(&expert.person.name, 10),
            cell(&expert.person.unit, 24),
            cell(&expert.title, 14),
            cell(level, if lang == Lang::Zh { 8 } else { 16 }),
            fields.join(lang.pick("、", ", "))
        ));
        for column in [Column::Ties, Column::Alliance, Column::Exception] {
            let text = expert.text(column);
            if !text.is_empty() {
                let head = format!("           {}{}", column.name(lang), lang.pick("：", ": "));
                hang(&head, &text, COLUMNS).into_iter().for_each(|line| out.line(line));
            }
        }
    }
    let (n, all) = (shown.len(), pool.len());
    out.say(&Text::new(
        format!("共 {n} 名（专家库 {all} 名）"),
        format!("{n} experts (of {all} in the pool)"),
    ));
}

fn expert_json(expert: &PoolExpert) -> Value {
    json!({
        "name": expert.person.name,
        "unit": expert.person.unit,
        "title": expert.title.as_str(),
        "level": expert.rank().map(Rank::key),
        "fields": expert.fields.iter().map(|field| field.key()).collect::<Vec<_>>(),
        "training": expert.training,
        "ties": expert.ties.iter().map(|tie| json!({"kind": tie.ground.key(), "with": tie.with})).collect::<Vec<_>>(),
        "alliance": expert.alliance,
        "county": expert.county,
        "exception": expert.exception,
    })
}
