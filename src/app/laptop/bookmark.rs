//! Where somebody was in a visit when they left it: a clause and a point, kept on this laptop and nowhere else.

use std::io;

use crate::{
    app::{
        failure::{Failure, wording},
        files,
        home::Home,
    },
    domain::terms::id::VisitId,
    share::folder::{
        disk::{RealDisk, read_named},
        replace::replace_private,
    },
};

/// So many visits are remembered, the last ones.
const MOST: usize = 200;
/// Longer than so many lines of ids ever are.
const LIMIT: u64 = 64 << 10;

/// A clause and a point of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Id of the clause.
    pub clause: String,
    /// Id of the point; empty for a clause without points.
    pub point: String,
}

/// Where somebody was in a visit. A file that cannot be read remembers nothing: it is only a convenience.
#[must_use]
pub fn of(home: &Home, visit: &VisitId) -> Option<Bookmark> {
    let text = read(home).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(visit.as_str())?.strip_prefix('\t'))?;
    let (clause, point) = line.split_once('\t')?;
    Some(Bookmark { clause: clause.to_owned(), point: point.to_owned() })
}

/// Keeps where somebody is, for the next time.
///
/// # Errors
/// If the file cannot be written.
pub fn keep(home: &Home, visit: &VisitId, at: &Bookmark) -> Result<(), Failure> {
    if of(home, visit).as_ref() == Some(at) {
        return Ok(());
    }
    // One that cannot be read is begun anew.
    let before = read(home).unwrap_or_default();
    let own = format!("{visit}\t");
    let others = before.lines().filter(|line| !line.starts_with(&own)).take(MOST - 1);
    let line = format!("{visit}\t{}\t{}", at.clause, at.point);
    let text: String = std::iter::once(line.as_str()).chain(others).flat_map(|line| [line, "\n"]).collect();
    home.make()?;
    let path = home.root().join("bookmarks.txt");
    replace_private(&RealDisk, &path, text.as_bytes(), &files::token()?)
        .map_err(|error| wording::share(&error))
}

fn read(home: &Home) -> io::Result<String> {
    let bytes = read_named(&home.root().join("bookmarks.txt"), LIMIT)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clause: &str, point: &str) -> Bookmark {
        Bookmark { clause: clause.to_owned(), point: point.to_owned() }
    }

    #[test]
    fn each_visit_has_its_own_place_and_the_oldest_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::choose(Some(folder.path().join("home"))).unwrap();
        let visit = |n: usize| VisitId::new(format!("visit-{n}"));
        assert_eq!(of(&home, &visit(1)), None);
        keep(&home, &visit(1), &at("EM-01", "C1")).unwrap();
        keep(&home, &visit(12), &at("EM-02", "")).unwrap();
        keep(&home, &visit(1), &at("TM-08", "B2")).unwrap();
        assert_eq!(of(&home, &visit(1)), Some(at("TM-08", "B2")));
        assert_eq!(of(&home, &visit(12)), Some(at("EM-02", "")));
        for n in 100..300 {
            keep(&home, &visit(n), &at("EM-01", "C1")).unwrap();
        }
        assert_eq!((of(&home, &visit(1)), of(&home, &visit(299))), (None, Some(at("EM-01", "C1"))));
    }

    #[test]
    fn a_file_that_cannot_be_read_remembers_nothing_and_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::choose(Some(folder.path().join("home"))).unwrap();
        home.make().unwrap();
        std::fs::write(home.root().join("bookmarks.txt"), b"\xFF\xFE\0visit-1").unwrap();
        let visit = VisitId::new("visit-1");
        assert_eq!(of(&home, &visit), None);
        keep(&home, &visit, &at("EM-01", "C1")).unwrap();
        assert_eq!(of(&home, &visit), Some(at("EM-01", "C1")));
    }
}
