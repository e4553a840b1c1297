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
            waiver::{Finalisation, MatterKind, Waiver, Waiving},
        },
        ending::readiness::{self, Matter},
        terms::{
            clean::clean_line,
            digest::Digest,
            lang::{Lang, Text},
            written::Line,
        },
    },
    report::open,
};

/// Clauses, gates or members that are named one by one in a line.
const SHOWN: usize = 8;

impl Session {
    /// All that is open, over the votes this laptop may show; in a revision without what the record in force let pass.
    #[must_use]
    pub(crate) fn matters(&self) -> Vec<Matter> {
        let (outcome, shown) = (self.outcome(), info::shown(self));
        let all = readiness::matters(&self.visit, &outcome, &shown, Some(&self.record_digest()));
        if !self.visit.revision.is_draft {
            return all;
        }
        let before = self.let_pass_before();
        let is_open = |matter: Matter| match matter.blocks() {
            true => let_pass(&matter, &before, &mut Vec::new()),
            false => Some(matter),
        };
        all.into_iter().filter_map(is_open).collect()
    }

    /// The reasons for letting matters pass that were kept on this laptop, and for a revision those of the record in force.
    ///
    /// # Errors
    /// If the store fails. What is no kind or no reason any more is left out.
    pub(crate) fn kept_waivers(&self) -> Result<Vec<Waiving>, Failure> {
        let kept =
            self.store.waivers(&self.visit.id).map_err(|error| self.store_failure(&error))?.into_iter();
        let read = kept.filter_map(|(kind, reason)| {
            Some(Waiving { kind: MatterKind::parse(&kind)?, about: None, reason: Line::new(&reason).ok()? })
        });
        let mut kept: Vec<Waiving> = read.collect();
        if self.visit.revision.is_draft {
            kept.extend(self.let_pass_before());
        }
        Ok(kept)
    }

    /// Keeps a reason for letting a kind of matter pass, on this laptop only, until the visit is made final; an empty one takes it
    /// back.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, or the store fails.
    pub(in crate::app) fn keep_waiver(&mut self, kind: MatterKind, reason: &Line) -> Result<(), Failure> {
        self.as_lead()?;
        let kept = self.store.keep_waiver(&self.visit.id, kind.key(), reason.as_str());
        kept.map_err(|error| self.store_failure(&error))
    }

    /// Makes the visit final. What still holds it up must be settled, or waived with a reason for its kind, which every report
    /// prints. What was found unmet goes on the rectification ledger. Reasons for kinds that hold nothing up are not written down.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, something holds the visit up, a reason is empty, scoring is not closed, or
    /// the store fails.
    pub(in crate::app) fn finalize(&mut self, reasons: &[Waiving]) -> Result<(), Failure> {
        self.seal()?;
        let waivers = self.may_finalize(reasons)?;
        let counted = self.visit.members.iter().filter(|state| state.ballot_state.counts());
        let finalisation = Finalisation {
            tips: self.visit.tips(),
            opened: counted.map(|state| state.member.name.clone()).collect(),
            waivers,
            record: self.record_digest(),
            revises: self.in_force(),
            on: Some(self.ledger_day()?),
        };
        let mut edits = vec![Edit::Final(finalisation)];
        edits.extend(self.born_items(&info::shown(self)));
        self.write(edits.into_iter().map(|edit| (edit, None)).collect())?;
        self.seal()
    }

    /// The final record that a further one would replace.
    fn in_force(&self) -> Option<Digest> {
        self.visit.finalised.as_ref().map(|end| end.record)
    }

    /// The reasons that the record in force was made with, one for each clause, gate or member.
    fn let_pass_before(&self) -> Vec<Waiving> {
        let waivers = self.visit.finalised.iter().flat_map(|end| &end.waivers);
        let each = waivers.flat_map(|waiver| {
            let about: Vec<Option<String>> = match waiver.about.as_slice() {
                [] => vec![None],
                about => about.iter().cloned().map(Some).collect(),
            };
            about.into_iter().map(move |about| (waiver.kind, about, &waiver.reason))
        });
        let known = each
            .filter_map(|(kind, about, reason)| Some(Waiving { kind: kind?, about, reason: reason.clone() }));
        known.collect()
    }

