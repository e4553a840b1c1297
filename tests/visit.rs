//! A whole visit by five laptops, played with the real program, against verdicts worked out here by hand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{
    Dice, PANEL, Panel, copy_folder, files_below, holds, new_folder,
    script::{RECUSED_CLAUSE, RECUSED_MEMBER, Said, Script, ScriptedClause, Verdict},
};

const GATES: [(&str, &str); 5] = [
    ("IN-02.G1", "clear"),
    ("IN-02.G2", "clear"),
    ("IN-02.G3", "clear"),
    ("IN-02.G5", "clear"),
    ("IN-02.G6", "clear"),
];
const DECIDED: char = 'C';

/// Founds the visit with its recusal and lets everybody score; nothing is submitted or synced yet.
fn scored_panel(profile: &str) -> (Panel, Script) {
    let recusal = format!("{}:{RECUSED_CLAUSE}:近三年在该机构带教", PANEL[RECUSED_MEMBER]);
    let found = if profile == "small" { Panel::small } else { Panel::township };
    let panel = found(5, &["--recuse", &recusal]);
    let script = Script::of(panel.lead(), profile);
    let mut kinds = BTreeSet::new();
    for (member, laptop) in panel.laptops.iter().enumerate() {
        let csv = panel.root.join(format!("votes-{member}.csv"));
        std::fs::write(&csv, script.csv(member)).unwrap();
        laptop.ok(&["score", &panel.file, "--import", csv.to_str().unwrap()]);
        for clause in script.clauses.iter().skip(member).step_by(9) {
            let vote = &clause.votes[member];
            if vote.said == Said::Absent("recused") {
                continue;
            }
            kinds.extend(vote.points.iter().map(|(_, kind, _)| kind.clone()));
            let mut arguments = vec!["score".to_owned(), panel.file.clone(), clause.id.clone()];
            arguments.extend(vote.arguments());
            let answer = laptop.ok(&arguments);
            let said = match vote.said {
                Said::Grade(grade) => grade.to_string(),
                Said::Absent(kind) => kind.to_owned(),
            };
            assert_eq!(answer.out, format!("已存：{} {said}\n", clause.id));
        }
    }
    let all: BTreeSet<String> = ["tick", "ratio", "number", "inventory", "count"].map(str::to_owned).into();
    assert_eq!(kinds, all, "the script types a value of every measure");
    (panel, script)
}

#[test]
fn a_visit_ends_with_the_verdicts_that_the_votes_say() {
    let (panel, script) = scored_panel("township");
    let file = panel.file.as_str();
    let info = panel.laptops[1].json(&["visit", "info", file, "--json"]);
    assert_eq!(info["members"][1]["scored"], script.clauses.len());
    assert_eq!(info["members"][1]["owed"], 0);
    for index in [3, 1, 4, 0, 2] {
        panel.laptops[index].ok(&["submit", file, "--yes"]);
    }
    panel.close(5);

    let merged = panel.lead().json(&["merge", file, "--json"]);
    assert_eq!(merged["hidden"], 0);
    for (clause, row) in script.clauses.iter().zip(merged["clauses"].as_array().unwrap()) {
        assert_votes(clause, row);
        assert_verdict(clause.verdict_by_rule(), row, &clause.id);
    }
    let undecided = |verdict: Verdict| verdict == Verdict::Undecided;
    let to_decide: Vec<&ScriptedClause> =
        script.clauses.iter().filter(|clause| undecided(clause.verdict_by_rule())).collect();
    assert!(
        to_decide.iter().any(|clause| clause.id == RECUSED_CLAUSE),
        "the recusal splits the votes evenly"
    );
    let result = panel.lead().json(&["result", file, "--json"]);
    assert_eq!(result["counts"]["undecided"], to_decide.len());
    assert_eq!(result["standards"][1]["met"], Value::Bool(false), "core clauses are below B");

    decide(&panel, &to_decide);
    panel.lead().ok(&["sync", file]);
    panel.laptops[1].ok(&["sync", file]);
    let result = panel.laptops[1].json(&["result", file, "--json"]);
    assert_result(&script, &result);
    assert_reports(&panel, &result);

    // A disqualifier bars every standard, whatever the grades, wherever the result is told.
    panel.lead().ok(&["decide", file, "IN-02.G3", "tripped", "--reason", "县级部门书面证明"]);
    let barred = panel.lead().json(&["result", file, "--json"]);
    for standard in barred["standards"].as_array().unwrap() {
        let said = (&standard["met"], &standard["best"], &standard["barred_by"]);
        assert_eq!(said, (&false.into(), &false.into(), &serde_json::json!(["IN-02.G3"])));
    }
    let told = panel.lead().ok(&["result", file]).out;
    assert!(told.contains("否决：") && told.contains("IN-02.G3"), "{told}");
}

