//! Times of several contenders, one after the other in every run, so that medians can be compared.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Times by name, in the order of first use.
#[derive(Default)]
pub struct Stopwatch {
    laps: Vec<(&'static str, Vec<Duration>)>,
    once: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    /// Measures a call that is made in every run.
    pub fn time<T>(&mut self, name: &'static str, call: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = black_box(call());
        let lap = start.elapsed();
        match self.laps.iter_mut().find(|(known, _)| *known == name) {
            Some((_, laps)) => laps.push(lap),
            None => self.laps.push((name, vec![lap])),
        }
        done
    }

    /// Measures a call that is made once.
    pub fn once<T>(&mut self, name: &'static str, call: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = black_box(call());
        self.once.push((name, start.elapsed()));
        done
    }

    /// Prints the median and the fastest of each.
    pub fn print(&mut self) {
        println!("milliseconds{:>50}{:>10}", "median", "fastest");
        for (name, laps) in &mut self.laps {
            laps.sort();
            let (median, fastest) = (laps[laps.len() / 2], laps[0]);
            println!("  {name:<52}{:>8.2}{:>10.2}", milliseconds(median), milliseconds(fastest));
        }
        for (name, lap) in &self.once {
            println!("  {name:<52}{:>8.2}      once", milliseconds(*lap));
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
