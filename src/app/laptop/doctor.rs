//! A check of this installation: the page to read out over the telephone.

use std::path::PathBuf;

use crate::{
    app::{
        checklist::sources,
        failure::{
            Exit, Failure,
            damage::Damage,
            wording::{self, shown},
        },
        files::private::{self, Privacy},
        home::Home,
        laptop::sweep::{self, Leftover},
        report::template::{self, TemplateChoice},
        session::mend::{examine::examine, scan::Depth},
        system,
    },
    config::folders,
    domain::terms::{id::FeedId, lang::Text},
    share::code::key::DeviceKey,
    store::{
        Store,
        checks::{StoredVisit, Tables, is_of_index},
        error::StoreError,
    },
};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What, for programs.
    pub key: &'static str,
    /// What, for people.
    pub name: Text,
    /// What was found.
    pub found: Text,
    /// More about it, one a line: what is wrong, what is lost, what to do.
    pub details: Vec<Text>,
    /// Whether it is as it should be.
    pub ok: bool,
}

/// Everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doctor {
    /// One by one.
    pub checks: Vec<Check>,
    /// Damage in the database, with the file of the visit in which it is.
    pub damages: Vec<(PathBuf, Damage)>,
    /// What lies about and nobody needs.
    pub leftovers: Vec<Leftover>,
    /// Whether the database is damaged: worse than what the user can mend.
    pub is_damaged: bool,
}

/// Whether what nobody needs is only told, or removed where it is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// Told.
    Tell,
    /// Removed.
    Remove,
}

/// Looks at the installation. Failures become lines, so that the rest is still looked at. Without [`Sweep::Remove`] nothing is
/// changed.
#[must_use]
pub fn doctor(home: &Home, sweep: Sweep) -> Doctor {
    // Opened first: it makes a data folder that is not there yet, and who may read that is asked below.
    let mut database = match home.store() {
        Ok(mut store) => of_store(&mut store, home, sweep),
        Err(failure) => Doctor::unopened(&failure),
    };
    let mut checks = vec![
        check("version", "程序版本", "Program version", Ok(env!("CARGO_PKG_VERSION").to_owned())),
        check("home", "数据文件夹", "Data folder", Ok(home.root().display().to_string())),
        privacy(home),
    ];
    checks.append(&mut database.checks);
    let profiles = sources::profiles(home).map(|profiles| {
        let ids: Vec<String> = profiles.into_iter().map(|profile| profile.id.to_string()).collect();
        ids.join(" ")
    });
    let template = template::installed(home).map(|mark| {
        let built_in = TemplateChoice::BUILT_IN.to_owned();
        mark.map_or(built_in, |mark| format!("{} {}", home.report_template().display(), mark.sha256))
    });
    checks.extend([
        check("checklists", "清单", "Checklists", profiles),
        check("template", "报告模板", "Report template", template),
        check(
            "clock",
            "系统时间",
            "System clock",
            system::day().map(|day| system::now_text().unwrap_or_else(|| day.to_string())),
        ),
    ]);
    Doctor { checks, ..database }
}

impl Doctor {
    /// What there is to say where the database does not open.
    fn unopened(failure: &Failure) -> Self {
        let names = [
            ("database", "本机数据库", "Local database"),
            ("commits", "本机保存的内容", "What the database holds"),
            ("device", "本机编号", "This device"),
            ("visits", "核查数", "Visits"),
        ];
        let mut checks: Vec<Check> =
            names.into_iter().map(|(key, zh, en)| check(key, zh, en, Err(failure.clone()))).collect();
        if let Some(first) = checks.first_mut() {
            first.details = vec![failure.why.clone(), failure.next.clone()];
        }
        let is_damaged = failure.exit == Exit::Damaged;
        Self { checks, damages: Vec::new(), leftovers: Vec::new(), is_damaged }
    }
}

