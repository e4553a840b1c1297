//! Looks at all that the store holds of one visit, says what is wrong with it, and plans how it is put right. Changes nothing.

use std::path::Path;

use crate::{
    app::{
        failure::damage::{Damage, Fate, Part},
        home::Home,
        session::{
            load::read_edit,
            mend::{
                elsewhere::Elsewhere,
                identity,
                scan::{Depth, Scan},
            },
            reading_envelope,
        },
    },
    domain::{
        edit::Edit,
        terms::id::{CommitId, FeedId, VisitId},
    },
    share::{code::key::DeviceKey, file::envelope::VisitKey},
    store::{
        Store,
        checks::{ChangedEdit, StoredEdits},
        error::StoreError,
        mending::CommitFix,
        own_edits::OwnEdit,
        visits::VisitRow,
    },
};

/// What is wrong with a visit in the store, and how it is put right.
pub(crate) struct Examined {
    /// What is wrong.
    pub(crate) damages: Vec<Damage>,
    /// What reads of the own edits in no commit yet that were changed: whom it concerns may look at it.
    pub(crate) changed_edits: Vec<String>,
    /// The key of this laptop, as far as it is known.
    pub(crate) device: Option<DeviceKey>,
    /// The visit as it should be.
    pub(crate) row: VisitRow,
    /// The commits that may be used: those that are whole, and those that the next opening puts right.
    pub(crate) scan: Scan,
    pub(super) plan: Plan,
}

/// How it is put right.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) commits: Vec<CommitFix>,
    pub(super) edits: Vec<OwnEdit>,
    pub(super) set_aside: Vec<ChangedEdit>,
    pub(super) puts_row: bool,
    pub(super) n_edits: i64,
    pub(super) secret: Option<[u8; 32]>,
    pub(super) makes_indexes: bool,
    pub(super) renumbers: bool,
    pub(super) forgets_waivers: bool,
}

impl Examined {
    /// Whether nothing of the visit may be opened.
    pub(crate) fn is_fatal(&self) -> bool {
        self.damages.iter().any(|it| it.fate == Fate::Fatal)
    }

    fn note(&mut self, part: Part, n: usize, fate: Fate) {
        if n > 0 {
            self.damages.push(Damage { part, n, fate });
        }
    }
}

/// Examines a visit; `None` if the store does not have it.
///
/// # Errors
/// The store's.
pub(crate) fn examine(
    store: &Store,
    home: &Home,
    visit: &VisitId,
    file: &Path,
    depth: Depth,
) -> Result<Option<Examined>, StoreError> {
    let Some(stored) = store.stored_visit(visit)? else { return Ok(None) };
    let scan = Scan::of(store, visit, depth)?;
    let edits = store.stored_edits(visit, depth.by())?;
    let mut found = Examined {
        damages: Vec::new(),
        changed_edits: Vec::new(),
        device: None,
        row: stored.row.clone(),
        scan,
        plan: Plan::default(),
    };
    let agree = match depth {
        Depth::Opening => found.scan.is_indexed && store.are_listed(visit, &found.scan.seqs, &edits.sound)?,
        Depth::Tables | Depth::Whole => store.indexes_agree(visit)?,
    };
    found.note(Part::Index, usize::from(!agree), Fate::Mended);
    found.plan.makes_indexes = !agree;
    found.plan.renumbers = store.has_bad_numbers()?;
    found.note(Part::Notes, usize::from(found.plan.renumbers), Fate::Mended);

    let n_proved = found.scan.prove(visit, &mut found.plan.commits);
    found.note(Part::Commits, n_proved, Fate::Mended);
    let mut elsewhere = Lazy { home, visit, file, row: &stored.row, found: None };
    if !found.scan.sound.contains_key(visit.as_str()) {
        bring_founding(&mut found, store, &mut elsewhere)?;
    }
    let has_changed_keys =
        stored.row.in_file_n < 0 || edits.sound.iter().any(|edit| edit.n.is_some_and(|n| n <= 0));
    find_device(&mut found, store, has_changed_keys, &mut elsewhere)?;
    let own = found.device.as_ref().map(DeviceKey::feed);
    let is_own = own.clone().filter(|own| found.scan.numbers(own).first() == Some(&1));
    commits(&mut found, own.as_ref(), &edits, &mut elsewhere);
    if let Some(own) = &is_own {
        let name = identity::name_of(&found.scan, own);
        if name.is_some() && name != found.row.me {
            found.row.me = name;
            found.note(Part::Name, 1, Fate::Mended);
        }
        let damages = identity::ballot(&found.scan, own, &edits, &mut found.row);
        found.damages.extend(damages);
        let head = found.scan.numbers(own).last().copied().unwrap_or(0);
        if found.row.in_file_n > i64::try_from(head).unwrap_or(i64::MAX) {
            found.row.in_file_n = 0;
            found.note(Part::Notes, 1, Fate::Mended);
        }
    }
    slot(&mut found, &mut elsewhere);
    if !identity::has_right_visit_key(&found.scan, &found.row) {
        found.row.visit_key = None;
        found.note(Part::VisitKey, 1, Fate::Mended);
    }
    found.note(Part::VisitKey, usize::from(stored.unreadable.contains(&"visit_key")), Fate::Mended);
    own_edits(&mut found, &edits, stored.n_edits);
    let n_waivers = store.bad_waivers(visit)?.len();
    found.note(Part::Waivers, n_waivers, Fate::Lost);
    found.plan.forgets_waivers = n_waivers > 0;
    if stored.unreadable.contains(&"secret") {
        found.note(Part::DeviceKey, 1, Fate::Fatal);
    }
    // Of a laptop that has not joined: nothing that anything rests on.
    let is_untold = found.damages.is_empty() && !stored.unreadable.is_empty();
    let has_notes = ["file", "in_file_n", "slot", "n_edits"].iter().any(|it| stored.unreadable.contains(it));
    found.note(Part::Notes, usize::from(is_untold || has_notes), Fate::Mended);
    found.plan.puts_row |= found.row != stored.row || !stored.unreadable.is_empty();
    found.damages.sort_unstable();
    found.damages.dedup();
    Ok(Some(found))
}

