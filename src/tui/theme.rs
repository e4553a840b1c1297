//! Every style and every glyph that is not plain text. Meaning never rests on colour alone.

use ratatui::{
    style::{Color, Modifier, Style},
    symbols::border,
};

/// The styles of the program. Foreground and background stay the terminal's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    colour: bool,
    /// Lines and bars.
    pub(crate) glyphs: Glyphs,
}

/// Which glyphs lines and bars are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// ASCII only: right on every terminal and font.
    Ascii,
    /// Box lines and blocks, for terminals that draw them one cell wide.
    Box,
}

impl Theme {
    /// A theme. Without colour it uses bold, dim and reverse only.
    pub(crate) const fn new(colour: bool, glyphs: Glyphs) -> Self {
        Self { colour, glyphs }
    }

    /// Titles.
    pub(crate) fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What matters less. Dim, never a grey that vanishes on some backgrounds.
    pub(crate) fn faint(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The selected row.
    pub(crate) fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Good; always beside a word.
    pub(crate) fn good(self) -> Style {
        self.coloured(Color::Green)
    }

    /// Bad; always beside a word.
    pub(crate) fn bad(self) -> Style {
        self.coloured(Color::Red)
    }

    /// Wants attention; always beside a word.
    pub(crate) fn warn(self) -> Style {
        self.coloured(Color::Yellow)
    }

    /// Names of keys.
    pub(crate) fn key(self) -> Style {
        self.coloured(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// The border of popups.
    pub(crate) const fn border(self) -> border::Set<'static> {
        match self.glyphs {
            Glyphs::Ascii => border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            },
            Glyphs::Box => border::PLAIN,
        }
    }

    /// The line between two panes.
    pub(crate) const fn separator(self) -> &'static str {
        match self.glyphs {
            Glyphs::Ascii => "|",
            Glyphs::Box => "│",
        }
    }

    /// A horizontal rule of `cells`.
    pub(crate) fn rule(self, cells: usize) -> String {
        match self.glyphs {
            Glyphs::Ascii => "-",
            Glyphs::Box => "─",
        }
        .repeat(cells)
    }

    /// A bar of `cells`, filled by `part` of `whole`.
    pub(crate) fn bar(self, part: usize, whole: usize, cells: usize) -> String {
        let filled = (part.min(whole) * cells).checked_div(whole).unwrap_or(0);
        let (full, empty) = match self.glyphs {
            Glyphs::Ascii => ("#", "."),
            Glyphs::Box => ("█", "░"),
        };
        format!("{}{}", full.repeat(filled), empty.repeat(cells - filled))
    }

    fn coloured(self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_no_style_has_one_and_selection_is_reversed() {
        let theme = Theme::new(false, Glyphs::Ascii);
        for style in [
            theme.title(),
            theme.faint(),
            theme.selected(),
            theme.good(),
            theme.bad(),
            theme.warn(),
            theme.key(),
        ] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert!(theme.selected().add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn bars_are_as_long_as_asked() {
        let theme = Theme::new(true, Glyphs::Ascii);
        assert_eq!(theme.bar(1, 2, 6), "###...");
        assert_eq!(theme.bar(9, 2, 3), "###");
        assert_eq!(theme.bar(0, 0, 3), "...");
    }
}
