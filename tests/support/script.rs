//! What five members say about every clause, made up here and not by the program, with the verdicts that must follow.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Dice, Laptop};

/// The clause from which the third member is recused.
pub(crate) const RECUSED_CLAUSE: &str = "TM-13";
/// The member who is recused from it.
pub(crate) const RECUSED_MEMBER: usize = 2;

/// All that is scripted: one entry a clause of the checklist, in order.
pub(crate) struct Script {
    pub(crate) clauses: Vec<ScriptedClause>,
}

/// One clause with the votes of the five.
pub(crate) struct ScriptedClause {
    pub(crate) id: String,
    pub(crate) core: bool,
    /// What the members say, in roster order.
    pub(crate) votes: Vec<ScriptedVote>,
}

/// One vote, as it is typed and as it must count.
#[derive(Debug, Clone)]
pub(crate) struct ScriptedVote {
    pub(crate) said: Said,
    /// Point, measure and value.
    pub(crate) points: Vec<(String, String, String)>,
    pub(crate) direct: bool,
    pub(crate) reason: &'static str,
    pub(crate) note: String,
}

/// How a vote must count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Grade(char),
    Absent(&'static str),
}

impl Script {
    /// For a profile that has [`RECUSED_CLAUSE`].
    pub(crate) fn of(laptop: &Laptop, profile: &str) -> Self {
        let checklist = laptop.json(&["checklist", "show", profile, "--json"]);
        let (lists, must_apply) = read_areas();
        let clauses = checklist["clauses"].as_array().unwrap();
        let optional: Vec<&str> = clauses
            .iter()
            .filter(|clause| clause["core"] == false)
            .map(|clause| text(&clause["id"]))
            .filter(|id| *id != RECUSED_CLAUSE && !must_apply.contains(&(*id).to_owned()))
            .collect();
        let scripted = clauses.iter().enumerate().map(|(index, clause)| {
            let id = text(&clause["id"]);
            let votes = (0..5).map(|member| {
                let mut dice = Dice::new(1_000 * index as u64 + member as u64 + 7);
                let wanted = match id {
                    RECUSED_CLAUSE if member == RECUSED_MEMBER => Said::Absent("recused"),
                    RECUSED_CLAUSE => Said::Grade(['A', 'A', 'A', 'C', 'C'][member]),
                    _ if id == optional[0] => Said::Absent("not-applicable"),
                    _ if id == optional[1] => below_quorum(member),
                    _ => any_position(index, &mut dice, optional.contains(&id)),
                };
                vote(clause, wanted, &lists, &mut dice)
            });
            ScriptedClause { id: id.to_owned(), core: clause["core"] == true, votes: votes.collect() }
        });
        Self { clauses: scripted.collect() }
    }

    /// The votes of one member as a file for `--import`.
    pub(crate) fn csv(&self, member: usize) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["clause", "grade", "points", "absent", "reason", "note"]).unwrap();
        for clause in &self.clauses {
            let vote = &clause.votes[member];
            let (grade, absent) = vote.cells();
            if absent == "recused" {
                continue;
            }
            let points: Vec<String> =
                vote.points.iter().map(|(id, _, value)| format!("{id}={value}")).collect();
            let row = [&clause.id, &grade, &points.join(";"), absent, vote.reason, &vote.note];
            writer.write_record(row).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }
}

impl ScriptedClause {
    /// The verdict by the median, or none: below three grades, or two different middle ones.
    pub(crate) fn verdict_by_rule(&self) -> Verdict {
        let mut grades = self.grades();
        grades.sort_unstable();
        let n = grades.len();
        let not_applicable =
            self.votes.iter().filter(|vote| vote.said == Said::Absent("not-applicable")).count();
        if n == 0 && not_applicable >= 3 && !self.core {
            return Verdict::NotApplicable;
        }
        if n < 3 || grades[(n - 1) / 2] != grades[n / 2] {
            return Verdict::Undecided;
        }
        Verdict::Grade(grades[n / 2])
    }

    pub(crate) fn grades(&self) -> Vec<char> {
        let grade = |vote: &ScriptedVote| match vote.said {
            Said::Grade(grade) => Some(grade),
            Said::Absent(_) => None,
        };
        self.votes.iter().filter_map(grade).collect()
    }
}

/// What a clause must come out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Grade(char),
    NotApplicable,
    Undecided,
}

impl ScriptedVote {
    fn cells(&self) -> (String, &'static str) {
        match self.said {
            Said::Grade(grade) if self.direct => (grade.to_string(), ""),
            Said::Grade(_) => (String::new(), ""),
            Said::Absent(kind) => (String::new(), kind),
        }
    }

    /// The vote as arguments of `hecha score FILE CLAUSE`.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let (grade, absent) = self.cells();
        let mut arguments = Vec::new();
        for (name, value) in [
            ("--grade", grade.as_str()),
            ("--absent", absent),
            ("--reason", self.reason),
            ("--note", &self.note),
        ] {
            if !value.is_empty() {
                arguments.extend([name.to_owned(), value.to_owned()]);
            }
        }
        for (id, _, value) in &self.points {
            arguments.extend(["--point".to_owned(), format!("{id}={value}")]);
        }
        arguments
    }
}

fn below_quorum(member: usize) -> Said {
    match member {
        0 | 1 => Said::Grade('B'),
        2 => Said::Absent("not-seen"),
        3 => Said::Absent("not-provided"),
        _ => Said::Absent("not-applicable"),
    }
}

