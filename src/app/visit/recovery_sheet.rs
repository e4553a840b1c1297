//! The codes of this laptop, to be copied or printed: the join code for the lead, the recovery code for a lost laptop.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        files,
        session::Session,
        visit::{membership::JoinCode, passphrase::Lock},
    },
    domain::{
        terms::{
            clean::clean_line,
            id::MemberName,
            lang::{Lang, Text},
        },
        visit::Identity,
    },
};

/// The codes of this laptop. Whoever has the recovery code can read the ballot; with the lead's, go on as the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// The name it joined under.
    pub name: MemberName,
    /// For the lead to type and the member to compare; `None` on the lead's own laptop.
    pub join: Option<JoinCode>,
    /// Whether the lead has admitted the member.
    pub is_checked: bool,
    /// The recovery code; `None` on a laptop that has none.
    pub recovery: Option<String>,
    /// Whether the recovery code is the lead's, so that the visit itself hangs on it.
    pub is_lead: bool,
}

impl Session {
    /// The codes of this laptop; `None` while it has not joined.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) fn own_codes(&self) -> Result<Option<Codes>, Failure> {
        let Some(name) = self.me().cloned() else { return Ok(None) };
        let is_lead = self.is_lead();
        let join = self.join_code()?.filter(|_| !is_lead);
        let is_checked = self.my_state().is_some_and(|state| state.identity == Identity::Admitted);
        Ok(Some(Codes { name, join, is_checked, recovery: self.recovery_code(), is_lead }))
    }

    /// The recovery sheet, line by line; `None` on a laptop without a recovery code.
    #[must_use]
    pub(crate) fn recovery_sheet(&self, lang: Lang) -> Option<Vec<String>> {
        let code = self.recovery_code()?;
        let use_of = if self.is_lead() {
            lang.pick(
                "恢复单（组长）：电脑丢失或损坏时，在另一台电脑上用它接续组长的身份。请抄写或打印，不要与电脑放在一起。",
                "Recovery sheet (lead): goes on as the lead on another laptop if this one is lost. Copy or print it; keep it apart from the laptop.",
            )
        } else {
            lang.pick(
                "恢复码：电脑丢失或损坏时，在另一台电脑上用它打开已同步的评分。请抄下来，不要与电脑放在一起。",
                "Recovery code: opens the synced ballot on another laptop if this one is lost. Copy it; keep it apart from the laptop.",
            )
        };
        let passphrase = match self.lock() {
            Lock::Open => "",
            Lock::Held | Lock::Asks => " --passphrase-file PATH",
        };
        let facility = &self.visit().founding.facility;
        let name = self.me().map_or("", MemberName::as_str);
        Some(vec![
            use_of.to_owned(),
            format!("  {facility} · {name}"),
            format!("  {code}"),
            format!("  hecha visit join FILE --name {name} --recovery {code}{passphrase}"),
        ])
    }

    /// Writes the recovery sheet as a text file to be printed; into a folder under a name of its own. Gives the file.
    ///
    /// Never beside the shared file: whoever carries that off would have the key to it. What is there is not replaced.
    ///
    /// # Errors
    /// If this laptop has no recovery code, the place will not do, or writing fails.
    pub(crate) fn save_recovery_sheet(&self, to: &Path, lang: Lang) -> Result<PathBuf, Failure> {
        let Some(sheet) = self.recovery_sheet(lang) else {
            return Err(not_saved(
                Text::new("本机没有恢复码。", "This laptop has no recovery code."),
                Text::new("请在加入这次核查的电脑上保存。", "Save it on the laptop that joined this visit."),
            ));
        };
        let to = std::path::absolute(to).map_err(|error| wording::path(to, &error))?;
        let to = if files::is_folder(&to) { to.join(self.sheet_name(lang)) } else { to };
        let to = if to.extension().is_none() { to.with_extension("txt") } else { to };
        if is_same_folder(&to, self.file()) {
            return Err(not_saved(
                Text::new(
                    "恢复单不能放在共享文件旁边：拿到那个文件夹的人就能冒用它。",
                    "The sheet must not lie beside the shared file: whoever gets that folder could use it.",
                ),
                Text::new(
                    "请存到别的文件夹，打印后删除。",
                    "Save it in another folder, and delete it once it is printed.",
                ),
            ));
        }
        if files::is_there(&to) {
            return Err(not_saved(
                Text::new(
                    "这个位置已经有文件，不会覆盖它。",
                    "There is a file here already; it is not overwritten.",
                ),
                Text::new("请换一个文件名。", "Choose another name."),
            ));
        }
        // Editors on Windows tell UTF-8 by this mark.
        let text = format!("\u{feff}{}\r\n", sheet.join("\r\n"));
        files::write_own(&to, text.as_bytes())?;
        Ok(to)
    }

    fn sheet_name(&self, lang: Lang) -> String {
        let name = clean_line(self.me().map_or("", MemberName::as_str));
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        format!("{}-{name}.txt", lang.pick("恢复单", "recovery"))
    }
}

fn is_same_folder(one: &Path, other: &Path) -> bool {
    let folder = |path: &Path| path.parent().map(files::without_links);
    folder(one) == folder(other)
}

fn not_saved(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("恢复单没有保存。", "The recovery sheet was not saved."), why, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            home::Home,
            visit::{
                founding::{FoundingRequest, found},
                mandate::MandateRequest,
            },
        },
        domain::{
            edit::Member,
            facility::Stage,
            terms::{date::Date, field::Field},
        },
    };

    #[test]
    fn the_sheet_is_never_put_beside_the_shared_file_and_replaces_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (share, safe) = (dir.path().join("share"), dir.path().join("safe"));
        for folder in [&share, &safe] {
            files::make_folder(folder).unwrap();
        }
        let person =
            |name: &str| Member { name: name.into(), field: Field::Medicine, title: "".parse().unwrap() };
        let request = FoundingRequest {
            file: share.join("a.hecha"),
            facility: "青禾镇中心卫生院".to_owned(),
            profile: "township".to_owned(),
            stage: Stage::County,
            date: Date::new(2026, 9, 1).unwrap(),
            lookback: None,
            lead: person("赵敏"),
            members: vec![person("钱立")],
            recusals: Vec::new(),
            draw: None,
            mandate: MandateRequest::default(),
        };
        let session = found(&Home::choose(Some(dir.path().join("home"))).unwrap(), request, None).unwrap();
        for place in [share.clone(), share.join("x.txt"), safe.join("../share/x")] {
            let refused = session.save_recovery_sheet(&place, Lang::Zh).unwrap_err();
            assert!(refused.why.get(Lang::Zh).contains("旁边"), "{}", place.display());
        }
        let saved = session.save_recovery_sheet(&safe, Lang::Zh).unwrap();
        assert_eq!(saved.file_name().unwrap().to_str(), Some("恢复单-赵敏.txt"));
        let text = String::from_utf8(files::read(&saved).unwrap()).unwrap();
        assert!(text.contains(&session.recovery_code().unwrap()) && text.contains("赵敏"));
        assert!(session.save_recovery_sheet(&saved, Lang::Zh).is_err(), "what is there stays");
        assert!(!share.join("x.txt").exists());
    }
}
