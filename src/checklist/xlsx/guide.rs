//! The first sheet, and what every column is for: also shown beside a cell when it is selected.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::{
    checklist::xlsx::{
        column::{CellKind, Column},
        schema::{SETTING, Section, TABLES},
        style,
    },
    domain::{
        checklist::MeasureKind,
        terms::lang::{Lang, Text},
    },
};

/// Widths of the columns: section, Chinese header, key, Chinese text, English text.
const WIDTHS: [u8; 5] = [24, 22, 20, 58, 58];

const TITLE: (&str, &str) = ("核查清单工作簿", "Checklist workbook");

/// How to work with the workbook.
const PARAGRAPHS: &[(&str, &str)] = &[
    (
        "改好后存盘，用 hecha checklist import 文件名 导入；写错的地方会按工作表、行、列全部列出。",
        "Save, then run: hecha checklist import FILE. Every mistake is listed with sheet, row and column.",
    ),
    (
        "领域表一行一个要点。条款编号每行都有；条款的其他内容只写在该条款的第一行，下面留空就是同上。",
        "An area sheet has a row for each point. The clause id stands in every row, the rest of the clause in its first row only; blank below means the same.",
    ),
    (
        "空白单元格等于没有写，不会让导入出错；必填的没写会指出是哪一格。整行空白跳过。",
        "A blank cell is simply not written and never breaks the import; if it is required, the cell is named. Blank rows are skipped.",
    ),
    (
        "可以增删行、调整列的次序、加自己的列（会提醒未导入）。表头文字不要改，靠它认列。",
        "Rows may be added and removed, columns moved, and own columns added (they are reported and left out). Keep the header texts: columns are known by them.",
    ),
    (
        "要加清单或领域：复制一张同类的工作表，改编号。清单的“所属领域”留空时，按用到它的要点认。",
        "For another list or area copy a sheet of that kind and change the ids. A list without an area belongs to the area whose points use it.",
    ),
    (
        "比例写 0 到 1 的小数，也可以写 95%。数字写成数值或文字都行，全角数字也认。人口的单位是人，不是万人。",
        "Shares are decimals from 0 to 1, or 95%. Numbers may be typed as numbers or as text, full-width digits included. Population is in persons, not in 万人.",
    ),
    (
        "来源以 seed、law、standard、second-hand、local、default 之一开头，后面空一格写文件；自定的数字写 default。",
        "A source begins with seed, law, standard, second-hand, local or default, then a blank and the document; a number of one's own is default.",
    ),
    (
        "下拉框里的词中英文都认；一格里写几个词时用顿号、逗号或换行分开。",
        "Words of dropdowns are understood in Chinese and English; several words in one cell are separated by commas or line breaks.",
    ),
    (
        "内容是本项目自己的文字，不是官方评价指南；示例标准和 default 数字不是官方数字。",
        "The texts are this project's own, not the official guide; example standards and default numbers are not official.",
    ),
];

/// What a column is for, where its header does not say enough: section, key, Chinese, English. `{kinds}` are the kinds of
/// measures.
const ABOUT: &[(&str, &str, &str, &str)] = &[
    ("area", "area", "英文编号，也是文件名。", "An id; also the name of the file."),
    ("area", "route", "专家在现场怎样走，可空。", "How an expert walks the area; may be blank."),
    ("area", "status", "如 unofficial。", "E.g. unofficial."),
    ("clause", "clause", "条款编号，如 EM-02；留空同上一行。", "Clause id, e.g. EM-02; blank: as above."),
    (
        "clause",
        "core",
        "核心条款单独计数；写“是”就要写核心来源。",
        "Core clauses are counted apart; yes needs core_source.",
    ),
    ("clause", "point", "要点编号，以档次开头，如 C1。", "Point id; begins with its level, e.g. C1."),
    ("clause", "level", "C 合格、B 良好、A 优秀；留空按要点编号认。", "C, B or A; blank: by the point's id."),
    ("clause", "text", "一件能核查的事。", "One thing that can be checked."),
    ("clause", "kind", "{kinds}；留空就是勾选。", "{kinds}; blank is tick."),
    ("clause", "at_least", "比率、清点：合格的最低比例。", "Ratio, inventory: least share."),
    ("clause", "at_most", "比率：越低越好时的最高比例。", "Ratio where lower is better: greatest share."),
    ("clause", "min", "数值：最小值。", "Number: least value."),
    ("clause", "max", "数值：最大值。", "Number: greatest value."),
    ("clause", "unit", "数值的单位。", "Unit of a number."),
    ("clause", "list", "清点、计数：清单编号。", "Inventory, count: id of the list."),
    ("clause", "aspect", "清点：在位、完好、在效期。", "Inventory: present, working, in date."),
    ("clause", "items", "计数：至少几项。", "Count: least number of items."),
    ("clause", "categories", "计数：至少几类。", "Count: least number of categories."),
    ("clause", "min_sample", "比率：少于这个数会注明。", "Ratio: smaller samples are marked."),
    ("clause", "number_source", "前面这些数字从哪里来。", "Where these numbers come from."),
    ("clause", "source", "这条要求从哪里来。", "Where the requirement comes from."),
    (
        "clause",
        "na_when",
        "唯一可以判不适用的情形；空为不可。",
        "The only case for not applicable; blank: never.",
    ),
    (
        "clause",
        "point_applies_to",
        "只适用于部分机构时写；空为同条款。",
        "Only if narrower than the clause's.",
    ),
    ("clause", "fields", "应由这些专业的专家评。", "Experts of these fields should vote."),
    (
        "clause",
        "scale_points",
        "按分值评的条款：满分；不按档次。",
        "Full marks of a clause scored in points.",
    ),
    ("clause", "scale_step", "按分值评的条款：最小差。", "Smallest difference of points."),
    ("gate", "area", "属于哪个领域文件；空为方案自己的。", "Which area file; blank: the profile's own."),
    ("gate", "lookback_months", "期间为回溯期时必填。", "Required for a rolling period."),
    (
        "contradiction",
        "area",
        "属于哪个领域文件；空为方案自己的。",
        "Which area file; blank: the profile's own.",
    ),
    ("list", "area", "属于哪个领域文件；空为按要点认。", "Which area file; blank: by the points."),
    ("item", "category", "有类别表时必填，写类别编号。", "Category id; required where there are categories."),
    ("setting", "profile.gates", "一行一个否决情形编号。", "Gate ids, one a line."),
    ("setting", "profile.areas", "一行一个领域编号，按次序。", "Area ids in order, one a line."),
    ("standard", "share", "档次占比、得分率条件的比例。", "Share of a share or points condition."),
    ("standard", "grade", "档次占比、核心条款条件的档次。", "Grade of a share or core condition."),
    ("standard", "condition_area", "档次占比只看一个领域时写。", "Only for the share of one area."),
    ("override", "override", "条款.要点，如 TM-03.C1。", "CLAUSE.POINT, e.g. TM-03.C1."),
    ("subsidy", "subsidy", "人数，从多到少；不是万人。", "Persons, from large to small; not 万人."),
];