fn decide(panel: &Panel, to_decide: &[&ScriptedClause]) {
    let file = panel.file.as_str();
    panel.laptops[1].refuses(1, &["decide", file, RECUSED_CLAUSE, "C", "--reason", "不是组长"]);
    panel.lead().refuses(1, &["decide", file, RECUSED_CLAUSE, "C"]);
    panel.lead().refuses(1, &["decide", file, "IN-99", "C", "--reason", "没有这一条"]);
    panel.lead().refuses(2, &["decide", file, RECUSED_CLAUSE, "E", "--reason", "没有这一档"]);
    for clause in to_decide {
        panel.lead().ok(&["decide", file, &clause.id, &DECIDED.to_string(), "--reason", "经合议"]);
    }
    for (gate, state) in GATES {
        panel.lead().ok(&["decide", file, gate, state, "--reason", "县级部门书面证明"]);
    }
}

/// The votes of all five as they were scripted, absences by kind.
fn assert_votes(clause: &ScriptedClause, row: &Value) {
    assert_eq!(row["id"], clause.id.as_str());
    let shown: BTreeMap<&str, &Value> = row["votes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|vote| (vote["member"].as_str().unwrap(), vote))
        .collect();
    for (name, vote) in PANEL.iter().zip(&clause.votes) {
        let shown = shown[name];
        let said = match vote.said {
            Said::Grade(grade) => ("grade", grade.to_string()),
            Said::Absent(kind) => ("absent", kind.to_owned()),
        };
        assert_eq!(shown[said.0], said.1.as_str(), "{} {name}", clause.id);
        assert_eq!(shown["direct"], vote.direct, "{} {name}", clause.id);
    }
    let mut ranks: Vec<usize> = clause.grades().iter().map(|grade| rank(*grade)).collect();
    ranks.sort_unstable();
    let spread = ranks.last().copied().unwrap_or(0) - ranks.first().copied().unwrap_or(0);
    assert_eq!(row["spread"], spread, "{}", clause.id);
    let split_at_the_line = ranks.contains(&0) && ranks.iter().any(|rank| *rank > 0);
    assert_eq!(row["pass_line_split"], split_at_the_line, "{}", clause.id);
}

fn assert_verdict(expected: Verdict, row: &Value, id: &str) {
    match expected {
        Verdict::Grade(grade) => assert_eq!(row["verdict"], grade.to_string(), "{id}"),
        Verdict::NotApplicable => {
            assert_eq!((&row["verdict"], &row["not_applicable"]), (&Value::Null, &Value::Bool(true)), "{id}");
        }
        Verdict::Undecided => assert_eq!((&row["verdict"], &row["by"]), (&Value::Null, &Value::Null), "{id}"),
    }
}

fn final_verdict(clause: &ScriptedClause) -> Verdict {
    match clause.verdict_by_rule() {
        Verdict::Undecided => Verdict::Grade(DECIDED),
        decided => decided,
    }
}

fn rank(grade: char) -> usize {
    "DCBA".find(grade).unwrap()
}

fn assert_result(script: &Script, result: &Value) {
    for (clause, row) in script.clauses.iter().zip(result["clauses"].as_array().unwrap()) {
        let id = clause.id.as_str();
        assert_eq!(row["id"], id);
        assert_verdict(final_verdict(clause), row, id);
        let by_lead = clause.verdict_by_rule() == Verdict::Undecided;
        assert_eq!(row["by"], if by_lead { "lead" } else { "rule" }, "{id}");
        assert_eq!(row["reason"], if by_lead { "经合议" } else { "" }, "{id}");
        let grades = clause.grades();
        for letter in ['A', 'B', 'C', 'D'] {
            let count = grades.iter().filter(|grade| **grade == letter).count();
            assert_eq!(row["votes"][letter.to_string()], count, "{id}");
        }
        assert_eq!(row["n_valid"], grades.len(), "{id}");
        assert_eq!(row["odd"], grades.len() % 2 == 1, "{id}");
        assert_eq!(row["quorum"], grades.len() >= 3, "{id}");
    }
    assert_counts(&result["counts"], script.clauses.iter());
    assert_counts(&result["core"], script.clauses.iter().filter(|clause| clause.core));
    for (row, (gate, state)) in result["gates"].as_array().unwrap().iter().zip(GATES) {
        assert_eq!((&row["id"], &row["state"]), (&Value::from(gate), &Value::from(state)));
    }
    let basic = &result["standards"][0];
    let now = |clause: &ScriptedClause| final_verdict(clause);
    assert_eq!(basic["met"], basic_standard(script, now), "basic");
    assert_eq!(basic["worst"], basic_standard(script, |clause| extreme(clause, 'A', char::max)), "worst");
    assert_eq!(basic["best"], basic_standard(script, |clause| extreme(clause, 'D', char::min)), "best");
    assert_eq!(basic["status"], "example");
    assert_eq!(result["standards"][1]["met"], false, "core clauses are below B");
}

fn assert_counts<'a>(counts: &Value, clauses: impl Iterator<Item = &'a ScriptedClause> + Clone) {
    let of = |wanted: Verdict| clauses.clone().filter(|clause| final_verdict(clause) == wanted).count();
    for letter in ['A', 'B', 'C', 'D'] {
        assert_eq!(counts[letter.to_string()], of(Verdict::Grade(letter)));
    }
    assert_eq!(counts["not_applicable"], of(Verdict::NotApplicable));
    assert_eq!(counts["undecided"], 0);
}

