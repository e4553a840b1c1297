//! The real program in a real pseudo-terminal: it draws, a key is saved on the disk, and the terminal comes back as it was.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops by panicking")]

use std::{
    io::{Read, Write},
    path::Path,
    process::Command,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;

const HECHA: &str = env!("CARGO_BIN_EXE_hecha");
/// How long the program may be silent before the test gives up; never waited for when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    master: Box<dyn portable_pty::MasterPty + Send>,
    /// How the terminal was set before the program took it over.
    untouched: String,
}

impl Terminal {
    fn start(arguments: &[&str], rows: u16, cols: u16) -> Self {
        Self::start_in(&[("TERM", "xterm-256color")], arguments, rows, cols)
    }

    /// As [`Self::start`], with this said of the terminal and its user.
    fn start_in(environment: &[(&str, &str)], arguments: &[&str], rows: u16, cols: u16) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let untouched = settings_of(pair.master.as_ref());
        let mut command = CommandBuilder::new(HECHA);
        command.args(arguments);
        // Else it starts in the home of the user, which a build machine may not have.
        command.cwd(std::env::temp_dir());
        command.env_remove("NO_COLOR");
        environment.iter().for_each(|(name, value)| command.env(name, value));
        command.env("HECHA_GLYPHS", "ascii");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = [0_u8; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        Self { child, writer, bytes, screen, raw: Vec::new(), master: pair.master, untouched }
    }

    fn press(&mut self, keys: &[u8]) {
        self.writer.write_all(keys).unwrap();
    }

    /// Reads until the screen shows what is wanted.
    fn until(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        loop {
            let shown = self.screen.screen().contents();
            if wanted(&shown) {
                return shown;
            }
            let more = self.bytes.recv_timeout(PATIENCE);
            let more = more.unwrap_or_else(|_| panic!("the screen never came; it shows:\n{shown}"));
            self.screen.process(&more);
            self.raw.extend(more);
        }
    }

    /// Sends a signal from outside.
    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", name, &process]).status().unwrap().success());
    }

    /// How often the program wrote something so far.
    fn times(&self, text: &str) -> usize {
        String::from_utf8_lossy(&self.raw).matches(text).count()
    }

    /// Whether the terminal is set as it was before the program took it over.
    fn is_untouched(&self) -> bool {
        settings_of(self.master.as_ref()) == self.untouched
    }

    /// Presses keys again until the program ends.
    fn until_ended_by(&mut self, keys: &[u8]) {
        for _ in 0..50 {
            let _ended = self.writer.write_all(keys);
            match self.bytes.recv_timeout(PATIENCE / 50) {
                Ok(more) => self.raw.extend(more),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Reads to the end of the program; returns all it ever wrote.
    fn end(mut self) -> String {
        loop {
            match self.bytes.recv_timeout(PATIENCE) {
                Ok(more) => self.raw.extend(more),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("the program did not end");
                }
            }
        }
        assert!(self.child.wait().unwrap().success());
        assert!(self.is_untouched(), "the terminal was left in disorder");
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

fn settings_of(master: &dyn portable_pty::MasterPty) -> String {
    let settings = master.get_termios().unwrap();
    format!("{:?}", (settings.local_flags, settings.input_flags, settings.output_flags))
}

fn sample() -> (TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    let made = Command::new(HECHA).arg("demo").arg(&demo).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let text = |path: &Path| path.display().to_string();
    let (home, file) = (text(&demo.join("home-1")), text(&demo.join("demo.hecha")));
    (folder, home, file)
}

fn n_scored(home: &str, file: &str) -> u64 {
    let info = Command::new(HECHA).args(["--home", home, "visit", "info", file, "--json"]).output().unwrap();
    let info: serde_json::Value = serde_json::from_slice(&info.stdout).unwrap();
    info["members"][0]["scored"].as_u64().unwrap()
}

#[test]
fn a_grade_pressed_on_the_screen_is_on_the_disk_and_the_terminal_is_restored() {
    let (_folder, home, file) = sample();
    let before = n_scored(&home, &file);
    let mut terminal = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
    terminal.until(|screen| screen.contains("未评 6/75") && screen.contains("已存"));
    terminal.press(b"b");
    terminal.until(|screen| screen.contains("未评 5/75") && screen.contains("已存"));
    terminal.press(b"\x11");
    let wrote = terminal.end();
    let times = |text: &str| wrote.matches(text).count();
    assert_eq!((times("\u{1b}[?1049h"), times("\u{1b}[?1049l")), (1, 1), "the alternate screen is left");
    assert_eq!(n_scored(&home, &file), before + 1);
}

#[test]
fn what_a_member_sends_reaches_the_lead_and_the_receipt_comes_back_without_a_key() {
    let (folder, home, file) = sample();
    let member = folder.path().join("demo").join("home-5").display().to_string();
    // Between the bars of the bottom line: where own edits are.
    let received = |screen: &str| {
        let line = screen.lines().find(|line| line.contains("组长已收"))?;
        line.split(" | ").nth(1)?.trim().strip_prefix("组长已收 ")?.parse::<u64>().ok()
    };
    let mut screen = Terminal::start(&["--lang", "zh", "--home", &member, &file], 24, 80);
    let before = received(&screen.until(|screen| received(screen).is_some())).unwrap();
    // On a laptop with a key of its own nothing is pressed from here on.
    let mut lead = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
    lead.until(|screen| screen.contains("自动同步"));
    screen.press(b"b\x13");
    screen.until(|screen| received(screen) == Some(before + 1));
    for mut terminal in [screen, lead] {
        terminal.press(b"\x11");
        terminal.end();
    }
}

#[test]
fn a_switch_is_remembered_and_a_broken_settings_file_is_told_and_left_alone() {
    let (_folder, home, file) = sample();
    let arguments = ["--lang", "zh", "--home", &home, &file];
    let mut terminal = Terminal::start(&arguments, 24, 80);
    terminal.until(|screen| screen.contains("自动同步"));
    terminal.press(b"\x0f");
    terminal.until(|screen| screen.contains("自动同步关"));
    terminal.press(b"\x11");
    terminal.end();
    let settings = Path::new(&home).join("settings.toml");
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), "auto_sync = false\n");
    let mut terminal = Terminal::start(&arguments, 24, 80);
    terminal.until(|screen| screen.contains("自动同步关"));
    terminal.press(b"\x11");
    terminal.end();
    std::fs::write(&settings, "auto_sync = fal").unwrap();
    let mut terminal = Terminal::start(&arguments, 24, 80);
    terminal.until(|screen| screen.contains("设置文件") && screen.contains("第 1 行"));
    terminal.press(b"\r");
    terminal.until(|screen| !screen.contains("设置文件") && screen.contains("自动同步"));
    terminal.press(b"\x0f");
    terminal.until(|screen| screen.contains("设置没有存下来"));
    terminal.press(b"\r");
    terminal.until(|screen| !screen.contains("设置没有存下来") && screen.contains("自动同步关"));
    terminal.press(b"\x11");
    terminal.end();
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), "auto_sync = fal");
}

