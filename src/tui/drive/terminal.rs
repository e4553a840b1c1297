//! The terminal itself: taking it over, giving it back in every case, and asking it how wide it draws a line.

use std::{
    io::{self, Write},
    panic,
    sync::mpsc,
    thread,
    time::Duration,
};

use crossterm::{
    cursor,
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute, queue,
    style::Print,
    terminal::{
        Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    },
};
use ratatui::Terminal;

use crate::tui::{
    drive::backend::{FrameWriter, WideBackend},
    theme::Glyphs,
};

/// How long the first frame waits for the terminal to say how wide it draws a line.
const PATIENCE: Duration = Duration::from_millis(100);

/// The screen: a terminal that collects frames and sends each in one write.
pub(crate) struct Screen {
    terminal: Terminal<WideBackend<FrameWriter>>,
    writer: FrameWriter,
}

impl Screen {
    /// Takes the terminal over.
    pub(crate) fn enter() -> io::Result<Self> {
        restore_before_panic();
        let (terminal, writer) = take_over()?;
        Ok(Self { terminal, writer })
    }

    /// Gives the terminal back for a while.
    pub(crate) fn leave(&mut self) {
        restore();
    }

    /// Takes the terminal over anew; the next frame is a full one.
    pub(crate) fn enter_again(&mut self) -> io::Result<()> {
        // Whoever had the terminal meanwhile has set it back, while crossterm believes that it is as it was left.
        disable_raw_mode()?;
        (self.terminal, self.writer) = take_over()?;
        Ok(())
    }

    /// Draws a frame.
    pub(crate) fn draw(&mut self, view: impl FnOnce(&mut ratatui::Frame)) -> io::Result<()> {
        self.writer.begin_frame();
        self.terminal.draw(view)?;
        self.writer.end_frame(&mut io::stdout().lock())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn take_over() -> io::Result<(Terminal<WideBackend<FrameWriter>>, FrameWriter)> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Clear(ClearType::All))?;
    let writer = FrameWriter::default();
    let terminal = Terminal::new(WideBackend::new(writer.clone()))?;
    Ok((terminal, writer))
}

/// Gives the terminal back. A terminal that is gone cannot be restored, and nothing more can be done about it.
fn restore() {
    let mut out = io::stdout();
    let _gone = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _gone = disable_raw_mode();
}

/// A panic's text must not be printed into the alternate screen.
fn restore_before_panic() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        restore();
        before(info);
    }));
}

/// Draws a box line and looks where the cursor went: two cells mean that box lines would break every row. A terminal that
/// does not answer at once gets ASCII; the answer is then still taken when it comes, by `late`.
pub(crate) fn probe_glyphs(late: impl FnOnce(Glyphs) + Send + 'static) -> Option<Glyphs> {
    let drawn = queue!(io::stdout(), cursor::MoveTo(0, 0), Print("─")).and_then(|()| io::stdout().flush());
    drawn.ok()?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // crossterm waits up to two seconds for the answer, far too long before a first frame.
        let glyphs = match cursor::position() {
            Ok((1, _)) => Glyphs::Box,
            _ => Glyphs::Ascii,
        };
        if let Err(mpsc::SendError(glyphs)) = sender.send(glyphs) {
            late(glyphs);
        }
    });
    let answer = receiver.recv_timeout(PATIENCE).ok();
    let _gone = execute!(io::stdout(), cursor::MoveTo(0, 0), Clear(ClearType::CurrentLine));
    answer
}

/// The size of the terminal; 80×24 if it does not say.
pub(crate) fn size() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or((80, 24))
}
