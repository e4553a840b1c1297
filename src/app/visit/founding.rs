//! Founding a visit: the facility, the roster and the checklist are fixed in the first commit, whose id is the visit's.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::Value;

use crate::{
    app::{
        checklist::sources,
        failure::{
            Exit, Failure,
            system_words::system_says,
            wording::{self, shown},
        },
        home::Home,
        pool::draw,
        session::Session,
        sync::sealing::{Lone, blind},
        system,
        visit::{
            interests::check_clause,
            lookalike,
            mandate::MandateRequest,
            passphrase::{check_length, new_slot},
        },
    },
    checklist::content,
    domain::{
        edit::{Edit, Founding, Member},
        facility::Stage,
        pool::draw::DrawRecord,
        terms::{
            clean::clean_line,
            date::Date,
            id::{ClauseId, MemberName, VisitId},
            lang::Text,
            written::{Line, TooLong},
        },
        visit::recusal::Recusal,
    },
    share::{
        code::base64,
        file::{
            self,
            commit::LINE_LIMIT,
            envelope::{Envelope, VisitKey},
            main_file::Main,
        },
        folder::{
            self,
            disk::{Disk, RealDisk},
        },
        wire::{Extra, encode_edit},
    },
    store::{commits::CommitRow, own_edits::Joining, visits::KeyText},
};

/// What a visit is founded from.
#[derive(Debug, Clone)]
pub struct FoundingRequest {
    /// The shared file to make.
    pub file: PathBuf,
    /// Name of the facility.
    pub facility: String,
    /// Profile id.
    pub profile: String,
    /// Stage.
    pub stage: Stage,
    /// Day of the visit.
    pub date: Date,
    /// The day gates look back from; `None` = not settled yet.
    pub lookback: Option<Date>,
    /// The lead: this laptop's user.
    pub lead: Member,
    /// The other members.
    pub members: Vec<Member>,
    /// Recusals known from the start.
    pub recusals: Vec<Recusal>,
    /// How the members were drawn; `None` = they were named.
    pub draw: Option<DrawRecord>,
    /// What else it is founded with.
    pub mandate: MandateRequest,
}

/// Founds a visit and writes its shared file, encrypted if there is a passphrase.
///
/// # Errors
/// If the file is there already or has a name that some systems cannot have, the checklist has errors, the roster is not
/// sound, the passphrase is too short, or writing fails.
pub fn found(home: &Home, request: FoundingRequest, passphrase: Option<&str>) -> Result<Session, Failure> {
    if let Some(why) = wording::unportable(&request.file) {
        return Err(not_founded(why));
    }
    let file = std::path::absolute(&request.file).map_err(|error| wording::path(&request.file, &error))?;
    passphrase.map_or(Ok(()), check_length)?;
    match folder::read_main(&RealDisk, &file, None).map_err(|error| wording::share(&error))? {
        Main::Missing => {}
        Main::Read(_) | Main::Unavailable(_) => return Err(file_exists()),
    }
    let checklist = sources::profile(home, &request.profile)?;
    let text = content::encode(&checklist);
    if text.len() > content::LONGEST {
        return Err(too_large(Text::new("清单的内容", "The checklist"), text.len(), content::LONGEST));
    }
    let hash = content::hash(&text);
    let mut roster = vec![request.lead];
    roster.extend(request.members);
    check_roster(&roster)?;
    if let Some(record) = &request.draw {
        draw::check_founding(record, (&request.facility, &request.profile), &roster)?;
    }
    let mandate = request.mandate.resolve(home, &checklist, &roster)?;
    // The file holds the whole checklist and its hash; what the visit goes by is the part that is looked at.
    let checklist =
        if mandate.scope.is_empty() { Some(checklist) } else { checklist.narrowed(&mandate.scope) };
    let checklist = checklist.ok_or_else(|| Failure::bug("a scope outside the checklist"))?;
    for recusal in &request.recusals {
        check_recusal(recusal, &roster, &checklist)?;
    }
    let founding = Founding {
        facility: Line::new(&request.facility)?,
        stage: request.stage,
        date: request.date,
        lookback: request.lookback,
        roster,
        checklist: Arc::new(checklist),
        checklist_hash: hash,
        draw: request.draw,
        mandate,
    };
    if founding.facility.is_empty() {
        return Err(not_founded(Text::new("机构名称是空的。", "The facility has no name.")));
    }
    let mut session = write_founding(home, file, (&founding, &text), &request.recusals, passphrase)?;
    session.sync()?;
    if let Some(record) = &session.visit().founding.draw {
        draw::season::keep(home, record, Some(session.visit().founding.date))?;
    }
    Ok(session)
}

