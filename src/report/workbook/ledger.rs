//! The rectification ledger as a workbook: goes to the facility, is filled in there, and is read again by its headers.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::{
    domain::terms::lang::Lang,
    report::{
        ledger::{LedgerColumn, LedgerReport},
        workbook::{
            WorkbookError,
            paint::{self, Running},
            plan::{Cell, Column, Kind, Sheet, fitting},
        },
    },
};

/// The bytes of an xlsx file. The same ledger gives the same bytes.
///
/// # Errors
/// [`WorkbookError`] if the format's limits are exceeded.
pub fn ledger_xlsx(ledger: &LedgerReport) -> Result<Vec<u8>, WorkbookError> {
    let (year, month, day) = ledger.date.parts();
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(fitting(&ledger.facility))
            .set_author("hecha")
            .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?),
    );
    let running = Running::new(&ledger.facility, ledger.date, "", ledger.lang);
    paint::sheet(workbook.add_worksheet(), &sheet(ledger), &running)?;
    paint::sheet(workbook.add_worksheet(), &how_to_fill(ledger.lang), &running)?;
    Ok(workbook.save_to_buffer()?)
}

fn sheet(ledger: &LedgerReport) -> Sheet {
    let lang = ledger.lang;
    let columns = LedgerColumn::ALL.iter().map(|column| {
        let (width, kind) = look(*column);
        Column::new(column.name(lang), width, kind)
    });
    let rows = ledger.lines.iter().map(|line| {
        let cells = LedgerColumn::ALL.iter().map(|column| Cell::from(line.cell(*column, lang)));
        cells.collect()
    });
    Sheet {
        name: lang.pick("整改台账", "Rectification"),
        columns: columns.collect(),
        n_fixed: 1,
        rows: rows.collect(),
    }
}

const fn look(column: LedgerColumn) -> (u8, Kind) {
    match column {
        LedgerColumn::Id => (11, Kind::Text),
        LedgerColumn::Area => (14, Kind::Text),
        LedgerColumn::Clause => (26, Kind::Text),
        LedgerColumn::Level => (6, Kind::Grade),
        LedgerColumn::Core => (6, Kind::Short),
        LedgerColumn::Problem => (40, Kind::Text),
        LedgerColumn::Goal => (24, Kind::Blank),
        LedgerColumn::Person | LedgerColumn::By => (10, Kind::Blank),
        LedgerColumn::Deadline | LedgerColumn::On => (12, Kind::Blank),
        LedgerColumn::Progress => (13, Kind::Short),
        LedgerColumn::Done => (34, Kind::Blank),
        LedgerColumn::Proof => (16, Kind::Text),
        LedgerColumn::ClosedBy => (10, Kind::Short),
        LedgerColumn::ClosedOn => (12, Kind::Short),
        LedgerColumn::Remark => (26, Kind::Text),
    }
}

/// What the facility must know, on a sheet of its own.
fn how_to_fill(lang: Lang) -> Sheet {
    let rows: &[(LedgerColumn, &str, &str)] = &[
        (
            LedgerColumn::Done,
            "做了什么、现在怎样。填了这一栏就是提交，整改人必填。",
            "What was done and how it is now. Filled in, it counts as handed in; the next column is then required.",
        ),
        (LedgerColumn::By, "完成整改的人，写姓名。", "Who did the work, by name."),
        (
            LedgerColumn::On,
            "如 2026-12-31；不填按导入的日期。",
            "Like 2026-12-31; empty = the day it is taken in.",
        ),
        (
            LedgerColumn::Goal,
            "目标、责任人、完成时限由组长核定；这里的改动只在组长要求时读取。",
            "Goal, person and deadline are the lead's: changes here are read only if the lead asks for it.",
        ),
        (
            LedgerColumn::Id,
            "编号、问题、进展等其他各栏由程序生成，导入时不读取。照片请另外发送。",
            "Item, problem, progress and the rest are written by the program and not read. Send photos separately.",
        ),
    ];
    let rows = rows
        .iter()
        .map(|(column, zh, en)| vec![Cell::from(column.name(lang)), Cell::from(lang.pick(zh, en))]);
    Sheet {
        name: lang.pick("填写说明", "How to fill in"),
        columns: vec![
            Column::new(lang.pick("栏目", "Column"), 16, Kind::Text),
            Column::new(lang.pick("怎样填写", "What to write"), 80, Kind::Text),
        ],
        n_fixed: 1,
        rows: rows.collect(),
    }
}
