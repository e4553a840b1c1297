//! What is typed for a draw, as a request of the domain.

use std::collections::BTreeSet;

use crate::{
    app::{
        checklist::sources,
        failure::Failure,
        home::Home,
        pool::{
            self,
            draw::{
                season::{self, DrawnVisit},
                wording::bad_order,
            },
        },
        system,
    },
    domain::{
        checklist::profile::PanelRule,
        pool::{
            Pool, Rank,
            draw::{DrawRequest, Exclusion, Ground},
        },
        terms::{
            clean::{clean_line, is_clean_line},
            date::Date,
            field::Field,
            lang::{Lang, Text},
            written::Line,
        },
    },
    share::wire::draw::RECUSAL_LIMIT,
};

/// Least seats without a profile (seed S3·F13).
const LEAST_SEATS: usize = 5;

/// A draw as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawOrder {
    /// Name of the facility.
    pub facility: String,
    /// Seats; `None` = the least number of the profile.
    pub size: Option<usize>,
    /// The seed.
    pub seed: String,
    /// Required fields; empty = those of the profile, if one is given.
    pub fields: Vec<String>,
    /// Profile whose panel rule holds; without one at least five seats, an odd number, intermediate titles.
    pub profile: Option<String>,
    /// Units of which nobody is drawn.
    pub left_out: Vec<String>,
    /// `NAME[@UNIT]:KIND:REASON`.
    pub recusals: Vec<String>,
    /// Grounds that keep nobody from the panel.
    pub allowed: Vec<String>,
    /// The facility's medical alliance.
    pub alliance: String,
    /// Day of the draw; `None` = today.
    pub date: Option<String>,
    /// Day of the visit; `None` = not said, and nobody is left out for another visit of the day.
    pub visit_on: Option<String>,
    /// Visits drawn elsewhere, whose panels are left out on the same day.
    pub beside: Vec<DrawnVisit>,
}

impl DrawOrder {
    pub(crate) fn request(&self, home: &Home, pool: &Pool) -> Result<DrawRequest, Failure> {
        let (mut min, mut odd, mut least, mut fields) =
            (LEAST_SEATS, true, Some(Rank::Intermediate), Vec::new());
        if let Some(profile) = &self.profile {
            let rule = sources::profile(home, profile)?.profile.panel;
            least = least_title(&rule)?;
            (min, odd, fields) = (rule.min, rule.odd, rule.fields);
        }
        if !self.fields.is_empty() {
            fields = read_fields(&self.fields)?;
        }
        if !is_clean_line(&self.seed) {
            return Err(bad_order(Text::new(
                "种子只能是一行文字，首尾没有空格，最多 400 字。",
                "The seed is one line without blanks at its ends, of at most 400 characters.",
            )));
        }
        let line = |text: &String| Line::new(text).map(Line::into_string);
        let facility = line(&self.facility)?;
        let visit_on = self.visit_on.as_ref().map(|text| read_day("visit-date", text)).transpose()?;
        let mut recusals = self.read_recusals(pool)?;
        if let Some(day) = visit_on {
            recusals.extend(season::busy(home, pool, (&facility, day), &self.beside)?);
        } else if !self.beside.is_empty() {
            return Err(bad_order(Text::new(
                "--beside 要和 --visit-date 一起用。",
                "--beside goes with --visit-date.",
            )));
        }
        if recusals.len() > RECUSAL_LIMIT {
            return Err(bad_order(Text::new(
                format!("回避和同日另有核查的共 {} 名，超过 {RECUSAL_LIMIT} 名。", recusals.len()),
                format!(
                    "{} recusals and experts who sit elsewhere, more than {RECUSAL_LIMIT}.",
                    recusals.len()
                ),
            )));
        }
        let units = self.left_out.iter().map(line).collect::<Result<BTreeSet<_>, _>>()?;
        Ok(DrawRequest {
            facility,
            profile: self.profile.as_ref().map(line).transpose()?.unwrap_or_default(),
            visit_on,
            alliance: line(&self.alliance)?,
            seed: self.seed.clone(),
            size: self.size.unwrap_or(min),
            min,
            odd,
            fields,
            least,
            left_out: units.into_iter().filter(|unit| !unit.is_empty()).collect(),
            recusals: recusals.into_iter().collect(),
            allowed: self
                .allowed
                .iter()
                .map(|text| read_ground(text, Ground::ALL))
                .collect::<Result<_, _>>()?,
            drawn_on: self.day()?,
        })
    }

