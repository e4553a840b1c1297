//! The expert pool of this laptop: taken in from files, shown, written to files; panels are drawn from it (`draw`).

pub mod draw;
mod read;
mod table;

use std::path::Path;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        files::{self, existing::Existing},
        home::Home,
        system,
        table::TableFormat,
    },
    domain::{
        pool::{Difference, POOL_LIMIT, Policy, Pool, PoolExpert},
        terms::{
            clean::clean_line,
            digest::Digest,
            lang::{Lang, Text},
        },
    },
    share::code::base64::sha256,
    store::Store,
};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Experts who were not there.
    pub n_added: usize,
    /// Experts whose details were replaced.
    pub n_replaced: usize,
    /// Experts whose details differed and were kept.
    pub n_kept: usize,
    /// Experts with the same details.
    pub n_same: usize,
    /// Experts of the pool now.
    pub n_pool: usize,
    /// How the file was read, and what of it was not.
    pub told: Vec<Text>,
}

/// What of the pool is written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All experts.
    Experts,
    /// The headers only, to be filled in.
    Headers,
}

/// The pool.
///
/// # Errors
/// If the store fails.
pub fn pool(home: &Home) -> Result<Pool, Failure> {
    read_pool(&home.store()?, home)
}

/// SHA-256 of the pool as [`export`] writes it to CSV, so that anybody can compare it with `sha256sum`.
///
/// # Errors
/// Never on a pool that can be held in memory.
pub fn digest(pool: &Pool) -> Result<Digest, Failure> {
    Ok(Digest(sha256(&[&table::csv(pool)?])))
}

/// Takes a pool file into the pool of this laptop. One bad row, or a person whose details differ while nobody said what
/// holds, and nothing is taken in.
///
/// # Errors
/// Every bad row, or every detail that differs.
pub fn import(home: &Home, path: &Path, policy: Policy) -> Result<Imported, Failure> {
    let read = read::read(&files::read(path)?, path)?;
    let mut store = home.store()?;
    if policy == Policy::Replace {
        // What the file says holds: also over rows that are not what was stored any more.
        store.drop_bad_experts().map_err(|error| wording::store(&error, &home.database()))?;
    }
    let ours = read_pool(&store, home)?;
    let merged = ours.compare(&read.pool);
    if policy == Policy::Ask && !merged.differences.is_empty() {
        return Err(differing(path, merged.changed.len(), &merged.differences));
    }
    let n_pool = ours.len() + merged.added.len();
    if n_pool > POOL_LIMIT {
        return Err(too_many(n_pool));
    }
    let replaced: &[PoolExpert] = if policy == Policy::Replace { &merged.changed } else { &[] };
    store
        .put_into_pool(merged.added.iter().chain(replaced))
        .map_err(|error| wording::store(&error, &home.database()))?;
    Ok(Imported {
        n_added: merged.added.len(),
        n_replaced: replaced.len(),
        n_kept: merged.changed.len() - replaced.len(),
        n_same: merged.n_same,
        n_pool,
        told: read.told,
    })
}

/// Writes the pool, or only its headers, as CSV or as a workbook; which of them the end of the name says.
///
/// # Errors
/// If the name ends otherwise, the file exists and may not be replaced, or it cannot be written.
pub fn export(home: &Home, path: &Path, part: Part, existing: Existing) -> Result<usize, Failure> {
    let pool = match part {
        Part::Experts => pool(home)?,
        Part::Headers => Pool::default(),
    };
    let bytes = match TableFormat::of(path)? {
        TableFormat::Csv => table::csv(&pool)?,
        TableFormat::Workbook => {
            system::check_clock_for_workbooks()?;
            table::workbook(&pool)?
        }
    };
    if files::is_there(path) && existing == Existing::Keep {
        return Err(wording::in_the_way(&[path.to_owned()], "导出", "exported"));
    }
    let path = std::path::absolute(path).map_err(|error| wording::path(path, &error))?;
    files::write_whole(&path, &bytes)?;
    Ok(pool.len())
}

