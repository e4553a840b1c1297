//! The passphrase of an encrypted visit, on screen: opening, joining, unlocking, setting, founding.

use std::{path::PathBuf, sync::mpsc};

use ratatui::{
    Terminal,
    backend::{Backend, TestBackend},
};

use crate::{
    app::{
        deed::Deed,
        failure::{Exit, Failure, Trouble},
        home::Home,
        visit::{joining::JoinRequest, passphrase::Lock},
    },
    domain::terms::lang::{Lang, Text},
    tui::{
        desk::effect::{Effect, Msg, Occasion, Snapshot, Synced},
        drive::{model::Model, update::update, view::view, worker},
        fixture::{MEMBERS, after, founding_request, fresh_visit, opened, press, program, snapshot, synced},
        keys::context::Context,
        snapshot_tests::{check, shows},
    },
};

const FILE: &str = "/visits/青禾.hecha";
const WORDS: &str = "松木 纸船 四月";

fn with_lock(lock: Lock, member: usize) -> Model {
    let mut model = program(Lang::Zh, (80, 24));
    let snapshot = Snapshot { lock, ..*snapshot(fresh_visit(), member) };
    update(&mut model, Msg::Opened(Ok(Box::new(snapshot))));
    model
}

fn locked() -> Failure {
    let text = || Text::new("打不开加密的 青禾.hecha", "Cannot open the encrypted 青禾.hecha");
    Failure { trouble: Trouble::Locked, ..Failure::new(Exit::Fixable, text(), text(), text()) }
}

fn wrong() -> Failure {
    Failure { trouble: Trouble::NeedsPerson, ..locked() }
}

fn asked_to_open() -> Model {
    let mut model = program(Lang::Zh, (80, 24));
    press(&mut model, &format!("3{FILE}<Enter>"));
    update(&mut model, Msg::Locked(FILE.into()));
    model
}

fn drawn(model: &Model) -> (String, u16) {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
    let x = terminal.backend_mut().get_cursor_position().unwrap().x;
    (terminal.backend().to_string(), x)
}

#[test]
fn a_file_that_wants_its_passphrase_gets_it_and_a_wrong_one_can_be_mended() {
    let mut model = asked_to_open();
    assert!(model.toast.is_empty(), "nothing is being opened any more");
    press(&mut model, "松木");
    update(&mut model, Msg::Paste(" 纸船 四月x\n".to_owned()));
    let effects = press(&mut model, "<Enter><Enter>");
    assert!(
        matches!(&effects[..], [Effect::OpenLocked(file, text)] if file == &PathBuf::from(FILE) && text == "松木纸船 四月x"),
        "one try at a time: {effects:?}"
    );
    update(&mut model, Msg::Opened(Err(wrong())));
    assert!(model.open_dialogs() == ["PassphraseDialog", "FailureDialog"], "it lies over the form");
    let effects = press(&mut model, "<Esc><Left> <Home><Right><Right> <End><Left><Del><Enter>");
    assert!(
        matches!(&effects[..], [Effect::OpenLocked(_, text)] if text == "松木 纸船 四月 "),
        "{effects:?}"
    );
    let unjoined = Snapshot { me: None, exchanges: false, lock: Lock::Held, ..*snapshot(fresh_visit(), 1) };
    update(&mut model, Msg::Opened(Ok(Box::new(unjoined))));
    assert!(model.open_dialogs() == ["JoinDialog"], "the roster is next");
}

#[test]
fn nobody_reads_it_over_a_shoulder_unless_it_is_shown_and_the_cursor_stays_at_the_caret() {
    let mut model = asked_to_open();
    let (_, empty) = drawn(&model);
    press(&mut model, "a松b纸");
    let (hidden, at) = drawn(&model);
    assert!(hidden.contains("******") && !hidden.contains('松'), "{hidden}");
    assert_eq!(at, empty + 6);
    press(&mut model, "<Left><C-e>");
    let (shown, at) = drawn(&model);
    assert!(shown.contains("a松"), "{shown}");
    assert_eq!(at, empty + 4);
    press(&mut model, "<C-e>");
    assert_eq!(drawn(&model).1, empty + 4);
    assert!(press(&mut asked_to_open(), "<Enter>").is_empty(), "an empty one is not tried");
}

