//! What happens to items of the rectification ledger, as JSON.

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::{
            BallotKey, Edit,
            rectify::{Closure, PROOF_LIMIT, Plan, Problem, Proof, RectifyStep, Submission},
        },
        terms::{
            date::Date,
            digest::Digest,
            id::{ClauseId, PointId, RectifyId, SubmissionId},
        },
    },
    share::{
        code::{
            base64::{decode_array, encode},
            json::Json,
        },
        wire::{
            evidence::{evidence_from, evidence_json},
            finding::{finding_from, finding_json},
            value::{id, line, note, optional, reason},
        },
    },
};

/// A step as JSON.
pub(super) fn rectify_json(item: &RectifyId, step: &RectifyStep) -> Value {
    let (what, value) = match step {
        RectifyStep::Open(problem) => ("open", problem_json(problem)),
        RectifyStep::Plan(plan) => ("plan", plan_json(plan)),
        RectifyStep::Submit(submission) => ("submit", submission_json(submission)),
        RectifyStep::Close(closure) => ("close", closure_json(closure)),
        RectifyStep::Reopen { reason } => ("reopen", json!({"why": reason.as_str()})),
        RectifyStep::Strike { reason } => ("strike", json!({"why": reason.as_str()})),
    };
    json!({"i": item.as_str(), "do": what, "v": value})
}

/// A step from JSON.
pub(super) fn rectify_from(json: &Json<'_>) -> Option<Edit> {
    let value = json.get("v")?;
    let step = match json.text("do")? {
        "open" => RectifyStep::Open(problem_from(value)?),
        "plan" => RectifyStep::Plan(plan_from(value)?),
        "submit" => RectifyStep::Submit(submission_from(value)?),
        "close" => RectifyStep::Close(closure_from(value)?),
        "reopen" => RectifyStep::Reopen { reason: reason(value)? },
        "strike" => RectifyStep::Strike { reason: reason(value)? },
        _ => return None,
    };
    Some(Edit::Rectify { item: RectifyId::new(id(json.text("i")?)?), step: Box::new(step) })
}

/// Hundreds of items are opened at once: what is not there takes no room.
fn problem_json(problem: &Problem) -> Value {
    let mut json = json!({});
    let plan = (problem.plan != Plan::default()).then(|| plan_json(&problem.plan));
    let members = [
        ("c", problem.clause.as_ref().map(|clause| clause.as_str().into())),
        ("p", problem.point.as_ref().map(|point| point.as_str().into())),
        ("text", Some(Value::from(problem.text.as_str())).filter(|_| !problem.text.is_empty())),
        ("plan", plan),
    ];
    for (key, value) in members {
        if let (Some(value), Some(members)) = (value, json.as_object_mut()) {
            members.insert(key.to_owned(), value);
        }
    }
    json
}

fn problem_from(json: &Json<'_>) -> Option<Problem> {
    Some(Problem {
        clause: optional(json.get("c"), |clause| Some(ClauseId::new(id(clause.as_text()?)?)))?,
        point: optional(json.get("p"), |point| Some(PointId::new(id(point.as_text()?)?)))?,
        text: optional(json.get("text"), note)?.unwrap_or_default(),
        plan: optional(json.get("plan"), plan_from)?.unwrap_or_default(),
    })
}

fn plan_json(plan: &Plan) -> Value {
    json!({"goal": plan.goal.as_str(), "person": plan.person.as_str(), "until": plan.deadline.map(|day| day.to_string())})
}

fn plan_from(json: &Json<'_>) -> Option<Plan> {
    Some(Plan {
        goal: note(json.get("goal")?)?,
        person: line(json.get("person")?)?,
        deadline: optional(json.get("until"), day)?,
    })
}

fn submission_json(submission: &Submission) -> Value {
    let proof: Vec<Value> = submission.proof.iter().map(proof_json).collect();
    json!({
        "id": submission.id.as_str(), "by": submission.by.as_str(), "on": submission.date.to_string(),
        "text": submission.text.as_str(), "proof": proof,
    })
}

fn submission_from(json: &Json<'_>) -> Option<Submission> {
    let proof = json.list("proof").filter(|proof| proof.len() <= PROOF_LIMIT)?;
    Some(Submission {
        id: SubmissionId::new(id(json.text("id")?)?),
        by: line(json.get("by")?)?,
        date: day(json.get("on")?)?,
        text: note(json.get("text")?)?,
        proof: proof.iter().map(proof_from).collect::<Option<_>>()?,
    })
}

fn proof_json(proof: &Proof) -> Value {
    json!({"h": encode(&proof.digest.0), "key": encode(&proof.key.0), "v": evidence_json(&proof.item)})
}

fn proof_from(json: &Json<'_>) -> Option<Proof> {
    Some(Proof {
        digest: Digest(decode_array(json.text("h")?)?),
        key: BallotKey(decode_array(json.text("key")?)?),
        item: evidence_from(json.get("v")?)?,
    })
}

fn closure_json(closure: &Closure) -> Value {
    json!({
        "of": closure.submission.as_str(), "on": closure.date.to_string(), "remark": closure.remark.as_str(),
        "finding": closure.finding.as_ref().map(finding_json),
    })
}

