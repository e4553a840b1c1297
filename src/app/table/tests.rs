//! The reader on its own: every way in which a table is written gives the same cells with their places, or a clear refusal.

use encoding_rs::GB18030;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::*;
use crate::report::csv::defuse;

/// A cell: row, column, text, and where the reader says it stands.
type Found = Vec<(u64, u32, String, String)>;

fn found(tables: &[Table]) -> Found {
    let mut all = Vec::new();
    for table in tables {
        for (row, cells) in &table.rows {
            for (column, cell) in cells {
                let place = table.place(*row, Some(*column)).words().en;
                all.push((*row, *column, cell.text.clone(), place));
            }
        }
    }
    all
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes, 100).map(|tables| found(&tables)).unwrap_err().why.en
}

/// The text in every encoding that is read, with the name that it is told by.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |mark: &[u8], of: fn(u16) -> [u8; 2]| {
        [mark.to_vec(), text.encode_utf16().flat_map(of).collect()].concat()
    };
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16 LE", utf16(b"\xFF\xFE", u16::to_le_bytes)),
        ("UTF-16 BE", utf16(b"\xFE\xFF", u16::to_be_bytes)),
        ("GB18030", GB18030.encode(text).0.into_owned()),
    ]
}

#[test]
fn encodings_separators_line_ends_and_quotes_all_give_the_same_cells() {
    // Quoted separators and line breaks; the third row begins on line 5, its third cell on line 6.
    let rows =
        "姓名|\"单|位\"|备注\n甲|\"第一行\n第二行\"|\"说“好”，\"\"对\"\"\"\n\n乙|\"两\n行\"|\"末\n尾\"\n";
    let mut n = 0;
    for (separator, name) in [(',', "commas"), (';', "semicolons"), ('\t', "tabs")] {
        for end in ["\n", "\r\n", "\r"] {
            let text = rows.replace('|', &separator.to_string()).replace('\n', end);
            for (encoding, bytes) in encoded(&text) {
                let tables = read(&bytes, 100).unwrap();
                let wide = |text: &str| text.replace('\n', end);
                let expected = [
                    (1, 0, "姓名".to_owned(), "line 1, column 1"),
                    (1, 1, format!("单{separator}位"), "line 1, column 2"),
                    (1, 2, "备注".to_owned(), "line 1, column 3"),
                    (2, 0, "甲".to_owned(), "line 2, column 1"),
                    (2, 1, wide("第一行\n第二行"), "line 2, column 2"),
                    (2, 2, "说“好”，\"对\"".to_owned(), "line 3, column 3"),
                    (5, 0, "乙".to_owned(), "line 5, column 1"),
                    (5, 1, wide("两\n行"), "line 5, column 2"),
                    (5, 2, wide("末\n尾"), "line 6, column 3"),
                ];
                let expected: Found = expected
                    .into_iter()
                    .map(|(row, column, text, at)| (row, column, text, at.to_owned()))
                    .collect();
                assert_eq!(found(&tables), expected, "{encoding}, {name}, {end:?}");
                let told = read_as(&tables).en;
                assert!(told.contains(encoding) && told.contains(name), "{told}");
                n += 1;
            }
        }
    }
    assert_eq!(n, 45);
}

#[test]
fn a_blank_cell_has_its_place_too() {
    let tables = read("a,b,c,d\n甲,\"x\ny\",,\"\n\"\n".as_bytes(), 100).unwrap();
    let place = |column| tables[0].place(2, column).words();
    assert_eq!(place(Some(2)), Text::new("第 3 行第 3 列", "line 3, column 3"));
    assert_eq!(place(None), Text::new("第 2 行", "line 2"));
}

