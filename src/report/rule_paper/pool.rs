//! 专家库管理办法: who is in the pool, how panels are drawn from it, how it is kept and shared.

use crate::{
    domain::{
        pool::{
            Column,
            draw::{ALGORITHM, Ground, N_SUBSTITUTES},
        },
        terms::{
            field::Field,
            lang::{Lang, Text},
        },
    },
    report::{
        page::{Block, Section},
        rule_paper::{
            RuleFacts,
            articles::{Articles, BLANK, fields, from, marked, section},
        },
    },
};

pub(super) fn sections(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Section> {
    let lang = facts.lang;
    vec![
        section(lang.pick("建库", "The pool"), pool(facts, articles)),
        section(lang.pick("入库、更新和出库", "Entry, upkeep and leaving"), entry(articles)),
        section(lang.pick("抽取", "The draw"), draw(facts, articles)),
        section(lang.pick("管理", "Keeping it"), keeping(articles)),
    ]
}

fn pool(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let rule = &facts.checklist.profile.panel;
    let (asked, named, default) = (marked("seed S3·F16"), marked("seed S3·F14"), marked("default"));
    let nine: Vec<Field> = Field::ALL.iter().copied().filter(|field| *field != Field::Pharmacy).collect();
    let (nine, more) = (fields(&nine), fields(&[Field::Pharmacy]));
    let mut blocks = vec![
        articles.next(Text::new(
            format!("为规范专家的遴选、抽取和管理，制定本办法{}。依据：{BLANK}。", asked.zh),
            format!("These rules govern how experts are chosen, drawn and kept{}. Basis: {BLANK}.", asked.en),
        )),
        articles.next(Text::new(
            format!("专家库由以下专业的专家构成：{}{}；另设{}{}。一名专家可以有几个专业，主专业在前。", nine.zh, named.zh, more.zh, default.zh),
            format!("The pool has experts of these fields: {}{}; and of {}{}. An expert may have several, the main one first.", nine.en, named.en, more.en, default.en),
        )),
    ];
    if !rule.title.is_empty() {
        let title = rule.least_rank().map_or(rule.title.as_str(), |least| least.name(Lang::En));
        blocks.push(articles.next(Text::new(
            format!("专家原则上具有{}及以上专业技术职称{}；确需例外的写明理由，抽取记录印出。", rule.title, marked("seed S3·F15").zh),
            format!("In principle experts have a title of {title} level or above{}; the reason for an exception is written down and printed in the draw record.", marked("seed S3·F15").en),
        )));
    }
    blocks
}

fn entry(articles: &mut Articles) -> Vec<Block> {
    let lang = articles.lang;
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.name(lang)).collect();
    let columns = columns.join(lang.pick("、", ", "));
    let default = marked("default");
    vec![
        articles.next(Text::new(
            format!("专家由所在单位推荐、本人同意，经{BLANK}审核入库并公布。"),
            format!("Experts are put forward by their units with their consent, and enter once {BLANK} has looked at it; the list is published."),
        )),
        articles.next(Text::new(
            format!("每名专家登记：{columns}。既往关系写明与哪家机构、属于哪种回避情形。"),
            format!("Recorded of each expert: {columns}. Ties say with which facility, and of which ground."),
        )),
        articles.next(Text::new(
            format!("专家库每年至少核对一次{}；单位、职称、既往关系有变动的，本人和所在单位在{BLANK}日内报告。", default.zh),
            format!("The pool is looked over at least once a year{}; changes of unit, title or ties are reported within {BLANK} days.", default.en),
        )),
        articles.next(Text::new(
            format!("有下列情形的出库：本人申请，不再符合条件，隐瞒应当回避的情形，无故不参加核查{BLANK}次以上，违反核查纪律{}。", default.zh),
            format!("An expert leaves the pool on request, when the conditions no longer hold, for concealing a ground of recusal, for staying away without a reason {BLANK} times, or for breaking the rules of a review{}.", default.en),
        )),
    ]
}