/// A slot that no passphrase could open: with the key, that of the lead's is as good; without, the file tells whether there is one.
fn slot(found: &mut Examined, elsewhere: &mut Lazy<'_>) {
    if found.row.slot.as_ref().is_none_or(|slot| VisitKey::is_slot(slot)) {
        return;
    }
    let signed = identity::newest_slot(&found.scan);
    if found.row.visit_key.is_some() || signed.is_some() {
        found.row.slot = signed;
        found.note(Part::Notes, 1, Fate::Mended);
    } else if elsewhere.get().is_file_plain {
        found.row.slot = None;
        found.note(Part::Notes, 1, Fate::Mended);
    } else {
        // Whoever may have seen the file encrypted writes no plain one.
        found.note(Part::VisitKey, 1, Fate::Awaited);
    }
}

/// The founding commit is what everything begins with.
fn bring_founding(found: &mut Examined, store: &Store, elsewhere: &mut Lazy<'_>) -> Result<(), StoreError> {
    if let Some(fix) = found.scan.rejoin(store, elsewhere.visit)? {
        found.plan.commits.push(fix);
        found.note(Part::Founding, 1, Fate::Mended);
        return Ok(());
    }
    let id = CommitId::new(elsewhere.visit.as_str());
    let Some(row) = elsewhere.get().commits.get(&id).cloned() else {
        found.note(Part::Founding, 1, Fate::Fatal);
        return Ok(());
    };
    found.scan.take(row.clone());
    let broken = found.scan.suspects.iter().position(|it| it.id.as_ref() == Some(&id));
    let broken = broken.map(|index| found.scan.suspects.swap_remove(index));
    found.plan.commits.push(match broken {
        Some(broken) => CommitFix::Put(broken.seq, row),
        None => CommitFix::Add(row),
    });
    found.note(Part::Founding, 1, Fate::Mended);
    Ok(())
}

