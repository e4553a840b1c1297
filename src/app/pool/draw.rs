//! Drawing a panel from this laptop's pool, drawing it again from its record, and the record as a file.

mod order;
pub mod season;
pub(crate) mod wording;

use std::path::Path;

use serde_json::Value;

use crate::{
    app::{failure::Failure, files, home::Home, pool},
    domain::{
        edit::Member,
        pool::{
            Pool, comparable,
            draw::{Disagreement, DrawRecord, draw as draw_panel, draw_by},
        },
        terms::{clean::clean_line, date::Date, digest::Digest, lang::Text},
    },
    share::{
        code::{base64::sha256, json::Json},
        wire::draw::{draw_from, draw_json},
    },
};

pub use order::DrawOrder;
pub use wording::disagreement;

/// Largest record as a file, in bytes: indented it takes more than in a commit, which holds a megabyte.
const FILE_LIMIT: usize = 4 << 20;

/// A draw, and what a person should look at beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The record.
    pub record: DrawRecord,
    /// Experts whose unit or tie has nearly the facility's name, units that nobody is of.
    pub remarks: Vec<Text>,
}

/// A record drawn again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// The record.
    pub record: DrawRecord,
    /// What does not agree.
    pub disagreements: Vec<Disagreement>,
    /// Whether this laptop's pool is the one of the record, and, if so, gives the same record.
    pub pool: PoolAgrees,
}

/// What this laptop's pool says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolAgrees {
    /// It is another pool, or none: the record was drawn again from its own list.
    Other,
    /// It is the pool of the record, and drawing from it gives the record.
    Same,
    /// It is the pool of the record, and drawing from it gives something else.
    Differs,
}

impl Redrawn {
    /// Whether the record came out; `None` = it was drawn by rules that this program does not know.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        let is_known = !self.disagreements.contains(&Disagreement::Algorithm);
        is_known.then_some(self.disagreements.is_empty() && self.pool != PoolAgrees::Differs)
    }
}

/// Draws a panel.
///
/// # Errors
/// What the order lacks, or which fields the pool cannot cover.
pub fn draw(home: &Home, order: &DrawOrder) -> Result<Drawn, Failure> {
    let pool = pool::pool(home)?;
    if pool.is_empty() {
        return Err(wording::empty_pool());
    }
    let request = order.request(home, &pool)?;
    let record = draw_panel(&pool, pool::digest(&pool)?, request, &hash).map_err(|it| wording::draw(&it))?;
    let mut remarks = remarks(&pool, &record);
    if record.request.visit_on.is_none() {
        remarks.push(season::not_looked_at());
    }
    Ok(Drawn { record, remarks })
}

/// Draws a record again.
///
/// # Errors
/// If the pool of this laptop cannot be read.
pub fn redraw(home: &Home, record: DrawRecord) -> Result<Redrawn, Failure> {
    let disagreements = record.disagreements(&hash);
    let pool = pool::pool(home)?;
    let digest = pool::digest(&pool)?;
    let is_known = !disagreements.contains(&Disagreement::Algorithm);
    let pool = if !is_known || digest != record.pool_digest {
        PoolAgrees::Other
    } else if draw_by(&record.algorithm, &pool, digest, record.request.clone(), &hash).as_ref() == Ok(&record)
    {
        PoolAgrees::Same
    } else {
        PoolAgrees::Differs
    };
    Ok(Redrawn { record, disagreements, pool })
}

/// Reads a record from a file of its own.
///
/// # Errors
/// If it cannot be read, is no record, or does not come out when it is drawn again.
pub fn read_record(path: &Path) -> Result<DrawRecord, Failure> {
    let record = parse_record(&files::read(path)?, path)?;
    match record.disagreements(&hash).as_slice() {
        [] => Ok(record),
        found => Err(wording::does_not_agree(path, found)),
    }
}

/// Writes a record to a file that is not there yet, and keeps who was drawn for the draws of other visits that day.
///
/// # Errors
/// If it is there, or cannot be written, or the store fails.
pub fn keep_record(home: &Home, path: &Path, record: &DrawRecord) -> Result<(), Failure> {
    write_record(path, record)?;
    season::keep(home, record, None)
}

/// Writes a record to a file that is not there yet.
///
/// # Errors
/// If it is there, or cannot be written.
pub fn write_record(path: &Path, record: &DrawRecord) -> Result<(), Failure> {
    if files::is_there(path) {
        return Err(wording::record_exists(path));
    }
    let path = std::path::absolute(path).map_err(|error| crate::app::failure::wording::path(path, &error))?;
    files::write_whole(&path, to_text(record).as_bytes())
}

/// A record as JSON.
#[must_use]
pub fn to_json(record: &DrawRecord) -> Value {
    draw_json(record)
}

