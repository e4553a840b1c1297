//! Words for a checklist with errors, and for ids that it does not have.

use crate::{
    app::failure::{Exit, Failure},
    domain::terms::{clean::clean_line, lang::Text},
};

pub(crate) fn checklist_problems(id: &str, listed: Text) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new(format!("清单 {id} 不能使用"), format!("The checklist {id} cannot be used")),
        Text::new("清单里有错误，全部列在下面。", "It has errors, all listed below."),
        Text::new(
            "请改好后用 hecha checklist check 检查。",
            "Mend them and check with hecha checklist check.",
        ),
    )
    .with_details(vec![listed])
}

pub(crate) fn unknown(zh: &str, en: &str, id: &str, near: Option<&str>) -> Failure {
    let id = clean_line(id);
    let next = near.map_or_else(
        || Text::new("请用 hecha checklist show 查看。", "See hecha checklist show."),
        |near| Text::new(format!("是不是 {near}？"), format!("Did you mean {near}?")),
    );
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有这个{zh}：{id}"), format!("There is no {en} {id}")),
        Text::new("编号要与本次核查的清单一致。", "The id must be one of this visit's checklist."),
        next,
    )
}