fn write_founding(
    home: &Home,
    file: PathBuf,
    (founding, content): (&Founding, &str),
    recusals: &[Recusal],
    passphrase: Option<&str>,
) -> Result<Session, Failure> {
    let me = &founding.lead().ok_or_else(|| Failure::bug("no lead"))?.name;
    let mut store = home.store()?;
    let device = home.device(&mut store)?;
    let ballot_key: [u8; 32] = system::random_bytes()?;
    let salt = base64::encode(&system::random_bytes::<16>()?);
    let key = device.public().to_text();
    let extra = Extra::Founding { key: &key, content, salt: &salt };
    let mut edits: Vec<Value> = vec![encode_edit(&Edit::Found(Arc::new(founding.clone())), extra)];
    let recovery: [u8; 16] = system::random_bytes()?;
    edits.push(blind(&ballot_key, 0, &recovery, Some(&device.to_bytes()))?);
    for recusal in recusals {
        edits.push(encode_edit(&recusal.clone().into_edit()?, Extra::None));
    }
    let locked = passphrase.map(|passphrase| lock_new_key(passphrase, &mut edits)).transpose()?;
    let lone = Lone { visit: None, after: None, lamport: 1, seen: BTreeSet::new(), edits };
    let commit = lone.sign(&device);
    let n_bytes = commit.signature.len() + 1 + commit.json.len();
    if n_bytes > LINE_LIMIT {
        let what = Text::new("清单、抽取记录和名单合起来", "Checklist, draw record and roster together");
        return Err(too_large(what, n_bytes, LINE_LIMIT));
    }
    let visit = VisitId::new(commit.id.as_str());
    let path = wording::path_text(&file)?;
    let visit_key = locked.as_ref().map(|envelope| KeyText(envelope.key.to_text()));
    write_first(&file, &visit, &commit, locked.as_ref())?;
    let joining = Joining {
        visit: &visit,
        file: &path,
        me,
        ballot_key: &ballot_key,
        visit_key: visit_key.as_ref().zip(locked.as_ref().map(|envelope| envelope.slot.as_str())),
        recovery: &recovery,
        commits: std::slice::from_ref(&commit),
    };
    if let Err(error) = store.join(joining) {
        let _ = RealDisk.remove(&file);
        return Err(wording::store(&error, &home.database()));
    }
    Session::load(home, store, &visit, file)
}

fn lock_new_key(passphrase: &str, edits: &mut Vec<Value>) -> Result<Envelope, Failure> {
    let key = VisitKey::generate();
    let slot = new_slot(&key, passphrase, 1)?;
    edits.push(encode_edit(&Edit::Slot(slot.clone()), Extra::None));
    Ok(Envelope { key, slot: slot.text, earlier: Vec::new() })
}

/// Writes the shared file before this laptop knows of the visit: one whose file cannot be written is not founded, and leaves
/// nothing behind on either side.
fn write_first(
    file: &Path,
    visit: &VisitId,
    commit: &CommitRow,
    envelope: Option<&Envelope>,
) -> Result<(), Failure> {
    let mut writing = file::Writing::new(visit);
    writing.line(&commit.signature, &commit.json);
    let plain = writing.finish();
    let bytes = match envelope {
        None => plain,
        Some(envelope) => file::seal(&file::enclose(visit, &plain, &envelope.slot), envelope)
            .ok_or_else(|| Failure::bug("cannot encrypt"))?,
    };
    let Err(error) = RealDisk.write_new(file, &bytes) else { return Ok(()) };
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        return Err(file_exists());
    }
    let _ = RealDisk.remove(file);
    Err(no_file(file, &error))
}

