//! The forms in which tables come: every way of writing one, tried on votes, pool, ledger and matrix alike. What can be read is
//! read whole; what cannot is refused with its place, and nothing is taken in.

use std::path::{Path, PathBuf};

use crate::{
    rectify::final_visit,
    support::{Answer, Laptop, Panel, new_folder},
};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use tempfile::TempDir;

type Row<'a> = &'a [&'a str];

/// A kind of table, and what takes it in.
struct Kind {
    name: &'static str,
    /// The headers, and two rows below them. The key is the first column, free text the last.
    rows: [[&'static str; 4]; 3],
    /// What the two rows are taken in as.
    taken: &'static str,
    run: Box<dyn Fn(&Path) -> Answer>,
}

/// The four kinds, each with a place of its own to be taken into.
struct Kinds {
    folder: TempDir,
    kinds: Vec<Kind>,
    /// Kept as long as the kinds are.
    _panels: [Panel; 2],
}

impl Kinds {
    fn new() -> Self {
        let folder = new_folder();
        let (voting, ended) = (Panel::small(1, &[]), final_visit());
        let runs = |panel: &Panel, before: [&'static str; 1], option: Option<&'static str>| {
            let (home, file) = (panel.lead().home.clone(), panel.file.clone());
            let run = move |path: &Path| {
                let mut arguments = vec![before[0].to_owned(), file.clone()];
                arguments.extend(option.map(str::to_owned));
                arguments.push(path.to_str().unwrap().to_owned());
                Laptop::new(home.clone()).run(&arguments)
            };
            Box::new(run) as Box<dyn Fn(&Path) -> Answer>
        };
        let root = folder.path().to_owned();
        let pool = move |path: &Path| {
            // Nobody is in the pool yet.
            let home = root.join(format!("pool-{}", std::fs::read_dir(&root).unwrap().count()));
            std::fs::create_dir(&home).unwrap();
            Laptop::new(home).run(&["pool", "import", path.to_str().unwrap()])
        };
        let home = folder.path().join("matrix");
        let matrix =
            move |path: &Path| Laptop::new(home.clone()).run(&["agreement", "--csv", path.to_str().unwrap()]);
        let kinds = vec![
            Kind {
                name: "votes",
                rows: [
                    ["条款", "档次", "理由", "备注"],
                    ["TM-01", "D", "过期", "甲"],
                    ["TM-02", "A", "齐全", "乙"],
                ],
                taken: "已存 2 条评分",
                run: runs(&voting, ["score"], Some("--import")),
            },
            Kind {
                name: "pool",
                rows: [
                    ["姓名", "单位", "职称", "专业"],
                    ["陶喆", "县医院", "主治医师", "医疗"],
                    ["李敏", "疾控中心", "副主任医师", "公共卫生"],
                ],
                taken: "新增 2 名",
                run: Box::new(pool),
            },
            Kind {
                name: "ledger",
                rows: [
                    ["编号", "完成日期", "整改人", "整改情况"],
                    ["TM-02.C3", "2026-12-01", "王芳", "已补齐"],
                    ["TM-03", "2026-12-02", "王芳", "已整改"],
                ],
                taken: "没有变化 2 项",
                run: runs(&ended, ["rectify"], Some("import")),
            },
            Kind {
                name: "matrix",
                rows: [["组员", "EM-01", "EM-02", "EM-03"], ["张三", "A", "B", "C"], ["李四", "A", "C", "D"]],
                taken: "组员 2 人，可比条款 3 条",
                run: Box::new(matrix),
            },
        ];
        let made = Self { folder, kinds, _panels: [voting, ended] };
        // The ledger is handed in once; what says the same then changes nothing.
        let ledger = &made.kinds[2];
        let answer = (ledger.run)(&made.csv("ledger.csv", &ledger.rows.each_ref().map(|row| row.join(","))));
        assert!(answer.out.contains("新提交 2 项"), "{answer:?}");
        made
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn csv(&self, name: &str, lines: &[String]) -> PathBuf {
        self.put(name, (lines.join("\r\n") + "\r\n").as_bytes())
    }

    fn book(&self, fill: impl Fn(&mut Workbook)) -> PathBuf {
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        self.put("book.xlsx", &workbook.save_to_buffer().unwrap())
    }

    /// A workbook with one sheet, on which the rows of a kind stand, changed.
    fn sheet(&self, kind: &Kind, change: impl Fn(&mut Worksheet)) -> PathBuf {
        self.book(|workbook| {
            let sheet = workbook.add_worksheet().set_name("表").unwrap();
            write(sheet, 0, &kind.rows);
            change(sheet);
        })
    }
}

fn write(sheet: &mut Worksheet, first: u32, rows: &[[&str; 4]]) {
    for (row, cells) in (first..).zip(rows) {
        sheet.write_row(row, 0, cells.iter().copied()).unwrap();
    }
}

#[track_caller]
fn taken(kind: &Kind, path: &Path, told: &str) {
    let answer = (kind.run)(path);
    let name = kind.name;
    assert!(answer.code == Some(0) && answer.out.contains(kind.taken), "{name}: {answer:?}");
    assert!(answer.err.contains(told), "{name}, {told}: {answer:?}");
}

#[track_caller]
fn refused(kind: &Kind, path: &Path, said: &[&str]) {
    let answer = (kind.run)(path);
    assert_eq!(answer.code, Some(1), "{}: {answer:?}", kind.name);
    for said in said {
        assert!(answer.err.contains(said), "{}, {said}: {answer:?}", kind.name);
    }
}

#[test]
fn a_text_is_read_in_every_encoding_and_with_every_separator() {
    let all = Kinds::new();
    for kind in &all.kinds {
        let lines = |separator: &str| kind.rows.map(|row| row.join(separator)).to_vec();
        for separator in [",", ";", "\t"] {
            taken(kind, &all.csv("a.csv", &lines(separator)), "");
        }
        let text = lines(",").join("\n");
        let gb = encoding_rs::GB18030.encode(&text).0;
        taken(kind, &all.put("gb.csv", &gb), "按 GB18030 编码、逗号分隔的 CSV 读取");
        let wide: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        taken(kind, &all.put("wide.txt", &wide), "按 UTF-16 LE 编码");
        refused(kind, &all.csv("a.csv", &lines("，")), &["第 1 行：各格之间是“，”"]);
        refused(kind, &all.put("a.xls", b"<html><table></table></html>"), &["是网页（HTML）"]);
        refused(kind, &all.put("a.csv", b""), &["文件是空的"]);
        let quoted = text.replacen("\n", "\n\"", 1);
        refused(kind, &all.put("a.csv", quoted.as_bytes()), &["第 2 行第 1 列：这里开始的引号没有结束"]);
    }
}

#[test]
fn headers_are_known_however_forms_write_them() {
    let all = Kinds::new();
    for kind in &all.kinds {
        let [head, one, two] = kind.rows;
        let join = |row: Row| row.join(",");
        let title = "示例县汇总表（2026 年）".to_owned();
        taken(kind, &all.csv("a.csv", &[title, String::new(), join(&head), join(&one), join(&two)]), "");
        let note = "注：由各组填写".to_owned();
        taken(
            kind,
            &all.csv("a.csv", &[join(&head), join(&one), join(&two), note]),
            "“注：由各组填写”是说明，没有读",
        );
        // A blank header over nothing, and nothing in a column.
        taken(kind, &all.csv("a.csv", &[join(&head) + ",,", join(&one) + ",,", join(&two)]), "");
        if kind.name != "matrix" {
            let marked = head.map(|header| format!("*{header}（必填）"));
            taken(kind, &all.csv("a.csv", &[marked.join(","), join(&one), join(&two)]), "");
            let split = head.map(|header| header.chars().map(|c| format!("{c} ")).collect::<String>());
            taken(kind, &all.csv("a.csv", &[split.join(","), join(&one), join(&two)]), "");
            // Groups above, columns below, as a spreadsheet saves merged headers.
            let upper = format!("{},基本情况,,{}", head[0], head[3]);
            let lower = format!(",{},{},", head[1], head[2]);
            taken(kind, &all.csv("a.csv", &[upper, lower, join(&one), join(&two)]), "");
            let renamed = format!("甲{},乙{},丙丁,戊己", head[0], head[1]);
            refused(kind, &all.csv("a.csv", &[renamed, join(&one)]), &["前 10 行里没有"]);
        }
        refused(kind, &all.csv("a.csv", &[join(&head), join(&one) + ",多"]), &["第 2 行第 5 列："]);
        let nameless = format!("{},,{},{}", head[0], head[2], head[3]);
        refused(
            kind,
            &all.csv("a.csv", &[nameless, join(&one)]),
            &["第 2 行第 2 列：这一列有内容，却没有列名"],
        );
        let twice = format!("{},{}", join(&head), head[3]);
        refused(kind, &all.csv("a.csv", &[twice, join(&one)]), &["第 1 行第 5 列：列名"]);
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_with_both_its_rows() {
    let all = Kinds::new();
    for kind in &all.kinds {
        let [head, one, two] = kind.rows;
        let mut last = one;
        last[3] = two[3];
        let rows = [head, one, two, last].map(|row| row.join(","));
        refused(kind, &all.csv("a.csv", &rows), &["第 4 行第 1 列", "第 2 行"]);
    }
}

#[test]
fn merged_cells_count_for_every_row_and_never_for_two_columns() {
    let (all, plain) = (Kinds::new(), Format::new());
    for kind in &all.kinds {
        let (column, text) = match kind.name {
            "votes" => (2, "过期"),
            "pool" => (1, "县医院"),
            "ledger" => (2, "王芳"),
            _ => (1, "A"),
        };
        taken(
            kind,
            &all.sheet(kind, |sheet| {
                sheet.merge_range(1, column, 2, column, text, &plain).unwrap();
            }),
            "",
        );
    }
    for kind in &all.kinds {
        let across = all.sheet(kind, |sheet| {
            sheet.merge_range(2, 1, 2, 3, kind.rows[2][1], &plain).unwrap();
        });
        refused(kind, &across, &["工作表“表”B3：合并单元格横跨几栏"]);
    }
}

#[test]
fn sheets_that_people_see_count_and_the_others_are_told() {
    let all = Kinds::new();
    for kind in &all.kinds {
        let old = kind.rows.map(|row| row.map(|_| "旧"));
        let hidden = |workbook: &mut Workbook, rows: &[[&str; 4]]| {
            let sheet = workbook.add_worksheet().set_name("旧表").unwrap();
            write(sheet, 0, &[kind.rows[0]]);
            write(sheet, 1, rows);
            sheet.set_hidden(true);
        };
        let both = all.book(|workbook| {
            hidden(workbook, &old);
            let sheet = workbook.add_worksheet().set_name("现表").unwrap();
            write(sheet, 0, &kind.rows);
            sheet.set_active(true);
        });
        taken(kind, &both, "读的是工作表“现表”；隐藏的没有读：旧表");
        let only = all.book(|workbook| {
            hidden(workbook, &kind.rows[1..]);
            workbook.add_worksheet().set_name("空").unwrap().set_active(true);
        });
        refused(kind, &only, &["隐藏"]);
        let two = all.book(|workbook| {
            for name in ["一", "二"] {
                write(workbook.add_worksheet().set_name(name).unwrap(), 0, &kind.rows);
            }
        });
        refused(kind, &two, &["工作表“二”第 1 行"]);
    }
}

#[test]
fn formulas_count_by_their_values_and_are_refused_without_one() {
    let all = Kinds::new();
    for kind in &all.kinds {
        let formula = |value: &'static str| {
            move |sheet: &mut Worksheet| {
                sheet.write_formula(1, 3, Formula::new("Z9").set_result(value)).unwrap();
            }
        };
        taken(kind, &all.sheet(kind, formula(kind.rows[1][3])), "");
        refused(kind, &all.sheet(kind, formula("#N/A")), &["D2", "是公式出错的结果"]);
        let path = all.sheet(kind, formula("7777"));
        let bytes =
            with_part(&std::fs::read(path).unwrap(), "xl/worksheets/sheet1.xml", "<v>7777</v>", "<v></v>");
        refused(kind, &all.put("none.xlsx", &bytes), &["D2", "是公式，文件里没有它的值"]);
        let far = all.sheet(kind, |sheet| {
            sheet.write_string(1_048_575, 16_383, "x").unwrap();
        });
        refused(kind, &far, &["第 1048576 行 XFD 列：这里还有内容"]);
    }
}

/// A package in which a text of a part is another.
fn with_part(bytes: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let part_name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        new.start_file(&*part_name, zip::write::SimpleFileOptions::default()).unwrap();
        assert!(part_name != name || text.contains(from), "{text}");
        let text = if part_name == name { text.replace(from, to) } else { text };
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn thousands_of_bad_rows_are_told_by_the_first_and_a_count_and_millions_are_not_looked_at() {
    let all = Kinds::new();
    for kind in &all.kinds {
        let bad = |n: usize| -> Vec<String> {
            let rows = (0..n).map(|n| format!("?{n},?,?,?"));
            std::iter::once(kind.rows[0].join(",")).chain(rows).collect()
        };
        let answer = (kind.run)(&all.csv("bad.csv", &bad(5_000)));
        assert_eq!(answer.code, Some(1), "{}: {:?}", kind.name, answer.out);
        assert!(answer.err.lines().count() < 110, "{}: {} lines", kind.name, answer.err.lines().count());
        assert!(answer.err.contains("……另有 "), "{}: {}", kind.name, answer.err);
        refused(kind, &all.csv("bad.csv", &bad(1_000_000)), &["超过 "]);
    }
}

#[test]
fn a_ledger_row_says_which_item_what_was_done_and_by_whom() {
    let all = Kinds::new();
    let ledger = &all.kinds[2];
    let lines = |rows: &[&str]| {
        let head = ["编号", "问题", "整改情况", "整改人", "完成日期"].join(",");
        std::iter::once(head).chain(rows.iter().map(|row| (*row).to_owned())).collect::<Vec<_>>()
    };
    for (row, said) in [
        (",,已补齐,王芳,", "第 2 行第 1 列：这一行没有编号"),
        (",新发现的问题,,,", "第 2 行第 1 列：这一行没有编号"),
        ("TM-02.C1,,,王芳,", "第 2 行第 3 列：TM-02.C1：填了整改人或完成日期，没有写整改情况"),
        ("TM-02.C1,,,,2026-12-01", "第 2 行第 3 列：TM-02.C1：填了整改人或完成日期"),
        ("TM-02.C1,,已补齐,,", "第 2 行第 4 列：TM-02.C1：没有写整改人"),
        ("TM-77,,已补齐,王芳,", "第 2 行第 1 列：TM-77："),
    ] {
        refused(ledger, &all.csv("a.csv", &lines(&[row])), &[said]);
    }
    // A column that is not known is told; without the one that is read nothing is.
    let unknown = ["编号,整改情况,整改人,电话", "ＴＭ－02．Ｃ3,已补齐,王芳,110"].map(str::to_owned);
    let answer = (ledger.run)(&all.csv("a.csv", &unknown));
    assert!(answer.out.contains("没有变化 1 项") && answer.err.contains("没有导入：电话"), "{answer:?}");
    let renamed = ["编号,整改了没有,整改人", "TM-02.C3,已补齐,王芳"].map(str::to_owned);
    refused(
        ledger,
        &all.csv("a.csv", &renamed),
        &["没有“整改情况”这一栏", "第 1 行第 2 列：不认识列名“整改了没有”"],
    );
}

#[test]
fn a_ledger_is_exported_as_what_its_name_says() {
    let panel = final_visit();
    let (laptop, file) = (panel.lead(), panel.file.as_str());
    let path = |name: &str| panel.root.join(name).to_str().unwrap().to_owned();
    laptop.ok(&["rectify", file, "export", &path("台账.csv")]);
    let text = std::fs::read_to_string(path("台账.csv")).unwrap();
    assert!(text.starts_with("\u{feff}编号,领域,"), "{text}");
    let filled = text.replacen("整改中,,,", "整改中,已补齐,王芳,2026-12-01", 1);
    assert_ne!(filled, text);
    std::fs::write(path("台账.csv"), filled).unwrap();
    let said = laptop.ok(&["rectify", file, "import", &path("台账.csv")]).out;
    assert!(said.contains("新提交 1 项") && said.contains("没有变化 2 项"), "{said}");
    assert!(laptop.refuses(2, &["rectify", file, "export", &path("台账.txt")]).err.contains(".csv 或 .xlsx"));
}

#[test]
fn votes_are_read_in_full_width_and_nothing_wins_by_standing_last() {
    let panel = Panel::small(1, &[]);
    let (laptop, file) = (panel.lead(), panel.file.as_str());
    let import = |text: &str| {
        let path = panel.root.join("votes.csv");
        std::fs::write(&path, text).unwrap();
        laptop.run(&["score", file, "--import", path.to_str().unwrap()])
    };
    let answer = import("条款编号,等级,原因\nＴＭ—01,Ｄ,过期\ntm-02,Ａ,\n");
    assert!(answer.out.contains("已存 2 条"), "{answer:?}");
    for (text, said) in [
        ("clause,grade\nTM-01,A\nＴＭ－01,B\n", "第 3 行第 1 列：第 2 行已经有 TM-01"),
        ("clause,points\nTM-01,C1=yes；c1=no\n", "第 2 行第 2 列：TM-01 的要点 C1 写了两次"),
        ("clause,grade,电话\nTM-01,A,110\n", "第 1 行第 3 列：不认识列名“电话”"),
    ] {
        let answer = import(text);
        assert!(answer.code == Some(1) && answer.err.contains(said), "{said}: {answer:?}");
        assert!(answer.err.starts_with("错误：没有导入评分"), "{answer:?}");
    }
}

#[test]
fn a_matrix_is_turned_by_its_corner_or_on_request_and_says_so() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let run = |text: &str, more: &[&str]| {
        let path = folder.path().join("m.csv");
        std::fs::write(&path, text).unwrap();
        let arguments = [&["agreement", "--csv", path.to_str().unwrap()], more].concat();
        laptop.run(&arguments)
    };
    let clauses = "按一行一个条款、一列一名组员读取";
    for corner in ["Units", "item", "编号", "条 款"] {
        let answer = run(&format!("{corner},r,s,t\n1,A,A,B\n2,B,B,B\n"), &[]);
        assert!(answer.out.contains("组员 3 人") && answer.err.contains(clauses), "{corner}: {answer:?}");
    }
    let text = "x,r,s,t\n甲,A,A,B\n乙,B,B,B\n";
    let answer = run(text, &[]);
    assert!(answer.out.contains("组员 2 人") && answer.err.contains("--rows clauses"), "{answer:?}");
    assert!(run(text, &["--rows", "clauses"]).out.contains("组员 3 人"));
    // What is missing, in the words of people and of programs, and numbers as those write them.
    let plain = run("组员,p,q,r\n甲,A,,C\n乙,3,2,\n丙,,C,C\n", &["--json"]);
    let other = run("组员,p,q,r\n甲,Ａ,NA,2.0\n乙,３,C级,—\n丙,未看,c,2\n", &["--json"]);
    assert_eq!((plain.code, &plain.out), (Some(0), &other.out), "{other:?}");
    for text in ["组员,p,q\n甲,,NA\n乙,-,\n", "甲\n乙\n", "组员,p\n甲,好\n"] {
        assert_eq!(run(text, &[]).code, Some(1), "{text}");
    }
    // What rounds to zero has no sign.
    let text = std::fs::read_to_string("tests/agreement/minus-zero.csv").unwrap();
    let answer = run(&text, &["--rows", "members"]);
    assert!(answer.code == Some(0) && !answer.out.contains("-0.000"), "{answer:?}");
    assert!(answer.out.contains("κ 线性 0.000"), "{answer:?}");
}

#[test]
fn what_was_not_done_is_called_by_its_name() {
    let panel = final_visit();
    let (laptop, file) = (panel.lead(), panel.file.as_str());
    let photo = panel.root.join("a.pdf");
    std::fs::write(&photo, b"%PDF-1.4\n%%EOF\n").unwrap();
    let said = laptop.refuses(1, &["evidence", "add", file, "TM-01", photo.to_str().unwrap()]).err;
    assert!(said.starts_with("错误：附件没有记录。"), "{said}");
    let panel = Panel::settled(1);
    let said = panel.lead().run(&["decide", &panel.file, "TM-01", "7.5", "--reason", "现场看过"]).err;
    assert!(said.starts_with("错误：结论没有记录。"), "{said}");
}
