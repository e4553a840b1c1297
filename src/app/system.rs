//! The clock, the dice and the environment: the only file that asks the system for them.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use jiff::Zoned;

use crate::{
    app::failure::{Failure, wording},
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

/// Today in the local time zone; `None` if the clock stands outside the years that a date can have.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn today() -> Option<Date> {
    day_of(SystemTime::now())
}

/// Now, to the minute, as shown to people; `None` if the clock stands where no calendar reaches.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub(crate) fn now_text() -> Option<String> {
    Some(time_text(SystemTime::now())).filter(|text| !text.is_empty())
}

/// The minute of the day in the local time zone, since midnight; `None` if it cannot be told.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn minute_of_day() -> Option<u16> {
    let at = zoned(SystemTime::now())?;
    let (hour, minute) = (u16::try_from(at.hour()).ok()?, u16::try_from(at.minute()).ok()?);
    Some(hour * 60 + minute)
}

/// A moment in the local time zone, to the minute, as shown to people; empty if it cannot be told.
#[must_use]
pub(crate) fn time_text(time: SystemTime) -> String {
    zoned(time).map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// The same of milliseconds since 1970, as commits carry them.
#[must_use]
pub(crate) fn time_text_of_ms(ms: u64) -> String {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(ms)).map(time_text).unwrap_or_default()
}

/// Today, for what cannot do without.
///
/// # Errors
/// If the clock tells none, or one from before there were such clocks.
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub(crate) fn day() -> Result<Date, Failure> {
    sane_day_of(SystemTime::now()).ok_or_else(wording::clock)
}

/// Refuses to write a workbook where the clock stands before 1970: the crate that writes it would stop the program.
///
/// # Errors
/// If it does.
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub(crate) fn check_clock_for_workbooks() -> Result<(), Failure> {
    if SystemTime::now() < SystemTime::UNIX_EPOCH { Err(wording::clock()) } else { Ok(()) }
}

/// The day, where a clock of a machine can stand.
fn sane_day_of(time: SystemTime) -> Option<Date> {
    day_of(time).filter(|_| time >= SystemTime::UNIX_EPOCH)
}

fn day_of(time: SystemTime) -> Option<Date> {
    let at = zoned(time)?;
    let narrow = |n: i8| u8::try_from(n).ok();
    Date::new(u16::try_from(at.year()).ok()?, narrow(at.month())?, narrow(at.day())?)
}

/// `Zoned::now` would panic where the clock stands beyond the year 9999.
fn zoned(time: SystemTime) -> Option<Zoned> {
    jiff::Timestamp::try_from(time).ok().map(|at| at.to_zoned(jiff::tz::TimeZone::system()))
}

/// A file that grows beyond what the system allows is an error to be told, as a full disk is; without this it is the end of the
/// program (SIGXFSZ).
pub fn outlive_too_large_files() {
    #[cfg(unix)]
    {
        // What the flag says is of no use: the write that was refused tells it itself.
        let flag = std::sync::Arc::default();
        let _as_before = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, flag);
    }
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

/// What a terminal can do, by what `TERM` says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// Lines of text, one after the other: no cursor to be placed, no second screen.
    Lines,
    /// A screen with attributes and no colour.
    Attributes,
    /// A screen with colours.
    Colours,
}

/// The terminal that the program was started in.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one excepted place")]
pub fn terminal() -> Terminal {
    match std::env::var("TERM") {
        Ok(name) => terminal_named(&name),
        // Nothing is said of the consoles of Windows; elsewhere nobody who has a screen says nothing.
        Err(_) if cfg!(windows) => Terminal::Colours,
        Err(_) => Terminal::Lines,
    }
}

/// The names are those of terminfo; its database need not be there, and says of consoles that draw well that they have no second
/// screen.
fn terminal_named(name: &str) -> Terminal {
    let family = name.split('-').next().unwrap_or_default();
    let lines =
        ["", "dumb", "unknown", "emacs", "network", "dialup", "lpr", "printer", "tty", "glasstty", "vt52"];
    let is_numbered = |prefix: &str| {
        family
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit()))
    };
    let is_mono = name.split('-').skip(1).any(|part| ["m", "mono"].contains(&part));
    if lines.contains(&family) || is_numbered("tty") || is_numbered("ibm327") {
        Terminal::Lines
    } else if is_mono || is_numbered("vt") || is_numbered("wy") {
        Terminal::Attributes
    } else {
        Terminal::Colours
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> SystemTime {
        let apart = Duration::from_secs(seconds.unsigned_abs());
        let time = SystemTime::UNIX_EPOCH;
        if seconds < 0 { time.checked_sub(apart) } else { time.checked_add(apart) }.unwrap_or(time)
    }

    #[test]
    fn a_terminal_is_told_by_its_name() {
        for (name, can) in [
            ("dumb", Terminal::Lines),
            ("", Terminal::Lines),
            ("dumb-emacs-ansi", Terminal::Lines),
            ("tty33", Terminal::Lines),
            ("vt52", Terminal::Lines),
            ("vt100", Terminal::Attributes),
            ("vt220-8bit", Terminal::Attributes),
            ("xterm-mono", Terminal::Attributes),
            ("linux-m", Terminal::Attributes),
            ("linux", Terminal::Colours),
            ("screen", Terminal::Colours),
            ("tmux-256color", Terminal::Colours),
            ("xterm-256color", Terminal::Colours),
            ("vte-256color", Terminal::Colours),
        ] {
            assert_eq!(terminal_named(name), can, "{name}");
        }
    }

    /// From the year 1 to 9999-12-31, in seconds since 1970.
    const ENDS: [i64; 2] = [-62_135_596_800, 253_402_300_799];

    #[test]
    fn the_clock_at_either_end_tells_what_it_can_and_never_stops_the_program() {
        let [first, last] = ENDS;
        assert_eq!(day_of(at(first)), None);
        assert_eq!(time_text(at(first + 200_000)).get(..5), Some("0001-"));
        assert_eq!(
            (day_of(at(last)), time_text(at(last))),
            (None, String::new()),
            "no time zone reaches that far"
        );
        assert!(day_of(at(-200_000)).is_some_and(|day| day.parts().0 == 1969));
        assert_eq!(sane_day_of(at(-200_000)), None, "the writer of workbooks would stop the program");
        assert!(sane_day_of(at(1_795_000_000)).is_some());
        assert_eq!(sane_day_of(at(40_000_000_000)), None, "3237");
    }

    proptest! {
        #[test]
        fn any_clock_is_read(seconds: i64) {
            let time = at(seconds);
            prop_assert_eq!(zoned(time).is_some(), !time_text(time).is_empty());
            prop_assert!(sane_day_of(time).is_none_or(|day| day_of(time) == Some(day)));
        }
    }
}
