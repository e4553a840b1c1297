//! What the documents promise: quoted commands exist with their options, every command has its help in both languages, the glossary has every word.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{Answer, program};

/// The words of the project (`docs/GLOSSARY.md`), in both languages.
const WORDS: [(&str, &str); 25] = [
    ("facility", "机构"),
    ("visit", "现场核查"),
    ("stage", "层级"),
    ("area", "领域"),
    ("clause", "条款"),
    ("point", "要点"),
    ("core", "核心条款"),
    ("focus", "重点指标"),
    ("measure", "计量"),
    ("finding", "核查结果"),
    ("grade", "档次"),
    ("vote", "评分"),
    ("log", "记录"),
    ("ballot", "评分包"),
    ("panel", "专家组"),
    ("member", "组员"),
    ("lead", "组长"),
    ("recusal", "回避"),
    ("pool", "专家库"),
    ("draw", "抽取"),
    ("verdict", "合议结论"),
    ("standard", "达标标准"),
    ("gate", "否决情形"),
    ("agreement", "组内一致性"),
    ("shared file", "共享文件"),
];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The commands of the ```sh blocks: one a line, with continued lines joined and comments left out.
fn quoted_commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut commands = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        if let Some(fence) = line.trim_start().strip_prefix("```") {
            inside = !inside && fence.trim() == "sh";
            continue;
        }
        if !inside {
            continue;
        }
        let line = line.split(" #").next().unwrap().trim();
        let begun = open.take().map_or_else(|| line.to_owned(), |begun| format!("{begun} {line}"));
        match begun.strip_suffix('\\') {
            Some(begun) => open = Some(begun.trim_end().to_owned()),
            None if begun.starts_with("hecha") => commands.push(begun),
            None => {}
        }
    }
    commands
}

