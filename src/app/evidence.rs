//! Attaching photos and files to a clause, and taking them back. Bytes are sealed and on the disk before the edit is.

pub(crate) mod exchange;
pub mod export;
pub mod listing;

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        files,
        session::Session,
        system,
    },
    domain::{
        edit::{
            Edit,
            evidence::{EVIDENCE_LIMIT, EvidenceItem, ITEMS_PER_CLAUSE, clean_file_name},
        },
        terms::{
            clean::clean_line,
            digest::Digest,
            id::{ClauseId, PointId},
            lang::Text,
            written::Line,
        },
    },
    share::{
        evidence::{
            digest_of, folder,
            photo::{self, Stripped},
            seal,
        },
        folder::disk::RealDisk,
    },
};

/// What is to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachRequest {
    /// The clause.
    pub clause: ClauseId,
    /// The point it is about, if one.
    pub point: Option<PointId>,
    /// The files.
    pub paths: Vec<PathBuf>,
    /// What they show; may be empty.
    pub caption: String,
    /// Whether a file whose metadata cannot be taken out is attached as it is.
    pub keep_metadata: bool,
}

/// What was attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The clause.
    pub clause: ClauseId,
    /// Names of the files, in the order given.
    pub names: Vec<String>,
    /// What the user should know, e.g. that a file still tells more than its picture.
    pub notes: Vec<Text>,
}

/// A file read and freed from its metadata.
pub(crate) struct Prepared {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    note: Option<Text>,
}

impl Session {
    /// Attaches files to a clause: all of them or none. The bytes are sealed with the ballot's key and on the disk when
    /// this returns; no plain copy is kept.
    ///
    /// # Errors
    /// If a rule forbids it, a file cannot be read, is too large or tells its place and cannot be freed of it, or the
    /// disk fails.
    pub(in crate::app) fn attach(&mut self, request: &AttachRequest) -> Result<Attached, Failure> {
        let clause = self.clause(request.clause.as_str())?.id.clone();
        self.open_clause(&clause).map_err(|failure| {
            let what = Text::new("附件没有记录。", "The attachment was not recorded.");
            Failure { what, ..failure }
        })?;
        let mut attached = Attached { clause: clause.clone(), names: Vec::new(), notes: Vec::new() };
        let mut edits = Vec::new();
        for path in &request.paths {
            let prepared = prepare(path, request.keep_metadata)?;
            attached.names.push(prepared.name.clone());
            attached.notes.extend(prepared.note.clone());
            let (digest, item) = self.keep(prepared, request)?;
            edits.push(Edit::Evidence { clause: clause.clone(), digest, value: Some(item) });
        }
        self.record(edits)?;
        Ok(attached)
    }

    /// Takes one of one's own things back: by its number in the list of the clause, from 1, or by the beginning of its
    /// SHA-256. Returns its name.
    ///
    /// # Errors
    /// If there is no such thing, a rule forbids it, or the store fails.
    pub(in crate::app) fn detach(&mut self, clause: &ClauseId, which: &str) -> Result<String, Failure> {
        let clause = self.clause(clause.as_str())?.id.clone();
        let own = self.my_state().map(|state| state.ballot.evidence(clause.as_str())).unwrap_or_default();
        let by_number = which.parse::<usize>().ok().and_then(|n| own.get(n.checked_sub(1)?));
        let by_digest = || {
            let mut alike = own.iter().filter(|(digest, _)| digest.to_hex().starts_with(which));
            alike.next().filter(|_| which.len() >= 6 && alike.next().is_none())
        };
        let Some((digest, item)) = by_number.or_else(by_digest) else {
            return Err(nothing_there(clause.as_str(), which, own.len()));
        };
        let (digest, name) = (*digest, item.name.clone());
        self.record(vec![Edit::Evidence { clause, digest, value: None }])?;
        Ok(name)
    }

    /// The edit, if the member may attach to this clause now and its limits hold.
    pub(in crate::app) fn checked_evidence(
        &self,
        clause: ClauseId,
        digest: Digest,
        value: Option<EvidenceItem>,
    ) -> Result<Edit, Failure> {
        let asked = self.clause(clause.as_str())?;
        let Some(item) = value else { return Ok(Edit::Evidence { clause, digest, value: None }) };
        if let Some(point) = item.point.as_ref().filter(|point| asked.point(point.as_str()).is_none()) {
            return Err(wording::unknown("要点", "point", point.as_str(), None));
        }
        let own = self.my_state().map(|state| state.ballot.evidence(clause.as_str())).unwrap_or_default();
        if own.len() >= ITEMS_PER_CLAUSE && own.iter().all(|(known, _)| *known != digest) {
            return Err(too_many(clause.as_str()));
        }
        let item = EvidenceItem { name: clean_file_name(&item.name), ..item };
        Ok(Edit::Evidence { clause, digest, value: Some(item) })
    }

