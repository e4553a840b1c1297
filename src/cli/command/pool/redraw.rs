//! `hecha pool redraw`: draws a record again and says whether it holds.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        pool::draw::{self, PoolAgrees, Redrawn},
        visit::drawn::record_at,
    },
    cli::{command::pool::draw::print, help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct RedrawArgs {
    #[arg(value_name = "RECORD|FILE")]
    path: PathBuf,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "按记录重新抽取，看结果是否一致。退出码：0 一致 · 1 不能复核 · 3 不一致",
        "Draw a record again and say whether it agrees. Exit code: 0 it does, 1 cannot be checked, 3 it does not",
    ))
    .argument(
        "path",
        Text::new("抽取记录，或带有记录的共享文件", "Draw record, or a shared file that carries one"),
    )
    .json()
}

pub(crate) fn run(args: RedrawArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let redrawn = draw::redraw(home, record_at(home, &args.path)?)?;
    match redrawn.agrees() {
        Some(true) => {}
        Some(false) => out.exit_with(Exit::Damaged as u8),
        None => out.exit_with(Exit::Fixable as u8),
    }
    if args.json {
        out.json(&redrawn_json(&redrawn));
        return Ok(());
    }
    print(&redrawn.record, out);
    for what in &redrawn.disagreements {
        let Text { zh, en } = draw::disagreement(*what);
        match redrawn.agrees() {
            None => out.say(&Text::new(format!("不能复核：{zh}"), format!("Not checked: {en}"))),
            Some(_) => out.say(&Text::new(format!("不一致：{zh}"), format!("Does not agree: {en}"))),
        }
    }
    if redrawn.agrees().is_some() {
        say_pool(redrawn.pool, out);
    }
    if redrawn.agrees() == Some(true) {
        out.say(&Text::new("重新抽取，结果一致", "Drawn again: it agrees"));
    }
    Ok(())
}

fn say_pool(pool: PoolAgrees, out: &mut Output) {
    match pool {
        PoolAgrees::Same => out.say(&Text::new(
            "专家库与本机的相同，从专家库重新抽取也一致",
            "This laptop has the same pool, and drawing from it agrees",
        )),
        PoolAgrees::Differs => out.say(&Text::new(
            "不一致：专家库与本机的相同，从专家库重新抽取结果不同",
            "Does not agree: this laptop has the same pool, and drawing from it gives something else",
        )),
        PoolAgrees::Other => out.say(&Text::new(
            "本机没有抽取时的专家库，只按记录里的名单复核",
            "This laptop does not have that pool; the record's own list was drawn from again",
        )),
    }
}

fn redrawn_json(redrawn: &Redrawn) -> Value {
    let said = redrawn.disagreements.iter().map(|it| {
        let Text { zh, en } = draw::disagreement(*it);
        json!({"zh": zh, "en": en})
    });
    json!({
        "agrees": redrawn.agrees(),
        "disagreements": said.collect::<Vec<_>>(),
        "pool": match redrawn.pool {
            PoolAgrees::Other => "other",
            PoolAgrees::Same => "same",
            PoolAgrees::Differs => "differs",
        },
        "record": draw::to_json(&redrawn.record),
    })
}