#[test]
fn whoever_leaves_right_after_a_key_has_pressed_it() {
    let (_folder, home, file) = sample();
    let arguments = ["--lang", "zh", "--home", &home, &file];
    for switches in 1..=6 {
        let mut terminal = Terminal::start(&arguments, 24, 80);
        terminal.until(|screen| screen.contains("自动同步"));
        // Both keys come in one read: the program is asked to end while the first is not on the disk yet.
        terminal.press(b"\x0f\x11");
        terminal.end();
        let settings = std::fs::read_to_string(Path::new(&home).join("settings.toml")).unwrap();
        assert_eq!(settings.contains("auto_sync = true"), switches % 2 == 0, "{switches}: {settings}");
    }
}

#[test]
fn the_first_run_offers_the_sample_founding_and_opening_in_both_languages() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().join("home").display().to_string();
    for (lang, wanted) in
        [("zh", ["示例", "新建核查", "共享文件"]), ("en", ["sample", "Found a visit", "shared file"])]
    {
        let mut terminal = Terminal::start(&["--lang", lang, "--home", &home], 24, 80);
        terminal.until(|screen| wanted.iter().all(|text| screen.contains(text)));
        terminal.press(b"q");
        terminal.end();
    }
}

#[test]
fn a_visit_that_cannot_be_opened_says_why_and_leaves_the_terminal_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home").display().to_string();
    let file = folder.path().join("nothing.hecha").display().to_string();
    let mut terminal = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
    terminal.until(|screen| screen.contains("打不开"));
    terminal.press(b"\r");
    terminal.until(|screen| !screen.contains("打不开"));
    terminal.press(b"\x11");
    let wrote = terminal.end();
    assert!(wrote.contains("\u{1b}[?1049l"));
}

const ENTER: &str = "\u{1b}[?1049h";
const LEAVE: &str = "\u{1b}[?1049l";

#[test]
fn whoever_ends_the_program_from_outside_gets_the_terminal_back_and_all_is_saved() {
    let (_folder, home, file) = sample();
    for (index, signal) in ["INT", "QUIT", "TERM", "HUP", "USR1"].into_iter().enumerate() {
        let mut terminal = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
        terminal
            .until(|screen| screen.contains(&format!("未评 {}/75", 6 - index)) && screen.contains("已存"));
        assert!(!terminal.is_untouched(), "keys come one by one");
        terminal.press(b"b");
        terminal
            .until(|screen| screen.contains(&format!("未评 {}/75", 5 - index)) && screen.contains("已存"));
        terminal.signal(signal);
        let wrote = terminal.end();
        let n = |text: &str| wrote.matches(text).count();
        assert_eq!((n(ENTER), n(LEAVE)), (1, 1), "{signal}");
    }
}