/// The key of this laptop; its first commit may have to be brought.
fn find_device(
    found: &mut Examined,
    store: &Store,
    has_changed_keys: bool,
    elsewhere: &mut Lazy<'_>,
) -> Result<(), StoreError> {
    let secret = store.stored_secret()?;
    let visit = elsewhere.visit.clone();
    let look = |found: &Examined| identity::device(&found.scan, &visit, &found.row, secret, has_changed_keys);
    let (mut device, mut damage) = look(found);
    if damage.is_some_and(|it| it.fate == Fate::Fatal)
        && let Some(own) = device.as_ref().map(DeviceKey::feed)
    {
        bring_own(found, &own, &|n| n == 1, elsewhere);
        (device, damage) = look(found);
    }
    if damage.is_some_and(|it| it.fate == Fate::Mended) {
        found.plan.secret = device.as_ref().map(DeviceKey::to_bytes);
    }
    found.device = device;
    // Without its founding the key of the lead cannot be told: that is told by itself.
    found.damages.extend(damage.filter(|_| !found.is_fatal()));
    Ok(())
}

/// Brings own commits of these numbers that are not there; returns how many came.
fn bring_own(
    found: &mut Examined,
    own: &FeedId,
    wanted: &dyn Fn(u64) -> bool,
    elsewhere: &mut Lazy<'_>,
) -> usize {
    let rows = elsewhere.get().commits.values();
    let rows: Vec<_> = rows.filter(|row| row.feed == *own && wanted(row.n)).cloned().collect();
    let mut n = 0;
    for row in rows.into_iter().filter(|row| !found.scan.sound.contains_key(&row.id)).collect::<Vec<_>>() {
        found.scan.take(row.clone());
        found.plan.commits.push(CommitFix::Add(row));
        n += 1;
    }
    found.note(Part::OwnCommits, n, Fate::Mended);
    n
}

/// What is not what it says, and own commits that should be there.
fn commits(found: &mut Examined, own: Option<&FeedId>, edits: &StoredEdits, elsewhere: &mut Lazy<'_>) {
    let missigned: Vec<CommitId> = found.scan.missigned.iter().map(|(_, id)| id.clone()).collect();
    let n_own = missigned.iter().filter(|id| found.scan.sound.get(*id).map(|row| &row.feed) == own).count();
    found.note(Part::OwnCommits, n_own, Fate::Mended);
    // Without its founding nothing can be vouched for: that is told by itself.
    let n_unvouched = if found.is_fatal() { 0 } else { found.scan.unvouched_for_good() };
    found.note(Part::Commits, missigned.len() - n_own + n_unvouched, Fate::Awaited);
    if let Some(own) = own {
        let sealed = edits.sound.iter().filter_map(|edit| u64::try_from(edit.n?).ok()).max().unwrap_or(0);
        let in_file = u64::try_from(found.row.in_file_n).unwrap_or(0);
        let numbers = found.scan.numbers(own);
        let head = numbers.last().copied().unwrap_or(0);
        let has_gap = numbers.len() as u64 != head;
        if found.row.me.is_some() && (has_gap || sealed > head || in_file > head) {
            let there = numbers.clone();
            bring_own(found, own, &|n| there.binary_search(&n).is_err(), elsewhere);
        }
    }
    let suspects = std::mem::take(&mut found.scan.suspects);
    let (mut n_mended, mut n_awaited) = (0, 0);
    let mut own_lost = Vec::new();
    for suspect in suspects {
        let copy = suspect.id.as_ref().and_then(|id| elsewhere.get().commits.get(id)).cloned();
        match copy {
            Some(row) if !found.scan.sound.contains_key(&row.id) => {
                found.scan.take(row.clone());
                found.plan.commits.push(CommitFix::Put(suspect.seq, row));
                n_mended += 1;
            }
            _ if own.is_some_and(|own| suspect.may_be_of(own)) => own_lost.push(suspect),
            _ => {
                found.plan.commits.push(CommitFix::SetAside(suspect.seq));
                n_awaited += 1;
            }
        }
    }
    found.note(Part::Commits, n_mended, Fate::Mended);
    found.note(Part::Commits, n_awaited, Fate::Awaited);
    // With a key that is not this laptop's, no commit is its own: that is told by itself.
    if let Some(own) = own.filter(|own| !found.scan.numbers(own).is_empty()) {
        own_commits_lost(found, own, edits, own_lost, elsewhere);
    }
}

