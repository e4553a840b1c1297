//! One stick among five laptops, from the founding to the end, played as the program advises: whoever has the stick does what the
//! program says, and hands it to whom the program names. A plug is one visit of the stick at a laptop.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use crate::support::{
    Laptop, PANEL, new_folder,
    tiny::{CLAUSES, write_tiny_checklist},
};

/// Votes by member for the clauses of the tiny visit. The last one has too few for the rule: the lead decides it.
const VOTES: [[&str; 3]; 5] = [
    ["A", "B", "not-seen"],
    ["A", "B", "not-seen"],
    ["B", "B", "not-seen"],
    ["C", "B", "not-seen"],
    ["D", "B", "C"],
];

/// Who differs, and says so before signing.
const DISSENTS: usize = 4;

/// What a laptop was told.
#[derive(Debug)]
struct Advice {
    who: Vec<usize>,
    why: String,
}

/// Who does not do what the program waits for, and from when on.
#[derive(Debug, Clone, Copy)]
struct Lacks {
    member: usize,
    /// The step at which they are not there, and all that follow.
    from: &'static str,
}

/// The steps, in their order.
const STEPS: [&str; 9] = ["join", "admit", "seal", "close", "open", "decide", "sign", "finalize", "nothing"];

fn place(step: &str) -> usize {
    STEPS.iter().position(|it| *it == step).unwrap_or_else(|| panic!("{step} is no step of this play"))
}

struct Stick {
    root: PathBuf,
    laptops: Vec<Laptop>,
    at: usize,
    /// Whose laptop, and what for.
    plugs: Vec<(usize, String)>,
    lacks: Option<Lacks>,
    _folder: TempDir,
}

impl Stick {
    fn founded(more: &[&str], lacks: Option<Lacks>) -> Self {
        let folder = new_folder();
        let root = folder.path().to_owned();
        let laptops = (0..5).map(|n| Laptop::new(root.join(format!("home-{n}")))).collect();
        fs::create_dir(root.join("usb-0")).unwrap();
        let plugs = vec![(0, "found".to_owned())];
        let play = Self { root, laptops, at: 0, plugs, lacks, _folder: folder };
        write_tiny_checklist(&play.laptops[0].home);
        let file = play.file(0);
        let seats: Vec<String> = PANEL.iter().map(|name| format!("{name}:医疗:主任医师")).collect();
        let mut create = vec!["visit", "create", &file, "--facility", "某院", "--profile", "tiny"];
        create.extend(["--stage", "county", "--date", "2026-11-21", "--lead", &seats[0]]);
        create.extend(seats[1..].iter().flat_map(|seat| ["--member", seat]));
        create.extend(more);
        let told = play.laptops[0].ok(&create).out;
        assert!(told.contains("下一步："), "{told}");
        play
    }

    /// Where a laptop sees the file when the stick is in it.
    fn file(&self, member: usize) -> String {
        self.root.join(format!("usb-{member}")).join("visit.hecha").to_str().unwrap().to_owned()
    }

    /// Takes the stick out of one laptop and puts it into another one.
    fn hand_to(&mut self, member: usize, why: &str) {
        fs::rename(self.root.join(format!("usb-{}", self.at)), self.root.join(format!("usb-{member}")))
            .unwrap();
        self.at = member;
        self.plugs.push((member, why.to_owned()));
    }

    /// Runs a command on the laptop that has the stick.
    fn here(&self, arguments: &[&str]) {
        self.laptops[self.at].ok(arguments);
    }

    fn advice(&self) -> Advice {
        let file = self.file(self.at);
        let next = self.laptops[self.at].json(&["visit", "info", &file, "--json"])["next"].clone();
        let place =
            |name: &serde_json::Value| PANEL.iter().position(|it| Some(*it) == name.as_str()).unwrap();
        Advice {
            who: next["who"].as_array().unwrap().iter().map(place).collect(),
            why: next["why"].as_str().unwrap().to_owned(),
        }
    }

    fn is_there(&self, member: usize, why: &str) -> bool {
        self.lacks.is_none_or(|it| it.member != member || place(why) < place(it.from))
    }

    /// Plays to the end; gives how many plugs it took until the last signature, and in all.
    fn play(&mut self) -> (usize, usize) {
        let (mut signed, mut is_final) = (0, false);
        for _ in 0..60 {
            let advice = self.advice();
            // Who is not waited for does not hold up what comes after.
            // Nobody has scored when the codes are compared.
            let has_scored = |it: usize| {
                advice.why != "seal"
                    || it != self.at
                    || self.plugs.last().is_some_and(|(_, why)| why != "admit")
            };
            let is_there = |it: &usize| self.is_there(*it, &advice.why) && has_scored(*it);
            let there: Vec<usize> = advice.who.iter().copied().filter(is_there).collect();
            let (who, why) = match (advice.why.as_str(), there.first()) {
                ("nothing", _) => return (signed, self.plugs.len()),
                (why, Some(first)) => {
                    (if there.contains(&self.at) { self.at } else { *first }, why.to_owned())
                }
                ("seal", None) => (self.chair("close"), "close".to_owned()),
                ("sign", None) if is_final => return (signed, self.plugs.len()),
                ("sign", None) => (self.chair("finalize"), "finalize".to_owned()),
                (why, None) => panic!("nobody is there to {why}: {:?}", self.plugs),
            };
            if who != self.at {
                self.hand_to(who, &why);
                if why == "join" {
                    self.join();
                } else {
                    let file = self.file(self.at);
                    self.here(&["sync", &file]);
                }
                // What the stick brought may say otherwise.
                continue;
            }
            self.act(&why);
            is_final |= why == "finalize";
            if why == "sign" {
                signed = self.plugs.len();
            }
        }
        panic!("no end: {:?}", self.plugs)
    }