/// What `ps` says of a process: `T` while it is stopped.
fn is_stopped(process: u32) -> bool {
    let told = Command::new("ps").args(["-o", "stat=", "-p", &process.to_string()]).output().unwrap();
    String::from_utf8_lossy(&told.stdout).trim().starts_with('T')
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_over_when_it_goes_on() {
    let (_folder, home, file) = sample();
    let mut terminal = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
    terminal.until(|screen| screen.contains("未评 6/75") && screen.contains("已存"));
    for round in 1..=2 {
        terminal.signal("TSTP");
        terminal.until(|screen| !screen.contains("未评"));
        let process = terminal.child.process_id().unwrap();
        while !is_stopped(process) {
            thread::yield_now();
        }
        assert!(terminal.is_untouched(), "the shell has its terminal");
        assert_eq!(terminal.times(LEAVE), round);
        terminal.signal("CONT");
        terminal.until(|screen| screen.contains(&format!("未评 {}/75", 7 - round)));
        assert!(!terminal.is_untouched(), "keys come one by one again");
        terminal.press(b"b");
        terminal
            .until(|screen| screen.contains(&format!("未评 {}/75", 6 - round)) && screen.contains("已存"));
    }
    terminal.press(b"\x11");
    terminal.end();
}

#[test]
fn what_stops_the_program_unasked_does_not_keep_the_screen_from_coming_back() {
    let (_folder, home, file) = sample();
    let mut terminal = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
    terminal.until(|screen| screen.contains("未评 6/75") && screen.contains("已存"));
    let process = terminal.child.process_id().unwrap();
    // No program is asked about this one; a shell sets the terminal back and writes over the screen.
    terminal.signal("STOP");
    while !is_stopped(process) {
        thread::yield_now();
    }
    terminal.screen.process(b"\x1b[2J");
    terminal.signal("CONT");
    terminal.until(|screen| screen.contains("未评 6/75"));
    terminal.press(b"b");
    terminal.until(|screen| screen.contains("未评 5/75"));
    terminal.press(b"\x11");
    terminal.end();
}

#[test]
fn keys_pressed_in_a_window_that_is_too_small_score_nothing() {
    let (_folder, home, file) = sample();
    let before = n_scored(&home, &file);
    let mut terminal = Terminal::start(&["--lang", "zh", "--home", &home, &file], 24, 80);
    terminal.until(|screen| screen.contains("未评 6/75") && screen.contains("已存"));
    let resize = |terminal: &mut Terminal, rows: u16, cols: u16| {
        terminal.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        terminal.screen.screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
    };
    resize(&mut terminal, 5, 20);
    terminal.until(|screen| screen.contains("窗口太小"));
    terminal.press(b"14");
    resize(&mut terminal, 24, 80);
    terminal.until(|screen| screen.contains("未评 6/75"));
    // The keys of before may be read only now; what is read together with them is taken for a paste.
    terminal.until_ended_by(b"\x11");
    terminal.end();
    assert_eq!(n_scored(&home, &file), before);
}

#[test]
fn a_terminal_gets_the_colours_it_has_and_none_where_it_has_none() {
    let (_folder, home, file) = sample();
    let terminals: [(&[(&str, &str)], bool); 5] = [
        (&[("TERM", "xterm-256color")], true),
        (&[("TERM", "linux")], true),
        (&[("TERM", "screen")], true),
        (&[("TERM", "vt100")], false),
        (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], false),
    ];
    for (environment, has_colours) in terminals {
        let mut terminal = Terminal::start_in(environment, &["--lang", "zh", "--home", &home, &file], 24, 80);
        terminal.until(|screen| screen.contains("未评 6/75") && screen.contains("自动同步"));
        terminal.press(b"\x11");
        let wrote = terminal.end();
        assert!(!wrote.contains("38;5;") && !wrote.contains("48;5;"), "{environment:?}: of 256");
        let coloured =
            ["31", "32", "33", "36"].iter().any(|code| wrote.contains(&format!("\u{1b}[{code};49m")));
        assert_eq!(coloured, has_colours, "{environment:?}");
        assert!(wrote.contains("\u{1b}[7m"), "{environment:?}: the selection is shown");
    }
}

#[test]
fn a_terminal_that_only_prints_is_asked_in_lines_and_told_so() {
    let (_folder, home, file) = sample();
    let before = n_scored(&home, &file);
    let mut terminal =
        Terminal::start_in(&[("TERM", "dumb")], &["--lang", "zh", "--home", &home, &file], 24, 80);
    terminal.until(|screen| screen.contains("这个终端没有全屏界面"));
    terminal.press("1\n1\nB\n".as_bytes());
    terminal.until(|screen| screen.contains("已评：B") && screen.contains("理由？"));
    terminal.press(b"q\n");
    let wrote = terminal.end();
    assert!(!wrote.contains('\u{1b}'), "{wrote:?}");
    assert_eq!(n_scored(&home, &file), before + 1);
}