/// A record as the text of its file.
#[must_use]
pub fn to_text(record: &DrawRecord) -> String {
    format!("{:#}\n", draw_json(record))
}

/// Whether a roster, facility and profile are those of a record; founding asks, whoever made the request.
///
/// # Errors
/// What differs.
pub(crate) fn check_founding(
    record: &DrawRecord,
    (facility, profile): (&str, &str),
    roster: &[Member],
) -> Result<(), Failure> {
    if let [_, ..] = record.disagreements(&hash).as_slice() {
        return Err(wording::founding(Text::new(
            "抽取记录重新抽取后结果不一致。",
            "The draw record does not come out when it is drawn again.",
        )));
    }
    if comparable(facility) != comparable(&record.request.facility) {
        let drawn_for = &record.request.facility;
        return Err(wording::founding(Text::new(
            format!("抽取记录是为“{drawn_for}”抽取的，不是这个机构。"),
            format!("The panel was drawn for “{drawn_for}”, not for this facility."),
        )));
    }
    let drawn_by = &record.request.profile;
    if !drawn_by.is_empty() && drawn_by != profile {
        let profile = clean_line(profile);
        return Err(wording::founding(Text::new(
            format!(
                "专家组是按方案“{drawn_by}”抽取的，核查用的是“{profile}”，专业和职称要求可能不同；请按“{profile}”重新抽取。"
            ),
            format!(
                "The panel was drawn by the profile “{drawn_by}”, the visit is by “{profile}”, which may ask for other fields and titles; draw again by “{profile}”."
            ),
        )));
    }
    let drawn = record.roster();
    let is_drawn = |member: &Member| drawn.iter().any(|seated| &seated.member == member);
    if roster.len() != drawn.len() || !roster.iter().all(is_drawn) {
        return Err(wording::founding(Text::new(
            "名单与抽取记录不一致。",
            "The roster is not that of the draw record.",
        )));
    }
    Ok(())
}

/// What is to be known when a visit is founded on a record and need not be wrong: a rule that was not a profile's, another
/// day than was drawn for.
#[must_use]
pub fn founding_remarks(record: &DrawRecord, profile: &str, date: Date) -> Vec<Text> {
    let mut remarks = Vec::new();
    if record.request.profile.is_empty() {
        let profile = clean_line(profile);
        remarks.push(Text::new(
            format!("抽取记录没有写按哪个方案抽取；是否符合方案“{profile}”的专家组规则，请看下面的提示。"),
            format!(
                "The draw record names no profile; what the panel lacks under “{profile}” is told below."
            ),
        ));
    }
    match record.request.visit_on {
        Some(day) if day != date => remarks.push(Text::new(
            format!("专家组是为 {day} 的核查抽取的，现在是 {date}：没有核对专家这一天是否另有核查。"),
            format!("The panel was drawn for a visit on {day}, not {date}: whether an expert sits elsewhere that day was not looked at."),
        )),
        Some(_) => {}
        None => remarks.push(season::not_looked_at()),
    }
    remarks
}

/// Reads a record from the bytes of a file.
///
/// # Errors
/// If it is no record.
pub(crate) fn parse_record(bytes: &[u8], path: &Path) -> Result<DrawRecord, Failure> {
    let is_small = bytes.len() <= FILE_LIMIT;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let json = is_small.then(|| Json::parse(std::str::from_utf8(bytes).ok()?).ok()).flatten();
    json.and_then(|json| draw_from(&json)).ok_or_else(|| wording::no_record(path))
}

fn hash(text: &str) -> Digest {
    Digest(sha256(&[text.as_bytes()]))
}

/// What the exact comparison of names may have missed.
fn remarks(pool: &Pool, record: &DrawRecord) -> Vec<Text> {
    let facility = comparable(&record.request.facility);
    let is_near = |name: &str| {
        let name = comparable(name);
        let (short, long) = if name.len() < facility.len() { (&name, &facility) } else { (&facility, &name) };
        name != facility && short.chars().count() >= 3 && long.contains(short.as_str())
    };
    let mut remarks = Vec::new();
    for it in &record.eligible {
        let ties = pool.get(&it.person).map(|expert| expert.ties.as_slice()).unwrap_or_default();
        let names = std::iter::once(&it.person.unit).chain(ties.iter().map(|tie| &tie.with));
        let near = names.filter(|name| is_near(name)).map(|name| wording::near(&it.person, name));
        remarks.extend(near);
    }
    let is_of_nobody =
        |unit: &&String| pool.experts().all(|expert| comparable(&expert.person.unit) != comparable(unit));
    remarks.extend(record.request.left_out.iter().filter(is_of_nobody).map(|unit| wording::of_nobody(unit)));
    remarks
}