/// What a column is for and what its cells hold.
pub(super) fn about(section: &Section, column: &Column) -> Text {
    let own = ABOUT.iter().find(|(of, key, _, _)| *of == section.key && *key == column.key);
    let (zh, en) = holds(column);
    let Some((_, _, own_zh, own_en)) = own else { return Text::new(zh, en) };
    let kinds = kinds();
    let (own_zh, own_en) = (own_zh.replace("{kinds}", &kinds.zh), own_en.replace("{kinds}", &kinds.en));
    if zh.is_empty() {
        return Text::new(own_zh, own_en);
    }
    Text::new(format!("{own_zh}{zh}"), format!("{own_en} {en}"))
}

/// All kinds of measures, as a sentence lists them.
fn kinds() -> Text {
    let (zh, en): (Vec<_>, Vec<_>) =
        MeasureKind::ALL.iter().map(|kind| (kind.name(Lang::Zh), kind.name(Lang::En))).unzip();
    let en = match en.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        Some((only, _)) => (*only).to_owned(),
        None => String::new(),
    };
    Text::new(zh.join("、"), en)
}

fn holds(column: &Column) -> (String, String) {
    let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match column.kind {
        CellKind::Id | CellKind::Ids => fixed("", ""),
        CellKind::Line if column.is_english() => fixed("英文，可空。", "English; may be blank."),
        CellKind::Line => fixed("", ""),
        CellKind::Note => fixed("可以换行。", "May have several lines."),
        CellKind::Sources => fixed("来源，一行一个。", "Sources, one a line."),
        CellKind::Flag => fixed("是或否。", "Yes or no."),
        CellKind::Count => fixed("整数。", "A whole number."),
        CellKind::Amount => fixed("数字，最多四位小数。", "A number, at most four decimals."),
        CellKind::Word(terms) | CellKind::Words(terms) => {
            let (zh, en): (Vec<_>, Vec<_>) = terms().iter().map(|term| (term.zh, term.en)).unzip();
            let several = matches!(column.kind, CellKind::Words(_));
            let (zh, en) = (zh.join("、"), en.join(", "));
            if several {
                (format!("可写几个：{zh}。"), format!("One or more of: {en}."))
            } else {
                (format!("选一个：{zh}。"), format!("One of: {en}."))
            }
        }
    }
}

/// Writes the guide.
pub(super) fn paint(sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(lang.pick("说明", "Guide"))?.set_tab_color(style::GREY);
    for (column, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let title = format!("{} · {}", TITLE.0, TITLE.1);
    sheet.write_string_with_format(0, 0, title, &style::title().unset_text_wrap())?;
    sheet.set_row_height(0, 28)?;
    let mut row = 2;
    for (index, (zh, en)) in (1..).zip(PARAGRAPHS) {
        sheet.merge_range(row, 0, row, 2, &format!("{index}. {zh}"), &style::paragraph())?;
        sheet.merge_range(row, 3, row, 4, &format!("{index}. {en}"), &style::paragraph())?;
        sheet.set_row_height(row, style::height(3))?;
        row += 1;
    }
    row += 1;
    let headers = ["表 Table", "列 Column", "Key", "怎样填", "What to write"];
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write_string_with_format(row, column, header, &style::header_in(style::BLUE))?;
    }
    let top = row;
    for section in [&SETTING].into_iter().chain(TABLES) {
        for column in section.columns {
            row += 1;
            let about = about(section, column);
            let name = format!("{} {}", section.zh, section.key);
            let cells = [name.as_str(), column.zh, column.key, &about.zh, &about.en];
            let lines = style::lines(&about.zh, WIDTHS[3]).max(style::lines(&about.en, WIDTHS[4]));
            sheet.set_row_height(row, style::height(lines))?;
            for (at, text) in (0_u16..).zip(cells) {
                let format = if at == 0 { style::section() } else { style::cell() };
                sheet.write_string_with_format(row, at, text, &format)?;
            }
        }
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(top, top)?;
    Ok(())
}
