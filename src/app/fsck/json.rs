//! The shape of `hecha fsck FILE --json` (`docs/SHARED-FILE.md`). The first keys are stable; more may follow.

use serde_json::{Value, json};

use crate::{
    app::{
        ending::signing::record_code,
        fsck::{Footer, Fsck, Health, Whereabouts, bad_lines::BadLineReport, folded::FeedReport},
    },
    domain::terms::{clean::clean_line, digest::Digest, id::MemberName},
};

/// Bad lines that are listed; the count tells the rest.
const LISTED: usize = 1_000;

impl Fsck {
    /// Everything found, as data.
    #[must_use]
    pub fn json(&self) -> Value {
        let health = self.health();
        let roster = &self.roster;
        json!({
            "ok": health == Health::Clean,
            "result": health.key(),
            "findings": self.findings.iter()
                .map(|it| json!({"kind": it.key(), "result": it.health().key()})).collect::<Vec<_>>(),
            "class": self.class.key(),
            "visit": self.visit.as_ref().map(|visit| clean_line(visit.as_str())),
            "facility": self.founding.as_ref().map(|founding| founding.facility.as_str()),
            "me": self.me.as_ref().map(MemberName::as_str),
            "record": self.record.as_ref().map(Digest::to_hex),
            "record_code": self.record.as_ref().map(record_code),
            "footer": match self.footer {
                Footer::Right => "right",
                Footer::Wrong => "wrong",
                Footer::Missing => "missing",
            },
            "lines": {"valid": self.n_valid, "bad": self.n_bad},
            "bad_lines": self.bad_lines.iter().take(LISTED).map(|line| self.bad_line(line)).collect::<Vec<_>>(),
            "lacking": self.n_lacking,
            "new": self.n_new,
            "unsynced": self.n_unsynced,
            "feeds": self.feeds.iter().map(feed).collect::<Vec<_>>(),
            "unknown_feeds": self.unknown_feeds.len(),
            "roster": {
                "admitted": names(&roster.admitted), "provisional": names(&roster.provisional),
                "absent": names(&roster.absent),
                "pending": roster.pending.iter()
                    .map(|(feed, name)| json!({"feed": feed.as_str(), "name": name.as_str()})).collect::<Vec<_>>(),
            },
            "cells": self.cells.iter().map(|it| json!({
                "member": it.name.as_str(), "scored": it.n_scored, "empty": it.n_empty, "conflicts": it.n_conflicts,
            })).collect::<Vec<_>>(),
            "conflicts": self.conflicts.len(),
            "conflict_list": self.conflicts.iter()
                .map(|(name, about)| json!({"member": name.as_str(), "about": clean_line(&about.to_string())})).collect::<Vec<_>>(),
            "sealed": self.sealed.iter()
                .map(|(member, n)| json!({"member": member, "commits": n})).collect::<Vec<_>>(),
            "others": self.others.iter().map(|it| json!({
                "name": it.name, "class": it.class.key(), "valid": it.n_valid, "bad": it.n_bad, "news": it.n_news,
            })).collect::<Vec<_>>(),
            "leftovers": self.leftovers,
            "quarantine": self.quarantine.iter()
                .map(|(reason, n)| json!({"reason": clean_line(reason), "lines": n})).collect::<Vec<_>>(),
            "clocks": self.clocks.iter().map(|it| json!({
                "member": self.name_of(&it.feed), "kind": it.kind.key(), "minutes": it.minutes,
            })).collect::<Vec<_>>(),
            "backups": self.n_backups,
            "database": self.database.key(),
        })
    }

    fn bad_line(&self, line: &BadLineReport) -> Value {
        json!({
            "line": line.number,
            "reason": line.fault.key(),
            "feed": line.feed.as_ref().map(|feed| feed.as_str()),
            "member": line.feed.as_ref().map(|feed| self.name_of(feed)),
            "n": line.n,
            "at_hand": line.at_hand.as_ref().map(Whereabouts::key),
            "differing": line.n_differing,
        })
    }
}

fn feed(report: &FeedReport) -> Value {
    json!({
        "member": report.member,
        "feed": report.feed.as_str(),
        "standing": report.standing.key(),
        "n": report.n,
        "commits": report.n_commits,
        "gaps": report.n_missing,
        "missing": report.gaps.iter().map(|(from, to)| json!([from, to])).collect::<Vec<_>>(),
        "lost": report.n_lost,
        "forks": report.forks.len(),
        "forked_at": report.forks,
        "received": report.received,
    })
}

fn names(list: &[MemberName]) -> Vec<&str> {
    list.iter().map(MemberName::as_str).collect()
}
