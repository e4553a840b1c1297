//! Headers as people write them, and what a table around them is worth: merged cells, hidden sheets, notes, formulas.

use rust_xlsxwriter::Workbook;

use crate::{
    app::table::{HeaderRow, Table, read},
    domain::terms::lang::Text,
};

/// A workbook of one sheet per filling.
fn book(fill: &[&dyn Fn(&mut rust_xlsxwriter::Worksheet)]) -> Vec<Table> {
    let mut workbook = Workbook::new();
    for fill in fill {
        fill(workbook.add_worksheet());
    }
    read(&workbook.save_to_buffer().unwrap(), 100).unwrap()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Id,
    Text,
    More,
}

fn names(header: &str) -> Option<Name> {
    match header {
        "编号" | "id" => Some(Name::Id),
        "内容" | "text" => Some(Name::Text),
        "备注" => Some(Name::More),
        _ => None,
    }
}

fn headed(tables: &[Table]) -> Result<(&Table, HeaderRow<Name>), Vec<Text>> {
    HeaderRow::find(tables, names, |columns| columns.len() >= 2 && columns.contains_key(&Name::Id))
}

#[test]
fn headers_are_known_with_marks_in_two_languages_and_in_two_rows() {
    for (text, row, columns) in [
        ("*编号（必填）,【如有】内 容：\n1,x\n", 1, [0, 1]),
        ("编号 id,\"text\n内容\"\n1,x\n", 1, [0, 1]),
        ("台账,,\n基本情况,,说明\n编号,序号,\n", 0, [0, 0]),
        ("编号,基本情况,\n,内容,备注\n1,x,y\n", 2, [0, 1]),
        ("基本情况,,内容\n编号,序号,\n1,2,x\n", 2, [0, 2]),
        ("ＩＤ,TEXT\n1,x\n", 1, [0, 1]),
    ] {
        let tables = read(text.as_bytes(), 9).unwrap();
        let found = headed(&tables);
        if row == 0 {
            assert!(found.is_err(), "{text}");
            continue;
        }
        let (table, header) = found.unwrap();
        assert_eq!(
            (header.row, [header.columns[&Name::Id], header.columns[&Name::Text]]),
            (row, columns),
            "{text}"
        );
        assert_eq!(header.problems(table), [], "{text}");
    }
    // Two different columns in one header are none.
    let tables = read("编号 内容,内容\n1,x\n".as_bytes(), 9).unwrap();
    let nearest = headed(&tables).unwrap_err();
    assert_eq!(nearest[0].en, "line 1: most like headers: “内容” are known, “编号 内容” are not");
}

#[test]
fn what_is_merged_counts_for_every_row_and_never_for_several_columns() {
    let plain = rust_xlsxwriter::Format::new();
    let tables = book(&[&|sheet| {
        sheet.write_row(0, 0, ["编号", "内容", "备注"]).unwrap();
        sheet.write_column(1, 0, ["1", "2", "3"]).unwrap();
        sheet.merge_range(1, 1, 3, 1, "同样", &plain).unwrap();
        sheet.merge_range(3, 2, 6, 2, "y", &plain).unwrap();
    }]);
    let (table, header) = headed(&tables).unwrap();
    let texts: Vec<_> = header
        .rows(table)
        .map(|(row, cells)| (row, header.cell(cells, Name::Text).unwrap().text.as_str()))
        .collect();
    assert_eq!(texts, [(2, "同样"), (3, "同样"), (4, "同样")], "and no row where nothing else stands");
    assert_eq!(header.problems(table), []);
    let tables = book(&[&|sheet| {
        sheet.write_row(0, 0, ["编号", "内容", "备注"]).unwrap();
        sheet.write_string(1, 0, "1").unwrap();
        sheet.merge_range(1, 1, 1, 2, "同样", &plain).unwrap();
        sheet.merge_range(2, 0, 3, 2, "注：填表说明", &plain).unwrap();
    }]);
    let (table, header) = headed(&tables).unwrap();
    let problems = header.problems(table);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].en.starts_with("sheet “Sheet1”, B2: cells merged over several columns"),
        "{problems:?}"
    );
    assert_eq!(header.rows(table).count(), 0, "what is told as a whole is not told cell by cell");
    assert!(header.told(table)[0].en.contains("row 3: “注：填表说明” is a note"), "{:?}", header.told(table));
}

#[test]
fn hidden_sheets_give_way_to_those_that_are_seen() {
    let list = |id: &'static str, hidden: bool| {
        move |sheet: &mut rust_xlsxwriter::Worksheet| {
            sheet.write_row_matrix(0, 0, [["编号", "内容"], [id, "x"]]).unwrap();
            // The active sheet, without this the first one, cannot be hidden.
            sheet.set_hidden(hidden).set_active(!hidden);
        }
    };
    let empty = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.write_row(0, 0, ["编号", "内容"]).unwrap();
    };
    let (old, new) = (list("旧", true), list("新", false));
    let first = |tables: &[Table]| {
        let (table, header) = headed(tables).unwrap();
        let id =
            header.rows(table).next().map(|(_, cells)| header.cell(cells, Name::Id).unwrap().text.clone());
        (id, header.problems(table).len(), header.told(table))
    };
    let (id, n, told) = first(&book(&[&old, &empty, &new]));
    assert_eq!((id.as_deref(), n), (Some("新"), 0));
    assert!(told[0].en.contains("“Sheet3” was read; hidden ones were not: Sheet1"), "{told:?}");
    assert_eq!(first(&book(&[&new, &new])).1, 1, "two that are seen");
    let tables = book(&[&old, &|sheet| {
        sheet.set_active(true);
    }]);
    assert!(headed(&tables).unwrap_err()[0].en.contains("it is hidden; to have it read"));
}

#[test]
fn times_of_day_and_formulas_without_a_value_are_not_lost() {
    let tables = book(&[&|sheet| {
        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
        sheet.write_row(0, 0, ["编号", "内容"]).unwrap();
        sheet.write_number_with_format(1, 0, 46_000.0, &format).unwrap();
        sheet.write_number_with_format(1, 1, 46_000.604_166_666_7, &format).unwrap();
    }]);
    let cells = &tables[0].rows[&2];
    assert_eq!([&cells[&0].text, &cells[&1].text], ["2025-12-09", "2025-12-09 14:30"]);
    // A formula as openpyxl writes it, and one whose value is the empty text.
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["编号", "内容"]).unwrap();
    sheet.write_formula(1, 0, rust_xlsxwriter::Formula::new("A9").set_result("7777")).unwrap();
    sheet.write_formula(1, 1, rust_xlsxwriter::Formula::new("B9").set_result("8888")).unwrap();
    let bytes = with_part(&workbook.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml", |part| {
        let part = part.replace("<v>7777</v>", "<v></v>");
        part.replace("<c r=\"B2\">", "<c r=\"B2\" t=\"str\">").replace("<v>8888</v>", "<v></v>")
    });
    let tables = read(&bytes, 9).unwrap();
    let (table, header) = headed(&tables).unwrap();
    let (_, cells) = header.rows(table).next().unwrap();
    assert!(header.fault(cells, Name::Id).unwrap().en.contains("not in the file"));
    assert_eq!(header.cell(cells, Name::Text), None, "the empty text is blank");
}

/// A package with one part changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let part_name = part.name().unwrap().to_string();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        new.start_file(&*part_name, zip::write::SimpleFileOptions::default()).unwrap();
        let text = if part_name == name { change(&text) } else { text };
        std::io::Write::write_all(&mut new, text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}