    /// What making the visit final now would let pass. What the record in force let pass, a revision does as well.
    ///
    /// # Errors
    /// As [`Self::finalize`], which does it.
    pub(crate) fn may_finalize(&self, reasons: &[Waiving]) -> Result<Vec<Waiver>, Failure> {
        // While scoring is not closed, what else is open is told all the same.
        self.as_lead()?;
        let permitted = self.may(&Edit::Final(Finalisation {
            tips: BTreeSet::new(),
            opened: BTreeSet::new(),
            waivers: Vec::new(),
            record: self.record_digest(),
            revises: self.in_force(),
            on: None,
        }));
        if self.visit.finalised.is_some() && !self.visit.revision.is_draft {
            permitted.clone()?;
        }
        // The whole record is judged, also what is withheld from this reader.
        let (outcome, shown) = (self.whole_outcome(), info::shown(self));
        let all = readiness::matters(&self.visit, &outcome, &shown, Some(&self.record_digest()));
        let mut waivers: Vec<Waiver> = Vec::new();
        let mut open: Vec<Matter> = Vec::new();
        let reasons: Vec<Waiving> = reasons.iter().cloned().chain(self.let_pass_before()).collect();
        for matter in all.into_iter().filter(Matter::blocks) {
            let still = let_pass(&matter, &reasons, &mut waivers);
            open.extend(still);
        }
        if !open.is_empty() {
            return Err(held_up(&open));
        }
        permitted?;
        if !self.visit.closed {
            return Err(not_closed());
        }
        Ok(waivers)
    }
}

/// Writes down what of a matter the reasons let pass; gives what of it is still open. A reason for one clause, gate or member goes
/// before one for all of the kind.
fn let_pass(matter: &Matter, reasons: &[Waiving], waivers: &mut Vec<Waiver>) -> Option<Matter> {
    let reason_for = |about: Option<&str>| {
        let of_kind = || reasons.iter().filter(|it| it.kind == matter.kind && !it.reason.is_empty());
        let named = about.and_then(|about| of_kind().find(|it| it.about.as_deref() == Some(about)));
        let found = named.or_else(|| of_kind().find(|it| it.about.is_none()));
        found.filter(|_| matter.kind.can_be_waived()).map(|it| &it.reason)
    };
    let mut write = |about: Option<&String>, reason: &Line| {
        let about = about.cloned();
        match waivers.iter_mut().find(|it| it.kind == Some(matter.kind) && &it.reason == reason) {
            Some(known) => known.about.extend(about),
            None => waivers.push(Waiver {
                kind: Some(matter.kind),
                about: about.into_iter().collect(),
                reason: reason.clone(),
            }),
        }
    };
    if matter.about.is_empty() {
        return match reason_for(None) {
            Some(reason) => {
                write(None, reason);
                None
            }
            None => Some(matter.clone()),
        };
    }
    let mut still = Vec::new();
    for about in &matter.about {
        match reason_for(Some(about)) {
            Some(reason) => write(Some(about), reason),
            None => still.push(about.clone()),
        }
    }
    (!still.is_empty()).then(|| Matter { about: still, ..matter.clone() })
}

/// Reads `KIND=REASON`, for all of a kind, or `KIND:ABOUT=REASON`, for one clause, gate or member of it; full-width signs will do.
///
/// # Errors
/// That there is no such kind, or none that can be waived, or that there is no reason or a longer one than may be recorded.
pub fn parse_waiver(text: &str) -> Result<Waiving, Failure> {
    let folded = text.replacen('＝', "=", 1);
    let (subject, reason) = folded.split_once('=').unwrap_or((&folded, ""));
    let subject = subject.replacen('：', ":", 1);
    let (kind, about) =
        subject.split_once(':').map_or((&*subject, None), |(kind, about)| (kind, Some(about)));
    let known = MatterKind::parse(kind.trim()).filter(|kind| kind.blocks() && kind.can_be_waived());
    let Some(kind) = known else { return Err(unknown_kind(kind)) };
    let about = about.map(|about| about.trim().to_owned()).filter(|about| !about.is_empty());
    let reason = Line::new(reason)?;
    if reason.is_empty() { Err(no_reason(kind)) } else { Ok(Waiving { kind, about, reason }) }
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

fn held_up(open: &[Matter]) -> Failure {
    let n = open.len();
    let lines =
        open.iter().map(|matter| Text::new(matter_line(matter, Lang::Zh), matter_line(matter, Lang::En)));
    not_final(
        Text::new(
            format!("还有 {n} 件事没有处理，逐一列在下面。"),
            format!("{n} matters are open; they are listed below."),
        ),
        Text::new(
            "请逐一处理；确实不能处理的，用 --waive 事项=理由（或 事项:条款=理由）说明，理由会印在报告里。签字不能豁免。",
            "Settle them. For what cannot be settled give --waive MATTER=REASON (or MATTER:CLAUSE=REASON); the report prints the reason. No reason stands for signatures.",
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
