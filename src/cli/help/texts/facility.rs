//! What the help says of `hecha visit facility` and `hecha form`.

use crate::cli::help::texts::Entry;

/// As `TEXTS`.
pub(crate) const FACILITY: &[Entry] = &[
    (
        "visit facility",
        "",
        "机构基本情况：查看；组长或副组长填写，用于报告和表单",
        "The facility's profile: show it; lead and deputies fill it in, for reports and forms",
    ),
    ("visit facility", "file", "共享文件", "Shared file"),
    (
        "visit facility",
        "set",
        "填一项，如 population=1.5万人；等号后留空则清空；可重复",
        "Fill in a field, e.g. population=1.5 (ten thousands); empty after the sign empties it; repeatable",
    ),
    (
        "visit facility",
        "import",
        "从 TOML 文件导入（字段 = 值）；有一行不对就全不导入；留空的字段不变",
        "Import a TOML file of field = value; nothing if any row is bad; empty ones change nothing",
    ),
    (
        "visit facility",
        "template",
        "输出带说明的空白 TOML，填好后导入",
        "Print an empty TOML with comments, to fill in and import",
    ),
    ("visit facility", "json", "输出 JSON", "Print JSON"),
    (
        "form",
        "",
        "生成表单（docx）；hecha form list 列出有哪些",
        "Write a form (docx); hecha form list names them",
    ),
    (
        "form",
        "kind",
        "recommendation 推荐表、declaration 声明与回避表、notice 结果公示；list 列出",
        "recommendation, declaration, notice; list names them",
    ),
    ("form", "file", "共享文件", "Shared file"),
    ("form", "out", "输出文件夹", "Folder to write to"),
    (
        "form",
        "year",
        "诊疗人次数和出院人数的年度（默认按机构基本情况，没有则为核查日期的上一年）",
        "Year of visits and discharges (default: that of the profile, else the year before the visit)",
    ),
    ("form", "json", "list 以 JSON 输出", "Print the list as JSON"),
];
