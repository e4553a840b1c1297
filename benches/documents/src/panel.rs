//! The contender hecha: nine laptops and one shared file, through the same calls as the program makes.

use std::{
    cell::Cell,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use hecha::{app::{deed::Deed, failure::Failure, fsck::{fsck, Fsck}, home::Home, session::Session, visit::{founding::{found, FoundingRequest}, joining::{join, look, JoinRequest}, roster::parse_member}}, domain::{edit::{Choice, Edit, Stand}, facility::Stage, terms::lang::Lang}};

use crate::edits::{BATCH, BEHIND, GradeGiven, MEMBERS, N_CLAUSES, batches, clause_id};

/// The member whose laptop is behind. Not the lead, who would answer with a receipt and so write the file.
const LATE: usize = 8;

/// A folder in which everything was prepared.
pub struct Panel {
    root: PathBuf,
    n_copies: Cell<usize>,
}

/// A laptop of its own with a shared file of its own, for one measurement.
pub struct Laptop {
    home: Home,
    /// Its shared file.
    pub file: PathBuf,
}

impl Panel {
    /// The visit as played, or one that was played into this folder before.
    pub fn prepare(root: &Path) -> Self {
        let panel = Self { root: root.to_owned(), n_copies: Cell::new(0) };
        if panel.done().exists() { panel } else { Self::play(root) }
    }

    /// What is written last.
    fn done(&self) -> PathBuf {
        self.root.join("done")
    }

    /// Nine members, whom the lead has admitted, grade everything and sync after every batch; then all submit, the lead closes
    /// scoring, and everybody's laptop gives what opens the ballots.
    fn play(root: &Path) -> Self {
        let panel = Self { root: root.to_owned(), n_copies: Cell::new(0) };
        fs::create_dir_all(root.join("share")).unwrap();
        write_checklist(&panel.home(0));
        let mut sessions: Vec<Session> = MEMBERS
            .iter()
            .enumerate()
            .map(|(index, name)| match index {
                0 => must(found(&home_at(&panel.home(0)), founding(&panel.file()), None)),
                _ => must(join(&home_at(&panel.home(index)), &panel.file(), &JoinRequest::named(name))),
            })
            .collect();
        admit_all(&mut sessions);
        fs::copy(panel.file(), root.join("joined.hecha")).unwrap();
        let all: Vec<_> = (0..MEMBERS.len()).map(batches).collect();
        // The late laptop's own edits come first, so that it lacks nothing but the others' last ones.
        let turns: Vec<(usize, &Vec<GradeGiven>)> = all[LATE]
            .iter()
            .map(|batch| (LATE, batch))
            .chain((0..all[0].len()).flat_map(|round| {
                all.iter().enumerate().take(LATE).map(move |(member, batches)| (member, &batches[round]))
            }))
            .collect();
        let (early, last) = turns.split_at(turns.len() - BEHIND / BATCH);
        let play = |sessions: &mut Vec<Session>, turns: &[(usize, &Vec<GradeGiven>)]| {
            for (member, batch) in turns {
                must(sessions[*member].perform(Deed::Record(batch.iter().map(edit).collect())));
                must(sessions[*member].sync());
            }
        };
        play(&mut sessions, early);
        must(sessions[LATE].sync());
        sessions.truncate(LATE);
        copy(&panel.home(LATE), &root.join("late-home"));
        play(&mut sessions, last);
        fs::copy(panel.file(), root.join("scored.hecha")).unwrap();
        sessions.push(must(Session::open(&home_at(&panel.home(LATE)), &panel.file())));
        for session in &mut sessions {
            must(session.sync());
            must(session.perform(Deed::Submit));
            must(session.sync());
        }
        // A closing record names the seals that its author has.
        must(sessions[0].sync());
        must(sessions[0].perform(Deed::Close));
        // Whoever sees that scoring is closed gives the shares that open the ballots; in the second round everybody has them.
        for _ in 0..2 {
            for session in &mut sessions {
                must(session.sync());
            }
        }
        must(sessions[0].sync());
        fs::write(panel.done(), "").unwrap();
        panel
    }

    fn home(&self, member: usize) -> PathBuf {
        self.root.join(format!("home-{member}"))
    }

    /// The shared file with all ballots open.
    pub fn file(&self) -> PathBuf {
        self.root.join("share/visit.hecha")
    }

    /// Bytes of the shared file: before anybody scored, sealed, and with all ballots open.
    pub fn sizes(&self) -> [u64; 3] {
        [self.root.join("joined.hecha"), self.root.join("scored.hecha"), self.file()]
            .map(|path| fs::metadata(path).unwrap().len())
    }

    /// A laptop that has never seen the visit, beside the complete file.
    pub fn new_laptop(&self) -> Laptop {
        self.laptop(None, &self.file())
    }

    /// A member's laptop that lacks the last edits of the others, beside the file that has them.
    pub fn late_laptop(&self) -> Laptop {
        self.laptop(Some(&self.root.join("late-home")), &self.root.join("scored.hecha"))
    }

    /// The lead's laptop, which has everything.
    pub fn lead(&self) -> Laptop {
        self.laptop(Some(&self.home(0)), &self.file())
    }

    fn laptop(&self, home: Option<&Path>, file: &Path) -> Laptop {
        self.n_copies.set(self.n_copies.get() + 1);
        let root = self.root.join(format!("copy-{}", self.n_copies.get()));
        // What a run that was broken off left over.
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("share")).unwrap();
        if let Some(home) = home {
            copy(home, &root.join("home"));
        }
        fs::copy(file, root.join("share/visit.hecha")).unwrap();
        Laptop { home: home_at(&root.join("home")), file: root.join("share/visit.hecha") }
    }
}

