//! The report as JSON, schema `hecha-report-1`, described in `docs/REPORT-JSON.md`; below it are the shapes of commands that
//! take `--json`, and `value`, what several of them write alike.

pub mod agreement;
pub(crate) mod draw;
pub mod facility;
pub mod info;
pub mod log;
mod mandate;
pub mod matters;
pub mod merge;
pub mod plan;
pub mod result;
mod value;

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::{dissent::Cause, waiver::MatterKind},
        terms::{absence::Absence, grade::Grade},
    },
    report::{
        Report,
        json::{
            agreement::{part_json, statistics_json},
            facility::facility_json,
            mandate::mandate_json,
            value::{basis, by, counts, decision, identity_key, number, position},
        },
        layout::{
            AreaLine, ClauseLine, ConditionLine, MemberLine, PointLine, RectificationLine, StandardLine,
            Voice, VoteCounts,
        },
    },
    words,
};

/// The name of the schema; it changes when a reader of the old one could misunderstand the new one.
pub const SCHEMA: &str = "hecha-report-1";

/// The report as JSON text, indented, with a line break at the end.
#[must_use]
pub fn json(report: &Report) -> String {
    format!("{:#}\n", value(report))
}

/// The report as a JSON value.
#[must_use]
pub fn value(report: &Report) -> Value {
    let mut value = facts(report);
    if let Value::Object(fields) = &mut value {
        fields.extend(mandate_json(report.by, &report.mandate));
    }
    if let (Some(mark), Value::Object(fields)) = (report.template.mark(), &mut value) {
        fields.insert("template".to_owned(), json!({ "name": mark.name, "sha256": mark.sha256 }));
    }
    value
}

