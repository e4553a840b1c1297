//! Papers of rules to files: drafted from a profile, or from the checklist a visit was founded with.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        checklist::sources,
        failure::{Failure, wording},
        files::{self, stem::file_stem},
        home::Home,
        session::Session,
    },
    checklist::content,
    domain::{
        checklist::Checklist,
        terms::{clean::clean_line, lang::Lang},
    },
    report::{
        docx::{Look, docx},
        rule_paper::RuleFacts,
    },
};

pub use crate::report::rule_paper::RulePaper;

/// Drafts a paper into a folder, which is made if needed. `from` is the id of a profile or a shared file; the same rules give
/// the same bytes.
///
/// # Errors
/// If there is no such profile or file, the folder cannot be made or the file cannot be written.
pub fn write_rule_paper(
    home: &Home,
    kind: RulePaper,
    from: &str,
    lang: Lang,
    dir: &Path,
) -> Result<PathBuf, Failure> {
    let (checklist, hash) = rules(home, from)?;
    let dir = std::path::absolute(dir).map_err(|error| wording::path(dir, &error))?;
    files::make_folder(&dir).map_err(|error| wording::report_folder(&dir, &error))?;
    let page = kind.page(&RuleFacts { checklist: &checklist, hash: &hash, lang });
    let bytes = docx(&page, &Look::rules(lang)).map_err(|_| Failure::bug("cannot write docx"))?;
    let title = clean_line(checklist.profile.title.get(lang));
    let stem = file_stem(&format!("{}-{title}-{}", kind.name(lang), lang.pick("草稿", "draft")));
    let path = dir.join(format!("{stem}.docx"));
    files::write_whole(&path, &bytes)?;
    Ok(path)
}

fn rules(home: &Home, from: &str) -> Result<(Checklist, String), Failure> {
    if sources::profiles(home)?.iter().any(|profile| profile.id.as_str() == from) {
        let checklist = sources::profile(home, from)?;
        let hash = content::hash(&content::encode(&checklist));
        return Ok((checklist, hash));
    }
    let path = Path::new(from);
    if !files::is_there(path) {
        return Err(wording::unknown("方案或共享文件", "profile or shared file", from, None));
    }
    let founding = &Session::open(home, path)?.visit.founding;
    Ok((Checklist::clone(&founding.checklist), founding.checklist_hash.clone()))
}