/// Around a common opinion on the clause, with a few absences.
fn any_position(index: usize, dice: &mut Dice, optional: bool) -> Said {
    let common = Dice::new(index as u64 + 99).index(20);
    let common = [3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0][common];
    match dice.roll(100) {
        0..=3 => Said::Absent("not-seen"),
        4..=6 => Said::Absent("not-provided"),
        7..=9 if optional => Said::Absent("not-applicable"),
        10..=24 => Said::Grade(['D', 'C', 'B', 'A'][(common + 1).min(3)]),
        25..=39 => Said::Grade(['D', 'C', 'B', 'A'][usize::saturating_sub(common, 1)]),
        _ => Said::Grade(['D', 'C', 'B', 'A'][common]),
    }
}

/// The vote that says `wanted`: by points where points can say it, else directly.
fn vote(clause: &Value, wanted: Said, lists: &Lists, dice: &mut Dice) -> ScriptedVote {
    let note =
        if dice.roll(4) == 0 { format!("现场记录 {}", text(&clause["id"])) } else { String::new() };
    let empty = ScriptedVote { said: wanted, points: Vec::new(), direct: false, reason: "", note };
    match wanted {
        Said::Absent("recused") => ScriptedVote { note: String::new(), ..empty },
        Said::Absent(_) => ScriptedVote { reason: "现场说明", ..empty },
        Said::Grade(grade) => match points_for(clause, grade, lists).filter(|_| dice.roll(8) > 0) {
            Some(points) => ScriptedVote { points, ..empty },
            None => ScriptedVote { direct: true, reason: "综合判断", ..empty },
        },
    }
}

/// Values that make the first unmet level the one below which the grade lies; none if no point there can be missed.
fn points_for(clause: &Value, grade: char, lists: &Lists) -> Option<Vec<(String, String, String)>> {
    let failing = match grade {
        'D' => Some("C"),
        'C' => Some("B"),
        'B' => Some("A"),
        _ => None,
    };
    let mut values = Vec::new();
    let mut missed = false;
    for level in ["C", "B", "A"] {
        for point in clause["points"].as_array()?.iter().filter(|point| point["level"] == level) {
            let measure = &point["measure"];
            let unmet = if failing == Some(level) && !missed { unmet(measure, lists) } else { None };
            missed |= unmet.is_some();
            let value = unmet.unwrap_or_else(|| met(measure, lists));
            values.push((text(&point["id"]).to_owned(), text(&measure["kind"]).to_owned(), value));
        }
        if failing == Some(level) {
            return missed.then_some(values);
        }
    }
    Some(values)
}

fn met(measure: &Value, lists: &Lists) -> String {
    match text(&measure["kind"]) {
        "tick" => "yes".to_owned(),
        "ratio" if measure["at_most"].is_number() => format!("0/{}", sample(measure)),
        "ratio" => format!("{0}/{0}", sample(measure)),
        "number" if measure["min"].is_number() => measure["min"].to_string(),
        "number" if measure["max"].is_number() => measure["max"].to_string(),
        "number" => "1".to_owned(),
        "inventory" => states(measure, lists, "ok"),
        "count" => items(measure, lists).join(","),
        other => panic!("a measure that the script does not know: {other}"),
    }
}

/// Enough of a sample for the measure.
fn sample(measure: &Value) -> u64 {
    measure["min_sample"].as_u64().unwrap_or(0).max(20)
}

fn unmet(measure: &Value, lists: &Lists) -> Option<String> {
    let number = |key: &str| measure[key].as_f64();
    match text(&measure["kind"]) {
        "tick" => Some("no".to_owned()),
        "ratio" if number("at_least").is_some_and(|share| share > 0.0) => Some("0/20".to_owned()),
        "ratio" if number("at_most").is_some_and(|share| share < 1.0) => Some("20/20".to_owned()),
        "number" => number("min").map(|min| min - 1.0).or(number("max").map(|max| max + 1.0)).map(plain),
        "inventory" => Some(states(measure, lists, "missing")),
        "count" => {
            let below = usize::try_from(measure["items"].as_u64()?).ok()?.checked_sub(1)?;
            Some(items(measure, lists)[..below].join(","))
        }
        _ => None,
    }
}

fn plain(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn states(measure: &Value, lists: &Lists, state: &str) -> String {
    let states: Vec<String> = items(measure, lists).iter().map(|item| format!("{item}:{state}")).collect();
    states.join(",")
}

fn items(measure: &Value, lists: &Lists) -> Vec<String> {
    lists[text(&measure["list"])].clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

type Lists = BTreeMap<String, Vec<String>>;

/// The lists of all areas, and the clauses that may not be marked not applicable, straight from the files.
fn read_areas() -> (Lists, Vec<String>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixture/edition-2026.1/areas");
    let (mut lists, mut must_apply) = (Lists::new(), Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let area: toml::Table = toml::from_str(&text).unwrap();
        let of = |key: &str| area.get(key).and_then(toml::Value::as_array).into_iter().flatten();
        for list in of("list") {
            let ids =
                list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned());
            lists.insert(list["id"].as_str().unwrap().to_owned(), ids.collect());
        }
        let bound = of("clause")
            .filter(|clause| clause.get("must_apply").and_then(toml::Value::as_bool) == Some(true));
        must_apply.extend(bound.map(|clause| clause["id"].as_str().unwrap().to_owned()));
    }
    (lists, must_apply)
}
