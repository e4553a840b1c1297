//! A visit over three clauses, for tests that make many of them.

use std::{fs, path::Path};

use hecha::{
    app::visit::{founding::FoundingRequest, roster::parse_member},
    domain::facility::Stage,
};

/// Its clauses.
pub(crate) const CLAUSES: [&str; 3] = ["DM-01", "DM-02", "DM-03"];

const PROFILE: &str = r#"
[profile]
id = "tiny"
title = "小方案"
title_en = "Tiny"
edition = "1"
status = "unofficial"
facility = "township"
areas = ["demo"]
gates = []
[panel]
min = 3
odd = true
title = "中级"
fields = ["医疗"]
source = "default"
[merge]
rule = "median"
quorum = 2
tie = "lead"
source = "default"
[[standard]]
id = "basic"
title = "基本标准（示例）"
title_en = "Basic (example)"
status = "example"
source = "default"
conditions = [{ kind = "share", grade = "C", share = 0.85 }]
"#;

/// Puts the checklist where the program looks for the user's own.
pub(crate) fn write_tiny_checklist(home: &Path) {
    let area = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checklist/good/area.toml");
    let area = fs::read_to_string(area).unwrap();
    let (head, clause) = area.split_at(area.find("[[clause]]").unwrap());
    let clauses: Vec<String> = CLAUSES.iter().map(|id| clause.replace("DM-01", id)).collect();
    for (kind, name, text) in [
        ("areas", "demo.toml", format!("{head}{}", clauses.join("\n"))),
        ("profiles", "tiny.toml", PROFILE.to_owned()),
    ] {
        let folder = home.join("checklists").join(kind);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

/// What such a visit is founded from; the first name is the lead's.
pub(crate) fn tiny_visit(file: &Path, names: &[&str]) -> FoundingRequest {
    let mut roster = names.iter().map(|name| parse_member(&format!("{name}:医疗:主任医师")).unwrap());
    FoundingRequest {
        file: file.to_owned(),
        facility: "某院".to_owned(),
        profile: "tiny".to_owned(),
        stage: Stage::County,
        date: "2026-11-21".parse().unwrap(),
        lead: roster.next().unwrap(),
        members: roster.collect(),
        recusals: Vec::new(),
        draw: None,
        mandate: Default::default(),
        lookback: None,
    }
}
