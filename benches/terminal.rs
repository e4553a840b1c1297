//! The whole program through a pseudo-terminal, side by side with a minimal ratatui list over SQLite in the same run.
//!
//! `cargo bench --bench terminal` prints medians and ratios: first full frame, key to frame, memory, bytes a key, frames of
//! a burst of 200 keys, and what happens while idle. The minimal program is this very file, started with `--minimal`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reports by printing and stops by panicking"
)]

#[path = "terminal/minimal.rs"]
mod minimal;
#[path = "terminal/pty.rs"]
mod pty;

use std::{path::Path, process::Command, time::Duration};

use pty::{Program, Run};

/// Starts of each program; they take turns, so that a slow moment of the machine hits both.
const STARTS: usize = 15;
/// Keys pressed in each of the long runs.
const KEYS: usize = 200;
/// Keys of the burst.
const BURST: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(index) = arguments.iter().position(|argument| argument == "--minimal") {
        minimal::run(Path::new(&arguments[index + 1])).expect("the minimal program runs");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = folder.path().join("demo");
    let hecha = env!("CARGO_BIN_EXE_hecha");
    let made = Command::new(hecha).arg("demo").arg(&demo).output().expect("the sample is made");
    assert!(made.status.success(), "{made:?}");
    let programs = [
        Program {
            name: "minimal",
            command: vec![
                std::env::current_exe().expect("own path").display().to_string(),
                "--minimal".to_owned(),
                folder.path().join("minimal.db").display().to_string(),
            ],
        },
        Program {
            name: "hecha",
            command: vec![
                hecha.to_owned(),
                "--home".to_owned(),
                demo.join("home-1").display().to_string(),
                demo.join("demo.hecha").display().to_string(),
            ],
        },
    ];
    let mut starts = [Vec::new(), Vec::new()];
    for round in 0..=STARTS {
        for (program, times) in programs.iter().zip(&mut starts) {
            let run = Run::start(program);
            if round > 0 {
                times.push(run.first_frame);
            }
            run.quit();
        }
    }
    let first: Vec<Duration> = starts.iter_mut().map(|times| percentile(times, 50)).collect();
    print_pair("first full frame, median ms", millis(first[0]), millis(first[1]));
    let long: Vec<Measured> = programs.iter().map(measure).collect();
    print_pair("key to frame, median ms", millis(long[0].key), millis(long[1].key));
    print_pair("key to frame, 99th percentile ms", millis(long[0].key_p99), millis(long[1].key_p99));
    print_pair("bytes a key", long[0].bytes_per_key, long[1].bytes_per_key);
    print_pair("frames for a burst of 200 keys", long[0].burst_frames, long[1].burst_frames);
    print_pair("burst of 200 keys drawn after ms", millis(long[0].burst), millis(long[1].burst));
    print_pair("resident memory MB", long[0].memory_mb, long[1].memory_mb);
    print_pair("bytes written while idle 2 s", long[0].idle_bytes, long[1].idle_bytes);
    print_pair("CPU ms used while idle 2 s", long[0].idle_cpu_ms, long[1].idle_cpu_ms);
}

struct Measured {
    key: Duration,
    key_p99: Duration,
    bytes_per_key: f64,
    burst: Duration,
    burst_frames: f64,
    memory_mb: f64,
    idle_bytes: f64,
    idle_cpu_ms: f64,
}

fn measure(program: &Program) -> Measured {
    let mut run = Run::start(program);
    let mut times = Vec::new();
    let mut bytes = 0;
    for index in 0..KEYS {
        // Up and down in turns of twenty, so that lists scroll and come back.
        let key: &[u8] = if (index / 20) % 2 == 0 { b"\x1b[B" } else { b"\x1b[A" };
        let (time, written) = run.press(key);
        times.push(time);
        bytes += written;
    }
    let (burst, burst_bytes) = run.burst(&b"\x1b[B\x1b[A".repeat(BURST / 2));
    let frames = burst_bytes.windows(8).filter(|window| window == b"\x1b[?2026h").count();
    let cpu = run.cpu_ms();
    let idle_bytes = run.idle(Duration::from_secs(2));
    let measured = Measured {
        key: percentile(&mut times, 50),
        key_p99: percentile(&mut times, 99),
        bytes_per_key: bytes as f64 / KEYS as f64,
        burst,
        burst_frames: frames as f64,
        memory_mb: run.memory_mb(),
        idle_bytes: idle_bytes as f64,
        idle_cpu_ms: run.cpu_ms() - cpu,
    };
    run.quit();
    measured
}

fn percentile(times: &mut [Duration], per_cent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * per_cent / 100]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn print_pair(what: &str, minimal: f64, hecha: f64) {
    let ratio = if minimal > 0.0 { format!("{:.2}", hecha / minimal) } else { "-".to_owned() };
    println!("{what:<36} minimal {minimal:>9.2}  hecha {hecha:>9.2}  ratio {ratio}");
}
