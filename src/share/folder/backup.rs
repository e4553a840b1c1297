//! Keeps the shared file's earlier bytes on this laptop before they are replaced: generations, compressed and numbered.

use std::{
    collections::BTreeSet,
    io::{self, Read},
    path::{Path, PathBuf},
};

use ruzstd::{
    decoding::StreamingDecoder,
    encoding::{CompressionLevel, compress_to_vec},
};

use crate::{
    domain::terms::date::Date,
    share::{
        code::base64::{encode, sha256},
        error::ShareError,
        folder::{disk::Disk, is_lock_or_temporary, replace::replace_private},
        limits::FILE_LIMIT,
    },
};

/// Generations that are kept whatever their days.
const LAST: usize = 20;
/// Of the older ones, the newest of each day is kept, for so many days on which there was one.
const DAYS: usize = 30;
/// Of those left, the newest of each week, for so many weeks.
const WEEKS: usize = 52;
/// How every zstd frame begins.
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

/// One generation: `<number>-<day>-<hash>.hecha.zst`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// Number; later ones are higher.
    pub n: u64,
    /// The day it was kept, if the clock told one.
    pub day: Option<Date>,
    /// Where it is.
    pub path: PathBuf,
    /// First 6 bytes of the SHA-256 of its content.
    hash: String,
}

/// Bytes that are ready to be set aside: packing takes as long as all the writing, and must not make others wait for the lock.
#[derive(Debug)]
pub struct Packed<'a> {
    bytes: &'a [u8],
    packed: Vec<u8>,
}

impl<'a> Packed<'a> {
    /// Packs bytes.
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Self {
        let packed =
            if bytes.is_empty() { Vec::new() } else { compress_to_vec(bytes, CompressionLevel::Fastest) };
        Self { bytes, packed }
    }
}

/// Sets bytes aside under `folder` and drops generations that are no longer wanted. The same bytes are kept once.
///
/// # Errors
/// [`ShareError::Io`] or [`ShareError::ReadBack`]; then no generation was dropped.
pub fn set_aside(
    disk: &dyn Disk,
    folder: &Path,
    Packed { bytes, packed }: &Packed<'_>,
    day: Option<Date>,
    token: &str,
) -> Result<(), ShareError> {
    if bytes.is_empty() {
        return Ok(());
    }
    let files = disk.list(folder).map_err(ShareError::io("list", folder))?;
    for unfinished in files.iter().filter(|path| is_lock_or_temporary(path)) {
        let _ = disk.remove(unfinished);
    }
    let mut kept = sorted(files);
    let hash = short_hash(bytes);
    let same = kept.iter().find(|generation| generation.hash == hash);
    if same.is_some_and(|same| read(disk, &same.path).is_ok_and(|old| old == *bytes)) {
        return Ok(());
    }
    let n = kept.first().map_or(0, |newest| newest.n) + 1;
    let day_text = day.map_or_else(|| "undated".to_owned(), |day| day.to_string().replace('-', ""));
    let path = folder.join(format!("{n:08}-{day_text}-{hash}.hecha.zst"));
    replace_private(disk, &path, packed, token)?;
    kept.insert(0, Generation { n, day, path, hash });
    for old in surplus(&kept) {
        // One that cannot go now, because a virus scanner holds it, goes the next time.
        let _ = disk.remove(&old.path);
    }
    Ok(())
}

/// The generations in a folder, newest first.
///
/// # Errors
/// [`ShareError::Io`] if it cannot be listed.
pub fn generations(disk: &dyn Disk, folder: &Path) -> Result<Vec<Generation>, ShareError> {
    let files = disk.list(folder).map_err(ShareError::io("list", folder))?;
    Ok(sorted(files))
}

/// The generations among files, newest first.
fn sorted(files: Vec<PathBuf>) -> Vec<Generation> {
    let mut generations: Vec<Generation> = files.into_iter().filter_map(generation).collect();
    generations.sort_by(|a, b| (b.n, &b.path).cmp(&(a.n, &a.path)));
    generations
}

/// The bytes of a generation, or of a shared file that was kept as it is. At most 256 MiB are unpacked.
///
/// # Errors
/// The system's; `InvalidData` for what does not unpack, `FileTooLarge` for what is larger.
pub fn read(disk: &dyn Disk, path: &Path) -> io::Result<Vec<u8>> {
    let packed = disk.read(path, FILE_LIMIT)?;
    if !packed.starts_with(ZSTD) {
        return Ok(packed);
    }
    unpack(&packed, FILE_LIMIT)
}

