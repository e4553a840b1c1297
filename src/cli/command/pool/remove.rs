//! `hecha pool remove`: takes an expert out, and prints what puts them back.

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, pool},
    cli::{help::Help, output::Output},
    domain::terms::lang::{Lang, Text},
};

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "移除一名专家；输出的内容存成文件再导入，就放回来了",
        "Take an expert out; what is printed puts them back when imported as a file",
    ))
    .argument("name", Text::new("姓名", "Name"))
    .argument("unit", Text::new("单位，有同名的人时写明", "Unit, where several have the name"))
}

pub(crate) fn run(args: RemoveArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let (expert, file) = pool::remove(home, &args.name, args.unit.as_deref())?;
    let text = String::from_utf8_lossy(&file).into_owned();
    for line in text.trim_start_matches('\u{feff}').lines() {
        out.line(line);
    }
    let (zh, en) = (expert.person.shown(Lang::Zh), expert.person.shown(Lang::En));
    out.note(&Text::new(
        format!("已从专家库移除 {zh}。要放回：把上面输出的内容存成 .csv，再用 hecha pool import 导入。"),
        format!(
            "Removed {en} from the pool. To undo: save what was printed as .csv and hecha pool import it."
        ),
    ));
    Ok(())
}
