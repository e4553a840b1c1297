//! A program in a pseudo-terminal of 120×36, with the times at which it wrote.

use std::{
    io::{Read, Write},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// A frame is complete when nothing follows for this long at the start …
const START_QUIET: Duration = Duration::from_millis(250);
/// … and for this long after a key.
const KEY_QUIET: Duration = Duration::from_millis(15);

pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) command: Vec<String>,
}

pub(crate) struct Run {
    pub(crate) first_frame: Duration,
    child: Box<dyn Child + Send + Sync>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Run {
    #[expect(clippy::disallowed_methods, reason = "a bench asks the clock")]
    pub(crate) fn start(program: &Program) -> Self {
        let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(&program.command[0]);
        command.args(&program.command[1..]);
        command.env("TERM", "xterm-256color");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let answering = Arc::clone(&writer);
        let (send, chunks) = channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        thread::spawn(move || {
            let mut buffer = [0_u8; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let at = Instant::now();
                // A terminal answers where the cursor is; ours has drawn one cell.
                if buffer[..n].windows(4).any(|window| window == b"\x1b[6n") {
                    let _ = answering.lock().expect("writer").write_all(b"\x1b[1;2R");
                }
                if send.send((at, buffer[..n].to_vec())).is_err() {
                    break;
                }
            }
        });
        let mut run = Self { first_frame: Duration::ZERO, child, writer, chunks, _master: pair.master };
        let (last, _) = run.until_quiet(START_QUIET);
        run.first_frame = last.unwrap_or_else(|| panic!("{} wrote nothing", program.name)) - started;
        run
    }

    /// Presses a key; returns the time to the last byte it caused and how many bytes that were.
    pub(crate) fn press(&mut self, key: &[u8]) -> (Duration, usize) {
        let (time, bytes) = self.burst(key);
        (time, bytes.len())
    }

    #[expect(clippy::disallowed_methods, reason = "a bench asks the clock")]
    pub(crate) fn burst(&mut self, keys: &[u8]) -> (Duration, Vec<u8>) {
        let pressed = Instant::now();
        self.writer.lock().expect("writer").write_all(keys).expect("the key is sent");
        let (last, bytes) = self.until_quiet(KEY_QUIET);
        (last.map_or(Duration::ZERO, |last| last - pressed), bytes)
    }

    /// Bytes written without any key pressed.
    pub(crate) fn idle(&mut self, time: Duration) -> usize {
        thread::sleep(time);
        self.chunks.try_iter().map(|(_, bytes)| bytes.len()).sum()
    }

    pub(crate) fn memory_mb(&self) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("VmRSS: 0 kB");
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    }

    /// User and system time so far, in milliseconds (ticks of 10 ms).
    pub(crate) fn cpu_ms(&self) -> f64 {
        let stat = self.proc("stat");
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks: f64 =
            after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
        ticks * 10.0
    }

    pub(crate) fn quit(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn until_quiet(&mut self, quiet: Duration) -> (Option<Instant>, Vec<u8>) {
        let mut last = None;
        let mut bytes = Vec::new();
        let mut wait = START_QUIET * 8;
        while let Ok((at, chunk)) = self.chunks.recv_timeout(wait) {
            last = Some(at);
            bytes.extend(chunk);
            wait = quiet;
        }
        (last, bytes)
    }

    fn proc(&self, file: &str) -> String {
        let pid = self.child.process_id().unwrap_or(0);
        std::fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default()
    }
}
