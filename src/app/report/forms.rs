//! Forms to files: a document beside the report, and what the person who asked for it should know.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Failure, wording},
        files::{self, stem::file_stem},
        session::Session,
    },
    domain::{
        facility::profile::{FacilityProfile, ProfileField},
        terms::lang::{Lang, Text},
    },
    report::{
        docx::{Look, docx},
        form::FormFacts,
        ledger::LedgerReport,
    },
    words::{facility as words, revision::suffix},
};

pub use crate::report::form::FormKind;

/// Which form, how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormRequest {
    /// Kind.
    pub kind: FormKind,
    /// Language.
    pub lang: Lang,
    /// The year that visits and discharges are asked of; `None` = that of the profile, else the year before the visit's.
    pub year: Option<u16>,
}

/// A form that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenForm {
    /// The file.
    pub path: PathBuf,
    /// What is missing, left blank, taken by default, or to be looked at again.
    pub notes: Vec<Text>,
}

impl Session {
    /// Writes a form into a folder, which is made if needed. The same visit and request give the same bytes.
    ///
    /// # Errors
    /// If this laptop has not joined and the visit is not final or the form has names, the folder cannot be made, or the file
    /// cannot be written.
    pub(crate) fn write_form(&self, request: FormRequest, dir: &Path) -> Result<WrittenForm, Failure> {
        let FormRequest { kind, lang, .. } = request;
        self.may_report()?;
        // It is nothing but names and ties.
        self.may_name(kind == FormKind::Declaration)?;
        let dir = std::path::absolute(dir).map_err(|error| wording::path(dir, &error))?;
        files::make_folder(&dir).map_err(|error| wording::report_folder(&dir, &error))?;
        if kind == FormKind::Closure {
            self.after_final()?;
        }
        let report = self.report(lang, false);
        let ledger = LedgerReport::of(&self.visit, None, lang);
        let figures = Figures::of(request.year, &report.facility_profile.profile, report.date.parts().0);
        let facts =
            FormFacts { report: &report, ledger: &ledger, year: figures.year, has_figures: figures.fit };
        let look = Look::form(lang, kind.running(lang).to_owned(), report.date);
        let bytes = docx(&kind.page(&facts), &look).map_err(|_| Failure::bug("cannot write docx"))?;
        let is_draft = kind == FormKind::Notice && self.visit.finalised.is_none();
        let draft = if is_draft { lang.pick("-草稿", "-draft") } else { "" };
        let (which, facility, day) = (suffix(&self.visit, lang), &report.facility, report.date);
        let stem = file_stem(&format!("{}-{facility}-{day}{which}{draft}", kind.name(lang)));
        let path = dir.join(format!("{stem}.docx"));
        files::write_whole(&path, &bytes)?;
        let notes = match kind {
            FormKind::Recommendation => self.notes(&figures),
            FormKind::Notice if is_draft => vec![draft_note()],
            FormKind::Declaration | FormKind::Notice | FormKind::Closure => Vec::new(),
        };
        Ok(WrittenForm { path, notes })
    }

    /// What the profile lacks or says against itself, and where the year comes from.
    fn notes(&self, figures: &Figures) -> Vec<Text> {
        let mut notes = Vec::new();
        if let Some(note) = figures.note() {
            notes.push(note);
        }
        let profile = self.visit.facility_profile();
        let missing: Vec<ProfileField> =
            profile.missing().into_iter().filter(|field| *field != ProfileField::Year).collect();
        if !missing.is_empty() {
            let named = |lang: Lang| missing.iter().map(|field| field.name(lang)).collect::<Vec<_>>();
            notes.push(Text::new(
                format!("没有填：{}", named(Lang::Zh).join("、")),
                format!("not filled in: {}", named(Lang::En).join(", ")),
            ));
        }
        for warning in profile.warnings(&self.visit.founding.facility) {
            // The year is told above.
            if warning.field() != ProfileField::Year {
                let told = |lang: Lang, colon| {
                    format!("{}{colon}{}", warning.field().name(lang), words::warning(&warning, lang))
                };
                notes.push(Text::new(told(Lang::Zh, "："), told(Lang::En, ": ")));
            }
        }
        notes
    }
}

/// The year a form asks figures of, and whether those of the profile are of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figures {
    year: u16,
    /// Whether nobody said the year.
    by_default: bool,
    /// Whether the profile's figures are of that year, as far as it says.
    fit: bool,
}

impl Figures {
    fn of(asked: Option<u16>, profile: &FacilityProfile, visit_year: u16) -> Self {
        let said = asked.or_else(|| profile.year());
        let year = said.unwrap_or_else(|| visit_year.saturating_sub(1));
        let fit = profile.year().is_none_or(|of| of == year);
        Self { year, by_default: said.is_none(), fit }
    }

    fn note(&self) -> Option<Text> {
        let year = self.year;
        if !self.fit {
            return Some(Text::new(
                format!("机构基本情况里的数字不是 {year} 年度的，诊疗人次数和出院人数留空。"),
                format!(
                    "The figures of the profile are not of {year}; visits and discharges are left blank."
                ),
            ));
        }
        self.by_default.then(|| {
            Text::new(
                format!("统计年度没有写明，按核查日期的上一年：{year}（可用 --year 或字段 year 指定）"),
                format!("The year of the figures was not said; the year before the visit is taken: {year} (give it with --year or the field year)"),
            )
        })
    }
}

fn draft_note() -> Text {
    Text::new("核查尚未定稿，公示标为草稿。", "The visit is not final; the notice is marked as a draft.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_under_the_year_they_are_of_and_under_no_other() {
        let mut profile = FacilityProfile::default();
        let figures = |asked, profile: &FacilityProfile| {
            let it = Figures::of(asked, profile, 2026);
            (it.year, it.by_default, it.fit, it.note().is_some())
        };
        assert_eq!(figures(None, &profile), (2025, true, true, true));
        assert_eq!(figures(Some(2021), &profile), (2021, false, true, false));
        profile.set(ProfileField::Year, ProfileField::Year.read("2024").unwrap().unwrap());
        assert_eq!(figures(None, &profile), (2024, false, true, false));
        assert_eq!(figures(Some(2024), &profile), (2024, false, true, false));
        assert_eq!(figures(Some(2025), &profile), (2025, false, false, true));
    }
}