/// Own commits that are nowhere: what they held is in the own edits, and goes into new ones where nothing rests on the old.
fn own_commits_lost(
    found: &mut Examined,
    own: &FeedId,
    edits: &StoredEdits,
    own_lost: Vec<crate::app::session::mend::scan::Suspect>,
    elsewhere: &mut Lazy<'_>,
) {
    let numbers = found.scan.numbers(own);
    let is_there = |n: u64| numbers.binary_search(&n).is_ok();
    let numbered = |edit: &&OwnEdit| edit.n.is_some_and(|n| n > 0);
    let homeless: Vec<&OwnEdit> = edits
        .sound
        .iter()
        .filter(numbered)
        .filter(|edit| !edit.n.and_then(|n| u64::try_from(n).ok()).is_some_and(is_there))
        .collect();
    // A row whose number is there is a second one, or was brought again.
    let (again, lost): (Vec<_>, Vec<_>) = own_lost.into_iter().partition(|it| it.n.is_some_and(is_there));
    let n_again = again.len();
    found.plan.commits.extend(again.iter().map(|it| CommitFix::SetAside(it.seq)));
    found.note(Part::OwnCommits, n_again, Fate::Mended);
    if lost.is_empty() && homeless.is_empty() {
        return;
    }
    let n = lost
        .len()
        .max(homeless.iter().filter_map(|edit| edit.n).collect::<std::collections::BTreeSet<_>>().len());
    let head = numbers.last().copied().unwrap_or(0);
    let is_whole = numbers.len() as u64 == head && head > 0;
    let are_last =
        homeless.iter().all(|edit| edit.n.is_some_and(|n| n > i64::try_from(head).unwrap_or(i64::MAX)))
            && lost.iter().all(|it| it.n.is_some_and(|n| n > head));
    let can_be_said_again = homeless
        .iter()
        .all(|edit| edit.mark.is_some() || matches!(read_edit(&edit.json), Some(Edit::Receipt { .. })));
    if is_whole && are_last && can_be_said_again && !homeless.is_empty() && elsewhere.get().is_file_read {
        found.plan.commits.extend(lost.iter().map(|it| CommitFix::SetAside(it.seq)));
        found.plan.edits.extend(homeless.into_iter().map(|edit| OwnEdit { n: None, ..edit.clone() }));
        found.note(Part::OwnCommits, n, Fate::Mended);
    } else {
        found.note(Part::OwnCommits, n, Fate::Fatal);
    }
}

/// The own edits: those in commits are history, the others are votes.
fn own_edits(found: &mut Examined, edits: &StoredEdits, n_edits: i64) {
    let head = found.device.as_ref().and_then(|key| found.scan.numbers(&key.feed()).last().copied());
    let head = i64::try_from(head.unwrap_or(0)).unwrap_or(i64::MAX);
    let (history, open): (Vec<_>, Vec<_>) =
        edits.changed.iter().cloned().partition(|(_, _, n)| n.is_some_and(|n| n <= head));
    found.changed_edits = open.iter().map(|(_, json, _)| json.clone().unwrap_or_default()).collect();
    found.note(Part::UndoHistory, history.len(), Fate::Mended);
    found.note(Part::OpenEdits, open.len(), Fate::Lost);
    found.note(Part::EditNumbers, edits.renumbered.len(), Fate::Mended);
    let there = edits.sound.len() + edits.renumbered.len() + edits.changed.len();
    let there = i64::try_from(there).unwrap_or(i64::MAX);
    let gone = usize::try_from(n_edits.saturating_sub(there)).unwrap_or(0);
    found.note(Part::EditsGone, gone.min(1_000_000), Fate::Lost);
    found.note(Part::Notes, usize::from(n_edits < there), Fate::Mended);
    found.plan.n_edits = there;
    found.plan.edits.extend(edits.renumbered.iter().cloned());
    found.plan.set_aside = [history, open].concat();
    found.plan.puts_row |= n_edits != there;
}

/// Looks elsewhere once, and only if something is missing.
struct Lazy<'a> {
    home: &'a Home,
    visit: &'a VisitId,
    file: &'a Path,
    row: &'a VisitRow,
    found: Option<Elsewhere>,
}

impl Lazy<'_> {
    fn get(&mut self) -> &Elsewhere {
        let (home, visit, file, row) = (self.home, self.visit, self.file, self.row);
        self.found.get_or_insert_with(|| Elsewhere::of(home, visit, file, reading_envelope(row).as_ref()))
    }
}
