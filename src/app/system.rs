//! The clock, the dice and the environment: the only file that asks the system for them.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use jiff::Zoned;

use crate::{
    app::failure::Failure,
    domain::terms::{clean::clean_line, date::Date, lang::Lang},
    share::folder::disk::{Disk, RealDisk},
};

/// Milliseconds since 1970. Decoration: no vote depends on it.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0)
}

/// Measures how long ago something was, whatever happens to the clock on the wall.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins to measure.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one excepted place")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start. Sleep of the machine may or may not count.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Today in the local time zone.
#[must_use]
pub fn today() -> Option<Date> {
    let now = Zoned::now();
    let narrow = |n: i8| u8::try_from(n).ok();
    Date::new(u16::try_from(now.year()).ok()?, narrow(now.month())?, narrow(now.day())?)
}

/// Now, to the minute, as shown to people.
#[must_use]
pub fn now_text() -> String {
    Zoned::now().strftime("%Y-%m-%d %H:%M").to_string()
}

/// A moment in the local time zone, to the minute, as shown to people; empty if it cannot be told.
#[must_use]
pub(crate) fn time_text(time: SystemTime) -> String {
    let zoned = jiff::Timestamp::try_from(time).map(|at| at.to_zoned(jiff::tz::TimeZone::system()));
    zoned.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// Random bytes from the system.
///
/// # Errors
/// If it has none to give, which no supported system does.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Failure::bug("no randomness"))?;
    Ok(bytes)
}

/// `HECHA_HOME`, if set and not empty.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn home_from_environment() -> Option<PathBuf> {
    std::env::var_os("HECHA_HOME").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// `HECHA_PASSPHRASE`, if set and not empty: for scripts that keep secrets in the environment.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn passphrase_from_environment() -> Option<String> {
    std::env::var("HECHA_PASSPHRASE").ok().filter(|passphrase| !passphrase.is_empty())
}

/// Whether the user asked for no colours (`NO_COLOR`).
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Chinese unless the locale is English.
#[must_use]
pub fn language() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if locale.starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// The glyphs asked for with `HECHA_GLYPHS` (`ascii` or `box`), for terminals that draw lines two cells wide.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn glyphs() -> Option<String> {
    std::env::var("HECHA_GLYPHS").ok()
}

/// The name of this machine, for others that wait for its lock. Empty if it has none of its own, as `localhost`.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn host() -> String {
    let kernel = || RealDisk.read(Path::new("/proc/sys/kernel/hostname"), 256).ok();
    let name = cfg!(target_os = "linux")
        .then(kernel)
        .flatten()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .or_else(|| std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok())
        .unwrap_or_default();
    if name.starts_with("localhost") { String::new() } else { clean_line(&name) }
}

/// The name of this user, for others that wait for their lock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn user() -> String {
    clean_line(&std::env::var("USERNAME").or_else(|_| std::env::var("USER")).unwrap_or_default())
}
