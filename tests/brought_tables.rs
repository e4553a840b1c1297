//! Tables that people bring, with the real program: votes, pool, ledger and matrix are all read from what a Chinese Excel saves as
//! CSV and from a workbook, and tell every problem with its place.

use std::path::Path;

use crate::support::{Answer, Laptop, Panel, files_below, holds, new_folder};
use encoding_rs::GB18030;
use rust_xlsxwriter::Workbook;

/// The rows as GB18030 with CRLF, and as a workbook that is not named like one.
fn both(folder: &Path, rows: &[&[&str]]) -> [String; 2] {
    let text: String = rows.iter().map(|row| row.join(",") + "\r\n").collect();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("表").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    let files =
        [("gb.csv", GB18030.encode(&text).0.into_owned()), ("book.csv", workbook.save_to_buffer().unwrap())];
    files.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    })
}

/// Both files are refused, with these places: line and column, and the cell.
#[track_caller]
fn refused(files: &[String; 2], places: &[(&str, &str)], run: impl Fn(&str) -> Answer) {
    let [text, book] = files.each_ref().map(|path| run(path).err);
    for (line, cell) in places {
        assert!(text.contains(line), "{line}: {text}");
        assert!(book.contains(&format!("工作表“表”{cell}")), "{cell}: {book}");
    }
}

#[test]
fn votes_come_from_gb18030_and_from_a_workbook() {
    let panel = Panel::small(1, &[]);
    let (laptop, file) = (panel.lead(), panel.file.as_str());
    let head: &[&str] = &["clause", "grade", "reason"];
    let bad = both(&panel.root, &[head, &["TM-01", "好", "过期"], &["TM-99", "A"], &["TM-02", "D", ""]]);
    let places = [("第 2 行第 2 列：", "B2："), ("第 3 行第 1 列：", "A3："), ("第 4 行第 3 列：", "C4：")];
    refused(&bad, &places, |path| laptop.refuses(1, &["score", file, "--import", path]));
    for (index, reason) in ["处方过期，现场看过", "另一条理由"].into_iter().enumerate() {
        let good = both(&panel.root, &[head, &["TM-01", "D", reason], &["TM-02", "A", ""]]);
        let said = laptop.ok(&["score", file, "--import", &good[index]]);
        assert!(said.out.contains("已存 2 条"), "{said:?}");
        // Neither file holds it in UTF-8, so it is in the database.
        let written = files_below(&panel.root);
        assert!(written.iter().any(|it| holds(it, reason.as_bytes())), "{reason}");
    }
}

#[test]
fn the_pool_comes_from_gb18030_and_from_a_workbook() {
    let folder = new_folder();
    let head: &[&str] = &["姓名", "单位", "职称", "专业"];
    for index in 0..2 {
        let laptop = Laptop::new(folder.path().join(format!("home-{index}")));
        let bad =
            both(folder.path(), &[&["专家库", "", "", ""], head, &["张三", "县医院", "主治医师", "外科"]]);
        refused(&bad, &[("第 3 行第 4 列（专业）", "D3（专业）")], |path| {
            laptop.refuses(1, &["pool", "import", path])
        });
        let twice = both(folder.path(), &[&["姓名", "单位", "职称", "专业", "工作单位"], &["张三"]]);
        refused(&twice, &[("第 1 行第 5 列：", "E1：")], |path| {
            laptop.refuses(1, &["pool", "import", path])
        });
        let good = both(folder.path(), &[head, &["陶喆", "县人民医院", "主治医师", "医疗"]]);
        laptop.ok(&["pool", "import", &good[index]]);
        assert_eq!(laptop.json(&["pool", "list", "--json"])["experts"][0]["name"], "陶喆");
    }
}

#[test]
fn a_matrix_comes_from_gb18030_and_from_a_workbook() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let rows: &[&[&str]] = &[&["组员", "第一条", "第二条"], &["张三", "A", "B"], &["李四", "A", "C"]];
    let [text, book] =
        both(folder.path(), rows).map(|path| laptop.json(&["agreement", "--csv", &path, "--json"]));
    assert_eq!(text, book);
    assert!(text.to_string().contains("张三"), "{text}");
    let rows: &[&[&str]] =
        &[&["组员", "第一条", "第二条"], &["张三", "A", "好"], &[""], &["李四", "坏", "B", "A"]];
    let places = [("第 2 行第 3 列：", "C2："), ("第 4 行第 2 列：", "B4："), ("第 4 行第 4 列：", "D4：")];
    refused(&both(folder.path(), rows), &places, |path| laptop.refuses(1, &["agreement", "--csv", path]));
}

/// A workbook with the same rows on two sheets, and one with a cell that holds only a time.
fn odd_books(folder: &Path, rows: &[&[&str]]) -> [String; 2] {
    let book = |name: &str, fill: &dyn Fn(&mut Workbook)| {
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        let path = folder.join(name);
        workbook.save(&path).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let write = |workbook: &mut Workbook, name: &str| {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
    };
    let two = book("two.xlsx", &|workbook| {
        write(workbook, "一");
        write(workbook, "二");
    });
    let time = book("time.xlsx", &|workbook| {
        write(workbook, "一");
        let format = rust_xlsxwriter::Format::new().set_num_format("hh:mm");
        let sheet = workbook.worksheet_from_index(0).unwrap();
        sheet.write_number_with_format(1, 2, 0.5, &format).unwrap();
    });
    [two, time]
}

#[test]
fn a_second_sheet_and_a_time_without_a_day_are_refused_and_not_lost() {
    let panel = Panel::small(1, &[]);
    let (laptop, file) = (panel.lead(), panel.file.as_str());
    laptop.ok(&["score", file, "TM-01", "--grade", "C", "--reason", "原来的理由"]);
    let before = laptop.json(&["merge", file, "--json"]);
    let [two, time] = odd_books(&panel.root, &[&["clause", "grade", "reason"], &["TM-01", "B", "新理由"]]);
    assert!(laptop.refuses(1, &["score", file, "--import", &two]).err.contains("工作表“二”第 1 行"));
    assert!(laptop.refuses(1, &["score", file, "--import", &time]).err.contains("工作表“一”C2"));
    assert_eq!(laptop.json(&["merge", file, "--json"]), before);
    let [two, _] = odd_books(&panel.root, &[&["组员", "TM-01"], &["甲", "A"], &["乙", "B"]]);
    assert!(laptop.refuses(1, &["agreement", "--csv", &two]).err.contains("工作表“二”第 1 行"));
    let [two, _] =
        odd_books(&panel.root, &[&["姓名", "单位", "职称", "专业"], &["张三", "县医院", "主任医师", "医疗"]]);
    assert!(laptop.refuses(1, &["pool", "import", &two]).err.contains("工作表“二”第 1 行"));
}
