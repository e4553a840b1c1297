//! The parts around the text of a document: styles, fonts, settings, header and footers, and how they hang together.

use std::fmt::Write;

use crate::report::{
    docx::look::{FANG_SONG, HEI, KAI, Look, Manner, Measures, SONG, TITLE_FACE, Type},
    markup::Escaped,
};

pub(super) const PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
pub(super) const DOCUMENT: &str = "word/document.xml";

pub(super) const TITLE: &str = "HechaTitle";
pub(super) const SECTION: &str = "HechaSection";
pub(super) const HEADING: &str = "HechaHeading";
pub(super) const CLAUSE: &str = "HechaClause";
pub(super) const BODY: &str = "HechaBody";
pub(super) const DETAIL: &str = "HechaDetail";
pub(super) const CELL: &str = "HechaCell";
pub(super) const EDGE: &str = "HechaEdge";
pub(super) const GAP: &str = "HechaGap";

pub(super) const HEADER: &str = "rId4";
pub(super) const FOOTER: &str = "rId5";
pub(super) const EVEN_FOOTER: &str = "rId6";

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// All parts but the document, with their names. The list of content types comes first, as readers expect.
pub(super) fn around(title: &str, look: &Look) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations()),
        ("docProps/core.xml", core(title, look)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles(look)),
        ("word/fontTable.xml", fonts()),
        ("word/settings.xml", settings(look)),
        ("word/header1.xml", header(look)),
        ("word/footer1.xml", footer(look, false)),
        ("word/footer2.xml", footer(look, true)),
    ]
}

/// Part, its relation to the document, and its type.
const OF_DOCUMENT: [(&str, &str); 6] = [
    ("styles", "styles"),
    ("fontTable", "fontTable"),
    ("settings", "settings"),
    ("header1", "header"),
    ("footer1", "footer"),
    ("footer2", "footer"),
];

fn content_types() -> String {
    let mut out = format!(
        "{PROLOGUE}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/{DOCUMENT}\" ContentType=\"{MAIN}.document.main+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (part, kind) in OF_DOCUMENT {
        let _ = write!(out, "<Override PartName=\"/word/{part}.xml\" ContentType=\"{MAIN}.{kind}+xml\"/>");
    }
    out + "</Types>"
}

fn relations() -> String {
    format!(
        "{PROLOGUE}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{RELATIONS}/officeDocument\" Target=\"{DOCUMENT}\"/><Relationship Id=\"rId2\" \
         Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn document_relations() -> String {
    let mut out = format!("{PROLOGUE}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (n, (part, kind)) in (1..).zip(OF_DOCUMENT) {
        let _ =
            write!(out, "<Relationship Id=\"rId{n}\" Type=\"{RELATIONS}/{kind}\" Target=\"{part}.xml\"/>");
    }
    out + "</Relationships>"
}

fn core(title: &str, look: &Look) -> String {
    let day = look.day.map_or_else(|| "1980-01-01".to_owned(), |day| day.to_string());
    format!(
        "{PROLOGUE}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>hecha</dc:creator>\
         <dc:language>{}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        Escaped(title),
        look.lang.pick("zh-CN", "en-GB")
    )
}

fn styles(look: &Look) -> String {
    let measures = look.measures();
    let mut out = format!("{PROLOGUE}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault>");
    characters(&mut out, &measures.body, look);
    out.push_str("</w:rPrDefault><w:pPrDefault/></w:docDefaults>");
    out.push_str("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>");
    for (id, name, kind, paragraph) in paragraphs(&measures) {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>"
        );
        out.push_str(paragraph.before);
        spacing(&mut out, &kind);
        out.push_str(paragraph.after);
        out.push_str("</w:pPr>");
        characters(&mut out, &kind, look);
        out.push_str("</w:style>");
    }
    out + "</w:styles>"
}

/// Properties of a paragraph beside its spacing; the format fixes their order.
#[derive(Default)]
struct Beside {
    before: &'static str,
    after: &'static str,
}

