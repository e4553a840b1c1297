//! `hecha pool draw` and `redraw`: a panel by a published seed, and whether a record holds.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        pool::draw::{self, DrawOrder, PoolAgrees, Redrawn},
        visit::drawn::record_at,
    },
    cli::{
        args::pool::DrawArgs,
        output::Output,
        wrap::{COLUMNS, cell, hang},
    },
    domain::{
        pool::draw::{DrawRecord, Exclusion},
        terms::lang::{Lang, Text},
    },
};

pub(crate) fn draw(args: DrawArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
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
    };
    let drawn = draw::draw(home, &order)?;
    if let Some(path) = &args.out {
        draw::write_record(path, &drawn.record)?;
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
        out.say(format!("抽取记录：{path}"), format!("Draw record: {path}"));
    }
    Ok(())
}

pub(crate) fn redraw(path: &Path, as_json: bool, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let redrawn = draw::redraw(home, record_at(home, path)?)?;
    match redrawn.agrees() {
        Some(true) => {}
        Some(false) => out.exit_with(Exit::Damaged as u8),
        None => out.exit_with(Exit::Fixable as u8),
    }
    if as_json {
        out.json(&redrawn_json(&redrawn));
        return Ok(());
    }
    print(&redrawn.record, out);
    for what in &redrawn.disagreements {
        let Text { zh, en } = draw::disagreement(*what);
        match redrawn.agrees() {
            None => out.say(format!("不能复核：{zh}"), format!("Not checked: {en}")),
            Some(_) => out.say(format!("不一致：{zh}"), format!("Does not agree: {en}")),
        }
    }
    if redrawn.agrees().is_some() {
        say_pool(redrawn.pool, out);
    }
    if redrawn.agrees() == Some(true) {
        out.say("重新抽取，结果一致", "Drawn again: it agrees");
    }
    Ok(())
}

fn say_pool(pool: PoolAgrees, out: &mut Output) {
    match pool {
        PoolAgrees::Same => out.say(
            "专家库与本机的相同，从专家库重新抽取也一致",
            "This laptop has the same pool, and drawing from it agrees",
        ),
        PoolAgrees::Differs => out.say(
            "不一致：专家库与本机的相同，从专家库重新抽取结果不同",
            "Does not agree: this laptop has the same pool, and drawing from it gives something else",
        ),
        PoolAgrees::Other => out.say(
            "本机没有抽取时的专家库，只按记录里的名单复核",
            "This laptop does not have that pool; the record's own list was drawn from again",
        ),
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

fn print(record: &DrawRecord, out: &mut Output) {
    let (lang, request) = (out.lang(), &record.request);
    let mut line = |text: String| hang("", &text, COLUMNS).into_iter().for_each(|line| out.line(line));
    line(format!("{} · {} · {}", request.facility, request.drawn_on, record.algorithm));
    line(format!("{}{}", lang.pick("种子：", "Seed: "), request.seed));
    let (n_pool, n_eligible, n_excluded) = (record.n_pool, record.eligible.len(), record.n_excluded());
    line(match lang {
        Lang::Zh => format!("专家库 {n_pool} 名，可抽取 {n_eligible} 名，排除 {n_excluded} 名"),
        Lang::En => format!("Pool of {n_pool} experts: {n_eligible} may be drawn, {n_excluded} may not"),
    });
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
        let names = if names.is_empty() {
            lang.pick("无", "none").to_owned()
        } else {
            names.join(lang.pick("、", ", "))
        };
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
