//! Help texts in both languages, laid over clap's command, and what is made from it: completions and the manual.

use std::ffi::OsString;

use clap::{Command as ClapCommand, CommandFactory};
use clap_complete::Shell;

use crate::{
    app::failure::Failure,
    cli::{args::Args, output::Output},
    domain::lang::Lang,
};

/// Texts by command path and argument: (path, argument or "", 中文, English).
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "",
        "",
        "核查：专家组现场评分、合议与报告。不带命令时打开界面。",
        "hecha: on-site scoring, merging and reporting for expert panels. Without a command it opens the screen.",
    ),
    (
        "",
        "file",
        "共享文件（*.hecha）；不给则打开首页",
        "Shared file (*.hecha); without it the home screen opens",
    ),
    (
        "",
        "home",
        "数据文件夹（也可用 HECHA_HOME），可在一台电脑上模拟多台",
        "Data folder (or HECHA_HOME); several play several laptops on one machine",
    ),
    ("", "lang", "界面语言：zh 或 en", "Language: zh or en"),
    (
        "demo",
        "",
        "建立示例核查（五人专家组，已部分评分）并打开",
        "Make a sample visit (panel of five, part scored) and open it",
    ),
    ("demo", "dir", "放在哪个文件夹（默认 hecha-demo）", "Folder for it (default hecha-demo)"),
    ("visit", "", "建立、加入核查，利益申报，核查信息", "Found, join, declare interests, show a visit"),
    (
        "visit create",
        "",
        "建立核查，生成共享文件；本机为组长",
        "Found a visit and make its shared file; this laptop is the lead's",
    ),
    ("visit create", "file", "要生成的共享文件", "Shared file to make"),
    ("visit create", "facility", "机构名称", "Name of the facility"),
    (
        "visit create",
        "profile",
        "方案：township、community、community-hospital、village",
        "Profile: township, community, community-hospital, village",
    ),
    (
        "visit create",
        "stage",
        "层级：self、county、city、province、spot-check、look-back",
        "Stage: self, county, city, province, spot-check, look-back",
    ),
    ("visit create", "date", "核查日期", "Day of the visit"),
    (
        "visit create",
        "lookback_from",
        "门槛从哪天往前回溯（核查日或申报日，由组织核查的部门定）；不给则显示“回溯起算日未定”",
        "Day that gates look back from (of the visit or the application, as the bureau says); without it they say so",
    ),
    ("visit create", "lead", "组长（本人）：姓名:专业:职称", "The lead (you): NAME:FIELD:TITLE"),
    ("visit create", "members", "组员，可重复：姓名:专业:职称", "A member, repeatable: NAME:FIELD:TITLE"),
    (
        "visit create",
        "recusals",
        "回避，可重复：姓名:条款或*:理由",
        "A recusal, repeatable: NAME:CLAUSE or *:REASON",
    ),
    (
        "visit create",
        "passphrase_file",
        "用口令加密共享文件：口令在这个文件的第一行，- 为标准输入；也可用环境变量 HECHA_PASSPHRASE",
        "Encrypt the shared file: the passphrase is the first line of this file, - is standard input; or HECHA_PASSPHRASE",
    ),
    ("visit join", "", "以名单上的姓名加入", "Join under a name on the roster"),
    ("visit join", "file", "共享文件", "Shared file"),
    ("visit join", "name", "名单上的姓名", "Name on the roster"),
    (
        "visit join",
        "passphrase_file",
        "共享文件加密时，口令所在的文件（第一行），- 为标准输入；只需一次",
        "File with the passphrase of an encrypted shared file (first line), - is standard input; needed once",
    ),
    (
        "visit join",
        "field",
        "专业，姓名不在名单上时写明，由组长核准",
        "Field of an expert who is not on the roster; the lead admits",
    ),
    ("visit join", "title", "职称", "Professional title"),
    (
        "visit join",
        "recovery",
        "先前电脑的恢复码：找回它封存的评分；组长凭它接续",
        "Recovery code of an earlier laptop: opens what it sealed; the lead goes on with it",
    ),
    (
        "visit code",
        "",
        "显示本机的加入码，与组长核对",
        "Show this laptop's join code, to compare with the lead",
    ),
    ("visit code", "file", "共享文件", "Shared file"),
    ("visit admit", "", "按组员屏幕上的加入码核准其电脑", "Admit the laptop whose code a member shows you"),
    ("visit admit", "file", "共享文件", "Shared file"),
    ("visit admit", "code", "加入码的前 12 位", "First 12 signs of the join code"),
    ("visit deputy", "", "指定副组长，可代行组长的操作", "Name a deputy, who may do the lead's work"),
    ("visit deputy", "file", "共享文件", "Shared file"),
    ("visit deputy", "name", "已核对身份的组员", "A member whose laptop was admitted"),
    (
        "visit retire",
        "",
        "停用一台电脑（丢失、冒名）：此后的内容不再计入",
        "Retire a laptop (lost, an impostor's): nothing later of it counts",
    ),
    ("visit retire", "file", "共享文件", "Shared file"),
    (
        "visit retire",
        "device",
        "设备号，至少前 4 位（visit info 列出）",
        "Device, its first 4 signs or more (see visit info)",
    ),
    ("visit retire", "from_start", "它的任何内容都不计入", "Nothing of it counts at all"),
    ("visit reopen", "", "让组员重新评分，须写理由", "Let a member score again, with a reason"),
    ("visit reopen", "file", "共享文件", "Shared file"),
    ("visit reopen", "name", "组员", "Member"),
    ("visit reopen", "reason", "理由，写入报告", "Reason, printed in the report"),
    ("visit recovery", "", "显示恢复单，可打印保存", "Show the recovery sheet, to be printed and kept"),
    ("visit recovery", "file", "共享文件", "Shared file"),
    (
        "visit passphrase",
        "",
        "设置或更换共享文件的口令（组长）；首次设置后文件即加密",
        "Set or change the passphrase of the shared file (lead); the first one encrypts it",
    ),
    ("visit passphrase", "file", "共享文件", "Shared file"),
    (
        "visit passphrase",
        "passphrase_file",
        "新口令所在的文件（第一行），- 为标准输入",
        "File with the new passphrase (first line), - is standard input",
    ),
    (
        "visit passphrase",
        "forget",
        "本机在等口令，而组长说没有设过口令时：忘记见过加密文件",
        "When this laptop waits for a passphrase and the lead says there is none: forget the encrypted file it saw",
    ),
    ("visit declare", "", "申报利益关系（评分前）", "Declare interests (before scoring)"),
    ("visit declare", "file", "共享文件", "Shared file"),
    ("visit declare", "text", "none 表示没有，否则写明", "none, or what there is"),
    ("visit info", "", "核查、成员与同步状态", "The visit, its members and sync state"),
    ("visit info", "file", "共享文件", "Shared file"),
    ("visit info", "json", "输出 JSON", "Print JSON"),
    ("score", "", "记录评分：一条，或用 --import 导入多条", "Record one vote, or many with --import"),
    ("score", "file", "共享文件", "Shared file"),
    ("score", "clause", "条款编号，如 EM-02", "Clause id, e.g. EM-02"),
    (
        "score",
        "points",
        "要点，可重复：C1=yes、C2=9/10、B1=37.5、C3=defibrillator:ok,monitor:faulty、C4=T-01,T-07、A1=na",
        "A point, repeatable: C1=yes, C2=9/10, B1=37.5, C3=defibrillator:ok,monitor:faulty, C4=T-01,T-07, A1=na",
    ),
    (
        "score",
        "grade",
        "直接评档 A–D（打分条款填分值）",
        "Direct grade A–D (points on a points-scale clause)",
    ),
    (
        "score",
        "absent",
        "缺席：not-applicable 不适用、not-seen 未看、not-provided 资料未提供",
        "Absence: not-applicable, not-seen, not-provided",
    ),
    (
        "score",
        "reason",
        "理由（直接评档与要点不符、评 D、不适用时必填）",
        "Reason (required for a grade against the points, a D, not applicable)",
    ),
    ("score", "note", "备注", "Note"),
    (
        "score",
        "import",
        "从 CSV 导入：clause,grade,points,absent,reason,note",
        "Import a CSV: clause,grade,points,absent,reason,note",
    ),
    ("submit", "", "提交评分；提交后不能再改", "Submit the ballot; it is sealed for good"),
    ("submit", "file", "共享文件", "Shared file"),
    ("sync", "", "与共享文件交换评分", "Exchange scores with the shared file"),
    ("sync", "file", "共享文件", "Shared file"),
    (
        "sync",
        "passphrase_file",
        "组长后来设了口令时给一次：口令所在的文件（第一行），- 为标准输入",
        "Once, when the lead set a passphrase later: file with it (first line), - is standard input",
    ),
    (
        "sync",
        "in_place",
        "换不掉共享文件时直接覆盖（中途断电会损坏它，再同步可修复）",
        "If the file cannot be replaced, overwrite it in place (a power cut damages it until the next sync)",
    ),
    (
        "sync",
        "to",
        "不动共享文件，把全部提交另存为一份副本（*.hecha）",
        "Leave the shared file alone and write a copy of all commits (*.hecha)",
    ),
    (
        "restore",
        "",
        "列出本机为共享文件留底的各版本，或取回其中一个；只增不减",
        "List the file's earlier generations kept here, or take one in again; it only adds",
    ),
    ("restore", "file", "共享文件", "Shared file"),
    (
        "restore",
        "from",
        "取回第几个留底，或一个文件，然后同步",
        "Generation to take in again, or a file; then sync",
    ),
    ("restore", "json", "输出 JSON", "Print JSON"),
    ("close", "", "关闭评分（组长）", "Close scoring (lead)"),
    ("close", "file", "共享文件", "Shared file"),
    ("merge", "", "合议：先看分歧", "Members and clauses, disagreements first"),
    ("merge", "file", "共享文件", "Shared file"),
    ("merge", "json", "输出 JSON", "Print JSON"),
    (
        "decide",
        "",
        "组长记录合议结论或门槛结论，须写理由",
        "Record the lead's verdict on a clause or gate, with a reason",
    ),
    ("decide", "file", "共享文件", "Shared file"),
    ("decide", "subject", "条款或门槛编号", "Clause or gate id"),
    (
        "decide",
        "decision",
        "A、B、C、D、not-applicable 或分值；门槛用 clear、tripped",
        "A, B, C, D, not-applicable or points; clear or tripped for a gate",
    ),
    ("decide", "reason", "理由", "Reason"),
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
    ("report", "format", "格式，逗号分隔：md、json、csv", "Formats, comma-separated: md, json, csv"),
    ("report", "out", "输出文件夹", "Folder to write to"),
    ("report", "names", "评分署名（默认不署名）", "Votes with names (off by default)"),
    ("report", "no_bom", "CSV 不加 BOM", "CSV without a byte order mark"),
    ("agreement", "", "组内一致性统计，或任意矩阵", "Agreement inside the panel, or of any matrix"),
    ("agreement", "file", "共享文件", "Shared file"),
    (
        "agreement",
        "csv",
        "CSV 矩阵：行为组员，列为条款，空为缺失",
        "CSV matrix: rows are members, columns clauses, empty is missing",
    ),
    ("agreement", "categories", "档次数（只用于 --csv）", "Number of categories (with --csv)"),
    ("agreement", "json", "输出 JSON", "Print JSON"),
    ("checklist", "", "清单：列出、查看、检查、导出、导入", "Checklists: list, show, check, export, import"),
    ("checklist list", "", "列出方案和领域", "List profiles and areas"),
    ("checklist list", "json", "输出 JSON", "Print JSON"),
    (
        "checklist show",
        "",
        "查看领域、方案或某次核查的清单",
        "Show an area, a profile, or a visit's checklist",
    ),
    ("checklist show", "name", "领域、方案或共享文件", "Area, profile or shared file"),
    (
        "checklist show",
        "by",
        "排列：area 领域、clause 条款（每条一行）、field 专业、place 地点",
        "Arranged by area, clause (a line each), expert field or place",
    ),
    (
        "checklist show",
        "clause",
        "只看一条，连同清单、依据和提示",
        "One clause only, with lists, basis and hint",
    ),
    ("checklist show", "json", "输出 JSON", "Print JSON"),
    (
        "checklist show",
        "format",
        "docx：打印用评分表，配合 --by field 或 place 每个专业或地点一份",
        "docx: scoring sheets to print, one a field or place with --by",
    ),
    ("checklist show", "out", "评分表的输出文件夹", "Folder for the sheets"),
    (
        "checklist diff",
        "",
        "比较两份清单：新增、删除、改动的条款和要点",
        "Compare two checklists: clauses and points added, removed, changed",
    ),
    (
        "checklist diff",
        "before",
        "旧：方案、领域或共享文件；builtin:名称 为随程序带来的",
        "The earlier: profile, area or shared file; builtin:NAME is the one the program brought",
    ),
    ("checklist diff", "after", "新：同上", "The later: the same"),
    ("checklist diff", "json", "输出 JSON", "Print JSON"),
    ("checklist check", "", "检查清单文件，列出全部问题", "Check checklist files; lists every problem"),
    (
        "checklist check",
        "paths",
        "文件或文件夹；不给则检查已安装的",
        "Files or folders; without any, what is installed",
    ),
    ("checklist check", "json", "输出 JSON", "Print JSON"),
    (
        "checklist export",
        "",
        "导出为 Excel 工作簿，改好后可再导入",
        "Export to an Excel workbook, to edit and import again",
    ),
    ("checklist export", "name", "方案、领域或共享文件", "Profile, area or shared file"),
    ("checklist export", "out", "要生成的工作簿（.xlsx）", "Workbook to make (.xlsx)"),
    ("checklist export", "replace", "工作簿已经有了也覆盖", "Replace the workbook if it exists"),
    (
        "checklist import",
        "",
        "从 Excel 工作簿导入；有错就全不导入，列出工作表、行、列",
        "Import an Excel workbook; nothing if anything is wrong, told by sheet, row and column",
    ),
    ("checklist import", "workbook", "工作簿（.xlsx）", "Workbook (.xlsx)"),
    (
        "checklist import",
        "out",
        "放在哪个文件夹（默认本机的清单文件夹）",
        "Folder for the files (default: this installation's checklists)",
    ),
    ("checklist import", "replace", "已有的清单文件也覆盖", "Replace checklist files that exist"),
    ("doctor", "", "自检：版本、数据库、清单", "Self-check: version, database, checklists"),
    ("doctor", "json", "输出 JSON", "Print JSON"),
    ("completions", "", "输出命令行补全脚本", "Print a shell completion script"),
    ("completions", "shell", "bash、zsh、fish、powershell、elvish", "bash, zsh, fish, powershell, elvish"),
    ("man", "", "输出手册页（roff）", "Print the manual page (roff)"),
];

