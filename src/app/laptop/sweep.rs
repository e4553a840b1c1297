//! What lies in the data folder and nobody needs: told by `hecha doctor`, removed by `hecha doctor --sweep` where it is safe. Nothing
//! of one's own is ever removed, nothing that a commit names, and nothing that somebody may be writing now.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    app::{
        evidence::exchange::named,
        failure::{Failure, wording},
        files,
        home::Home,
        session::{
            load,
            mend::{
                examine::{Examined, examine},
                scan::Depth,
            },
            room::{ALL_COMMITS_WAITING, DEVICES_WAITING, Ranks},
        },
    },
    domain::{
        terms::{
            digest::Digest,
            id::{FeedId, VisitId},
            lang::Text,
        },
        visit::{Visit, end::UpTo},
    },
    share::{
        code::key::DeviceKey,
        evidence::folder::{self as evidence, Read},
        folder::{
            disk::{Disk, RealDisk},
            is_lock_or_temporary,
        },
    },
    store::{Store, error::StoreError},
};

/// A file that is being written is not this old.
const UNFINISHED: Duration = Duration::from_hours(1);
/// Sealed files that no vote names stay so long: a clock that is wrong by a day removes nothing.
const UNNAMED: Duration = Duration::from_hours(30 * 24);

/// What is left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Files of writes that were cut off.
    Unfinished,
    /// Sealed files of others whose bytes are not what their names promise: the next sync brings them whole.
    BadEvidence,
    /// The same of one's own.
    OwnBadEvidence,
    /// Sealed files of others that nothing names in a visit that is final.
    UnnamedEvidence,
    /// Lines set aside beyond the bounds, or that hold a commit which was taken in since.
    Lines,
    /// Summaries and lines of visits that are not in the store.
    Orphans,
    /// Commits and own edits of visits that are not in the store.
    OrphanCommits,
    /// Folders of visits that are not in the store.
    Folders,
    /// Commits of devices that nobody admitted, beyond what is taken in now.
    Strangers,
}

/// Things left over, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    /// What.
    pub kind: Kind,
    /// How many.
    pub n: usize,
    /// How many bytes.
    pub bytes: u64,
    /// Whether they may be removed.
    pub may_go: bool,
    /// Whether they were.
    pub is_gone: bool,
}

impl Kind {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unfinished => "unfinished",
            Self::BadEvidence => "bad-evidence",
            Self::OwnBadEvidence => "own-bad-evidence",
            Self::UnnamedEvidence => "unnamed-evidence",
            Self::Lines => "lines",
            Self::Orphans => "orphans",
            Self::OrphanCommits => "orphan-commits",
            Self::Folders => "folders",
            Self::Strangers => "strangers",
        }
    }

    fn text(self) -> Text {
        match self {
            Self::Unfinished => Text::new("没写完的临时文件", "files of writes that were cut off"),
            Self::BadEvidence => Text::new(
                "损坏的他人附件（下次同步会重新取回）",
                "damaged attachments of others (the next sync brings them whole)",
            ),
            Self::OwnBadEvidence => Text::new(
                "损坏的本人附件（请重新附上；共享文件夹里完好的不受影响）",
                "damaged attachments of your own (attach them again; whole ones beside the shared file are as they were)",
            ),
            Self::UnnamedEvidence => Text::new(
                "已定稿的核查里没有评分引用的他人附件",
                "attachments of others that no vote names in visits that are final",
            ),
            Self::Lines => Text::new(
                "隔离的行里已取入的，和超过上限的",
                "lines set aside that were taken in since or are beyond the bounds",
            ),
            Self::Orphans => Text::new(
                "本机没有的核查的概要和隔离行",
                "summaries and lines of visits that are not on this laptop",
            ),
            Self::OrphanCommits => Text::new(
                "本机没有的核查的记录（可能有您自己的，保留）",
                "records of visits that are not on this laptop (some may be your own; kept)",
            ),
            Self::Folders => Text::new(
                "本机没有的核查的留底和附件文件夹（保留）",
                "folders with earlier versions and attachments of visits that are not on this laptop (kept)",
            ),
            Self::Strangers => Text::new(
                "没有核准的电脑超出上限的记录",
                "records of laptops that nobody admitted, beyond the bounds",
            ),
        }
    }
}