fn draw(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let lang = facts.lang;
    let rule = &facts.checklist.profile.panel;
    let (min, source, drawn) = (rule.min, from(&rule.source), marked("seed S3·F13"));
    let (odd_zh, odd_en) = if rule.odd { ("、单数", ", an odd number") } else { ("", "") };
    let (asked, of, default) = (fields(&rule.fields), from(&rule.fields_source), marked("default"));
    let must = if rule.fields.is_empty() {
        Text::default()
    } else {
        Text::new(
            format!("，下列专业各有一席：{}{}", asked.zh, of.zh),
            format!("; one seat each for {}{}", asked.en, of.en),
        )
    };
    let grounds: Vec<&str> = Ground::ALL.iter().map(|ground| ground.name(lang)).collect();
    let grounds = grounds.join(lang.pick("、", ", "));
    vec![
        articles.next(Text::new(
            format!("现场核查的专家从专家库抽取，不指定{}。每组不少于 {min} 人{odd_zh}{}{}。", drawn.zh, source.zh, must.zh),
            format!("The experts of a visit are drawn from the pool and not named{}. A panel has at least {min} members{odd_en}{}{}.", drawn.en, source.en, must.en),
        )),
        articles.next(Text::new(
            "抽取以前公布专家库的校验码、机构名单、核查日期和种子的来源，如某日的开奖号码；种子在公布以后才产生。",
            "Before the draw the digest of the pool, the facilities, the days and the source of the seed, such as the lottery numbers of a day, are announced; the seed comes into being afterwards.",
        )),
        articles.next(Text::new(
            format!("抽取按 {ALGORITHM} 规则：由种子、机构、核查日期、姓名和单位算出每名专家的签号，从小到大取满各专业席位和机动席位{}。同一种子为不同机构抽出的专家组不同。", default.zh),
            format!("The draw follows {ALGORITHM}: seed, facility, day, name and unit give each expert a ticket, and seats are filled from the lowest up{}. One seed draws different panels for different facilities.", default.en),
        )),
        articles.next(Text::new(
            format!("有下列情形的不抽取，抽取记录写明是谁、为什么：{grounds}。同一天已经抽去别的机构的不再抽取。"),
            format!("These grounds exclude an expert, and the record says whom and why: {grounds}. Whoever was drawn for another facility on the same day is not drawn again."),
        )),
        articles.next(Text::new(
            format!("每个专业按顺序列出替补，记录写明前 {N_SUBSTITUTES} 名{}；有人回避或不能到场的，依次接替。", default.zh),
            format!("Substitutes of each field follow in their order, and the record names the first {N_SUBSTITUTES}{}; they step in in that order.", default.en),
        )),
        articles.next(Text::new(
            "抽取记录写明所用的方案，不能用于按别的方案进行的核查；记录随核查存档，任何人可以重新抽取核对。",
            "The record names the profile it was drawn by and serves no visit by another; it is kept with the visit, and anybody can draw it again.",
        )),
    ]
}

fn keeping(articles: &mut Articles) -> Vec<Block> {
    let shared = marked("seed S3·F16");
    vec![
        articles.next(Text::new(
            format!("市、县（区）专家库可以共享；在省级统一领导下也可以共享{}。不同来源的同一专家内容不同的，由{BLANK}确定。", shared.zh),
            format!("City and county pools may be shared, under the province's lead too{}. Where one expert differs between pools, {BLANK} decides.", shared.en),
        )),
        articles.next(Text::new(
            "专家信息只用于核查。抽取记录只写姓名、单位、职称、专业和排除的事由，不写联系方式、培训情况和与别的机构的关系。",
            "What is known of experts serves reviews only. A draw record holds name, unit, title, fields and the ground of an exclusion; no contacts, no training, no ties to other facilities.",
        )),
        articles.next(Text::new(
            format!("专家上岗前参加培训，熟悉条款和评分规则；培训安排：{BLANK}。"),
            format!("Experts are trained in clauses and scoring before they sit on a panel. Training: {BLANK}."),
        )),
        articles.next(Text::new(
            format!("专家库由{BLANK}管理，负责人{BLANK}，电话{BLANK}。"),
            format!("The pool is kept by {BLANK}, in charge {BLANK}, telephone {BLANK}."),
        )),
    ]
}
