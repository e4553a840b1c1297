//! 抽查复核制度: spot checks by the level above, sampling on site, comparing two levels, looking back.

use crate::{
    domain::{
        checklist::{
            Measure,
            profile::{Gate, GatePeriod},
        },
        facility::Stage,
        terms::lang::{Lang, Text},
    },
    report::{
        page::{Block, Section},
        rule_paper::{
            RuleFacts,
            articles::{Articles, BLANK, from, marked, section},
        },
    },
};

pub(super) fn sections(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Section> {
    let lang = facts.lang;
    vec![
        section(lang.pick("总则", "General"), general(articles)),
        section(lang.pick("抽查和复核", "Spot checks and re-checks"), checks(facts, articles)),
        section(lang.pick("现场抽样", "Sampling on site"), sampling(facts, articles)),
        section(lang.pick("两级比较", "Comparing two levels"), comparing(articles)),
        section(lang.pick("回头看和回溯", "Looking back"), looking_back(facts, articles)),
        section(lang.pick("结果处理", "What follows"), results(articles)),
    ]
}

fn general(articles: &mut Articles) -> Vec<Block> {
    let (asked, levels) = (marked("seed S3·F16"), marked("seed S3·F22"));
    vec![
        articles.next(Text::new(
            format!("为保证核查结果真实、一致，建立本制度{}。依据：{BLANK}。", asked.zh),
            format!("These rules keep results true and alike{}. Basis: {BLANK}.", asked.en),
        )),
        articles.next(Text::new(
            format!("复核逐级进行：县级审核；达到基本标准的由市级抽查复核；达到推荐标准的由市级复核评审后报省级抽查复核{}。当地另有规定的，从其规定。", levels.zh),
            format!("Re-checks go level by level: the county reviews; the city spot-checks facilities at the basic standard, re-reviews those at the recommended one and reports them to the province for spot checks{}. Local rules take precedence.", levels.en),
        )),
    ]
}

fn checks(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let rule = &facts.checklist.profile.panel;
    let (min, source) = (rule.min, from(&rule.source));
    let (odd_zh, odd_en) = if rule.odd { ("单数、", "an odd number of ") } else { ("", "") };
    let (default, stages) = (
        marked("default"),
        [Stage::SpotCheck, Stage::LookBack].map(|stage| [stage.name(Lang::Zh), stage.name(Lang::En)]),
    );
    let [[spot_zh, spot_en], [back_zh, back_en]] = stages;
    vec![
        articles.next(Text::new(
            format!("每年抽查达到基本标准机构的{BLANK}%，不少于{BLANK}家；推荐标准机构{BLANK}。"),
            format!("Each year {BLANK}% of the facilities at the basic standard are spot-checked, at least {BLANK}; of those at the recommended one {BLANK}."),
        )),
        articles.next(Text::new(
            "抽查的机构从名册中随机抽取：名册和种子的来源事先公布，种子事后才能知道，名册、种子和结果存档，可以复核。",
            "The facilities are drawn at random from the register: register and source of the seed are announced before, the seed is known only afterwards, and register, seed and result are kept so that anybody can check them.",
        )),
        articles.next(Text::new(
            format!("抽查复核另组专家组，{odd_zh}不少于 {min} 人{}；原专家组成员和指导过该机构的人员不参加{}。", source.zh, default.zh),
            format!("A spot check has a panel of its own: {odd_en}at least {min} members{}; nobody of the first panel or of those who coached the facility sits on it{}.", source.en, default.en),
        )),
        articles.next(Text::new(
            format!("建立核查时写明层级为“{spot_zh}”或“{back_zh}”，并注明所对应的前次核查。"),
            format!("Such a visit is founded with the stage “{spot_en}” or “{back_en}”, and names the earlier visit that it answers."),
        )),
    ]
}

fn sampling(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let points = facts.checklist.areas.iter().flat_map(|area| &area.clauses).flat_map(|it| &it.points);
    let least = points.filter_map(|point| match &point.measure {
        Measure::Ratio { min_sample, .. } => *min_sample,
        _ => None,
    });
    let least: Vec<u64> = least.collect();
    let numbers = match (least.iter().min(), least.iter().max()) {
        (Some(low), Some(high)) => Text::new(
            format!(
                "条款表里有 {} 个按比率判定的要点写明了最少抽样数（{low} 至 {high} 份），以条款表为准；实际样本少于最少数的，结果标明样本不足。",
                least.len()
            ),
            format!(
                "{} points of the checklist that are judged by a ratio name a least sample ({low} to {high}); the checklist decides. A smaller sample is marked as such.",
                least.len()
            ),
        ),
        _ => Text::new(
            "条款表没有写明最少抽样数，由专家组当场确定并记录。",
            "The checklist names no least samples; the panel sets them on site and records them.",
        ),
    };
    vec![
        articles.next(numbers),
        articles.next(Text::new(
            "样本由专家当场从全部应查对象中抽取，不由机构挑选；记录总数、抽取方法和样本编号。",
            "Experts take samples on site from everything that could be looked at, not from what the facility picks; they record how many there were, how they took them, and their numbers.",
        )),
        articles.next(Text::new(
            "样本的照片和附件不得显示可以识别患者的信息。",
            "Pictures and files show nothing that identifies a patient.",
        )),
    ]
}

fn comparing(articles: &mut Articles) -> Vec<Block> {
    let told = marked("seed S1·F35");
    vec![
        articles.next(Text::new(
            "抽查复核的结论与前次核查逐条比较：列出升档、降档的条款和涉及达标与否的条款，由两级专家组说明原因。",
            "The verdicts are compared clause by clause with those of the earlier visit: which rose, which fell, which touch a standard. Both panels say why.",
        )),
        articles.next(Text::new(
            format!("一致率的算法：{BLANK}；一致率低于{BLANK}%的，{BLANK}。（有的地方核减当年申报推荐标准的机构数量，文件没有给出算法和阈值{}。）", told.zh),
            format!("How agreement is computed: {BLANK}; below {BLANK}%: {BLANK}. (One place reduces the number of facilities that may apply for the recommended standard that year; the document gives no formula and no threshold{}.)", told.en),
        )),
    ]
}

fn looking_back(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let lang = facts.lang;
    let places = marked("seed S1·F31");
    let cycle = articles.next(Text::new(
        format!("已达标机构每{BLANK}年“回头看”一次，列出降档的条款。（所据文件：天津对推荐标准机构用 3 年左右完成，吉林对 2021 年及以前达标机构开展{}；以当地规定为准。）", places.zh),
        format!("Facilities that met a standard are looked back at every {BLANK} years; clauses that fell are listed. (In the documents: Tianjin takes about 3 years for the recommended standard, Jilin looks at those that met one by 2021{}; local rules take precedence.)", places.en),
    ));
    let gates = &facts.checklist.profile.gates;
    if gates.is_empty() {
        let none = articles.next(Text::new("本方案没有设否决情形。", "The profile has no disqualifiers."));
        return vec![cycle, none];
    }
    let list = articles.with_list(
        Text::new(
            "否决情形按下列期间回溯。起算日由组织核查的部门定为核查日或申报日，建立核查时写明；没有写明的，结论和报告注明“回溯起算日未定”：",
            "Disqualifiers look back as follows. The bureau settles whether from the day of the visit or of the application, which is given when the visit is founded; otherwise outcome and report say that it is not settled:",
        ),
        gates.iter().map(|gate| gate_line(gate, lang)).collect(),
    );
    std::iter::once(cycle).chain(list).collect()
}

fn gate_line(gate: &Gate, lang: Lang) -> String {
    let period = match (gate.lookback_months, gate.period) {
        (Some(months), _) => match lang {
            Lang::Zh => format!("回溯 {months} 个月"),
            Lang::En => format!("{months} months back"),
        },
        (None, GatePeriod::CalendarYear) => lang.pick("当年", "this calendar year").to_owned(),
        (None, _) => lang.pick("不限期间", "without a period").to_owned(),
    };
    let of = from(&gate.source).said(lang);
    format!("{} {}{}{period}{of}", gate.id, gate.title.get(lang), lang.pick("：", ": "))
}

fn results(articles: &mut Articles) -> Vec<Block> {
    let again = marked("seed S3·F24");
    vec![
        articles.next(Text::new(
            format!("抽查复核未达标的逐级退回，整改后再次申请，间隔不少于 6 个月{}。", again.zh),
            format!("What does not pass goes back level by level; the next application comes after rectification and at least 6 months{}.", again.en),
        )),
        articles.next(Text::new(
            format!("发现弄虚作假的：{BLANK}。"),
            format!("Where something was falsified: {BLANK}."),
        )),
    ]
}