fn facts(report: &Report) -> Value {
    json!({
        "schema": SCHEMA,
        "lang": report.lang.pick("zh", "en"),
        "generated": report.generated,
        "names": report.names,
        "visit": report.visit,
        "facility": report.facility,
        "facility_type": report.facility_type.key(),
        "stage": report.stage.key(),
        "date": report.date.to_string(),
        "lookback": report.lookback.map(|day| day.to_string()),
        "state": report.state.key(),
        "facility_profile": facility_json(&report.facility_profile),
        "waivers": report.waivers.iter().map(|waiver| json!({
            "kind": waiver.kind.map(MatterKind::key),
            "about": waiver.about,
            "reason": waiver.reason,
        })).collect::<Vec<_>>(),
        "checklist": checklist(report),
        "panel": panel(report),
        "draw": report.draw.as_ref().map(draw::draw),
        "method": method(report),
        "remarks": report.remarks,
        "standards": report.standards.iter().map(standard).collect::<Vec<_>>(),
        "subsidy": report.subsidy.as_ref().map(|it| result::subsidy(it, report.lang)),
        "gates": gates(report),
        "counts": counts(&report.all),
        "core": counts(&report.core),
        "areas": report.areas.iter().map(area).collect::<Vec<_>>(),
        "agreement": agreement(report),
        "na_effects": report.na_effects,
        "rectification": problems(&report.rectification),
        "advice": problems(&report.advice),
        "objections": report.objections.iter().map(|line| json!({
            "clause": line.clause, "by": line.by, "text": line.text, "answer": line.answer,
            "on": line.on.map(|day| day.to_string()), "late": line.late,
        })).collect::<Vec<_>>(),
        "dissents": report.dissents.iter().map(|line| json!({
            "clause": line.clause, "member": line.member, "cause": line.cause.map(Cause::key),
            "text": line.text, "minority": line.minority, "on": line.on.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "finalised_on": report.finalised_on.map(|day| day.to_string()),
        "record": report.signing.as_ref().map(|signing| &signing.record),
        "record_code": report.signing.as_ref().map(|signing| &signing.code),
        "signatures": report.signing.iter().flat_map(|signing| &signing.signatures).map(|line| json!({
            "name": line.name, "field": line.field.key(), "signed": line.signed.key(),
            "on": line.on.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "open": report.open.iter().map(|matter| json!({
            "kind": matter.kind.key(),
            "about": matter.about,
            "text": matter.text,
            "waived": matter.waived,
        })).collect::<Vec<_>>(),
    })
}

fn agreement(report: &Report) -> Value {
    let panel = &report.agreement;
    let mut value = statistics_json(&panel.overall);
    if let Value::Object(fields) = &mut value {
        let title = |id: &str| {
            let area = report.areas.iter().find(|area| area.id == id);
            area.map(|area| area.title.as_str()).unwrap_or_default()
        };
        let areas = panel.areas.iter().map(|(id, it)| part_json(id.as_str(), title(id.as_str()), it));
        fields.insert("areas".to_owned(), areas.collect());
        fields.insert("core".to_owned(), statistics_json(&panel.core));
    }
    value
}

fn checklist(report: &Report) -> Value {
    let checklist = &report.checklist;
    json!({
        "profile": checklist.profile,
        "title": checklist.title,
        "edition": checklist.edition,
        "hash": checklist.hash,
        "unofficial": checklist.unofficial,
    })
}

fn panel(report: &Report) -> Value {
    let panel = &report.panel;
    let lacks: Vec<String> = words::lacks(&panel.lacks, report.lang).collect();
    json!({
        "members": panel.members.iter().map(member).collect::<Vec<_>>(),
        "recusals": panel.recusals.iter().map(|recusal| json!({
            "member": recusal.member,
            "clause": recusal.clause,
            "reason": recusal.reason,
            "declared": recusal.declared,
        })).collect::<Vec<_>>(),
        "absent": panel.absences.iter().map(|absence| json!({
            "member": absence.member,
            "reason": absence.reason,
            "sealed": absence.has_sealed,
        })).collect::<Vec<_>>(),
        "lacks": lacks,
        "hidden": panel.n_hidden,
    })
}

fn member(member: &MemberLine) -> Value {
    json!({
        "name": member.name,
        "field": member.field.key(),
        "title": member.title,
        "lead": member.lead,
        "role": member.role.key(),
        "identity": identity_key(member.identity),
        "status": member.status.key(),
        "declaration": member.declaration,
        "late": member.n_late,
        "ballot": member.ballot.key(),
    })
}

fn method(report: &Report) -> Value {
    let method = &report.method;
    json!({
        "rule": method.rule.key(),
        "quorum": method.quorum,
        "source": method.source,
        "unconfirmed": method.unconfirmed,
        "panel_min": method.panel_min,
        "panel_odd": method.panel_odd,
        "plan": method.plan.as_ref().map(plan::summary),
        "panel_source": method.panel_source,
        "panel_unconfirmed": method.panel_unconfirmed,
    })
}

fn standard(standard: &StandardLine) -> Value {
    json!({
        "id": standard.id,
        "title": standard.title,
        "status": standard.status.key(),
        "source": standard.source,
        "in_use": standard.in_use,
        "met": standard.met,
        "barred_by": standard.barred_by,
        "worst": standard.worst == Some(true),
        "best": standard.best == Some(true),
        "clauses_to_flip": standard.clauses_to_flip,
        "votes_to_flip": standard.votes_to_flip,
        "under": { "strictest": standard.worst, "merged": standard.met, "lenient": standard.best },
        "conditions": standard.conditions.iter().map(condition).collect::<Vec<_>>(),
    })
}

fn problems(lines: &[RectificationLine]) -> Value {
    let lines = lines.iter().map(|line| {
        json!({
            "id": line.id, "clause": line.clause, "title": line.title, "core": line.core,
            "point": Some(&line.point).filter(|point| !point.is_empty()),
            "level": line.level.map(|level| level.to_string()), "problem": line.problem,
        })
    });
    lines.collect()
}

fn condition(condition: &ConditionLine) -> Value {
    json!({
        "text": condition.text,
        "met": condition.met,
        "have": number(condition.have),
        "of": number(condition.of),
        "need": number(condition.need),
        "not_applicable": number(condition.not_applicable),
        "failing": condition.failing.iter().map(|line| json!({
            "clause": line.clause, "title": line.title, "verdict": decision(line.verdict),
        })).collect::<Vec<_>>(),
    })
}

fn gates(report: &Report) -> Value {
    let gates = report.gates.iter().map(|gate| {
        json!({
            "id": gate.id,
            "title": gate.title,
            "text": gate.text,
            "period": gate.period.map(|(from, until)| json!({ "from": from.to_string(), "until": until.to_string() })),
            "lacks_lookback": gate.lacks_lookback,
            "state": gate.state.map(|state| state.key()),
            "reason": gate.reason,
            "optional": gate.optional,
            "source": gate.source,
            "unconfirmed": gate.unconfirmed,
        })
    });
    gates.collect()
}

fn area(area: &AreaLine) -> Value {
    json!({
        "id": area.id,
        "title": area.title,
        "edition": area.edition,
        "status": area.status,
        "counts": counts(&area.counts),
        "clauses": area.clauses.iter().map(clause).collect::<Vec<_>>(),
    })
}

fn clause(clause: &ClauseLine) -> Value {
    json!({
        "id": clause.id,
        "title": clause.title,
        "core": clause.core,
        "focus": clause.focus,
        "full_points": clause.full_points.map(number),
        "verdict": decision(clause.verdict),
        "by": by(clause.basis),
        "basis": basis(clause.basis),
        "reason": clause.reason,
        "votes": votes(&clause.votes),
        "n_valid": clause.votes.n_valid(),
        "odd": clause.odd,
        "quorum": clause.quorum,
        "spread": clause.spread,
        "split": clause.split,
        "pass_line_split": clause.pass_line_split,
        "points_range": clause.points_range.map(|(low, high)| [number(low), number(high)]),
        "fields_missing": clause.fields_missing.iter().map(|field| field.key()).collect::<Vec<_>>(),
        "voices": clause.voices.iter().map(voice).collect::<Vec<_>>(),
        "clear": clause.clear.iter().map(voice).collect::<Vec<_>>(),
        "points": clause.points.iter().map(point).collect::<Vec<_>>(),
        "unmet": clause.unmet.iter().map(|unmet| json!({
            "point": unmet.point,
            "level": unmet.level.to_string(),
            "text": unmet.text,
            "source": unmet.source,
            "mark": unmet.mark.map(|mark| mark.key()),
            "n_unmet": unmet.n_unmet,
            "n_recorded": unmet.n_recorded,
        })).collect::<Vec<_>>(),
        "evidence": clause.evidence.iter().map(|it| json!({
            "member": it.member,
            "point": it.point,
            "name": it.name,
            "type": it.media.key(),
            "size": it.size,
            "caption": it.caption,
            "sha256": it.sha256,
        })).collect::<Vec<_>>(),
    })
}

fn point(point: &PointLine) -> Value {
    json!({
        "point": point.point,
        "level": point.level.to_string(),
        "text": point.text,
        "source": point.source,
        "mark": point.mark.map(|mark| mark.key()),
        "n_met": point.n_met,
        "n_unmet": point.n_unmet,
        "n_not_applicable": point.n_not_applicable,
    })
}

fn voice(voice: &Voice) -> Value {
    let mut value = position(voice.position);
    if let Value::Object(fields) = &mut value {
        fields.insert("member".to_owned(), json!(voice.member));
        fields.insert("direct".to_owned(), json!(voice.direct));
        fields.insert("reason".to_owned(), json!(voice.reason));
        fields.insert("note".to_owned(), json!(voice.note));
    }
    value
}

fn votes(votes: &VoteCounts) -> Value {
    let mut fields = serde_json::Map::new();
    for (grade, n) in Grade::ALL.iter().zip(votes.grades) {
        fields.insert(grade.to_string(), json!(n));
    }
    for (kind, n) in Absence::ALL.iter().zip(votes.absent) {
        fields.insert(kind.key().replace('-', "_"), json!(n));
    }
    fields.insert("direct".to_owned(), json!(votes.direct));
    fields.insert("points".to_owned(), json!(votes.points));
    fields.insert("unscored".to_owned(), json!(votes.unscored));
    fields.insert("conflicts".to_owned(), json!(votes.conflicts));
    Value::Object(fields)
}
