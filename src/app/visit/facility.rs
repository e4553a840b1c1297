//! The facility's profile: filled in field by field or from a TOML file, by the lead and the deputies.

use serde_json::Value;

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
    },
    config::key_values::{self, Row},
    domain::{
        edit::Edit,
        facility::profile::{ProfileField, ProfileKind, ProfileValue},
        terms::{
            clean::clean_line,
            lang::{Lang, Text},
        },
    },
    report::{build, json::facility::facility_json, layout::FacilitySection},
    words::facility::unreadable,
};

/// Largest file of a profile, in bytes: three long texts fit many times.
const FILE_LIMIT: usize = 1 << 20;
/// Most bad rows that are told.
const TOLD: usize = 100;

impl Session {
    /// The profile with what to look at again.
    #[must_use]
    pub(crate) fn facility(&self, lang: Lang) -> FacilitySection {
        build::facility(&self.visit, lang)
    }

    /// `hecha visit facility --json`.
    #[must_use]
    pub(crate) fn facility_json(&self, lang: Lang) -> Value {
        facility_json(&self.facility(lang))
    }

    /// Fills in fields from `key=value`; an empty value empties the field. Returns how many changed.
    ///
    /// # Errors
    /// Every text that is no field or no value, at once; that this laptop does not do the lead's work, that the visit is
    /// final, or that the store fails. Then nothing changed.
    pub(in crate::app) fn fill_in(&mut self, texts: &[String]) -> Result<usize, Failure> {
        self.as_lead()?;
        let mut wanted = Vec::new();
        let mut bad = Vec::new();
        for text in texts {
            let folded = text.replacen('＝', "=", usize::from(!text.contains('=')));
            match folded.split_once('=') {
                Some((key, value)) => match read_field(key, value) {
                    Ok(edit) => wanted.push(edit),
                    Err(problem) => bad.push(problem),
                },
                None => bad.push(no_equals_sign(text)),
            }
        }
        self.fill_in_all(wanted, bad)
    }

    /// Fills in what a TOML file gives; empty values change nothing, so that a template can be imported half filled in.
    /// Returns how many fields changed.
    ///
    /// # Errors
    /// Every bad row with its line, at once, and what [`Self::fill_in`] says.
    pub(in crate::app) fn import_facility(&mut self, bytes: &[u8]) -> Result<usize, Failure> {
        self.as_lead()?;
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= FILE_LIMIT);
        let text = text.ok_or_else(|| not_filled_in(vec![not_text()]))?;
        let (rows, problems) = key_values::read(text.strip_prefix('\u{feff}').unwrap_or(text));
        let mut bad: Vec<(usize, Text)> = problems.into_iter().map(|it| (it.line, it.text)).collect();
        let mut wanted = Vec::new();
        for Row { line, key, value } in rows {
            match read_field(&key, &value) {
                Ok((_, None)) => {}
                Ok(edit) => wanted.push(edit),
                Err(problem) => bad.push((line, problem)),
            }
        }
        bad.sort_by_key(|(line, _)| *line);
        let at_line = |(line, text): (usize, Text)| {
            Text::new(format!("第 {line} 行：{}", text.zh), format!("line {line}: {}", text.en))
        };
        self.fill_in_all(wanted, bad.into_iter().map(at_line).collect())
    }

    fn fill_in_all(
        &mut self,
        wanted: Vec<(ProfileField, Option<ProfileValue>)>,
        bad: Vec<Text>,
    ) -> Result<usize, Failure> {
        if !bad.is_empty() {
            return Err(not_filled_in(bad));
        }
        let profile = self.visit.facility_profile();
        let changes = |(field, value): &(ProfileField, Option<ProfileValue>)| {
            profile.contest_of(*field).is_some() || profile.get(*field) != value.as_ref()
        };
        let edits: Vec<Edit> = wanted
            .into_iter()
            .filter(changes)
            .map(|(field, value)| Edit::Facility { field, value })
            .collect();
        let n = edits.len();
        if n > 0 {
            self.record(edits)?;
        }
        Ok(n)
    }

    /// An edit of the profile, if it may be made now.
    pub(in crate::app) fn checked_facility(&self, edit: Edit) -> Result<Edit, Failure> {
        match &edit {
            Edit::Facility { field, value } if value.as_ref().is_none_or(|value| field.holds(value)) => {
                Ok(edit)
            }
            _ => Err(Failure::bug("not a value of the profile")),
        }
    }
}

