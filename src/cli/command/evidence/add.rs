//! `hecha evidence add`: attaches photos or files to a clause.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        evidence::AttachRequest,
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{help::Help, output::Output, waiting::say_waits},
    domain::terms::{
        id::{ClauseId, PointId},
        lang::Text,
    },
};

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    clause: String,
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "ID")]
    point: Option<String>,
    #[arg(long, value_name = "TEXT")]
    caption: Option<String>,
    #[arg(long = "keep-metadata")]
    keep_metadata: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "附上照片或文件；照片会去除拍摄地点等信息，提交前加密",
        "Attach photos or files; photos lose place and other metadata, all is sealed until you submit",
    ))
    .file()
    .argument("clause", Text::new("条款编号，如 EM-02", "Clause id, e.g. EM-02"))
    .argument("paths", Text::new("照片或文件，每个不超过 64 MiB", "Photos or files, at most 64 MiB each"))
    .argument("point", Text::new("有关的要点，如 C1", "The point it is about, e.g. C1"))
    .argument("caption", Text::new("说明", "Caption"))
    .argument(
        "keep_metadata",
        Text::new(
            "无法去除信息的照片（HEIC 等）也原样附上",
            "Attach photos as they are when their metadata cannot be taken out (HEIC)",
        ),
    )
}

pub(crate) fn run(args: AddArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let deed = Deed::Attach(AttachRequest {
        clause: ClauseId::new(args.clause.trim()),
        point: args.point.map(|point| PointId::new(point.trim())),
        paths: args.paths,
        caption: args.caption.unwrap_or_default(),
        keep_metadata: args.keep_metadata,
    });
    let Done::Attached(attached) = session.perform(deed)? else { return Err(Done::mistaken()) };
    for note in &attached.notes {
        out.note(note);
    }
    let (clause, names) = (&attached.clause, attached.names.join("、"));
    out.say(&Text::new(format!("已附到 {clause}：{names}"), format!("Attached to {clause}: {names}")));
    say_waits(&session, out);
    Ok(())
}
