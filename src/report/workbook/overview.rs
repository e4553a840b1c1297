//! The first sheet: what was reviewed, what came out, and two charts of it.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartSolidFill, Color, Format, Worksheet, XlsxError,
};

use crate::{
    domain::terms::{citation::cite, lang::Lang},
    report::{
        Report,
        page::{self, Chart as Drawing, SeverityBar, Table},
        workbook::{
            paint::{self, Running, write},
            plan::{Cell, Kind, fitting, lines},
            style,
        },
    },
    words::{self, label},
};

/// Widths of the columns, in characters.
const WIDTHS: [u8; 9] = [30, 14, 14, 12, 12, 12, 14, 18, 18];
const LAST: u16 = 8;
/// Width of a chart in pixels: that of the columns together, about.
const CHART_WIDTH: u32 = 1_000;
/// Height of a chart in pixels, without its bars, and of each bar.
const CHART_HEIGHT: u32 = 130;
const BAR_HEIGHT: u32 = 26;
/// Numbers on the lighter parts of a bar.
const DARK: Color = Color::RGB(0x14_17_1A);
/// Height of an empty row in pixels.
const ROW_HEIGHT: u32 = 20;

pub(super) fn paint(sheet: &mut Worksheet, report: &Report, running: &Running) -> Result<(), XlsxError> {
    let lang = report.lang;
    sheet.set_name(lang.pick("概览", "Overview"))?;
    for (at, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let mut painter = Painter { sheet, lang, has_points: report.all.points > 0, row: 0 };
    painter.line(
        &format!("{} {}", report.facility, lang.pick("现场核查", "site visit")),
        &style::title(),
        2,
    )?;
    for mark in page::marks(report) {
        painter.line(&mark, &style::mark(), 1)?;
    }
    painter.row += 1;
    painter.facts(report)?;
    painter.standards(report)?;
    let areas = painter.counts(report)?;
    let bars = page::severity(report);
    let members = painter.severity(&bars)?;
    painter.charts(areas, members, &bars)?;
    paint::print(painter.sheet, running);
    // One page upright, charts and all.
    painter.sheet.set_portrait().set_print_fit_to_pages(1, 1);
    Ok(())
}

/// The rows of a table that a chart shows: the header's, the first and the last.
#[derive(Debug, Clone, Copy)]
struct Shown {
    header: u32,
    first: u32,
    last: u32,
}

impl Shown {
    /// How many bars.
    const fn n(self) -> u32 {
        self.last + 1 - self.first
    }
}

struct Painter<'a> {
    sheet: &'a mut Worksheet,
    lang: Lang,
    /// Whether the table of verdicts has a column for points after D.
    has_points: bool,
    row: u32,
}

