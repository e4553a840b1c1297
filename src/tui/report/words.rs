//! Texts of the report screen.

use crate::{app::report::export::Format, domain::terms::lang::Lang, words::sayings};

sayings! {
    formats = "格式", "Formats";
    forms = "表单", "Forms";
    folder = "存放文件夹", "Folder";
    folder_title = "报告存放文件夹", "Folder for reports";
    waiting = "等待", "waiting";
    writing = "生成中...", "writing...";
    votes_named = "评分署名", "Votes with names";
    named_yes = "是：报告里写明每票是谁投的", "yes: the report tells whose each vote is";
    named_no = "否：报告里看不出哪票是谁投的", "no: the report does not tell whose each vote is";
    template = "报告模板", "Report template";
    template_built_in = "程序自带的", "the program's own";
    template_chosen = "程序自带的(按 Ctrl-A 换回本机的)", "the program's own (Ctrl-A goes back to this laptop's)";
    template_unread = "正在查看...", "looking...";
    template_bad = "生成时会列出错误；按 Ctrl-A 改用自带的。", "Writing lists its errors; Ctrl-A uses the program's own.";
    written = "已生成", "written";
    not_written = "未生成", "not written";
}

pub(crate) const fn format(lang: Lang, format: Format) -> &'static str {
    match format {
        Format::Docx => lang.pick("现场核查报告 (docx)", "Site-visit report (docx)"),
        Format::Xlsx => lang.pick("工作簿 (xlsx)", "Workbook (xlsx)"),
        Format::Html => lang.pick("网页 (html)", "Web page (html)"),
        Format::Md => lang.pick("Markdown 文本 (md)", "Markdown (md)"),
        Format::Json => lang.pick("数据 (json)", "Data (json)"),
        Format::Csv => lang.pick("表格 (csv)", "Table (csv)"),
    }
}