/// 85 % of the applicable clauses and every core clause at C or better (`checklists/profiles/township.toml`).
fn basic_standard(script: &Script, verdict: impl Fn(&ScriptedClause) -> Verdict) -> bool {
    let verdicts: Vec<(bool, Verdict)> =
        script.clauses.iter().map(|clause| (clause.core, verdict(clause))).collect();
    let passes = |verdict: Verdict| matches!(verdict, Verdict::Grade('A' | 'B' | 'C'));
    let applicable: Vec<_> = verdicts.iter().filter(|(_, it)| *it != Verdict::NotApplicable).collect();
    let have = applicable.iter().filter(|(_, verdict)| passes(*verdict)).count();
    have * 100 >= applicable.len() * 85 && applicable.iter().all(|(core, verdict)| !core || passes(*verdict))
}

/// The verdict that one vote alone would give; what the lead decided and what does not apply stays.
fn extreme(clause: &ScriptedClause, from: char, choose: fn(char, char) -> char) -> Verdict {
    match clause.verdict_by_rule() {
        Verdict::Undecided => Verdict::Grade(DECIDED),
        Verdict::NotApplicable => Verdict::NotApplicable,
        Verdict::Grade(_) => Verdict::Grade(clause.grades().into_iter().fold(from, choose)),
    }
}

fn assert_reports(panel: &Panel, result: &Value) {
    let out = panel.root.join("报告");
    let arguments = ["report", &panel.file, "--format", "md,json,csv", "--out", out.to_str().unwrap()];
    let written = panel.laptops[1].ok(&arguments).out;
    let paths: Vec<&str> = written.lines().collect();
    assert_eq!(paths.len(), 3);
    let read = |extension: &str| {
        let path = paths.iter().find(|path| path.ends_with(extension)).unwrap();
        std::fs::read_to_string(path).unwrap()
    };
    let json: Value = serde_json::from_str(&read(".json")).unwrap();
    assert_eq!(json["counts"]["D"], result["counts"]["D"]);
    assert_eq!(json["standards"][0]["met"], result["standards"][0]["met"]);
    let in_areas: Vec<&Value> = json["areas"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|area| area["clauses"].as_array().unwrap())
        .collect();
    for (row, expected) in in_areas.iter().zip(result["clauses"].as_array().unwrap()) {
        let not_applicable = expected["not_applicable"] == true;
        let verdict =
            if not_applicable { Value::from("not-applicable") } else { expected["verdict"].clone() };
        assert_eq!((&row["id"], &row["verdict"]), (&expected["id"], &verdict));
    }
    assert_eq!(in_areas.len(), result["clauses"].as_array().unwrap().len());
    let csv = read(".csv");
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(rows.records().map(Result::unwrap).count(), in_areas.len());
    let page = read(".md");
    for wanted in ["青禾镇卫生院", "示例", "县级部门书面证明", RECUSED_CLAUSE] {
        assert!(page.contains(wanted), "{wanted} is missing from the report");
    }
    for name in PANEL {
        assert!(!csv.contains(name), "names stay out of the table unless asked for: {name}");
    }
}

/// What a laptop says in the end.
fn answers(panel: &Panel, index: usize) -> (Value, Value) {
    let laptop = &panel.laptops[index];
    (laptop.json(&["result", &panel.file, "--json"]), laptop.json(&["merge", &panel.file, "--json"]))
}

