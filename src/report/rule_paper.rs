//! The four papers of rules that a bureau keeps (seed S3·F16: 工作流程、回避制度、抽查复核、专家库管理办法), drafted from the
//! rules that a profile has. The wording is our own and says so; what nobody configured is left blank, to be filled in by hand.
//!
//! A new kind is a variant of [`RulePaper`], a file below `rule_paper/` and an arm in [`RulePaper::page`].

mod articles;
mod pool;
mod recheck;
mod recusal;
mod workflow;

use crate::{
    domain::{
        checklist::Checklist,
        terms::{clean::clean_line, field::words, lang::Lang},
    },
    report::{
        form::blank_day,
        page::{Block, Grid, GridCell, GridRow, Page, Section},
        rule_paper::articles::Articles,
    },
};

words! {
    /// Which paper of rules (制度文件).
    RulePaper {
        /// How a visit goes.
        Workflow = "workflow", "工作流程", "Workflow";
        /// Who may not review whom.
        Recusal = "recusal", "回避制度", "Recusal rules";
        /// Spot checks, re-checks and looking back.
        Recheck = "recheck", "抽查复核制度", "Spot checks and re-checks";
        /// How the expert pool is kept.
        Pool = "pool", "专家库管理办法", "Expert pool rules";
    }
}

/// What a paper of rules is drafted from.
#[derive(Debug, Clone, Copy)]
pub struct RuleFacts<'a> {
    /// The checklist with the profile whose rules hold.
    pub checklist: &'a Checklist,
    /// Its content hash.
    pub hash: &'a str,
    /// Language.
    pub lang: Lang,
}

/// Digits of the content hash that are printed.
const HASH_DIGITS: usize = 12;
const LINE_BOX: u16 = 10;
const SEAL_BOX: u16 = 24;
/// Columns: a name and a value.
const WIDTHS: [u16; 2] = [24, 66];

impl RulePaper {
    /// What it is for, in a sentence.
    #[must_use]
    pub const fn about(self, lang: Lang) -> &'static str {
        match self {
            Self::Workflow => lang.pick(
                "制度文件草稿：从组建专家组到整改归档，按方案的人数、票数、合议规则和标准",
                "Draft of rules: from the panel to the archive, with the profile's numbers, quorum, merge rule and standards",
            ),
            Self::Recusal => lang.pick(
                "制度文件草稿：回避事由、申报、效力和替补",
                "Draft of rules: grounds, declarations, what a recusal does, substitutes",
            ),
            Self::Recheck => lang.pick(
                "制度文件草稿：抽查、现场抽样、两级比较、回头看和回溯期",
                "Draft of rules: spot checks, sampling on site, comparing levels, looking back",
            ),
            Self::Pool => lang.pick(
                "制度文件草稿：专业、职称、入库、抽取和共享",
                "Draft of rules: fields, titles, entry, the draw, sharing",
            ),
        }
    }

    /// The paper, ready for a document format.
    #[must_use]
    pub fn page(self, facts: &RuleFacts<'_>) -> Page {
        let lang = facts.lang;
        let mut articles = Articles::new(lang);
        let mut sections = match self {
            Self::Workflow => workflow::sections(facts, &mut articles),
            Self::Recusal => recusal::sections(facts, &mut articles),
            Self::Recheck => recheck::sections(facts, &mut articles),
            Self::Pool => pool::sections(facts, &mut articles),
        };
        sections.push(ending(lang));
        let kind = self.name(lang);
        let title = match lang {
            // Short enough for one line: where a title breaks, so does its bracket.
            Lang::Zh => format!("现场核查{kind}（草稿）"),
            Lang::En => format!("{kind} for site visits, draft"),
        };
        Page { title, marks: marks(facts), sections }
    }
}

/// What must be read first: whose wording it is, and which rules it was drafted from.
fn marks(facts: &RuleFacts<'_>) -> Vec<String> {
    let profile = &facts.checklist.profile;
    let (id, title) = (clean_line(profile.id.as_str()), clean_line(profile.title.get(facts.lang)));
    let (edition, hash) = (clean_line(&profile.edition), short_hash(facts.hash));
    let own = facts.lang.pick(
        "草稿，不是官方文本：文字为本项目自拟，由组织核查的部门修改、审定后使用。画线处由该部门填写。",
        "A draft and no official text: the wording is our own, to be changed and adopted by the bureau. Blanks are for the bureau to fill in.",
    );
    let from = match facts.lang {
        Lang::Zh => format!(
            "按方案“{title}”（{id}，版本 {edition}，条款表校验码 {hash}）的现行规则生成；标“程序默认”的没有文件依据，可以改。方案改了，请重新生成。"
        ),
        Lang::En => format!(
            "Drafted from the rules of the profile “{title}” ({id}, edition {edition}, checklist {hash}). What is marked “our default” rests on no document and may be changed. When the profile changes, draft it again."
        ),
    };
    vec![own.to_owned(), from]
}

fn short_hash(hash: &str) -> String {
    clean_line(hash).chars().take(HASH_DIGITS).collect()
}

/// Who issues it, and from when it holds.
fn ending(lang: Lang) -> Section {
    let line = |zh: &str, en: &str, value: &str| GridRow {
        cells: vec![GridCell::name(lang.pick(zh, en)), GridCell::value(value, 1)],
        height: LINE_BOX,
        breaks: false,
    };
    let seal = GridRow::tall(
        vec![
            GridCell::name(lang.pick("发布单位（盖章）", "Issued by (seal)")),
            GridCell::value("", 1).with_foot(blank_day(lang)),
        ],
        SEAL_BOX,
    );
    let grid = Grid {
        widths: WIDTHS.to_vec(),
        rows: vec![
            line("文号", "Document number", ""),
            line("施行日期", "In force from", lang.pick("      年    月    日", "____-____-____")),
            line("解释和联系", "Questions to", ""),
            seal,
        ],
    };
    Section {
        title: lang.pick("发布", "Issue").to_owned(), blocks: vec![Block::Grid(grid)], own_page: false
    }
}
