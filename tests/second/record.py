"""The final record, and the digest of what members sign."""

from closing import Closing, Rights, records
from crypto import digest
from seats import Seats

LOOKED_AT = 20
SILENT = {"receipt", "sign", "dissent", "final", "rectify", "slot", "shares", "share", "key"}


class Final:
    def __init__(self, history, commit, edit):
        self.commit, self.opened = commit, set(edit["opened"])
        self.past = history.within(history.past([commit.id, *edit["tips"]]))
        self.counts = all(history.is_whole(id) for id in [commit.id, *edit["tips"]])
        if not self.counts:
            return
        seats = Seats(self.past)
        self.counts = (
            seats.leads(commit)
            and bool(Closing(self.past, history).records)
            and is_signed(self.past, seats, edit["h"])
        )
        self.by_deputy = seats.member_of(commit) != seats.lead


def is_signed(past, seats, record):
    """Whether more than half of those who vote have signed a record."""
    rights = Rights(seats, past)
    voting = [member for member in seats.members() if (member, None) not in rights.recused]

    def has_signed(member):
        plain = (commit for commit in seats.commits_of(member) if commit.sealed is None)
        return any(edit["k"] == "sign" and edit["h"] == record for commit in plain for edit in commit.edits)

    return sum(has_signed(member) for member in voting) * 2 > len(voting)


def final_of(history):
    """The final record that holds, or None."""
    finals = (Final(history, commit, edit) for commit, edit in records(history, "final", LOOKED_AT))
    found = [final for final in finals if final.counts]
    first = [a for a in found if not any(b is not a and b.commit.id in a.past for b in found)]
    return min(first, key=lambda final: (final.by_deputy, final.commit.id), default=None)


def record_of(visit, history, seats, sealed):
    """`sealed`: the ids of the sealed commits that are part of it."""
    ids = []
    for commit in history.commits.values():
        if commit.sealed is not None:
            if commit.id in sealed:
                ids.append(commit.id)
        elif seats.member_of(commit) is not None and not all(edit["k"] in SILENT for edit in commit.edits):
            ids.append(commit.id)
    return digest(b"hecha-record-1\0", visit.encode(), *(f"\n{id}".encode() for id in sorted(ids))).hex()