/// The command with its texts in a language.
pub(super) fn command(lang: Lang) -> ClapCommand {
    localised(Args::command(), "", lang)
}

/// The language asked for with `--lang`, before anything else is read.
pub(super) fn requested_lang(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after =
        texts.iter().position(|text| *text == "--lang").and_then(|index| texts.get(index + 1)).copied();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match after.or(joined)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

pub(super) fn completions(shell: Shell, lang: Lang, out: &mut Output) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "hecha", &mut script);
    out.raw(&String::from_utf8_lossy(&script));
}

pub(super) fn man(lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(lang))
        .render(&mut page)
        .map_err(|_| Failure::bug("cannot render the manual"))?;
    out.raw(&String::from_utf8_lossy(&page));
    Ok(())
}

fn text(path: &str, argument: &str, lang: Lang) -> &'static str {
    let of = |path: &str| TEXTS.iter().find(|(p, a, _, _)| *p == path && *a == argument);
    of(path).or_else(|| of("")).map_or("", |(_, _, zh, en)| lang.pick(zh, en))
}

fn localised(command: ClapCommand, path: &str, lang: Lang) -> ClapCommand {
    let ids: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    let subcommands: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let positionals = command.get_positionals().next().is_some();
    let mut command = command
        .about(text(path, "", lang))
        .help_template(template(positionals, !subcommands.is_empty(), lang))
        .disable_help_flag(true)
        .arg(help_flag(lang));
    if path.is_empty() {
        command = command.disable_version_flag(true).arg(version_flag(lang));
    }
    for id in ids {
        command = command.mut_arg(&id, |argument| argument.help(text(path, &id, lang)));
    }
    for name in subcommands {
        let inner = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(&name, |subcommand| localised(subcommand, &inner, lang));
    }
    command
}

