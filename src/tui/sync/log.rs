//! What the syncs of this run brought, so that one nobody asked for hides nothing.

use std::{collections::VecDeque, path::Path, path::PathBuf};

use crate::{
    app::failure::Trouble,
    domain::terms::lang::{Lang, Text},
    tui::{desk::effect::Synced, sync::words as say},
    words::next_step::next_step,
};

/// Entries kept.
const KEPT: usize = 100;

/// The syncs that did something or failed, latest first.
#[derive(Debug, Default)]
pub(crate) struct SyncLog {
    entries: VecDeque<Entry>,
    /// Whether an automatic sync left notes that nobody has looked at.
    pub(crate) unread: bool,
}

/// One sync, or several in a row that said the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    file: PathBuf,
    /// When the last of them ended, as people write it.
    pub(crate) at: String,
    /// Whether it was asked for.
    pub(crate) by_hand: bool,
    /// How many there were.
    pub(crate) times: usize,
    /// Why they failed, if they did.
    failed: Option<Trouble>,
    /// What happened, then the notes.
    pub(crate) lines: Vec<Text>,
    /// Whose laptop had to see the file next.
    pub(crate) next: Option<Text>,
}

impl SyncLog {
    /// Writes a sync down. One that nobody asked for and that did nothing is not worth a line.
    pub(crate) fn note(&mut self, synced: &Synced, by_hand: bool) {
        let lines = match &synced.result {
            Ok(report) => {
                let silent = report.imported == 0 && !report.written && report.notes.is_empty();
                if silent && !by_hand {
                    return;
                }
                let said = |lang| say::synced(lang, report);
                let first = Text::new(said(Lang::Zh), said(Lang::En));
                std::iter::once(first).chain(report.notes.iter().cloned()).collect()
            }
            Err(failure) => {
                let details = failure.details.iter().cloned();
                [failure.what.clone(), failure.why.clone()].into_iter().chain(details).collect::<Vec<_>>()
            }
        };
        let failed = synced.result.as_ref().err().map(|failure| failure.trouble);
        let next = synced.result.as_ref().ok().and_then(|report| report.next.as_ref());
        let next = next.map(|next| {
            let said = |lang| next_step(next, None, lang);
            Text::new(said(Lang::Zh), said(Lang::En))
        });
        let (file, at) = (synced.file.clone(), synced.at.clone());
        let mut entry = Entry { file, at, by_hand, times: 1, failed, lines, next };
        if let Some(last) = self.entries.front_mut() {
            // The same trouble every few minutes is one line (its text names a new temporary file each time), and so are the
            // same notes; but every delivery is told.
            let like = match failed {
                Some(_) => last.failed == failed,
                None => entry.lines.len() > 1 && last.lines == entry.lines,
            };
            if like && (&last.file, last.by_hand) == (&entry.file, by_hand) {
                entry.times = last.times + 1;
                *last = entry;
                return;
            }
        }
        self.unread |= !by_hand && synced.result.as_ref().is_ok_and(|report| !report.notes.is_empty());
        self.entries.push_front(entry);
        self.entries.truncate(KEPT);
    }

    /// The entries about a file, latest first.
    pub(crate) fn about(&self, file: &Path) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.file == file).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{failure::Failure, sync::report::SyncReport};

    fn synced(imported: usize, notes: &[&str]) -> Synced {
        let notes = notes.iter().map(|note| Text::new(*note, *note)).collect();
        let report = SyncReport { imported, notes, ..SyncReport::default() };
        Synced { file: "/a.hecha".into(), at: "2026-09-01 14:03".to_owned(), result: Ok(report) }
    }

    #[test]
    fn quiet_syncs_leave_no_line_and_the_same_trouble_leaves_one() {
        let mut log = SyncLog::default();
        log.note(&synced(0, &[]), false);
        assert!(log.about(Path::new("/a.hecha")).is_empty() && !log.unread);
        log.note(&synced(0, &["两行已隔离"]), false);
        log.note(&synced(0, &["两行已隔离"]), false);
        log.note(&synced(2, &[]), false);
        log.note(&synced(2, &[]), false);
        for file in ["~$a.tmp", "~$b.tmp"] {
            let failed = Synced { result: Err(Failure::bug(file)), ..synced(0, &[]) };
            log.note(&failed, false);
        }
        let times: Vec<usize> = log.about(Path::new("/a.hecha")).iter().map(|entry| entry.times).collect();
        assert_eq!(times, [2, 1, 1, 2]);
        assert!(log.unread && log.about(Path::new("/b.hecha")).is_empty());
    }

    #[test]
    fn notes_of_a_sync_by_hand_were_read_on_the_screen_and_the_log_stays_short() {
        let mut log = SyncLog::default();
        log.note(&synced(1, &["x"]), true);
        assert!(!log.unread);
        for n in 0..500 {
            log.note(&synced(n + 2, &[]), false);
        }
        assert_eq!(log.about(Path::new("/a.hecha")).len(), KEPT);
    }
}
