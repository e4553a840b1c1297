//! `hecha pool …`: the experts of this laptop, in and out.

pub(crate) mod draw;

use serde_json::{Value, json};

use crate::{
    app::{failure::Failure, files::existing::Existing, home::Home, pool},
    cli::{
        args::pool::{PoolCommand, PoolListArgs},
        output::Output,
        wrap::{COLUMNS, cell, hang},
        wrong_usage,
    },
    domain::{
        pool::{Column, Policy, Pool, PoolExpert, Rank, comparable},
        terms::{
            field::Field,
            lang::{Lang, Text},
        },
    },
};

pub(crate) fn run(command: PoolCommand, home: &Home, out: &mut Output) -> Result<(), Failure> {
    match command {
        PoolCommand::Import { path, replace, keep } => {
            let policy = match (replace, keep) {
                (true, _) => Policy::Replace,
                (false, true) => Policy::Keep,
                (false, false) => Policy::Ask,
            };
            say_imported(&pool::import(home, &path, policy)?, out);
            Ok(())
        }
        PoolCommand::List(args) => list(&args, home, out),
        PoolCommand::Export { path, empty, replace } => {
            let part = if empty { pool::Part::Headers } else { pool::Part::Experts };
            let existing = if replace { Existing::Replace } else { Existing::Keep };
            let n = pool::export(home, &path, part, existing)?;
            let path = path.display();
            out.say(format!("已导出 {n} 名专家：{path}"), format!("Exported {n} experts: {path}"));
            Ok(())
        }
        PoolCommand::Remove { name, unit } => remove(home, &name, unit.as_deref(), out),
        PoolCommand::Draw(args) => draw::draw(args, home, out),
        PoolCommand::Redraw { path, json } => draw::redraw(&path, json, home, out),
    }
}

fn say_imported(done: &pool::Imported, out: &mut Output) {
    let pool::Imported { n_added, n_replaced, n_kept, n_same, n_pool, ignored } = done;
    out.say(
        format!("新增 {n_added} 名，更新 {n_replaced} 名，保留本机内容 {n_kept} 名，相同 {n_same} 名；专家库现有 {n_pool} 名"),
        format!("Added {n_added}, replaced {n_replaced}, kept as here {n_kept}, the same {n_same}; the pool has {n_pool} experts"),
    );
    if !ignored.is_empty() {
        out.note(&Text::new(
            format!("这些栏目没有导入：{}", ignored.join("、")),
            format!("These columns were not imported: {}", ignored.join(", ")),
        ));
    }
}

fn remove(home: &Home, name: &str, unit: Option<&str>, out: &mut Output) -> Result<(), Failure> {
    let (expert, file) = pool::remove(home, name, unit)?;
    let text = String::from_utf8_lossy(&file).into_owned();
    for line in text.trim_start_matches('\u{feff}').lines() {
        out.line(line);
    }
    let (zh, en) = (expert.person.shown(Lang::Zh), expert.person.shown(Lang::En));
    out.note(&Text::new(
        format!("已从专家库移除 {zh}。要放回：把上面输出的内容存成 .csv，再用 hecha pool import 导入。"),
        format!(
            "Removed {en} from the pool. To undo: save what was printed as .csv and hecha pool import it."
        ),
    ));
    Ok(())
}

fn list(args: &PoolListArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let field = args.field.as_deref().map(|text| {
        Field::parse(text).ok_or_else(|| {
            let all: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
            let all = all.join("、");
            wrong_usage(&format!("--field 应是 {all} 之一。"), &format!("--field should be one of {all}."))
        })
    });
    let level = args.title.as_deref().map(|text| {
        Rank::parse(text).ok_or_else(|| {
            wrong_usage(
                "--title 应是 初级、中级、副高、正高 之一。",
                "--title should be one of junior, intermediate, associate senior, senior.",
            )
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
    out.say(format!("共 {n} 名（专家库 {all} 名）"), format!("{n} experts (of {all} in the pool)"));
}

fn expert_json(expert: &PoolExpert) -> Value {
    json!({
        "name": expert.person.name,
        "unit": expert.person.unit,
        "title": expert.title,
        "level": expert.rank().map(Rank::key),
        "fields": expert.fields.iter().map(|field| field.key()).collect::<Vec<_>>(),
        "training": expert.training,
        "ties": expert.ties.iter().map(|tie| json!({"kind": tie.ground.key(), "with": tie.with})).collect::<Vec<_>>(),
        "alliance": expert.alliance,
        "county": expert.county,
        "exception": expert.exception,
    })
}