/// Reads `NAME:CLAUSE:REASON`, with `*` for all clauses.
///
/// # Errors
/// What is wrong with it.
pub fn parse_recusal(text: &str) -> Result<Recusal, Failure> {
    let folded = text.replace('：', ":");
    let parts = folded.splitn(3, ':').map(|part| Ok(Line::new(part)?.into_string()));
    let parts = parts.collect::<Result<Vec<_>, TooLong>>()?;
    match parts.as_slice() {
        [name, clause, reason] if !name.is_empty() && !clause.is_empty() && !reason.is_empty() => {
            Ok(Recusal {
                name: MemberName::new(name),
                clause: (clause != "*").then(|| ClauseId::new(clause)),
                reason: reason.clone(),
                declared: false,
            })
        }
        _ => Err(not_founded(Text::new(
            format!("回避“{}”要写成 姓名:条款或*:理由。", clean_line(text)),
            format!("The recusal “{}” must read NAME:CLAUSE or *:REASON.", clean_line(text)),
        ))),
    }
}

fn check_roster(roster: &[Member]) -> Result<(), Failure> {
    for (index, member) in roster.iter().enumerate() {
        let name = member.name.as_str();
        if name.is_empty() || Line::new(name)? != name {
            return Err(not_founded(Text::new("组员姓名不能用。", "A member's name cannot be used.")));
        }
        if roster.iter().take(index).any(|earlier| earlier.name == member.name) {
            return Err(not_founded(Text::new(
                format!("名单里有两个“{name}”。"),
                format!("The roster has “{name}” twice."),
            )));
        }
        if let Some(other) = lookalike::like(&member.name, roster.iter().take(index).map(|it| &it.name)) {
            return Err(not_founded(Text::new(
                format!("名单里的“{other}”和“{name}”看起来一样；是两个人，请在姓名后写明单位。"),
                format!(
                    "“{other}” and “{name}” on the roster look the same; if they are two, add the institution to the name."
                ),
            )));
        }
    }
    Ok(())
}

fn check_recusal(
    recusal: &Recusal,
    roster: &[Member],
    checklist: &crate::domain::checklist::Checklist,
) -> Result<(), Failure> {
    if !roster.iter().any(|member| member.name == recusal.name) {
        return Err(wording::unknown("组员", "member", recusal.name.as_str(), None));
    }
    recusal.clause.as_ref().map_or(Ok(()), |clause| check_clause(checklist, clause))
}

fn not_founded(why: Text) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("核查没有建立。", "The visit was not founded."),
        why,
        Text::new("请改正后重试。", "Mend it and try again."),
    )
}

/// What does not fit into a founding commit, and how far it is beyond the limit.
fn too_large(what: Text, n_bytes: usize, most: usize) -> Failure {
    let (kib, most) = (n_bytes.div_ceil(1 << 10), most >> 10);
    Failure {
        next: Text::new(
            "请缩短清单（条款、要点、依据的文字），或从较小的专家库抽取。",
            "Shorten the checklist (texts of clauses, points, bases), or draw from a smaller pool.",
        ),
        ..not_founded(Text::new(
            format!("{}有 {kib} KiB，最多 {most} KiB。", what.zh),
            format!("{} has {kib} KiB; at most {most} KiB fit.", what.en),
        ))
    }
}

fn no_file(file: &Path, error: &std::io::Error) -> Failure {
    let (path, mut failure) = (shown(file), not_founded(system_says(error)));
    failure.what = Text::new(
        format!("核查没有建立：写不了 {path}。"),
        format!("The visit was not founded: {path} cannot be written."),
    );
    failure.next = Text::new(
        "请检查文件夹、空间和权限，U 盘或共享是否已连接，或换一个地方。",
        "Check the folder, space and permissions, and whether the stick or share is connected, or choose another place.",
    );
    failure
}

fn file_exists() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("核查没有建立。", "The visit was not founded."),
        Text::new("这个位置已经有文件，不会覆盖它。", "There is a file here already; it is not overwritten."),
        Text::new(
            "请换一个文件名，或用 hecha FILE 打开它。",
            "Choose another name, or open it with hecha FILE.",
        ),
    )
}
