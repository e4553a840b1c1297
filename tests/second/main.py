"""Reads a visit's shared file and says what it amounts to, as `docs/SHARED-FILE.md` tells it.

    python3 tests/second/main.py FILE [--shares-only]
"""

import argparse
import json
import sys
from pathlib import Path

import commit
import file
import strict
from checklist import Checklist
from closing import Closing, Rights, standing
from crypto import digest, text_of
from history import History
from opening import keys_of, open_sealed
from plan import Plan, absent_then
from record import absent_of, choose, digest_of, final_of, record_of
from revision import revise, revisions_of
from seats import Seats
from votes import ballot_votes, clear_votes, noted


def fold(visit, everything, shares_only):
    shut = open_sealed(visit, everything, keys_of(visit, everything, shares_only))
    final = final_of(everything)
    history = final.past if final else everything
    seats = Seats(history)
    found = seats.found
    if text_of(digest(found["content"].encode())) != found["hash"]:
        raise file.CannotRead("the checklist does not have its hash")
    checklist = Checklist(strict.read(found["content"].encode()))
    closing = Closing(history, everything)
    # Once scoring is closed nothing moves them: neither what is declared since, nor a device that is retired since.
    before = closing.common if closing.records else history
    frozen = Seats(before)
    rights = Rights(frozen, before)
    plan = Plan(frozen, before, rights, absent_then(frozen, rights))
    if closing.records:
        seats.keep(received(everything, frozen))

    def is_open(member, ids):
        return not ids & shut and (final is None or member in final.opened)

    members, votes, in_record = [], {}, set()
    # Whose ballot counted stays on the list, whatever is said of the seat since.
    guests = sorted((set(seats.members()) | set(closing.ballots)) - set(seats.roster))
    for member in [*seats.roster, *guests]:
        ids = closing.ballots.get(member)
        if ids is None and closing.records:
            ballot = "left-out"
        elif ids is None:
            ballot = "sealed" if standing(seats, member) else "open"
        elif not is_open(member, ids):
            ballot = "unopened"
        else:
            ballot = "late" if member in closing.late else "counted"
            ids = {id for id in ids if closing.owner[id] == member}
            in_record |= {id for id in ids if everything.commits[id].sealed is not None}
            # Read beside nothing else: what turns up later moves no vote.
            for clause, vote in ballot_votes(everything.within(closing.ballots[member]), ids, checklist).items():
                if not rights.is_recused(member, clause):
                    votes.setdefault(clause, {})[member] = vote if plan.votes_on(member, clause) else noted(vote)
        members.append({"name": member, "ballot": ballot})
    if not closing.records:
        in_record = {
            id for id, each in history.commits.items() if each.sealed is not None and seats.member_of(each) is not None
        }
    clear = clear_votes(history, seats, rights, closing, checklist) if closing.records else {}
    record = set(record_of(history, seats, in_record))
    there = closing.seated - absent_of(rights, seats, closing) if closing.records else set()
    # Who is not there says nothing in the clear.
    absent = absent_of(rights, seats, closing)
    clear = {
        clause: said
        for clause, votes in clear.items()
        if (said := {member: vote for member, vote in votes.items() if member not in absent})
    }
    for last, revision in revisions_of(everything, final, choose) if final else []:
        record |= revise(final, last, revision, rights, there, checklist, clear)
    return {
        "visit": visit,
        "state": "final" if final else "closed" if closing.records else "scoring",
        "members": members,
        "votes": votes,
        "late": sorted(closing.late),
        "absent": sorted(absent_of(rights, seats, closing)),
        "clear": clear,
        "record": digest_of(visit, record),
        # Who works on the ledger beside the panel goes by everything.
        "offices": Seats(everything).office_devices(),
    }


def received(everything, frozen):
    """{device: last commit} that whoever retires it, when the votes are open, has said to have received before."""
    leading, said, found = Seats(everything).leading, {}, {}
    for commit in everything.sorted():
        for edit in commit.edits if commit.feed in leading else []:
            if edit["k"] == "receipt":
                for device, n in edit["heads"].items():
                    said[commit.feed, device] = max(n, said.get((commit.feed, device), 0))
            elif edit["k"] == "retire" and edit["feed"] not in frozen.retired:
                known = said.get((commit.feed, edit["feed"]), 0)
                found[edit["feed"]] = min(known, found.get(edit["feed"], known))
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--shares-only", action="store_true", help="ignore `key` edits")
    arguments.add_argument("--lines", action="store_true", help="only how many lines hold")
    given = arguments.parse_args()
    try:
        shared = file.read(given.file.read_bytes())
        commits, bad = commit.read_all(shared.visit, shared.lines)
        if given.lines:
            print(json.dumps({"valid": len(commits), "bad": bad}))
            return 0
        if shared.visit not in commits:
            raise file.CannotRead("the founding commit is missing")
        told = fold(shared.visit, History(commits), given.shares_only)
    except file.CannotRead as error:
        print(f"{given.file}: {error}", file=sys.stderr)
        return 1
    told["lines"] = {"valid": len(commits), "bad": bad}
    told["damage"] = shared.damage
    json.dump(told, sys.stdout, ensure_ascii=False, indent=2, sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