fn closure_from(json: &Json<'_>) -> Option<Closure> {
    Some(Closure {
        submission: SubmissionId::new(id(json.text("of")?)?),
        date: day(json.get("on")?)?,
        remark: note(json.get("remark")?)?,
        finding: optional(json.get("finding"), finding_from)?,
    })
}

fn day(json: &Json<'_>) -> Option<Date> {
    json.as_text()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            edit::{
                evidence::{EvidenceItem, MediaType},
                finding::Finding,
            },
            terms::clean::{LINE_LIMIT, NOTE_LIMIT},
        },
        share::wire::{Extra, decode_edit, encode_edit},
    };

    fn read(text: &str) -> Edit {
        decode_edit(&Json::parse(text).unwrap())
    }

    fn steps() -> Vec<RectifyStep> {
        let date = "2026-11-27".parse().unwrap();
        let plan =
            Plan { goal: "补齐".parse().unwrap(), person: "王芳".parse().unwrap(), deadline: Some(date) };
        let item = EvidenceItem {
            name: "a.jpg".to_owned(),
            caption: "".parse().unwrap(),
            point: None,
            size: 9,
            media: MediaType::Jpeg,
            sealed: Digest([3; 32]),
        };
        let proof = Proof { digest: Digest([2; 32]), item, key: BallotKey([4; 32]) };
        let submission = Submission {
            id: "S1".into(),
            by: "王芳".parse().unwrap(),
            date,
            text: "已补齐\n见照片".parse().unwrap(),
            proof: vec![proof],
        };
        let closure = |finding, remark: &str| Closure {
            submission: "S1".into(),
            date,
            finding,
            remark: remark.parse().unwrap(),
        };
        vec![
            RectifyStep::Open(Problem::default()),
            RectifyStep::Open(Problem {
                clause: Some("EM-01".into()),
                point: Some("C1".into()),
                text: "缺".parse().unwrap(),
                plan: plan.clone(),
            }),
            RectifyStep::Plan(plan),
            RectifyStep::Plan(Plan::default()),
            RectifyStep::Submit(submission),
            RectifyStep::Close(closure(Some(Finding::Tick(true)), "")),
            RectifyStep::Close(closure(None, "看过了")),
            RectifyStep::Reopen { reason: "又坏了".parse().unwrap() },
            RectifyStep::Strike { reason: "不属于乡镇".parse().unwrap() },
        ]
    }

    #[test]
    fn every_step_reads_back_as_written() {
        for step in steps() {
            let edit = Edit::Rectify { item: "EM-01.C1".into(), step: Box::new(step) };
            assert_eq!(read(&encode_edit(&edit, Extra::None).to_string()), edit);
        }
    }

    #[test]
    fn a_step_that_is_not_well_formed_changes_nothing_and_text_arrives_clean() {
        let step =
            |what: &str, value: &str| format!(r#"{{"k":"rectify","i":"X","do":"{what}","v":{value}}}"#);
        for (what, value) in [
            ("burn", "{}"),
            ("reopen", r#"{"why":""}"#),
            ("reopen", "null"),
            ("plan", r#"{"goal":"","person":"","until":"2026-02-30"}"#),
            ("submit", r#"{"id":"a b","by":"x","on":"2026-01-01","text":"t","proof":[]}"#),
            ("submit", r#"{"id":"a","by":"x","on":"2026-01-01","text":"t"}"#),
            ("close", r#"{"of":"a","on":"2026-01-01","remark":"","finding":{"ratio":[2,1]}}"#),
        ] {
            assert!(matches!(read(&step(what, value)), Edit::Unknown { .. }), "{what} {value}");
        }
        let hostile = read(&step("reopen", r#"{"why":"\u001b[2J坏了"}"#));
        let clean = RectifyStep::Reopen { reason: "坏了".parse().unwrap() };
        assert_eq!(hostile, Edit::Rectify { item: "X".into(), step: Box::new(clean) });
    }

    #[test]
    fn a_text_that_is_too_long_is_not_cut_but_unreadable() {
        let (line, note) = ("长".repeat(LINE_LIMIT), "长".repeat(NOTE_LIMIT));
        let reopen = |why: &str| format!(r#"{{"k":"rectify","i":"X","do":"reopen","v":{{"why":"{why}"}}}}"#);
        let remark = |text: &str| {
            format!(
                r#"{{"k":"rectify","i":"X","do":"close","v":{{"of":"a","on":"2026-01-01","remark":"{text}"}}}}"#
            )
        };
        let vote = |why: &str| format!(r#"{{"k":"vote","c":"EM-01","v":{{"grade":"D","why":"{why}"}}}}"#);
        let text = |text: &str| format!(r#"{{"k":"vote","c":"EM-01","note":"{text}"}}"#);
        let record = encode(&[7; 32]);
        let told = |why: &str| {
            format!(
                r#"{{"k":"final","tips":[],"opened":[],"waivers":[{{"what":"quorum","about":[],"why":"{why}"}}],"h":"{record}"}}"#
            )
        };
        for (limit, edit) in [
            (&line, &reopen as &dyn Fn(&str) -> String),
            (&line, &vote),
            (&line, &told),
            (&note, &remark),
            (&note, &text),
        ] {
            assert!(!matches!(read(&edit(limit)), Edit::Unknown { .. }), "as long as may be");
            assert!(matches!(read(&edit(&format!("{limit}长"))), Edit::Unknown { critical: false, .. }));
        }
    }
}
