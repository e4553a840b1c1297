//! The texts of a template filled in for a report: titles, fixed texts, and what a section says that has nothing to show.

use crate::report::{
    Report,
    page::{Block, Span},
    template::{
        Both, Entry, Kind, SectionId,
        placeholder::Placeholder,
        prose::{Line, Part, Phrase, Piece, Prose},
    },
};

/// The title of a report.
pub(super) fn title(report: &Report) -> String {
    phrase(report.template.title(), report)
}

/// The title of a section.
pub(super) fn section_title(entry: &Entry, report: &Report) -> String {
    phrase(&entry.title, report)
}

/// The fixed text of a section.
pub(super) fn text(id: SectionId, report: &Report) -> Vec<Block> {
    report.template.entry(id).map(|entry| prose(&entry.text, report)).unwrap_or_default()
}

/// What a section says that has nothing to show.
pub(super) fn none(id: SectionId, report: &Report) -> Block {
    Block::Text(report.template.entry(id).map(|entry| phrase(&entry.none, report)).unwrap_or_default())
}

/// What stands before `inside`, itself, and what stands after it. A section of the template's own is all text.
pub(super) fn around(entry: &Entry, inside: Vec<Block>, report: &Report) -> Vec<Block> {
    let own = match entry.kind {
        Kind::Own(_) => prose(&entry.text, report),
        Kind::Known(_) => Vec::new(),
    };
    [prose(&entry.before, report), inside, own, prose(&entry.after, report)].concat()
}

fn phrase(text: &Both<Phrase>, report: &Report) -> String {
    text.get(report.lang).0.iter().map(|piece| words(piece, report)).collect()
}

fn prose(text: &Both<Prose>, report: &Report) -> Vec<Block> {
    text.get(report.lang).0.iter().map(|part| block(part, report)).collect()
}

fn block(part: &Part, report: &Report) -> Block {
    match part {
        Part::Heading(line) => Block::Heading(plain(&spans(line, report))),
        Part::Paragraph(line) => {
            let spans = spans(line, report);
            if spans.iter().any(|span| span.strong) { Block::Rich(spans) } else { Block::Text(plain(&spans)) }
        }
        Part::List(lines) => {
            let items: Vec<Vec<Span>> = lines.iter().map(|line| spans(line, report)).collect();
            if items.iter().flatten().any(|span| span.strong) {
                Block::RichList(items)
            } else {
                Block::List(items.iter().map(|spans| plain(spans)).collect())
            }
        }
    }
}

/// The stretches with their values, neighbours of one kind joined.
fn spans(line: &Line, report: &Report) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (strong, piece) in line {
        let text = words(piece, report);
        match spans.last_mut().filter(|span| span.strong == *strong) {
            Some(span) => span.text.push_str(&text),
            None => spans.push(Span { text, strong: *strong }),
        }
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn words(piece: &Piece, report: &Report) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(placeholder) => value(*placeholder, report),
    }
}

/// What stands for a placeholder in a report: plain text, whatever markup it may look like.
fn value(placeholder: Placeholder, report: &Report) -> String {
    match placeholder {
        Placeholder::Facility => report.facility.clone(),
        Placeholder::FacilityType => report.facility_type.name(report.lang).to_owned(),
        Placeholder::Stage => report.stage.name(report.lang).to_owned(),
        Placeholder::Date => report.date.to_string(),
        Placeholder::State => report.state.name(report.lang).to_owned(),
        Placeholder::Visit => report.visit.clone(),
        Placeholder::Checklist => report.checklist.title.clone(),
        Placeholder::Edition => report.checklist.edition.clone(),
        Placeholder::Lead => {
            let lead = report.panel.members.iter().find(|member| member.lead);
            lead.map(|member| member.name.clone()).unwrap_or_default()
        }
        Placeholder::PanelN => report.panel.members.len().to_string(),
        Placeholder::ClausesN => report.all.total().to_string(),
        Placeholder::CoreN => report.core.total().to_string(),
    }
}
