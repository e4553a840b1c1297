//! A check of this installation: the page to read out over the telephone.

use crate::{
    app::{
        checklist::sources,
        failure::Failure,
        home::Home,
        report::template::{self, TemplateChoice},
        system,
    },
    domain::terms::lang::{Lang, Text},
};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What, for programs.
    pub key: &'static str,
    /// What, for people.
    pub name: Text,
    /// What was found.
    pub found: String,
    /// Whether it is as it should be.
    pub ok: bool,
}

/// Looks at the installation. Failures become lines, so that the rest is still looked at.
#[must_use]
pub fn doctor(home: &Home) -> Vec<Check> {
    let check = |key, zh: &str, en: &str, found: Result<String, Failure>| {
        let ok = found.is_ok();
        let found = found.unwrap_or_else(|failure| failure.what.get(Lang::Zh).to_owned());
        Check { key, name: Text::new(zh, en), found, ok }
    };
    let visits = home.store().and_then(|store| {
        let visits =
            store.visits().map_err(|error| crate::app::failure::wording::store(&error, &home.database()))?;
        Ok(visits)
    });
    let (n_visits, n_encrypted) = match visits {
        Ok(visits) => {
            let encrypted = visits.iter().filter(|row| row.visit_key.is_some() || row.slot.is_some());
            (Ok(visits.len().to_string()), Ok(encrypted.count().to_string()))
        }
        Err(failure) => (Err(failure.clone()), Err(failure)),
    };
    let integrity = home.store().and_then(|store| {
        store.check_integrity().map_err(|error| crate::app::failure::wording::store(&error, &home.database()))
    });
    let quarantine = home.store().and_then(|store| {
        let n = store
            .n_quarantined()
            .map_err(|error| crate::app::failure::wording::store(&error, &home.database()))?;
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
        check("database", "本机数据库", "Local database", integrity),
        check("device", "本机编号", "This device", feed),
        check("visits", "核查数", "Visits", n_visits),
        check("encrypted", "其中加密", "Of these encrypted", n_encrypted),
        check("quarantine", "隔离的行（用 hecha fsck 查看）", "Lines set aside (see hecha fsck)", quarantine),
        check("checklists", "清单", "Checklists", profiles),
        check("template", "报告模板", "Report template", template),
        check("clock", "系统时间", "System clock", Ok(system::now_text())),
    ]
}
