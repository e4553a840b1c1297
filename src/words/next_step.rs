//! The next step of the exchange in one sentence.

use crate::{
    domain::{
        ending::next_step::{NextStep, ShutBallot, Why},
        terms::{
            clean::clean_line,
            id::{ClauseId, MemberName},
            lang::Lang,
        },
    },
    words::counted,
};

/// Whose laptop must see the shared file next, and why. Who reads it is spoken to.
#[must_use]
pub fn next_step(step: &NextStep, own: Option<&MemberName>, lang: Lang) -> String {
    Told { own, lang, in_short: false }.step(step)
}

/// The same where there is one line for it: of several people one, and how many there are.
#[must_use]
pub fn next_step_in_short(step: &NextStep, own: Option<&MemberName>, lang: Lang) -> String {
    Told { own, lang, in_short: true }.step(step)
}

fn ids(clauses: &[ClauseId], lang: Lang) -> String {
    let ids: Vec<String> = clauses.iter().map(|id| clean_line(id.as_str())).collect();
    ids.join(lang.pick("、", ", "))
}

/// To whom it is told, and how.
#[derive(Clone, Copy)]
struct Told<'a> {
    own: Option<&'a MemberName>,
    lang: Lang,
    in_short: bool,
}

impl Told<'_> {
    fn step(self, step: &NextStep) -> String {
        let lang = self.lang;
        let who = match &step.why {
            Why::StepIn(_) | Why::Admit(_) | Why::Close | Why::Late(_) | Why::Decide(_) | Why::Finalize => {
                self.one_of(&step.who)
            }
            // Who does the lead's work goes last, and is not asked first for reading it.
            Why::Seal(chair) | Why::Sign(chair) if self.own.is_some_and(|own| chair.contains(own)) => {
                self.in_order(&step.who)
            }
            Why::Sync
            | Why::Join(_)
            | Why::Seal(_)
            | Why::Open(..)
            | Why::Vote(_)
            | Why::Sign(_)
            | Why::Nothing => self.listed(&step.who),
        };
        let text = match (&step.why, lang) {
            (Why::Sync, Lang::Zh) => "本机同步，本机的记录还没有写入共享文件".to_owned(),
            (Why::Sync, Lang::En) => "sync this laptop: what it holds is not in the shared file".to_owned(),
            (Why::Join(chair), _) => self.joining(&who, chair),
            (Why::StepIn(named), Lang::Zh) => {
                let wait = self.unless_short("（抽取时排在最前的同专业专家；不来的不必等）");
                format!("{who}通知替补 {}加入{wait}", self.listed(named))
            }
            (Why::StepIn(named), Lang::En) => {
                let wait =
                    self.unless_short(" (first of the field in the draw; wait for nobody who does not come)");
                format!("{who} to call the substitute {} to join{wait}", self.listed(named))
            }
            (Why::Admit(claimed), Lang::Zh) => format!("{who}核准 {}的电脑", self.listed(claimed)),
            (Why::Admit(claimed), Lang::En) => {
                format!("{who} to admit the laptop of {}", self.listed(claimed))
            }
            (Why::Seal(chair), Lang::Zh) => {
                let why = self.unless_short("（还没有封存，或封存没有到本机）");
                format!("{who}提交并同步{why}{}", self.then(step, chair, "结束评分"))
            }
            (Why::Seal(chair), Lang::En) => {
                let why = self.unless_short(" (not sealed, or no seal has come here)");
                format!("{who} to submit and sync{why}{}", self.then(step, chair, "close scoring"))
            }
            (Why::Close, Lang::Zh) => format!("{who}同步后结束评分（评分包都已封存）"),
            (Why::Close, Lang::En) => format!("{who} to sync and close scoring (all ballots are sealed)"),
            (Why::Open(shut, last), _) => self.opening(shut, last),
            (Why::Late(of), Lang::Zh) => format!("{who}补入 {}迟到的封存，否则不计票", self.listed(of)),
            (Why::Late(of), Lang::En) => {
                format!("{who} to add the late seal of {}, or it does not count", self.listed(of))
            }
            (Why::Decide(n), Lang::Zh) => format!("{who}作结论，未定 {n} 项（有争议的可先合议表决）"),
            (Why::Decide(n), Lang::En) => {
                let open = counted(*n, "clause or gate", "clauses and gates");
                format!("{who} to decide {open} (disputed ones: vote in the clear)")
            }
            (Why::Vote(clauses), Lang::Zh) => {
                format!("{who}对机构异议的 {} 合议表决并同步", ids(clauses, lang))
            }
            (Why::Vote(clauses), Lang::En) => {
                format!("{who} to vote in the clear on {}, objected to, and sync", ids(clauses, lang))
            }
            (Why::Sign(chair), Lang::Zh) if chair.is_empty() => format!("{who}签字并同步"),
            (Why::Sign(chair), Lang::En) if chair.is_empty() => format!("{who} to sign and sync"),
            (Why::Sign(chair), Lang::Zh) => {
                let how = self.unless_short("（不同意见先写好；不来的不必等）");
                format!("{who}签字并同步{how}{}", self.then(step, chair, "定稿"))
            }
            (Why::Sign(chair), Lang::En) => {
                let how = self.unless_short(" (say first why you differ; wait for nobody who does not come)");
                format!("{who} to sign and sync{how}{}", self.then(step, chair, "make it final"))
            }
            (Why::Finalize, Lang::Zh) => format!("{who}定稿（都已签字）"),
            (Why::Finalize, Lang::En) => format!("{who} to make the visit final (all have signed)"),
            (Why::Nothing, Lang::Zh) => return "已定稿，都已签字".to_owned(),
            (Why::Nothing, Lang::En) => return "Final and signed by all".to_owned(),
        };
        format!("{}{text}", lang.pick("下一步：", "Next: "))
    }

    /// One admission of all spares the lead's laptop visits of the shared file.
    fn joining(self, who: &str, chair: &[MemberName]) -> String {
        let chair = self.one_of_within(chair);
        match self.lang {
            Lang::Zh => {
                let wait = self.unless_short("（不来的不必等）");
                format!("{who}打开共享文件加入，都加入后{chair}一起核准{wait}")
            }
            Lang::En => {
                let how =
                    self.unless_short(" (they open the shared file; wait for nobody who does not come)");
                format!("{who} to join{how}, then {chair} to admit all at once")
            }
        }
    }

    /// Which laptops open which ballots. Ballots that want the same are told together; of several kinds the first, and how many
    /// more there are.
    fn opening(self, shut: &[ShutBallot], last: &[MemberName]) -> String {
        let Some(first) = shut.first() else { return String::new() };
        let is_alike = |it: &&ShutBallot| {
            (it.need, it.lacks_records, it.n_missing, &it.givers)
                == (first.need, first.lacks_records, first.n_missing, &first.givers)
        };
        let (alike, others): (Vec<_>, Vec<_>) = shut.iter().partition(is_alike);
        let owners: Vec<MemberName> = alike.iter().map(|it| it.of.clone()).collect();
        let (owners, givers) = (self.listed(&owners), self.listed(&first.givers));
        let n = first.n_missing;
        // With fewer givers than shares are missing only the members themselves open them.
        let by_shares = first.need.filter(|_| first.givers.len() >= n);
        if let ([one], true, 2..) = (shut, by_shares.is_some(), n) {
            return self.opening_alone(&one.of, &givers, n);
        }
        let last: Vec<MemberName> = last.iter().filter(|it| first.givers.contains(it)).cloned().collect();
        let mut text = match (by_shares, self.lang) {
            (Some(need), Lang::Zh) => {
                let last = match n {
                    _ if last.is_empty() => String::new(),
                    1 => format!("，最好是{}", self.one_of_within(&last).trim_end()),
                    _ => format!("，最后插{}", self.one_of_within(&last).trim_end()),
                };
                let again = if self.in_short {
                    format!("再插 {n} 台")
                } else {
                    format!("再有 {n} 台电脑同步")
                };
                let need = self.unless_short(&format!("（须 {need} 席）"));
                format!("{again}（{givers}中任意{last}），打开 {owners}的评分{need}")
            }
            (Some(need), Lang::En) => {
                let last = match n {
                    _ if last.is_empty() => String::new(),
                    1 => format!(", best {}", self.one_of(&last)),
                    _ => format!(", {} last", self.one_of(&last)),
                };
                let need = self.unless_short(&format!(" ({need} seats open them)"));
                let laptops = counted(n, "laptop", "laptops");
                let ballots = self.unless_short("the ballots of ");
                let any = if self.in_short && !last.is_empty() {
                    String::new()
                } else {
                    format!(", any of {givers}")
                };
                format!("{laptops} more to sync{any}{last}, to open {ballots}{owners}{need}")
            }
            (None, Lang::Zh) if first.lacks_records => format!("{owners}同步，评分的记录没有到齐"),
            (None, Lang::En) if first.lacks_records => {
                format!("{owners} to sync: not all records of the ballot have come")
            }
            (None, Lang::Zh) => format!("{owners}本人同步，评分只有本人的电脑能打开"),
            (None, Lang::En) => format!("{owners} to sync: only the own laptop opens the ballot"),
        };
        if !others.is_empty() {
            let n = others.len();
            text.push_str(&match self.lang {
                Lang::Zh => format!("；另有 {n} 份未打开"),
                Lang::En => format!("; {} shut", counted(n, "more ballot is", "more ballots are")),
            });
        }
        text
    }

    /// A single ballot that wants several shares: the own laptop opens it alone.
    fn opening_alone(self, owner: &MemberName, givers: &str, n: usize) -> String {
        let owner = self.listed(std::slice::from_ref(owner));
        match self.lang {
            Lang::Zh => {
                let any = self.unless_short(&format!("（{givers}中）"));
                format!("{owner}同步，打开本人的评分；不来的话任意 {n} 台也可以{any}")
            }
            Lang::En => {
                let any = self.unless_short(&format!(" of {givers}"));
                format!("{owner} to sync, to open the own ballot; else any {n} laptops{any}")
            }
        }
    }

    /// Who does the lead's work after that: best the last one, in the same visit of the shared file; and who else can, for a laptop
    /// that died holds up nobody.
    fn then(self, step: &NextStep, chair: &[MemberName], work: &str) -> String {
        let Some(last) = step.who.last().filter(|last| chair.contains(last)) else {
            return match self.lang {
                Lang::Zh => format!("，然后{}{work}", self.one_of_within(chair)),
                Lang::En => format!(", then {} to {work}", self.one_of(chair)),
            };
        };
        let others: Vec<MemberName> = chair.iter().filter(|it| *it != last).cloned().collect();
        let last = std::slice::from_ref(last);
        let text = match self.lang {
            Lang::Zh if step.who.len() == 1 => format!("，随即{work}"),
            Lang::Zh => format!("，{}最后并随即{work}", self.one_of(last)),
            Lang::En if step.who.len() == 1 => format!(", and to {work} at once"),
            Lang::En => format!(", {} last, to {work} at once", self.one_of(last)),
        };
        let has_room = !self.in_short || step.who.len() == 1;
        match self.lang {
            _ if others.is_empty() || !has_room => text,
            Lang::Zh => format!("{text}（{}也可以）", self.one_of(&others)),
            Lang::En => format!("{text} ({} can as well)", self.one_of(&others)),
        }
    }

    fn unless_short(self, text: &str) -> String {
        if self.in_short { String::new() } else { text.to_owned() }
    }

    /// Any one of them: the lead, or a deputy. Where there is little room, the one that is nearest.
    fn one_of(self, names: &[MemberName]) -> String {
        let is_own = |name: &&MemberName| self.own == Some(*name);
        if let (true, Some(one)) = (self.in_short, names.iter().find(is_own).or(names.first())) {
            return self.listed(std::slice::from_ref(one));
        }
        self.joined(names, self.lang.pick("或", " or "))
    }

    /// Any one of them, behind other words.
    fn one_of_within(self, names: &[MemberName]) -> String {
        let names = self.one_of(names);
        // A name that is not set apart runs into the words beside it.
        let gap = if self.lang == Lang::Zh && !names.starts_with('您') { " " } else { "" };
        format!("{gap}{names}")
    }

    /// Names in a row, whoever reads them first.
    fn listed(self, names: &[MemberName]) -> String {
        self.joined(names, self.lang.pick("、", ", "))
    }

    /// Names in a row as they stand.
    fn in_order(self, names: &[MemberName]) -> String {
        let all = names.iter().map(|name| self.called(name)).collect();
        self.set(all, self.lang.pick("、", ", "))
    }

    fn joined(self, names: &[MemberName], between: &str) -> String {
        let (own, others): (Vec<&MemberName>, Vec<_>) =
            names.iter().partition(|name| self.own == Some(*name));
        self.set(own.into_iter().chain(others).map(|name| self.called(name)).collect(), between)
    }

    fn called(self, name: &MemberName) -> String {
        if self.own == Some(name) {
            self.lang.pick("您", "you").to_owned()
        } else {
            clean_line(name.as_str())
        }
    }

    fn set(self, all: Vec<String>, between: &str) -> String {
        match (self.lang, all.as_slice()) {
            (Lang::Zh, [first, _, _, ..]) if self.in_short => format!("{first}等 {} 人", all.len()),
            (Lang::En, [first, more @ ..]) if self.in_short && more.len() > 1 => {
                format!("{first} and {} more", more.len())
            }
            // A name that is not set apart runs into the words beside it.
            (Lang::Zh, [.., last]) if last == "您" => all.join(between),
            (Lang::Zh, all) => format!("{} ", all.join(between)),
            (Lang::En, all) => all.join(between),
        }
    }
}
