//! 回避制度: who may not review whom, how it is declared, what it does.

use crate::{
    domain::{
        pool::draw::{Ground, N_SUBSTITUTES},
        terms::lang::Text,
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
        section(lang.pick("回避的情形", "Grounds"), grounds(articles)),
        section(lang.pick("申报和登记", "Declaring and recording"), declaring(articles)),
        section(lang.pick("回避的效力", "What a recusal does"), effect(facts, articles)),
        section(lang.pick("监督", "Oversight"), oversight(articles)),
    ]
}

fn general(articles: &mut Articles) -> Vec<Block> {
    let (asked, default) = (marked("seed S3·F16"), marked("default"));
    vec![
        articles.next(Text::new(
            format!("为保证核查公正，建立本制度{}。依据：{BLANK}。", asked.zh),
            format!("These rules keep reviews impartial{}. Basis: {BLANK}.", asked.en),
        )),
        articles.next(Text::new(
            format!("所据文件要求建立回避制度，没有列出回避的情形；下面列出的情形是自拟的{}。", default.zh),
            format!(
                "The document asks for a recusal system and lists no grounds; those below are our own{}.",
                default.en
            ),
        )),
    ]
}

fn grounds(articles: &mut Articles) -> Vec<Block> {
    let lang = articles.lang;
    let told = Ground::ALL.iter().filter_map(|ground| {
        let text = match ground {
            Ground::OwnUnit => Text::new(
                format!("在该机构任职、兼职，或曾经任职（{BLANK}年以内）"),
                format!("works at the facility, or worked there within {BLANK} years"),
            ),
            Ground::Coaching => Text::new(
                "在指导、带教该机构的团队里",
                "was in the team that coached or trained the facility",
            ),
            Ground::Kinship => Text::new("亲属在该机构任职", "a relative works there"),
            Ground::Dealings => {
                Text::new("与该机构或其负责人有经济往来", "has dealings with the facility or its head")
            }
            Ground::Alliance => Text::new(
                "所在单位与该机构同属一个医共体（抽取时写明医共体的）",
                "is of the same medical alliance, where the draw names it",
            ),
            Ground::Request => Text::new("自行申请回避", "asked to be left out"),
            // No ground of a person: whom the draw leaves out otherwise.
            Ground::SameDay | Ground::Unit | Ground::Title => return None,
        };
        Some(format!("{}{}{}", ground.name(lang), lang.pick("：", ": "), text.said(lang)))
    });
    let list = articles.with_list(
        Text::new(
            "专家有下列情形之一的，不抽取为该机构的评审专家：",
            "An expert on whom one of these stands is not drawn for the facility:",
        ),
        told.collect(),
    );
    let allowed = articles.next(Text::new(
        "某一次抽取确需放宽某种情形的，由组织核查的部门决定，抽取记录写明放宽了什么、涉及谁。",
        "Where one draw must allow a ground, the bureau decides; the record says which, and whom it concerns.",
    ));
    list.into_iter().chain([allowed]).collect()
}

fn declaring(articles: &mut Articles) -> Vec<Block> {
    vec![
        articles.next(Text::new(
            "专家在评分前申报利益关系，签署《声明与回避表》。没有申报的不能评分。",
            "Experts declare interests before scoring and sign the declaration. Nobody scores without one.",
        )),
        articles.next(Text::new(
            "核查中出现新的利益关系的，及时申报，可以只回避有关条款，也可以全程回避。",
            "What arises during the visit is declared at once; a recusal is from some clauses or from the whole visit.",
        )),
        articles.next(Text::new(
            "组长得知应当回避而没有申报的，登记回避并写明理由；本人可以看到，报告印出。",
            "The lead records a recusal that was not declared, with a reason; the member sees it, and the report prints it.",
        )),
    ]
}

fn effect(facts: &RuleFacts<'_>, articles: &mut Articles) -> Vec<Block> {
    let profile = &facts.checklist.profile;
    let (quorum, source) = (profile.merge.quorum, from(&profile.merge.source));
    let (even_zh, even_en) =
        if profile.panel.odd { ("、或成为双数的", " or an even number") } else { ("的", "") };
    vec![
        articles.next(Text::new(
            "回避的条款不评分、不计票，也看不到该条款的评分。",
            "A recused member does not vote on the clause, is not counted and does not see its votes.",
        )),
        articles.next(Text::new(
            format!("回避以后按条款重新计算：有效评分不足 {quorum} 票{}{even_zh}，该条款的结论由组长经合议写明理由决定，或请替补专家评分。", source.zh),
            format!("After a recusal each clause is counted anew: with fewer than {quorum} valid votes{}{even_en}, the lead decides after discussion and with a reason, or a substitute scores.", source.en),
        )),
        articles.next(Text::new(
            format!("全程回避或不能到场的，由同专业的替补专家按抽取顺序接替；抽取记录为每个专业列出前 {N_SUBSTITUTES} 名{}。", marked("default").zh),
            format!("Whoever is recused from the whole visit or cannot come is followed by the next drawn expert of the field; the record names the first {N_SUBSTITUTES} of each{}.", marked("default").en),
        )),
        articles.next(Text::new(
            "评分公开后才提出的回避不改变已经计入的评分，报告注明。",
            "A recusal found out after the opening moves no vote that was counted; the report tells it.",
        )),
    ]
}

fn oversight(articles: &mut Articles) -> Vec<Block> {
    vec![
        articles.next(Text::new(
            format!("机构、专家和群众对回避有意见的，向{BLANK}反映，电话{BLANK}。"),
            format!("Remarks on recusals go to {BLANK}, telephone {BLANK}."),
        )),
        articles.next(Text::new(
            format!("应当回避而隐瞒的，其评分的处理和责任追究：{BLANK}。"),
            format!("Where a ground was concealed, the votes and the consequences: {BLANK}."),
        )),
    ]
}
