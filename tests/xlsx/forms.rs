//! Workbooks as bureaus and spreadsheets leave them: another header, sorted rows, hidden sheets, cells below no header.

use hecha::checklist::{Sources, load_area, xlsx::import};

use super::{
    book::{Book, Put},
    told, with,
};

const AREA: [&str; 4] = ["领域\narea", "标题\ntitle", "版本\nedition", "性质\nstatus"];
const CLAUSE: [&str; 14] = [
    "条款\nclause",
    "条款标题\ntitle",
    "要点\npoint",
    "档次\nlevel",
    "要点内容\ntext",
    "计量\nkind",
    "数字来源\nnumber_source",
    "要求来源\nsource",
    "要点适用机构\npoint_applies_to",
    "适用机构\napplies_to",
    "专业\nfields",
    "核查方式\nmethods",
    "地点\nplace",
    "依据\nbasis",
];

fn point<'a>(clause: &'a str, title: &'a str, id: &'a str) -> Vec<&'a str> {
    let own = if title.is_empty() {
        [""; 5]
    } else {
        ["乡镇卫生院", "医疗", "现场查看", "大门", "default"]
    };
    [&[clause, title, id, "C", "标识清楚", "勾选", "", "default", ""][..], &own[..]].concat()
}

/// A workbook of an area with these rows below the header of its clauses.
fn book(header: &[&str], rows: &[Vec<&str>]) -> Book {
    let area: [&[&str]; 2] = [&AREA, &["sample", "示例", "2026.1", "unofficial"]];
    let all = area.into_iter().chain([header]).chain(rows.iter().map(Vec::as_slice));
    let mut cells = super::book::Cells::new();
    for (row, texts) in (0..).zip(all) {
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            cells.insert((row, column), Put::Text((*text).to_owned()));
        }
    }
    Book { sheets: vec![("评价表".to_owned(), cells)] }
}

#[test]
fn a_form_of_a_bureau_is_told_what_is_looked_for_and_which_row_is_nearest() {
    let said = told(include_bytes!("bureau.xlsx"));
    assert_eq!(said.len(), 1, "{said:?}");
    for part in [
        "要有一行表头，如“条款、条款标题、",
        "工作表“评价表”第 4 行最像“条款与要点”的表头：认识“条款、条款标题、档次”，不认识“序号、内容、评价方法、得分、备注”",
        "hecha checklist export township --out 模板.xlsx",
    ] {
        assert!(said[0].contains(part), "{part}: {said:?}");
    }
}

#[test]
fn a_blank_cell_is_told_in_its_own_column_and_a_missing_column_by_name() {
    for (column, said) in [
        ("J4", "错误：工作表“评价表”第 4 行 J 列（适用机构 applies_to）：条款缺少 applies_to"),
        ("H4", "错误：工作表“评价表”第 4 行 H 列（要求来源 source）：要点缺少 source"),
    ] {
        let book = book(&CLAUSE, &[point("X-01", "机构标识", "C1")]).blank("评价表", column);
        assert_eq!(told(&book.save())[0], said);
    }
    let header = CLAUSE.map(|it| if it.starts_with("地点") { "位置" } else { it });
    let said = told(&book(&header, &[point("X-01", "机构标识", "C1")]).save());
    assert!(said[0].ends_with("条款缺少 place；建议：表头里要有“地点 place”这一列"), "{said:?}");
}

#[test]
fn errors_come_first_and_missing_english_is_one_line() {
    let ids: Vec<String> = (1..=40).map(|n| format!("X-{n:02}")).collect();
    let mut rows: Vec<Vec<&str>> = ids.iter().map(|id| point(id, "机构标识", "C1")).collect();
    rows[29][5] = "打勾";
    let said = told(&book(&CLAUSE, &rows).save());
    assert_eq!(
        said,
        [
            "错误：工作表“评价表”第 33 行 F 列（计量 kind）“打勾”：不认识“打勾”；建议：可用：勾选、比率、数值、清点、计数",
            "提醒：工作表“评价表”第 2 行 B 列（标题 title）“示例”：缺少英文 title_en；另有 80 处也没有英文",
        ]
    );
}

