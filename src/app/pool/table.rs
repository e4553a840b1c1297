//! A pool as CSV and as a workbook. Both read the same again, and no cell of them starts a formula.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::{
    app::failure::Failure,
    domain::{
        pool::{Column, Pool, draw::Ground},
        terms::{field::Field, lang::Lang},
    },
    report::csv::defuse,
};

/// The mark by which spreadsheets know UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A pool as CSV: headers in both languages, a row an expert, by name and unit; CRLF and a byte order mark. The same pool
/// gives the same bytes on every machine, and their SHA-256 is the digest of the pool.
pub(super) fn csv(pool: &Pool) -> Result<Vec<u8>, Failure> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(BOM.to_vec());
    let rows = pool.experts().map(|expert| Column::ALL.iter().map(|it| expert.text(*it)).collect::<Vec<_>>());
    for row in std::iter::once(headers()).chain(rows) {
        let cells = row.iter().map(|cell| defuse(cell));
        writer.write_record(cells).map_err(|_| Failure::bug("cannot write CSV"))?;
    }
    writer.into_inner().map_err(|_| Failure::bug("cannot write CSV"))
}

/// A pool as a workbook with a second sheet that says how to fill it in.
pub(super) fn workbook(pool: &Pool) -> Result<Vec<u8>, Failure> {
    paint(pool).map_err(|error| Failure::bug(&error.to_string()))
}

fn headers() -> Vec<String> {
    Column::ALL.iter().map(|column| format!("{} {}", column.name(Lang::Zh), column.key())).collect()
}

fn paint(pool: &Pool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    // Text cells have the text format, so that what is typed stays as typed and is never a formula.
    let text = Format::new().set_num_format("@").set_text_wrap();
    let sheet = workbook.add_worksheet().set_name("专家库")?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, (header, width)) in (0..).zip(headers().iter().zip(WIDTHS)) {
        sheet.set_column_width(at, width)?.set_column_format(at, &text)?;
        sheet.write_string_with_format(0, at, header, &bold)?;
    }
    for (row, expert) in (1..).zip(pool.experts()) {
        for (at, column) in (0..).zip(Column::ALL) {
            sheet.write_string_with_format(row, at, expert.text(*column), &text)?;
        }
    }
    explain(workbook.add_worksheet().set_name("填写说明 Notes")?, &bold, &text)?;
    workbook.save_to_buffer()
}

const WIDTHS: [f64; 9] = [12.0, 26.0, 16.0, 26.0, 18.0, 34.0, 18.0, 14.0, 24.0];

fn explain(sheet: &mut Worksheet, bold: &Format, text: &Format) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 22)?.set_column_width(1, 70)?.set_column_width(2, 70)?;
    for (at, header) in (0..).zip(["栏目 Column", "怎样填写", "What to write"]) {
        sheet.write_string_with_format(0, at, header, bold)?;
    }
    for (row, (column, header)) in (1..).zip(Column::ALL.iter().zip(headers())) {
        let (zh, en) = how_to_fill(*column);
        for (at, cell) in (0..).zip([header, zh, en]) {
            sheet.write_string_with_format(row, at, cell, text)?;
        }
    }
    Ok(())
}

fn how_to_fill(column: Column) -> (String, String) {
    let say = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match column {
        Column::Name => {
            say("必填。同名同单位是同一人。", "Required. The same name and unit is the same person.")
        }
        Column::Unit => say("必填。现在的工作单位全称。", "Required. Full name of the present unit."),
        Column::Title => say(
            "职称，如 主任医师、主管护师、讲师。原则上中级及以上。",
            "Professional title, e.g. 主任医师, 主管护师. In principle intermediate or above.",
        ),
        Column::Fields => {
            let all: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
            let english: Vec<&str> = Field::ALL.iter().map(|field| field.name(Lang::En)).collect();
            (
                format!("必填。可填几类，用顿号隔开，主专业在前：{}。", all.join("、")),
                format!("Required. One or more, a comma apart, the main one first: {}.", english.join(", ")),
            )
        }
        Column::Training => say("培训情况或日期，可空。", "Training, as text or date; may be empty."),
        Column::Ties => {
            let kinds: Vec<&str> = Ground::TIES.iter().map(|it| it.name(Lang::Zh)).collect();
            let keys: Vec<&str> = Ground::TIES.iter().map(|it| it.key()).collect();
            (
                format!(
                    "写成 事由：机构名称，几条用分号隔开；事由：{}。例：亲属：青禾镇卫生院",
                    kinds.join("、")
                ),
                format!(
                    "KIND: facility, a semicolon apart; kinds: {}. E.g. kinship: 青禾镇卫生院",
                    keys.join(", ")
                ),
            )
        }
        Column::Alliance => {
            say("单位所在的医共体，没有就空着。", "Medical alliance of the unit; empty if none.")
        }
        Column::County => say("县（市、区），可空。", "County; may be empty."),
        Column::Exception => say(
            "职称低于中级或不在职称表中而仍可抽取的理由，印在抽取记录上。",
            "Why the expert may be drawn although the title is too low or not known; printed in the record.",
        ),
    }
}
