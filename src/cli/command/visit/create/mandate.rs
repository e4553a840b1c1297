//! The options of `hecha visit create` that say what a visit answers to.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::Failure,
        visit::mandate::{MandateRequest, read_scope},
    },
    cli::{help::Help, usage::wrong_usage},
    domain::{
        facility::{Applied, Tier},
        terms::lang::Text,
    },
};

#[derive(Debug, Args)]
pub(super) struct MandateArgs {
    #[arg(long, value_name = "basic|recommended")]
    applied: Option<String>,
    #[arg(long, value_name = "TIER")]
    by: Option<String>,
    #[arg(long = "facility-id", value_name = "ID")]
    facility_id: Option<String>,
    #[arg(long, value_name = "FILE")]
    follows: Vec<PathBuf>,
    #[arg(long, value_name = "CLAUSE[,CLAUSE...]")]
    scope: Vec<String>,
    #[arg(long, value_name = "NAME")]
    organiser: Option<String>,
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    office: Option<String>,
    #[arg(long, value_name = "NAME")]
    deputy: Option<String>,
    #[arg(long = "panel-reason", value_name = "TEXT")]
    panel_reason: Option<String>,
}

/// What the help says of them.
pub(super) fn described(help: Help) -> Help {
    help.argument(
        "applied",
        Text::new(
            "申报档次：basic 基本标准、recommended 推荐标准",
            "Standard the facility applied for: basic or recommended",
        ),
    )
    .argument(
        "by",
        Text::new(
            "组织层级：facility、county、city、province；不给则随 --stage",
            "Whose visit it is: facility, county, city, province; by default as the stage says",
        ),
    )
    .argument(
        "facility_id",
        Text::new("机构编号，如统一社会信用代码", "Id of the facility, e.g. its unified credit code"),
    )
    .argument(
        "follows",
        Text::new(
            "前次核查的共享文件（已定稿，只读取），可重复",
            "Shared file of a final visit that this one answers (only read); repeatable",
        ),
    )
    .argument(
        "scope",
        Text::new(
            "只核查这些条款，用逗号隔开；不给则全部",
            "Look at these clauses only, between commas; by default all",
        ),
    )
    .argument(
        "organiser",
        Text::new("承办单位（第三方、学会等）", "Who carries it out (a third party, a society)"),
    )
    .argument(
        "office",
        Text::new(
            "参与整改的办公室电脑的编号（在那台电脑上运行 hecha doctor）",
            "Number of the office's device for the rectification (hecha doctor there shows it)",
        ),
    )
    .argument(
        "deputy",
        Text::new("从一开始就是副组长的组员姓名", "Name of the member who is deputy from the start"),
    )
    .argument(
        "panel_reason",
        Text::new(
            "人数少于规定或为双数时，写明为什么；印在报告里，不再阻止定稿",
            "Why the panel has fewer members than the rule asks for, or an even number; the report prints it, and it no longer holds up the end",
        ),
    )
}

impl MandateArgs {
    /// What was given.
    pub(super) fn request(self) -> Result<MandateRequest, Failure> {
        let applied = word("applied", self.applied.as_deref(), Applied::parse, Applied::ALL, Applied::key)?;
        let by = word("by", self.by.as_deref(), Tier::parse, Tier::ALL, Tier::key)?;
        let scope: Vec<_> = self.scope.iter().flat_map(|text| read_scope(text)).collect();
        if scope.is_empty() && !self.scope.is_empty() {
            return Err(wrong_usage(Text::new("--scope 里没有条款编号。", "--scope names no clause.")));
        }
        Ok(MandateRequest {
            by,
            facility_id: self.facility_id.unwrap_or_default(),
            follows: self.follows,
            applied,
            scope,
            organiser: self.organiser.unwrap_or_default(),
            office: self.office.unwrap_or_default(),
            deputy: self.deputy.unwrap_or_default(),
            panel_reason: self.panel_reason.unwrap_or_default(),
        })
    }
}

/// A word of a closed list.
fn word<T: Copy>(
    option: &str,
    text: Option<&str>,
    parse: fn(&str) -> Option<T>,
    all: &[T],
    key: fn(T) -> &'static str,
) -> Result<Option<T>, Failure> {
    let Some(text) = text else { return Ok(None) };
    parse(text).map(Some).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|it| key(*it)).collect();
        wrong_usage(Text::new(
            format!("--{option} 应是 {} 之一。", known.join("、")),
            format!("--{option} should be one of {}.", known.join(", ")),
        ))
    })
}