#[test]
fn rows_that_were_sorted_and_headers_with_marks_are_read_the_same() {
    let rows = [
        point("X-01", "标题一", "C1"),
        point("X-01", "", "C2"),
        point("X-02", "标题二", "C1"),
        point("X-02", "", "C2"),
    ];
    let area = |book: &Book| {
        let imported = import(&book.save(), &Sources::built_in()).unwrap_or_else(|it| panic!("{it:#?}"));
        load_area("sample", &with(&imported)).unwrap().0
    };
    let plain = area(&book(&CLAUSE, &rows));
    assert_eq!(plain.area.clauses.iter().map(|it| it.points.len()).collect::<Vec<_>>(), [2, 2]);
    let [first, second, third, fourth] = rows.clone();
    assert_eq!(area(&book(&CLAUSE, &[first, third, second, fourth])), plain);
    let marked = CLAUSE.map(|it| if it.starts_with("条款\n") { "条款编号*（必填）" } else { it });
    assert_eq!(area(&book(&marked, &rows)), plain);
    // What differs between rows of one clause is still told.
    let said = told(&book(&CLAUSE, &[rows[0].clone(), rows[2].clone(), point("X-01", "别的", "C2")]).save());
    assert!(said[0].contains("第 6 行 B 列（条款标题 title）“别的”：与第 4 行写的不一样"), "{said:?}");
}

#[test]
fn a_header_without_its_id_is_told_and_not_what_follows_from_it() {
    let header = CLAUSE.map(|it| if it.starts_with("条款\n") { "代码" } else { it });
    let said = told(&book(&header, &[point("X-01", "标题", "C1")]).save());
    let errors: Vec<_> = said.iter().filter(|it| it.starts_with("错误")).collect();
    assert_eq!(errors.len(), 1, "{said:?}");
    assert!(errors[0].contains("这一行是“条款与要点”的表头，却没有“条款 clause”这一列"), "{said:?}");
}

#[test]
fn what_stands_below_no_header_and_on_hidden_sheets_is_told() {
    let rows = [point("X-01", "标题", "C1")];
    let said = told(&book(&CLAUSE, &rows).text("评价表", "P4", "补充").save());
    assert!(
        said.iter().any(|it| it.contains("第 4 行 P 列“补充”：这一列有内容，却没有表头，没有导入")),
        "{said:?}"
    );
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, hidden) in [("旧表", true), ("评价表", false)] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for ((row, column), put) in &book(&CLAUSE, &rows).sheets[0].1 {
            let Put::Text(text) = put else { unreachable!("only texts are put") };
            sheet.write_string(*row, *column, text.replace("标识", name)).unwrap();
        }
        sheet.set_hidden(hidden).set_active(!hidden);
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let imported = import(&bytes, &Sources::built_in()).unwrap_or_else(|it| panic!("{it:#?}"));
    let area = load_area("sample", &with(&imported)).unwrap().0;
    assert_eq!(area.area.clauses[0].points[0].text.zh, "评价表清楚", "what people see counts");
    let said = told(&bytes);
    assert!(said.iter().any(|it| it.contains("工作表“旧表”") && it.contains("这张没有读")), "{said:?}");
}

#[test]
fn what_is_merged_over_rows_counts_for_each_of_them() {
    let mut rows = [point("X-01", "标题", "C1"), point("X-01", "", "C2")];
    for row in &mut rows {
        row[7] = "";
    }
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("评价表").unwrap();
    for ((row, column), put) in &book(&CLAUSE, &rows).sheets[0].1 {
        let Put::Text(text) = put else { unreachable!("only texts are put") };
        sheet.write_string(*row, *column, text).unwrap();
    }
    sheet.merge_range(3, 7, 4, 7, "default", &rust_xlsxwriter::Format::new()).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    import(&bytes, &Sources::built_in()).unwrap_or_else(|it| panic!("{it:#?}"));
}
