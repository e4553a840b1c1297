//! 工作流程: how a visit goes, from the panel to the archive.

use crate::{
    domain::{
        checklist::profile::{MergeMethod, Standard, StandardStatus},
        pool::draw::ALGORITHM,
        terms::lang::{Lang, Text},
    },
    report::{
        page::{Block, Section},
        rule_paper::{
            RuleFacts,
            articles::{Articles, BLANK, fields, from, marked, section},
            short_hash,
        },
    },
    words,
};

pub(super) fn sections(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Section> {
    let lang = facts.lang;
    vec![
        section(lang.pick("依据和范围", "Basis and scope"), scope(facts, articles)),
        section(lang.pick("组建专家组", "The panel"), panel(facts, articles)),
        section(lang.pick("现场核查", "On site"), on_site(facts, articles)),
        section(lang.pick("合议和结论", "Verdicts and outcome"), verdicts(facts, articles)),
        section(lang.pick("异议和定稿", "Objections and the end"), ending(articles)),
        section(lang.pick("整改和归档", "Rectification and archive"), rectification(articles)),
    ]
}

fn scope(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let (checklist, profile) = (facts.checklist, &facts.checklist.profile);
    let n = checklist.n_clauses();
    let n_core = checklist.areas.iter().flat_map(|area| &area.clauses).filter(|it| it.core).count();
    let (title, hash, edition) = (&profile.title, short_hash(facts.hash), &profile.edition);
    let (rounds, self_review, again) = (marked("seed S2·F20"), marked("seed S3·F21"), marked("seed S3·F24"));
    vec![
        articles.next(Text::new(
            format!("为规范{}“优质服务基层行”现场核查，依据{BLANK}，制定本流程。", title.zh),
            format!("These rules govern site visits (优质服务基层行) by the profile “{}”. Basis: {BLANK}.", title.get(Lang::En)),
        )),
        articles.next(Text::new(
            format!("核查按方案“{}”版本 {edition}（条款表校验码 {hash}）进行，共 {n} 条条款，其中核心条款 {n_core} 条。核查建立时所用的条款表随核查固定，以后不变。", title.zh),
            format!("A visit goes by edition {edition} of “{}” (checklist {hash}): {n} clauses, {n_core} of them core. The checklist is fixed when a visit is founded.", title.get(Lang::En)),
        )),
        articles.next(Text::new(
            format!("工作按“自评、申报、审核、整改、再审核”进行{}。申报前自评自查不少于 6 个月{}；复核未达标的，再次申请间隔不少于 6 个月{}。当地另有规定的，从其规定。", rounds.zh, self_review.zh, again.zh),
            format!("The work goes in rounds: self-review, application, review, rectification, review again{}. Self-review lasts at least 6 months before an application{}; after a review that was not passed, at least 6 months pass before the next{}. Local rules take precedence.", rounds.en, self_review.en, again.en),
        )),
    ]
}

fn panel(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let rule = &facts.checklist.profile.panel;
    let (min, source) = (rule.min, from(&rule.source));
    let (odd_zh, odd_en) = if rule.odd {
        ("，人数为单数", ", an odd number")
    } else {
        ("，单双数不限", ", odd or even")
    };
    let mut blocks = vec![articles.next(Text::new(
        format!("专家组不少于 {min} 人{odd_zh}{}。组长是专家组成员，一人一票。", source.zh),
        format!(
            "A panel has at least {min} members{odd_en}{}. The lead is one of them and has one vote.",
            source.en
        ),
    ))];
    if !rule.title.is_empty() {
        let (title, least) = (&rule.title, rule.least_rank());
        let english = least.map_or(title.as_str(), |least| least.name(Lang::En));
        blocks.push(articles.next(Text::new(
            format!("职称要求为{title}及以上{}；原则上都应符合，确需例外的写明理由，印在抽取记录或报告里。", source.zh),
            format!("Titles are {english} or above{}; in principle all are, and a reason is written down for an exception and printed in the draw record or report.", source.en),
        )));
    }
    let (asked, of) = (fields(&rule.fields), from(&rule.fields_source));
    blocks.push(articles.next(if rule.fields.is_empty() {
        Text::new(
            "方案没有规定专家组应有的专业。每个条款应有对应专业的专家评分，没有的由组长写明。",
            "The profile asks for no fields. Each clause should be scored by an expert of its field; where none is, the lead says so.",
        )
    } else {
        Text::new(
            format!("专家组应有以下专业的专家：{}{}。每个条款应有对应专业的专家评分，没有的由组长写明。", asked.zh, of.zh),
            format!("The panel has experts of these fields: {}{}. Each clause should be scored by an expert of its field; where none is, the lead says so.", asked.en, of.en),
        )
    }));
    let drawn = marked("seed S3·F13");
    blocks.push(articles.next(Text::new(
        format!("专家从专家库抽取{}。抽取前公布机构名单、核查日期和种子的来源；种子事后才能知道。抽取按 {ALGORITHM} 规则进行，记录随核查存档，任何人可以复核。", drawn.zh),
        format!("Experts are drawn from the pool{}. The facilities, the days and the source of the seed are announced before the draw; the seed itself can be known only afterwards. The draw follows the rules {ALGORITHM}; its record is kept with the visit, and anybody can check it.", drawn.en),
    )));
    blocks.push(articles.next(Text::new(
        "每名专家在评分前申报利益关系，没有也要申报“无”；应当回避的按《回避制度》办理。",
        "Every expert declares interests before scoring, “none” if there are none; recusals follow the recusal rules.",
    )));
    blocks
}

fn on_site(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let merge = &facts.checklist.profile.merge;
    let (quorum, source) = (merge.quorum, from(&merge.source));
    vec![
        articles.next(Text::new(
            format!("首次会议说明核查规则、日程和回避情况，告知机构补充材料的截止时间：{BLANK}。"),
            format!("The first meeting explains rules, schedule and recusals, and tells the facility until when it may hand in more: {BLANK}."),
        )),
        articles.next(Text::new(
            "专家独立评分，结束评分前互相看不到评分。按要点记录核查结果：比率记分子和分母，清点记每件物品的状态，数值记实测值。",
            "Experts score on their own; nobody reads another's vote before scoring is closed. Findings are recorded by point: numerator and denominator, the state of each thing, the measured value.",
        )),
        articles.next(Text::new(
            "档次由要点得出：C 级要点全部达到为 C，B 级也全部达到为 B，A 级也全部达到为 A，否则为 D。直接评档与要点不一致的、评 D 的，写明理由。",
            "The grade follows from the points: C if all C points are met, B if all B points are too, A if all A points are too, else D. A grade that differs from the points, and every D, has a reason.",
        )),
        articles.next(Text::new(
            format!("每个条款的有效评分不少于 {quorum} 票{}。回避、未看、不适用、资料未提供不算评分，写明理由。", source.zh),
            format!("Each clause has at least {quorum} valid votes{}. Recused, not seen, not applicable and not provided are no votes, and have a reason.", source.en),
        )),
        articles.next(Text::new(
            "专家检查后提交，提交即封存。组长结束评分，评分包在其后打开。",
            "An expert looks over the ballot and submits it, which seals it. The lead closes scoring; ballots are opened after that.",
        )),
    ]
}

fn verdicts(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let (lang, profile) = (facts.lang, &facts.checklist.profile);
    let source = from(&profile.merge.source);
    let rule = match profile.merge.method {
        MergeMethod::Median => Text::new(
            "取各票的中位档；票数为双数且中间两档不同的，不自动形成结论",
            "the middle grade; with an even number of votes and two different middle grades there is none by rule",
        ),
        MergeMethod::Majority => Text::new("取过半数同意的档次", "the grade of more than half of the votes"),
        MergeMethod::Strictest => Text::new("取最低的档次", "the lowest grade that was given"),
        MergeMethod::Unanimous => Text::new("须一致同意", "all must agree"),
    };
    let mut blocks = vec![
        articles.next(Text::new(
            format!("条款结论按合议规则形成：{}{}。不足法定票数、没有形成结论的，经合议由组长写明理由决定，决定和理由记入报告。", rule.zh, source.zh),
            format!("The verdict of a clause is formed by rule: {}{}. Below the quorum, or without a verdict by rule, the lead decides after discussion and with a reason, which the report prints.", rule.en, source.en),
        )),
        articles.next(Text::new(
            "专家可以写少数意见，原文记入报告。",
            "An expert may write a minority opinion; the report prints it as written.",
        )),
    ];
    let gates = profile.gates.iter().map(|gate| {
        let of = from(&gate.source).said(lang);
        format!("{} {}{of}", gate.id, gate.title.get(lang))
    });
    if profile.gates.is_empty() {
        blocks.push(articles.next(Text::new("本方案没有设否决情形。", "The profile has no disqualifiers.")));
    } else {
        blocks.extend(articles.with_list(
            Text::new(
                "否决情形不参与评档，由组长逐项核实并写明依据：",
                "Disqualifiers stand outside the grades; the lead answers each and says on what:",
            ),
            gates.collect(),
        ));
    }
    if profile.standards.is_empty() {
        blocks.push(articles.next(Text::new(
            "本方案没有设达标标准，只给出档次分布。",
            "The profile has no standards; only the distribution of grades is told.",
        )));
    } else {
        let standards = profile.standards.iter().map(|standard| standard_line(facts, standard));
        blocks.extend(articles.with_list(
            Text::new(
                format!("达标标准如下；标为示例的不是官方标准，正式使用前由{BLANK}按文件填写："),
                format!("The standards are these; an example is not official and is replaced by {BLANK} with the document it comes from before use:"),
            ),
            standards.collect(),
        ));
    }
    blocks
}

fn standard_line(facts: &RuleFacts<'_>, standard: &Standard) -> String {
    let lang = facts.lang;
    let kind = match standard.status {
        StandardStatus::Example => words::aside(standard.status.name(lang), lang),
        StandardStatus::Confirmed => String::new(),
    };
    let conditions: Vec<String> = standard
        .conditions
        .iter()
        .map(|condition| words::condition(condition, facts.checklist, lang))
        .collect();
    let conditions = conditions.join(lang.pick("；", "; "));
    let of = from(&standard.source).said(lang);
    format!("{}{kind}{}{conditions}{of}", standard.title.get(lang), lang.pick("：", ": "))
}

fn ending(articles: &mut Articles) -> Vec<Block> {
    vec![
        articles.next(Text::new(
            format!("向机构反馈问题，听取意见；机构有异议的，在{BLANK}日内提出，由组长答复，异议和答复记入报告。"),
            format!("The facility is told what was found and heard. It may object within {BLANK} days; the lead answers, and the report prints both."),
        )),
        articles.next(Text::new(
            "专家核对同一份核查记录并签名，由组长定稿。定稿时还没有处理的事项逐项写明理由，印在报告里。",
            "Experts check one record and sign it, and the lead makes the visit final. What is still open then is let pass with a reason that the report prints.",
        )),
    ]
}

fn rectification(articles: &mut Articles) -> Vec<Block> {
    let (ledger, archive) = (marked("seed S3·F32"), marked("seed S3·F33"));
    vec![
        articles.next(Text::new(
            format!("未达到要求的列入整改台账，逐项写明整改目标、责任人和时限，整改一项，销号一项{}。整改时限为{BLANK}日（方案和程序没有预设）。", ledger.zh),
            format!("What is not met goes on the ledger with a goal, a person and a deadline, and is closed item by item{}. The term is {BLANK} days (neither profile nor program sets one).", ledger.en),
        )),
        articles.next(Text::new(
            "整改由另一人凭佐证复核后销号；复核不合格的退回，写明原因。",
            "Another person closes an item on evidence; what does not pass goes back with the reason.",
        )),
        articles.next(Text::new(
            format!("抽取记录、声明、评分和报告、签名、影像资料、整改台账一并归档，做到有据可查{}。保存期限：{BLANK}。", archive.zh),
            format!("Draw record, declarations, votes and report, signatures, pictures and ledger are archived together{}. Kept for: {BLANK}.", archive.en),
        )),
    ]
}