impl Leftover {
    /// What it is, how much, and what becomes of it.
    #[must_use]
    pub fn text(self) -> Text {
        let what = self.kind.text();
        let size = size(self.bytes);
        let (zh, en) = match (self.may_go, self.is_gone) {
            (_, true) => ("，已清除", "; removed"),
            (true, false) => ("，可用 --sweep 清除", "; --sweep removes them"),
            (false, false) => ("，保留", "; kept"),
        };
        Text::new(
            format!("{}：{} 个，{size}{zh}", what.zh, self.n),
            format!("{}: {}, {size}{en}", what.en, self.n),
        )
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// What may be removed, found before anything is.
#[derive(Default)]
struct Found {
    told: BTreeMap<Kind, (usize, u64)>,
    files: Vec<(Kind, PathBuf)>,
    feeds: Vec<(VisitId, FeedId)>,
}

impl Found {
    fn note(&mut self, kind: Kind, n: usize, bytes: u64) {
        if n > 0 {
            let told = self.told.entry(kind).or_default();
            *told = (told.0 + n, told.1 + bytes);
        }
    }

    fn file(&mut self, kind: Kind, path: PathBuf, bytes: u64) {
        self.note(kind, 1, bytes);
        self.files.push((kind, path));
    }
}

/// Looks for what is left over, and removes what may go if asked to.
///
/// # Errors
/// If the store fails. A file that does not go now goes the next time.
pub(crate) fn sweep(store: &mut Store, home: &Home, removes: bool) -> Result<Vec<Leftover>, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let mut found = Found::default();
    let visits = store.stored_visits().map_err(fail)?;
    let known: BTreeSet<String> =
        visits.iter().map(|stored| Home::folder_name(stored.row.id.as_str())).collect();
    unfinished(home, &mut found);
    folders(home, &known, &mut found);
    for stored in &visits {
        let (id, file) = (&stored.row.id, Path::new(&stored.row.file));
        let examined = store.in_one_look(|store| examine(store, home, id, file, Depth::Tables));
        let visit = match examined.map_err(fail)? {
            Some(examined) => opened(examined),
            None => None,
        };
        attachments(home, id, visit.as_ref(), &mut found);
        if let Some(visit) = &visit {
            let ranks = Ranks::of(visit, &visit_device(&stored.row.secret, store).map_err(fail)?);
            strangers(store, id, &ranks, &mut found).map_err(fail)?;
        }
    }
    let [lines, orphans, commits] = store.left_over().map_err(fail)?;
    for (kind, (n, bytes)) in [(Kind::Lines, lines), (Kind::Orphans, orphans), (Kind::OrphanCommits, commits)]
    {
        found.note(kind, n, bytes);
    }
    if removes {
        store.sweep_lines().map_err(fail)?;
        for (visit, feed) in &found.feeds {
            store.drop_feed(visit, feed).map_err(fail)?;
        }
    }
    let mut stayed: BTreeMap<Kind, usize> = BTreeMap::new();
    for (kind, path) in &found.files {
        let stays = !removes || !may_go(*kind) || RealDisk.remove(path).is_err();
        *stayed.entry(*kind).or_default() += usize::from(stays);
    }
    let left = found.told.into_iter().map(|(kind, (n, bytes))| {
        let is_gone = removes && may_go(kind) && stayed.get(&kind).is_none_or(|n| *n == 0);
        Leftover { kind, n, bytes, may_go: may_go(kind), is_gone }
    });
    Ok(left.collect())
}

const fn may_go(kind: Kind) -> bool {
    match kind {
        Kind::Unfinished
        | Kind::BadEvidence
        | Kind::UnnamedEvidence
        | Kind::Lines
        | Kind::Orphans
        | Kind::Strangers => true,
        Kind::OwnBadEvidence | Kind::OrphanCommits | Kind::Folders => false,
    }
}

/// The visit as it stands, without changing anything; `None` of one that does not open.
fn opened(examined: Examined) -> Option<Visit> {
    let is_fatal = examined.is_fatal();
    let device = examined.device.filter(|_| !is_fatal)?;
    load::fold(&examined.row, &device, &examined.scan.into_rows(), UpTo::InForce).map(|(visit, ..)| visit)
}

fn visit_device(secret: &Option<[u8; 32]>, store: &Store) -> Result<FeedId, StoreError> {
    let secret = secret.or(store.stored_secret()?).unwrap_or_default();
    Ok(DeviceKey::from_bytes(&secret).feed())
}

/// Files of writes that were cut off.
fn unfinished(home: &Home, found: &mut Found) {
    let evidence = files::folders_in(&home.root().join("evidence"));
    let parts = evidence.iter().flat_map(|folder| [folder.join("own"), folder.join("others")]);
    let backups = files::folders_in(&home.root().join("backups"));
    for folder in [home.root().to_owned()].into_iter().chain(backups).chain(parts) {
        let listed = RealDisk.list(&folder).unwrap_or_default();
        for path in listed.into_iter().filter(|path| is_lock_or_temporary(path)) {
            if files::age(&path).is_some_and(|age| age > UNFINISHED) {
                let length = RealDisk.length(&path).unwrap_or(0);
                found.file(Kind::Unfinished, path, length);
            }
        }
    }
}

/// Folders of visits that are not in the store: what is in them may be the only copy of something.
fn folders(home: &Home, known: &BTreeSet<String>, found: &mut Found) {
    for part in ["backups", "evidence"] {
        for folder in files::folders_in(&home.root().join(part)) {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if known.contains(name) {
                continue;
            }
            let within = [folder.clone(), folder.join("own"), folder.join("others")];
            let listed = within.iter().flat_map(|folder| RealDisk.list(folder).unwrap_or_default());
            let bytes: u64 = listed.filter_map(|path| RealDisk.length(&path).ok()).sum();
            found.note(Kind::Folders, 1, bytes);
        }
    }
}

/// Sealed files that are not what their names promise, and those of others that nothing names any more.
fn attachments(home: &Home, id: &VisitId, visit: Option<&Visit>, found: &mut Found) {
    let [own, others] = home.evidence_paths(id.as_str());
    let is_over =
        |visit: &&Visit| visit.finalised.is_some() && visit.members.iter().all(|state| state.n_sealed == 0);
    let named: Option<BTreeSet<Digest>> = visit.filter(is_over).map(named);
    for (folder, is_own) in [(own, true), (others, false)] {
        for (name, path) in evidence::list(&RealDisk, &folder).unwrap_or_default() {
            let length = RealDisk.length(&path).unwrap_or(0);
            let is_bad = matches!(evidence::read(&RealDisk, &folder, &name), Ok(Read::Damaged));
            let is_unnamed = named.as_ref().is_some_and(|named| !named.contains(&name));
            if is_bad && is_own {
                found.note(Kind::OwnBadEvidence, 1, length);
            } else if is_bad {
                found.file(Kind::BadEvidence, path, length);
            } else if !is_own && is_unnamed && files::age(&path).is_some_and(|age| age > UNNAMED) {
                found.file(Kind::UnnamedEvidence, path, length);
            }
        }
    }
}

/// Commits of devices that wait for the lead, beyond the bounds of [`crate::app::session::room`]: of a store that was filled before
/// there were any. The largest go first, and none that a commit of somebody else names.
fn strangers(store: &Store, id: &VisitId, ranks: &Ranks, found: &mut Found) -> Result<(), StoreError> {
    let sizes = store.feed_sizes(id)?;
    let mut waiting: Vec<_> = sizes.into_iter().filter(|(feed, _)| !ranks.seats(feed)).collect();
    let mut n_commits: u64 = waiting.iter().map(|(_, size)| size.n_commits).sum();
    let mut n_devices = waiting.len() as u64;
    waiting.sort_by_key(|(feed, size)| (size.n_commits, feed.clone()));
    while n_commits > ALL_COMMITS_WAITING || n_devices > DEVICES_WAITING {
        let Some((feed, size)) = waiting.pop() else { break };
        if store.is_named(id, &feed)? {
            continue;
        }
        (n_commits, n_devices) = (n_commits - size.n_commits, n_devices - 1);
        found.note(Kind::Strangers, usize::try_from(size.n_commits).unwrap_or(0), size.bytes);
        found.feeds.push((id.clone(), feed));
    }
    Ok(())
}
