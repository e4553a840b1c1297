//! Making a visit final: everything is in order, or a reason says why it may pass.

use std::collections::BTreeSet;

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
        visit::info,
    },
    domain::{
        edit::{
            Edit,
            waiver::{Finalisation, MatterKind, Waiver},
        },
        ending::readiness::{self, Matter},
        terms::{
            clean::clean_line,
            lang::{Lang, Text},
            written::{Line, TooLong},
        },
    },
    report::open,
};

/// Clauses, gates or members that are named one by one in a line.
const SHOWN: usize = 8;

impl Session {
    /// All that is open, over the votes this laptop may show.
    #[must_use]
    pub(crate) fn matters(&self) -> Vec<Matter> {
        readiness::matters(&self.visit, &self.outcome(), &info::shown(self))
    }

    /// Makes the visit final. What still holds it up must be settled, or waived with a reason for its kind, which every report
    /// prints. What was found unmet goes on the rectification ledger. Reasons for kinds that hold nothing up are not written down.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, something holds the visit up, a reason is empty, scoring is not closed, or
    /// the store fails.
    pub(in crate::app) fn finalize(&mut self, reasons: &[(MatterKind, String)]) -> Result<(), Failure> {
        self.seal()?;
        let waivers = self.may_finalize(reasons)?;
        let counted = self.visit.members.iter().filter(|state| state.ballot_state.counts());
        let finalisation = Finalisation {
            tips: self.visit.tips(),
            opened: counted.map(|state| state.member.name.clone()).collect(),
            waivers,
            record: self.record_digest(),
        };
        let mut edits = vec![Edit::Final(finalisation)];
        edits.extend(self.born_items(&info::shown(self)));
        self.write(edits.into_iter().map(|edit| (edit, None)).collect())?;
        self.seal()
    }

    /// What making the visit final now would let pass.
    ///
    /// # Errors
    /// As [`Self::finalize`], which does it.
    pub(crate) fn may_finalize(&self, reasons: &[(MatterKind, String)]) -> Result<Vec<Waiver>, Failure> {
        // While scoring is not closed, what else is open is told all the same.
        self.as_lead()?;
        let permitted = self.may(&Edit::Final(Finalisation {
            tips: BTreeSet::new(),
            opened: BTreeSet::new(),
            waivers: Vec::new(),
            record: self.record_digest(),
        }));
        if self.visit.closed {
            permitted.clone()?;
        }
        let given = reasons.iter().map(|(kind, reason)| Ok((*kind, Line::new(reason)?)));
        let given = given.collect::<Result<Vec<_>, TooLong>>()?;
        // The whole record is judged, also what is withheld from this reader.
        let all = readiness::matters(&self.visit, &self.whole_outcome(), &info::shown(self));
        let holding: Vec<Matter> = all.into_iter().filter(|it| it.kind.blocks()).collect();
        let reason_for = |kind: MatterKind| {
            let given = given.iter().find(|(it, _)| *it == kind).map(|(_, reason)| reason.clone());
            given.filter(|reason| !reason.is_empty() && kind.can_be_waived())
        };
        let open: Vec<&Matter> = holding.iter().filter(|it| reason_for(it.kind).is_none()).collect();
        if !open.is_empty() {
            return Err(held_up(&open));
        }
        permitted?;
        if !self.visit.closed {
            return Err(not_closed());
        }
        let mut waivers: Vec<Waiver> = Vec::new();
        for matter in &holding {
            let said = waivers.iter_mut().find(|it| it.kind == Some(matter.kind));
            match (said, reason_for(matter.kind)) {
                (Some(waiver), _) => waiver.about.extend(matter.about.iter().cloned()),
                (None, Some(reason)) => {
                    let about = matter.about.clone();
                    waivers.push(Waiver { kind: Some(matter.kind), about, reason });
                }
                (None, None) => {}
            }
        }
        Ok(waivers)
    }
}

/// Reads `KIND=REASON`; full-width signs will do.
///
/// # Errors
/// That there is no such kind, or none that can be waived, or that there is no reason or a longer one than may be recorded.
pub fn parse_waiver(text: &str) -> Result<(MatterKind, String), Failure> {
    let folded = text.replacen('＝', "=", 1);
    let (kind, reason) = folded.split_once('=').unwrap_or((&folded, ""));
    let known = MatterKind::parse(kind.trim()).filter(|kind| kind.blocks() && kind.can_be_waived());
    let Some(kind) = known else { return Err(unknown_kind(kind)) };
    let reason = Line::new(reason)?;
    if reason.is_empty() { Err(no_reason(kind)) } else { Ok((kind, reason.into_string())) }
}

/// One open matter as a line: its word for `--waive`, and the matter in words.
#[must_use]
pub fn matter_line(matter: &Matter, lang: Lang) -> String {
    format!("{}  {}", matter.kind.key(), matter_words(matter, lang))
}

/// One open matter in words: what it is, and whom or what it is about.
#[must_use]
pub fn matter_words(matter: &Matter, lang: Lang) -> String {
    let line = open::in_words(matter, lang);
    let comma = lang.pick("、", ", ");
    let n = line.about.len();
    let mut about = line.about.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(comma);
    if n > SHOWN {
        about.push_str(&match lang {
            Lang::Zh => format!(" 等 {n} 项"),
            Lang::En => format!(" and {} more", n - SHOWN),
        });
    }
    let parts = [line.kind.name(lang).to_owned(), about, line.text];
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    said.join(lang.pick("：", ": "))
}

fn held_up(open: &[&Matter]) -> Failure {
    let n = open.len();
    let lines =
        open.iter().map(|matter| Text::new(matter_line(matter, Lang::Zh), matter_line(matter, Lang::En)));
    not_final(
        Text::new(
            format!("还有 {n} 件事没有处理，逐一列在下面。"),
            format!("{n} matters are open; they are listed below."),
        ),
        Text::new(
            "请逐一处理；确实不能处理的，用 --waive 事项=理由 说明，理由会印在报告里。",
            "Settle them. For what cannot be settled give --waive MATTER=REASON; the report prints the reason.",
        ),
    )
    .with_details(lines.collect())
}

fn not_closed() -> Failure {
    not_final(
        Text::new(
            "评分还没有结束，没有可以定稿的评分。",
            "Scoring is not closed, so there are no votes to make final.",
        ),
        Text::new("请先运行 hecha close。", "Run hecha close first."),
    )
}

fn unknown_kind(kind: &str) -> Failure {
    let known: Vec<&str> = MatterKind::ALL
        .iter()
        .filter(|kind| kind.blocks() && kind.can_be_waived())
        .map(|kind| kind.key())
        .collect();
    let (kind, known) = (clean_line(kind), known.join(", "));
    Failure::new(
        Exit::Usage,
        Text::new("核查没有定稿。", "The visit was not made final."),
        Text::new(
            format!("“{kind}”不是可以豁免的事项。"),
            format!("“{kind}” is nothing that can be waived."),
        ),
        Text::new(format!("可用：{known}"), format!("Known: {known}")),
    )
}

fn no_reason(kind: MatterKind) -> Failure {
    let (zh, en, key) = (kind.name(Lang::Zh), kind.name(Lang::En), kind.key());
    not_final(
        Text::new(format!("豁免“{zh}”没有写理由。"), format!("“{en}” was waived without a reason.")),
        Text::new(format!("请写成 --waive {key}=理由。"), format!("Write --waive {key}=REASON.")),
    )
}

fn not_final(why: Text, next: Text) -> Failure {
    Failure::new(Exit::NeedsPerson, Text::new("核查没有定稿。", "The visit was not made final."), why, next)
}