impl Painter<'_> {
    /// A text across the sheet, in letters so many times the usual size.
    fn line(&mut self, text: &str, format: &Format, size: u32) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row, 0, self.row, LAST, &fitting(text), format)?;
        let width: u32 = WIDTHS.iter().map(|width| u32::from(*width)).sum();
        paint::set_height(self.sheet, self.row, Some(lines(text, width / size) * size))?;
        self.row += 1;
        Ok(())
    }

    fn facts(&mut self, report: &Report) -> Result<(), XlsxError> {
        for (name, value) in page::fact_lines(report) {
            self.sheet.write_string_with_format(self.row, 0, fitting(&name), &style::name())?;
            let format = style::body(Kind::Text);
            self.sheet.merge_range(self.row, 1, self.row, LAST, &fitting(&value), &format)?;
            let width: u32 = WIDTHS.iter().skip(1).map(|width| u32::from(*width)).sum();
            paint::set_height(self.sheet, self.row, Some(lines(&value, width)))?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn standards(&mut self, report: &Report) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut table = Table::new(&[
            (lang.pick("达标标准", "Standard"), 0),
            (lang.pick("结论", "Outcome"), 0),
            (lang.pick("性质", "Status"), 0),
            (label::gate(lang), 0),
            (lang.pick("全部从严", "Strictest"), 0),
            (lang.pick("全部从宽", "Most lenient"), 0),
            (lang.pick("改变结论所需条款数", "Clauses to flip"), 0),
            (label::source(lang), 0),
        ]);
        table.rows.extend(report.standards.iter().map(|standard| {
            let flip = standard.clauses_to_flip.map_or_else(|| "—".to_owned(), |n| n.to_string());
            vec![
                standard.title.clone(),
                standard.told(lang).to_owned(),
                standard.status.name(lang).to_owned(),
                standard.barred.clone(),
                words::met(standard.worst, lang).to_owned(),
                words::met(standard.best, lang).to_owned(),
                flip,
                cite(&standard.source, lang),
            ]
        }));
        self.table(&table)?;
        Ok(())
    }

    /// Verdicts by area, with the areas in view of the chart and the sums below.
    fn counts(&mut self, report: &Report) -> Result<Shown, XlsxError> {
        let table = page::counts_table(report);
        let shown = self.table(&table)?;
        // Core clauses and the sum are the last two rows.
        Ok(Shown { last: shown.last.saturating_sub(2), ..shown })
    }

    fn severity(&mut self, bars: &[SeverityBar]) -> Result<Option<Shown>, XlsxError> {
        let lang = self.lang;
        if bars.is_empty() {
            return Ok(None);
        }
        let header = self.row;
        let titles = [
            lang.pick("组员评分宽严", "Strict and lenient members"),
            lang.pick("与其他组员中位数之差（档）", "Grades from the median of the others"),
            lang.pick("宽严", "Reading"),
        ];
        for (at, title) in (0_u16..).zip(titles) {
            self.sheet.write_string_with_format(header, at, title, &style::header())?;
        }
        self.fit(&titles.map(str::to_owned))?;
        let (text, number) =
            (style::body(Kind::Text), style::body(Kind::Short).set_num_format("+0.00;-0.00;0.00"));
        for bar in bars {
            self.row += 1;
            write(self.sheet, self.row, 0, &Cell::from(&bar.title), &text)?;
            write(self.sheet, self.row, 1, &Cell::Number(bar.severity), &number)?;
            write(self.sheet, self.row, 2, &Cell::from(words::strictness(bar.severity, lang)), &text)?;
        }
        let shown = Shown { header, first: header + 1, last: self.row };
        self.row += 2;
        Ok(Some(shown))
    }

    /// A table whose numbers are numbers.
    fn table(&mut self, table: &Table) -> Result<Shown, XlsxError> {
        let header = self.row;
        for (at, title) in (0_u16..).zip(&table.header) {
            self.sheet.write_string_with_format(header, at, fitting(title), &style::header())?;
        }
        self.fit(&table.header)?;
        let (name, other) = (style::body(Kind::Text), style::body(Kind::Short));
        for cells in &table.rows {
            self.row += 1;
            for (at, text) in (0_u16..).zip(cells) {
                let format = if at == 0 { &name } else { &other };
                let number = text.parse::<u32>().ok().filter(|_| at > 0);
                let cell = number.map_or_else(|| Cell::from(text), |n| Cell::Number(f64::from(n)));
                write(self.sheet, self.row, at, &cell, format)?;
            }
            self.fit(cells)?;
        }
        let shown = Shown { header, first: header + 1, last: self.row };
        self.row += 2;
        Ok(shown)
    }

    /// Makes the current row high enough for texts in its columns.
    fn fit(&mut self, texts: &[String]) -> Result<(), XlsxError> {
        let most = texts.iter().zip(WIDTHS).map(|(text, width)| lines(text, u32::from(width))).max();
        paint::set_height(self.sheet, self.row, most)
    }

    fn charts(
        &mut self,
        areas: Shown,
        members: Option<Shown>,
        bars: &[SeverityBar],
    ) -> Result<(), XlsxError> {
        if areas.last >= areas.first {
            self.insert(self.grades(areas), areas.n())?;
        }
        if let Some(members) = members {
            self.insert(self.strictness(members, bars), members.n())?;
        }
        Ok(())
    }

    fn insert(&mut self, mut chart: Chart, n_bars: u32) -> Result<(), XlsxError> {
        let height = CHART_HEIGHT + n_bars * BAR_HEIGHT;
        chart.set_width(CHART_WIDTH).set_height(height);
        self.sheet.insert_chart(self.row, 0, &chart)?;
        self.row += height / ROW_HEIGHT + 2;
        Ok(())
    }

    /// One stacked bar an area, the first on top.
    fn grades(&self, shown: Shown) -> Chart {
        let lang = self.lang;
        let name = lang.pick("概览", "Overview");
        let mut chart = Chart::new(rust_xlsxwriter::ChartType::BarStacked);
        let mut font = ChartFont::new();
        font.set_bold();
        for ((at, part), colour) in (1_u16..).zip(Drawing::parts(lang)).zip(style::PARTS) {
            font.set_color(if at == 3 || at > 4 { DARK } else { Color::White });
            let at = if at > 4 { at + u16::from(self.has_points) } else { at };
            chart
                .add_series()
                .set_name(part)
                .set_categories((name, shown.first, 0, shown.last, 0))
                .set_values((name, shown.first, at, shown.last, at))
                .set_gap(40)
                .set_format(
                    ChartFormat::new()
                        .set_solid_fill(ChartSolidFill::new().set_color(colour))
                        .set_border(ChartLine::new().set_color(style::EDGE)),
                )
                // Nothing is written on a part of no clauses.
                .set_data_label(ChartDataLabel::new().show_value().set_num_format("0;;;").set_font(&font));
        }
        chart.title().set_name(Drawing::Grades(Vec::new()).title(lang));
        chart.y_axis().set_reverse();
        chart.x_axis().set_major_gridlines(true).set_min(0);
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart
    }

    fn strictness(&self, shown: Shown, bars: &[SeverityBar]) -> Chart {
        let lang = self.lang;
        let scale = page::severity_scale(bars);
        let name = lang.pick("概览", "Overview");
        let mut chart = Chart::new_bar();
        chart
            .add_series()
            .set_name((name, shown.header, 1))
            .set_categories((name, shown.first, 0, shown.last, 0))
            .set_values((name, shown.first, 1, shown.last, 1))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(style::PARTS[1])))
            .set_data_label(
                ChartDataLabel::new().show_value().set_position(ChartDataLabelPosition::OutsideEnd),
            );
        chart.title().set_name(Drawing::Severity(Vec::new()).title(lang));
        // Names stand at the edge, not in the middle where bars to the left would cover them.
        chart.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
        chart.x_axis().set_min(-scale).set_max(scale);
        chart.legend().set_hidden();
        chart
    }
}