    fn read_recusals(&self, pool: &Pool) -> Result<BTreeSet<Exclusion>, Failure> {
        let mut recusals: BTreeSet<Exclusion> = BTreeSet::new();
        for text in &self.recusals {
            let folded = text.replace('：', ":").replace('＠', "@");
            let parts: Vec<Line> = folded.splitn(3, ':').map(Line::new).collect::<Result<_, _>>()?;
            let [who, kind, reason] = parts.as_slice() else { return Err(bad_recusal(text)) };
            if who.is_empty() || reason.is_empty() {
                return Err(bad_recusal(text));
            }
            let (name, unit) =
                who.split_once('@').map_or((who.as_str(), None), |(name, unit)| (name, Some(unit)));
            let person = pool::find(pool, name, unit)?.person.clone();
            let ground = read_ground(kind, &Ground::GIVEN)?;
            recusals.insert(Exclusion { person, ground, reason: reason.to_string() });
        }
        Ok(recusals)
    }

    fn day(&self) -> Result<Date, Failure> {
        match &self.date {
            Some(text) => read_day("date", text),
            None => system::day(),
        }
    }
}

fn read_day(option: &str, text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|()| {
        bad_order(Text::new(
            format!("--{option} 应写成 2026-11-21。"),
            format!("--{option} should read 2026-11-21."),
        ))
    })
}

/// The least title of a profile; a word that is no level is told, never passed over.
fn least_title(rule: &PanelRule) -> Result<Option<Rank>, Failure> {
    if rule.title.is_empty() {
        return Ok(None);
    }
    rule.least_rank().map(Some).ok_or_else(|| {
        let title = clean_line(&rule.title);
        bad_order(Text::new(
            format!("方案的职称要求“{title}”不是初级、中级、副高、正高之一。"),
            format!("The profile's least title “{title}” is no level of titles."),
        ))
    })
}

fn read_fields(texts: &[String]) -> Result<Vec<Field>, Failure> {
    let mut fields = Vec::new();
    for text in texts.iter().flat_map(|text| text.split(['、', ',', '，'])).map(str::trim) {
        let field = Field::named(text).ok_or_else(|| bad_order(Field::unknown(&clean_line(text))))?;
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    Ok(fields)
}

fn read_ground(text: &str, known: &[Ground]) -> Result<Ground, Failure> {
    Ground::parse(text.trim()).filter(|ground| known.contains(ground)).ok_or_else(|| {
        let said = |lang: Lang| {
            let words = known.iter().map(|ground| match lang {
                Lang::Zh => format!("{} {}", ground.key(), ground.name(lang)),
                Lang::En => ground.key().to_owned(),
            });
            words.collect::<Vec<_>>()
        };
        let text = clean_line(text);
        bad_order(Text::new(
            format!("回避事由“{text}”不是这些之一：{}。", said(Lang::Zh).join("、")),
            format!("The kind “{text}” is none of {}.", said(Lang::En).join(", ")),
        ))
    })
}

fn bad_recusal(text: &str) -> Failure {
    let text = clean_line(text);
    bad_order(Text::new(
        format!("回避“{text}”要写成 姓名[@单位]:事由:说明。"),
        format!("The recusal “{text}” must read NAME[@UNIT]:KIND:REASON."),
    ))
}
