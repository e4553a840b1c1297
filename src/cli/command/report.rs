//! `hecha report`: the site-visit report, in the formats asked for.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        report::{
            export::{ExportOptions, ExportStep, parse_formats},
            template::{self, TemplateChoice},
        },
    },
    cli::{help::Help, output::Output, reading::Looking, usage::wrong_usage},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[arg(value_name = "FILE", required_unless_present_any = ["check_template", "print_template"])]
    file: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", default_value = "docx")]
    format: String,
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[arg(long)]
    names: bool,
    #[arg(long = "no-bom")]
    no_bom: bool,
    #[arg(long, value_name = "PATH|builtin")]
    template: Option<PathBuf>,
    #[arg(long = "check-template", value_name = "PATH", conflicts_with_all = ["file", "print_template"])]
    check_template: Option<PathBuf>,
    #[arg(long = "print-template", conflicts_with = "file")]
    print_template: bool,
    #[command(flatten)]
    looking: Looking,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("导出现场核查报告", "Export the site-visit report"))
        .file()
        .argument(
            "format",
            Text::new(
                "格式，逗号分隔：docx、xlsx、html、md、csv、json",
                "Formats, comma-separated: docx, xlsx, html, md, csv, json",
            ),
        )
        .argument("out", Text::new("输出文件夹", "Folder to write to"))
        .argument("names", Text::new("评分署名（默认不署名）", "Votes with names (off by default)"))
        .argument("no_bom", Text::new("CSV 不加 BOM", "CSV without a byte order mark"))
        .argument(
            "template",
            Text::new(
                "报告模板（默认数据文件夹里的 report.toml，没有就用自带的；builtin 为自带的）",
                "Report template (default: report.toml in the data folder, else the program's own; builtin is the latter)",
            ),
        )
        .argument(
            "check_template",
            Text::new("只检查模板，列出全部问题", "Only check a template; lists every problem"),
        )
        .argument(
            "print_template",
            Text::new("打印自带的模板，供修改", "Print the program's template, to begin from"),
        )
        .looking()
}

pub(crate) fn run(args: ReportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    if args.print_template {
        out.raw(template::DEFAULT);
        return Ok(());
    }
    if let Some(path) = &args.check_template {
        let checked = template::check(path)?;
        if checked.n_errors > 0 {
            out.exit_with(Exit::Fixable as u8);
        }
        out.raw(&checked.render(out.lang()));
        return Ok(());
    }
    let Some(file) = &args.file else {
        return Err(wrong_usage(Text::new("没有给出共享文件。", "No shared file was given.")));
    };
    let formats = parse_formats(&args.format)?;
    let session = args.looking.open(home, file, out)?;
    let options = ExportOptions {
        lang: out.lang(),
        names: args.names,
        bom: !args.no_bom,
        template: TemplateChoice::given(args.template.as_deref()),
    };
    let mut failed = None;
    session.export(&formats, &args.out, options, &mut |step| {
        let ExportStep::Ended(written) = step else { return };
        match written.outcome {
            Ok(path) => out.line(path.display().to_string()),
            Err(failure) => {
                out.note(&Text::new(
                    format!("{}：{}{}", written.format.key(), failure.what.zh, failure.why.zh),
                    format!("{}: {} {}", written.format.key(), failure.what.en, failure.why.en),
                ));
                failed = Some(failure);
            }
        }
    })?;
    failed.map_or(Ok(()), Err)
}
