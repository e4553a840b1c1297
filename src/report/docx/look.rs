//! How a document looks on paper: margins, fonts and sizes of the two manners there are.

use crate::domain::terms::{date::Date, lang::Lang};

/// How a page is to look on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Language of numerals and page numbers.
    pub lang: Lang,
    /// Which layout.
    pub manner: Manner,
    /// Said at the top of every page; empty = nothing.
    pub running: String,
    /// The day written into the file as that of its making: a clock would make each export another file. `None` = 1980.
    pub day: Option<Date>,
}

/// Which layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// That of official documents (GB/T 9704-2012): numbered sections, 版心 156 mm × 225 mm, 仿宋 三号.
    Official,
    /// A form to write on: narrow margins, small type, no numbers.
    Sheet,
}

/// Lengths in twentieths of a point, sizes of type in half points, as the format counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measures {
    /// Top, right, bottom and left margin.
    pub(super) margins: [u32; 4],
    /// Distance of header and footer from the edge of the paper.
    pub(super) edges: [u32; 2],
    pub(super) title: Type,
    pub(super) section: Type,
    pub(super) heading: Type,
    /// A clause with what is said of it.
    pub(super) clause: Type,
    pub(super) body: Type,
    /// What is said of a clause, and lists.
    pub(super) detail: Type,
    /// Cells of tables.
    pub(super) cell: Type,
    /// Room in a cell above and below its text, and beside it.
    pub(super) padding: [u32; 2],
    /// Height of the gap after a table.
    pub(super) gap: u32,
    /// Page number and running head.
    pub(super) edge: Type,
}

/// The look of one kind of paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Type {
    /// East Asian font.
    pub(super) han: &'static str,
    /// Font of Latin letters and digits.
    pub(super) latin: &'static str,
    pub(super) size: u32,
    pub(super) bold: bool,
    /// Exact line pitch; 0 = as the font has it.
    pub(super) pitch: u32,
    /// Space before and after.
    pub(super) around: [u32; 2],
    /// Characters that the first line is indented by.
    pub(super) indent: u32,
}

/// A4.
pub(super) const PAPER: [u32; 2] = [11_906, 16_838];
/// The face of titles that the standard names; rarely on other systems than Chinese offices', so that parts.rs gives a substitute.
pub(super) const TITLE_FACE: &str = "方正小标宋简体";
pub(super) const SONG: &str = "宋体";
pub(super) const FANG_SONG: &str = "仿宋";
pub(super) const HEI: &str = "黑体";
pub(super) const KAI: &str = "楷体";
const TIMES: &str = "Times New Roman";
const ARIAL: &str = "Arial";

impl Look {
    /// A site-visit report.
    #[must_use]
    pub const fn report(lang: Lang, day: Date) -> Self {
        Self { lang, manner: Manner::Official, running: String::new(), day: Some(day) }
    }

    /// A paper of rules, in the manner of official documents; of no day.
    #[must_use]
    pub const fn rules(lang: Lang) -> Self {
        Self { lang, manner: Manner::Official, running: String::new(), day: None }
    }

    /// A scoring sheet, with a line at the top of every page.
    #[must_use]
    pub const fn sheet(lang: Lang, running: String) -> Self {
        Self { lang, manner: Manner::Sheet, running, day: None }
    }

    /// A form to fill in and seal, with a line at the top of every page.
    #[must_use]
    pub const fn form(lang: Lang, running: String, day: Date) -> Self {
        Self { lang, manner: Manner::Sheet, running, day: Some(day) }
    }

    pub(super) const fn is_official(&self) -> bool {
        matches!(self.manner, Manner::Official)
    }

    pub(super) const fn measures(&self) -> Measures {
        match (self.manner, self.lang) {
            (Manner::Official, Lang::Zh) => official(),
            (Manner::Official, Lang::En) => official_in_english(),
            (Manner::Sheet, _) => sheet(),
        }
    }

    /// What is left between the margins for text and tables.
    pub(super) const fn text_width(&self) -> u32 {
        let [_, right, _, left] = self.measures().margins;
        PAPER[0] - left - right
    }
}

const fn face(han: &'static str, size: u32) -> Type {
    Type { han, latin: TIMES, size, bold: false, pitch: 0, around: [0, 0], indent: 0 }
}

/// GB/T 9704-2012: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm with 22 lines of 28 characters, title 二号, text 三号,
/// page number 四号. The standard says nothing of tables; they are 五号 here, and what is said of clauses 小四.
const fn official() -> Measures {
    const LINE: u32 = 579;
    let body = Type { pitch: LINE, indent: 2, ..face(FANG_SONG, 32) };
    Measures {
        margins: [2_098, 1_474, 1_985, 1_588],
        edges: [851, 1_361],
        title: Type { pitch: 720, around: [0, LINE], ..face(TITLE_FACE, 44) },
        section: Type { han: HEI, ..body },
        heading: Type { han: KAI, ..body },
        clause: Type { bold: true, around: [120, 0], ..face(FANG_SONG, 24) },
        body,
        detail: Type { pitch: 400, ..face(FANG_SONG, 24) },
        cell: face(FANG_SONG, 21),
        padding: [40, 80],
        gap: 160,
        edge: face(SONG, 28),
    }
}

/// The same page for Latin letters, which need less room and no indent.
const fn official_in_english() -> Measures {
    let body = Type { around: [0, 120], ..face(FANG_SONG, 24) };
    Measures {
        title: Type { latin: ARIAL, bold: true, around: [0, 360], ..face(TITLE_FACE, 36) },
        section: Type { latin: ARIAL, bold: true, around: [300, 120], ..face(HEI, 28) },
        heading: Type { latin: ARIAL, around: [200, 100], ..face(KAI, 24) },
        clause: Type { bold: true, around: [120, 0], ..face(FANG_SONG, 22) },
        body,
        detail: face(FANG_SONG, 21),
        cell: face(FANG_SONG, 20),
        ..official()
    }
}

const fn sheet_heading(size: u32) -> Type {
    Type { latin: ARIAL, bold: true, around: [200, 80], ..face(HEI, size) }
}

const fn sheet() -> Measures {
    let body = face(SONG, 21);
    Measures {
        margins: [1_134; 4],
        edges: [567, 567],
        title: sheet_heading(34),
        section: sheet_heading(26),
        heading: sheet_heading(22),
        clause: sheet_heading(22),
        body,
        detail: body,
        cell: face(SONG, 19),
        padding: [0, 108],
        gap: 280,
        edge: face(SONG, 18),
    }
}
