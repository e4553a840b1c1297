//! A check of this installation: the page to read out over the telephone.

use crate::{
    app::{
        checklist::sources,
        failure::{
            Failure,
            wording::{self, shown},
        },
        files::private::{self, Privacy},
        home::Home,
        report::template::{self, TemplateChoice},
        session::mend,
        system,
    },
    config::folders,
    domain::terms::lang::Text,
    store::error::StoreError,
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
    /// Whether it is as it should be.
    pub ok: bool,
}

/// Looks at the installation. Failures become lines, so that the rest is still looked at.
#[must_use]
pub fn doctor(home: &Home) -> Vec<Check> {
    let check = |key, zh: &str, en: &str, found: Result<String, Failure>| {
        let ok = found.is_ok();
        let found = found.map_or_else(|failure| failure.what, |found| Text::new(found.clone(), found));
        Check { key, name: Text::new(zh, en), found, ok }
    };
    let visits = home.store().and_then(|store| {
        let visits = store.visits().map_err(|error| wording::store(&error, &home.database()))?;
        Ok(visits)
    });
    let (n_visits, n_encrypted) = match visits {
        Ok(visits) => {
            let encrypted = visits.iter().filter(|row| row.visit_key.is_some() || row.slot.is_some());
            (Ok(visits.len().to_string()), Ok(encrypted.count().to_string()))
        }
        Err(failure) => (Err(failure.clone()), Err(failure)),
    };
    let integrity = home
        .store()
        .and_then(|store| store.check_integrity().map_err(|error| wording::store(&error, &home.database())));
    let commits = home.store().and_then(|store| {
        let fail = |error: &StoreError| wording::store(error, &home.database());
        let mut unsound = 0;
        for visit in store.visits().map_err(|error| fail(&error))? {
            let rows = store.commits(&visit.id).map_err(|error| fail(&error))?;
            unsound += mend::unsound(&visit.id, &rows).len();
        }
        if unsound > 0 { Err(wording::damaged_store(&home.database())) } else { Ok("ok".to_owned()) }
    });
    let quarantine = home.store().and_then(|store| {
        let n = store.n_quarantined().map_err(|error| wording::store(&error, &home.database()))?;
        Ok(n.to_string())
    });
    let profiles = sources::profiles(home).map(|profiles| {
        let ids: Vec<String> = profiles.into_iter().map(|profile| profile.id.to_string()).collect();
        ids.join(" ")
    });
    let template = template::installed(home).map(|mark| {
        let built_in = TemplateChoice::BUILT_IN.to_owned();
        mark.map_or(built_in, |mark| format!("{} {}", home.report_template().display(), mark.sha256))
    });
    let feed = home.store().and_then(|mut store| home.device(&mut store)).map(|key| key.feed().to_string());
    vec![
        check("version", "程序版本", "Program version", Ok(env!("CARGO_PKG_VERSION").to_owned())),
        check("home", "数据文件夹", "Data folder", Ok(home.root().display().to_string())),
        privacy(home),
        check("database", "本机数据库", "Local database", integrity),
        check("commits", "本机保存的记录", "Records on this laptop", commits),
        check("device", "本机编号", "This device", feed),
        check("visits", "核查数", "Visits", n_visits),
        check("encrypted", "其中加密", "Of these encrypted", n_encrypted),
        check("quarantine", "隔离的行（用 hecha fsck 查看）", "Lines set aside (see hecha fsck)", quarantine),
        check("checklists", "清单", "Checklists", profiles),
        check("template", "报告模板", "Report template", template),
        check(
            "clock",
            "系统时间",
            "System clock",
            system::day().map(|day| system::now_text().unwrap_or_else(|| day.to_string())),
        ),
    ]
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
        ok: matches!(privacy, Privacy::Own | Privacy::OfUser),
    }
}
