//! `hecha fsck`: the verdict first, then what was looked at, last what to do next.

mod words;

use std::path::PathBuf;

use clap::Args;
use unicode_width::UnicodeWidthStr;

use crate::{
    app::{
        ending::signing::record_code,
        failure::Failure,
        fsck::{BadLineReport, FeedReport, Fsck, OtherFile, fsck},
        home::Home,
    },
    cli::{help::Help, output::Output},
    domain::terms::{
        id::MemberName,
        lang::{Lang, Text},
    },
    words::wrap::{COLUMNS, cell, hang},
};

/// Rows of one kind that are shown; a flood of them is counted. `--json` lists more.
const SHOWN: usize = 20;
/// Cells of the column of names.
const NAME: usize = 14;

#[derive(Debug, Args)]
pub(crate) struct FsckArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "检查共享文件，不改动它。退出码：0 完好 · 1 下次同步会修好 · 3 被改动或丢失 · 4 需要人处理",
        "Check a shared file without changing it. Exit code: 0 clean, 1 the next sync repairs it, 3 changed or lost, 4 needs a person",
    ))
    .argument("file", Text::new("共享文件；没有加入的也可以", "Shared file, of a visit joined or not"))
    .json()
}

pub(crate) fn run(args: FsckArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let report = fsck(home, &args.file, out.lang())?;
    out.exit_with(report.health().exit_code());
    if args.json {
        out.json(&report.json());
        return Ok(());
    }
    let lang = out.lang();
    out.line(words::verdict(&report).get(lang));
    for finding in &report.findings {
        say("  - ", &words::finding(*finding), out);
    }
    let sections = [
        (Text::new("核查", "visit"), visit(&report, lang)),
        (Text::new("核查记录", "record"), record(&report)),
        (Text::new("文件", "file"), vec![file_line(&report, lang)]),
        (Text::new("坏行", "bad lines"), rows(&report.bad_lines, |line| bad_line(&report, line, lang), lang)),
        (Text::new("提交链", "chains"), rows(&report.feeds, |feed| chain(feed, lang), lang)),
        (Text::new("名单", "roster"), roster(&report, lang)),
        (Text::new("评分", "cells"), cells(&report, lang)),
        (
            Text::new("冲突", "conflicts"),
            rows(&report.conflicts, |(name, about)| format!("{name} {about}"), lang),
        ),
        (Text::new("未公开", "sealed"), sealed(&report, lang)),
        (Text::new("副本", "others"), others(&report, lang)),
        (Text::new("残留", "leftovers"), rows(&report.leftovers, Clone::clone, lang)),
        (Text::new("隔离", "set aside"), quarantine(&report, lang)),
        (
            Text::new("时钟", "clocks"),
            rows(&report.clocks, |it| words::clock(it, &report.name_of(&it.feed)).get(lang).to_owned(), lang),
        ),
        (Text::new("本机", "laptop"), vec![words::laptop(&report).get(lang).to_owned()]),
    ];
    let told = sections.iter().filter(|(_, rows)| !rows.is_empty());
    let width = told.clone().map(|(title, _)| title.get(lang).width()).max().unwrap_or(0) + 2;
    for (title, rows) in told {
        let label = cell(title.get(lang), width);
        for (index, row) in rows.iter().enumerate() {
            let first = if index == 0 { label.clone() } else { " ".repeat(width) };
            out.line(hang(&first, row, COLUMNS).join("\n"));
        }
    }
    for (index, next) in words::next(&report).iter().enumerate() {
        let label = lang.pick("下一步：", "next: ");
        say(&if index == 0 { label.to_owned() } else { " ".repeat(label.width()) }, next, out);
    }
    Ok(())
}

fn say(first: &str, text: &Text, out: &mut Output) {
    out.line(hang(first, text.get(out.lang()), COLUMNS).join("\n"));
}

/// At most [`SHOWN`] rows, and how many more there are.
fn rows<T>(list: &[T], row: impl Fn(&T) -> String, lang: Lang) -> Vec<String> {
    let mut shown: Vec<String> = list.iter().take(SHOWN).map(row).collect();
    if let Some(more) = list.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        shown.push(Text::new(format!("…… 还有 {more}"), format!("… and {more} more")).get(lang).to_owned());
    }
    shown
}

fn visit(report: &Fsck, lang: Lang) -> Vec<String> {
    let Some(founding) = &report.founding else { return Vec::new() };
    vec![format!("{} · {} · {}", founding.facility, founding.stage.name(lang), founding.date)]
}

/// What stands on the paper that members sign: the code that is read out, and the whole digest.
fn record(report: &Fsck) -> Vec<String> {
    report.record.iter().flat_map(|record| [record_code(record), record.to_hex()]).collect()
}

fn file_line(report: &Fsck, lang: Lang) -> String {
    let mut parts = vec![words::class(report.class).get(lang).to_owned()];
    if report.n_valid + report.n_bad > 0 {
        parts.push(words::footer(report.footer).get(lang).to_owned());
        parts.push(format!("{} {}", report.n_valid, lang.pick("行有效", "valid lines")));
        parts.push(format!("{} {}", report.n_bad, lang.pick("行坏", "bad")));
    }
    if report.n_lacking > 0 {
        parts.push(format!("{} {}", lang.pick("缺现有的提交", "lacks commits at hand:"), report.n_lacking));
    }
    if report.me.is_some() && report.n_new > 0 {
        parts.push(format!("{} {}", lang.pick("对本机是新的", "new to this laptop:"), report.n_new));
    }
    parts.join(" · ")
}