fn unpack(packed: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    let decoder =
        StreamingDecoder::new(packed).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    let mut bytes = Vec::new();
    decoder.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// The generations, newest first, that none of the three rules keeps. Days are counted, not measured from today, so
/// that a clock that jumps drops nothing.
fn surplus(newest_first: &[Generation]) -> Vec<&Generation> {
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let is_surplus = |generation: &&Generation| {
        let newest_of_day = !days.contains(&generation.day);
        if newest_of_day && days.len() < DAYS {
            days.insert(generation.day);
            return false;
        }
        let week = generation.day.map(week_of);
        !(newest_of_day && weeks.len() < WEEKS && weeks.insert(week))
    };
    newest_first.iter().skip(LAST).filter(is_surplus).collect()
}

/// Number of a day's week, counted from Mondays.
fn week_of(date: Date) -> i64 {
    let (year, month, day) = date.parts();
    // Years are counted from March, so that the leap day comes last.
    let (year, month) =
        if month > 2 { (i64::from(year), month - 3) } else { (i64::from(year) - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100
        + year / 400
        + (153 * i64::from(month) + 2) / 5
        + i64::from(day)
        + 1;
    days.div_euclid(7)
}

fn generation(path: PathBuf) -> Option<Generation> {
    let mut parts = path.file_name()?.to_str()?.strip_suffix(".hecha.zst")?.splitn(3, '-');
    let (n, day, hash) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?.to_owned());
    let dashed =
        (day.len() == 8 && day.is_ascii()).then(|| format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
    Some(Generation { n, day: dashed.and_then(|day| day.parse().ok()), path, hash })
}

fn short_hash(bytes: &[u8]) -> String {
    let [a, b, c, d, e, f, ..] = sha256(&[bytes]);
    encode(&[a, b, c, d, e, f])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::folder::disk::RealDisk;

    fn on(n: u64, day: Option<&str>) -> Generation {
        Generation {
            n,
            day: day.map(|day| day.parse().unwrap()),
            path: PathBuf::from(n.to_string()),
            hash: String::new(),
        }
    }

    /// The day so many days after 1 January 2026, in years of 12 × 28 days, which is enough for counting.
    fn day(offset: u64) -> String {
        format!("{:04}-{:02}-{:02}", 2026 + offset / 336, offset % 336 / 28 + 1, offset % 28 + 1)
    }

    #[test]
    fn weeks_begin_on_monday_and_days_go_on() {
        let week = |text: &str| week_of(text.parse().unwrap());
        assert_eq!(week("2026-11-22") + 1, week("2026-11-23"), "a Sunday and a Monday");
        assert_eq!(week("2026-11-23"), week("2026-11-29"));
        assert_eq!(week("2024-02-26"), week("2024-03-03"), "over a leap day");
        assert_eq!(week("2025-12-29"), week("2026-01-04"), "over the new year");
        assert_eq!(week("2026-01-05") - week("2026-01-04"), 1);
    }

    #[test]
    fn the_last_twenty_then_days_then_weeks_are_kept() {
        // Five a day for 400 days, the newest first.
        let all: Vec<Generation> = (0..2_000).rev().map(|n| on(n, Some(&day(n / 5)))).collect();
        let dropped: BTreeSet<u64> = surplus(&all).iter().map(|generation| generation.n).collect();
        let kept: Vec<u64> = all.iter().map(|it| it.n).filter(|n| !dropped.contains(n)).collect();
        assert!((LAST + DAYS + 40..=LAST + DAYS + WEEKS).contains(&kept.len()), "{}", kept.len());
        assert_eq!(kept[..LAST], (1_980..2_000).rev().collect::<Vec<_>>());
        let daily: Vec<u64> = (0..30).map(|back| 1_979 - 5 * back).collect();
        assert_eq!(kept[LAST..LAST + DAYS], daily, "the newest of each of thirty days");
        assert!(kept[LAST + DAYS..].iter().all(|n| n % 5 == 4), "the newest of a day for each week");
        // Dropping again drops nothing more, and one more generation costs at most what it displaces.
        let left: Vec<Generation> = all.into_iter().filter(|it| !dropped.contains(&it.n)).collect();
        assert!(surplus(&left).is_empty());
    }

    #[test]
    fn a_clock_that_jumps_or_tells_nothing_drops_nothing_else() {
        let mut all: Vec<Generation> = (0..40).rev().map(|n| on(n, Some(&day(n)))).collect();
        assert!(surplus(&all).is_empty());
        all.insert(0, on(40, Some("2099-01-01")));
        all.insert(0, on(41, Some("1999-01-01")));
        all.insert(0, on(42, None));
        assert!(surplus(&all).is_empty());
    }

    #[test]
    fn bytes_come_back_once_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let day = Some("2026-11-21".parse().unwrap());
        for n in 0..30_u64 {
            set_aside(&RealDisk, folder.path(), &Packed::of(format!("bytes {n}").as_bytes()), day, "abcdef")
                .unwrap();
            set_aside(&RealDisk, folder.path(), &Packed::of(format!("bytes {n}").as_bytes()), day, "abcdef")
                .unwrap();
        }
        set_aside(&RealDisk, folder.path(), &Packed::of(b""), day, "abcdef").unwrap();
        let kept = generations(&RealDisk, folder.path()).unwrap();
        assert_eq!(kept.iter().map(|it| it.n).collect::<Vec<_>>(), {
            let mut expected: Vec<u64> = (11..=30).rev().collect();
            expected.push(10);
            expected
        });
        assert_eq!(read(&RealDisk, &kept[0].path).unwrap(), b"bytes 29");
        assert_eq!((kept[0].day, kept.len()), (day, 21), "twenty, and one for the day");
        // A generation that was damaged is no copy of the bytes.
        std::fs::write(&kept[0].path, b"\x28\xB5\x2F\xFDxx").unwrap();
        assert!(read(&RealDisk, &kept[0].path).is_err());
        set_aside(&RealDisk, folder.path(), &Packed::of(b"bytes 29"), day, "abcdef").unwrap();
        let newest = generations(&RealDisk, folder.path()).unwrap().remove(0);
        assert_eq!((newest.n, read(&RealDisk, &newest.path).unwrap()), (31, b"bytes 29".to_vec()));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let packed = compress_to_vec([0_u8; 300_000].as_slice(), CompressionLevel::Fastest);
        assert!(packed.len() < 3_000);
        assert_eq!(unpack(&packed, 300_000).unwrap().len(), 300_000);
        assert_eq!(unpack(&packed, 299_999).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        for cut in 0..packed.len() {
            assert!(unpack(&packed[..cut], 300_000).is_err(), "{cut} bytes");
        }
    }
}
