//! The log in words: who, what, what it replaced, and what became of it. Screens use them as well, so they hold no character whose
//! width terminals disagree on.

use crate::{
    domain::{
        edit::{
            Choice, Edit, Founding, Stand,
            evidence::{EvidenceItem, size_text},
            finding::Finding,
            rectify::RectifyStep,
        },
        log::{
            Log, Subject,
            entry::{About, By, Entry, Fate, Kind},
        },
        terms::{
            clean::clean_line,
            id::{ClauseId, FeedId, PointId},
            lang::{Lang, Text},
        },
    },
    words::{self, aside, label, measure, sayings},
};

sayings! {
    title = "记录", "Log";
    counts = "有效", "counts";
    is_replaced = "已被取代", "replaced";
    before = "原为：", "before: ";
    unsynced = "未同步", "not synced";
    none = "没有记录", "nothing recorded";
    all_clauses = "全部条款", "all clauses";
    whole_visit = "整个核查", "the whole visit";
    taken_back = "收回", "taken back";
    order_told = "先后按各台电脑同步时所知；时刻是写入时那台电脑的钟，仅供参考。",
        "In the order in which the laptops can have known of each other; times are what each laptop's clock said.";
}

/// What is asked about, in words.
#[must_use]
pub fn subject(log: &Log, lang: Lang) -> String {
    let checklist = &log.founding.checklist;
    match &log.subject {
        Some(Subject::Clause(id)) => {
            let title = checklist.clause(id.as_str()).map_or("", |clause| clause.title.get(lang));
            clean_line(&format!("{id} {title}"))
        }
        Some(Subject::Gate(id)) => {
            let gate = checklist.profile.gates.iter().find(|gate| &gate.id == id);
            clean_line(&format!("{id} {}", gate.map_or("", |gate| gate.title.get(lang))))
        }
        None => whole_visit(lang).to_owned(),
    }
}

/// What is left out, a sentence each.
#[must_use]
pub fn left_out(log: &Log, lang: Lang) -> Vec<String> {
    let mut told = Vec::new();
    if !log.withheld.is_empty() {
        let ids: Vec<String> = log.withheld.iter().map(|id| clean_line(id.as_str())).collect();
        let ids = ids.join(lang.pick("、", ", "));
        told.push(
            Text::new(
                format!("因回避，定稿前不列出：{ids}。"),
                format!("Left out until the visit is final, for a recusal: {ids}."),
            )
            .said(lang),
        );
    }
    if log.n_hidden > 0 {
        let n = log.n_hidden;
        let commits = words::counted(n, "commit holds", "commits hold");
        told.push(
            Text::new(
                format!("另有 {n} 个提交包含有不能查看的评分，不列出。"),
                format!("{commits} parts of ballots that may not be shown; they are left out."),
            )
            .said(lang),
        );
    }
    told
}

/// Who recorded it, on which of several laptops.
#[must_use]
pub fn by(entry: &Entry, lang: Lang) -> String {
    let who = match &entry.by {
        By::Member(name) => clean_line(name.as_str()),
        By::Office => lang.pick("整改办公室", "the office").to_owned(),
        By::Claimant(name) => format!("{}{}", clean_line(name.as_str()), aside(label::waits(lang), lang)),
        By::Stranger => lang.pick("没有核准的电脑", "a laptop that is not admitted").to_owned(),
    };
    match entry.device {
        Some(n) => format!("{who}{}", aside(&format!("{} {n}", lang.pick("电脑", "laptop")), lang)),
        None => who,
    }
}

/// What it is about: the clause, with its point; nothing for what is about all.
#[must_use]
pub fn about(entry: &Entry, lang: Lang) -> String {
    match &entry.about {
        About::Clause(clause, Some(point)) => clean_line(&format!("{clause}.{point}")),
        About::Clause(clause, None) => clean_line(clause.as_str()),
        About::Gate(gate) => clean_line(gate.as_str()),
        About::Clauses if entry.kind == Kind::RecusalAsked || entry.kind == Kind::Recusal => {
            all_clauses(lang).to_owned()
        }
        About::Clauses | About::Visit => String::new(),
    }
}

/// What became of it.
#[must_use]
pub fn fate(entry: &Entry, lang: Lang) -> String {
    let why = match entry.fate {
        Fate::Counts => return counts(lang).to_owned(),
        Fate::Replaced => return is_replaced(lang).to_owned(),
        Fate::Void(why) => why.name(lang),
        Fate::Refused(refusal) => refusal.name(lang),
    };
    format!("{}{why}", lang.pick("不计入：", "does not count: "))
}

/// What was recorded; nothing where its kind says it all.
#[must_use]
pub fn text(log: &Log, entry: &Entry, lang: Lang) -> String {
    of_edit(log, &entry.edit, entry.kind, lang)
}