/// Takes an expert out of the pool; gives the expert as a pool file, which puts them back when it is imported.
///
/// # Errors
/// If nobody has that name, or several have it and no unit was given.
pub fn remove(home: &Home, name: &str, unit: Option<&str>) -> Result<(PoolExpert, Vec<u8>), Failure> {
    let mut store = home.store()?;
    let pool = read_pool(&store, home)?;
    let expert = find(&pool, name, unit)?.clone();
    store.remove_from_pool(&expert.person).map_err(|error| wording::store(&error, &home.database()))?;
    let mut alone = Pool::default();
    alone.put(expert.clone());
    Ok((expert, table::csv(&alone)?))
}

/// The expert of a name, and of a unit where the name alone does not tell.
pub(crate) fn find<'p>(pool: &'p Pool, name: &str, unit: Option<&str>) -> Result<&'p PoolExpert, Failure> {
    let person = crate::domain::pool::Person::new(name, unit.unwrap_or_default());
    let mut named = pool.named(&person.name);
    if unit.is_some() {
        named.retain(|expert| expert.person.unit == person.unit);
    }
    match named.as_slice() {
        [expert] => Ok(expert),
        [] => Err(nobody(&person.name, unit)),
        several => Err(ambiguous(&person.name, several)),
    }
}

fn read_pool(store: &Store, home: &Home) -> Result<Pool, Failure> {
    store.pool().map_err(|error| wording::store(&error, &home.database()))
}

fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}

fn not_imported(path: &Path, why: Text, next: Text) -> Failure {
    let path = shown(path);
    let what = Text::new(
        format!("没有导入 {path}，专家库没有变动"),
        format!("{path} was not imported; the pool is as it was"),
    );
    Failure::new(Exit::Fixable, what, why, next)
}

fn differing(path: &Path, n: usize, differences: &[Difference]) -> Failure {
    let line = |it: &Difference| {
        let value =
            |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { format!("“{text}”") };
        Text::new(
            format!(
                "{} {}：本机 {}，文件 {}",
                it.person.shown(Lang::Zh),
                it.column.name(Lang::Zh),
                value(&it.ours, "空"),
                value(&it.theirs, "空")
            ),
            format!(
                "{} {}: here {}, in the file {}",
                it.person.shown(Lang::En),
                it.column.name(Lang::En),
                value(&it.ours, "empty"),
                value(&it.theirs, "empty")
            ),
        )
    };
    let why = Text::new(
        format!("{n} 名专家在本机和文件里的内容不同，列在下面。"),
        format!("{n} experts have other details here than in the file, listed below."),
    );
    let next = Text::new(
        "以文件为准加 --replace，以本机为准加 --keep。",
        "Add --replace to take those of the file, --keep to keep those here.",
    );
    let failure = not_imported(path, why, next).with_details(differences.iter().map(line).collect());
    Failure { exit: Exit::NeedsPerson, ..failure }
}

fn too_many(n: usize) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有导入，专家库没有变动。", "Nothing was imported; the pool is as it was."),
        Text::new(
            format!("合起来有 {n} 名专家，超过 {POOL_LIMIT} 名。"),
            format!("That would be {n} experts, more than {POOL_LIMIT}."),
        ),
        Text::new("请按市或县分成几个专家库。", "Split it into pools of a city or county."),
    )
}

fn nobody(name: &str, unit: Option<&str>) -> Failure {
    let unit = unit.map(clean_line).filter(|unit| !unit.is_empty());
    let (zh, en) = unit.map_or_else(Default::default, |unit| (format!("（{unit}）"), format!(" ({unit})")));
    Failure::new(
        Exit::Fixable,
        Text::new(format!("专家库里没有 {name}{zh}"), format!("The pool has no {name}{en}")),
        Text::new("姓名和单位要与专家库一致。", "Name and unit must be as in the pool."),
        Text::new("请用 hecha pool list 查看。", "See hecha pool list."),
    )
}

fn ambiguous(name: &str, several: &[&PoolExpert]) -> Failure {
    let units: Vec<&str> = several.iter().map(|expert| expert.person.unit.as_str()).collect();
    let units = units.join("、");
    Failure::new(
        Exit::Fixable,
        Text::new(
            format!("专家库里有 {} 个 {name}", several.len()),
            format!("The pool has {} experts named {name}", several.len()),
        ),
        Text::new(format!("他们的单位：{units}。"), format!("Their units: {units}.")),
        Text::new(
            "请写明单位：--unit 单位，或在 --recuse 里写 姓名@单位。",
            "Say the unit: --unit UNIT, or NAME@UNIT in --recuse.",
        ),
    )
}
