//! How cells look: one place for fonts, colours and borders.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::report::workbook::plan::Kind;

/// A face that Windows, WPS and macOS have for Chinese and Latin text alike; others fall back.
pub(super) const FONT: &str = "Microsoft YaHei";
const LINE: Color = Color::RGB(0xBF_BF_BF);
const BLUE: Color = Color::RGB(0x1F_4E_78);
const PALE: Color = Color::RGB(0xE8_F0_F8);
const WARN: Color = Color::RGB(0xFF_F4_D6);
/// To be filled in.
const BLANK: Color = Color::RGB(0xFF_FB_E6);

/// Colours of the parts of a bar: A, B, C, D, not applicable, undecided. The web page has the same.
pub(super) const PARTS: [Color; 6] = [
    Color::RGB(0x0B_6E_4F),
    Color::RGB(0x1F_66_B0),
    Color::RGB(0xE0_A5_26),
    Color::RGB(0xB3_26_1E),
    Color::RGB(0xAE_B4_BA),
    Color::RGB(0xF2_F2_F2),
];
/// Around the parts, so that the palest is seen.
pub(super) const EDGE: Color = Color::RGB(0x7F_7F_7F);
/// The same as a pale ground with dark letters for A, B, C, D.
pub(super) const GRADES: [(Color, Color); 4] = [
    (Color::RGB(0xCF_EB_DD), Color::RGB(0x06_42_2F)),
    (Color::RGB(0xD3_E4_F7), Color::RGB(0x0F_3A_68)),
    (Color::RGB(0xFB_E9_BF), Color::RGB(0x5C_3D_00)),
    (Color::RGB(0xF9_D3_D0), Color::RGB(0x7A_10_0A)),
];

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::Top).set_text_wrap()
}

fn framed() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(LINE)
}

pub(super) fn title() -> Format {
    plain().set_bold().set_font_size(16).set_font_color(BLUE)
}

pub(super) fn mark() -> Format {
    plain().set_bold().set_background_color(WARN).set_num_format("@")
}

pub(super) fn header() -> Format {
    framed()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(BLUE)
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn name() -> Format {
    framed().set_bold().set_background_color(PALE).set_num_format("@")
}

/// Text columns have the text format, so that what is typed there stays as typed and is never a formula.
pub(super) fn body(kind: Kind) -> Format {
    match kind {
        Kind::Text => framed().set_num_format("@"),
        Kind::Short | Kind::Grade => framed().set_align(FormatAlign::Center),
        Kind::Blank => framed().set_background_color(BLANK).set_num_format("@"),
    }
}
