//! 优质服务基层行推荐标准建设单位推荐表 (seed S0·F80), row by row as it was issued in Qinghai on 1 September 2022.

use crate::{
    domain::{
        facility::profile::{ProfileField, ProfileValue},
        terms::lang::Lang,
    },
    report::{
        form::{FormFacts, blank_day},
        page::{Block, Grid, GridCell, GridRow, Page, Section},
    },
    words::subsidy,
};

/// Columns: a name and a value, three times.
const WIDTHS: [u16; 6] = [16, 18, 16, 16, 16, 18];
/// Least heights of the boxes, in millimetres.
const TEXT_BOX: u16 = 38;
const OPINION_BOX: u16 = 26;
const LINE_BOX: u16 = 9;

pub(super) fn page(facts: &FormFacts<'_>) -> Page {
    let lang = facts.report.lang;
    let title = lang.pick(
        "优质服务基层行推荐标准建设单位推荐表",
        "Recommendation of a facility for the recommended standard (优质服务基层行)",
    );
    let form = Form { facts, lang };
    let grid = Grid { widths: WIDTHS.to_vec(), rows: form.rows() };
    let mut blocks = vec![Block::Grid(grid)];
    // The form as it was issued has no such row: it stands below, and says whose it is.
    blocks.extend(facts.report.subsidy.as_ref().map(|found| {
        let told = subsidy::told(found, lang);
        Block::Text(match lang {
            Lang::Zh => format!("补助档（本程序按方案计算，非表内栏目）：{told}。"),
            Lang::En => format!("Subsidy tier (worked out by this program, not part of the form): {told}."),
        })
    }));
    let section = Section { title: String::new(), blocks, own_page: false };
    Page { title: title.to_owned(), marks: Vec::new(), sections: vec![section] }
}

struct Form<'a> {
    facts: &'a FormFacts<'a>,
    lang: Lang,
}

impl Form<'_> {
    fn rows(&self) -> Vec<GridRow> {
        use ProfileField as Of;
        let three =
            |fields: [ProfileField; 3]| line(fields.iter().flat_map(|field| self.pair(*field, 1)).collect());
        let two =
            |fields: [ProfileField; 2]| line(fields.iter().flat_map(|field| self.pair(*field, 2)).collect());
        let facility = self.lang.pick("机构（盖章）：", "Facility (seal): ");
        let seal = self.lang.pick("盖章：", "Seal: ");
        let opinion = |zh: &str, en: &str| {
            let name = GridCell::name(self.lang.pick(zh, en));
            GridRow::tall(vec![name, self.sealed("", seal)], OPINION_BOX)
        };
        vec![
            line(vec![GridCell::name(Of::Name.name(self.lang)), GridCell::value(self.facility(), 5)]),
            line([self.pair(Of::Address, 3), self.pair(Of::BuildingArea, 1)].concat()),
            two([Of::Representative, Of::Phone]),
            three([Of::Population, Of::Staff, Of::Technicians]),
            three([Of::BusinessArea, Of::Beds, Of::Devices]),
            GridRow::tall(
                vec![self.attachable(Of::Introduction), GridCell::value(self.text(Of::Introduction), 5)],
                TEXT_BOX,
            ),
            two([Of::Visits, Of::Discharges]),
            GridRow::tall(
                vec![self.attachable(Of::Departments), self.sealed(&self.text(Of::Departments), facility)],
                TEXT_BOX,
            ),
            GridRow::tall(
                vec![self.attachable(Of::Plan), self.sealed(&self.text(Of::Plan), facility)],
                TEXT_BOX,
            ),
            opinion("县级卫生健康行政部门意见", "Opinion of the county health administration"),
            opinion("市州卫生健康行政部门意见", "Opinion of the prefecture health administration"),
        ]
    }

    /// The name of a field with its unit, and its value without.
    fn pair(&self, field: ProfileField, span: u16) -> Vec<GridCell> {
        let (year, lang) = (self.facts.year, self.lang);
        let name = match (field, lang) {
            (ProfileField::BuildingArea, _) => field.name(lang).to_owned(),
            (ProfileField::Visits | ProfileField::Discharges, Lang::Zh) => {
                format!("{year}年度{}", field.label(lang))
            }
            (ProfileField::Visits | ProfileField::Discharges, Lang::En) => {
                format!("{} in {year}", field.name(lang))
            }
            _ => field.label(lang),
        };
        vec![GridCell::name(name), GridCell::value(self.value(field), span)]
    }

    fn value(&self, field: ProfileField) -> String {
        let is_figure = matches!(field, ProfileField::Visits | ProfileField::Discharges);
        let value = self.facts.report.facility_profile.profile.get(field);
        match value.filter(|_| !is_figure || self.facts.has_figures) {
            // The form names no unit for it.
            Some(value) if field == ProfileField::BuildingArea => value.told(field, self.lang),
            // Where the name says the unit in English, the number is of persons all the same.
            Some(ProfileValue::Count(n)) if field == ProfileField::Population && self.lang == Lang::En => {
                format!("{} ({n} persons)", ProfileValue::Count(*n).written(field))
            }
            Some(value) => value.written(field),
            None => String::new(),
        }
    }

    /// The name on the licence; while it is not given, that of the visit.
    fn facility(&self) -> String {
        match self.value(ProfileField::Name) {
            name if name.is_empty() => self.facts.report.facility.clone(),
            name => name,
        }
    }

    /// A text, or what the form asks for.
    fn text(&self, field: ProfileField) -> String {
        let text = self.value(field);
        if !text.is_empty() || field.prompt(self.lang).is_empty() {
            return text;
        }
        format!("{}{}{}", self.lang.pick("（", "("), field.prompt(self.lang), self.lang.pick("）", ")"))
    }

    /// A name that says that pages may be attached.
    fn attachable(&self, field: ProfileField) -> GridCell {
        let note = match field {
            ProfileField::Plan => {
                self.lang.pick("（可附页，限2000字）", "(pages may be attached; at most 2000 characters)")
            }
            _ => self.lang.pick("（可附页）", "(pages may be attached)"),
        };
        GridCell::name(format!("{}\n{note}", field.name(self.lang)))
    }

    /// A box with room for a seal and a date.
    fn sealed(&self, text: &str, seal: &str) -> GridCell {
        GridCell::value(text, 5).with_foot(format!("{seal}                {}", blank_day(self.lang)))
    }
}

const fn line(cells: Vec<GridCell>) -> GridRow {
    GridRow { cells, height: LINE_BOX, breaks: false }
}
