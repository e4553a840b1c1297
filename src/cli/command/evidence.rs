//! `hecha evidence …`: attaching photos and files to clauses, listing, taking back and taking out.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    app::{
        deed::{Deed, Done},
        evidence::{AttachRequest, listing::Listed},
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{
        args::{AttachArgs, EvidenceCommand},
        output::Output,
    },
    domain::{
        edit::evidence::size_text,
        terms::{
            id::{ClauseId, PointId},
            lang::Text,
        },
    },
};

pub(crate) fn run(command: EvidenceCommand, home: &Home, out: &mut Output) -> Result<(), Failure> {
    match command {
        EvidenceCommand::Add(args) => add(args, home, out),
        EvidenceCommand::List { file, json } => {
            list(&Session::open(home, &file)?.evidence(), json, out);
            Ok(())
        }
        EvidenceCommand::Remove { file, clause, which } => {
            let mut session = Session::open(home, &file)?;
            let deed = Deed::Detach(ClauseId::new(clause.trim()), which.trim().to_owned());
            let Done::Detached(name) = session.perform(deed)? else { return Err(Done::mistaken()) };
            out.say(format!("已取下：{name}"), format!("Taken back: {name}"));
            Ok(())
        }
        EvidenceCommand::Export { file, out: dir } => export(&Session::open(home, &file)?, &dir, out),
    }
}

fn add(args: AttachArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
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
    out.say(format!("已附到 {clause}：{names}"), format!("Attached to {clause}: {names}"));
    Ok(())
}

fn list(listed: &[Listed], as_json: bool, out: &mut Output) {
    if as_json {
        let rows: Vec<Value> = listed.iter().map(row_json).collect();
        out.json(&json!({ "evidence": rows }));
        return;
    }
    let lang = out.lang();
    for it in listed {
        let item = &it.item;
        let point = item.point.as_ref().map(|point| format!(" {point}")).unwrap_or_default();
        let caption = if item.caption.is_empty() { String::new() } else { format!(" · {}", item.caption) };
        let away = if it.here { "" } else { lang.pick(" · 文件还没有到", " · file not here yet") };
        out.line(format!(
            "{}{point} {} {} {} · {} · {}{caption}{away}",
            it.clause,
            it.member,
            it.n,
            item.name,
            item.media.name(lang),
            size_text(item.size),
        ));
    }
    if listed.is_empty() {
        out.say("没有附件。", "Nothing is attached.");
    }
}

fn row_json(it: &Listed) -> Value {
    let item = &it.item;
    json!({
        "clause": it.clause.as_str(), "point": item.point.as_ref().map(PointId::as_str),
        "member": it.member.as_str(), "own": it.own, "n": it.n, "name": item.name, "type": item.media.key(),
        "size": item.size, "caption": item.caption, "sha256": it.digest.to_hex(),
        "file": item.sealed.to_hex(), "here": it.here,
    })
}

fn export(session: &Session, dir: &Path, out: &mut Output) -> Result<(), Failure> {
    let exported = session.export_evidence(dir)?;
    for path in &exported.files {
        out.line(path.display().to_string());
    }
    for it in &exported.missing {
        let what = format!("{} {} {} {}", it.clause, it.member, it.n, it.item.name);
        out.note(&Text::new(
            format!("文件还没有到，或已损坏：{what}"),
            format!("The file is not here yet, or damaged: {what}"),
        ));
    }
    let n = exported.files.len();
    out.say(format!("已导出 {n} 个附件。"), format!("Exported: {n}"));
    Ok(())
}
