//! What the help says of what comes out of a visit: result, report, feedback, agreement.

use super::Entry;

pub(crate) const REPORT: &[Entry] = &[
    (
        "result",
        "",
        "结论：档次分布、核心条款、门槛、各标准",
        "Outcome: grades, core clauses, gates, standards",
    ),
    ("result", "file", "共享文件", "Shared file"),
    ("result", "json", "输出 JSON", "Print JSON"),
    ("report", "", "导出现场核查报告", "Export the site-visit report"),
    ("report", "file", "共享文件", "Shared file"),
    (
        "report",
        "format",
        "格式，逗号分隔：docx、xlsx、html、md、csv、json",
        "Formats, comma-separated: docx, xlsx, html, md, csv, json",
    ),
    ("report", "out", "输出文件夹", "Folder to write to"),
    ("report", "names", "评分署名（默认不署名）", "Votes with names (off by default)"),
    ("report", "no_bom", "CSV 不加 BOM", "CSV without a byte order mark"),
    (
        "report",
        "template",
        "报告模板（默认数据文件夹里的 report.toml，没有就用自带的；builtin 为自带的）",
        "Report template (default: report.toml in the data folder, else the program's own; builtin is the latter)",
    ),
    ("report", "check_template", "只检查模板，列出全部问题", "Only check a template; lists every problem"),
    ("report", "print_template", "打印自带的模板，供修改", "Print the program's template, to begin from"),
    (
        "feedback",
        "",
        "现场反馈：优势、问题、立即整改，不含姓名和评分",
        "For the exit meeting: strengths, problems, what to fix now; no names, no votes",
    ),
    ("feedback", "file", "共享文件", "Shared file"),
    ("feedback", "json", "输出 JSON", "Print JSON"),
    ("feedback", "html", "生成大字网页，供投影", "Write a page in large type, for a projector"),
    ("agreement", "", "组内一致性统计，或任意矩阵", "Agreement inside the panel, or of any matrix"),
    ("agreement", "file", "共享文件", "Shared file"),
    (
        "agreement",
        "csv",
        "矩阵，CSV 或工作簿：行为组员，列为条款，空为缺失",
        "Matrix, CSV or workbook: rows are members, columns clauses, empty is missing",
    ),
    ("agreement", "categories", "档次数（只用于 --csv）", "Number of categories (with --csv)"),
    ("agreement", "json", "输出 JSON", "Print JSON"),
];