fn bad_line(report: &Fsck, line: &BadLineReport, lang: Lang) -> String {
    let name = line.feed.as_ref().map_or_else(|| "?".to_owned(), |feed| report.name_of(feed));
    let n = line.n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    format!(
        "{} {}  {}  {}  {}",
        lang.pick("第", "line"),
        cell(&format!("{}{}", line.number, lang.pick(" 行", "")), lang.pick("      ", "    ").len()),
        cell(&format!("{name} #{n}"), NAME + 3),
        words::fault(line.fault).get(lang),
        words::at_hand(line).get(lang),
    )
}

fn chain(feed: &FeedReport, lang: Lang) -> String {
    let name = feed.member.clone().unwrap_or_else(|| feed.feed.to_string());
    let mut parts = vec![
        format!("{} #{}", cell(&name, NAME), feed.n),
        words::standing(feed.standing).get(lang).to_owned(),
    ];
    if feed.n_missing > 0 {
        let runs: Vec<String> = feed.gaps.iter().take(SHOWN).map(|run| words::run(*run)).collect();
        parts.push(format!("{} {}", lang.pick("缺", "lacks"), runs.join(" ")).trim_end().to_owned());
    }
    if feed.n_lost > 0 {
        parts.push(format!("{} {}", lang.pick("找不到", "lost"), feed.n_lost));
    }
    if !feed.forks.is_empty() {
        let places: Vec<String> = feed.forks.iter().take(SHOWN).map(|n| format!("#{n}")).collect();
        parts.push(format!("{} {}", lang.pick("分叉", "forked at"), places.join(" ")));
    }
    if let Some(received) = feed.received {
        parts.push(format!("{} #{received}", lang.pick("组长已收到", "received by the lead to")));
    }
    parts.join(" · ")
}

fn roster(report: &Fsck, lang: Lang) -> Vec<String> {
    if report.founding.is_none() {
        return Vec::new();
    }
    let roster = &report.roster;
    let list = |title: Text, names: &[MemberName]| {
        let names: Vec<&str> = names.iter().map(MemberName::as_str).collect();
        (!names.is_empty()).then(|| format!("{}{}", title.get(lang), names.join(lang.pick("、", ", "))))
    };
    let mut told: Vec<String> = [
        list(Text::new("已确认：", "admitted: "), &roster.admitted),
        list(Text::new("身份未核对：", "identity not checked: "), &roster.provisional),
        list(Text::new("未加入：", "not joined: "), &roster.absent),
    ]
    .into_iter()
    .flatten()
    .collect();
    let pending = |(feed, name): &(_, MemberName)| {
        format!("{}{name} ({feed})", lang.pick("待组长确认：", "waits for the lead: "))
    };
    told.extend(rows(&roster.pending, pending, lang));
    told.extend(rows(
        &report.unknown_feeds,
        |feed| format!("{}{feed}", lang.pick("无法验证的来源：", "nobody can vouch for: ")),
        lang,
    ));
    told
}

fn cells(report: &Fsck, lang: Lang) -> Vec<String> {
    let scored = lang.pick("已评", "scored");
    let empty = lang.pick("未评", "empty");
    let conflicts = lang.pick("冲突", "conflicts");
    rows(
        &report.cells,
        |it| {
            let name = cell(it.name.as_str(), NAME);
            format!(
                "{name} {scored} {} · {empty} {} · {conflicts} {}",
                it.n_scored, it.n_empty, it.n_conflicts
            )
        },
        lang,
    )
}

fn sealed(report: &Fsck, lang: Lang) -> Vec<String> {
    let unit = lang.pick("个提交，已加密", "sealed");
    rows(&report.sealed, |(name, n)| format!("{} {n} {unit}", cell(name, NAME)), lang)
}

fn others(report: &Fsck, lang: Lang) -> Vec<String> {
    let row = |it: &OtherFile| {
        let news = format!("{} {}", lang.pick("有本文件没有的提交", "commits this file lacks:"), it.n_news);
        let class = words::class(it.class).get(lang).to_owned();
        let bad = format!("{} {}", it.n_bad, lang.pick("行坏", "bad lines"));
        let parts = [Some(&class), (it.n_bad > 0).then_some(&bad), (it.n_news > 0).then_some(&news)];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        format!("{}{}{}", it.name, lang.pick("：", ": "), parts.join(" · "))
    };
    let mut told = rows(&report.others, row, lang);
    if report.crowded {
        told.push(
            lang.pick("文件夹里文件太多，没有逐个查看", "too many files in the folder to look at each")
                .to_owned(),
        );
    }
    told
}

fn quarantine(report: &Fsck, lang: Lang) -> Vec<String> {
    let unit = lang.pick("行", "lines");
    rows(&report.quarantine, |(reason, n)| format!("{n} {unit} · {}", words::reason(reason).get(lang)), lang)
}
