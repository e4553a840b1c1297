//! What the system asks of the program while it has the terminal: to end, to stop, to go on. Left to themselves, signals would
//! end or stop it with the terminal in disorder.

use std::io;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere nothing is asked for but to end"))]
pub(crate) enum Asked {
    /// To end: the terminal is gone, or somebody wants the program gone.
    End,
    /// To stop until it is told to go on. `Ctrl-Z` never comes as this: on screen it is a key.
    Stop,
    /// It was stopped and goes on: the shell has had the terminal meanwhile.
    GoOn,
}

/// Tells from now on what is asked for, from a thread of its own, until nobody listens any more.
///
/// # Errors
/// The system's.
#[cfg(unix)]
pub(crate) fn listen(mut tell: impl FnMut(Asked) -> Result<(), Gone> + Send + 'static) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGXCPU},
        iterator::Signals,
    };

    let end = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU];
    let mut signals = Signals::new(end.iter().chain(&[SIGTSTP, SIGCONT]))?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let asked = match signal {
                SIGTSTP => Asked::Stop,
                SIGCONT => Asked::GoOn,
                _ => Asked::End,
            };
            if tell(asked).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Elsewhere the terminal tells what is to be told.
#[cfg(not(unix))]
pub(crate) fn listen(_: impl FnMut(Asked) -> Result<(), Gone> + Send + 'static) -> io::Result<()> {
    Ok(())
}

/// Nobody listens any more.
#[derive(Debug)]
pub(crate) struct Gone;

/// Stops the program where it stands; returns when it goes on.
pub(crate) fn stop() {
    #[cfg(unix)]
    let _never_refused = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
}