/// Splits a command line at spaces outside quotes.
fn words_of(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = None;
    for c in line.chars() {
        match (quoted, c) {
            (Some(quote), c) if c == quote => quoted = None,
            (None, '"' | '\'') => quoted = Some(c),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn help(command: &[String], lang: &str) -> Answer {
    Answer::of(program().args(["--lang", lang]).args(command).arg("--help").output().unwrap())
}

/// Every command and group of commands, as words, as the help names them.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut next = 0;
    while let Some(group) = found.get(next).cloned() {
        let text = help(&group, "en").out;
        let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1);
        let names = listed.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   "));
        let names = names.map(|line| line.split_whitespace().next().unwrap().to_owned());
        found.extend(names.map(|name| [group.clone(), vec![name]].concat()));
        next += 1;
    }
    assert!(found.len() > 18, "the help lists few commands: {found:?}");
    found
}

/// What is wrong with a quoted command: an unknown command, or an option that its help does not name.
fn wrong_with(line: &str, commands: &[Vec<String>]) -> Option<String> {
    let mut plain: Vec<String> = Vec::new();
    let mut options: Vec<String> = Vec::new();
    let mut is_value = false;
    for word in words_of(line).into_iter().skip(1) {
        if word.starts_with("--") {
            options.push(word.split('=').next().unwrap().to_owned());
            is_value = ["--home", "--lang"].contains(&word.as_str());
        } else if !std::mem::take(&mut is_value) {
            plain.push(word);
        }
    }
    // Some commands take the file before what they do.
    let named: Vec<String> = plain.iter().filter(|word| !word.ends_with(".hecha")).cloned().collect();
    let command = commands.iter().filter(|command| named.starts_with(command)).max_by_key(|it| it.len())?;
    let is_group = commands.iter().any(|other| other.len() > command.len() && other.starts_with(command));
    let opens_a_file = command.is_empty() && plain.iter().all(|word| word.ends_with(".hecha"));
    if is_group && !opens_a_file {
        return Some(format!("no such command: {line}"));
    }
    let help = help(command, "en").out;
    let missing = options.iter().find(|option| !says_option(&help, option));
    missing.map(|option| format!("no option {option}: {line}"))
}

fn says_option(help: &str, option: &str) -> bool {
    help.split(|c: char| c.is_whitespace() || c == ',' || c == '[' || c == ']').any(|word| word == option)
}

#[test]
fn every_command_in_the_documents_exists() {
    let commands = commands();
    let mut n_checked = 0;
    let mut wrong = Vec::new();
    for name in
        ["README.md", "docs/ARCHITECTURE.md", "docs/SHARED-FILE.md", "docs/GLOSSARY.md", "docs/TEMPLATES.md"]
    {
        for line in quoted_commands(&read(name)) {
            n_checked += 1;
            wrong.extend(wrong_with(&line, &commands).map(|it| format!("{name}: {it}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(n_checked >= 10, "only {n_checked} commands were found; is the block marked sh?");
}

#[test]
fn the_check_of_commands_sees_mistakes() {
    let commands = commands();
    for line in [
        "hecha vist create x.hecha",
        "hecha score x.hecha EM-02 --note2 x",
        "hecha merge x --yaml",
        "hecha nonsense",
    ] {
        assert!(wrong_with(line, &commands).is_some(), "{line}");
    }
    for line in
        ["hecha", "hecha --home dir visit.hecha", "hecha score x.hecha EM-02 --point C1=yes --note \"a b\""]
    {
        assert_eq!(wrong_with(line, &commands), None);
    }
    let text = "```sh\nhecha sync a \\\n  --json   # why\n# hecha no\n```\n```toml\nhecha = 1\n```\n";
    assert_eq!(quoted_commands(text), ["hecha sync a --json"]);
}

#[test]
fn every_command_has_help_in_both_languages() {
    for command in commands() {
        let [chinese, english] = ["zh", "en"].map(|lang| help(&command, lang));
        assert_eq!((chinese.code, english.code), (Some(0), Some(0)), "{command:?}");
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let first = |answer: &Answer| answer.out.lines().next().unwrap_or_default().to_owned();
        assert!(first(&chinese).chars().any(is_chinese), "{command:?}: {}", first(&chinese));
        assert!(
            !english.out.chars().any(is_chinese),
            "{command:?} has Chinese in its English help: {}",
            english.out
        );
        for line in english.out.lines().filter(|line| line.trim_start().starts_with("--")) {
            let option = line.split_whitespace().next().unwrap();
            assert!(says_option(&chinese.out, option), "{command:?}: {option} is not in the Chinese help");
        }
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = Answer::of(program().args(["completions", shell]).output().unwrap());
        assert!(script.code == Some(0) && script.out.contains("hecha"), "{shell}");
    }
}

#[test]
fn the_glossary_has_every_word() {
    let glossary = read("docs/GLOSSARY.md");
    let rows: Vec<&str> = glossary.lines().filter(|line| line.starts_with('|')).collect();
    for (word, chinese) in WORDS {
        let told = rows.iter().any(|row| {
            let mut cells = row.split('|').skip(1).map(str::trim);
            let (english, zh) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            english.split([',', '/']).any(|it| it.trim() == word) && zh.contains(chinese)
        });
        assert!(told, "the glossary has no row for {word} {chinese}");
    }
}

/// The codes of documents, facts and second-hand sources in a checklist's text: `S1`, `F62`, `V2-CART`.
fn codes_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let is_code = |word: &&str| {
        let numbered = |prefix: &str, digits: usize| {
            word.strip_prefix(prefix)
                .is_some_and(|rest| rest.len() == digits && rest.bytes().all(|it| it.is_ascii_digit()))
        };
        numbered("S", 1) || numbered("F", 2) || word.starts_with("V2-")
    };
    words.filter(is_code).map(str::to_owned).collect()
}

#[test]
fn every_code_that_a_shipped_checklist_quotes_is_explained() {
    let explained = codes_of(&read("docs/SOURCES.md"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists");
    let mut quoted = BTreeSet::new();
    for folder in ["areas", "profiles"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            quoted.extend(codes_of(&fs::read_to_string(entry.unwrap().path()).unwrap()));
        }
    }
    assert!(quoted.len() > 60, "only {} codes were found", quoted.len());
    let missing: Vec<&String> = quoted.difference(&explained).collect();
    assert!(missing.is_empty(), "docs/SOURCES.md does not explain {missing:?}");
}
