"""The final record, and the digest of what members sign."""

from closing import Closing, Rights, records
from crypto import digest
from seats import Seats

LOOKED_AT = 20
SILENT = {"receipt", "sign", "dissent", "final", "rectify", "slot", "shares", "share", "key"}


class Final:
    def __init__(self, history, commit, edit):
        self.commit, self.opened, self.h = commit, set(edit["opened"]), edit["h"]
        self.past = history.within(history.past([commit.id, *edit["tips"]]))
        self.counts = all(history.is_whole(id) for id in [commit.id, *edit["tips"]])
        if not self.counts:
            return
        self.seats = seats = Seats(self.past)
        common = Closing(self.past, history).common
        self.counts = seats.leads(commit) and common is not None
        if not self.counts:
            return
        # Who is recused when scoring is closed already makes no majority smaller.
        recused = Rights(seats, common).recused
        self.voters = {member for member in seats.members() if (member, None) not in recused}
        self.counts = len(self.signed() & self.voters) * 2 > len(self.voters)
        self.by_deputy = seats.member_of(commit) != seats.lead

    def signed(self):
        """Who has signed the record, by what it rests on."""
        plain = (commit for commit in self.past.sorted() if commit.sealed is None)
        signing = (c for c in plain if any(edit["k"] == "sign" and edit["h"] == self.h for edit in c.edits))
        return {self.seats.member_of(commit) for commit in signing}


def choose(found):
    """Of records that do not know of each other the lead's, then the one with the lower id; None if there is none."""
    first = [a for a in found if not any(b is not a and b.commit.id in a.past for b in found)]
    return min(first, key=lambda final: (final.by_deputy, final.commit.id), default=None)


def final_of(history):
    """The first final record that holds, or None."""
    named = records(history, "final", LOOKED_AT)
    finals = [Final(history, commit, edit) for commit, edit in named if edit["revises"] is None]
    return choose([final for final in finals if final.counts])


def record_of(history, seats, sealed):
    """The ids of what members sign. `sealed`: the sealed commits that are part of it."""
    ids = []
    for commit in history.commits.values():
        if commit.sealed is not None:
            if commit.id in sealed:
                ids.append(commit.id)
        elif seats.member_of(commit) is not None and not all(edit["k"] in SILENT for edit in commit.edits):
            ids.append(commit.id)
    return ids


def digest_of(visit, ids):
    return digest(b"hecha-record-1\0", visit.encode(), *(f"\n{id}".encode() for id in sorted(ids))).hex()