/// The lines of the shared file that the lead did not write, without those that answer the closing; those and the lead's
/// receipts differ with the order.
fn lines_of_others(panel: &Panel) -> BTreeSet<String> {
    let bytes = String::from_utf8(panel.file_bytes()).unwrap();
    let feed = |line: &str| line.split("\"f\":\"").nth(1).map(|rest| rest[..12].to_owned());
    let lead = bytes.lines().find(|line| line.contains("\"k\":\"found\"")).and_then(feed).unwrap();
    let answers = |line: &&str| line.contains("\"k\":\"key\"");
    let of_others = bytes.lines().filter(|line| feed(line).is_some_and(|feed| feed != lead));
    of_others.filter(|line| !answers(line)).map(str::to_owned).collect()
}

#[test]
fn the_state_does_not_depend_on_the_order_of_syncs() {
    let (panel, script) = scored_panel("small");
    // Everybody submits while the share is away, so that all orders start from the same sealed ballots.
    let away = panel.root.join("away");
    std::fs::rename(panel.share(), &away).unwrap();
    for laptop in &panel.laptops {
        let answer = laptop.ok(&["submit", &panel.file, "--yes"]);
        assert!(answer.err.contains("还没有写入共享文件"), "{}", answer.err);
    }
    std::fs::rename(&away, panel.share()).unwrap();
    let undecided: Vec<&ScriptedClause> =
        script.clauses.iter().filter(|clause| clause.verdict_by_rule() == Verdict::Undecided).collect();

    let mut orders: Vec<Vec<usize>> = vec![
        vec![0, 1, 2, 3, 4],
        vec![4, 3, 2, 1, 0],
        vec![2, 2, 2, 0, 0, 4, 1, 3],
        vec![1, 3, 1, 3, 4, 2, 0],
    ];
    for seed in 0..3 {
        let mut dice = Dice::new(seed);
        orders.push((0..9).map(|_| dice.index(5)).collect());
    }
    let mut expected: Option<((Value, Value), BTreeSet<String>)> = None;
    for order in orders {
        let folder = new_folder();
        copy_folder(&panel.root, folder.path());
        let copy = Panel::at(folder.path());
        for index in &order {
            copy.laptops[*index].ok(&["sync", &copy.file]);
        }
        for index in [0, 1, 2, 3, 4] {
            copy.laptops[index].ok(&["sync", &copy.file]);
        }
        copy.close(5);
        for clause in undecided.iter().take(2) {
            copy.lead().ok(&["decide", &copy.file, &clause.id, "B", "--reason", "经合议"]);
        }
        for index in [0, 1, 2, 3, 4] {
            copy.laptops[index].ok(&["sync", &copy.file]);
        }
        let said = answers(&copy, 0);
        for index in (1..5).filter(|index| *index != RECUSED_MEMBER) {
            assert_eq!(answers(&copy, index), said, "laptop {index} after {order:?}");
        }
        let (result, merged) = answers(&copy, RECUSED_MEMBER);
        assert_eq!(clause_row(&merged, RECUSED_CLAUSE)["withheld"], true);
        let votes = clause_row(&result, RECUSED_CLAUSE)["votes"].clone();
        assert!(votes.as_object().unwrap().values().all(|n| n == 0), "{votes}");
        assert_same_bytes(&copy, &order);
        let all = (said, lines_of_others(&copy));
        match &expected {
            Some(expected) => assert!(expected == &all, "the order {order:?} gave another state"),
            None => expected = Some(all),
        }
    }
}

/// Every laptop alone writes the same file, byte for byte.
fn assert_same_bytes(panel: &Panel, order: &[usize]) {
    let bytes = panel.file_bytes();
    for (index, laptop) in panel.laptops.iter().enumerate() {
        std::fs::remove_file(&panel.file).unwrap();
        laptop.ok(&["sync", &panel.file]);
        assert!(panel.file_bytes() == bytes, "laptop {index} writes other bytes after {order:?}");
    }
}