    /// The lead, or the deputy where the lead is not there.
    fn chair(&self, why: &str) -> usize {
        if self.is_there(0, why) { 0 } else { 4 }
    }

    fn join(&self) {
        let file = self.file(self.at);
        self.here(&["visit", "join", &file, "--name", PANEL[self.at]]);
    }

    /// Does what is asked of the laptop that has the stick.
    fn act(&self, why: &str) {
        let file = &self.file(self.at);
        match why {
            "sync" | "open" => self.here(&["sync", file]),
            "admit" => self.admit_all(),
            "seal" => {
                self.here(&["visit", "declare", file, "none"]);
                for (clause, vote) in CLAUSES.iter().zip(VOTES[self.at]) {
                    let how = if vote == "not-seen" { "--absent" } else { "--grade" };
                    self.here(&["score", file, clause, how, vote, "--reason", "现场所见"]);
                }
                self.here(&["submit", file, "--yes"]);
            }
            "close" => self.here(&["close", file, "--yes"]),
            // With one vote less there is no median of the first.
            "decide" => {
                for clause in [CLAUSES[0], CLAUSES[2]] {
                    self.here(&["decide", file, clause, "C", "--reason", "合议"]);
                }
            }
            "sign" => {
                if self.at == DISSENTS {
                    self.here(&["dissent", file, CLAUSES[0], "--text", "现场没有见到", "--minority"]);
                }
                self.here(&["sign", file, "--yes"]);
            }
            // Reasons for what holds nothing up are not written down.
            "finalize" => {
                let waived = ["parity", "panel", "undeclared", "no-quorum", "overruled"];
                let waived = waived.map(|it| format!("{it}=有人没有到场"));
                let waivers = waived.iter().flat_map(|it| ["--waive", it]);
                self.here(&["finalize", file, "--yes"].into_iter().chain(waivers).collect::<Vec<_>>());
            }
            other => panic!("{other} is not for the laptop that has the stick"),
        }
    }

    /// The lead types the codes that the others read from their screens, which need no stick for that.
    fn admit_all(&self) {
        let file = self.file(self.at);
        for (member, laptop) in self.laptops.iter().enumerate().filter(|(it, _)| *it != self.at) {
            let shown = laptop.run(&["visit", "code", &self.file(member)]).out;
            let code = shown.split("加入码：").nth(1).and_then(|rest| rest.split('（').next());
            if let Some(code) = code {
                self.here(&["visit", "admit", &file, code]);
            }
        }
    }
}

fn in_words(plugs: &[(usize, String)]) -> String {
    plugs.iter().map(|(member, why)| format!("{why} {member}")).collect::<Vec<_>>().join(", ")
}

/// Plugs to the last signature and in all.
fn plugs(more: &[&str], lacks: Option<Lacks>) -> ((usize, usize), String) {
    let mut stick = Stick::founded(more, lacks);
    let counts = stick.play();
    (counts, in_words(&stick.plugs))
}

const WITH_DEPUTY: [&str; 2] = ["--deputy", PANEL[4]];

#[test]
fn a_smooth_visit_takes_18_plugs_to_the_last_signature() {
    let (counts, played) = plugs(&[], None);
    // The lead comes once more than with a deputy: nobody else can make it final.
    assert_eq!(counts, (18, 19), "{played}");
}

#[test]
fn with_a_deputy_it_takes_17_and_the_last_signature_ends_it() {
    let (counts, played) = plugs(&WITH_DEPUTY, None);
    assert_eq!(counts, (17, 17), "{played}");
}

#[test]
fn who_leaves_after_sealing_or_never_seals_holds_nobody_up() {
    let (counts, played) = plugs(&[], Some(Lacks { member: 1, from: "open" }));
    assert_eq!(counts, (17, 18), "{played}");
    let (counts, played) = plugs(&[], Some(Lacks { member: 3, from: "seal" }));
    assert_eq!(counts, (16, 17), "{played}");
}

#[test]
fn where_the_leads_laptop_dies_the_deputy_goes_on() {
    let (counts, played) = plugs(&WITH_DEPUTY, Some(Lacks { member: 0, from: "close" }));
    assert_eq!(counts, (17, 18), "{played}");
}

#[test]
fn a_recused_lead_is_not_asked_to_decide() {
    let recused = [WITH_DEPUTY[0], WITH_DEPUTY[1], "--recuse", "林若安:*:曾任该院顾问"];
    let (counts, played) = plugs(&recused, None);
    assert!(played.contains("decide 4") && !played.contains("decide 0"), "{played}");
    assert_eq!(counts, (17, 17), "{played}");
}
