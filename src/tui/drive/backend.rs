//! A terminal backend that writes each frame at once and moves the cursor only where a glyph's width is uncertain.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};

use crossterm::{
    cursor::MoveTo,
    queue,
    style::{Attribute, Print, SetAttribute},
};
use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
    style::{Color, Modifier},
};

use crate::tui::widget::text::certain_char;

/// Mode 2026: terminals that know it show the frame only when it is complete.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Collects a frame; nothing leaves before [`FrameWriter::end_frame`], and then in one write.
#[derive(Debug, Clone, Default)]
pub(crate) struct FrameWriter(Rc<RefCell<Vec<u8>>>);

impl FrameWriter {
    /// Begins a frame.
    pub(crate) fn begin_frame(&self) {
        self.0.borrow_mut().extend_from_slice(BEGIN);
    }

    /// Sends the frame. One in which nothing changed is not sent: a sync that brought nothing writes no byte.
    pub(crate) fn end_frame(&self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        if *bytes == BEGIN {
            bytes.clear();
            return Ok(());
        }
        bytes.extend_from_slice(END);
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        bytes.clear();
        sent
    }
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// crossterm's backend with our own `draw`, which knows where the cursor is and does not say it twice.
#[derive(Debug)]
pub(crate) struct WideBackend<W: Write> {
    inner: CrosstermBackend<W>,
    /// Where the cursor stands and whether it is shown, as far as that is known.
    cursor: Option<Position>,
    shown: Option<bool>,
}

impl<W: Write> WideBackend<W> {
    /// A backend that writes to `writer`.
    pub(crate) const fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer), cursor: None, shown: None }
    }
}

/// The attributes we use. Each change is sent as "reset, then set": short, stateless, and independent of how crossterm
/// treats `NO_COLOR`.
const ATTRIBUTES: [(Modifier, Attribute); 4] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
];

impl<W: Write> Backend for WideBackend<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor = None;
        let out = &mut self.inner;
        let (mut fg, mut bg, mut modifier) = (Color::Reset, Color::Reset, Modifier::empty());
        let mut cursor: Option<(u16, u16)> = None;
        for (x, y, cell) in content {
            if cursor != Some((x, y)) {
                queue!(out, MoveTo(x, y))?;
            }
            if cell.modifier != modifier {
                queue!(out, SetAttribute(Attribute::Reset))?;
                (fg, bg) = (Color::Reset, Color::Reset);
                for (wanted, attribute) in ATTRIBUTES {
                    if cell.modifier.contains(wanted) {
                        queue!(out, SetAttribute(attribute))?;
                    }
                }
                modifier = cell.modifier;
            }
            if (cell.fg, cell.bg) != (fg, bg) {
                write!(out, "\x1b[{};{}m", sgr(cell.fg), sgr(cell.bg) + 10)?;
                (fg, bg) = (cell.fg, cell.bg);
            }
            queue!(out, Print(cell.symbol()))?;
            cursor = certain_width(cell.symbol()).map(|width| (x.saturating_add(width), y));
        }
        queue!(out, SetAttribute(Attribute::Reset))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown.replace(false) == Some(false) { Ok(()) } else { self.inner.hide_cursor() }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown.replace(true) == Some(true) { Ok(()) } else { self.inner.show_cursor() }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor.replace(position) == Some(position) {
            return Ok(());
        }
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cursor = None;
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.cursor = None;
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

/// The code of a foreground; ten more is the background. crossterm writes every colour by its place among 256, which consoles and
/// `screen` do not read; our theme has the sixteen that all of them have, and anything else would be the terminal's own.
const fn sgr(color: Color) -> u8 {
    match color {
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 39,
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
    }
}

/// The cells a glyph takes on every terminal; `None` where terminals differ (East Asian ambiguous, emoji, clusters).
fn certain_width(symbol: &str) -> Option<u16> {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => certain_char(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{Terminal, TerminalOptions, Viewport, layout::Rect, style::Stylize, text::Line};

    fn bytes_of(line: Line<'static>) -> String {
        let writer = FrameWriter::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 20, 1)) };
        let mut terminal = Terminal::with_options(WideBackend::new(writer.clone()), options).unwrap();
        writer.begin_frame();
        terminal.draw(|frame| frame.render_widget(line, frame.area())).unwrap();
        let mut out = Vec::new();
        writer.end_frame(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_cursor_is_placed_again_only_after_a_glyph_of_uncertain_width() {
        let certain = bytes_of(Line::from("审a方b"));
        assert_eq!(certain.matches('H').count(), 1, "{certain:?}");
        let uncertain = bytes_of(Line::from("★a─b"));
        assert_eq!(uncertain.matches('H').count(), 3, "{uncertain:?}");
    }

    #[test]
    fn a_frame_in_which_nothing_changed_sends_nothing_and_a_moved_cursor_is_sent() {
        let writer = FrameWriter::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 20, 1)) };
        let mut terminal = Terminal::with_options(WideBackend::new(writer.clone()), options).unwrap();
        let mut sent = |text: &'static str, x: u16| {
            writer.begin_frame();
            let draw = |frame: &mut ratatui::Frame| {
                frame.render_widget(Line::from(text), frame.area());
                frame.set_cursor_position((x, 0));
            };
            terminal.draw(draw).unwrap();
            let mut out = Vec::new();
            writer.end_frame(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(sent("审a", 0).contains('审'));
        assert_eq!(sent("审a", 0), "");
        assert!(sent("审a", 3).contains("\x1b[1;4H"));
        assert!(sent("审b", 3).ends_with("\x1b[1;4H\x1b[?2026l"), "after drawing the cursor is put back");
    }

    #[test]
    fn colours_are_of_the_sixteen_that_every_terminal_with_colours_has() {
        let sent = bytes_of(Line::from(vec!["好".green(), "坏".red().bold(), "无".into()]));
        assert!(sent.contains("\x1b[32;49m") && sent.contains("\x1b[31;49m"), "{sent:?}");
        assert!(!sent.contains("38;5") && !sent.contains("48;5"), "{sent:?}");
    }

    #[test]
    fn a_frame_is_one_synchronised_update_and_selection_survives_no_color() {
        let sent = bytes_of(Line::from("选中").reversed());
        assert!(sent.starts_with("\x1b[?2026h") && sent.ends_with("\x1b[?2026l"), "{sent:?}");
        assert!(sent.contains("\x1b[7m") && !sent.contains("\x1b[;m"), "{sent:?}");
    }
}