#[test]
fn a_member_whose_sync_fails_for_it_gives_it_from_the_failure_and_syncs() {
    let mut model = opened(fresh_visit(), 1);
    press(&mut model, "<C-s>");
    update(&mut model, synced(Err(locked())));
    assert!(model.open_dialogs() == ["FailureDialog"] && model.context() == Context::Locked);
    let effects = press(&mut model, &format!("1{WORDS}<Enter>"));
    assert!(matches!(&effects[..], [Effect::Do(Deed::Unlock(text))] if text == WORDS), "{effects:?}");
    assert!(update(&mut model, Msg::SyncDue).is_empty(), "no sync while the key comes");
    update(&mut model, Msg::Keyed(FILE.into(), Err(wrong())));
    assert!(model.open_dialogs() == ["PassphraseDialog", "FailureDialog"]);
    let effects = press(&mut model, "<Esc>x<Enter>");
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Unlock(text))] if text == &format!("{WORDS}x")),
        "{effects:?}"
    );
    let elsewhere = update(&mut model, Msg::Keyed("/other.hecha".into(), Ok(())));
    assert!(elsewhere.is_empty() && model.dialogs.len() == 1, "an answer about a visit that was left");
    let effects = update(&mut model, Msg::Keyed(FILE.into(), Ok(())));
    assert!(matches!(effects[..], [Effect::Reload, Effect::Sync]), "{effects:?}");
    assert!(model.dialogs.is_empty());
}

#[test]
fn the_command_gives_or_sets_it_as_the_laptop_stands() {
    let mut waiting = with_lock(Lock::Asks, 1);
    press(&mut waiting, ":口令<Enter>");
    assert!(matches!(press(&mut waiting, "x<Enter>")[..], [Effect::Do(Deed::Unlock(_))]));
    for lock in [Lock::Open, Lock::Held] {
        let member = after(with_lock(lock, 1), "<C-x>");
        assert!(member.dialogs.is_empty() && !member.toast.is_empty(), "{lock:?}: the lead sets it");
        let mut lead = after(with_lock(lock, 0), "<C-x>");
        assert!(press(&mut lead, &format!("{WORDS}<Enter>松木<Enter>")).is_empty(), "they differ");
        let effects = press(&mut lead, " 纸船 四月<Enter>");
        assert!(
            matches!(&effects[..], [Effect::Do(Deed::SetPassphrase(text))] if text == WORDS),
            "{effects:?}"
        );
        let effects = update(&mut lead, Msg::Keyed(FILE.into(), Ok(())));
        assert!(matches!(effects[..], [Effect::Reload, Effect::Sync]), "{effects:?}");
    }
    let mut lead = with_lock(Lock::Asks, 0);
    assert!(
        matches!(press(&mut lead, "<C-x>x<Enter>")[..], [Effect::Do(Deed::Unlock(_))]),
        "a recovered laptop"
    );
}

#[test]
fn it_waits_for_a_sync_that_began_without_the_key() {
    let mut lead = with_lock(Lock::Open, 0);
    update(&mut lead, Msg::SyncDue);
    let keys = format!("<C-x>{WORDS}<Enter>{WORDS}<Enter>");
    assert!(press(&mut lead, &keys).is_empty() && !lead.toast.is_empty());
    update(&mut lead, synced(Ok(Default::default())));
    assert!(matches!(press(&mut lead, "<Enter>")[..], [Effect::Do(Deed::SetPassphrase(_))]));
}

#[test]
fn a_visit_is_founded_with_it_if_both_fields_agree() {
    let mut model = program(Lang::Zh, (80, 24));
    press(&mut model, "2");
    update(&mut model, Msg::Profiles(Ok(vec![("township".into(), Default::default())])));
    let form = "/usb/青禾<Down><Down>青禾镇卫生院<Down><Down><Down><Down>2026-09-01<Down><Down>赵敏 医疗 主任医师<C-n><Down>";
    assert!(press(&mut model, &format!("{form}{WORDS}<Down>松木<F12>")).is_empty(), "they differ");
    let effects = press(&mut model, " 纸船 四月<F12>");
    assert!(
        matches!(&effects[..], [Effect::Found(_, Some(text)), Effect::ShowCodes(Occasion::New)] if text == WORDS),
        "{effects:?}"
    );
}

#[test]
fn a_passphrase_that_is_asked_for_and_one_that_is_set() {
    check("passphrase_open", after(asked_to_open(), "松木zc"));
    check("passphrase_set", after(with_lock(Lock::Open, 0), "<C-x>松木纸船<Enter>松木<Enter>"));
}

#[test]
fn each_form_of_a_passphrase_says_what_it_is_for() {
    let mut unlock = after(with_lock(Lock::Asks, 1), "<C-x>松木<C-e>");
    shows(&mut unlock, "+ 共享文件的口令 -", "+ Passphrase of the shared file -");
    shows(&mut unlock, "| 组长给共享文件设了口令。", "| The lead gave the shared file a passphrase.");
    shows(&mut unlock, "| > 口令 松木", "| > Passphrase 松木");
    let mut change = after(with_lock(Lock::Held, 0), "<F6><C-x>松木纸船");
    shows(&mut change, "+ 更换口令 -", "+ Change the passphrase -");
    shows(
        &mut change,
        "| 换口令后，已给过口令的组员不受影响；以后加入的用新口令。旧口令 |",
        "| Members who gave the old one notice nothing; whoever joins     |",
    );
    shows(&mut change, "| > 口令     ********", "| > Passphrase ********");
    shows(
        after(with_lock(Lock::Held, 0), "<F6>"),
        "\n   共享文件已加密\n",
        "\n   The shared file is encrypted\n",
    );
    let model = after(program(Lang::Zh, (80, 24)), "2/usb/青禾");
    let mut found = after(model, &format!("{}松木纸船", "<Down>".repeat(13)));
    shows(&mut found, "| > 口令        ********", "| > Passphrase      ********");
    shows(
        &mut found,
        "| 可以空着：不加密。至少 4 个汉字",
        "| May stay empty: not encrypted. At least 12 letters",
    );
}