#[test]
fn nothing_of_a_ballot_can_be_read_before_scoring_is_closed() {
    const NOTE: &str = "除颤仪电池鼓包QX7731";
    const REASON: &str = "药房温度计失准ZK4402";
    let panel = Panel::small(3, &[]);
    let file = panel.file.as_str();
    let writer = &panel.laptops[1];
    writer.ok(&["score", file, "TM-02", "--grade", "D", "--reason", REASON, "--note", NOTE]);
    writer.ok(&["score", file, "TM-01", "--point", "C1=no", "--note", NOTE]);
    let reader = &panel.laptops[2];
    reader.ok(&["score", file, "TM-02", "--grade", "B"]);
    let assert_unreadable = |when: &str| {
        for index in [1, 2, 0, 2, 1] {
            panel.laptops[index].ok(&["sync", file]);
        }
        for secret in [NOTE, REASON, "QX7731", "ZK4402"] {
            for path in files_below(&panel.root).into_iter().filter(|path| !path.starts_with(&writer.home)) {
                assert!(!holds(&path, secret.as_bytes()), "{when}: {secret} stands in {}", path.display());
            }
        }
        for laptop in [panel.lead(), reader] {
            for command in ["merge", "result"] {
                let shown = laptop.json(&[command, file, "--json"]).to_string();
                assert!(!shown.contains("\"D\":1"), "{when}: {command} counts a hidden vote");
            }
            let row = clause_row(&laptop.json(&["merge", file, "--json"]), "TM-02");
            let names: Vec<&Value> =
                row["votes"].as_array().unwrap().iter().map(|it| &it["member"]).collect();
            assert!(!names.contains(&&Value::from(PANEL[1])), "{when}: {row}");
            let info = laptop.json(&["visit", "info", file, "--json"]);
            assert_eq!(info["members"][1]["scored"], Value::Null, "{when}");
        }
    };
    assert_unreadable("while scoring");
    let own = clause_row(&writer.json(&["merge", file, "--json"]), "TM-02");
    assert_eq!(own["votes"][0]["grade"], "D", "one's own vote is shown");
    assert!(
        files_below(&writer.home).iter().any(|path| holds(path, NOTE.as_bytes())),
        "the search can find it"
    );

    // Seals show nothing to anybody, whoever has sealed.
    reader.ok(&["submit", file, "--yes"]);
    assert_unreadable("after another's seal");
    writer.ok(&["submit", file, "--yes"]);
    assert_unreadable("after the own seal");
    let bound = clause_row(&writer.json(&["merge", file, "--json"]), "TM-02");
    assert_eq!(bound["votes"].as_array().unwrap().len(), 1, "others' votes wait for the closing");
    panel.lead().refuses(4, &["close", file, "--yes"]);
    panel.lead().ok(&["submit", file, "--yes"]);
    assert_unreadable("when all have sealed");
    panel.lead().refuses(4, &["decide", file, "TM-02", "C", "--reason", "先于评分结束"]);

    panel.close(3);
    for laptop in [panel.lead(), reader] {
        let row = clause_row(&laptop.json(&["merge", file, "--json"]), "TM-02");
        let votes = row["votes"].as_array().unwrap();
        assert_eq!(votes.iter().find(|vote| vote["member"] == PANEL[1]).unwrap()["grade"], "D");
    }
}

#[test]
fn a_sealed_ballot_and_a_closed_visit_take_no_more_votes() {
    let panel = Panel::small(3, &[]);
    let file = panel.file.as_str();
    let [lead, first, second] = [0, 1, 2].map(|index| &panel.laptops[index]);
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    first.ok(&["submit", file, "--yes"]);
    let before = first.json(&["merge", file, "--json"]);
    let csv = panel.root.join("late.csv");
    std::fs::write(&csv, "clause,grade\nTM-02,A\nTM-04,A\n").unwrap();
    for change in [
        vec!["score", file, "TM-02", "--grade", "A"],
        vec!["score", file, "TM-02", "--note", "补一句"],
        vec!["score", file, "TM-04", "--point", "C1=yes"],
        vec!["score", file, "TM-02", "--absent", "not-seen"],
        vec!["score", file, "--import", csv.to_str().unwrap()],
        vec!["submit", file, "--yes"],
    ] {
        first.refuses(1, &change);
    }
    assert_eq!(first.json(&["merge", file, "--json"]), before);
    second.refuses(1, &["close", file, "--yes"]);
    second.ok(&["score", file, "TM-02", "--grade", "C"]);
    lead.refuses(4, &["close", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    lead.ok(&["close", file, "--yes"]);
    second.ok(&["score", file, "TM-04", "--grade", "C"]);
    second.ok(&["sync", file]);
    second.refuses(1, &["score", file, "TM-02", "--grade", "A"]);
    assert_eq!(second.json(&["visit", "info", file, "--json"])["state"], "closed");
}

fn clause_row(merged: &Value, id: &str) -> Value {
    merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone()
}