/// What the database holds, opened once.
fn of_store(store: &mut Store, home: &Home, sweep: Sweep) -> Doctor {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let pages = store.try_to_write().and_then(|()| store.integrity()).map_err(fail);
    let is_broken = match &pages {
        Ok(lines) => lines.iter().any(|line| !is_of_index(line)),
        Err(_) => true,
    };
    let pages = pages.and_then(|lines| match lines.first() {
        None => Ok("ok".to_owned()),
        Some(_) => Err(fail(StoreError::Damaged { what: "page" })),
    });
    let mut integrity = check("database", "本机数据库", "Local database", pages.clone());
    if let Err(failure) = pages {
        integrity.details = vec![failure.why, failure.next];
    }
    let rows = store.stored_visits().map_err(fail);
    let (n_visits, n_encrypted) = match &rows {
        Ok(rows) => {
            let is_encrypted =
                |stored: &&StoredVisit| stored.row.visit_key.is_some() || stored.row.slot.is_some();
            (Ok(rows.len().to_string()), Ok(rows.iter().filter(is_encrypted).count().to_string()))
        }
        Err(failure) => (Err(failure.clone()), Err(failure.clone())),
    };
    let (content, damages) = match rows.and_then(|rows| content(store, home, &rows)) {
        Ok(found) => found,
        Err(failure) => (check(CONTENT.0, CONTENT.1, CONTENT.2, Err(failure)), Vec::new()),
    };
    let device = device(store, home).map(|feed| feed.to_string());
    let n_lines = store.n_quarantined().map_err(fail).map(|n| n.to_string());
    // Pages that are broken are left as they are: whoever can mend them wants all of them.
    let leftovers =
        if is_broken { Ok(Vec::new()) } else { sweep::sweep(store, home, sweep == Sweep::Remove) };
    let mut left =
        check("leftovers", "残留", "Left over", leftovers.clone().map(|left| left.len().to_string()));
    let leftovers = leftovers.unwrap_or_default();
    if leftovers.is_empty() && left.ok {
        left.found = Text::new("没有", "none");
    }
    left.details = leftovers.iter().map(|it| it.text()).collect();
    let is_damaged = !integrity.ok || !content.ok;
    let checks = vec![
        integrity,
        content,
        check("device", "本机编号", "This device", device),
        check("visits", "核查数", "Visits", n_visits),
        check("encrypted", "其中加密", "Of these encrypted", n_encrypted),
        check("quarantine", "隔离的行（用 hecha fsck 查看）", "Lines set aside (see hecha fsck)", n_lines),
        left,
    ];
    Doctor { checks, damages, leftovers, is_damaged }
}

const CONTENT: (&str, &str, &str) = ("commits", "本机保存的内容", "What the database holds");

/// Every row of every table.
fn content(
    store: &Store,
    home: &Home,
    visits: &[StoredVisit],
) -> Result<(Check, Vec<(PathBuf, Damage)>), Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let mut damages = Vec::new();
    let mut details = Vec::new();
    for stored in visits {
        let file = PathBuf::from(&stored.row.file);
        let examined = store.in_one_look(|store| examine(store, home, &stored.row.id, &file, Depth::Whole));
        let found = examined.map_err(fail)?.map(|found| found.damages).unwrap_or_default();
        let name = shown(&file);
        details.extend(found.iter().flat_map(|it| {
            let (text, next) = (it.text(), it.next());
            [
                Text::new(format!("{name}：{}", text.zh), format!("{name}: {}", text.en)),
                Text::new(format!("办法：{}", next.zh), format!("next: {}", next.en)),
            ]
        }));
        damages.extend(found.into_iter().map(|it| (file.clone(), it)));
    }
    let tables = store.check_tables().map_err(fail)?;
    details.extend(of_tables(tables));
    let mut told = check(CONTENT.0, CONTENT.1, CONTENT.2, Ok("ok".to_owned()));
    if !details.is_empty() {
        told.ok = false;
        told.found = Text::new("有损坏", "damaged");
        told.details = details;
    }
    Ok((told, damages))
}

