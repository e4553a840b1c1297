//! What binds: the attacks that once worked (votes read early, changed, voided or robbed of their right afterwards, seats
//! stolen, a lead locked out), told with the real program, and a panel that goes on without those who cannot or will not.

use std::{fs, path::Path, sync::OnceLock};

use hecha::share::{
    code::{base64, key::DeviceKey},
    file::commit::DraftBody,
};
use serde_json::{Value, json};
use tempfile::TempDir;

mod held_back;

use crate::support::{
    Laptop, PANEL, Panel, copy_folder, holds,
    insider::{self, Insider, device, ids, offer_of, slip_in},
};

/// What the five say on [`CLAUSE`], in roster order: the median is C.
const GRADES: [&str; 5] = ["B", "B", "C", "C", "D"];
const CLAUSE: &str = "TM-02";
const OTHER_CLAUSE: &str = "TM-03";

/// A copy of a panel whose five members are admitted and have scored two clauses; nobody has sealed.
fn scored() -> (TempDir, Panel) {
    static TEMPLATE: OnceLock<Panel> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let panel = Panel::small(5, &[]);
        panel.admit_all(5);
        for (laptop, grade) in panel.laptops.iter().zip(GRADES) {
            let score = |clause: &str, grade: &str| {
                laptop.ok(&["score", &panel.file, clause, "--grade", grade, "--reason", "现场所见"]);
            };
            score(CLAUSE, grade);
            score(OTHER_CLAUSE, "B");
        }
        panel.sync_all(5);
        panel
    });
    copied(template)
}

/// As [`scored`], and all five have sealed, and have everything.
fn sealed() -> (TempDir, Panel) {
    static TEMPLATE: OnceLock<(TempDir, Panel)> = OnceLock::new();
    let (_, template) = TEMPLATE.get_or_init(|| {
        let (folder, panel) = scored();
        submit(&panel, &[0, 1, 2, 3, 4]);
        panel.sync_all(5);
        panel.sync_all(5);
        (folder, panel)
    });
    copied(template)
}

/// As [`sealed`], and the lead has closed scoring; all ballots are open.
fn counted() -> (TempDir, Panel) {
    static TEMPLATE: OnceLock<(TempDir, Panel)> = OnceLock::new();
    let (_, template) = TEMPLATE.get_or_init(|| {
        let (folder, panel) = sealed();
        panel.close(5);
        (folder, panel)
    });
    copied(template)
}

fn copied(template: &Panel) -> (TempDir, Panel) {
    let folder = TempDir::new().unwrap();
    copy_folder(&template.root, folder.path());
    let panel = Panel::at(folder.path());
    (folder, panel)
}

fn submit(panel: &Panel, members: &[usize]) {
    for index in members {
        panel.laptops[*index].ok(&["submit", &panel.file, "--yes"]);
    }
}

fn sync(panel: &Panel, laptops: &[&Laptop]) {
    for laptop in laptops {
        laptop.ok(&["sync", &panel.file]);
    }
}

/// Who voted what on the clause, as a laptop tells it; only grades.
fn votes(panel: &Panel, laptop: &Laptop) -> Vec<(usize, String)> {
    let told = insider::votes(laptop, &panel.file, CLAUSE).into_iter();
    let told = told.filter_map(|(name, grade)| {
        Some((PANEL.iter().position(|it| *it == name)?, grade.as_str()?.to_owned()))
    });
    told.collect()
}

fn all_votes() -> Vec<(usize, String)> {
    GRADES.iter().enumerate().map(|(index, grade)| (index, (*grade).to_owned())).collect()
}

fn result(panel: &Panel, laptop: &Laptop) -> Value {
    laptop.json(&["result", &panel.file, "--json"])
}

fn clause(panel: &Panel, laptop: &Laptop) -> Value {
    let result = result(panel, laptop);
    result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == CLAUSE).unwrap().clone()
}

fn info(panel: &Panel, laptop: &Laptop) -> Value {
    laptop.json(&["visit", "info", &panel.file, "--json"])
}