    /// Seals bytes and keeps them in the data folder. What is attached already, here or to another clause, is sealed once.
    fn keep(&self, prepared: Prepared, request: &AttachRequest) -> Result<(Digest, EvidenceItem), Failure> {
        let (own, _) = self.home.evidence(self.row.id.as_str())?;
        let digest = digest_of(&prepared.bytes);
        let mut item = EvidenceItem {
            name: prepared.name,
            caption: Line::new(&request.caption)?,
            point: request.point.clone(),
            size: prepared.bytes.len() as u64,
            media: photo::media_type(&prepared.bytes),
            sealed: digest,
        };
        let ballot = self.my_state().map(|state| &state.ballot);
        let mut known = ballot.into_iter().flat_map(|ballot| ballot.all_evidence());
        let sealed = known.find(|(_, it, _)| *it == digest).map(|(_, _, item)| item.sealed);
        let is_here =
            |name: &Digest| matches!(folder::read(&RealDisk, &own, name), Ok(folder::Read::Whole(_)));
        if let Some(name) = sealed.filter(is_here) {
            item.sealed = name;
            return Ok((digest, item));
        }
        let key = self.ballot_key()?;
        let sealed = seal(key, system::random_bytes()?, &self.row.id, prepared.bytes)
            .ok_or_else(|| Failure::bug("cannot seal"))?;
        folder::keep(&RealDisk, &own, &sealed.name, &sealed.bytes, &files::token()?)
            .map_err(|error| wording::evidence_not_kept(&error))?;
        item.sealed = sealed.name;
        Ok((digest, item))
    }
}

/// Reads a file and takes its metadata out.
pub(crate) fn prepare(path: &Path, keep_metadata: bool) -> Result<Prepared, Failure> {
    let bytes = files::read_start(path, EVIDENCE_LIMIT + 1)?;
    let name = clean_file_name(&path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default());
    if bytes.is_empty() {
        return Err(not_attached(&name, EMPTY));
    }
    if bytes.len() as u64 > EVIDENCE_LIMIT {
        return Err(not_attached(&name, TOO_LARGE));
    }
    match photo::strip(&bytes) {
        Stripped::Clean(clean) => Ok(Prepared { name, bytes: clean, note: None }),
        Stripped::CannotStrip if !keep_metadata => Err(not_attached(&name, NOT_STRIPPED)),
        Stripped::Malformed if !keep_metadata => Err(not_attached(&name, MALFORMED)),
        Stripped::NotAPhoto | Stripped::CannotStrip | Stripped::Malformed => {
            let note = Some(metadata_note(&name));
            Ok(Prepared { name, bytes, note })
        }
    }
}

type Words = (&'static str, &'static str, &'static str, &'static str);

const EMPTY: Words = (
    "文件是空的。",
    "The file is empty.",
    "请检查文件是否已复制完整。",
    "Check whether the file was copied whole.",
);
const TOO_LARGE: Words = (
    "文件超过 64 MiB。",
    "The file is larger than 64 MiB.",
    "请用较低的清晰度重拍，或拆成几个文件。",
    "Take it again at a lower resolution, or split the file.",
);
const NOT_STRIPPED: Words = (
    "HEIC 照片里的拍摄地点无法去除。",
    "The place a HEIC photo was taken cannot be taken out of it.",
    "请把手机相机设为 JPEG（兼容性最佳）重拍，或转换成 JPEG；确要原样附上，命令行加 --keep-metadata。",
    "Take the photo as JPEG (most compatible), or convert it; to attach it as it is use --keep-metadata on the command line.",
);
const MALFORMED: Words = (
    "照片文件有损坏，无法确认已去除拍摄地点。",
    "The photo is damaged, so its place cannot be taken out for certain.",
    "请重新复制或另存一次；确要原样附上，命令行加 --keep-metadata。",
    "Copy or save it again; to attach it as it is use --keep-metadata on the command line.",
);

fn not_attached(name: &str, (why_zh, why_en, next_zh, next_en): Words) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有附上 {name}"), format!("Not attached: {name}")),
        Text::new(why_zh, why_en),
        Text::new(next_zh, next_en),
    )
}

fn metadata_note(name: &str) -> Text {
    Text::new(
        format!("{name} 按原样附上，其中的作者、时间、地点等信息没有去除。"),
        format!("{name} is attached as it is; author, time and place in it were not taken out."),
    )
}

fn too_many(clause: &str) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有附上。", "Nothing was attached."),
        Text::new(
            format!("{clause} 已有 {ITEMS_PER_CLAUSE} 个附件。"),
            format!("{clause} has {ITEMS_PER_CLAUSE} items already."),
        ),
        Text::new("请先取下不需要的。", "Take back what is not needed first."),
    )
}

fn nothing_there(clause: &str, which: &str, n: usize) -> Failure {
    let which = clean_line(which);
    Failure::new(
        Exit::Fixable,
        Text::new("没有取下任何附件。", "Nothing was taken back."),
        Text::new(
            format!("您在 {clause} 有 {n} 个附件，其中没有“{which}”。"),
            format!("You attached {n} items to {clause}; none is “{which}”."),
        ),
        Text::new(
            "请用 hecha evidence list FILE 查看编号。",
            "See the numbers with hecha evidence list FILE.",
        ),
    )
}