impl Laptop {
    /// Reads, verifies and folds the whole file.
    pub fn import(&self) -> Session {
        must(look(&self.home, &self.file, None))
    }

    /// The same, stored; and joins, as a second laptop that waits for the lead.
    pub fn join(&self) -> Session {
        must(join(&self.home, &self.file, &JoinRequest::named(MEMBERS[LATE])))
    }

    /// Opens the visit from the store.
    pub fn open(&self) -> Session {
        must(Session::open(&self.home, &self.file))
    }

    /// Checks the file.
    pub fn check(&self) -> Fsck {
        must(fsck(&self.home, &self.file, Lang::Zh))
    }

    /// Removes what was prepared for it.
    pub fn remove(self) {
        fs::remove_dir_all(self.file.parent().unwrap().parent().unwrap()).unwrap();
    }
}

/// The lead compares everybody's code and admits the laptop, so that there are shares of the ballots' keys, as there should be.
fn admit_all(sessions: &mut [Session]) {
    let (lead, others) = sessions.split_first_mut().unwrap();
    must(lead.sync());
    for session in others {
        let code = must(session.join_code()).unwrap();
        must(lead.perform(Deed::Admit(code.typed())));
    }
    must(lead.sync());
}

/// Edits of a member that come on top of all others: a fourth look at the first clauses.
pub fn record_more(session: &mut Session) {
    let again = batches(LATE).into_iter().flatten().take(BEHIND);
    must(session.perform(Deed::Record(again.map(|given| edit(&given)).collect())));
}

/// How many votes of a visit can be read.
pub fn n_votes(session: &Session) -> usize {
    let visit = session.visit();
    let stands = |state: &hecha::domain::visit::MemberState| {
        visit.clauses().filter(|clause| state.ballot.stand(clause.id.as_str()).is_some()).count()
    };
    visit.members.iter().map(stands).sum()
}

/// What a call of the program gives, if it succeeds.
pub fn must<T>(done: Result<T, Failure>) -> T {
    done.unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn edit(given: &GradeGiven) -> Edit {
    let choice = Choice::Grade(given.grade.parse().unwrap());
    let value = Some(Stand { choice, reason: given.reason.parse().unwrap() });
    Edit::Vote { clause: given.clause.as_str().into(), value }
}

fn home_at(path: &Path) -> Home {
    must(Home::choose(Some(path.to_owned())))
}

fn founding(file: &Path) -> FoundingRequest {
    let mut roster = MEMBERS.iter().map(|name| must(parse_member(&format!("{name}:医疗:主任医师"))));
    FoundingRequest {
        file: file.to_owned(),
        facility: "青禾镇中心卫生院（虚构）".to_owned(),
        profile: "large".to_owned(),
        stage: Stage::County,
        date: "2026-11-21".parse().unwrap(),
        lookback: None,
        lead: roster.next().unwrap(),
        members: roster.collect(),
        recusals: Vec::new(),
        draw: None,
        mandate: Default::default(),
    }
}

/// A checklist of 500 clauses with two points each, where the program looks for the user's own.
fn write_checklist(home: &Path) {
    let mut area = AREA.to_owned();
    for index in 0..N_CLAUSES {
        write!(area, "{}", CLAUSE.replace("CL-000", &clause_id(index))).unwrap();
    }
    for (kind, name, text) in [("areas", "large.toml", area.as_str()), ("profiles", "large.toml", PROFILE)] {
        let folder = home.join("checklists").join(kind);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

const AREA: &str = r#"
[area]
id = "large"
title = "五百条"
title_en = "Five hundred clauses"
edition = "1"
status = "unofficial"
"#;

const CLAUSE: &str = r#"
[[clause]]
id = "CL-000"
title = "条款 CL-000"
title_en = "Clause CL-000"
applies_to = ["township"]
fields = ["医疗"]
methods = ["document"]
place = "档案室"

[[clause.point]]
id = "C1"
level = "C"
text = "有制度、有记录，人员知晓"
text_en = "There are rules and records, and staff know them"
measure = { kind = "tick" }
source = "default"

[[clause.point]]
id = "B1"
level = "B"
text = "人员操作合格"
text_en = "Staff pass the skill test"
measure = { kind = "ratio", at_least = 0.95, numerator = "合格人数", numerator_en = "passed", denominator = "抽考人数", denominator_en = "tested", source = "default" }
source = "default"
"#;

const PROFILE: &str = r#"
[profile]
id = "large"
title = "大方案"
title_en = "Large"
edition = "1"
status = "unofficial"
facility = "township"
areas = ["large"]
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