#[test]
fn a_laptop_without_the_passphrase_is_told_so_in_the_banner_the_status_line_and_the_failure() {
    let mut failed = with_lock(Lock::Asks, 1);
    press(&mut failed, "<C-s>");
    update(&mut failed, synced(Err(locked())));
    let told = [
        (
            " ! 共享文件设了口令，本机还没有给过，不能同步 (Ctrl-x 输入口令)\n",
            " ! No syncing: the passphrase is missing here (Ctrl-x give it)\n",
        ),
        ("怎么办: 向组长要口令，然后按 1", "What to do: Ask the lead for the passphrase, then press 1"),
        ("| 须给口令 Ctrl-x\n", "| passphrase: Ctrl-x\n"),
        ("\n 1 输入口令  回车 确定", "\n 1 passphrase  Enter ok"),
    ];
    for (zh, en) in told {
        shows(&mut failed, zh, en);
    }
}

#[test]
fn encrypted_visits_are_opened_joined_and_unlocked_through_the_worker() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("青禾.hecha");
    let laptop = |name: &str| {
        let home = Home::choose(Some(dir.path().join(name))).unwrap();
        let (sender, answers) = mpsc::channel();
        let (effects, _) = worker::start(home, Lang::Zh, move |msg| {
            let _ended = sender.send(msg);
        });
        move |effect: Effect| {
            effects.send(effect).unwrap();
            answers.recv().unwrap()
        }
    };
    let (lead, early, late) = (laptop("lead"), laptop("early"), laptop("late"));
    let request = Box::new(founding_request(file.clone()));
    let founded = lead(Effect::Found(request, None));
    assert!(matches!(&founded, Msg::Opened(Ok(it)) if it.lock == Lock::Open), "{founded:?}");
    let joined = early(Effect::Join(file.clone(), JoinRequest::named(MEMBERS[1])));
    assert!(matches!(&joined, Msg::Opened(Ok(it)) if it.me.is_some()), "{joined:?}");

    let short = lead(Effect::Do(Deed::SetPassphrase("短".to_owned())));
    assert!(matches!(short, Msg::Keyed(_, Err(_))), "the app checks the length");
    assert!(matches!(lead(Effect::Do(Deed::SetPassphrase(WORDS.to_owned()))), Msg::Keyed(_, Ok(()))));
    assert!(matches!(lead(Effect::Sync), Msg::Synced(Synced { result: Ok(_), .. })));
    assert!(matches!(lead(Effect::Reload), Msg::Reloaded(Ok(it)) if it.lock == Lock::Held));

    let answer = early(Effect::Sync);
    let Msg::Synced(Synced { result: Err(failure), .. }) = answer else { panic!("{answer:?}") };
    assert_eq!(failure.trouble, Trouble::Locked);
    assert!(matches!(early(Effect::Reload), Msg::Reloaded(Ok(it)) if it.lock == Lock::Asks));
    assert!(matches!(early(Effect::Do(Deed::Unlock("松木".to_owned()))), Msg::Keyed(_, Err(_))));
    assert!(matches!(early(Effect::Do(Deed::Unlock(WORDS.to_owned()))), Msg::Keyed(_, Ok(()))));
    assert!(matches!(early(Effect::Sync), Msg::Synced(Synced { result: Ok(_), .. })));
    assert!(matches!(early(Effect::Reload), Msg::Reloaded(Ok(it)) if it.lock == Lock::Held));

    assert!(matches!(late(Effect::Open(file.clone())), Msg::Locked(it) if it == file));
    let wrong = late(Effect::OpenLocked(file.clone(), "松木".to_owned()));
    assert!(matches!(wrong, Msg::Opened(Err(failure)) if failure.trouble != Trouble::Locked));
    let looked = late(Effect::OpenLocked(file.clone(), WORDS.to_owned()));
    assert!(matches!(&looked, Msg::Opened(Ok(it)) if it.me.is_none()), "{looked:?}");
    let joined = late(Effect::Join(file, JoinRequest::named(MEMBERS[2])));
    assert!(matches!(&joined, Msg::Opened(Ok(it)) if it.me.is_some()), "it is not asked again: {joined:?}");
}
