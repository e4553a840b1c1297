//! What is said of a draw that did not come about, or of a record that does not hold.

use std::path::Path;

use crate::{
    app::failure::{Exit, Failure},
    domain::{
        edit::Member,
        pool::{
            Person,
            draw::{ALGORITHM, Disagreement, DrawError, Exclusion, MOST_SEATS},
        },
        terms::{
            clean::clean_line,
            date::Date,
            field::Field,
            lang::{Lang, Text},
        },
    },
};

/// What does not agree, in a sentence.
#[must_use]
pub fn disagreement(what: Disagreement) -> Text {
    match what {
        Disagreement::Algorithm => Text::new(
            format!("抽取规则不是 {ALGORITHM}，本程序不能复核；请使用新版本"),
            format!("it was drawn by other rules than {ALGORITHM}; a newer program can check it"),
        ),
        Disagreement::Request => {
            Text::new("人数或专业不符合记录自己的规则", "seats or fields break the record's own rule")
        }
        Disagreement::Count => Text::new(
            "可抽取的与被排除的合起来不等于专家库人数，或有人重复",
            "eligible and excluded are not the pool together, or somebody stands twice",
        ),
        Disagreement::Grounds => Text::new(
            "有人该回避而没有排除，或不该排除而被排除",
            "somebody is eligible or excluded against the record's own recusals",
        ),
        Disagreement::Order => Text::new("签号或顺序不对", "tickets or their order are wrong"),
        Disagreement::Panel => Text::new("专家组不是按这个种子抽出的", "the seed gives another panel"),
        Disagreement::Substitutes => Text::new("替补名单不对", "the seed gives other substitutes"),
    }
}

pub(crate) fn bad_order(why: Text) -> Failure {
    Failure::new(
        Exit::Usage,
        not_drawn_at_all(),
        why,
        Text::new("请看 hecha pool draw --help。", "See hecha pool draw --help."),
    )
}

pub(crate) fn empty_pool() -> Failure {
    Failure::new(
        Exit::Fixable,
        not_drawn_at_all(),
        Text::new("本机的专家库是空的。", "The pool of this laptop is empty."),
        Text::new("请先导入：hecha pool import 专家库.xlsx", "Import one first: hecha pool import pool.xlsx"),
    )
}

pub(crate) fn draw(error: &DrawError) -> Failure {
    let (why, excluded) = match error {
        DrawError::NoSeed => (Text::new("没有种子。", "There is no seed."), &[][..]),
        DrawError::NoFacility => (Text::new("机构名称是空的。", "The facility has no name."), &[][..]),
        DrawError::Size { size, min } => (
            Text::new(
                format!("专家组 {size} 人，应在 {min} 到 {MOST_SEATS} 人之间。"),
                format!("A panel has {min} to {MOST_SEATS} members, not {size}."),
            ),
            &[][..],
        ),
        DrawError::Even { size } => (
            Text::new(
                format!("专家组 {size} 人是双数，应为单数。"),
                format!("{size} is an even number of members; it should be odd."),
            ),
            &[][..],
        ),
        DrawError::TooManyFields { n_fields, size } => (
            Text::new(
                format!("要覆盖 {n_fields} 类专业，只有 {size} 席；一人占一席。"),
                format!("{n_fields} fields must be covered by {size} seats, one member each."),
            ),
            &[][..],
        ),
        DrawError::TooFew { n_eligible, size, excluded } => (
            Text::new(
                format!("可抽取的专家只有 {n_eligible} 名，不够 {size} 席。被排除的："),
                format!("Only {n_eligible} experts may be drawn for {size} seats. Excluded are:"),
            ),
            excluded.as_slice(),
        ),
        DrawError::Uncovered { fields, experts, excluded } => {
            (uncovered(fields, experts, excluded), excluded.as_slice())
        }
    };
    let next = Text::new(
        "请改人数或专业、补充专家库，或按规定放宽回避事由（--allow，会印在记录上）。",
        "Change seats or fields, add experts, or allow a ground with --allow, which the record tells.",
    );
    let details = excluded.iter().map(exclusion).collect();
    Failure::new(Exit::Fixable, not_drawn_at_all(), why, next).with_details(details)
}

fn uncovered(fields: &[Field], experts: &[Person], excluded: &[Exclusion]) -> Text {
    let names = |lang: Lang| fields.iter().map(|field| field.name(lang)).collect::<Vec<_>>();
    let who = |lang: Lang| experts.iter().map(|person| person.shown(lang)).collect::<Vec<_>>();
    let (n, list_zh, list_en) = (experts.len(), who(Lang::Zh).join("、"), who(Lang::En).join(", "));
    let (list_zh, list_en) =
        if n == 0 { Default::default() } else { (format!("（{list_zh}）"), format!(" ({list_en})")) };
    let (more_zh, more_en) = if excluded.is_empty() {
        ("", "")
    } else {
        ("被排除的同专业专家：", " Excluded of these fields are:")
    };
    Text::new(
        format!(
            "{} 要 {} 席，可抽取的专家只有 {n} 名{list_zh}。{more_zh}",
            names(Lang::Zh).join("、"),
            fields.len()
        ),
        format!(
            "{} take {} seats, and only {n} experts of them may be drawn{list_en}.{more_en}",
            names(Lang::En).join(", "),
            fields.len()
        ),
    )
}