/// An empty file to fill in and import.
#[must_use]
pub fn template(lang: Lang) -> String {
    let head = lang.pick(
        "# 机构基本情况。填好后：hecha visit facility FILE --import 本文件\n# 字段依据青海省推荐表（2022）。留空的字段导入时不变；要清空请用 --set 字段=\n",
        "# The facility's profile. Once filled in: hecha visit facility FILE --import THIS-FILE\n# The fields are those of Qinghai's recommendation form (2022). Empty ones change nothing; to empty one use --set FIELD=\n",
    );
    let mut text = head.to_owned();
    for field in ProfileField::ALL {
        text.push_str(&format!("\n# {}\n", field.label(lang)));
        if !field.hint(lang).is_empty() {
            text.push_str(&format!("# {}\n", field.hint(lang)));
        }
        let empty = if field.kind() == ProfileKind::Text { "\"\"\"\n\"\"\"" } else { "\"\"" };
        text.push_str(&format!("{} = {empty}\n", field.key()));
    }
    text
}

/// A field and its value. Keys may be written with hyphens, or be the names of the form.
fn read_field(key: &str, value: &str) -> Result<(ProfileField, Option<ProfileValue>), Text> {
    let key = key.trim();
    let field = ProfileField::parse(key).or_else(|| ProfileField::parse(&key.replace('-', "_")));
    let field = field.ok_or_else(|| no_field(key))?;
    field.read(value).map(|value| (field, value)).map_err(|error| unreadable(field, error))
}

fn no_field(key: &str) -> Text {
    let key: String = clean_line(key).chars().take(40).collect();
    let known: Vec<&str> = ProfileField::ALL.iter().map(|field| field.key()).collect();
    Text::new(
        format!("没有字段“{key}”；有 {}", known.join("、")),
        format!("there is no field “{key}”; there are {}", known.join(", ")),
    )
}

fn no_equals_sign(text: &str) -> Text {
    let text: String = clean_line(text).chars().take(40).collect();
    Text::new(format!("“{text}”应写成 字段=值"), format!("“{text}” should read FIELD=VALUE"))
}

fn not_text() -> Text {
    Text::new("不是 UTF-8 文字，或超过 1 MiB", "not UTF-8 text, or more than 1 MiB")
}

fn not_filled_in(mut bad: Vec<Text>) -> Failure {
    let n = bad.len();
    bad.truncate(TOLD);
    Failure::new(
        Exit::Fixable,
        Text::new("机构基本情况没有改动。", "The facility's profile was not changed."),
        Text::new(format!("有 {n} 处不对。"), format!("{n} things are not right.")),
        Text::new(
            "改正后再来；hecha visit facility FILE --template 列出全部字段。",
            "Correct them and try again; hecha visit facility FILE --template lists all fields.",
        ),
    )
    .with_details(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_names_every_field_once_and_changes_nothing() {
        for lang in [Lang::Zh, Lang::En] {
            let text = template(lang);
            let (rows, problems) = key_values::read(&text);
            assert_eq!(problems, []);
            let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
            let known: Vec<&str> = ProfileField::ALL.iter().map(|field| field.key()).collect();
            assert_eq!(keys, known);
            for row in rows {
                assert_eq!(read_field(&row.key, &row.value).map(|(_, value)| value), Ok(None));
            }
        }
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        for key in ["building_area", "building-area", " 建筑面积 ", "Building area"] {
            assert_eq!(read_field(key, "1").map(|(field, _)| field), Ok(ProfileField::BuildingArea), "{key}");
        }
        let problem = read_field("\u{1b}[31mbeds", "1").unwrap_err();
        assert!(problem.en.contains("building_area") && !problem.en.contains('\u{1b}'));
    }
}