/// What is wrong beside the visits.
fn of_tables(tables: Tables) -> Vec<Text> {
    let mut told = Vec::new();
    let mut note = |is_so: bool, zh: String, en: String| told.extend(is_so.then(|| Text::new(zh, en)));
    note(
        tables.n_experts > 0,
        format!(
            "专家库里有 {n} 人和存入时不同，没有采用。办法：用原来的文件运行 hecha pool import FILE --replace。",
            n = tables.n_experts
        ),
        format!(
            "{n} experts of the pool are not what was stored and are not used. next: run hecha pool import FILE --replace with the file they came from.",
            n = tables.n_experts
        ),
    );
    note(
        tables.n_orphans > 0,
        format!(
            "有 {n} 行属于本机没有登记的核查：登记可能丢了。办法：运行 hecha visit join FILE --name NAME --recovery CODE。",
            n = tables.n_orphans
        ),
        format!(
            "{n} rows are of visits that are not on this laptop: their entry may be lost. next: run hecha visit join FILE --name NAME --recovery CODE.",
            n = tables.n_orphans
        ),
    );
    note(
        tables.has_bad_device,
        "本机签名用的密钥读不出来。办法：先复制数据文件夹；各次核查见上。".to_owned(),
        "The key this laptop signs with does not read. next: copy the data folder first; the visits are told above.".to_owned(),
    );
    note(
        tables.has_bad_schema,
        "数据库的表和程序建的不同。办法：先复制数据文件夹，再联系技术支持；已写入共享文件的不会丢。".to_owned(),
        "The tables of the database are not those the program made. next: copy the data folder and ask for support; what is in the shared file is not lost.".to_owned(),
    );
    told
}

/// The device of the installation. One that has none gets it: its number is read out before it joins anything.
fn device(store: &mut Store, home: &Home) -> Result<FeedId, Failure> {
    let secret = store.stored_secret().map_err(|error| wording::store(&error, &home.database()))?;
    match secret {
        Some(secret) => Ok(DeviceKey::from_bytes(&secret).feed()),
        None => Ok(home.device(store)?.feed()),
    }
}

fn check(key: &'static str, zh: &str, en: &str, found: Result<String, Failure>) -> Check {
    let ok = found.is_ok();
    let found = found.map_or_else(|failure| failure.what, |found| Text::new(found.clone(), found));
    Check { key, name: Text::new(zh, en), found, details: Vec::new(), ok }
}

/// Who may read the data folder.
fn privacy(home: &Home) -> Check {
    let user = folders::user_folder();
    let privacy = private::privacy(home.root(), user.as_deref());
    let found = match privacy {
        Privacy::Own => Text::new("只有您能读", "only you may read it"),
        Privacy::OfUser => {
            Text::new("在您的用户文件夹里，权限随它", "in your user folder, whose rights it has")
        }
        Privacy::Elsewhere => Text::new(
            "不在您的用户文件夹里，这台电脑的其他用户可能读得到；请用 --home 换到那里",
            "not in your user folder, so other users of this machine may read it; choose one there with --home",
        ),
        Privacy::Open => {
            let root = shown(home.root());
            Text::new(
                format!(
                    "这台电脑的其他用户能看里面有什么（其中还有别的文件，程序没有改它的权限）；请用 --home 换一个只放数据的文件夹，或运行 chmod 700 {root}"
                ),
                format!(
                    "other users of this machine may look into it (it holds other files too, so its rights were left alone); choose with --home a folder for the data alone, or run chmod 700 {root}"
                ),
            )
        }
        Privacy::Unknown => Text::new("系统没有说明", "the system does not tell"),
    };
    Check {
        key: "privacy",
        name: Text::new("谁能读数据文件夹", "Who may read the data folder"),
        found,
        details: Vec::new(),
        ok: matches!(privacy, Privacy::Own | Privacy::OfUser),
    }
}