#[test]
fn what_may_be_two_encodings_or_none_is_refused_with_its_place() {
    // “缺” in GBK reads as “ȱ” in UTF-8.
    let said = refusal(b"clause,grade,reason\nEM-02,D,\xc8\xb1\n");
    assert!(said.starts_with("line 2, column 3:") && said.contains("“ȱ”") && said.contains("“缺”"), "{said}");
    let said = refusal("name\nJosé\n".as_bytes());
    assert!(said.starts_with("line 2, column 1:"), "{said}");
    assert!(read("\u{feff}name\nJosé\n".as_bytes(), 9).is_ok(), "a mark settles it");
    assert!(read("name\nJosé 甲\n".as_bytes(), 9).is_ok(), "Chinese settles it");
    for (bytes, place) in [
        // Latin-1 is neither, also where GB18030 would give it a meaning.
        (&b"a,b\r\nc,Jos\xe9\r\n"[..], "line 2, column 2: neither"),
        (b"a,b\r\nc,caf\xe9s\r\n", "line 2, column 2: neither"),
        (b"a,\"x\ny\",\xff\n", "line 2, column 3: neither"),
        (b"\xd0\xd5\xc3\xfb;\xb5\xa5\xce\xbb\n\xbc\xd7;\xff\n", "line 2, column 2: neither"),
        (b"\xEF\xBB\xBFa,b\n\xd0\xd5,x\n", "line 2, column 1: from here on it is not UTF-8"),
        (b"\xFF\xFEa\0,\0\x00\xd8", "line 1, column 2: from here on it is not UTF-16 LE"),
        (b"a,b\nc,\0\n", "line 2, column 2: no text here"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture, not a table"),
    ] {
        let said = refusal(bytes);
        assert!(said.starts_with(place), "{said}");
    }
    // Big5, which GB18030 gives another meaning.
    assert!(refusal(b"\xa9m\xa6W,\xb3\xe6\xa6\xec,\xc2\xbe\xba\xd9\n\xb1i\xa4T,\xbf\xa4\xc2\xe5\xb0|,\xc2\xe5\xae v\n").contains("neither"));
}

#[test]
fn chinese_that_may_be_two_encodings_is_refused_or_told() {
    // In GB18030 a part of a name; in UTF-8 two characters that hardly anybody writes.
    let said = refusal(b"name,unit\nx,\xe8\xa4\xb3\xe5\xb2\xbf\n");
    assert!(said.starts_with("line 2, column 2:") && said.contains("“瑜冲部” in GB18030"), "{said}");
    // Common characters in UTF-8 that happen to be Chinese in GB18030 too.
    let tables = read("name,unit\nx,为账\n".as_bytes(), 9).unwrap();
    assert_eq!(found(&tables)[3].2, "为账");
    assert!(tables[0].how_read(&[])[0].en.contains("may be GB18030"), "{:?}", tables[0].how_read(&[]));
    // A mark, or more text, leaves no doubt, and plain UTF-8 needs no telling.
    for text in ["\u{feff}name,unit\nx,为账\n", "name,unit\nx,为账目登记，现场核对\n", "a,b\nc,d\n"]
    {
        assert_eq!(read(text.as_bytes(), 9).unwrap()[0].how_read(&[]), [], "{text}");
    }
    let tables = read(&GB18030.encode("姓名,单位\n甲,县医院\n").0, 9).unwrap();
    assert!(tables[0].how_read(&[])[0].en.contains("GB18030"));
}

#[test]
fn the_separator_is_that_of_the_header_and_not_of_a_title_above_it() {
    let tables = read("县专家库; 2026 年\n姓名,单位,职称\n甲,县医院,医师\n".as_bytes(), 9).unwrap();
    assert!(found(&tables).iter().any(|cell| cell.2 == "医师"));
    let tables = read("姓名;单位\n甲;1,5\n".as_bytes(), 9).unwrap();
    assert_eq!(found(&tables)[3].2, "1,5");
    let tables = read("姓名;单位;备注\n甲;\"x\n,,,\n,,,\";z\n".as_bytes(), 9).unwrap();
    assert_eq!(found(&tables)[4].2, "x\n,,,\n,,,");
    // Points hold more semicolons than the header has commas.
    let tables = read("clause,points\nEM-02,C1=yes;C2=no;B1=yes\n".as_bytes(), 9).unwrap();
    assert_eq!(found(&tables)[3].2, "C1=yes;C2=no;B1=yes");
}

#[test]
fn files_of_another_kind_are_told_by_what_they_are() {
    let zipped = |part: &str| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, b"<x/>").unwrap();
        zip.finish().unwrap().into_inner()
    };
    for (bytes, said) in [
        (b"".to_vec(), "the file is empty"),
        (b"x".to_vec(), "1 bytes only"),
        (b"%PDF-1.7 ...".to_vec(), "a PDF"),
        (b"\xEF\xBB\xBF \r\n<HTML><table>".to_vec(), "a web page"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "XML"),
        ("姓名，单位，职称\n甲，县医院，医师\n".as_bytes().to_vec(), "line 1: “，” stands between the cells"),
        ("title\na|b|c\nd|e|f\n".as_bytes().to_vec(), "line 2: “|” stands between"),
        (zipped("content.xml"), ".ods"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("xl/workbook.bin"), ".xlsb"),
    ] {
        assert!(refusal(&bytes).contains(said), "{said}: {}", refusal(&bytes));
    }
    // A single column of notes is a table, if not a useful one.
    assert!(read("条款\nEM-02，先看\n".as_bytes(), 9).is_ok());
}