/// clap's own headings are English only, so each command gets the headings it needs.
fn template(positionals: bool, subcommands: bool, lang: Lang) -> String {
    let mut template = lang
        .pick("{about-with-newline}\n用法：{usage}\n", "{about-with-newline}\nUsage: {usage}\n")
        .to_owned();
    if subcommands {
        template.push_str(lang.pick("\n命令：\n{subcommands}\n", "\nCommands:\n{subcommands}\n"));
    }
    if positionals {
        template.push_str(lang.pick("\n参数：\n{positionals}\n", "\nArguments:\n{positionals}\n"));
    }
    template.push_str(lang.pick("\n选项：\n{options}\n", "\nOptions:\n{options}\n"));
    template
}

fn help_flag(lang: Lang) -> clap::Arg {
    clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(clap::ArgAction::Help)
        .help(lang.pick("显示帮助", "Print help"))
}

fn version_flag(lang: Lang) -> clap::Arg {
    clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help(lang.pick("显示版本", "Print version"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn walk(command: &ClapCommand, path: &str, found: &mut BTreeSet<(String, String)>) {
        found.insert((path.to_owned(), String::new()));
        let own = command.get_arguments().filter(|argument| !argument.is_global_set() || path.is_empty());
        found.extend(own.map(|argument| (path.to_owned(), argument.get_id().to_string())));
        for inner in command.get_subcommands() {
            let name = inner.get_name();
            walk(inner, format!("{path} {name}").trim(), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_text_and_every_text_a_command() {
        let mut wanted = BTreeSet::new();
        walk(&Args::command(), "", &mut wanted);
        let written: BTreeSet<(String, String)> =
            TEXTS.iter().map(|(path, argument, _, _)| ((*path).to_owned(), (*argument).to_owned())).collect();
        assert_eq!(written, wanted);
        assert_eq!(written.len(), TEXTS.len(), "a text is written twice");
    }

    #[test]
    fn the_command_is_sound_in_both_languages() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