fn member(panel: &Panel, laptop: &Laptop, index: usize) -> Value {
    info(panel, laptop)["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == PANEL[index])
        .unwrap()
        .clone()
}

fn ballot(panel: &Panel, laptop: &Laptop, index: usize) -> String {
    member(panel, laptop, index)["ballot"].as_str().unwrap().to_owned()
}

/// The report as JSON.
fn report(panel: &Panel, laptop: &Laptop) -> Value {
    let out = panel.root.join("report");
    let path = laptop.ok(&["report", &panel.file, "--format", "json", "--out", out.to_str().unwrap()]).out;
    serde_json::from_str(&fs::read_to_string(path.trim()).unwrap()).unwrap()
}

fn vote(grade: &str) -> Value {
    json!({"k": "vote", "c": CLAUSE, "v": {"grade": grade, "why": "事后"}})
}

/// Attack 1 (a43): two official commands, by a member or the lead, and one reads all others before scoring.
#[test]
fn nobody_reads_by_recusing_oneself_for_a_moment() {
    let (_folder, panel) = scored();
    let (file, lead, reader) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    submit(&panel, &[2, 3, 4]);
    sync(&panel, &[lead, reader]);
    let others = |laptop: &Laptop, own: usize| -> usize {
        votes(&panel, laptop).iter().filter(|(index, _)| *index != own).count()
    };
    reader.ok(&["visit", "declare", file, "配偶在该院", "--recuse", "*"]);
    assert_eq!(others(reader, 1), 0);
    reader.ok(&["visit", "declare", file, "none"]);
    assert_eq!(others(reader, 1), 0);
    lead.ok(&["visit", "recuse", file, PANEL[0], "*", "--reason", "回避"]);
    assert_eq!(others(lead, 0), 0);
    lead.ok(&["visit", "recuse", file, PANEL[0], "*", "--lift"]);
    assert_eq!(others(lead, 0), 0);
    lead.refuses(4, &["close", file, "--yes"]);
    // A lead who votes on nothing may close, and has no vote from then on, whatever is lifted.
    lead.ok(&["visit", "recuse", file, PANEL[0], "*", "--reason", "回避"]);
    lead.ok(&["close", file, "--yes"]);
    panel.sync_all(5);
    panel.sync_all(5);
    assert_eq!(others(lead, 0), 3);
    lead.run(&["visit", "recuse", file, PANEL[0], "*", "--lift"]);
    lead.refuses(1, &["score", file, CLAUSE, "--grade", "A"]);
    lead.run(&["submit", file, "--yes"]);
    lead.run(&["close", file, "--yes"]);
    panel.sync_all(5);
    panel.sync_all(5);
    let seen = votes(&panel, &panel.laptops[2]);
    assert!(seen.iter().all(|(index, _)| *index != 0), "the lead gave up the vote: {seen:?}");
    assert!(seen.iter().all(|(index, _)| *index != 1), "who had not sealed is not counted: {seen:?}");
}

/// Attack 2 (a7b): a second laptop that stayed offline comes with other votes when all is final and signed.
#[test]
fn a_second_laptop_changes_nothing_after_the_closing_nor_after_the_end() {
    let (_folder, panel) = scored();
    let (file, lead, member_laptop) = (panel.file.as_str(), panel.lead(), &panel.laptops[4]);
    let second = Laptop::new(panel.root.join("second"));
    let shown = member_laptop.ok(&["visit", "recovery", file]).out;
    let code = shown.split("--recovery ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    second.ok(&["visit", "join", file, "--name", PANEL[4], "--recovery", &code]);
    sync(&panel, &[lead]);
    let shown = second.ok(&["visit", "code", file]).out;
    let code = shown.split("加入码：").nth(1).unwrap().split('（').next().unwrap().to_owned();
    lead.ok(&["visit", "admit", file, &code]);
    sync(&panel, &[lead, member_laptop, &second]);
    // From here on the second laptop hears of nothing.
    submit(&panel, &[0, 1, 2, 3, 4]);
    panel.close(5);
    assert_eq!(votes(&panel, lead), all_votes());
    panel.end(&[1, 2, 3], lead);
    panel.sync_all(5);
    for laptop in &panel.laptops {
        laptop.ok(&["sync", file]);
        laptop.ok(&["sign", file, "--yes"]);
    }
    panel.sync_all(5);
    panel.sync_all(5);
    let before = (result(&panel, lead), report(&panel, lead)["record"].clone());

    let away = panel.root.join("away");
    fs::rename(panel.share(), &away).unwrap();
    second.ok(&["score", file, CLAUSE, "--grade", "A"]);
    assert!(second.ok(&["submit", file, "--yes"]).err.contains("还没有写入共享文件"));
    fs::rename(&away, panel.share()).unwrap();
    sync(&panel, &[&second]);
    panel.sync_all(5);
    panel.sync_all(5);
    for laptop in &panel.laptops {
        assert_eq!(result(&panel, laptop), before.0);
        let report = report(&panel, laptop);
        assert_eq!(report["record"], before.1);
        let signed = report["signatures"].as_array().unwrap();
        assert!(signed.iter().all(|it| it["signed"] == "valid"), "{signed:?}");
        assert_eq!(member(&panel, laptop, 4)["late"], 1, "what came too late is told");
    }
}

/// Attack 2 again: a seal that names a commit which does not exist for the others yet, to be brought or kept back when the
/// votes are read.
#[test]
fn a_seal_cannot_name_what_is_only_brought_after_the_opening() {
    let (_folder, panel) = scored();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    submit(&panel, &[0, 1, 2, 3]);
    sync(&panel, &[lead, &panel.laptops[4]]);
    // Beside the vote for D, on a branch of the own feed and on a device that nobody knows, one for A each.
    let n = Insider::on(&panel, 4).last.clone().unwrap().0;
    let (branch, on_branch) = Insider::on(&panel, 4).after(n - 1).next(vec![vote("A")]);
    let mut device = Insider::stranger(&panel, [9; 32]);
    device.seen = [Insider::on(&panel, 4).last.clone().unwrap().1].into();
    let key = device.key().public().to_text();
    let (elsewhere, on_device) =
        device.next(vec![json!({"k": "join", "name": PANEL[4], "key": key}), vote("A")]);
    let mut insider = Insider::on(&panel, 4);
    insider.slip_in(vec![json!({"k": "submit", "tips": [branch.as_str(), elsewhere.as_str()]})]);
    panel.close(5);
    assert_eq!(votes(&panel, lead), all_votes());
    assert!(lead.run(&["finalize", file, "--check"]).out.contains("incomplete"), "the lead is told");

    slip_in(&panel, &[on_branch, on_device]);
    sync(&panel, &[lead]);
    let waiting = info(&panel, lead)["waiting"].clone();
    assert_eq!(waiting[0]["name"], PANEL[4], "{waiting}");
    // Not even when the lead takes the device for the member's second laptop, and adds what came late.
    let admit = json!({"k": "admit", "feed": device.feed().as_str(), "name": PANEL[4]});
    Insider::on(&panel, 0).slip_in(vec![admit, json!({"k": "close", "tips": ids(lead)})]);
    panel.sync_all(5);
    panel.sync_all(5);
    for laptop in &panel.laptops[1..4] {
        assert_eq!(votes(&panel, laptop), all_votes());
        assert_eq!(ballot(&panel, laptop, 4), "counted");
    }
}

/// Attack 3 (a3): votes written with a program of one's own, after the closing and after the end.
#[test]
fn votes_written_after_the_closing_or_the_end_count_nowhere() {
    let (_folder, panel) = scored();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    submit(&panel, &[0, 1, 2, 3]);
    panel.close(5);
    let before = result(&panel, lead);
    assert_eq!(ballot(&panel, lead, 4), "left-out");
    // One who sealed, and one who did not: votes, a seal, a key, a seal that names everything there is.
    let attack = |panel: &Panel| {
        for index in [1, 4] {
            let mut insider = Insider::on(panel, index);
            let lines = [
                insider.next(vec![json!({"k": "unseal"}), vote("A")]).1,
                insider.next(vec![json!({"k": "submit", "tips": ids(panel.lead())})]).1,
                insider.next(vec![json!({"k": "key", "key": base64::encode(&[7; 32])})]).1,
            ];
            slip_in(panel, &lines);
            panel.laptops[index].ok(&["sync", &panel.file]);
        }
        panel.sync_all(5);
        panel.sync_all(5);
    };
    attack(&panel);
    for laptop in &panel.laptops {
        assert_eq!(result(&panel, laptop)["clauses"], before["clauses"]);
    }
    assert_eq!(member(&panel, lead, 1)["late"], 1);
    panel.end(&[1, 2, 3], lead);
    panel.sync_all(5);
    panel.sync_all(5);
    let (before, record) = (result(&panel, lead), report(&panel, lead)["record"].clone());
    attack(&panel);
    for laptop in &panel.laptops {
        assert_eq!(result(&panel, laptop), before);
        assert_eq!(report(&panel, laptop)["record"], record);
    }
    // The lead's own laptop refuses it by words.
    for command in [
        vec!["submit", file, "--yes"],
        vec!["unseal", file],
        vec!["vote", file, CLAUSE, "A"],
        vec!["close", file, "--yes"],
    ] {
        lead.refuses(1, &command);
    }
}

/// Attack 4 (a2): one junk commit of the member's own, before the closing, after it, after the end.
#[test]
fn junk_voids_no_ballot() {
    let (_folder, panel) = sealed();
    let lead = panel.lead();
    let junk = |panel: &Panel, seed: u8| {
        let mut insider = Insider::on(panel, 1);
        let sealed = insider.sign(DraftBody::Sealed(base64::encode(&[seed; 600]))).1;
        let open = insider
            .next(vec![vote("A"), json!({"k": "nonsense"}), json!({"k": "vote", "c": CLAUSE, "v": 7})])
            .1;
        slip_in(panel, &[sealed, open]);
        panel.laptops[1].ok(&["sync", &panel.file]);
        panel.sync_all(5);
    };
    junk(&panel, 1);
    panel.close(5);
    assert_eq!(votes(&panel, lead), all_votes());
    junk(&panel, 2);
    panel.sync_all(5);
    assert_eq!(votes(&panel, lead), all_votes());
    assert_eq!(ballot(&panel, lead, 1), "counted");
    panel.end(&[1, 2, 3], lead);
    panel.sync_all(5);
    panel.sync_all(5);
    let before = result(&panel, lead);
    junk(&panel, 3);
    panel.sync_all(5);
    for laptop in &panel.laptops {
        assert_eq!(result(&panel, laptop), before);
        assert_eq!(votes(&panel, laptop), all_votes());
    }
    assert!(member(&panel, lead, 1)["late"].as_u64().unwrap() > 0, "all of it is told");
}

/// Attack 7 (a1): a claim that says to be older than all others takes a seat that nobody has checked.
#[test]
fn a_claim_that_says_to_be_first_takes_no_seat() {
    let panel = Panel::settled(2);
    let (file, lead, honest) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    honest.ok(&["score", file, CLAUSE, "--grade", "A"]);
    honest.ok(&["submit", file, "--yes"]);
    sync(&panel, &[lead]);
    let devices = member(&panel, lead, 1)["devices"].clone();
    let mut thief = Insider::stranger(&panel, [5; 32]);
    thief.lamport = 0;
    let key = thief.key().public().to_text();
    let victim = device(honest).feed();
    let lines = [
        thief.next(vec![json!({"k": "join", "name": PANEL[1], "key": key}), vote("D")]).1,
        thief
            .next(vec![json!({"k": "device", "feed": victim.as_str()}), json!({"k": "submit", "tips": []})])
            .1,
    ];
    slip_in(&panel, &lines);
    lead.ok(&["submit", file, "--yes"]);
    panel.close(2);
    for laptop in [lead, honest] {
        let info = info(&panel, laptop);
        assert_eq!(info["waiting"][0]["device"], thief.feed().as_str());
        let seat = member(&panel, laptop, 1);
        assert_eq!((&seat["devices"], &seat["identity"]), (&devices, &json!("provisional")));
        assert_eq!(votes(&panel, laptop), [(1, "A".to_owned())]);
    }
}

/// As before, where the lead hears of both at once: nobody can tell who was first, so neither sits there, and one that names
/// the other as its own second laptop gains nothing by it.
#[test]
fn two_claims_at_once_wait_and_neither_takes_the_other_over() {
    let panel = Panel::small(1, &[]);
    let (file, lead, honest) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    honest.ok(&["visit", "join", file, "--name", PANEL[1]]);
    let victim = device(honest).feed();
    let mut thief = Insider::stranger(&panel, [5; 32]);
    let key = thief.key().public().to_text();
    let lines = [
        thief.next(vec![json!({"k": "join", "name": PANEL[1], "key": key})]).1,
        thief.next(vec![json!({"k": "device", "feed": victim.as_str()})]).1,
    ];
    slip_in(&panel, &lines);
    sync(&panel, &[lead, honest]);
    for laptop in [lead, honest] {
        assert_eq!(info(&panel, laptop)["waiting"].as_array().unwrap().len(), 2);
    }
    panel.admit(honest);
    sync(&panel, &[lead, honest]);
    let seat = member(&panel, lead, 1);
    assert_eq!((&seat["identity"], seat["devices"].as_array().unwrap().len()), (&json!("admitted"), 1));
    assert_eq!(seat["devices"][0]["device"], victim.as_str());
}

/// Attack 9 (a30): a deputy who says to have seen all that the lead will ever write.
#[test]
fn a_deputy_does_not_lock_the_lead_out_by_what_was_seen() {
    let (_folder, panel) = counted();
    let (file, lead, deputy) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    lead.ok(&["visit", "deputy", file, PANEL[1]]);
    sync(&panel, &[lead, deputy]);
    let mut insider = Insider::on(&panel, 1);
    insider.seen = ids(lead).iter().map(|id| id.as_str().into()).collect();
    insider.seen.extend((0..50_u8).map(|n| base64::encode(&[n; 32]).as_str().into()));
    insider.lamport = (1 << 53) - 1;
    let verdict = json!({"grade": "D", "why": "副组长说了算", "cites": []});
    insider.slip_in(vec![json!({"k": "verdict", "c": CLAUSE, "v": verdict})]);
    sync(&panel, &[lead, deputy]);
    assert_eq!(clause(&panel, lead)["verdict"], "D");
    lead.ok(&["decide", file, CLAUSE, "B", "--reason", "组长裁定"]);
    sync(&panel, &[lead, deputy, &panel.laptops[2]]);
    for laptop in [lead, deputy, &panel.laptops[2]] {
        let told = clause(&panel, laptop);
        assert_eq!((&told["verdict"], &told["reason"]), (&json!("B"), &json!("组长裁定")));
    }
}

/// Attack 24: rights changed when the votes are known. A recusal, a retirement, another division of the work, a seat given
/// to somebody else: none adds or takes away a vote.
#[test]
fn rights_stand_as_the_closing_found_them() {
    let (_folder, panel) = counted();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    let before = result(&panel, lead);
    let told = clause(&panel, lead);
    assert_eq!((&told["verdict"], &told["by"]), (&json!("C"), &json!("rule")));
    let unchanged = |what: &str| {
        panel.sync_all(5);
        panel.sync_all(5);
        for laptop in &panel.laptops {
            assert_eq!(result(&panel, laptop), before, "{what}");
        }
    };
    lead.ok(&["visit", "recuse", file, PANEL[2], CLAUSE, "--reason", "事后想起"]);
    lead.ok(&["visit", "recuse", file, PANEL[3], "*", "--reason", "事后想起"]);
    unchanged("recuse");
    let device = member(&panel, lead, 2)["devices"][0]["device"].as_str().unwrap().to_owned();
    lead.refuses(1, &["visit", "retire", file, &device, "--from-start"]);
    lead.ok(&["visit", "retire", file, &device]);
    unchanged("retire");
    lead.refuses(1, &["visit", "plan", file, "--apply"]);
    unchanged("plan");
    let feeds: Vec<String> =
        (1..5).map(|index| insider::device(&panel.laptops[index]).feed().to_string()).collect();
    let mut insider = Insider::on(&panel, 0);
    insider.slip_in(vec![
        json!({"k": "recuse", "name": PANEL[1], "c": CLAUSE, "reason": "事后"}),
        json!({"k": "recuse", "name": PANEL[4], "c": null, "reason": "事后"}),
        json!({"k": "retire", "feed": feeds[3], "n": 0}),
        json!({"k": "admit", "feed": feeds[0], "name": PANEL[4]}),
        json!({"k": "plan", "v": {"hours": "7", "documents": null, "by": []}}),
    ]);
    lead.ok(&["sync", file]);
    unchanged("all of it, by a program of the lead's own");
}

/// A guest's vote stays too, though the seat rests on the lead's word alone.
#[test]
fn a_guest_who_voted_is_not_seated_away() {
    let panel = Panel::settled(1);
    let (file, lead, guest) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    guest.ok(&["visit", "join", file, "--name", "吴听雨", "--field", "公共卫生", "--title", "副主任医师"]);
    sync(&panel, &[lead]);
    panel.admit(guest);
    sync(&panel, &[lead, guest]);
    guest.ok(&["score", file, CLAUSE, "--grade", "D", "--reason", "无资质"]);
    guest.ok(&["visit", "declare", file, "none"]);
    guest.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    panel.close(2);
    let before = result(&panel, lead);
    assert_eq!(clause(&panel, lead)["votes"]["D"], 1);
    let feed = device(guest).feed();
    Insider::on(&panel, 0).slip_in(vec![json!({"k": "admit", "feed": feed.as_str(), "name": PANEL[4]})]);
    panel.sync_all(2);
    panel.sync_all(2);
    assert_eq!(result(&panel, lead), before);
    let names: Vec<Value> =
        info(&panel, lead)["members"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert!(names.contains(&json!("吴听雨")), "{names:?}");
}

#[test]
fn who_never_seals_is_named_and_holds_up_nothing() {
    let (_folder, panel) = scored();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    submit(&panel, &[0, 1, 2, 3]);
    panel.close(5);
    assert_eq!(ballot(&panel, lead, 4), "left-out");
    assert_eq!(votes(&panel, lead), all_votes()[..4]);
    let check = lead.run(&["finalize", file, "--check"]).out;
    let named = check.lines().find(|line| line.contains("left-out")).unwrap_or_else(|| panic!("{check}"));
    assert!(named.contains(PANEL[4]), "{named}");
    panel.end(&[1, 2, 3], lead);
    assert_eq!(info(&panel, lead)["state"], "final");
}

/// Three of five laptops open what the other two sealed: one left, one gives nothing.
#[test]
fn a_member_who_left_after_sealing_is_counted_by_the_others_shares() {
    let (_folder, panel) = sealed();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    fs::remove_dir_all(&panel.laptops[4].home).unwrap();
    lead.ok(&["close", file, "--yes"]);
    sync(&panel, &[&panel.laptops[1]]);
    sync(&panel, &[lead]);
    assert_eq!(ballot(&panel, lead, 4), "unopened", "two shares are no majority");
    assert!(votes(&panel, lead).iter().all(|(index, _)| *index < 2));
    sync(&panel, &[&panel.laptops[2], lead, &panel.laptops[1]]);
    for laptop in [lead, &panel.laptops[1]] {
        assert_eq!(votes(&panel, laptop), all_votes(), "the fourth never came, the fifth is gone");
        assert_eq!(ballot(&panel, laptop, 4), "counted");
    }
}

/// One gives garbage for everybody, one gives nothing: the rest is a majority.
#[test]
fn garbage_and_withheld_shares_hide_no_ballot() {
    let (_folder, panel) = sealed();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    sync(&panel, &[lead]);
    let offers: Vec<(String, u8)> = (0..5)
        .filter(|index| *index != 4)
        .map(|index| {
            let offer = offer_of(&panel, index);
            let seat = offer.seats.iter().position(|seat| seat.name.as_str() == PANEL[4]).unwrap();
            (insider::offer_id(&panel, index), u8::try_from(seat + 1).unwrap())
        })
        .collect();
    lead.ok(&["close", file, "--yes"]);
    let mut insider = Insider::on(&panel, 4);
    let garbage = offers
        .iter()
        .map(|(id, number)| json!({"k": "share", "of": id, "i": number, "s": base64::encode(&[13; 32])}));
    // Also under the numbers of others, and for something that was never shared out.
    let more = [(offers[0].0.as_str(), 1), (offers[0].0.as_str(), 200), ("nowhere", 1)]
        .map(|(id, number)| json!({"k": "share", "of": id, "i": number, "s": base64::encode(&[14; 32])}));
    insider.slip_in(garbage.chain(more).collect());
    // The fourth keeps the share back; nobody's own key is needed, nor is the fifth's.
    sync(&panel, &[&panel.laptops[1], &panel.laptops[2], lead, &panel.laptops[1]]);
    for laptop in [lead, &panel.laptops[1]] {
        assert_eq!(votes(&panel, laptop), all_votes());
        let shares = info(&panel, laptop)["shares"].clone();
        let named: Vec<_> = (0..4)
            .map(|index| json!({"ballot": PANEL[index], "seat": PANEL[4], "gave": "garbage"}))
            .collect();
        let mut shares: Vec<Value> = shares.as_array().unwrap().clone();
        shares.sort_by_key(|it| PANEL.iter().position(|name| it["ballot"] == *name));
        assert_eq!(shares, named, "who kept a share back where a majority gave theirs is not told");
        let said = laptop.ok(&["visit", "info", file]).out;
        assert!(
            said.contains(&format!("{} 的电脑交出的不是 {} 评分包的密钥份额", PANEL[4], PANEL[1])),
            "{said}"
        );
    }
}

#[test]
fn a_deputy_goes_on_where_the_leads_laptop_is_dead() {
    let (_folder, panel) = scored();
    let (file, lead, deputy) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    lead.ok(&["visit", "deputy", file, PANEL[1]]);
    submit(&panel, &[0, 1, 2, 3, 4]);
    panel.sync_all(5);
    panel.sync_all(5);
    fs::remove_dir_all(&lead.home).unwrap();
    deputy.ok(&["close", file, "--yes"]);
    for _ in 0..2 {
        sync(&panel, &[&panel.laptops[2], &panel.laptops[3], &panel.laptops[4], deputy]);
    }
    assert_eq!(votes(&panel, deputy), all_votes(), "the lead's ballot too");
    deputy.ok(&["decide", file, CLAUSE, "B", "--reason", "合议"]);
    panel.end(&[1, 2, 3], deputy);
    sync(&panel, &[&panel.laptops[2]]);
    let other = &panel.laptops[2];
    assert_eq!(info(&panel, other)["state"], "final");
    assert_eq!(clause(&panel, other)["verdict"], "B");
    other.ok(&["sign", file, "--yes"]);
}

#[test]
fn a_late_seal_counts_by_a_supplementary_closing_and_stays_marked() {
    let (_folder, panel) = scored();
    let (file, lead, late) = (panel.file.as_str(), panel.lead(), &panel.laptops[4]);
    submit(&panel, &[0, 1, 2, 3]);
    panel.close(4);
    late.ok(&["submit", file, "--yes"]);
    panel.sync_all(5);
    assert_eq!(ballot(&panel, lead, 4), "left-out", "not before the lead says so");
    assert_eq!(votes(&panel, lead), all_votes()[..4]);
    let agreement = lead.json(&["agreement", file, "--json"]);
    panel.close(5);
    for laptop in &panel.laptops {
        assert_eq!(ballot(&panel, laptop, 4), "late");
        assert_eq!(votes(&panel, laptop), all_votes());
    }
    let since = lead.json(&["agreement", file, "--json"]);
    assert!(agreement["percent_agreement"].is_number(), "{agreement}");
    for told in ["percent_agreement", "gwet_ac1", "alpha_ordinal"] {
        assert_eq!(since[told], agreement[told], "of the ballots in time: {told}");
    }
    panel.end(&[1, 2, 3], lead);
    panel.sync_all(5);
    panel.sync_all(5);
    assert_eq!(ballot(&panel, late, 4), "late", "for ever");
    // What was scored only when the votes were open is refused before it is sealed.
    late.refuses(1, &["score", file, CLAUSE, "--grade", "A"]);
}

#[test]
fn what_is_sealed_again_counts_under_its_new_key() {
    let (_folder, panel) = sealed();
    let (file, member_laptop) = (panel.file.as_str(), &panel.laptops[4]);
    let first = offer_of(&panel, 4);
    member_laptop.ok(&["unseal", file]);
    member_laptop.ok(&["score", file, CLAUSE, "--grade", "A"]);
    member_laptop.ok(&["submit", file, "--yes"]);
    let second = offer_of(&panel, 4);
    assert_ne!(first.commitment, second.commitment);
    panel.close(5);
    let mut expected = all_votes();
    expected[4].1 = "A".to_owned();
    for laptop in &panel.laptops {
        assert_eq!(votes(&panel, laptop), expected);
        assert_eq!(ballot(&panel, laptop, 4), "counted");
    }
    member_laptop.refuses(1, &["unseal", file]);
}

#[test]
fn a_seal_made_before_the_lead_admitted_anybody_is_opened_by_its_owner() {
    let panel = Panel::settled(3);
    let (file, lead, owner) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    for laptop in panel.laptops.iter().take(3) {
        laptop.ok(&["score", file, CLAUSE, "--grade", "B"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    assert!(!holds(Path::new(file), br#""k":"shares""#), "there is nobody to share it out to");
    lead.ok(&["sync", file]);
    lead.ok(&["close", file, "--yes"]);
    sync(&panel, &[&panel.laptops[2], lead]);
    assert_eq!([1, 2].map(|index| ballot(&panel, lead, index)), ["unopened", "counted"]);
    assert_eq!(votes(&panel, lead).len(), 2, "the result goes on without it");
    sync(&panel, &[owner, lead]);
    assert_eq!(ballot(&panel, lead, 1), "counted");
    assert_eq!(votes(&panel, lead).len(), 3);
}

/// The own laptop shares out anew when the lead has admitted the others, without anybody pressing a key.
#[test]
fn an_admission_after_the_seal_is_answered_with_shares() {
    let panel = Panel::settled(3);
    let (file, lead, owner) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    for laptop in panel.laptops.iter().take(3) {
        laptop.ok(&["score", file, CLAUSE, "--grade", "B"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.admit_all(3);
    let offer = offer_of(&panel, 1);
    assert_eq!((offer.need, offer.seats.len()), (3, 3), "of five seats three are admitted");
    fs::remove_dir_all(&owner.home).unwrap();
    lead.ok(&["close", file, "--yes"]);
    sync(&panel, &[&panel.laptops[2], lead]);
    assert_eq!(ballot(&panel, lead, 1), "unopened", "three of three are needed, and one is gone");
}

#[test]
fn where_the_lead_is_recused_a_deputy_decides() {
    let (_folder, panel) = scored();
    let (file, lead, deputy) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    lead.ok(&["visit", "deputy", file, PANEL[1]]);
    lead.ok(&["visit", "declare", file, "亲属在该科", "--recuse", CLAUSE]);
    submit(&panel, &[0, 1, 2, 3, 4]);
    panel.close(5);
    lead.refuses(1, &["decide", file, CLAUSE, "A", "--reason", "组长裁定"]);
    let verdict = json!({"grade": "A", "why": "组长裁定", "cites": []});
    Insider::on(&panel, 0).slip_in(vec![json!({"k": "verdict", "c": CLAUSE, "v": verdict})]);
    panel.sync_all(5);
    panel.sync_all(5);
    let other = &panel.laptops[2];
    assert_ne!(clause(&panel, other)["verdict"], "A", "nor with a program of one's own");
    deputy.ok(&["decide", file, CLAUSE, "C", "--reason", "副组长裁定"]);
    panel.sync_all(5);
    panel.sync_all(5);
    let told = clause(&panel, other);
    assert_eq!((&told["verdict"], &told["reason"]), (&json!("C"), &json!("副组长裁定")));
}

/// What the discussion changed is voted on in the clear, beside the ballots, which stay.
#[test]
fn votes_in_the_clear_stand_beside_the_ballots() {
    let (_folder, panel) = counted();
    let (file, lead) = (panel.file.as_str(), panel.lead());
    let agreement = lead.json(&["agreement", file, "--json"]);
    for laptop in &panel.laptops {
        laptop.ok(&["vote", file, CLAUSE, "B", "--reason", "合议后一致"]);
    }
    panel.sync_all(5);
    panel.sync_all(5);
    for laptop in &panel.laptops {
        assert_eq!(votes(&panel, laptop), all_votes());
        assert_eq!(clause(&panel, laptop)["verdict"], "C", "the rule goes by the ballots");
    }
    assert_eq!(lead.json(&["agreement", file, "--json"]), agreement);
    lead.ok(&["decide", file, CLAUSE, "B", "--reason", "合议表决"]);
    sync(&panel, &[lead, &panel.laptops[1]]);
    assert_eq!(clause(&panel, &panel.laptops[1])["verdict"], "B");
}

/// A key that is not an admitted device's is nobody's, whatever it signs.
#[test]
fn a_stranger_writes_nothing_that_counts() {
    let (_folder, panel) = sealed();
    let mut stranger = Insider::stranger(&panel, [3; 32]);
    let key = DeviceKey::from_bytes(&[3; 32]).public().to_text();
    let everything = ids(panel.lead());
    let lines = [
        stranger.next(vec![json!({"k": "join", "name": "路人", "key": key})]).1,
        stranger.next(vec![json!({"k": "close", "tips": everything}), vote("D")]).1,
        stranger
            .next(vec![json!({"k": "final", "tips": everything, "opened": [], "waivers": [], "h": base64::encode(&[0; 32])})])
            .1,
    ];
    slip_in(&panel, &lines);
    panel.sync_all(5);
    assert_eq!(info(&panel, panel.lead())["state"], "scoring");
    panel.close(5);
    assert_eq!(votes(&panel, panel.lead()), all_votes());
}