fn paragraphs(measures: &Measures) -> Vec<(&'static str, &'static str, Type, Beside)> {
    let gap = Type { size: 2, bold: false, pitch: measures.gap, ..measures.cell };
    let heading = |after| Beside { before: "<w:keepNext/>", after };
    vec![
        (
            TITLE,
            "Hecha Title",
            measures.title,
            Beside { before: "", after: "<w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>" },
        ),
        (SECTION, "Hecha Section", measures.section, heading("<w:outlineLvl w:val=\"1\"/>")),
        (HEADING, "Hecha Heading", measures.heading, heading("<w:outlineLvl w:val=\"2\"/>")),
        (CLAUSE, "Hecha Clause", measures.clause, heading("<w:outlineLvl w:val=\"3\"/>")),
        (BODY, "Hecha Body", measures.body, Beside::default()),
        (
            DETAIL,
            "Hecha Detail",
            measures.detail,
            Beside { before: "", after: "<w:ind w:left=\"240\" w:hanging=\"240\"/>" },
        ),
        (CELL, "Hecha Cell", measures.cell, Beside::default()),
        (EDGE, "Hecha Edge", measures.edge, Beside::default()),
        (GAP, "Hecha Gap", gap, Beside::default()),
    ]
}

fn spacing(out: &mut String, kind: &Type) {
    let [before, after] = kind.around;
    let _ = write!(out, "<w:spacing w:before=\"{before}\" w:after=\"{after}\"");
    if kind.pitch > 0 {
        let _ = write!(out, " w:line=\"{}\" w:lineRule=\"exact\"", kind.pitch);
    }
    out.push_str("/>");
    if kind.indent > 0 {
        // Half points times ten are twentieths of a point.
        let twips = kind.indent * kind.size * 10;
        let _ = write!(out, "<w:ind w:firstLineChars=\"{}\" w:firstLine=\"{twips}\"/>", kind.indent * 100);
    }
}

/// Without the East Asian name, Word picks a font by the system's language, and Chinese turns into boxes elsewhere. The
/// hint makes quotation marks and dashes Chinese ones in Chinese text.
fn characters(out: &mut String, kind: &Type, look: &Look) {
    let Type { han, latin, size, bold, .. } = *kind;
    let hint = look.lang.pick(" w:hint=\"eastAsia\"", "");
    let _ = write!(
        out,
        "<w:rPr><w:rFonts{hint} w:ascii=\"{latin}\" w:eastAsia=\"{han}\" w:hAnsi=\"{latin}\" w:cs=\"{latin}\"/>"
    );
    if bold {
        out.push_str("<w:b/>");
    }
    // Latin letters told to be Chinese break anywhere in a word.
    let _ = write!(
        out,
        "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>"
    );
}

/// What to take where a font is missing: the names that other systems give to the same style of letter.
fn fonts() -> String {
    const INSTEAD: [(&str, &str); 5] = [
        (TITLE_FACE, "华文中宋,SimSun,Noto Serif CJK SC"),
        (FANG_SONG, "FangSong,仿宋_GB2312,STFangsong,Noto Serif CJK SC"),
        (HEI, "SimHei,Noto Sans CJK SC"),
        (KAI, "KaiTi,楷体_GB2312,STKaiti,Noto Serif CJK SC"),
        (SONG, "SimSun,Noto Serif CJK SC"),
    ];
    let mut out = format!("{PROLOGUE}<w:fonts {NAMESPACES}>");
    for (name, instead) in INSTEAD {
        let _ = write!(
            out,
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{instead}\"/><w:charset w:val=\"86\"/></w:font>"
        );
    }
    out + "</w:fonts>"
}

fn settings(look: &Look) -> String {
    let even = if look.is_official() { "<w:evenAndOddHeaders/>" } else { "" };
    // Without the mode, Word opens the file as one of an old version and lays tables out by other rules.
    format!(
        "{PROLOGUE}<w:settings {NAMESPACES}><w:defaultTabStop w:val=\"420\"/>{even}\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn header(look: &Look) -> String {
    format!(
        "{PROLOGUE}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{EDGE}\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p></w:hdr>",
        Escaped(&look.running)
    )
}

/// The page number. Official documents have it between two dashes, one character from the outer edge.
fn footer(look: &Look, even: bool) -> String {
    let side = match (look.manner, even) {
        (Manner::Official, true) => "<w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>",
        (Manner::Official, false) => "<w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>",
        (Manner::Sheet, _) => "<w:jc w:val=\"center\"/>",
    };
    let (before, after) = match look.manner {
        Manner::Official => ("— ", " —"),
        Manner::Sheet => (look.lang.pick("第 ", "Page "), look.lang.pick(" 页", "")),
    };
    let latin = "<w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\"/></w:rPr>";
    let field = |kind| format!("<w:r>{latin}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{PROLOGUE}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{EDGE}\"/>{side}</w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{before}</w:t></w:r>{}<w:r>{latin}<w:instrText xml:space=\"preserve\"> PAGE \
         </w:instrText></w:r>{}<w:r>{latin}<w:t>1</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\">{after}</w:t></w:r></w:p></w:ftr>",
        field("begin"),
        field("separate"),
        field("end")
    )
}
