//! How cells look: one place for fonts, colours and borders.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};
use unicode_width::UnicodeWidthStr;

use crate::checklist::xlsx::column::{CellKind, Column};

/// A face that Windows, WPS and macOS have for Chinese and Latin text alike; others fall back.
const FONT: &str = "Microsoft YaHei";
const SIZE: f64 = 10.0;
const LINE: &str = "#BFBFBF";

/// Tab and header colours, dark enough for white text.
pub(super) const BLUE: &str = "#1F4E78";
/// Points and conditions.
pub(super) const GREEN: &str = "#37602B";
/// Measures and their numbers.
pub(super) const BROWN: &str = "#7F5A00";
/// English halves.
pub(super) const GREY: &str = "#595959";

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE).set_align(FormatAlign::Top).set_text_wrap()
}

/// A header cell in the colour of its group.
pub(super) fn header(column: &Column) -> Format {
    let colour = if column.is_english() {
        GREY
    } else if column.path.first() == Some(&"measure") {
        BROWN
    } else if column.child {
        GREEN
    } else {
        BLUE
    };
    header_in(colour)
}

/// A header cell.
pub(super) fn header_in(colour: &str) -> Format {
    plain()
        .set_bold()
        .set_font_color("#FFFFFF")
        .set_background_color(colour)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color("#FFFFFF")
}

/// A cell of a column. Text cells have the text format, so that what is typed stays as typed and is never a formula.
pub(super) fn body(column: &Column) -> Format {
    let format = plain().set_border(FormatBorder::Thin).set_border_color(LINE);
    match column.kind {
        CellKind::Count | CellKind::Amount => format.set_align(FormatAlign::Right),
        CellKind::Flag => format.set_align(FormatAlign::Center).set_num_format("@"),
        _ => format.set_num_format("@"),
    }
}

/// A cell in the row that begins a clause, standard or the sheet's own table.
pub(super) fn first(column: &Column) -> Format {
    body(column).set_background_color("#E8F0F8")
}

/// The id of a clause where it is only repeated.
pub(super) fn repeated(column: &Column) -> Format {
    body(column).set_font_color("#8C8C8C")
}

/// An id that begins something.
pub(super) fn id(column: &Column) -> Format {
    first(column).set_bold()
}

/// The cells below the last row of a column, so that new rows look and behave like the others.
pub(super) fn column(column: &Column) -> Format {
    let format = plain();
    if column.is_number() { format.set_align(FormatAlign::Right) } else { format.set_num_format("@") }
}

/// Lines a text takes in a column of that width, in characters; a Chinese character is two wide.
pub(super) fn lines(text: &str, width: u8) -> u32 {
    // A little is lost to the borders, and words do not break in the middle.
    let width = usize::from(width).saturating_sub(1).max(4);
    let lines = text.lines().map(|line| line.width().div_ceil(width).max(1)).sum::<usize>();
    u32::try_from(lines).unwrap_or(1).max(1)
}

/// The height of a row of that many lines, in points.
pub(super) fn height(lines: u32) -> f64 {
    f64::from(lines) * 14.5 + 3.5
}

/// The title of the guide.
pub(super) fn title() -> Format {
    plain().set_bold().set_font_size(16).set_font_color(BLUE)
}

/// A paragraph of the guide.
pub(super) fn paragraph() -> Format {
    plain().set_num_format("@")
}

/// The name of a section in the guide.
pub(super) fn section() -> Format {
    plain().set_bold().set_font_color(BLUE).set_num_format("@")
}

/// A cell of the guide's table.
pub(super) fn cell() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(LINE).set_num_format("@")
}