fn exclusion(it: &Exclusion) -> Text {
    let said = |lang: Lang| {
        let reason = if it.reason.is_empty() { lang.pick("空", "empty") } else { &it.reason };
        (it.person.shown(lang), it.ground.name(lang), reason.to_owned())
    };
    let ((who, ground, reason), (who_en, ground_en, reason_en)) = (said(Lang::Zh), said(Lang::En));
    Text::new(format!("{who}：{ground}，{reason}"), format!("{who_en}: {ground_en}, {reason_en}"))
}

pub(crate) fn near(person: &Person, name: &str) -> Text {
    let (zh, en) = (person.shown(Lang::Zh), person.shown(Lang::En));
    Text::new(
        format!(
            "{zh}：“{name}”与机构名称相近而不相同，没有回避；若是同一单位，请用 --recuse 或 --exclude-unit 排除后重抽。"
        ),
        format!(
            "{en}: “{name}” is near the facility's name but not the same, so nobody was recused; if it is the same unit, draw again with --recuse or --exclude-unit."
        ),
    )
}

pub(crate) fn of_nobody(unit: &str) -> Text {
    Text::new(
        format!("专家库里没有单位“{unit}”的专家；单位名称要与专家库一致。"),
        format!("Nobody of the pool is of “{unit}”; units must be written as in the pool."),
    )
}

/// Nothing is kept of a facility on a day.
pub(crate) fn not_kept(facility: &str, day: Date) -> Failure {
    let facility = clean_line(facility);
    Failure::new(
        Exit::Fixable,
        Text::new("没有改动。", "Nothing was changed."),
        Text::new(
            format!("没有记着 {day} {facility} 的抽取。"),
            format!("No draw for {facility} on {day} is kept."),
        ),
        Text::new("请看 hecha pool draws。", "See hecha pool draws."),
    )
}

/// A draw record without the day of its visit cannot be looked at for the day.
pub(crate) fn no_day(path: &Path) -> Failure {
    let path = clean_line(&path.display().to_string());
    bad_order(Text::new(
        format!("{path} 没有写核查日期，不知道是不是同一天。"),
        format!("{path} says no day of the visit, so it is not known whether it is the same."),
    ))
}

pub(crate) fn record_exists(path: &Path) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("抽取记录没有写入。", "The draw record was not written."),
        Text::new(
            format!("{} 已经有了；抽取记录不会被覆盖。", shown(path)),
            format!("{} exists; a draw record is not overwritten.", shown(path)),
        ),
        Text::new("请换一个文件名。", "Choose another name."),
    )
}

pub(crate) fn no_record(path: &Path) -> Failure {
    Failure::new(
        Exit::Fixable,
        cannot_use(path),
        Text::new("它不是抽取记录，或已损坏。", "It is no draw record, or damaged."),
        Text::new(
            "请用 hecha pool draw --out 生成的文件。",
            "Take a file that hecha pool draw --out has made.",
        ),
    )
}

pub(crate) fn not_by_draw(path: &Path) -> Failure {
    Failure::new(
        Exit::Fixable,
        cannot_use(path),
        Text::new(
            "这次核查的专家组是指定的，没有抽取记录。",
            "The panel of this visit was named, not drawn.",
        ),
        Text::new(
            "建立核查时加 --draw 才会带上抽取记录。",
            "A visit carries a record when it is founded with --draw.",
        ),
    )
}

pub(crate) fn does_not_agree(path: &Path, found: &[Disagreement]) -> Failure {
    let is_newer = found.contains(&Disagreement::Algorithm);
    Failure::new(
        if is_newer { Exit::Fixable } else { Exit::Damaged },
        cannot_use(path),
        Text::new("重新抽取后结果不一致：", "It does not come out when it is drawn again:"),
        Text::new(
            "请向抽取的人要原来的文件，或重新抽取。",
            "Get the file as it was from whoever drew, or draw again.",
        ),
    )
    .with_details(found.iter().map(|it| disagreement(*it)).collect())
}

pub(crate) fn founding(why: Text) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("核查没有建立。", "The visit was not founded."),
        why,
        Text::new("请换用这次核查的抽取记录。", "Take the draw record of this visit."),
    )
}

pub(crate) fn not_drawn(text: &str, roster: &[Member]) -> Failure {
    let text = clean_line(text);
    let said = |lang: Lang| {
        roster
            .iter()
            .map(move |member| format!("{}:{}:{}", member.name, member.field.name(lang), member.title))
    };
    let (zh, en) = (said(Lang::Zh).collect::<Vec<_>>(), said(Lang::En).collect::<Vec<_>>());
    founding(Text::new(
        format!("“{text}”与抽取记录不符；抽出的是 {}。", zh.join("、")),
        format!("“{text}” is not as drawn; drawn were {}.", en.join(", ")),
    ))
}

fn not_drawn_at_all() -> Text {
    Text::new("没有抽取专家组。", "No panel was drawn.")
}

fn cannot_use(path: &Path) -> Text {
    let path = shown(path);
    Text::new(format!("不能使用抽取记录 {path}"), format!("Cannot use the draw record {path}"))
}

fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}