/// What it replaced.
#[must_use]
pub fn replaced(log: &Log, entry: &Entry, lang: Lang) -> Vec<String> {
    entry.replaced.iter().map(|edit| of_edit(log, edit, entry.kind, lang)).collect()
}

/// A text is told whole; where there is none, that it was taken back.
fn or_taken_back(text: Option<String>, lang: Lang) -> String {
    text.unwrap_or_else(|| taken_back(lang).to_owned())
}

fn of_edit(log: &Log, edit: &Edit, kind: Kind, lang: Lang) -> String {
    let told = |text: &str| clean_line(text);
    match edit {
        Edit::Finding { clause, point, value } => {
            or_taken_back(value.as_ref().map(|it| found(log, clause, point, it, lang)), lang)
        }
        Edit::Vote { value, .. } | Edit::ClearVote { value, .. } => {
            or_taken_back(value.as_ref().map(|it| stand(it, lang)), lang)
        }
        Edit::Note { text, .. } => {
            or_taken_back(Some(text.to_string()).filter(|text| !text.is_empty()), lang)
        }
        Edit::Evidence { value, .. } => or_taken_back(value.as_ref().map(|it| item(it, lang)), lang),
        Edit::Submit { .. } | Edit::Unseal | Edit::Close { .. } | Edit::Sign { .. } | Edit::Slot(_) => {
            String::new()
        }
        Edit::Verdict { value, .. } => or_taken_back(
            value.as_ref().map(|it| with(&words::verdict(Some(it.decision), lang), &told(&it.reason), lang)),
            lang,
        ),
        Edit::Gate { value, .. } => {
            or_taken_back(value.as_ref().map(|it| with(it.state.name(lang), &told(&it.reason), lang)), lang)
        }
        Edit::Dissent { value, .. } => or_taken_back(
            value.as_ref().map(|it| {
                let cause = it.cause.map_or("", |cause| cause.name(lang));
                let minority = if it.minority { lang.pick("少数意见", "minority opinion") } else { "" };
                joined([minority, cause, &it.text], lang)
            }),
            lang,
        ),
        Edit::Objection { value, .. } => or_taken_back(
            value.as_ref().map(|it| {
                let answer = format!("{}{}", lang.pick("答复：", "answer: "), it.answer);
                joined([it.by.as_str(), &it.text, if it.answer.is_empty() { "" } else { &answer }], lang)
            }),
            lang,
        ),
        Edit::Facility { field, value } => {
            let told = value.as_ref().map(|value| value.told(*field, lang));
            format!("{}{}{}", field.name(lang), lang.pick("：", ": "), or_taken_back(told, lang))
        }
        Edit::Final(it) => {
            let waived = it.waivers.iter().map(|waiver| {
                let kind = waiver.kind.map_or("", |kind| kind.name(lang));
                with(kind, &told(&waiver.reason), lang)
            });
            let waived: Vec<String> = waived.collect();
            let head = lang.pick("豁免：", "waived: ");
            if waived.is_empty() {
                String::new()
            } else {
                format!("{head}{}", waived.join(lang.pick("；", "; ")))
            }
        }
        Edit::Rectify { item, step } => format!("{} {}", told(item.as_str()), step_text(step, lang)),
        Edit::Unknown { kind, .. } => told(kind),
        Edit::Found(_)
        | Edit::Join { .. }
        | Edit::Deputy { .. }
        | Edit::Admit { .. }
        | Edit::JoinOffice
        | Edit::Office { .. }
        | Edit::Device { .. }
        | Edit::Retire { .. }
        | Edit::Declare(_)
        | Edit::Recuse { .. }
        | Edit::Absent { .. }
        | Edit::Plan(_)
        | Edit::Offer(_)
        | Edit::Release(_)
        | Edit::Key { .. } => of_panel(log, edit, kind, lang),
        Edit::Blind { .. } | Edit::Receipt { .. } => String::new(),
    }
}

