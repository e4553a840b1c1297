//! A whole visit through the worker.

use std::{path::PathBuf, sync::mpsc};

use crate::{
    app::{
        deed::Deed,
        evidence::AttachRequest,
        files::FolderListing,
        home::Home,
        report::{
            export::{ExportOptions, ExportStep, Format, Written},
            template::TemplateChoice,
        },
        session::Session,
    },
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{grade::Grade, lang::Lang},
    },
    tui::{
        desk::effect::{Effect, Looking, Msg, Step, Synced},
        drive::worker::start,
        fixture::founding_request,
    },
};

#[test]
fn a_visit_is_founded_scored_undone_synced_and_reported_through_the_worker() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("青禾.hecha");
    let home = Home::choose(Some(dir.path().join("home"))).unwrap();
    let (sender, answers) = mpsc::channel();
    let (effects, _) = start(home.clone(), Lang::Zh, move |msg| {
        let _ended = sender.send(msg);
    });
    let ask = |effect: Effect| {
        effects.send(effect).unwrap();
        answers.recv().unwrap()
    };
    let Msg::Opened(Ok(opened)) = ask(Effect::Found(Box::new(founding_request(file.clone())), None)) else {
        panic!()
    };
    assert!(opened.lead && opened.me.is_some());
    let clause = opened.visit.clauses().next().unwrap().id.clone();
    let attached_to = clause.clone();
    let stand = Stand { choice: Choice::Grade(Grade::B), reason: "".parse().unwrap() };
    let vote = Edit::Vote { clause, value: Some(stand) };
    let answer = ask(Effect::Record(7, vec![vote.clone()]));
    assert!(matches!(answer, Msg::Recorded(7, Ok(state)) if state.pending > 0), "{answer:?}");
    let answer = ask(Effect::Do(Deed::Undo));
    assert!(matches!(answer, Msg::Stepped(Step::Undo, Ok((Some(_), _)))), "{answer:?}");
    // What is not in sight is asked about, and what is in sight is taken back at once.
    ask(Effect::Record(8, vec![vote]));
    let answer = ask(Effect::Undo(vec!["EM-99".to_owned()]));
    assert!(matches!(&answer, Msg::Changes(Looking::Asks, Ok(last)) if last.len() == 1), "{answer:?}");
    let answer = ask(Effect::Undo(vec![attached_to.to_string()]));
    assert!(matches!(answer, Msg::Stepped(Step::Undo, Ok((Some(_), _)))), "{answer:?}");
    let answer = ask(Effect::Undo(Vec::new()));
    assert!(matches!(answer, Msg::Stepped(Step::Undo, Ok((None, _)))), "{answer:?}");
    let answer = ask(Effect::Sync);
    assert!(
        matches!(&answer, Msg::Synced(Synced { result: Ok(report), .. }) if report.written),
        "{answer:?}"
    );
    let answer = ask(Effect::Reload);
    assert!(
        matches!(&answer, Msg::Reloaded(Ok(now)) if now.ticket == 8 && now.sync.pending == 0),
        "{answer:?}"
    );
    let photo = dir.path().join("notes.txt");
    std::fs::write(&photo, "seen").unwrap();
    let attach = |path: PathBuf| {
        Effect::Do(Deed::Attach(AttachRequest {
            clause: attached_to.clone(),
            point: None,
            paths: vec![path],
            caption: String::new(),
            keep_metadata: false,
        }))
    };
    let answer = ask(attach(photo));
    assert!(matches!(&answer, Msg::Attached(Ok(done)) if done.names == ["notes.txt"]), "{answer:?}");
    let answer = ask(attach(dir.path().into()));
    let has_it = |listing: &FolderListing| listing.files.iter().any(|file| file.name == "notes.txt");
    assert!(matches!(&answer, Msg::Folder(Ok(listing)) if has_it(listing)), "{answer:?}");
    let options =
        ExportOptions { lang: Lang::Zh, names: false, bom: true, template: TemplateChoice::BuiltIn };
    let mut answer = ask(Effect::Export(Format::ALL.to_vec(), dir.path().into(), options));
    let mut written = Vec::new();
    while let Msg::Exporting(step) = answer {
        if let ExportStep::Ended(Written { format, outcome: Ok(_) }) = step {
            written.push(format);
        }
        answer = answers.recv().unwrap();
    }
    assert!(matches!(answer, Msg::Exported(Ok(()))), "{answer:?}");
    assert_eq!(written, Format::ALL);
    let other = Home::choose(Some(dir.path().join("other"))).unwrap();
    assert!(Session::read(&other, &file, None, Lang::Zh).unwrap().me().is_none());
}