#[test]
fn rare_characters_of_gb18030_are_read() {
    let text = "姓名,单位\n陶喆,县医院\n李堃𠮷,乡卫生院\n";
    let tables = read(&GB18030.encode(text).0, 9).unwrap();
    assert!(found(&tables).iter().any(|cell| cell.2 == "李堃𠮷"));
    assert!(found(&tables).iter().any(|cell| cell.2 == "陶喆"));
}

#[test]
fn quotes_that_do_not_pair_swallow_no_row() {
    for (text, said) in [
        ("a,b\nc,\"见记录\nd,e\n", "line 2, column 2: the quote that opens here is never closed"),
        ("a,b\nc,\"见记录\nd,\"x\"\n", "line 2, column 2: text behind the closing quote"),
        ("a;b\nc;\"见\"记录\n", "line 2, column 2: text behind the closing quote"),
        ("a,\"p\nq\",b\nc,\"\"\"\n", "line 3, column 2: the quote"),
    ] {
        assert!(refusal(text.as_bytes()).starts_with(said), "{text:?}: {}", refusal(text.as_bytes()));
    }
    for text in ["a,b\nc,5\" pipe\n", "a,b\n\"c\" ,d\n", "a,b\nc,\"\"\n"] {
        assert!(read(text.as_bytes(), 100).is_ok(), "{text:?}");
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let cell = |n: usize| format!("a,b\nc,{}\n", "长".repeat(n));
    assert!(read(cell(MOST_CHARACTERS).as_bytes(), 9).is_ok());
    assert_eq!(
        refusal(cell(MOST_CHARACTERS + 1).as_bytes()),
        "line 2, column 2: a cell of more than 32767 characters"
    );
    let row = |n: usize| format!("a\n{}", ",".repeat(n - 1));
    assert!(read(row(5_000).as_bytes(), 9).is_ok());
    assert_eq!(refusal(row(5_001).as_bytes()), "line 2, column 5001: more than 5000 columns");
    let rows = |n: usize| format!("a,b\n{}", "c,d\n\n".repeat(n));
    assert!(read(rows(100).as_bytes(), 100).is_ok());
    assert_eq!(refusal(rows(101).as_bytes()), "It has more than 100 rows.");
    assert!(refusal(&vec![b'a'; (16 << 20) + 1]).contains("16 MB"));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..102 {
        sheet.write_number(row, 0, row).unwrap();
    }
    assert_eq!(refusal(&workbook.save_to_buffer().unwrap()), "It has more than 100 rows.");
}

#[test]
fn headers_that_stand_twice_and_cells_without_one_are_told() {
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Letter {
        A,
        B,
    }
    let parse = |text: &str| match text {
        "a" => Some(Letter::A),
        "b" => Some(Letter::B),
        _ => None,
    };
    let text = "title,,,,\na,b,,a,x,\n1,2,,,,\n1,2,,,5,\n\"1\n\",2,3,,5,6\n1,2,3,,,\n1,2,,,,,7\n";
    let tables = read(text.as_bytes(), 100).unwrap();
    let (table, header) =
        HeaderRow::find(&tables, parse, |columns| columns.contains_key(&Letter::B)).unwrap();
    assert_eq!(header.row, 2);
    assert_eq!(header.columns, BTreeMap::from([(Letter::A, 0), (Letter::B, 1)]));
    assert_eq!(header.unknown, [(4, "x".to_owned())]);
    let said: Vec<String> = header.problems(table).into_iter().map(|it| it.en).collect();
    assert_eq!(
        said,
        [
            "line 2, column 4: the header “a” names the same column as line 2, column 1",
            "line 6, column 3: this column is filled in but has no header",
            "line 6, column 6: “6” stands behind the last header; the row is longer than the headers",
            "line 8, column 7: “7” stands behind the last header; the row is longer than the headers",
        ]
    );
}

#[test]
fn a_workbook_is_told_by_its_content_and_names_sheet_and_cell() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("说明").unwrap();
    let sheet = workbook.add_worksheet().set_name("名单").unwrap();
    sheet.write_string(4, 2, " 甲 ").unwrap();
    sheet.write_number(4, 27, 3.5).unwrap();
    sheet.write_formula(5, 0, rust_xlsxwriter::Formula::new("NA()").set_result("#N/A")).unwrap();
    let tables = read(&workbook.save_to_buffer().unwrap(), 100).unwrap();
    let expected = [
        (5, 2, "甲", "sheet “名单”, C5"),
        (5, 27, "3.5", "sheet “名单”, AB5"),
        (6, 0, "#N/A", "sheet “名单”, A6"),
    ];
    let expected: Found =
        expected.map(|(row, column, text, at)| (row, column, text.to_owned(), at.to_owned())).into();
    assert_eq!(found(&tables), expected);
    assert_eq!(tables[1].place(6, None).words(), Text::new("工作表“名单”第 6 行", "sheet “名单”, row 6"));
    assert_eq!(
        read_as(&tables),
        Text::new("读了这些工作表：说明、名单。", "These sheets were read: 说明, 名单.")
    );
    assert!(refusal(b"PK\x03\x04 no").contains("not an xlsx workbook"));
    assert!(refusal(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0]).contains("old .xls"));
}