/// What concerns the panel: who sits there, who votes on what, how the ballots are opened.
fn of_panel(log: &Log, edit: &Edit, kind: Kind, lang: Lang) -> String {
    let told = |text: &str| clean_line(text);
    match edit {
        Edit::Found(founding) => founded(founding, lang),
        Edit::Join { name, .. } | Edit::Deputy { name } => told(name.as_str()),
        Edit::Admit { name, checked, .. } => {
            let code = if *checked {
                lang.pick("已核对", "compared")
            } else {
                lang.pick("未核对", "not compared")
            };
            format!("{}{}", told(name.as_str()), aside(code, lang))
        }
        Edit::JoinOffice => lang.pick("加入", "joined").to_owned(),
        Edit::Office { .. } => lang.pick("指定", "named").to_owned(),
        Edit::Device { feed } => owner(log, feed, lang),
        Edit::Retire { feed, n } => retired(log, feed, *n, lang),
        Edit::Declare(it) if kind == Kind::RecusalAsked => told(&it.text.replace('\n', " ")),
        Edit::Declare(it) if it.text.is_empty() => label::none(lang).to_owned(),
        Edit::Declare(it) => it.text.to_string(),
        Edit::Recuse { name, reason, .. } => {
            let lifted = || lang.pick("解除回避", "lifted").to_owned();
            let why = reason.as_ref().map_or_else(lifted, |reason| told(reason));
            with(&told(name.as_str()), &why, lang)
        }
        Edit::Absent { name, reason } => {
            let back = || lang.pick("撤回", "taken back").to_owned();
            let why = reason.as_ref().map_or_else(back, |reason| told(reason));
            with(&told(name.as_str()), &why, lang)
        }
        Edit::Plan(plan) => words::plan::told(plan.as_deref(), lang),
        Edit::Offer(offer) => {
            let (need, n) = (offer.need, offer.seats.len());
            let zh = format!("密钥分给 {n} 席，{need} 席可以打开");
            Text::new(zh, format!("key shared out over {n} seats, any {need} open it")).said(lang)
        }
        Edit::Release(release) => {
            let n = release.number;
            let owner = log.offers.get(&release.offer).map_or("", |name| name.as_str());
            let whose = aside(&clean_line(owner), lang);
            let told =
                Text::new(format!("交出第 {n} 份密钥"), format!("share {n} of the key given")).said(lang);
            if owner.is_empty() { told } else { format!("{told}{whose}") }
        }
        Edit::Key { .. } => lang.pick("交出密钥", "key given").to_owned(),
        _ => String::new(),
    }
}

fn founded(founding: &Founding, lang: Lang) -> String {
    let title = founding.checklist.profile.title.get(lang);
    let date = founding.date.to_string();
    joined(
        [clean_line(&founding.facility).as_str(), founding.stage.name(lang), &date, &clean_line(title)],
        lang,
    )
}

fn owner(log: &Log, feed: &FeedId, lang: Lang) -> String {
    match log.seats.get(feed) {
        Some(name) => clean_line(name.as_str()),
        None => lang.pick("没有核准的电脑", "a laptop that is not admitted").to_owned(),
    }
}

fn retired(log: &Log, feed: &FeedId, n: u64, lang: Lang) -> String {
    let kept = match (n, lang) {
        (0, _) => lang.pick("全部不计入", "nothing of it counts").to_owned(),
        (n, Lang::Zh) => format!("保留到第 {n} 个提交包"),
        (n, Lang::En) => format!("kept up to its commit {n}"),
    };
    with(&owner(log, feed, lang), &kept, lang)
}

fn found(log: &Log, clause: &ClauseId, point: &PointId, finding: &Finding, lang: Lang) -> String {
    let checklist = &log.founding.checklist;
    let asked = checklist.clause(clause.as_str()).and_then(|clause| clause.point(point.as_str()));
    let list = asked.and_then(|point| checklist.list(point.measure.list()?.as_str()));
    measure::told(finding, list, lang)
}

fn stand(stand: &Stand, lang: Lang) -> String {
    let choice = match stand.choice {
        Choice::Grade(grade) => grade.to_string(),
        choice => words::position(choice.into(), lang),
    };
    with(&choice, &clean_line(&stand.reason), lang)
}

fn item(item: &EvidenceItem, lang: Lang) -> String {
    joined([clean_line(&item.name).as_str(), &size_text(item.size), &clean_line(&item.caption)], lang)
}

fn step_text(step: &RectifyStep, lang: Lang) -> String {
    let day =
        |day: Option<crate::domain::terms::date::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let more = match step {
        RectifyStep::Open(problem) => problem.text.to_string(),
        RectifyStep::Plan(plan) => joined([&plan.goal, plan.person.as_str(), &day(plan.deadline)], lang),
        RectifyStep::Submit(it) => {
            let names: Vec<&str> = it.proof.iter().map(|proof| proof.item.name.as_str()).collect();
            let files = names.join(lang.pick("、", ", "));
            joined([it.by.as_str(), &it.date.to_string(), &it.text, &clean_line(&files)], lang)
        }
        RectifyStep::Close(it) => joined([it.date.to_string().as_str(), &it.remark], lang),
        RectifyStep::Reopen { reason } | RectifyStep::Strike { reason } => reason.to_string(),
    };
    with(step.name(lang), &more, lang)
}

/// A thing with what is said of it in brackets, if anything is.
fn with(head: &str, more: &str, lang: Lang) -> String {
    if more.is_empty() { head.to_owned() } else { format!("{head}{}", aside(more, lang)) }
}

fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(lang.pick("，", ", "))
}