fn any_cell() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("甲"),
        Just("喆"),
        Just("a"),
        Just("\""),
        Just(","),
        Just(";"),
        Just("\t"),
        Just("\n"),
        Just("\r\n"),
        Just(" "),
        Just("="),
        Just("-"),
        Just("'"),
        Just("，"),
        Just("é"),
        Just("1"),
        Just("医院")
    ];
    proptest::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn any_rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(proptest::collection::vec(any_cell(), 1..5), 0..6)
}

/// The cells that should be read: trimmed, the blank ones left out.
fn filled(rows: &[Vec<String>]) -> Vec<(usize, u32, String)> {
    let mut all = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        let cells = (0..).zip(cells).map(|(column, text)| (row, column, trimmed(text).to_owned()));
        all.extend(cells.filter(|(_, _, text)| !text.is_empty()));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_as_csv_is_read_back_from_its_line_and_column(
        body in any_rows(),
        separator in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        crlf: bool,
    ) {
        let mut rows = vec![vec!["编号".to_owned(), "情况说明".to_owned(), "备注与其他".to_owned()]];
        rows.extend(body);
        let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer =
            csv::WriterBuilder::new().delimiter(separator).terminator(end).flexible(true).from_writer(Vec::new());
        // Where each cell is written: an editor counts the line breaks before it.
        let (mut line, mut lines) = (1_u64, Vec::new());
        for row in &rows {
            writer.write_record(row.iter().map(|cell| defuse(trimmed(cell)))).unwrap();
            lines.push(Vec::new());
            for cell in row {
                lines.last_mut().unwrap().push(line);
                line += trimmed(cell).matches('\n').count() as u64;
            }
            line += 1;
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        for (_, bytes) in encoded(&text) {
            // Rare characters alone do not look like Chinese.
            let Ok(tables) = read(&bytes, 100) else {
                prop_assert!(bytes == GB18030.encode(&text).0.as_ref(), "{text:?}");
                continue;
            };
            let read: Vec<(String, String)> = found(&tables).into_iter().map(|it| (it.2, it.3)).collect();
            let expected: Vec<(String, String)> = filled(&rows).into_iter().map(|(row, column, text)| {
                let line = lines[row][column as usize];
                (text, format!("line {line}, column {}", column + 1))
            }).collect();
            prop_assert_eq!(&read, &expected, "{:?}", text);
        }
    }

    #[test]
    fn what_is_written_as_a_workbook_is_read_back_from_its_cell(rows in any_rows()) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("表").unwrap();
        for (row, cells) in (0..).zip(&rows) {
            for (column, text) in (0..).zip(cells) {
                // Excel breaks lines within a cell by LF alone.
                sheet.write_string(row, column, text.replace("\r\n", "\n")).unwrap();
            }
        }
        let tables = read(&workbook.save_to_buffer().unwrap(), 100).unwrap();
        let read: Vec<(String, String)> = found(&tables).into_iter().map(|it| (it.2, it.3)).collect();
        let expected: Vec<(String, String)> = filled(&rows).into_iter().map(|(row, column, text)| {
            (text.replace("\r\n", "\n"), format!("sheet “表”, {}{}", crate::checklist::xlsx::letters(column), row + 1))
        }).collect();
        prop_assert_eq!(read, expected);
    }
}
